"""The work that is waiting for curators: questions, reports, facts to check, unused facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.mrkdwn import escape, literal
from bot.views.gaps import ListedGap, gap_line
from bot.views.message import Block, Message, formatted, header, note
from knowledge.counting import counted

TITLE = "Your AWS facts this week"
NOTHING = (
    "There's nothing to do right now. Every question had an answer, and every fact is up to date."
)
GOAL = 0.95
"""The share of facts that should be up to date."""
MAX_TITLES = 5
MAX_TITLE_CHARS = 150


@dataclass(frozen=True, slots=True)
class Digest:
    """Unanswered questions, most asked first; titles of reported facts, oldest first; how many
    facts are due; titles of the workspace's own facts that nobody looked up; the share of facts in
    date, from 0 to 1; and titles of suggestions that wait, oldest first.
    """

    gaps: tuple[ListedGap, ...] = ()
    reported: tuple[str, ...] = ()
    due: int = 0
    unused: tuple[str, ...] = ()
    in_date: float = 1.0
    suggested: tuple[str, ...] = ()

    @property
    def has_work(self) -> bool:
        return bool(self.gaps or self.reported or self.suggested or self.due or self.unused)


def digest(found: Digest, command: str) -> Message:
    """One section for each kind of work; those without any are left out."""
    name = escape(command)
    sections = [
        _section("Questions without an answer", list(map(gap_line, found.gaps)), f"`{name} gaps`"),
        _section("Reported as wrong", _titles(found.reported), f"`{name} cases`"),
        _section("Suggested answers", _titles(found.suggested), f"`{name} suggestions`"),
        _section("Due for a check", _due(found), ""),
        _section("Your own facts that nobody looked up", _titles(found.unused), ""),
    ]
    shown = [section for section in sections if section] or [escape(NOTHING)]
    blocks: list[Block] = [header(TITLE), *map(formatted, shown), note(in_date(found.in_date))]
    text = "\n".join((TITLE, *shown, in_date(found.in_date)))
    return Message(text, tuple(blocks), is_private=True)


def in_date(share: float) -> str:
    """How many facts are up to date, and the goal."""
    return f"{int(share * 100)}% of the facts are up to date. The goal is {GOAL:.0%}."


def _due(found: Digest) -> list[str]:
    if not found.due:
        return []
    are = counted(found.due, "fact is", "facts are")
    return [f"{are} due. Curators get a few of them each workday."]


def _titles(titles: Sequence[str]) -> list[str]:
    shown = [literal(title, MAX_TITLE_CHARS) for title in titles[:MAX_TITLES]]
    left = len(titles) - MAX_TITLES
    return [*shown, *([f"and {left} more"] if left > 0 else [])]


def _section(title: str, lines: Sequence[str], see: str) -> str:
    if not lines:
        return ""
    more = f" ({see})" if see else ""
    return "\n".join((f"*{title}*{more}", *(f"\u2022 {line}" for line in lines)))
