"""Practice questions for one person, and the reminder that some are due."""

from __future__ import annotations

from datetime import date

from bot import messages
from bot.quiz.question import QuizQuestion
from bot.slack import limits
from bot.slack.mrkdwn import escape
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


def exercise(
    asked: int, question: QuizQuestion, service: str, due: bool, difficulty: int | None = None
) -> Message:
    """A private question; `due` says that it comes from the person's review queue."""
    title = messages.practice_title(service)
    why = messages.FROM_QUEUE if due else messages.NEW_TO_YOU
    if difficulty:
        why = f"{messages.DIFFICULTIES[difficulty]} \u00b7 {why}"
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
) -> Message:
    """The answer to a private question, when it comes up again (`days`), and what to do next."""
    answer = result(question, fact, choice, service, today, messages.comes_again(days))
    elements = [button(NEXT, messages.NEXT_QUESTION, "next")]
    if not reminded:
        elements.append(button(REMIND, messages.REMIND_ME, "remind"))
    return Message(answer.text, (*answer.blocks, actions("practice", elements)))


def reminder(due: int) -> Message:
    """Sent at most once each weekday, and only if something is due."""
    text = messages.reviews_due(due)
    start = button(NEXT, messages.START_REVIEW, "next")
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
