"""What changed about a fact in a workspace, newest first, and what was undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, count

from bot.slack.mrkdwn import escape, literal
from bot.views.message import Message, formatted, note, when

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_DONE = {
    "written": "written as “{}”",
    "retired": "retired in favor of {}",
    "restored": "restored",
    "noted": "team note “{}”",
    "disputed": "reported as wrong",
    "settled": "report settled: {}",
    "checked": "confirmed as still true",
}
"""What happened, with room for what it is about."""
_ABOUT_NOTHING = {
    "written": "written", "retired": "retired", "noted": "team note removed",
    "settled": "report settled",
}  # fmt: skip
MAX_ABOUT_CHARS = 80
ROWS_PER_BLOCK = 5
MAX_TEXT_CHARS = 3900
BULLET = "\u2022"
_NOW = {
    "written": "It's back to how it was.",
    "retired": "It's retired again.",
    "restored": "The built-in fact is back, or gone if it was your own.",
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the log: what `kind` of change, by whom, and when, in seconds since 1970.

    `about` is what a fact was written as, a retired one's successor, or a note. What
    `can_be_undone` has a number in the list.
    """

    kind: str
    by: str
    at: float
    day: str
    about: str = ""
    can_be_undone: bool = True


def history(fact: str, changes: Sequence[HistoryEntry], command: str) -> Message:
    """The entries, newest first. Those with a number can be undone; the others have a bullet."""
    if not changes:
        return nothing(fact)
    numbers = count(1)
    rows = [
        f"{f'{next(numbers)}.' if change.can_be_undone else BULLET} {_row(change)}"
        for change in changes
    ]
    title, name = f"*{escape(fact)}*", escape(command)
    starts = range(0, len(rows), ROWS_PER_BLOCK)
    blocks = [formatted("\n".join(rows[start : start + ROWS_PER_BLOCK])) for start in starts]
    lines = [title, *rows]
    if any(change.can_be_undone for change in changes):
        how = (
            f"`{name} revert {escape(fact)}` undoes change 1; `{name} revert {escape(fact)} 2` "
            "undoes changes 1 and 2."
        )
        blocks.append(note(how))
        lines.append(how)
    return Message(_within(lines), (formatted(title), *blocks), is_private=True)


def reverted(fact: str, undone: Sequence[HistoryEntry], now: str) -> Message:
    rows = "\n".join(f"{BULLET} {_row(change)}" for change in undone)
    return _one(f"Undone for *{escape(fact)}*:\n{rows}\n{_NOW[now]}")


def nothing(fact: str) -> Message:
    return _one(f"Nobody here has changed *{escape(fact)}*.")


def too_many(fact: str, count: int) -> Message:
    times = "once" if count == 1 else f"{count} times"
    return _one(f"*{escape(fact)}* was changed only {times}.")


def _within(lines: Sequence[str]) -> str:
    """As many of the lines as a message's text may have."""
    ends = accumulate(len(line) + 1 for line in lines)
    return "\n".join(line for line, end in zip(lines, ends, strict=True) if end <= MAX_TEXT_CHARS)


def _row(change: HistoryEntry) -> str:
    by = f"<@{change.by}>" if _USER.fullmatch(change.by) else literal(change.by, 60) or "someone"
    about = literal(change.about, MAX_ABOUT_CHARS)
    what = _DONE[change.kind].format(about) if about else _ABOUT_NOTHING.get(change.kind)
    return f"{when(change.at, change.day)}: {what or _DONE[change.kind]} by {by}"


def _one(mrkdwn: str) -> Message:
    return Message(mrkdwn, (formatted(mrkdwn),), is_private=True)
