"""What to do with a reply that Slack didn't take: when to try again, and where else to show it.

Each alternative has a smaller audience, down to a direct message to the person who asked, so that
an answer that can't be shown to everyone still reaches one person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot import messages
from bot.slack.conversation_ids import is_direct
from bot.slack.errors import Trouble, reason, retry_after, trouble
from bot.slack.mrkdwn import escape
from bot.slack.plain_blocks import has_context_actions, with_plain_buttons
from bot.slack.retrying import wait_seconds
from bot.store.replies import Audience, OutgoingReply
from bot.views.card import sentence
from bot.views.message import note

MAX_RESPONSE_URL_TRIES = 2
"""Calls with unknown outcome before we try something other than the response_url."""
MAX_PRIVATE_TRIES = 6
"""Calls with unknown outcome before we give up: for one person, twice is better than never."""


class ReplyOutcome(Enum):
    """What became of a reply."""

    SHOWN = "shown"
    LATER = "later"
    """It is stored and will be sent."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Slack may have shown it, we can't find out, and we won't send it again."""
    LOST_CLAIM = "lost claim"
    """Another process has claimed it."""


@dataclass(frozen=True, slots=True)
class Step:
    """The reply as it continues after a wait, or how it ended."""

    reply: OutgoingReply
    wait_seconds: float = 0.0
    outcome: ReplyOutcome | None = None


def step_after(reply: OutgoingReply, error: Exception, called_at: float) -> Step:
    """The step after a failed call, which began at `called_at`."""
    kind = trouble(error)
    next_try = replace(reply, attempts=reply.attempts + 1, called_at=None)
    if kind is Trouble.LATER:
        return Step(next_try, retry_after(error) or wait_seconds(reply.attempts))
    if kind is Trouble.UNSURE and reply.audience is Audience.EVERYONE:
        if reply.response_url:
            return Step(next_try, outcome=ReplyOutcome.UNKNOWN)
        return Step(replace(next_try, called_at=called_at))
    if kind is Trouble.UNSURE:
        return _retry_private(next_try)
    if kind is Trouble.BUG and has_context_actions(reply.message):
        return Step(replace(next_try, message=with_plain_buttons(reply.message)))
    if kind is Trouble.BUG and reply.message["text"] != messages.BROKEN:
        broken = sentence(messages.BROKEN).payload()
        return Step(replace(next_try, message=broken, audience=Audience.PERSON))
    return _show_elsewhere(next_try, reason(error))


def to_person_only(reply: OutgoingReply) -> OutgoingReply:
    """The reply for the person who asked alone, since we can't tell whether others have seen it."""
    return replace(reply, audience=Audience.PERSON, called_at=None)


def _retry_private(reply: OutgoingReply) -> Step:
    if reply.attempts >= MAX_PRIVATE_TRIES:
        return Step(reply, outcome=ReplyOutcome.UNKNOWN)
    wait = wait_seconds(reply.attempts - 1)
    if reply.response_url and reply.attempts >= MAX_RESPONSE_URL_TRIES:
        return Step(_without_response_url(reply), wait)
    return Step(reply, wait)


def _show_elsewhere(reply: OutgoingReply, why: str) -> Step:
    if reply.response_url and reply.audience is Audience.PERSON:
        return Step(_without_response_url(reply))
    if reply.response_url or is_direct(reply.channel) or not reply.user:
        return Step(reply, outcome=ReplyOutcome.REFUSED)
    explanation = note(escape(messages.cannot_answer_there(why)))
    message = {**reply.message, "blocks": [explanation, *reply.message["blocks"]]}
    private = replace(reply, audience=Audience.PERSON, message=message)
    return Step(replace(private, channel=reply.user, thread=""))


def _without_response_url(reply: OutgoingReply) -> OutgoingReply:
    return replace(reply, response_url="", replaces=False)
