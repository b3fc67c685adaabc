"""What others would use: SQLite FTS5, bm25s and plain rapidfuzz, over the same texts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

from knowledge import Fact, KnowledgeBase


class Peer(Protocol):
    name: str

    thresholds: tuple[float, ...]
    """Certainties from which on its answers are usually taken; empty for ours."""

    def ask(self, question: str) -> tuple[str | None, float]:
        """The id of the best fact, and how certain the peer is of it."""
        ...


def texts(fact: Fact) -> str:
    """Everything of a fact that is searched, as one text."""
    return "\n".join((fact.title, fact.answer, *fact.keywords, *fact.phrasings))


class Ours:
    name = "factbot"
    thresholds: tuple[float, ...] = ()

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def ask(self, question: str) -> tuple[str | None, float]:
        best = self._knowledge.ask(question).best
        return (best.fact.id, best.score) if best else (None, 0.0)


class Fts5:
    """SQLite's full text search with its Porter stemmer; every hit counts."""

    name = "SQLite FTS5"
    thresholds: tuple[float, ...] = (1,)

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE facts USING fts5(id UNINDEXED, text, tokenize='porter unicode61')"
        )
        rows = [(fact.id, texts(fact)) for fact in facts]
        self._db.executemany("INSERT INTO facts VALUES (?, ?)", rows)
        self._db.execute("INSERT INTO facts(facts) VALUES ('optimize')")

    def ask(self, question: str) -> tuple[str | None, float]:
        words = re.findall(r"\w+", question)
        if not words:
            return None, 0.0
        query = " OR ".join(f'"{word}"' for word in words)
        row = self._db.execute(
            "SELECT id FROM facts WHERE text MATCH ? ORDER BY rank LIMIT 1", (query,)
        ).fetchone()
        return (row[0], 1.0) if row else (None, 0.0)


class Bm25s:
    """The bm25s package with its English stopwords; every score above 0 counts."""

    name = "bm25s"
    thresholds: tuple[float, ...] = (1,)

    def __init__(self, facts: Sequence[Fact]) -> None:
        import bm25s

        self._ids = [fact.id for fact in facts]
        self._tokenize: Any = bm25s.tokenize
        self._index: Any = bm25s.BM25()
        corpus = bm25s.tokenize(
            [texts(fact) for fact in facts], stopwords="en", show_progress=False
        )
        self._index.index(corpus, show_progress=False)

    def ask(self, question: str) -> tuple[str | None, float]:
        tokens = self._tokenize([question], stopwords="en", show_progress=False, return_ids=False)
        if not tokens[0]:
            return None, 0.0
        best, scores = self._index.retrieve(tokens, k=1, show_progress=False)
        return self._ids[int(best[0, 0])], float(scores[0, 0] > 0)


class Rapidfuzz:
    """rapidfuzz's WRatio over titles and phrasings; 86 is what applications usually take."""

    name = "rapidfuzz"
    thresholds: tuple[float, ...] = (80, 86, 95)

    def __init__(self, facts: Sequence[Fact]) -> None:
        from rapidfuzz import fuzz, process, utils

        self._choices: list[str] = []
        self._owners: list[str] = []
        for fact in facts:
            for text in (fact.title, *fact.phrasings):
                self._choices.append(utils.default_process(text))
                self._owners.append(fact.id)
        self._extract: Any = process.extractOne
        self._scorer = fuzz.WRatio
        self._process = utils.default_process

    def ask(self, question: str) -> tuple[str | None, float]:
        found = self._extract(self._process(question), self._choices, scorer=self._scorer)
        return (self._owners[found[2]], found[1]) if found else (None, 0.0)
