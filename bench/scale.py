"""The matcher with 50,000 synthetic facts: build, memory, speed.

uv run --group dev python -m bench.scale [FACTS]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from statistics import median, quantiles

from knowledge.model import Fact, Service
from knowledge.search.matcher import Matcher
from knowledge.vocabulary import load_vocabulary

WORDS = 20_000
SERVICES = 200
QUESTIONS = 2_000


def synthetic_facts(count: int, seed: int = 1) -> tuple[list[Fact], dict[str, Service]]:
    """Facts of made-up words whose frequencies fall off as in a natural language (Zipf)."""
    random.seed(seed)
    letters = "bcdfghklmnprstvw"
    syllables = [a + b for a in letters for b in "aeiou"]
    words = ["".join(random.choices(syllables, k=random.randint(2, 4))) for _ in range(WORDS)]
    weights = [1 / (rank + 10) for rank in range(WORDS)]
    stream = iter(random.choices(words, weights, k=count * 60))
    services = {f"s{n}": Service(f"s{n}", f"Service {words[-n - 1]}", ()) for n in range(SERVICES)}
    facts = []
    for number in range(count):

        def say(length: int) -> str:
            return " ".join(next(stream) for _ in range(length))

        facts.append(
            Fact(
                id=f"fact-{number}", service=f"s{number % SERVICES}", title=say(5), answer=say(20),
                detail=None, was=None, keywords=(say(2), say(1), say(2)),
                phrasings=tuple(say(5) for _ in range(6)), related=(), source="https://example.com",
                checked="2026-11-23", quiz=(),
            )
        )  # fmt: skip
    return facts, services


def main(count: int) -> None:
    facts, services = synthetic_facts(count)
    before = _memory()
    start = time.perf_counter()
    matcher = Matcher(facts, services, replace(load_vocabulary(), unwritten=()))
    build = time.perf_counter() - start
    used = _memory() - before
    questions = []
    for fact in random.sample(facts, QUESTIONS):
        words = random.choice(fact.phrasings).split() + [random.choice(fact.title.split())]
        slip = random.randrange(len(words))
        words[slip] = words[slip][:-1] if random.random() < 0.3 else words[slip]
        questions.append((" ".join(words), fact.id))
    times, right = [], 0
    for question, fact_id in questions:
        start = time.perf_counter()
        result = matcher.ask(question)
        times.append(time.perf_counter() - start)
        right += result.best is not None and result.best.fact.id == fact_id
    print(f"{count} facts: build {build:.1f} s, {used:.0f} MB on top of the facts themselves")
    print(f"process at most {_memory():.0f} MB")
    print(
        f"ask: median {median(times) * 1e3:.2f} ms, p99 {quantiles(times, n=100)[98] * 1e3:.2f} ms"
    )
    print(f"right fact first: {100 * right / len(questions):.0f} %")


def _memory() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
