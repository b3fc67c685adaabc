"""A workspace's own facts as fact files hold them, and what no fact file can say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.curating.team_knowledge import TeamKnowledge
from knowledge import Fact
from knowledge.counting import counted

REST_FILE = "not-in-these-files.md"
_INTRODUCTION = (
    "Fact files hold only facts. Everything else that the workspace says stays in factbot's "
    "database. It's listed here for people to read; no command reads this file."
)
_RETIRED_HINT = (
    "A file can't remove a built-in fact. If the fact that replaces it is in these files, \
the retired ID is one of its aliases."
)


@dataclass(frozen=True, slots=True)
class Export:
    """Facts by the slug of their service, and what they leave out, by the facts' IDs.

    `retired` has the successors, or "", of retired facts; `notes` the notes; `checks` the days on
    which curators found built-in facts still true; `disputed` the facts under review.
    """

    facts: Mapping[str, list[Fact]]
    retired: Mapping[str, str]
    notes: Mapping[str, str]
    checks: Mapping[str, str]
    disputed: tuple[str, ...]

    @property
    def left_out(self) -> str:
        """How much the files leave out; "" if nothing."""
        parts = (
            (len(self.retired), "retired fact", "retired facts"),
            (len(self.notes), "note", "notes"),
            (len(self.checks), "check of a built-in fact", "checks of built-in facts"),
            (len(self.disputed), "fact under review", "facts under review"),
        )
        return ", ".join(counted(number, one, many) for number, one, many in parts if number)

    def rest(self) -> str:
        """What the files leave out, as Markdown."""
        retired = [
            f"`{id}`, in favor of `{successor}`" if successor else f"`{id}`"
            for id, successor in self.retired.items()
        ]
        sections = (
            ("Retired facts", _RETIRED_HINT, retired),
            ("Team notes", "", [f"`{id}`: {_line(note)}" for id, note in self.notes.items()]),
            ("Built-in facts confirmed as still true", "", _pairs(self.checks)),
            ("Facts under review", "", [f"`{id}`" for id in self.disputed]),
        )
        parts = ["# What these files leave out", _INTRODUCTION]
        for title, hint, rows in sections:
            if rows:
                listed = "\n".join(f"- {row}" for row in rows)
                parts += [f"## {title}", *([hint] if hint else []), listed]
        return "\n\n".join(parts) + "\n"


def export_of(known: TeamKnowledge) -> Export:
    """What a workspace added to the facts; its own facts have the day of their last check."""
    facts: dict[str, list[Fact]] = {}
    for fact_id in sorted(known.own & set(known.knowledge.facts)):
        fact = known.current(known.knowledge.facts[fact_id])
        facts.setdefault(fact.service, []).append(fact)
    checks = {
        fact.id: known.current(fact).checked
        for fact in known.knowledge.facts.values()
        if fact.id in known.checks and fact.id not in known.own
    }
    return Export(
        facts,
        dict(sorted(known.retired.items())),
        dict(sorted(known.notes.items())),
        dict(sorted(checks.items())),
        tuple(sorted(known.disputed)),
    )


def _pairs(days: Mapping[str, str]) -> list[str]:
    return [f"`{id}`: {day}" for id, day in days.items()]


def _line(text: str) -> str:
    return " ".join(text.split())
