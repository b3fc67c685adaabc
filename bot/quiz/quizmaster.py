"""Decide what a channel is asked next."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.quiz.choosing import PastQuestion, choose, quiz_facts, times_asked
from bot.quiz.leveling import wanted_difficulty
from bot.quiz.question import QuizQuestion, build_question, find_source
from bot.quiz.themes import theme_of
from bot.team.team_knowledge import TeamKnowledge
from knowledge import Fact


class Quizmaster:
    """Builds quiz questions from the facts.

    Services are given by their slugs; no services means all of them. A `history` is what a channel
    was asked, oldest first. `teams` finds a workspace's own facts by its ID.
    """

    def __init__(
        self, known: TeamKnowledge, teams: Callable[[str], TeamKnowledge] | None = None
    ) -> None:
        self.known = known
        self.knowledge = known.knowledge
        undisputed = (f for f in known.knowledge.facts.values() if f.id not in known.disputed)
        self.quiz_facts = quiz_facts(undisputed)
        self._teams = teams
        self._by_team: dict[str, Quizmaster] = {}

    def in_team(self, team: str) -> Quizmaster:
        """The same for a workspace's own facts, without those that are under review."""
        known = self._teams(team) if self._teams else self.known
        if known is self.known:
            return self
        found = self._by_team.get(team)
        if found is None or found.known is not known:
            found = self._by_team[team] = Quizmaster(known)
        return found

    def next_question(
        self, services: Collection[str], history: Sequence[PastQuestion], day: date | None = None
    ) -> QuizQuestion | None:
        """A channel's next question; None if the services have none.

        Of the facts that may come, it is one of the theme of the week that the day is in, and as
        hard as the channel's results ask for, as far as there is one.
        """
        seed = secrets.token_hex(8)
        facts = quiz_facts(self.quiz_facts, services) if services else self.quiz_facts
        history = self._with_current_ids(history)
        preferences: list[Callable[[Fact], bool]] = []
        if day:
            theme = theme_of(day)
            preferences.append(lambda fact: fact.kind is theme)
        if level := wanted_difficulty(history, self._difficulty_of):
            preferences.append(lambda fact: fact.quiz[0].difficulty == level)
        fact = choose(facts, history, seed, preferences)
        return build_question(fact, times_asked(fact, history), seed) if fact else None

    def question_about(self, fact: str) -> QuizQuestion | None:
        """A question about the fact with this id; None if it no longer has one."""
        found = self._askable(fact)
        return build_question(found, 0, secrets.token_hex(8)) if found else None

    def difficulty(self, question: QuizQuestion) -> int | None:
        """How hard the question is, from 1 to 3; None if no curator rated it."""
        source = find_source(self.knowledge.facts.get(question.fact), question)
        return source.difficulty if source else None

    def _difficulty_of(self, fact: str) -> int | None:
        """How hard a fact's first question is; None if that isn't known, or the fact is gone."""
        found = self.knowledge.facts.get(fact)
        return found.quiz[0].difficulty if found and found.quiz else None

    def facts_to_review(self, due: Iterable[str]) -> list[str]:
        """The current ids of those due facts that still have a question, without duplicates.

        The card of a fact without a question stays in the review queue: the question may come back.
        """
        facts = map(self._askable, due)
        return list(dict.fromkeys(fact.id for fact in facts if fact))

    def questions_left(self, services: Collection[str], history: Sequence[PastQuestion]) -> int:
        """How many facts come up before any of them repeats."""
        facts = quiz_facts(self.quiz_facts, services)
        history = self._with_current_ids(history)
        counts = [times_asked(fact, history) for fact in facts]
        return counts.count(min(counts)) if counts else 0

    def service_name(self, slug: str) -> str:
        """A service's name; the slug itself if there is no such service anymore."""
        service = self.knowledge.services.get(slug)
        return service.name if service else slug

    def _askable(self, fact: str) -> Fact | None:
        """The fact with this ID, if it has a question and isn't under review."""
        found = self.knowledge.facts.get(fact)
        return found if found and found.quiz and found.id not in self.known.disputed else None

    def _with_current_ids(self, history: Sequence[PastQuestion]) -> list[PastQuestion]:
        """The same history under the ids that its facts have today, after merges and renames."""
        current_id = self.knowledge.facts.current_id
        return [replace(past, fact=current_id(past.fact)) for past in history]
