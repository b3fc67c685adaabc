"""The second tier: exact names without a curated fact, from installed packages' data.

    uv run --group dev python -m bench.reference [--misses]

Prints the tables that docs/figures.md shows: how many questions about exact names are answered
right, how many other questions get such an answer, and what the tier costs. `--misses` lists the
wrong answers of the fitting half.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.questions import FIELD, REFERENCE, UNSEEN, WRITTEN, Half, read
from knowledge import KnowledgeBase, Outcome, Result
from knowledge.evaluation import EvalQuestion, is_right
from knowledge.reference.building.builder import build
from knowledge.reference.file import ReferenceFile
from knowledge.reference.reference import Reference
from knowledge.reference.versions import installed_versions

ROUNDS = 5
"""Each question is timed this often; its best time counts."""
OTHERS = {"written": WRITTEN, "field": FIELD, "unseen": UNSEEN}


def main(arguments: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        knowledge = KnowledgeBase.load()
        knowledge.reference = Reference(Path(folder), build)
        print("\n".join(_cost(Path(folder))) + "\n")
        print("\n".join(_accuracy(knowledge)) + "\n")
        print("\n".join(_triggers(knowledge)) + "\n")
        print("\n".join(_latency(knowledge)))
        if "--misses" in arguments:
            print("\n".join(_misses(knowledge)))


def _cost(folder: Path) -> Iterator[str]:
    """The file itself: building it, and opening it."""
    versions = installed_versions()
    assert versions
    path = folder / versions.file_name
    began = time.process_time()
    build(path, versions)
    built = time.process_time() - began
    opened = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ReferenceFile(path).close()
        opened.append(time.perf_counter() - start)
    yield f"botocore {versions.botocore}, cfn-lint {versions.cfn_lint}: "
    yield (
        f"{path.stat().st_size / 1e6:.1f} MB, built in {built:.0f} s of processor time, "
        f"opened in {min(opened) * 1e3:.0f} ms"
    )


def _accuracy(knowledge: KnowledgeBase) -> Iterator[str]:
    """For each kind, how many of each half are answered right."""
    yield "| | " + " | ".join(f"{half.name.lower()}: right of asked" for half in Half) + " |"
    yield "|---|---|---|"
    asked, right = Counter[tuple[str, Half]](), Counter[tuple[str, Half]]()
    for half in Half:
        for question in read(REFERENCE, half):
            for kind in (question.kind, "all" if question.must else ""):
                asked[kind, half] += 1
                right[kind, half] += is_answered(knowledge, question)
    for kind in dict.fromkeys(kind for kind, _ in asked if kind):
        cells = (f"{right[kind, half]} of {asked[kind, half]}" for half in Half)
        yield f"| {kind} | {' | '.join(cells)} |"


def is_answered(knowledge: KnowledgeBase, question: EvalQuestion) -> bool:
    """Whether a question gets its answer from a fact or the data; without one, none from the data.

    A certain fact comes first, and the data after it unless that says the same.
    """
    result = knowledge.ask(question.text)
    if not question.must:
        return result.reference is None
    if result.confident and result.best and is_right(knowledge, result.best.fact, question):
        return True
    return all(pattern.search(_shown(result)) for pattern in question.must)


def _shown(result: Result) -> str:
    found = result.reference
    return f"{found.title}\n{found.text}" if found else ""


def _triggers(knowledge: KnowledgeBase) -> Iterator[str]:
    """How many questions that weren't written to name something exactly get such an answer."""
    yield "| | asked | from the data alone | after a fact |"
    yield "|---|---|---|---|"
    for name, files in OTHERS.items():
        results = [knowledge.ask(question.text) for question in read(files)]
        alone = sum(result.outcome is Outcome.REFERENCE for result in results)
        after = sum(result.reference is not None for result in results) - alone
        shares = (f"{count} ({100 * count / len(results):.1f} %)" for count in (alone, after))
        yield f"| {name} | {len(results)} | {' | '.join(shares)} |"


def _latency(knowledge: KnowledgeBase) -> Iterator[str]:
    """What the tier adds to a question that names nothing exact, and how long the others take."""
    assert knowledge.reference
    others = [question.text for files in OTHERS.values() for question in read(files)]
    texts = [text for text in others if knowledge.ask(text).reference is None]
    whole, step = _times(knowledge.ask, texts), _times(knowledge.reference.answer, texts)
    share = 100 * median(step) / median(whole)
    yield (
        f"A question that names nothing exact takes {median(whole) * 1e6:.0f} \u00b5s (median), of "
        f"which the tier takes {median(step) * 1e6:.0f} \u00b5s, {share:.0f} %."
    )
    named = [question.text for question in read(REFERENCE) if question.must]
    taken = median(_times(knowledge.ask, named))
    yield f"A question about an exact name takes {taken * 1e6:.0f} \u00b5s (median)."


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """The best time of each question, in seconds."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for number, text in enumerate(texts):
            start = time.perf_counter()
            ask(text)
            best[number] = min(best[number], time.perf_counter() - start)
    return best


def _misses(knowledge: KnowledgeBase) -> Iterator[str]:
    for question in read(REFERENCE, Half.FIT):
        if not is_answered(knowledge, question):
            result = knowledge.ask(question.text)
            fact = result.best.fact.id if result.best else "nothing"
            yield f"{question.kind}: {question.text} -> {_shown(result)[:200] or fact}"
    for name, files in OTHERS.items():
        for question in read(files, Half.FIT):
            result = knowledge.ask(question.text)
            if result.reference:
                yield f"{name}: {question.text[:150]} -> {_shown(result)[:150]}"


if __name__ == "__main__":
    main(sys.argv[1:])
