"""Notices that a quiz was changed or ended, for its channel and for the person who set it up."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quiz import texts
from bot.quiz.subscription import Subscription
from bot.slack.mrkdwn import escape
from bot.views.message import Message, formatted
from bot.views.quiz_settings import settings_lines


def changed(subscription: Subscription, by: str, services: Sequence[str], command: str) -> Message:
    """For the channel: the settings as they are now, or that there are no more questions."""
    who = f"<@{by}>"
    if subscription.active:
        now = ". ".join(settings_lines(subscription, services))
        text = f"{texts.quiz_changed_by(who)} {escape(now)}."
    else:
        text = texts.quiz_ended_by(who, escape(command))
    return Message(text, (formatted(text),))


def changed_yours(subscription: Subscription, by: str) -> Message:
    """For the person who set it up."""
    channel = f"<#{subscription.channel}>"
    text = texts.your_quiz(f"<@{by}>", channel, ended=not subscription.active)
    return Message(text, (formatted(text),))
