"""Note the questions that got no certain answer, without making anyone wait."""

from __future__ import annotations

from bot.answers.batching import BatchWriter
from bot.store import Store
from bot.store.gaps import AskedQuestion
from knowledge.wording import wording


class UnansweredQuestions:
    """Collects questions, to be grouped and counted for those who write the facts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer: BatchWriter[AskedQuestion] = BatchWriter(self._write, "questions")

    def note(self, team: str, user: str, question: str) -> None:
        """Store a question, soon."""
        self._writer.add(AskedQuestion(team, user, question, self._store.now()))

    def write(self) -> None:
        """Write the waiting questions now."""
        self._writer.write()

    def close(self) -> None:
        """Write what is waiting."""
        self._writer.close()

    def _write(self, waiting: list[AskedQuestion]) -> None:
        kept = [asked._replace(question=wording(asked.question)) for asked in waiting]
        self._store.gaps.note([asked for asked in kept if asked.question])
