"""What a workspace's own facts cost, and how soon another process answers with a new one.

    uv run --group dev python -m bench.team_facts

Lookups take turns: the built-in facts without and with the thread that reads changes, then with the
workspace's own facts, as ratios of the first. A change is written by one process; the time until
another answers with it includes the reading and the index.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.curating.team_facts import TeamFacts
from bot.store import Store
from bot.store.fact_changes import ChangeKind
from knowledge import Fact, KnowledgeBase
from knowledge.files.single import write_fact

ROUNDS = 5
CHANGES = 10
OWN_COUNTS = (1, 100, 500)
QUESTION = "who owns the zorblatt gateway"
TEAM = "T1"


def main() -> None:
    knowledge = KnowledgeBase.load()
    model = next(fact for fact in knowledge.facts.values() if fact.demand == 2)
    questions = [fact.phrasings[0] for fact in knowledge.facts.values()]
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'factbot.db'}"
        store = Store(url)
        store.prepare()
        teams = TeamFacts(knowledge, store)
        _show_lookups(knowledge, teams, model, questions)
        delays = _delays(url, store, model)
        teams.close()
        store.close()
    print(f"\nanother process answers after {median(delays):.2f} s, at most {max(delays):.2f} s")


def _show_lookups(
    knowledge: KnowledgeBase, teams: TeamFacts, model: Fact, questions: list[str]
) -> None:
    asked: dict[str, Callable[[str], object]] = {
        "built-in facts": knowledge.ask,
        "by way of the workspace": lambda text: teams.of(TEAM).knowledge.ask(text),
    }
    built = {}
    for count in OWN_COUNTS:
        own = [own_fact(model, number) for number in range(count)]
        start = time.perf_counter()
        changed = knowledge.with_changes(own, {})
        built[f"with {count} of its own"] = time.perf_counter() - start
        asked[f"with {count} of its own"] = changed.ask
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, ask in asked.items():
            start = time.perf_counter()
            for text in questions:
                ask(text)
            times[name].append(time.perf_counter() - start)
    first = median(times["built-in facts"])
    print(f"{len(questions)} questions\n\n| | lookup | added in |\n|---|---|---|")
    for name, taken in times.items():
        added = f"{built[name] * 1e3:.0f} ms" if name in built else ""
        print(f"| {name} | {median(taken) / first:.2f} | {added} |")


def _delays(url: str, store: Store, model: Fact) -> list[float]:
    """How long after a change another process answers with it, in seconds."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    reader = multiprocessing.get_context("spawn").Process(target=_answer, args=(url, theirs))
    reader.start()
    delays = []
    for number in range(CHANGES):
        ours.recv()
        time.sleep(0.07 * number)  # at any moment between two reads
        text = write_fact(own_fact(model, number))
        start = time.time()
        store.fact_changes.add(TEAM, f"own-{number}", ChangeKind.WRITTEN, text, "U1")
        delays.append(ours.recv() - start)
    reader.join()
    return delays


def _answer(url: str, pipe: Connection) -> None:
    """Ask until each new fact is the answer; run in the other process."""
    store = Store(url)
    teams = TeamFacts(KnowledgeBase.load(), store)
    teams.of(TEAM)
    for number in range(CHANGES):
        pipe.send(None)
        while not _is_answered(teams, number):
            time.sleep(0.005)
        pipe.send(time.time())
    teams.close()
    store.close()


def _is_answered(teams: TeamFacts, number: int) -> bool:
    known = teams.of(TEAM).knowledge
    if f"own-{number}" not in known.facts:
        return False
    best = known.ask(f"{QUESTION} {number}").best
    return best is not None and best.fact.id == f"own-{number}"


def own_fact(model: Fact, number: int) -> Fact:
    """A fact like `model`, with words that no other fact has."""
    return replace(
        model,
        id=f"own-{number}",
        aliases=(),
        errors=(),
        check=None,
        title=f"Zorblatt gateway {number}",
        answer=f"The zorblatt gateway {number} belongs to the platform team.",
        keywords=("zorblatt", f"gateway {number}"),
        phrasings=tuple(f"{QUESTION} {number} {way}" for way in range(8)),
    )


if __name__ == "__main__":
    main()
