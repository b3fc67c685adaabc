"""A practice session: five questions, then a summary."""

from __future__ import annotations

from dataclasses import dataclass

SESSION_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class PracticeSession:
    """How far a person is: questions asked and answered, and the facts of those they got wrong.

    `id` is that of its first question.
    """

    id: int
    asked: int
    answered: int
    missed: tuple[str, ...]

    @property
    def right(self) -> int:
        return self.answered - len(self.missed)

    @property
    def is_over(self) -> bool:
        """Whether the session has no more questions."""
        return self.asked >= SESSION_QUESTIONS
