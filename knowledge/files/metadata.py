"""The typed fields of a fact, such as its kind, its value, its dates and its check."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnly
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from knowledge import model
from knowledge.error_patterns import pattern_fault
from knowledge.files.document import Mapping
from knowledge.files.suggesting import did_you_mean
from knowledge.files.verification import check_fault
from knowledge.model import FactValue, Kind, Milestone, Question
from knowledge.values import UNITS, Unit, parse_number

T = TypeVar("T", bound=StrEnum)

VALUE_FIELDS = ("of", "unit", "max", "min", "default", "adjustable")
WAS_FIELDS = ("until", "text")
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
UNTIL = r"^[0-9]{4}(-[0-9]{2}){0,2}$"
_A_DATE = "when AWS changed it: 2024-06-30, 2024-06 or 2024"
_OTHER_KINDS = {"behaviour": Kind.BEHAVIOR, "howto": Kind.HOW_TO, "cost-model": Kind.PRICE}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def read_kind(entry: Mapping) -> Kind | None:
    """The kind of question; None without one, or with a fault."""
    return _choice(entry, "kind", Kind, _OTHER_KINDS)


def read_value(entry: Mapping) -> FactValue | None:
    """The number that a fact is about, with its unit; None without one, or with a fault."""
    value = entry.mapping("value")
    if value is None:
        return None
    value.only(*VALUE_FIELDS)
    of = value.text("of", model.MAX_OF_CHARS)
    if "unit" not in value.values:
        value.fault("unit", "the value has no unit; for a plain number of things, use count.")
    unit = _choice(value, "unit", Unit, UNITS)
    numbers = {name: _number(value, name) for name in ("max", "min", "default")}
    if not numbers.keys() & value.values.keys():
        value.fault("value", "a value needs max, min, or default.")
    _check_order(value, numbers)
    return FactValue(of, unit, adjustable=_truth(value, "adjustable"), **numbers) if unit else None


def _check_order(value: Mapping, numbers: ReadOnly[str, int | float | None]) -> None:
    stated = [(name, numbers[name]) for name in ("min", "default", "max")]
    known = [(name, number) for name, number in stated if number is not None]
    for (lower, low), (upper, high) in zip(known, known[1:], strict=False):
        if low > high:
            value.fault(upper, f"{lower} is greater than {upper}; did you swap them?")


def read_milestones(entry: Mapping) -> tuple[Milestone, ...]:
    """Dated changes, by kind of change; each is a thing and its day."""
    events = entry.mapping("milestones")
    found = []
    for event in events.values if events else ():
        if len(event) > model.MAX_EVENT_CHARS:
            entry.fault(
                "milestones",
                f"{event!r} is too long; the limit is {model.MAX_EVENT_CHARS} characters.",
            )
        dates = events.mapping(event) if events else None
        for thing in dates.values if dates else ():
            day = dates.text(thing, model.MAX_TITLE_CHARS) if dates else ""
            if is_day(day):
                found.append(Milestone(event, thing, day))
            else:
                entry.fault("milestones", f"{thing} needs a day like 2027-06-30, not {day!r}.")
    if events and not found:
        entry.fault("milestones", "milestones look like {deprecated: {python3.9: 2025-12-15}}.")
    return tuple(found)


def is_day(text: str) -> bool:
    """Whether this is a day of the calendar, such as 2027-06-30."""
    return text.count("-") == 2 and is_until(text)


def read_errors(entry: Mapping) -> tuple[str, ...]:
    """Patterns of `knowledge.error_patterns`, as they are written."""
    errors = entry.texts("errors", model.MAX_ERROR_CHARS)
    for pattern in errors:
        if fault := pattern_fault(pattern):
            entry.fault("errors", fault)
    return errors


def read_check(entry: Mapping) -> str | None:
    """What `knowledge.files.verification.parse_check` reads."""
    check = entry.optional_text("check", model.MAX_CHECK_CHARS)
    if check and (fault := check_fault(check)):
        entry.fault("check", fault)
    return check


class Past(NamedTuple):
    """The sentence about what AWS changed, and the ISO date until which it was true."""

    text: str | None = None
    until: str | None = None


def read_was(entry: Mapping) -> Past:
    """What used to be true; empty if nothing changed."""
    was = entry.mapping("was")
    if was is None:
        return Past()
    was.only(*WAS_FIELDS)
    text = was.text("text", model.MAX_WAS_CHARS)
    until = was.optional_text("until", model.MAX_TITLE_CHARS)
    if "until" not in was.values:
        was.fault("until", f"was needs until, {_A_DATE}; if AWS changed nothing, use misread.")
    if until is None or not is_until(until):
        if until:
            was.fault("until", f"until must be a date, {_A_DATE}, not {until!r}.")
        return Past(text)
    return Past(f"Until {_spoken(until)}: {text}", until)


def is_until(text: str) -> bool:
    """Whether this is a year, a month or a day: 2024, 2024-06 or 2024-06-30."""
    if not re.search(UNTIL, text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _spoken(until: str) -> str:
    """`June 2024` for `2024-06`."""
    year, *rest = until.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [f"{int(rest[1])},"] if rest[1:] else []
    return " ".join([*month, *day, year])


def read_aliases(entry: Mapping) -> tuple[str, ...]:
    """The ids of facts that were merged into this one."""
    aliases = entry.texts("aliases", model.MAX_ID_CHARS)
    for alias in aliases:
        if not re.search(ID, alias):
            entry.fault("aliases", f"aliases are IDs of earlier facts; {alias!r} can't be an ID.")
    return aliases


def read_because(entry: Mapping, question: Question) -> dict[str, str]:
    """What wrong options really are, by option."""
    because = entry.mapping("because")
    if because is None:
        return {}
    for option in because.values:
        if option not in question.wrong:
            because.fault(
                option,
                f"because explains {option!r}, which isn't a wrong option."
                f"{did_you_mean(option, question.wrong)}",
            )
    return {option: because.text(option, model.MAX_BECAUSE_CHARS) for option in because.values}


def read_level(entry: Mapping, field: str, levels: range) -> int | None:
    """A whole number within `levels`."""
    text = entry.optional_text(field, model.MAX_TITLE_CHARS)
    if text is None:
        return None
    if text not in map(str, levels):
        entry.fault(field, f"{field} must be a whole number from {levels[0]} to {levels[-1]}.")
        return None
    return int(text)


def _choice(entry: Mapping, field: str, choices: type[T], spellings: ReadOnly[str, T]) -> T | None:
    """One of the choices. A different spelling of one is a fault that suggests it."""
    text = entry.optional_text(field, model.MAX_TITLE_CHARS)
    if text is None:
        return None
    names = [choice.value for choice in choices]
    if text in names:
        return choices(text)
    meant = spellings.get(text.lower())
    hint = f" Did you mean {meant.value}?" if meant else did_you_mean(text, names)
    entry.fault(field, f"unknown {field} {text!r}; use one of {', '.join(names)}.{hint}")
    return None


def _number(entry: Mapping, field: str) -> int | float | None:
    text = entry.optional_text(field, model.MAX_TITLE_CHARS)
    if text is None:
        return None
    number = parse_number(text) if "," not in text else None
    if number is None:
        entry.fault(
            field, f"{field} must be a plain number such as 1024 or 0.5, with its unit in unit."
        )
    return number


def _truth(entry: Mapping, field: str) -> bool | None:
    text = entry.optional_text(field, model.MAX_TITLE_CHARS)
    if text is None or text in ("true", "false"):
        return None if text is None else text == "true"
    entry.fault(field, f"{field} must be true or false, not {text!r}.")
    return None
