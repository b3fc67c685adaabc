"""Choose the fact that a question asks for, and say whether to be confident in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.model import Fact, Service
from knowledge.search.confidence import CONFIDENT, JUST_NEAR, NEAR, chance
from knowledge.search.guards import Mismatch, mismatches
from knowledge.search.index import Index
from knowledge.search.names import Names
from knowledge.search.owners import Owners
from knowledge.search.parsing import ParsedQuestion, QuestionParser
from knowledge.search.question import QuestionReader
from knowledge.search.ranking import Candidate, Ranker, Weighed
from knowledge.search.reader import Reader
from knowledge.search.result import Match, Outcome, Result
from knowledge.search.signs import signs_of
from knowledge.vocabulary import Vocabulary


class Matcher:
    """Parses a question, ranks the facts, and doubts the best one."""

    def __init__(
        self, facts: Iterable[Fact], services: Mapping[str, Service], vocabulary: Vocabulary
    ) -> None:
        self.facts = list(facts)
        self.known = len(self.facts)
        self.facts += [
            _topic(services.get(slug), slug, words) for slug, words in vocabulary.unwritten
        ]
        self.names = Names(services.values(), vocabulary)
        reader = Reader(vocabulary.same, self.names)
        self.index = Index(self.facts, reader)
        self.reader = QuestionReader(reader, self.index.words, vocabulary.everyday)
        self.parser = QuestionParser(
            self.reader, self.names, Owners(vocabulary.api_names, services)
        )
        self.ranker = Ranker(self.facts, self.known, self.reader, self.index)

    def ask(self, question: str) -> Result:
        """Answer a question; never raises, whatever the text."""
        parsed = self.parser.parse(question)
        outside = self._outside(parsed)
        weighed = self.ranker.weigh(parsed.reading)
        ranked = self.ranker.rank(weighed)
        candidates = [candidate for candidate in ranked if candidate.number < self.known]
        if not candidates:
            return Result(question, None, (), Outcome.UNKNOWN, outside)
        best = candidates[0]
        likely = self._chance(parsed, weighed, ranked) if best is ranked[0] else 0.0
        outcome = (
            Outcome.ANSWER if likely >= CONFIDENT
            else Outcome.SUGGEST if likely >= NEAR and not outside
            else Outcome.UNKNOWN
        )  # fmt: skip
        first, *others = (
            Match(self.facts[c.number], round(max(likely, 0.05) * c.score / best.score, 4))
            for c in candidates[:4]
        )
        return Result(question, first, tuple(others), outcome, outside)

    def _chance(
        self, parsed: ParsedQuestion, weighed: Weighed, ranked: Sequence[Candidate]
    ) -> float:
        """How likely the first fact is what was asked for, from 0 to 1."""
        likely = chance(signs_of(parsed, weighed, ranked, self.ranker))
        reasons = mismatches(parsed, ranked[0].number, self.index)
        if Mismatch.VAGUE in reasons and not all(weighed.spans):
            return 0.0
        return min(likely, JUST_NEAR) if reasons else likely

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
