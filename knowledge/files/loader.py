"""Load services and facts from folders of YAML files, and list every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from knowledge import model
from knowledge.files.checks import check_together, question_faults
from knowledge.files.document import Faults, Mapping, parse
from knowledge.files.faults import FactsError, Fault, Place
from knowledge.files.folders import fact_files, folder_faults
from knowledge.files.metadata import (
    read_aliases,
    read_because,
    read_check,
    read_errors,
    read_kind,
    read_level,
    read_milestones,
    read_value,
    read_was,
)
from knowledge.model import Fact, Question, Service

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RARELY_ASKED = f"a demand below {model.MIN_QUIZ_DEMAND}"
FILE_FIELDS = ("service", "aliases", "summary", "facts")
FACT_FIELDS = (
    "id", "aliases", "title", "kind", "demand", "answer", "value", "milestones", "errors", "was",
    "misread", "detail", "check", "keywords", "phrasings", "related", "source", "checked", "quiz",
)  # fmt: skip
QUESTION_FIELDS = ("question", "right", "wrong", "because", "difficulty")


@dataclass(slots=True)
class Content:
    """The content of some folders. `places` says where each fact is, by its ID."""

    services: dict[str, Service] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def load(folders: Iterable[Path]) -> Content:
    """Load the folders in order; a fact of a later folder replaces its namesake.

    Raises FactsError with every fault found.
    """
    content, faults = inspect(folders)
    if faults:
        raise FactsError(faults)
    return content


def inspect(folders: Iterable[Path]) -> tuple[Content, list[Fault]]:
    """Like `load`, but return what could be read along with the faults."""
    content = Content()
    found: list[Fault] = []
    lost_ids: set[str] = set()
    for folder in folders:
        found += folder_faults(folder)
        own: set[str] = set()
        for path in fact_files([folder]):
            faults = Faults(str(path))
            read_fact_file(path, content, own, faults)
            found += faults.found
            lost_ids |= faults.lost_ids
    found += check_together(content.facts, content.places, lost_ids)
    return content, found


def read_fact_file(path: Path, content: Content, own: set[str], faults: Faults) -> None:
    """Add a file's facts to the content, and their IDs to `own`; every fault is noted."""
    root = parse(path, faults)
    if root is None:
        return
    file = Mapping(root, path.name, faults)
    file.only(*FILE_FIELDS)
    slug = path.stem
    if not _SLUG.fullmatch(slug):
        faults.add(1, f"{path.name}: use only a-z, 0-9, and hyphens in the file name.")
    name = file.text("service", model.MAX_TITLE_CHARS)
    aliases = file.texts("aliases", model.MAX_TITLE_CHARS)
    before = content.services.get(slug)
    known = before.aliases if before else ()
    summary = file.optional_text("summary", model.MAX_WAS_CHARS) or (
        before.summary if before else ""
    )
    content.services[slug] = Service(slug, name, tuple(dict.fromkeys((*known, *aliases))), summary)
    for entry in file.mappings("facts"):
        fact = read_entry(entry, slug)
        if fact.id in own:
            entry.fault("id", f"another fact in this folder has the ID {fact.id}; change one.")
        own.add(fact.id)
        content.facts[fact.id] = fact
        content.places[fact.id] = Place(str(path), entry.line)


def read_entry(entry: Mapping, service: str) -> Fact:
    """The fact of one entry of a file; `service` is the slug."""
    fact_id = entry.text("id", model.MAX_ID_CHARS)
    entry.name = fact_id or "fact"
    entry.only(*FACT_FIELDS)
    if fact_id and not _SLUG.fullmatch(fact_id):
        entry.fault("id", "an ID has only a-z, 0-9, and single hyphens.")
    demand = read_level(entry, "demand", model.DEMAND_RANGE)
    is_rare = demand is not None and demand < model.MIN_QUIZ_DEMAND
    fewest = model.MIN_RARE_PHRASING_COUNT if is_rare else model.PHRASING_COUNT_RANGE.start
    phrasings = entry.texts("phrasings", model.MAX_PHRASING_CHARS, fewest)
    if len(phrasings) >= model.PHRASING_COUNT_RANGE.stop:
        entry.fault("phrasings", f"{len(phrasings)} phrasings; keep the best twelve.")
    past = read_was(entry)
    return Fact(
        id=fact_id,
        service=service,
        title=entry.text("title", model.MAX_TITLE_CHARS),
        answer=entry.text("answer", model.MAX_ANSWER_CHARS),
        detail=entry.optional_text("detail", model.MAX_DETAIL_CHARS),
        was=past.text,
        keywords=entry.texts("keywords", model.MAX_TITLE_CHARS, 1),
        phrasings=phrasings,
        related=entry.texts("related", model.MAX_TITLE_CHARS),
        source=_read_source(entry),
        checked=_read_date(entry),
        quiz=_read_quiz(entry, demand),
        kind=read_kind(entry),
        value=read_value(entry),
        errors=read_errors(entry),
        check=read_check(entry),
        was_until=past.until,
        misread=entry.optional_text("misread", model.MAX_MISREAD_CHARS),
        demand=demand,
        aliases=read_aliases(entry),
        milestones=read_milestones(entry),
    )


def _read_source(entry: Mapping) -> str:
    url = entry.text("source", 1000)
    if not url:
        return url
    try:
        parts = urlsplit(url)
        valid = parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s<>|]", url)
    except ValueError:
        valid = False
    if not valid:
        entry.fault("source", "source must be the https:// address of one page that says so.")
    return url


def _read_date(entry: Mapping) -> str:
    text = entry.text("checked", 10)
    try:
        return date.fromisoformat(text).isoformat() if text else text
    except ValueError:
        entry.fault("checked", f"checked must be a day like 2026-11-23, not {text!r}.")
        return text


def _read_quiz(entry: Mapping, demand: int | None) -> tuple[Question, ...]:
    """A fact's questions. Only a fact that people rarely ask for may have none."""
    if "quiz" in entry.values:
        return tuple(_read_question(question) for question in entry.mappings("quiz"))
    if demand is None or demand >= model.MIN_QUIZ_DEMAND:
        entry.fault("quiz", f"quiz is missing; only a fact with {_RARELY_ASKED} needs none.")
    return ()


def _read_question(entry: Mapping) -> Question:
    entry.only(*QUESTION_FIELDS)
    question = Question(
        text=entry.text("question", model.MAX_QUESTION_CHARS),
        right=entry.text("right", model.MAX_OPTION_CHARS),
        wrong=entry.texts("wrong", model.MAX_OPTION_CHARS),
    )
    for fault in question_faults(question) if not entry.is_blank("wrong") else ():
        entry.fault("question", fault)
    return replace(
        question,
        because=read_because(entry, question),
        difficulty=read_level(entry, "difficulty", model.DIFFICULTY_RANGE),
    )
