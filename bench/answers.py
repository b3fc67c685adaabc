"""Accuracy and speed of the matcher beside its peers, over the same facts in the same run.

    uv run python -m bench.answers [FILE ...]

Prints the table that the README shows. FILEs hold questions as for `factbot eval`; without any,
those written from the claims behind the facts are asked, which the facts' authors didn't see.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from bench.peers import Bm25s, Fts5, Ours, Peer, Rapidfuzz
from bench.questions import WRITTEN, read
from knowledge import KnowledgeBase
from knowledge.evaluation import Asked, is_right

ROUNDS = 5
"""Each question is timed this often, the peers taking turns; its best time counts."""


def main(files: Sequence[str]) -> None:
    knowledge = KnowledgeBase.load()
    facts = list(knowledge.facts.values())
    asked = read([Path(file) for file in files] or WRITTEN)
    peers: list[Peer] = [Ours(knowledge), Fts5(facts), Bm25s(facts), Rapidfuzz(facts)]
    times = _times(peers, asked)
    fts5 = median(times["SQLite FTS5"])
    kinds = list(dict.fromkeys(question.kind for question in asked if question.must))
    silent = list(dict.fromkeys(question.kind for question in asked if not question.must))
    head = [*kinds, "confident and wrong", *(f"answers {kind}" for kind in silent)]
    print("| | " + " | ".join([*head, "median", "p99"]) + " |")
    print("|---" * (len(head) + 3) + "|")
    for peer in peers:
        shares = _shares(knowledge, peer, asked, kinds, silent)
        speed = [median(times[peer.name]) / fts5, quantiles(times[peer.name], n=100)[98] / fts5]
        cells = [f"{100 * share:.0f} %" for share in shares] + [f"{s:.1f} x" for s in speed]
        print(f"| {peer.name} | " + " | ".join(cells) + " |")
    print(f"\n{len(facts)} facts, {len(asked)} questions; 1 x = {fts5 * 1e3:.3f} ms")


def _times(peers: Sequence[Peer], asked: Sequence[Asked]) -> dict[str, list[float]]:
    best = {peer.name: [float("inf")] * len(asked) for peer in peers}
    for _ in range(ROUNDS):
        for peer in peers:
            for number, question in enumerate(asked):
                start = time.perf_counter()
                peer.ask(question.text)
                best[peer.name][number] = min(best[peer.name][number], time.perf_counter() - start)
    return best


def _shares(
    knowledge: KnowledgeBase,
    peer: Peer,
    asked: Sequence[Asked],
    kinds: Sequence[str],
    silent: Sequence[str],
) -> list[float]:
    total, first, sure = Counter[str](), Counter[str](), Counter[str]()
    wrong = answerable = 0
    for question in asked:
        fact, confident = peer.ask(question.text)
        total[question.kind] += 1
        sure[question.kind] += confident
        if question.must:
            right = fact is not None and is_right(knowledge, knowledge.facts[fact], question)
            first[question.kind] += right
            wrong += confident and not right
            answerable += 1
    return [
        *(first[kind] / total[kind] for kind in kinds),
        wrong / max(1, answerable),
        *(sure[kind] / total[kind] for kind in silent),
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
