"""The Home tab: what the bot does, a person's reviews, and their channels' quizzes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import messages
from bot.quiz.progress import Progress
from bot.quiz.subscription import Subscription
from bot.quiz.wording import say_days
from bot.quiz.zones import say_zone
from bot.slack.mrkdwn import escape
from bot.views.found import search_menu
from bot.views.home_progress import score_blocks, today_blocks
from bot.views.message import (
    Block,
    actions,
    button,
    formatted,
    header,
    note,
    paragraph,
    small,
)
from bot.views.practice import erase_button
from bot.views.quiz_breaks import break_lines
from knowledge.counting import counted

PRACTICE, REMINDERS, FORGET = "home_practice", "home_reminders", "home_forget"
SEARCH, EDIT, NEW_QUIZ = "home_search", "home_edit", "home_quiz"
MAX_LISTED_QUIZZES = 20

TITLE = "Find an AWS fact"
TODAY_TITLE = "Today's quiz"
REVIEW_TITLE = "Your practice"
QUIZZES_TITLE = "Your channels' quizzes"
DATA_TITLE = "Your data"
NO_QUIZZES = "None yet. A quiz posts one AWS question a day to a channel."
NOTHING_DUE = "You're all caught up."
NOTHING_YET = "Practice or answer a quiz question, and you'll see how you're doing here."
DATA_NOTE = "Only you can see your practice. You can delete everything I keep about you."
PRACTICE_NOW = "Practice"
EDIT_QUIZ = "Edit"
START_QUIZ = "Start a quiz"


def home(
    command: str,
    facts: int,
    due: int,
    reminded: bool,
    quizzes: Sequence[tuple[Subscription, Sequence[str]]],
    progress: Progress,
    names: Mapping[str, str],
    upkeep: str = "",
) -> Block:
    """A view for views.publish; `quizzes` are those of the person's channels, with services.

    `names` are the services' names by their slugs, `upkeep` is what curators read about the facts.
    """
    blocks = [
        header(TITLE),
        paragraph(introduction(facts)),
        actions("home-search", [search_menu(SEARCH)]),
        note(f"In any channel: `{escape(command)} {messages.EXAMPLES[0]}`"),
        *([small(upkeep)] if upkeep else []),
        {"type": "divider"},
        header(TODAY_TITLE),
        *today_blocks(progress.today),
        {"type": "divider"},
        header(REVIEW_TITLE),
        *_review_blocks(due, progress, names),
        actions("home-review", _buttons(reminded)),
        {"type": "divider"},
        header(QUIZZES_TITLE),
    ]
    for subscription, services in quizzes[:MAX_LISTED_QUIZZES]:
        blocks += _quiz(subscription, services, command)
    if not quizzes:
        blocks.append(paragraph(NO_QUIZZES))
    blocks += [
        actions("home-quizzes", [button(NEW_QUIZ, START_QUIZ, "new")]),
        {"type": "divider"},
        header(DATA_TITLE),
        small(DATA_NOTE),
        actions("home-data", [erase_button(FORGET)]),
    ]
    return {"type": "home", "blocks": blocks}


def _review_blocks(due: int, progress: Progress, names: Mapping[str, str]) -> list[Block]:
    if not due and not progress.scores:
        return [paragraph(NOTHING_YET)]
    return [
        paragraph(messages.reviews_due(due) if due else NOTHING_DUE),
        *score_blocks(progress, names),
    ]


def _buttons(reminded: bool) -> list[Block]:
    reminders = messages.STOP if reminded else messages.REMIND_ME
    return [
        button(PRACTICE, PRACTICE_NOW, "practice"),
        button(REMINDERS, reminders, "stop" if reminded else "remind"),
    ]


def _quiz(subscription: Subscription, services: Sequence[str], command: str) -> list[Block]:
    schedule = subscription.schedule
    when = messages.quiz_time(
        f"{schedule.at:%H:%M}", say_days(schedule.weekdays), say_zone(schedule.tz)
    )
    about = messages.quiz_services(services)
    shown = formatted(f"<#{subscription.channel}>: {escape(when)}. {escape(about)}.")
    lines = [{**shown, "accessory": button(EDIT, EDIT_QUIZ, subscription.channel)}]
    lines += [small(line) for line in break_lines(schedule) if subscription.active]
    if not subscription.active:
        lines.append(note(escape(messages.quiz_is_off(subscription.paused_for, command))))
    return lines


def introduction(facts: int) -> str:
    return (
        f"I know {counted(facts, 'fact')} about AWS, each with its source and the date it was "
        "checked. Ask me in your own words. If I don't know, I'll say so."
    )
