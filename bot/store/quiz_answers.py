"""What people answered to quiz questions."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from bot.quiz.standings import QuizAnswer
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan_again
from bot.store.engine import insert_if_new, reading
from bot.store.tables import answers, postings

COUNT_DELAY_SECONDS = 2.0
"""From a press until the message counts it; presses in the meantime share the update."""


class GivenAnswer(NamedTuple):
    """The index of an option, and whether it was chosen after the question had closed."""

    choice: int
    late: bool


class AnswerOutcome(Enum):
    """What a press on an option changed."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OUTDATED = "outdated"
    """A later press by the same person had arrived first."""
    LATE = "late"
    """The first answer of a person, after the question had closed."""
    LATE_AGAIN = "late again"
    VOIDED = "voided"
    """The question doesn't count, so the press wasn't stored."""


class QuizAnswers:
    """The table of answers: one per person and posting, of which the latest press counts."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def record(
        self, posting: int, user: str, choice: int, pressed_at: float | None = None
    ) -> AnswerOutcome:
        """Record the option that a person chose. After the reveal only their first one, as late.

        `pressed_at` is when Slack registered the press (seconds, by default now): the latest press
        counts, in whichever order they arrive.
        """
        now = self._now()
        pressed_at = now if pressed_at is None else pressed_at
        with self._engine.begin() as db:
            row = db.execute(
                select(postings).where(postings.c.id == posting).with_for_update(read=True)
            ).one()
            if row.voided:
                return AnswerOutcome.VOIDED
            is_late = row.closed_at is not None
            answer = {
                "posting": posting, "user": user, "choice": choice, "answered_at": pressed_at,
                "pressed_at": pressed_at, "late": is_late,
            }  # fmt: skip
            if insert_if_new(db, answers, answer) is not None:
                if not is_late:
                    _plan_count(db, row, now)
                return AnswerOutcome.LATE if is_late else AnswerOutcome.NEW
            return AnswerOutcome.LATE_AGAIN if is_late else _change(db, answer)

    def in_time(self, posting: int) -> list[QuizAnswer]:
        """The answers that were given in time."""
        columns = answers.c.user, answers.c.choice, answers.c.answered_at
        is_in_time = (answers.c.posting == posting) & answers.c.late.is_(False)
        with reading(self._engine) as db:
            return [QuizAnswer(*row) for row in db.execute(select(*columns).where(is_in_time))]

    def find(self, posting: int, user: str) -> GivenAnswer | None:
        """What a person answered; None if they didn't."""
        mine = (answers.c.posting == posting) & (answers.c.user == user)
        with reading(self._engine) as db:
            row = db.execute(select(answers.c.choice, answers.c.late).where(mine)).first()
        return GivenAnswer(*row) if row else None


def _plan_count(db: Connection, row: Any, now: float) -> None:
    """Plan to show how many people have answered a posting."""
    due_at = now + COUNT_DELAY_SECONDS
    plan_again(db, DeliveryKind.COUNT, str(row.id), row.team, row.channel, due_at)


def _change(db: Connection, answer: dict[str, Any]) -> AnswerOutcome:
    """Replace an earlier press by the same person."""
    same_user = (answers.c.posting == answer["posting"]) & (answers.c.user == answer["user"])
    before = db.execute(select(answers).where(same_user).with_for_update()).first()
    is_same = before is not None and before.choice == answer["choice"]
    if before is None or before.pressed_at > answer["pressed_at"]:
        return AnswerOutcome.SAME if is_same else AnswerOutcome.OUTDATED
    values = {"pressed_at": answer["pressed_at"]} if is_same else answer
    db.execute(update(answers).where(same_user).values(values))
    return AnswerOutcome.SAME if is_same else AnswerOutcome.CHANGED
