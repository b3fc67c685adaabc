"""What installed packages' data says about an exact name: on its own card, or after a fact.

It has no fact ID, so nobody can vote on it or report it; people who miss something can suggest a
fact.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.slack.limits import SECTION_TEXT
from bot.slack.mrkdwn import escape, escape_within, literal
from bot.views.card import above_buttons, show_button
from bot.views.message import Block, Message, formatted, header, note, paragraph, small
from bot.views.refusal import asked_blocks, said_after_request
from bot.views.value import Value
from knowledge import Fact
from knowledge.reference.answer import ReferenceAnswer


def reference_card(
    found: ReferenceAnswer,
    value: Value,
    facts: Sequence[Fact] = (),
    *,
    requested: bool = False,
    promise: str = "",
    brief: bool = False,
) -> Message:
    """The answer and where it comes from, then facts that may be meant, and what else to do.

    `requested` and `promise` are those of a refusal. `brief` takes less room.
    """
    blocks = [*reference_blocks(found, brief)]
    lines = [reference_text(found)]
    if facts:
        blocks.append(small(messages.FACTS_NEARBY))
        lines.append(escape(messages.FACTS_NEARBY))
    for number, fact in enumerate(facts):
        blocks.append({**paragraph(fact.title), "accessory": show_button(number, fact, value)})
        lines.append(escape(f"\u2022 {fact.title}"))
    blocks += asked_blocks(value, requested, promise)
    if said := said_after_request(requested, promise):
        lines.insert(0, escape(said))
    return Message("\n".join(lines), tuple(blocks))


def after_fact(shown: Message, found: ReferenceAnswer) -> Message:
    """A fact's card with what the data adds to it above the buttons."""
    return above_buttons(shown, reference_blocks(found, brief=True), reference_text(found))


def reference_blocks(found: ReferenceAnswer, brief: bool = False) -> list[Block]:
    """The answer itself, without anything to press."""
    title = formatted(f"*{literal(found.title)}*") if brief else header(found.title)
    return [title, paragraph(found.text), note(escape(found.source))]


def reference_text(found: ReferenceAnswer) -> str:
    """The answer as text, escaped, for notifications and screen readers."""
    return escape_within("\n".join((found.title, found.text, found.source)), SECTION_TEXT)
