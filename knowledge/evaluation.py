"""Ask many questions and count how many are answered correctly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.base import KnowledgeBase
from knowledge.model import Fact


class FormatError(ValueError):
    """A file of questions can't be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question and the patterns that its right answer matches; without any, it has no answer.

    With `in_detail`, the patterns may also match the detail below the short answer.
    """

    text: str
    kind: str
    must: tuple[re.Pattern[str], ...]
    in_detail: bool = False


@dataclass(slots=True)
class EvaluationReport:
    """Counts by kind: asked, right fact first, right and confident, wrong and confident."""

    asked: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    answerable: set[str] = field(default_factory=set)

    def table(self) -> str:
        """One row per kind, in percent; for questions without an answer, only the last column."""
        rows = [f"{'kind':<18}{'asked':>6}{'first':>8}{'confident':>11}{'and wrong':>11}"]
        kinds = list(self.asked)
        for kind in kinds:
            rows.append(self._row(kind, [kind], kind in self.answerable))
        both = [kind for kind in kinds if kind in self.answerable]
        if len(both) > 1:
            rows.append(self._row("all answerable", both, True))
        return "\n".join(rows)

    def _row(self, name: str, kinds: Iterable[str], answerable: bool) -> str:
        kinds = list(kinds)
        asked = sum(self.asked[kind] for kind in kinds)

        def share(counts: Counter[str]) -> str:
            return f"{100 * sum(counts[kind] for kind in kinds) / asked:.1f} %"

        first, right = (share(self.first), share(self.right)) if answerable else ("", "")
        return f"{name:<18}{asked:>6}{first:>8}{right:>11}{share(self.wrong):>11}"


def read_questions(text: str) -> list[EvalQuestion]:
    """Read JSON lines with `q`, `kind`, and (if it has an answer) `must`. Raises FormatError.

    A `key`, the right answer in a sentence, marks real questions: there, detail counts as well.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            patterns = entry.get("must") or ()
            must = tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
            kind = str(entry.get("kind", "question"))
            found.append(EvalQuestion(str(entry["q"]), kind, must, in_detail="key" in entry))
        except (ValueError, AttributeError, KeyError, TypeError, re.error) as error:
            raise FormatError(f"line {number} is not a question: {error}") from error
    return found


def evaluate(knowledge: KnowledgeBase, questions: Iterable[EvalQuestion]) -> EvaluationReport:
    """Ask every question, and count by its kind what came of it."""
    report = EvaluationReport()
    for asked in questions:
        result = knowledge.ask(asked.text)
        kind = asked.kind
        report.asked[kind] += 1
        if asked.must:
            report.answerable.add(kind)
        best = result.best
        right = best is not None and bool(asked.must) and is_right(knowledge, best.fact, asked)
        report.first[kind] += right
        report.right[kind] += right and result.confident
        report.wrong[kind] += result.confident and not right
        if (asked.must and not right) or (result.confident and not right):
            got = best.fact.id if best else "nothing"
            mark = "!" if result.confident else " "
            report.misses.append(f"{mark} {kind}: {asked.text} -> {got}")
    return report


def is_right(knowledge: KnowledgeBase, fact: Fact, asked: EvalQuestion) -> bool:
    """Whether the fact's service, title, and answer match every pattern."""
    text = f"{knowledge.services[fact.service].name} {fact.title} {fact.answer}"
    text += "".join(
        f" {milestone.of} {milestone.event} {milestone.on}" for milestone in fact.milestones
    )
    if asked.in_detail:
        text += f" {fact.detail or ''} {fact.misread or ''}"
    return all(pattern.search(text) for pattern in asked.must)
