"""Files of facts that are added to known ones, with the checks of lint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.files.checks import check_together
from knowledge.files.document import Faults
from knowledge.files.faults import Fault, Place
from knowledge.files.loader import Content, read_fact_file
from knowledge.model import Fact, Service

_KNOWN = "known/"
"""Stands for the file of facts that are already known; no real file has this folder."""


def inspect_files(
    paths: Iterable[Path], facts: Iterable[Fact], services: Mapping[str, Service]
) -> tuple[list[Fact], list[Fault]]:
    """The facts in these files, and every fault in them, also next to the `known` facts.

    A file for a service that isn't known is a fault, too.
    """
    content = Content(dict(services), {fact.id: fact for fact in facts})
    content.places.update(dict.fromkeys(content.facts, Place(_KNOWN, 1)))
    found: list[Fault] = []
    own: set[str] = set()
    for path in paths:
        faults = Faults(str(path))
        if path.stem not in services:
            faults.add(1, f"{path.name}: no service here is called {path.stem}.")
        else:
            read_fact_file(path, content, own, faults)
        found += faults.found
    added = {fact_id: content.facts.pop(fact_id) for fact_id in own if fact_id in content.facts}
    content.facts |= added  # last, so that faults are said of them
    found += [
        fault for fault in check_together(content.facts, content.places) if fault.file != _KNOWN
    ]
    return list(added.values()), found
