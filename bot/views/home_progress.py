"""What the Home tab shows of a person's own quizzes and practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.quiz import texts
from bot.quiz.progress import Progress, TodaysQuestion
from bot.quiz.question import LETTERS
from bot.slack.mrkdwn import escape
from bot.views.message import Block, formatted, note, paragraph, when

MAX_SERVICES = 5
NO_QUESTION_TODAY = "No question from your channels today."
NOT_ANSWERED_YET = "You haven't answered yet"
NOT_ANSWERED = "You didn't answer"


def today_blocks(questions: Sequence[TodaysQuestion]) -> list[Block]:
    """Today's question of each channel, and the person's answer to it."""
    if not questions:
        return [paragraph(NO_QUESTION_TODAY)]
    blocks = []
    for question in questions:
        blocks.append(formatted(f"<#{question.channel}>: {escape(question.text)}"))
        blocks.append(note(_your_answer(question)))
    return blocks


def score_blocks(progress: Progress, names: Mapping[str, str]) -> list[Block]:
    """The streak, and right answers by service: those with the most answers."""
    if not progress.scores:
        return []
    lines = [f"*{progress.streak} right in a row*"] if progress.streak > 1 else []
    for score in progress.scores[:MAX_SERVICES]:
        percent = round(100 * score.right / score.answered)
        name = escape(names.get(score.service, score.service))
        lines.append(f"{name}: {score.right} of {score.answered} right ({percent}%)")
    return [formatted("\n".join(lines))]


def _your_answer(question: TodaysQuestion) -> str:
    if question.voided:
        return escape(texts.VOIDED)
    chosen = f"You: {escape(question.chosen)}" if question.chosen else ""
    if question.right_index is None:
        coming = f"Answer: {when(question.reveal_at, 'later')}"
        return f"{chosen or NOT_ANSWERED_YET} \u00b7 {coming}"
    if question.choice == question.right_index:
        return f":white_check_mark: {chosen}, correct"
    right = escape(f"{LETTERS[question.right_index]}: {question.options[question.right_index]}")
    return f"{chosen or NOT_ANSWERED} \u00b7 It was {right}"
