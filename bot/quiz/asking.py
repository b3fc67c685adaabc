"""Decide what a channel is asked next, and what an answer changes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.quiz.choosing import Asked, choose, pool, times_asked
from bot.quiz.posed import Posed, find_question, pose
from knowledge import KnowledgeBase


class Quizmaster:
    """Poses questions from the facts."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._all = pool(knowledge.facts.values())

    def pose_next(self, services: Collection[str], asked: Sequence[Asked]) -> Posed | None:
        """A channel's next question; None if the services have none."""
        seed = secrets.token_hex(8)
        facts = pool(self._all, services) if services else self._all
        asked = self._current(asked)
        fact = choose(facts, asked, seed)
        return pose(fact, times_asked(fact, asked), seed) if fact else None

    def pose_fact(self, fact: str, times: int = 0) -> Posed | None:
        """A question about this fact, if it still has one."""
        found = self.knowledge.facts.get(fact)
        return pose(found, times, secrets.token_hex(8)) if found and found.quiz else None

    def difficulty(self, posed: Posed) -> int | None:
        """How hard the question is, from 1 to 3, if somebody has said so."""
        question = find_question(self.knowledge.facts.get(posed.fact), posed)
        return question.difficulty if question else None

    def reviewable(self, due: Iterable[str]) -> list[str]:
        """Those of the facts that still have a question, each once, under the id of today.

        A card of a fact without one stays in the review queue: the question may come back.
        """
        facts = (self.knowledge.facts.get(fact) for fact in due)
        return list(dict.fromkeys(fact.id for fact in facts if fact and fact.quiz))

    def left(self, services: Collection[str], asked: Sequence[Asked]) -> int:
        """How many facts come before any of them comes again."""
        facts = pool(self.knowledge.facts.values(), services)
        asked = self._current(asked)
        counts = [times_asked(fact, asked) for fact in facts]
        return counts.count(min(counts)) if counts else 0

    def _current(self, asked: Sequence[Asked]) -> list[Asked]:
        """The history, with each fact under the id that it has today."""
        current = self.knowledge.facts.current_id
        return [replace(each, fact=current(each.fact)) for each in asked]

    def service_name(self, slug: str) -> str:
        service = self.knowledge.services.get(slug)
        return service.name if service else slug
