"""Which services an operation, an error, a host or an IAM action belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from knowledge.search.codes import is_generic

_HOST = r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com|api\.aws|on\.aws)\b"
_ARN = r"\barn:aws[a-z-]*:(?!(?:sts|iam)::[^:\s]*:(?:assumed-role|role|user|root)\b)([a-z0-9-]+):"
"""Roles and users only say who called, whatever the service."""
_ACTION = r"(?<![\w:/.])([a-z][a-z0-9-]+):(?=[A-Z*][A-Za-z*]+)"
_LABEL = (
    r"Service: (?:AWS|Amazon)?\s?([A-Za-z0-9 ]+?)\s*[;,)]"  # Java's `Service: AmazonSQS;`
    r"|operation error ([A-Za-z0-9 ]+?):"  # Go's `operation error SSM: GetParameter`
    r"|services?\.([a-z0-9]+)\.(?:model\.)?[A-Z]"  # Java's packages
    r"|Client\.?([A-Z][A-Za-z0-9]+)\.exceptions"
)
_RESOURCE = r"\bAWS::([A-Za-z0-9]+)(?:::|\b)"
_NAME = r"(?<![A-Za-z0-9])[A-Z][a-z]+[A-Z0-9]\w{2,}|(?<![A-Za-z])[A-Z][A-Za-z]{5,}(?![a-z])"
_VERSION = re.compile(r"v\d$")


class Owners:
    """Looks names up in the table that `scripts/build_api_names.py` makes.

    An owner is `:` and the slug of a fact file, or the plain name of a service without one.
    """

    def __init__(self, table: Path | None, slugs: Iterable[str]) -> None:
        self._table = table
        self._slugs = frozenset(slugs)

    def implied(self, text: str) -> list[frozenset[str]]:
        """The possible owners of each host, ARN, action, label or API name in a text.

        An error that many services give, such as AccessDenied, counts only if nothing else does.
        """
        if text == text.lower() and "aws" not in text:
            return []
        found = [self._by_word.get(_plain(word)) for word in _words(text)]
        names = dict.fromkeys(_found(_NAME, text))
        found += [self._by_name.get(name) for name in names if not is_generic(name)]
        found = found if any(found) else [self._by_name.get(name) for name in names]
        return [owners for owners in found if owners]

    def api_names(self, text: str) -> list[str]:
        """The operations and errors of APIs in a text, as written there, each once."""
        return [name for name in dict.fromkeys(_found(_NAME, text)) if name in self._by_name]

    def __getstate__(self) -> dict[str, object]:
        return {"_table": self._table, "_slugs": self._slugs}  # the table is read where needed

    @cached_property
    def _by_word(self) -> dict[str, frozenset[str]]:
        return {word: owners for owners, words, _ in self._lines for word in words.split()}

    @cached_property
    def _by_name(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for owners, _, names in self._lines:
            for name in names.split():
                found[name] = found.get(name, frozenset()) | owners
        return found

    @cached_property
    def _lines(self) -> list[tuple[frozenset[str], str, str]]:
        if self._table is None:
            return []
        import gzip  # only for questions in which something may name a service

        text = gzip.decompress(self._table.read_bytes()).decode()
        rows = [line.split("\t") for line in text.splitlines()]
        return [(self._owners(names), words, members) for names, words, members in rows]

    def _owners(self, names: str) -> frozenset[str]:
        return frozenset(f":{name}" if name in self._slugs else name for name in names.split(", "))


def _words(text: str) -> list[str]:
    """What stands where a service's short name stands in hosts, ARNs, actions and log lines."""
    found = [*_found(_ARN, text), *_found(_ACTION, text)]
    found += [word.lower() for word in _found(_RESOURCE, text)]
    found += [part.lower() for parts in _found(_LABEL, text) for part in parts if part]
    if "aws" in text:
        found += [label for host in _found(_HOST, text) for label in host.split(".")[:-2]]
    return found


def _found(pattern: str, text: str) -> list[Any]:
    """All that a pattern finds; most questions need none, so that none is compiled before."""
    return _compiled(pattern).findall(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _plain(word: str) -> str:
    return _VERSION.sub("", re.sub(r"[^a-z0-9]", "", word))
