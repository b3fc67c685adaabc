"""Turn what a person entered in the form into a fact, with the checks of fact files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from bot.slack.incoming import read_message
from bot.slack.mrkdwn import shorten, unescape
from bot.views import fact_form
from bot.views.fact_form import FactDraft
from knowledge import Fact, KnowledgeBase
from knowledge.files.checks import check_together
from knowledge.files.faults import Place
from knowledge.model import MAX_ANSWER_CHARS, MAX_PHRASING_CHARS, MAX_TITLE_CHARS
from knowledge.search.language import STOPWORDS, words

NEW_ID = "team-new"
"""Until a curator approves it, a new fact has no ID of its own."""
DEMAND = 2
"""Of facts that teams write: they need no quiz question, and few phrasings."""
MAX_NEAREST = 3
MAX_KEYWORDS = 10
_LINK = re.compile(r"https://[^\s<>|)\]]+")
_FIELD = re.compile(r"([a-z]+):")
_SHARED = {
    "the title": fact_form.TITLE,
    "the answer": fact_form.ANSWER,
    "the phrasing": "phrasings",
}


def draft_fact(draft: FactDraft, fact_id: str, today: date, before: Fact | None = None) -> Fact:
    """The fact that a draft describes; with `before`, that fact corrected.

    If the answer changes, what depends on the old one is left out: its quiz, number, and check.
    """
    entered = {
        "service": draft.service,
        "title": draft.title,
        "answer": draft.answer,
        "source": draft.source,
        "phrasings": draft.phrasings,
        "detail": draft.detail or None,
        "checked": today.isoformat(),
    }
    if before is None:
        return Fact(
            id=fact_id, was=None, keywords=_keywords(draft), related=(), quiz=(), demand=DEMAND,
            **entered,  # type: ignore[arg-type]
        )  # fmt: skip
    same = {} if draft.answer == before.answer else _UNPROVEN
    return replace(before, **entered, **same)  # type: ignore[arg-type]


_UNPROVEN = {
    "quiz": (), "value": None, "check": None, "milestones": (), "was": None, "was_until": None,
    "demand": DEMAND,
}  # fmt: skip


def check_draft(draft: FactDraft, fact: Fact, knowledge: KnowledgeBase) -> dict[str, str]:
    """What is wrong with a draft: a sentence for each input that has a problem."""
    from knowledge.files.single import read_fact, write_fact  # YAML is slow to import

    errors: dict[str, str] = {}
    if draft.service not in knowledge.services:
        errors[fact_form.SERVICE] = fact_form.NEED_SERVICE
    text = write_fact(fact)
    lines = text.splitlines()
    for fault in read_fact(text)[1]:
        field = _field_at(lines, fault.line)
        _add(errors, field, re.sub(rf"^{field}\b", "This", _sentence(fault.text, fact.id)))
    known = {key: other for key, other in knowledge.facts.items() if key != fact.id}
    known[fact.id] = fact
    places = dict.fromkeys(known, Place("", 1))
    for fault in check_together(known, places):
        if fault.text.startswith(f"{fact.id}: "):
            sentence = _sentence(fault.text, fact.id)
            shared = (field for start, field in _SHARED.items() if sentence.startswith(start))
            _add(errors, next(shared, fact_form.TITLE), sentence[0].upper() + sentence[1:])
    return errors


def nearest(draft: FactDraft, knowledge: KnowledgeBase) -> list[Fact]:
    """Up to three existing facts that may already be the answer, the likeliest first."""
    service = knowledge.services[draft.service].name
    asked = (draft.title, *draft.phrasings[:4])
    found: Counter[str] = Counter()
    for question in (*asked, f"{service} {draft.title}"):
        result = knowledge.ask(question)
        for place, match in enumerate(result.nearest):
            if match.fact.service == draft.service or (result.confident and place == 0):
                found[match.fact.id] += 10 if result.confident and place == 0 else 3 - place
    return [knowledge.facts[fact_id] for fact_id, _ in found.most_common(MAX_NEAREST)]


def guess_service(text: str, knowledge: KnowledgeBase) -> str:
    """The slug of the service that a text is about; "" if that isn't clear."""
    parsed = knowledge.matcher.parser.parse(text)
    slugs = (name.removeprefix(":") for name in parsed.services)
    named = [slug for slug in slugs if slug in knowledge.services]
    return named[0] if len(named) == 1 else ""


def _keywords(draft: FactDraft) -> tuple[str, ...]:
    found = [word for word in words(draft.title) if word not in STOPWORDS]
    return tuple(dict.fromkeys(found))[:MAX_KEYWORDS] or (draft.title[:80],)


def _field_at(lines: list[str], line: int) -> str:
    """The input whose value is on a line of the fact as YAML, or the title for all others."""
    for text in reversed(lines[:line]):
        if field := _FIELD.match(text):
            return field[1] if field[1] in fact_form.FIELDS else fact_form.TITLE
    return fact_form.TITLE


def _sentence(fault: str, fact_id: str) -> str:
    return fault.removeprefix(f"{fact_id}: ").removeprefix("fact: ")


def _add(errors: dict[str, str], field: str, sentence: str) -> None:
    errors[field] = f"{errors[field]} {sentence}" if field in errors else sentence


def draft_from_question(question: str, knowledge: KnowledgeBase) -> FactDraft:
    """The form for somebody who knows the answer to a question."""
    asked = " ".join(question.split())
    title = shorten(asked[:1].upper() + asked[1:], MAX_TITLE_CHARS).rstrip("?")
    ways = (shorten(asked, MAX_PHRASING_CHARS),) if asked else ()
    return FactDraft(guess_service(asked, knowledge), title, phrasings=ways)


def draft_from_message(raw: str, knowledge: KnowledgeBase) -> FactDraft:
    """The form for what a message in Slack says: its question, its answer, and its first link."""
    said = " ".join(read_message(raw).split())
    question, mark, answer = said.partition("? ")
    if not mark:
        question, answer = (said, "") if said.endswith("?") else ("", said)
    else:
        question += "?"
    draft = draft_from_question(question, knowledge)
    link = _LINK.search(unescape(raw))
    return replace(
        draft,
        service=draft.service or guess_service(said, knowledge),
        answer=shorten(answer, MAX_ANSWER_CHARS),
        source=link[0] if link else "",
    )
