"""The Home tab: what the bot does, a person's reviews, and the quizzes they set up."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.quiz.subscription import Subscription
from bot.quiz.wording import say_days
from bot.quiz.zones import say_zone
from bot.slack.mrkdwn import escape
from bot.views.message import Block, actions, button, formatted, header, note, paragraph, small
from bot.views.practice import erase_button
from knowledge.counting import counted

PRACTICE, REMINDERS, FORGET = "home_practice", "home_reminders", "home_forget"
MAX_LISTED_QUIZZES = 20

TITLE = "AWS facts, checked and sourced"
REVIEW_TITLE = "Your review"
QUIZZES_TITLE = "Quizzes you set up"
NOTHING_DUE = "You're all caught up."
PRACTICE_NOW = "Practice"


def home(
    command: str,
    facts: int,
    due: int,
    reminded: bool,
    quizzes: Sequence[tuple[Subscription, Sequence[str]]],
) -> Block:
    """A view for views.publish; `quizzes` are those the person set up, with their services."""
    name = escape(command)
    examples = "\n".join(f"\u2022 `{name} {example}`" for example in messages.EXAMPLES)
    blocks = [
        header(TITLE),
        paragraph(introduction(facts)),
        formatted(examples),
        {"type": "divider"},
        header(REVIEW_TITLE),
        paragraph(messages.reviews_due(due) if due else NOTHING_DUE),
        actions("home-review", _buttons(reminded)),
        small(messages.PRIVACY),
        {"type": "divider"},
        header(QUIZZES_TITLE),
    ]
    for subscription, services in quizzes[:MAX_LISTED_QUIZZES]:
        blocks += _quiz(subscription, services, command)
    if not quizzes:
        blocks.append(paragraph(no_quizzes(command)))
    return {"type": "home", "blocks": blocks}


def _buttons(reminded: bool) -> list[Block]:
    reminders = messages.STOP if reminded else messages.REMIND_ME
    return [
        button(PRACTICE, PRACTICE_NOW, "practice"),
        button(REMINDERS, reminders, "stop" if reminded else "remind"),
        erase_button(FORGET),
    ]


def _quiz(subscription: Subscription, services: Sequence[str], command: str) -> list[Block]:
    schedule = subscription.schedule
    when = messages.quiz_time(
        f"{schedule.at:%H:%M}", say_days(schedule.weekdays), say_zone(schedule.tz)
    )
    about = messages.quiz_services(services)
    lines = [formatted(f"<#{subscription.channel}>: {escape(when)}. {escape(about)}.")]
    if not subscription.active:
        lines.append(note(escape(messages.quiz_is_off(subscription.paused_for, command))))
    return lines


def introduction(facts: int) -> str:
    return (
        f"I know {counted(facts, 'fact')} about AWS, each with its source and the date it was "
        "checked. Ask me in your own words. If I don't know, I'll say so."
    )


def no_quizzes(command: str) -> str:
    return f"None yet. Type {command} quiz in a channel to set up a daily question."
