"""The AWS terms in a message, and the facts that explain them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot import messages
from bot.slack.mrkdwn import escape, literal
from bot.views.card import sentence, show_button, source_note
from bot.views.message import Block, Message, formatted, paragraph
from bot.views.value import Value
from knowledge import Fact
from knowledge.recognizing import Explained


def explanation(
    found: Explained, services: Mapping[str, str], value: Value, today: date, command: str
) -> Message:
    """Short cards of the facts, and below them the terms; `services` are names by slug."""
    if not found.terms:
        return sentence(messages.NOTHING_RECOGNIZED)
    blocks: list[Block] = []
    for number, fact in enumerate(found.facts):
        blocks += _short_card(number, fact, services[fact.service], value, today)
    terms = [f"{kind.value}: {', '.join(names)}" for kind, names in found.terms.items()]
    listed = "In this message\n" + "\n".join(f"\u2022 {line}" for line in terms)
    blocks.append(paragraph(listed))
    lines = [f"{fact.title}: {fact.answer}" for fact in found.facts]
    if not found.facts:
        lines.append(messages.only_recognized(command))
        blocks.append(paragraph(lines[0]))
    return Message(escape("\n".join((*lines, listed))), tuple(blocks))


def _short_card(
    number: int, fact: Fact, service: str, value: Value, today: date
) -> tuple[Block, ...]:
    """The fact without its details, and a button that shows the whole card."""
    title = formatted(f"*{literal(fact.title)}*")
    return (
        {**title, "accessory": show_button(number, fact, value)},
        paragraph(fact.answer),
        source_note(fact, service, today),
    )
