"""Suggested facts, as curators see them and as their authors hear about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.slack import limits
from bot.slack.mrkdwn import escape, literal, plain
from bot.team.limits import MAX_REASON_CHARS
from bot.views.card import fact_blocks, fact_text
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    note,
    plain_text,
    small,
    when,
)
from knowledge import Fact
from knowledge.counting import counted

OPEN_FORM = "suggest_answer"
"""The button that opens the form; its value is a question."""
APPROVE, EDIT, REJECT = "suggestion_approve", "suggestion_edit", "suggestion_reject"
SHOW = "suggestion_show"
REJECT_CALLBACK = "suggestion_rejected"
REASON = "reason"
SUGGEST_TEXT = "Suggest an answer"
OFFER = "Do you know the answer? Suggest it, and a curator will look at it."
GONE = "That suggestion is gone."
NOTHING_OPEN = "No suggestions are waiting for a decision."
NEED_REASON = "Say why, so that the author knows what to do."
MAX_LISTED = 20
MAX_TITLE_CHARS = 200


def offer(question: str) -> Message:
    """A button that opens the form: only a press or a slash command can, not a message."""
    row = actions("suggest", [button(OPEN_FORM, SUGGEST_TEXT, plain(question, 300) or "-")])
    return Message(escape(OFFER), (formatted(escape(OFFER)), row))


def to_decide(suggestion: int, fact: Fact, service: str, author: str, today: date) -> Message:
    """What curators get: the fact as people will see it, and what to do about it."""
    said = f"{_person(author)} suggested an answer:"
    row = [
        {**button(APPROVE, "Approve", str(suggestion)), "style": "primary"},
        button(EDIT, "Edit", str(suggestion), "Edit and approve"),
        button(REJECT, "Reject", str(suggestion)),
    ]
    shown = (formatted(said), *_fact(fact, service, today), actions(f"decide-{suggestion}", row))
    return Message(f"{said}\n{fact_text(fact, service, today, True)}", shown)


def decided(
    fact: Fact, service: str, author: str, today: date, fact_id: str, by: str, reason: str
) -> Message:
    """The same once it is decided; `fact_id` is "" if it was rejected."""
    said = f"{_person(author)} suggested an answer:"
    end = (
        f"\u2705 Approved by {_person(by)}. It's now the fact `{escape(fact_id)}`."
        if fact_id
        else f"\u274c Rejected by {_person(by)}: {literal(reason, MAX_REASON_CHARS)}"
    )
    shown = (formatted(said), *_fact(fact, service, today), note(end))
    return Message(f"{end}\n{fact_text(fact, service, today, True)}", shown)


@dataclass(frozen=True, slots=True)
class ListedSuggestion:
    """A suggestion that waits for a decision. `at` is in seconds since 1970."""

    id: int
    title: str
    service: str
    author: str
    at: float


def suggestion_list(waiting: Sequence[ListedSuggestion], remark: str = "") -> Message:
    """What waits, oldest first, each with a button that shows it, and a remark as mrkdwn."""
    if not waiting:
        return _one(NOTHING_OPEN)
    are = counted(len(waiting), "suggestion is", "suggestions are")
    first = f"{are} waiting for a decision. Oldest first:"
    blocks, lines = [formatted(first)], [first]
    for one in waiting[:MAX_LISTED]:
        since = when(one.at, f"{datetime.fromtimestamp(one.at, UTC):%Y-%m-%d %H:%M} UTC")
        about = f"{escape(one.service)}, by {_person(one.author)}, {since}"
        show = button(f"{SHOW}_{one.id}", "Show", str(one.id), f"Show the suggestion: {one.title}")
        title = literal(one.title, MAX_TITLE_CHARS)
        blocks.append({**formatted(f"*{title}*\n{about}"), "accessory": show})
        lines.append(f"{title}: {about}")
    left = len(waiting) - MAX_LISTED
    small_print = [*([f"And {left} more."] if left > 0 else []), *([remark] if remark else [])]
    blocks += [note(line) for line in small_print]
    return Message("\n".join((*lines, *small_print)), tuple(blocks), is_private=True)


def approved_for_author(fact: Fact) -> Message:
    return _one(f"Your answer “{literal(fact.title)}” was approved. Everyone here gets it now.")


def rejected_for_author(fact: Fact, reason: str) -> Message:
    return _one(
        f"A curator looked at your answer “{literal(fact.title)}” and decided not to use it: "
        f"{literal(reason, MAX_REASON_CHARS)}"
    )


def cannot_approve(faults: str) -> Message:
    return _one(f"This can't be approved as is. Press *Edit* to fix it. {literal(faults, 600)}")


@dataclass(frozen=True, slots=True)
class RejectContext:
    """What the modal stores: the suggestion, 0 for none, and where its message is."""

    suggestion: int = 0
    channel: str = ""
    response_url: str = ""

    def encode(self) -> str:
        return json.dumps([self.suggestion, self.channel, self.response_url])

    @classmethod
    def decode(cls, text: str) -> RejectContext:
        try:
            suggestion, channel, response_url = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            return cls()
        is_number = isinstance(suggestion, int)
        return cls(suggestion, str(channel), str(response_url)) if is_number else cls()


def reject_modal(context: RejectContext) -> Block:
    """Why a suggestion isn't taken; its author reads that."""
    element = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "max_length": MAX_REASON_CHARS,
    }
    return {
        "type": "modal",
        "callback_id": REJECT_CALLBACK,
        "private_metadata": context.encode(),
        "title": plain_text("Reject the suggestion", limits.VIEW_TITLE),
        "submit": plain_text("Reject", limits.VIEW_TITLE),
        "close": plain_text("Cancel", limits.VIEW_TITLE),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON,
                "label": plain_text("Why? The author will read this.", limits.LABEL),
                "element": element,
            }
        ],
    }


def _fact(fact: Fact, service: str, today: date) -> tuple[Block, ...]:
    ways = " \u00b7 ".join(fact.phrasings)
    return (*fact_blocks(fact, service, today, True), small(f"How people would ask: {ways}"))


def _person(user: str) -> str:
    return f"<@{user}>" if user else "Someone"


def _one(mrkdwn: str) -> Message:
    return Message(mrkdwn, (formatted(mrkdwn),), is_private=True)
