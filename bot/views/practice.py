"""Practice questions for one person, and the reminder that some are due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot import messages
from bot.quiz.question import QuizQuestion
from bot.quiz.sessions import SESSION_QUESTIONS, PracticeSession
from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.team.marks import NO_MARKS, Marks
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    header,
    paragraph,
    plain_text,
    small,
)
from bot.views.quiz import options, options_list
from bot.views.reveal import result
from knowledge import Fact

PRACTICE = "practice_answer"
NEXT = "practice_next"
REMIND = "practice_remind"
CHOICES = "practice_choices"
ERASE = "practice_erase"
NEW_SESSION = "next"
_SESSION = re.compile(rf"{NEW_SESSION} ([1-9]\d{{0,8}})", re.ASCII)


def exercise(
    asked: int,
    question: QuizQuestion,
    service: str,
    due: bool,
    difficulty: int | None = None,
    number: int = 1,
) -> Message:
    """A private question; `due` says that it comes from the person's review queue.

    `number` is its place in the session, from 1.
    """
    title = messages.practice_title(service)
    level = [messages.DIFFICULTIES[difficulty]] if difficulty else []
    reason = messages.FROM_QUEUE if due else messages.NEW_TO_YOU
    why = " \u00b7 ".join((messages.question_number(number, SESSION_QUESTIONS), *level, reason))
    blocks = (
        header(title),
        paragraph(question.text),
        options_list(question),
        actions(f"practice-{asked}", options(asked, question, PRACTICE)),
        small(why),
    )
    return Message(
        escape("\n".join((title, question.text, *question.lettered_options(), why))), blocks
    )


def feedback(
    question: QuizQuestion,
    fact: Fact | None,
    choice: int,
    service: str,
    today: date,
    *,
    days: int,
    reminded: bool,
    session: PracticeSession,
    missed: Sequence[str] = (),
    marks: Marks = NO_MARKS,
) -> Message:
    """The answer to a private question, when it comes up again (`days`), and what to do next.

    After the session's last one that is a summary; `missed` are the titles of its missed facts.
    """
    answer = result(question, fact, choice, service, today, messages.comes_again(days), marks)
    blocks, lines = [*answer.blocks], [answer.text]
    if session.is_over:
        summary = messages.session_summary(session.right, session.answered, missed)
        blocks += [{"type": "divider"}, paragraph(summary)]
        lines.append(escape(summary))
        elements = [button(NEXT, messages.PRACTICE_AGAIN, NEW_SESSION)]
    else:
        elements = [button(NEXT, messages.NEXT_QUESTION, f"{NEW_SESSION} {session.id}")]
    if not reminded:
        elements.append(button(REMIND, messages.REMIND_ME, "remind"))
    blocks.append(actions("practice", elements))
    return Message("\n".join(lines), tuple(blocks))


def read_session(value: str) -> int | None:
    """The session that a button goes on with; None for a new one, as of older messages."""
    found = _SESSION.fullmatch(value)
    return int(found[1]) if found else None


def reminder(due: int) -> Message:
    """Sent at most once each weekday, and only if something is due."""
    text = messages.reviews_due(due)
    start = button(NEXT, messages.START_REVIEW, NEW_SESSION)
    blocks = (paragraph(text), actions("reminder", [{**start, "style": "primary"}, _choices()]))
    return Message(escape(text), blocks)


def erase_offer() -> Message:
    """Says what will be deleted; its button asks again before deleting."""
    blocks = (paragraph(messages.ERASE_OFFER), actions("practice-erase", [erase_button(ERASE)]))
    return Message(escape(messages.ERASE_OFFER), blocks)


def erase_button(action_id: str) -> Block:
    """A red button; Slack asks for confirmation before it sends the press.

    https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
    """
    confirm = {
        "title": plain_text(messages.ERASE, limits.CONFIRM_TITLE),
        "text": plain_text(messages.ERASE_WARNING, limits.CONFIRM_TEXT),
        "confirm": plain_text(messages.ERASE_CONFIRM, limits.CONFIRM_BUTTON),
        "deny": plain_text(messages.CANCEL, limits.CONFIRM_BUTTON),
        "style": "danger",
    }
    return {**button(action_id, messages.ERASE, "erase"), "style": "danger", "confirm": confirm}


def _choices() -> Block:
    named = (
        ("snooze", messages.SNOOZE),
        ("pause", messages.PAUSE),
        ("stop", messages.STOP),
        ("erase", messages.ERASE),
    )
    return {
        "type": "overflow",
        "action_id": CHOICES,
        "options": [
            {"text": {"type": "plain_text", "text": text, "emoji": False}, "value": value}
            for value, text in named
        ],
    }
