"""Curated words: which mean the same, and which belong to what the facts do not cover."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def same_words() -> dict[str, str]:
    """Map every word to the one it is read as."""
    found: dict[str, str] = {}
    for entry in _read("same.yaml"):
        for kept, others in entry.items():
            found |= dict.fromkeys(others.split(), kept.replace("-", ""))
    return found


def outside_names() -> list[tuple[str, ...]]:
    """Other AWS services and other people's technology, each a name followed by its aliases."""
    text = ";".join(_read("outside.yaml").values())
    return [tuple(name.strip() for name in group.split(",")) for group in text.split(";")]


def everyday_words() -> list[str]:
    """Common English words: spelt right, even where no fact uses them."""
    return (FOLDER / "everyday.txt").read_text(encoding="utf-8").split()


def unwritten_topics() -> list[tuple[str, tuple[str, ...]]]:
    """Topics that no fact covers yet: the service's slug, and the words for it."""
    return [
        (service, tuple(words.strip() for words in topic.split(",")))
        for service, topics in _read("unwritten.yaml").items()
        for topic in topics
    ]


def vocabulary_files() -> list[Path]:
    return sorted(FOLDER.glob("*.*"))


def _read(name: str) -> Any:
    import yaml  # not needed where a built index is at hand

    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
