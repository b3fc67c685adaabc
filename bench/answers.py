"""Accuracy and speed of the matcher beside its peers, over the same facts in the same run.

    uv run --group dev python -m bench.answers [FILE ...]

Prints the tables that docs/figures.md shows: for questions written from the claims behind the
facts, and for questions from the field, how many were answered right and how many wrong at each
threshold. Only the scoring half is asked (`bench/questions/README.md`). FILEs, if given, are asked
whole instead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from bench.peers import Bm25s, Fts5, Ours, Peer, Rapidfuzz
from bench.questions import FIELD, UNSEEN, WRITTEN, Half, read
from knowledge import KnowledgeBase
from knowledge.evaluation import EvalQuestion, is_right
from knowledge.search.confidence import CONFIDENT

ROUNDS = 3
"""Each question is timed this often, the peers taking turns; its best time counts."""
THRESHOLDS = sorted({0.2, 0.3, 0.4, CONFIDENT, 0.5, 0.6, 0.7})
"""From which certainty on an answer is given; CONFIDENT is what the bot uses."""


def main(files: Sequence[str]) -> None:
    knowledge = KnowledgeBase.load()
    facts = list(knowledge.facts.values())
    peers: list[Peer] = [Ours(knowledge), Fts5(facts), Bm25s(facts), Rapidfuzz(facts)]
    sets = {
        "written": read(WRITTEN, Half.SCORE),
        "field": read(FIELD, Half.SCORE),
        "unseen": read(UNSEEN, Half.SCORE),
    }
    if files:
        sets = {"files": read(map(Path, files))}
    for label, asked in sets.items():
        print(f"{label}: {len(asked)} questions, {len(facts)} facts\n")
        print("\n".join(_table(knowledge, peers, asked)) + "\n")
    print("\n".join(_speed(peers, [question for asked in sets.values() for question in asked])))


def _table(
    knowledge: KnowledgeBase, peers: Sequence[Peer], asked: Sequence[EvalQuestion]
) -> list[str]:
    kinds = list(dict.fromkeys(question.kind for question in asked))
    rows = ["| | " + " | ".join(f"{kind} right / wrong" for kind in kinds) + " |"]
    rows.append("|---" * (len(kinds) + 1) + "|")
    for peer in peers:
        answers = [_answer(knowledge, peer, question) for question in asked]
        for threshold in peer.thresholds or THRESHOLDS:
            cells = list(_cells(asked, answers, kinds, threshold))
            rows.append(f"| {peer.name} {threshold:g} | " + " | ".join(cells) + " |")
    return rows


def _answer(knowledge: KnowledgeBase, peer: Peer, question: EvalQuestion) -> tuple[float, bool]:
    """How certain a peer is of its best fact, and whether that is right."""
    fact, certainty = peer.ask(question.text)
    if fact is None:
        return 0.0, False
    right = bool(question.must) and is_right(knowledge, knowledge.facts[fact], question)
    return certainty, right


def _cells(
    asked: Sequence[EvalQuestion],
    answers: Sequence[tuple[float, bool]],
    kinds: Sequence[str],
    threshold: float,
) -> Iterator[str]:
    for kind in kinds:
        own = [a for a, question in zip(answers, asked, strict=True) if question.kind == kind]
        given = [right for certainty, right in own if certainty >= threshold]
        right, wrong = (100 * part / len(own) for part in (sum(given), len(given) - sum(given)))
        yield f"{right:.0f} / {wrong:.0f} %"


def _speed(peers: Sequence[Peer], asked: Sequence[EvalQuestion]) -> Iterator[str]:
    """Medians and 99th percentiles as multiples of FTS5's median."""
    best = {peer.name: [float("inf")] * len(asked) for peer in peers}
    for _ in range(ROUNDS):
        for peer in peers:
            for number, question in enumerate(asked):
                start = time.perf_counter()
                peer.ask(question.text)
                best[peer.name][number] = min(best[peer.name][number], time.perf_counter() - start)
    unit = median(best["SQLite FTS5"])
    yield "| | median | p99 |"
    yield "|---|---|---|"
    for name, times in best.items():
        p99 = quantiles(times, n=100)[98]
        yield f"| {name} | {median(times) / unit:.1f} x | {p99 / unit:.1f} x |"
    yield f"\n1 x = {unit * 1e3:.3f} ms"


if __name__ == "__main__":
    main(sys.argv[1:])
