"""What people read about the curators of their workspace's facts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack.mrkdwn import escape, literal
from bot.views.message import Message, formatted, note
from knowledge.counting import listed

_UNKNOWN_PEOPLE = "I don't know {names}. Mention them in a message to me instead: @factbot curators"
NO_CHANNEL_HERE = (
    "Curators need a channel that all of them can read. Invite me to one, then type this there."
)
ONLY_CURATORS_CHOOSE = "Only curators and workspace admins can change this."

_COMMANDS = ("suggestions", "cases", "gaps", "digest", "history FACT-ID")
"""What only curators need to know; `curators` names them, and help names `curators`."""


def overview(
    who: Sequence[str],
    channel: str,
    recipients: Sequence[str],
    command: str,
    *,
    changed: bool = False,
) -> Message:
    """Who the curators are, where they're told what to do, and how to change both.

    `recipients` are the channel or the people who get reports and suggestions.
    """
    said = f"{'Done. ' if changed else ''}{_sentence(who)} {_where(channel, recipients)}"
    name = escape(command)
    how = (
        f"Curators and workspace admins can change this: `{name} curators here` makes this channel "
        f"theirs, `{name} curators @ann @ben` names them, `{name} curators admins` leaves it to "
        "workspace admins."
    )
    if changed and channel:
        how = f"If I'm not in <#{channel}> yet, invite me there. {how}"
    commands = ", ".join(f"`{name} {word}`" for word in _COMMANDS)
    work = f"For curators: {commands}."
    return Message(
        f"{said}\n{how}\n{work}", (formatted(said), note(how), note(work)), is_private=True
    )


def nobody_told(command: str) -> str:
    """To someone who reports or suggests something while no curator hears of it."""
    return (
        "No curator has been told, because no one is named as a curator and there's no channel for "
        f"them. Ask a workspace admin to type “{command} curators here” in the channel to use."
    )


def nobody_told_note(command: str) -> str:
    """The same, as mrkdwn, for people who can change that."""
    return (
        "Nobody is told about new ones, because no one is named as a curator and there's no "
        f"channel for them. Type `{escape(command)} curators here` in the channel to use."
    )


def not_a_curator(who: Sequence[str], channel: str) -> Message:
    """To someone who tries what only curators may do."""
    return _one(f"Only curators can do that. {_sentence(who)}{_ask(channel)}")


def group_unreadable(code: str, people: Sequence[str], channel: str) -> Message:
    """To someone who may be in a user group of curators, which we can't read."""
    why = (
        "I'm not allowed to see who's in the curators' user group. Ask an admin to grant me the "
        "usergroups:read scope or to name the curators one by one."
        if code == "missing_scope"
        else f"Slack didn't tell me who's in the curators' user group ({escape(code)})."
    )
    others = f" {_sentence(people)}" if people else ""
    return _one(f"{why}{others}{_ask(channel)}")


def refused(text: str, who: Sequence[str], channel: str) -> Message:
    """Why the curators weren't changed."""
    return _one(f"{escape(text)} {_sentence(who)}{_ask(channel)}")


def unknown_people(names: Sequence[str]) -> Message:
    shown = ", ".join(literal(f"@{name}", 80) for name in names)
    return _one(_UNKNOWN_PEOPLE.format(names=shown) + " @them.")


def _sentence(who: Sequence[str]) -> str:
    named = [f"<@{id}>" for id in who if not id.startswith("S")]
    groups = [id for id in who if id.startswith("S")]
    if groups:
        named.append("the members of a user group" if len(groups) == 1 else "several user groups")
    if not named:
        return "Workspace admins curate the facts here."
    return f"The facts here are curated by {listed(named)}."


def _where(channel: str, recipients: Sequence[str]) -> str:
    if channel:
        return f"They get reports and suggestions in <#{channel}>."
    if not recipients:
        return "They have no channel yet, so nobody gets reports and suggestions."
    people = listed([f"<@{id}>" for id in recipients])
    return f"They have no channel, so {people} will get reports and suggestions directly."


def _ask(channel: str) -> str:
    return f" You can ask in <#{channel}>." if channel else ""


def _one(mrkdwn: str) -> Message:
    return Message(mrkdwn, (formatted(mrkdwn),), is_private=True)
