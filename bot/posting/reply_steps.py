"""What to do about a reply that Slack did not take: when to try again, and where else.

Each way is narrower than the one before, down to the direct messages with whoever asked, so that
an answer that cannot be shown to everyone still reaches one person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from bot import messages
from bot.slack.errors import Trouble, reason, retry_after, trouble
from bot.slack.mrkdwn import escape
from bot.slack.replying import is_direct
from bot.slack.retrying import wait_seconds
from bot.store.replies import Audience, OutgoingReply
from bot.views.card import sentence
from bot.views.message import note

RESPONSE_URL_TRIES = 2
"""Of unknown outcome, after which the response_url is given up for another way."""
PRIVATE_TRIES = 6
"""Of unknown outcome: better twice than never, as only one person sees it, but not for ever."""


class Sending(Enum):
    """What has come of a reply."""

    SHOWN = "shown"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Slack may have shown it, there is no way to know, and it is not sent again."""
    LOST_CLAIM = "lost claim"
    """Another process has taken it over."""


@dataclass(frozen=True, slots=True)
class Step:
    """The reply as it goes on, after so many seconds; or its end."""

    reply: OutgoingReply
    wait_seconds: float = 0.0
    end: Sending | None = None


def step_after(reply: OutgoingReply, error: Exception, called_at: float) -> Step:
    """The step after a call that failed."""
    kind = trouble(error)
    tried = replace(reply, attempts=reply.attempts + 1, called_at=None)
    if kind is Trouble.LATER:
        return Step(tried, retry_after(error) or wait_seconds(reply.attempts))
    if kind is Trouble.UNSURE and reply.audience is Audience.EVERYONE:
        if reply.response_url:
            return Step(tried, end=Sending.UNKNOWN)
        return Step(replace(tried, called_at=called_at))
    if kind is Trouble.UNSURE:
        return _again_in_private(tried)
    if kind is Trouble.BUG and reply.message["text"] != messages.BROKEN:
        broken = sentence(messages.BROKEN).payload()
        return Step(replace(tried, message=broken, audience=Audience.PERSON))
    return _elsewhere(tried, reason(error))


def for_person_alone(reply: OutgoingReply) -> OutgoingReply:
    """The same reply for whoever asked, as nobody can know whether the others have seen it."""
    return replace(reply, audience=Audience.PERSON, called_at=None)


def _again_in_private(reply: OutgoingReply) -> Step:
    if reply.attempts >= PRIVATE_TRIES:
        return Step(reply, end=Sending.UNKNOWN)
    wait = wait_seconds(reply.attempts - 1)
    if reply.response_url and reply.attempts >= RESPONSE_URL_TRIES:
        return Step(_without_response_url(reply), wait)
    return Step(reply, wait)


def _elsewhere(reply: OutgoingReply, why: str) -> Step:
    if reply.response_url and reply.audience is Audience.PERSON:
        return Step(_without_response_url(reply))
    if reply.response_url or is_direct(reply.channel) or not reply.user:
        return Step(reply, end=Sending.REFUSED)
    told = note(escape(messages.cannot_answer_there(why)))
    message = {**reply.message, "blocks": [told, *reply.message["blocks"]]}
    private = replace(reply, audience=Audience.PERSON, message=message)
    return Step(replace(private, channel=reply.user, thread=""))


def _without_response_url(reply: OutgoingReply) -> OutgoingReply:
    return replace(reply, response_url="", replaces=False)
