"""Curated words: which mean the same, and which name what the facts do and do not cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

Name = Sequence[str]
"""A name, followed by its aliases."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that the facts alone do not tell.

    `same` maps a word to the one it is read as. `services` are AWS services without a fact file,
    `technologies` those of others; `ambiguous` names among both are also plain words. `everyday`
    words are English, spelled right even where no fact uses them, and `small_talk` holds whole
    messages. `unwritten` lists topics without
    a fact: the service's slug, and words for the topic. `api_names` is the table that
    `scripts/build_api_names.py` makes.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    services: Sequence[Name] = ()
    technologies: Sequence[Name] = ()
    ambiguous: Sequence[str] = ()
    everyday: Sequence[str] = ()
    small_talk: frozenset[str] = frozenset()
    unwritten: Sequence[tuple[str, Sequence[str]]] = ()
    api_names: Path | None = None


def load_vocabulary() -> Vocabulary:
    """Read the files in this folder, all but the names of APIs, which are read when needed."""
    outside = _read("outside.yaml")
    return Vocabulary(
        same=_same_words(),
        services=_names(outside["services"]),
        technologies=_names(outside["technologies"]),
        ambiguous=[name for group in _names(outside["ambiguous"]) for name in group],
        everyday=(FOLDER / "everyday.txt").read_text(encoding="utf-8").split(),
        small_talk=_small_talk(),
        unwritten=_topics(),
        api_names=FOLDER / "api_names.txt.gz",
    )


def vocabulary_files() -> list[Path]:
    """Every file that an index depends on, besides the facts."""
    return sorted(FOLDER.glob("*.*"))


def _same_words() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _read("same.yaml"):
        for word, others in entry.items():
            found |= dict.fromkeys(others.split(), word.replace("-", ""))
    return found


def _names(text: str) -> list[tuple[str, ...]]:
    return [tuple(name.strip() for name in group.split(",")) for group in text.split(";")]


def _small_talk() -> frozenset[str]:
    lines = (FOLDER / "small_talk.txt").read_text(encoding="utf-8").splitlines()
    phrases = [phrase for line in lines if not line.startswith("#") for phrase in line.split("|")]
    return frozenset(phrase.strip() for phrase in phrases)


def _topics() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (service, tuple(words.strip() for words in topic.split(",")))
        for service, topics in _read("unwritten.yaml").items()
        for topic in topics
    ]


def _read(name: str) -> Any:
    import yaml  # not needed where a built index is at hand

    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
