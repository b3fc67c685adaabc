"""Sentences about parameters with allowed values, and about the values."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reference.file import ReferenceFile
from knowledge.reference.records import Api, Enumeration, Operation
from knowledge.reference.wording import Found, Source, in_words, names_of, well_known_first

MAX_SETS = 3
"""How many different lists of allowed values one answer shows."""
MAX_OPERATIONS = 3


def about_parameter(
    file: ReferenceFile,
    name: str,
    enums: Sequence[Enumeration],
    apis: Sequence[Api],
    operations: Sequence[Operation] = (),
) -> Found | None:
    """The allowed values of a parameter, of an API or of operations if they are asked about."""
    chosen = _chosen(name, enums, apis, operations)
    if not chosen:
        return None
    name = _written(name, chosen[0])
    sets: dict[tuple[str, ...], list[Enumeration]] = {}
    for enum in chosen:
        sets.setdefault(enum.allowed, []).append(enum)
    if len({enum.api.number for enum in chosen}) > MAX_SETS or len(sets) > MAX_SETS:
        owners = names_of((enum.api for enum in chosen), most=8)
        text = f"{name} has different allowed values in several APIs: {owners}. Name the service."
        return Found(name, text, Source.API_MODEL, (name,))
    parts = [_can_be(file, name, same, len(sets) > 1) for same in sets.values()]
    one = len({enum.api.number for enum in chosen}) == 1
    title = f"{name} ({chosen[0].api.name})" if one else name
    keys = tuple(dict.fromkeys(value for allowed in sets for value in allowed))
    return Found(title, " ".join(parts), Source.API_MODEL, keys)


def _can_be(
    file: ReferenceFile, name: str, enums: Sequence[Enumeration], is_one_of_several: bool
) -> str:
    owners = names_of(enum.api for enum in enums)
    where = ""
    operations = sorted({name for enum in enums for name in file.operation_names(enum)})
    if is_one_of_several and operations:
        where = f" (in {in_words(operations, MAX_OPERATIONS)})"
    elif is_one_of_several:
        where = f" (in answers, as {in_words(sorted({enum.shape for enum in enums}), 2)})"
    allowed = enums[0].allowed
    if len(allowed) == 1:
        return f"{name} of {owners}{where} can only be {allowed[0]}."
    return f"{name} of {owners}{where} can be {in_words(allowed, joint='or')}."


def allows(
    name: str,
    value: str,
    enums: Sequence[Enumeration],
    apis: Sequence[Api],
    operations: Sequence[Operation] = (),
) -> Found | None:
    """Whether a value is one of a parameter's; None if that depends on what isn't named."""
    chosen = _chosen(name, enums, apis, operations)
    if not chosen or len({enum.api.number for enum in chosen}) > 1:
        return None
    name, owner = _written(name, chosen[0]), chosen[0].api.name
    title = f"{name} ({owner})"
    allowed = next((enum.allowed for enum in chosen if value in enum.allowed), None)
    if allowed:
        text = f"Yes: {value} is an allowed value of {name} of {owner}, like "
        others = [other for other in allowed if other != value]
        return Found(title, f"{text}{in_words(others, 12)}.", Source.API_MODEL, (value,))
    widest = max(chosen, key=lambda enum: len(enum.allowed)).allowed
    near = next((other for other in widest if other.lower() == value.lower()), None)
    hint = f" It's written {near}." if near else ""
    text = f"No: {value} isn't an allowed value of {name} of {owner}.{hint} It can be"
    text = f"{text} {in_words(widest, joint='or')}."
    return Found(title, text, Source.API_MODEL, widest)


def about_value(
    value: str, enums: Sequence[Enumeration], apis: Sequence[Api], is_vague: bool
) -> Found | None:
    """Which parameters a value is for; None if it isn't clear whose value is meant.

    `is_vague` says that there is nothing but the value, which then has to be that of a few APIs.
    """
    own = [enum for enum in enums if not apis or enum.api in apis]
    exact = [enum for enum in own if value in enum.allowed]
    own = exact or own
    if not own:
        return None
    value = next(allowed for allowed in own[0].allowed if allowed.lower() == value.lower())
    owners = well_known_first(enum.api for enum in own)
    if len(owners) > MAX_SETS and is_vague:
        return None
    if len(owners) > MAX_SETS:
        text = (
            f"{value} is an allowed value in {len(owners)} APIs: {names_of(owners, most=8)}. "
            "Name the service to see what it's for."
        )
        return Found(value, text, Source.API_MODEL, (value,))
    parts = [_value_of(value, [enum for enum in own if enum.api == api]) for api in owners]
    title = f"{value} ({owners[0].name})" if len(owners) == 1 else value
    keys = tuple(dict.fromkeys(enum.shape for enum in own))
    return Found(title, " ".join(parts), Source.API_MODEL, keys)


def _value_of(value: str, enums: Sequence[Enumeration]) -> str:
    owner = enums[0].api.name
    named = [_labeled(enum) for enum in enums]
    first = f"In {owner}, {value} is an allowed value of {in_words(named, MAX_SETS)}."
    if len(enums) > 1:
        return first
    others = [allowed for allowed in enums[0].allowed if allowed != value]
    return f"{first} The others are {in_words(others, 20)}." if others else first


def _labeled(enum: Enumeration) -> str:
    """The type's name, and what members that take it are called if that differs."""
    members = [member for member in enum.members if member.lower() != enum.shape.lower()]
    return f"{enum.shape} (as {in_words(members, 2)})" if members else enum.shape


def _chosen(
    name: str, enums: Sequence[Enumeration], apis: Sequence[Api], operations: Sequence[Operation]
) -> list[Enumeration]:
    """Those that are meant: of the APIs and operations named, as typed, and to be sent."""
    own = [enum for enum in enums if not apis or enum.api in apis]
    asking = {(operation.api.number, operation.number) for operation in operations}
    if asking:
        own = [
            enum
            for enum in own
            if any((enum.api.number, number) in asking for number in enum.operations)
        ]
    as_typed = [enum for enum in own if name in (*enum.members, enum.shape)] or own
    return [enum for enum in as_typed if enum.operations] or as_typed


def _written(name: str, enum: Enumeration) -> str:
    """A name as the model writes it."""
    names = (*enum.members, enum.shape)
    return next((known for known in names if known.lower() == name.lower()), name)
