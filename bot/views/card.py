"""The card of one fact, privately or shared with a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from bot import messages
from bot.slack.limits import SECTION_TEXT
from bot.slack.mrkdwn import escape, escape_within, literal
from bot.team.marks import NO_MARKS, Marks
from bot.views.card_actions import CardState, feedback_row, main_row, title_menu
from bot.views.marks import mark_blocks, mark_text
from bot.views.message import (
    Block,
    Message,
    button,
    formatted,
    header,
    note,
    paragraph,
    small,
)
from bot.views.report import offer_row
from bot.views.value import Value
from knowledge import Fact
from knowledge.milestones import say_milestones
from knowledge.review import is_overdue

SHOW_FACT = "show_fact"
MAX_CACHED_FACTS = 2000
"""How many facts' blocks to cache, because people ask for the same facts again and again."""


def card(
    fact: Fact,
    service: str,
    value: Value,
    related: Sequence[Fact] = (),
    *,
    today: date,
    shareable: bool = False,
    detailed: bool = False,
    verdict: str | None = None,
    remark: str = "",
    voted: bool = False,
    brief: bool = False,
    marks: Marks = NO_MARKS,
    reportable: bool = False,
) -> Message:
    """The fact: title, answer, what changed, source and date; then what people can do with it.

    `today` decides what has happened and what will, and whether the fact should be checked again.
    `detailed` adds the fact's detail, `shareable` the button that posts it to the channel. A
    `verdict` on the question comes before everything else. A `remark` says what the last press
    did; a person who has `voted` isn't asked again. `brief` takes less room, with the same text.
    `marks` are what the workspace says about the fact. `reportable` offers to say what is wrong.
    """
    state = CardState(value, detailed)
    if brief:
        menu = title_menu(state, fact, related, bool(marks.note))
        shown = [*brief_blocks(fact, service, today, menu), *mark_blocks(marks)]
    else:
        row = main_row(state, fact, related, shareable, bool(marks.note))
        shown = [*fact_blocks(fact, service, today, detailed), *mark_blocks(marks), row]
    blocks = [*_verdict_blocks(verdict), *shown]
    if not voted:
        blocks.append(feedback_row(state))
    text = _verdict_text(verdict) + fact_text(fact, service, today, detailed) + mark_text(marks)
    if remark:
        blocks.append(small(remark))
        text = f"{escape(remark)}\n{text}"
    if reportable:
        blocks.append(offer_row(value))
    return Message(text, tuple(blocks))


def _verdict_blocks(verdict: str | None) -> list[Block]:
    return [paragraph(verdict)] if verdict else []


def _verdict_text(verdict: str | None) -> str:
    return f"{escape(verdict)}\n" if verdict else ""


def shared_card(
    fact: Fact,
    service: str,
    value: Value,
    today: date,
    verdict: str | None = None,
    marks: Marks = NO_MARKS,
) -> Message:
    """The fact as posted for the person who looked it up, and who may remove it."""
    by = (
        f"<@{value.asker}> asked: {literal(value.question, 300)}"
        if value.question
        else (f"<@{value.asker}> looked this up")
    )
    shown = (*_verdict_blocks(verdict), *fact_blocks(fact, service, today), *mark_blocks(marks))
    text = _verdict_text(verdict) + fact_text(fact, service, today) + mark_text(marks)
    row = feedback_row(CardState(value), remover=value.asker)
    return Message(f"{by}\n{text}", (note(by), *shown, row))


def side_by_side(
    shown: Message, other: Fact, service: str, today: date, marks: Marks = NO_MARKS
) -> Message:
    """A card with a second fact above its buttons, for a comparison that no one fact covers."""
    added = [*fact_blocks(other, service, today), *mark_blocks(marks)]
    return above_buttons(shown, added, fact_text(other, service, today) + mark_text(marks))


def above_buttons(shown: Message, added: Sequence[Block], text: str) -> Message:
    """A card with more blocks above its buttons, if it has any, and their text after its own."""
    blocks = list(shown.blocks)
    pressed, end = ("actions", "context_actions"), len(blocks)
    first = next((at for at, block in enumerate(blocks) if block["type"] in pressed), end)
    blocks[first:first] = added
    return Message(f"{shown.text}\n\n{text}", tuple(blocks))


@lru_cache(MAX_CACHED_FACTS)
def fact_text(fact: Fact, service: str, today: date, detailed: bool = False) -> str:
    """The whole card as text, escaped, for notifications and screen readers."""
    lines = [fact.title, fact.answer]
    if milestones := say_milestones(fact, today, detailed):
        lines.append(milestones)
    if fact.was:
        lines.append(messages.was(fact.was))
    if detailed and fact.misread:
        lines.append(messages.misread(fact.misread))
    if detailed and fact.detail:
        lines.append(fact.detail)
    lines.append(f"{service}, {_checked(fact, today)}: {fact.source}")
    return escape("\n".join(lines))


def show_button(number: int, fact: Fact, value: Value) -> Block:
    """The button that shows a fact; `number` tells it from others in the same message."""
    own = value.about(fact.id).encode()
    return button(f"{SHOW_FACT}_{number}", "Show", own, f"Show {fact.title}")


@lru_cache(MAX_CACHED_FACTS)
def fact_blocks(fact: Fact, service: str, today: date, detailed: bool = False) -> tuple[Block, ...]:
    """The fact itself, without anything to press."""
    blocks = [header(fact.title), paragraph(fact.answer)]
    if milestones := say_milestones(fact, today, detailed):
        blocks.append(paragraph(milestones))
    if fact.was:
        blocks.append(paragraph(messages.was(fact.was)))
    if detailed and fact.misread:
        blocks.append(paragraph(messages.misread(fact.misread)))
    if detailed and fact.detail:
        blocks.append(paragraph(fact.detail))
    blocks.append(source_note(fact, service, today))
    return tuple(blocks)


def brief_blocks(fact: Fact, service: str, today: date, menu: Block) -> list[Block]:
    """The fact with a smaller title next to the menu, and with what changed in small print."""
    blocks = [{**formatted(f"*{literal(fact.title)}*"), **menu}, paragraph(fact.answer)]
    if milestones := say_milestones(fact, today, False):
        blocks.append(small(milestones))
    if fact.was:
        blocks.append(small(messages.was(fact.was)))
    return [*blocks, source_note(fact, service, today)]


def source_note(fact: Fact, service: str, today: date, remark: str = "") -> Block:
    """The service, the source, and when a person last read it; then the remark, if any."""
    source = f"<{escape(fact.source)}|{messages.SOURCE}>"
    parts = [escape(service), source, _checked(fact, today), *([escape(remark)] if remark else [])]
    return note(" \u00b7 ".join(parts))


def _checked(fact: Fact, today: date) -> str:
    return messages.checked(fact.checked, is_overdue(fact, today))


def sentence(text: str) -> Message:
    """A message of one plain sentence."""
    return Message(escape_within(text, SECTION_TEXT), (paragraph(text),))
