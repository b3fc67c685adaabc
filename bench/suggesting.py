"""The search of the Home tab and of the shortcut, as somebody types, beside rapidfuzz.

    uv run --group dev python -m bench.suggesting

Slack shows nothing until the answer comes; ours should take less than 50 ms for 2,000 facts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz, process

from knowledge import KnowledgeBase
from knowledge.model import FactsById
from knowledge.suggesting import Suggester

FACTS = 2_000
OPTIONS = 100
ROUNDS = 20
TYPED = ("la", "lambda time", "zorb", "the quota of api gateway", "presigned url exp")


def main() -> None:
    knowledge = KnowledgeBase.load()
    facts = list(knowledge.facts.values())
    copies = [
        replace(facts[n % len(facts)], id=f"copy-{n}") for n in range(max(0, FACTS - len(facts)))
    ]
    knowledge.facts = FactsById([*facts, *copies])
    suggester = Suggester(knowledge)
    texts = [" ".join((fact.title, *fact.keywords)).lower() for fact in knowledge.facts.values()]
    searches: dict[str, Callable[[str], object]] = {
        "factbot": lambda typed: suggester.suggest(typed, OPTIONS),
        "rapidfuzz": lambda typed: process.extract(
            typed, texts, scorer=fuzz.partial_ratio, limit=OPTIONS
        ),
    }
    print(f"{len(texts)} facts\n\n| | median | slowest |\n|---|---|---|")
    for name, search in searches.items():
        times = [_seconds(search, typed) for _ in range(ROUNDS) for typed in TYPED]
        print(
            f"| {name} | {median(times) * 1e3:.1f} ms | {max(times[len(TYPED) :]) * 1e3:.1f} ms |"
        )


def _seconds(search: Callable[[str], object], typed: str) -> float:
    start = time.perf_counter()
    search(typed)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
