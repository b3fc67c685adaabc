"""What changed about a fact in a workspace, newest first, and what was undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.mrkdwn import escape, literal
from bot.views.message import Message, formatted, note, when

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_DONE = {"written": "written", "retired": "retired", "restored": "restored"}
_NOW = {
    "written": "It's as it was before.",
    "retired": "It's retired again.",
    "restored": "It's as built in, or gone if it was your own.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `kind` is `written`, `retired`, or `restored`; `title` is what it was written
    as, `successor` the fact that a retired one leads to. `at` is in seconds since 1970.
    """

    kind: str
    by: str
    at: float
    day: str
    title: str = ""
    successor: str = ""


def history(fact: str, changes: Sequence[Change], command: str) -> Message:
    if not changes:
        return nothing(fact)
    rows = [f"{number}. {_row(change)}" for number, change in enumerate(changes, 1)]
    said = f"*{escape(fact)}*\n" + "\n".join(rows)
    name = escape(command)
    how = (
        f"`{name} revert {escape(fact)}` undoes the newest change; `{name} revert "
        f"{escape(fact)} 2` the newest two."
    )
    return Message(f"{said}\n{how}", (formatted(said), note(how)), is_private=True)


def reverted(fact: str, undone: Sequence[Change], now: str) -> Message:
    rows = "\n".join(f"\u2022 {_row(change)}" for change in undone)
    return _one(f"Undone for *{escape(fact)}*:\n{rows}\n{_NOW[now]}")


def nothing(fact: str) -> Message:
    return _one(f"Nobody here has changed *{escape(fact)}*.")


def too_many(fact: str, count: int) -> Message:
    times = "once" if count == 1 else f"{count} times"
    return _one(f"*{escape(fact)}* was changed only {times}.")


def _row(change: Change) -> str:
    by = f"<@{change.by}>" if _USER.fullmatch(change.by) else literal(change.by, 60) or "someone"
    what = _DONE[change.kind]
    if change.title:
        what += f" as “{literal(change.title, 100)}”"
    if change.successor:
        what += f" in favor of {escape(change.successor)}"
    return f"{when(change.at, change.day)}: {what} by {by}"


def _one(mrkdwn: str) -> Message:
    return Message(mrkdwn, (formatted(mrkdwn),), is_private=True)
