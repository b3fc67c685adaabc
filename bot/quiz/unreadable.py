"""Messages about an unreadable schedule: which part it is, and what would be readable."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.counting import listed

MAX_SHOWN_CHARS = 60
"""The most characters of an unreadable part that we quote."""
MAX_SHOWN_PARTS = 3

TIMES = "A time looks like 09:30, 9am, or 17:15."
ZONES = "A time zone looks like Europe/Berlin, America/New_York, or UTC+2."
WEEKDAYS = "Days look like mon-fri, mon wed fri, or daily."
REVEALS = "Type “reveal 17:00”, or “reveal next” to post the answer with the next question."
SERVICES = "Choose services like this: “services lambda, s3” or “services all”."
TOO_EARLY = (
    "The answer at {reveal} has to come at least ten minutes after the question at {at}. "
    "Choose a later time, or type “reveal next”."
)
TWO_TIMES = (
    "You gave two times, {first} and {second}, but a channel gets one question a day. If the "
    "second is for the answer, type “reveal {second}”."
)
TWO_ZONES = "You gave two time zones, {first} and {second}. Please choose one."
TWO_KINDS_OF_DAYS = "“{first}” and “{second}” don't go together. Please choose one."
TWICE = "You typed “{word}” twice. Please type it once."
SEVERAL_ZONES = "“{word}” can mean {zones}. Please type the one you mean."


class UnreadableError(ValueError):
    """A person typed something that isn't a schedule; the message is meant for them."""


def cannot_read(parts: Sequence[str], *hints: str) -> UnreadableError:
    """Say which parts are unreadable; the hints say what would be readable."""
    shown = [f"“{_short(part)}”" for part in parts[:MAX_SHOWN_PARTS]]
    return UnreadableError(" ".join((f"I couldn't read {listed(shown)}.", *hints)))


def ambiguous_zone(word: str, zones: Sequence[str]) -> UnreadableError:
    """Ask which of several time zones an abbreviation means."""
    return UnreadableError(SEVERAL_ZONES.format(word=_short(word), zones=listed(zones, "or")))


def unknown_service(name: str) -> UnreadableError:
    return UnreadableError(f"I don't know a service called “{_short(name)}”. {SERVICES}")


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else text[: MAX_SHOWN_CHARS - 1] + "\u2026"
