"""Asking a curator whether facts are still true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.slack.mrkdwn import escape
from bot.views.card import fact_blocks
from bot.views.message import Block, Message, actions, button, header, small
from bot.views.value import Value
from knowledge import Fact
from knowledge.counting import counted

STILL_TRUE, CHANGED, NOT_MINE = "review_true", "review_changed", "review_other"
TITLE = "Are these still true?"
HINT = "Please open each source and compare. Of the facts due, these are used most here."
THANKS = "Thanks!"
NOT_YOURS = "That was for another curator."


@dataclass(frozen=True, slots=True)
class ReviewedFact:
    """A fact with its service's name, and whether the curator still has to check it."""

    fact: Fact
    service: str
    is_open: bool


def review_request(
    facts: Sequence[ReviewedFact], curator: str, day: str, today: date, remark: str = ""
) -> Message:
    """The facts that a curator was asked about on a day, each with buttons until it's done."""
    left = [reviewed for reviewed in facts if reviewed.is_open]
    intro = remark or (HINT if left else THANKS)
    blocks: list[Block] = [header(TITLE), small(intro)]
    for number, reviewed in enumerate(facts):
        fact = reviewed.fact
        if reviewed.is_open:
            value = Value(fact.id, curator, day).encode()
            blocks += fact_blocks(fact, reviewed.service, today, True)
            blocks.append(actions(f"review:{fact.id}", _buttons(number, value)))
        else:
            blocks.append(small(f"\u2713 {fact.title}"))
    lines = [f"{counted(len(left), 'fact is', 'facts are')} due for a check.", intro]
    lines += [f"\u2022 {reviewed.fact.title}" for reviewed in left]
    return Message(escape("\n".join(lines)), tuple(blocks))


def _buttons(number: int, value: str) -> list[Block]:
    return [
        button(f"{STILL_TRUE}_{number}", "Still true", value),
        button(f"{CHANGED}_{number}", "Changed", value),
        button(f"{NOT_MINE}_{number}", "Not mine", value),
    ]
