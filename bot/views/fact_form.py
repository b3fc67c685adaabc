"""The modal in which people write or correct a fact."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.slack import limits
from bot.slack.mrkdwn import escape, literal, shorten
from bot.views.message import Block, button, formatted, paragraph, plain_text, small
from knowledge import Fact

CALLBACK = "fact_form"
SHOW = "fact_form_show"
SERVICE, TITLE, ANSWER, SOURCE = "service", "title", "answer", "source"
PHRASINGS, DETAIL = "phrasings", "detail"
"""IDs of the inputs: each is the ID of its block and of its element."""
FIELDS = (SERVICE, TITLE, ANSWER, SOURCE, PHRASINGS, DETAIL)
MAX_INPUT_CHARS = 3000
MAX_NOTE_CHARS = 1000
NEAREST = "Does one of these already answer it?"
NOT_OPENED = "Slack took too long to open the form. Please try again."
SENT = "Thanks! The curators will look at it, and I'll tell you what they decide."
NEED_SERVICE = "Choose a service from the list."


class Purpose(StrEnum):
    """Why the form is open, which decides what a submission does."""

    SUGGEST = "suggest"
    EDIT_SUGGESTION = "edit"
    CORRECT_CASE = "case"
    CHANGE_REVIEWED = "review"


@dataclass(frozen=True, slots=True)
class FactDraft:
    """What a person entered, or what the form begins with; `service` is a slug."""

    service: str = ""
    title: str = ""
    answer: str = ""
    source: str = ""
    phrasings: tuple[str, ...] = ()
    detail: str = ""

    @classmethod
    def of(cls, fact: Fact) -> FactDraft:
        return cls(
            fact.service, fact.title, fact.answer, fact.source, fact.phrasings, fact.detail or ""
        )


@dataclass(frozen=True, slots=True)
class FormContext:
    """What the modal stores. `ref` and `note` are the opener's own; `fact` is the ID of a fact that
    is corrected, "" for a new one; `has_shown` says that the nearest facts have been shown.
    """

    purpose: Purpose
    ref: int = 0
    fact: str = ""
    note: str = ""
    has_shown: bool = False

    def encode(self) -> str:
        return json.dumps([self.purpose, self.ref, self.fact, self.note, self.has_shown])

    @classmethod
    def decode(cls, text: str) -> FormContext | None:
        """None for anything that this version didn't write."""
        try:
            purpose, ref, fact, note, has_shown = json.loads(text)
            known = Purpose(purpose)
        except (ValueError, TypeError, RecursionError):
            return None
        if not isinstance(ref, int) or not isinstance(fact, str) or not isinstance(note, str):
            return None
        return cls(known, ref, fact, note, has_shown is True)


_TITLES = {
    Purpose.SUGGEST: "Suggest an answer",
    Purpose.EDIT_SUGGESTION: "Edit and approve",
    Purpose.CORRECT_CASE: "Correct the fact",
    Purpose.CHANGE_REVIEWED: "Change the fact",
}
_SUBMITS = {Purpose.SUGGEST: "Send", Purpose.EDIT_SUGGESTION: "Approve"}


def fact_form(
    context: FormContext, draft: FactDraft, service: str, near: Sequence[tuple[Fact, str]] = ()
) -> Block:
    """The form with what is known already; `service` is the name of the draft's service.

    `near` are existing facts, each with its service's name, that may already be the answer.
    """
    if near:
        context = replace(context, has_shown=True)
    send = "No, send it" if near else _SUBMITS.get(context.purpose, "Save")
    blocks = [*_nearest(near), *_inputs(draft, service)]
    if context.fact:
        blocks.append(small("If you change the answer, the fact loses its quiz questions."))
    view = _modal(context.purpose, blocks)
    return view | {
        "private_metadata": context.encode(),
        "submit": plain_text(send, limits.VIEW_TITLE),
    }


def sent_modal(advice: str = "") -> Block:
    """After a suggestion; `advice` says what to do if no curator is told about it."""
    return _modal(Purpose.SUGGEST, [paragraph(SENT), *([paragraph(advice)] if advice else [])])


def read_draft(view: Mapping[str, Any]) -> FactDraft:
    """What was entered; a missing or misshapen input reads as empty."""
    state = {name: _entered(view, name) for name in FIELDS}
    lines = (" ".join(line.split()) for line in state[PHRASINGS].splitlines())
    phrasings = tuple(dict.fromkeys(line for line in lines if line))
    title, answer, detail = (" ".join(state[name].split()) for name in (TITLE, ANSWER, DETAIL))
    return FactDraft(state[SERVICE], title, answer, state[SOURCE].strip(), phrasings, detail)


def service_options(services: Sequence[tuple[str, str]]) -> list[Block]:
    """Options of the menu from slugs and names."""
    return [_service_option(slug, name) for slug, name in services]


def _nearest(near: Sequence[tuple[Fact, str]]) -> list[Block]:
    if not near:
        return []
    blocks = [paragraph(NEAREST)]
    for number, (fact, service) in enumerate(near):
        said = formatted(f"*{literal(fact.title)}*\n{escape(service)}: {literal(fact.answer)}")
        show = button(f"{SHOW}_{number}", "Show", fact.id, f"Show {fact.title}")
        blocks.append({**said, "accessory": show})
    return [*blocks, {"type": "divider"}]


def _inputs(draft: FactDraft, service: str) -> list[Block]:
    initial = {"initial_option": _service_option(draft.service, service)} if service else {}
    menu = {
        "type": "external_select",
        "action_id": SERVICE,
        "min_query_length": 0,
        "placeholder": plain_text("Type a few letters, such as lam", limits.PLACEHOLDER),
        **initial,
    }
    ways = "\n".join(draft.phrasings)
    return [
        _input(SERVICE, "AWS service", menu, "Don't see it? Ask whoever runs me to add it first."),
        _text(TITLE, "Title", draft.title, "For example, “Lambda deploy freeze”"),
        _text(ANSWER, "Answer", draft.answer, "Up to 300 characters, main point first", True),
        _text(SOURCE, "Source", draft.source, "The https:// address of the page that says so"),
        _text(PHRASINGS, "How would people ask?", ways, "At least three ways, one per line", True),
        _text(
            DETAIL,
            "Detail",
            draft.detail,
            "What only some people need to know",
            True,
            optional=True,
        ),
    ]


def _text(
    name: str, label: str, initial: str, hint: str, multiline: bool = False, optional: bool = False
) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": multiline,
        "max_length": MAX_INPUT_CHARS,
    }
    if initial:
        element["initial_value"] = shorten(initial, MAX_INPUT_CHARS)
    return _input(name, label, element, hint, optional)


def _input(name: str, label: str, element: Block, hint: str = "", optional: bool = False) -> Block:
    block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, limits.LABEL),
        "optional": optional,
        "element": element,
    }
    return block | ({"hint": plain_text(hint, limits.LABEL)} if hint else {})


def _service_option(slug: str, name: str) -> Block:
    return {"text": plain_text(name, limits.OPTION_TEXT), "value": slug}


def _modal(purpose: Purpose, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(_TITLES[purpose], limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": blocks,
    }


def _entered(view: Mapping[str, Any], name: str) -> str:
    found: Any = view
    for key in ("state", "values", name, name):
        found = found.get(key) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return ""
    option = found.get("selected_option")
    value = option.get("value") if isinstance(option, Mapping) else found.get("value")
    return value if isinstance(value, str) else ""
