"""How one person is doing: today's questions, and right answers by service."""

from __future__ import annotations

from dataclasses import dataclass

from bot.quiz.question import LETTERS


@dataclass(frozen=True, slots=True)
class Score:
    """Answers about one service, in quizzes and in practice."""

    service: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class TodaysQuestion:
    """A channel's latest question; `choice` is the person's, None if they haven't answered.

    `right_index` is None until the answer is out. `reveal_at` is in seconds since 1970. A `voided`
    question doesn't count.
    """

    channel: str
    text: str
    options: tuple[str, ...]
    choice: int | None
    right_index: int | None
    reveal_at: float
    voided: bool = False

    @property
    def chosen(self) -> str:
        """The person's answer as the question showed it, such as `B: 30 seconds`."""
        return "" if self.choice is None else f"{LETTERS[self.choice]}: {self.options[self.choice]}"


@dataclass(frozen=True, slots=True)
class Progress:
    """`streak` is the person's longest one that is still going, in whichever channel."""

    today: tuple[TodaysQuestion, ...] = ()
    scores: tuple[Score, ...] = ()
    streak: int = 0
