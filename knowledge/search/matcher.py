"""Choose the fact that a question asks for, and say whether to be confident in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from knowledge.model import Fact, FactList, Service
from knowledge.search.confidence import CONFIDENT, EXPLAINED, FAINT, JUST_NEAR, NEAR, chance
from knowledge.search.explanations import Explanations
from knowledge.search.follow_up import FollowUps
from knowledge.search.guards import Mismatch, mismatches
from knowledge.search.index import Index
from knowledge.search.names import Names
from knowledge.search.owners import Owners
from knowledge.search.parsing import ParsedQuestion, QuestionParser, bare_service
from knowledge.search.question import QuestionReader
from knowledge.search.ranking import Candidate, Ranker, WeighedQuestion
from knowledge.search.reader import Reader
from knowledge.search.result import Match, Outcome, Result
from knowledge.search.signs import signs_of
from knowledge.search.small_talk import is_small_talk
from knowledge.values import Unit, may_state_quantity
from knowledge.vocabulary import Vocabulary

MIN_RIVAL_SHARE = 0.85
"""Of the best fact's score, from which on another one may be meant as well."""
MAX_STRAY_RARITY = 0.6
"""How rare a word may be, from 0 to 1, that a fact lacks whose value settles the question."""


class Matcher:
    """Parses a question, ranks the facts, and doubts the best one."""

    def __init__(
        self, facts: Iterable[Fact], services: Mapping[str, Service], vocabulary: Vocabulary
    ) -> None:
        self._services = services
        self._small_talk = vocabulary.small_talk
        self._definitions: dict[str, Fact | None] = {}
        written = list(facts)
        topics = [_topic(services.get(slug), slug, words) for slug, words in vocabulary.unwritten]
        self.facts = FactList([*written, *topics])
        self.topics = range(len(written), len(self.facts))
        self.names = Names(services.values(), vocabulary)
        self._owners = Owners(vocabulary.api_names, services)
        self._fact_reader = Reader(vocabulary.same, self.names)
        self.index = Index(self.facts, self._fact_reader)
        self.reader = QuestionReader(self._fact_reader, self.index.words, vocabulary.everyday)
        self._explanations = Explanations(self.facts)
        self._removed: frozenset[int] = frozenset()
        self._connect()

    def _connect(self) -> None:
        self.parser = QuestionParser(self.reader, self.names, self._owners, self._explanations)
        self.ranker = Ranker(self.facts, self.topics, self.reader, self.index, self._removed)
        self.follow_ups = FollowUps(self._current, self.parser, self.ranker)

    def with_changes(self, added: Sequence[Fact], removed: Collection[str]) -> Matcher:
        """The same with some more facts of its services, and without the facts with some IDs.

        Takes milliseconds, because the index isn't built again; both can be used side by side.
        """
        changed = copy(self)
        changed._definitions = {}
        changed.facts = self.facts.with_facts(added)
        gone = {n for n, fact in enumerate(self.facts) if fact.id and fact.id in removed}
        changed._removed = self._removed | gone
        changed._fact_reader = self._fact_reader.copy()
        changed.index = self.index.with_facts(changed.facts, changed._fact_reader)
        changed.reader = self.reader.with_words(
            changed._fact_reader, changed.index.words - self.index.words
        )
        changed._explanations = self._explanations.with_changes(
            added, len(self.facts), changed._removed
        )
        changed._connect()
        return changed

    @property
    def _current(self) -> list[int]:
        """The numbers of the facts, without topics and what was removed."""
        every = range(len(self.facts))
        return [n for n in every if n not in self.topics and n not in self._removed]

    def ask(self, question: str) -> Result:
        """Answer a question; never raises, whatever the text."""
        parsed = self.parser.parse(question)
        if not parsed.services and is_small_talk(question, self._small_talk):
            return Result(question, None, (), Outcome.SMALL_TALK)
        result = self._answer(question, parsed)
        if slug := bare_service(parsed):
            return self._about_service(result, slug, asks=len(parsed.reading.words) > 1)
        if not result.confident and parsed.sides:
            return self._side_by_side(parsed) or result
        return result

    def _answer(self, question: str, parsed: ParsedQuestion) -> Result:
        """The best fact, and how sure to be of it."""
        outside = self._outside(parsed)
        weighed = self.ranker.weigh(parsed.reading)
        ranked = self.ranker.rank(weighed, explained_by=parsed.explained_by)
        candidates = [candidate for candidate in ranked if candidate.number not in self.topics]
        if not candidates:
            return Result(question, None, (), Outcome.UNKNOWN, outside)
        best = candidates[0]
        likely = self._chance(question, parsed, weighed, ranked) if best is ranked[0] else 0.0
        if likely < FAINT and not (parsed.services or parsed.implied):
            return Result(question, None, (), Outcome.UNKNOWN, outside)
        outcome = (
            Outcome.ANSWER if likely >= CONFIDENT
            else Outcome.SUGGEST if likely >= NEAR and not outside
            else Outcome.UNKNOWN
        )  # fmt: skip
        first, *others = (
            Match(self.facts[c.number], round(max(likely, FAINT) * c.score / best.score, 4))
            for c in candidates[:4]
        )
        return Result(question, first, tuple(others), outcome, outside)

    def _about_service(self, result: Result, slug: str, asks: bool) -> Result:
        """The fact that says what a service is, if that is asked and there is one; its overview."""
        fact = self._definition(slug) if asks else None
        if fact is None:
            return replace(result, outcome=Outcome.OVERVIEW, service=slug)
        return replace(result, best=Match(fact, 1.0), outcome=Outcome.ANSWER)

    def _definition(self, slug: str) -> Fact | None:
        """The fact of a service that one may ask for by `what is` and the service's name."""
        if slug not in self._definitions:
            self._definitions[slug] = next(
                (
                    fact
                    for fact in map(self.facts.__getitem__, self._current)
                    if fact.service == slug and any(map(self._is_definition, fact.phrasings))
                ),
                None,
            )
        return self._definitions[slug]

    def _is_definition(self, phrasing: str) -> bool:
        if not phrasing.startswith("what"):
            return False
        return bare_service(self.parser.parse(phrasing)) is not None

    def _side_by_side(self, parsed: ParsedQuestion) -> Result | None:
        """Two facts that answer a comparison together, if both are certain."""
        if parsed.sides is None:
            return None
        names = " ".join(
            service.name
            for slug in sorted(parsed.services)
            if (service := self._services.get(slug[1:]))
        )
        found = [self.parser.parse(f"{names} {text}") for text in parsed.sides.texts]
        left, right = (self._answer(parsed.text, side) for side in found)
        if not (left.confident and right.confident and left.best and right.best):
            return None
        if left.best.fact.id == right.best.fact.id:
            return None
        return replace(left, others=(), beside=right.best)

    def _chance(
        self,
        question: str,
        parsed: ParsedQuestion,
        weighed: WeighedQuestion,
        ranked: Sequence[Candidate],
    ) -> float:
        """How likely the first fact is what was asked for, from 0 to 1."""
        likely = chance(signs_of(parsed, weighed, ranked, self.ranker))
        if parsed.only_explained_by == ranked[0].number:
            likely = max(likely, EXPLAINED)
        reasons = mismatches(parsed, ranked[0].number, self.index, self.rivals(ranked))
        if Mismatch.VAGUE in reasons and not all(weighed.spans):
            return 0.0
        if reasons:
            return min(likely, JUST_NEAR)
        if likely < CONFIDENT and self._settles_count(question, parsed, ranked[0].number):
            return EXPLAINED
        return likely

    def rivals(self, ranked: Sequence[Candidate]) -> list[int]:
        """The numbers of the facts that may be meant as well as the first."""
        least = MIN_RIVAL_SHARE * ranked[0].score
        return [c.number for c in ranked[1:] if c.score >= least and c.number not in self.topics]

    def _settles_count(self, question: str, parsed: ParsedQuestion, number: int) -> bool:
        """Whether a fact's value says if the number of things in the question is allowed.

        Then it is what was asked for, even if the number, being no word of the fact, made it
        doubtful. Any other word that the fact lacks must be a common one.
        """
        value = self.facts[number].value
        if value is None or value.unit is not Unit.COUNT:
            return False
        if not may_state_quantity(question.lower()):
            return False
        stray = [
            group[0]
            for group in parsed.reading.groups
            if not self.index.holds(number, self.index.spans_of(group))
        ]
        if any(self.index.rarity(word) > MAX_STRAY_RARITY for word in stray if not word.isdigit()):
            return False
        from knowledge.search.verdict import verdict  # slow to import

        return verdict(question, self.facts[number]) is not None

    def _outside(self, parsed: ParsedQuestion) -> str | None:
        """What the question names, if it names nothing that has facts."""
        if any(name.startswith(":") for name in parsed.reading.names):
            return None
        return next(iter(parsed.reading.names), None)


def _topic(service: Service | None, slug: str, words: Sequence[str]) -> Fact:
    """A topic without a fact, made to compete with the facts."""
    names = (service.name, *service.aliases) if service else (slug,)
    return Fact(
        id="", service=slug, title=f"{names[0]} {words[0]}", answer="", detail=None, was=None,
        keywords=names, phrasings=tuple(words), related=(), source="", checked="", quiz=(),
    )  # fmt: skip
