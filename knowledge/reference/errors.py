"""Sentences about errors: whose they are, with which HTTP status, and what lists them."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.counting import counted
from knowledge.reference.file import ReferenceFile
from knowledge.reference.questions import Intent
from knowledge.reference.records import Api, ApiError
from knowledge.reference.wording import (
    MAX_LISTED,
    Found,
    Source,
    in_words,
    names_of,
    one_of_each_api,
)

MAX_COMPARED = 3
"""With up to this many APIs, errors of the same name are described one by one."""
MAX_OPERATIONS = 6
"""How many of an error's operations are named, unless they are what is asked for."""


def about_errors(
    file: ReferenceFile, errors: Sequence[ApiError], apis: Sequence[Api], intents: Intent
) -> Found:
    """About the errors of one name: those of the APIs that are asked about, if there are any."""
    name = errors[0].name
    own = [error for error in errors if error.api in apis]
    if apis and not own:
        return Found(name, _not_listed(errors, apis), Source.API_MODEL, (name,))
    asked = own or list(errors)
    ordered = one_of_each_api(asked)
    parts = [_one(file, error, intents) for error in ordered[:MAX_COMPARED]]
    total = len({error.api.number for error in errors})
    if len(ordered) > MAX_COMPARED:
        text = _many(errors, ordered)
    else:
        text = " ".join((*parts, *_others(total, len(ordered))))
    title = f"{name} ({ordered[0].api.name})" if len(ordered) == 1 else name
    return Found(title, text, Source.API_MODEL, _keys(file, ordered, intents))


def _keys(file: ReferenceFile, errors: Sequence[ApiError], intents: Intent) -> tuple[str, ...]:
    if intents & Intent.OPERATIONS:
        return tuple(operation.name for operation in file.operations_listing(errors[0]))
    if intents & Intent.STATUS:
        return tuple({str(error.status) for error in errors})
    return (errors[0].name,)


def _one(file: ReferenceFile, error: ApiError, intents: Intent) -> str:
    name, api = error.name, error.api
    status = f", with HTTP status {error.status}" if error.status else ""
    operations = [operation.name for operation in file.operations_listing(error)]
    most = MAX_LISTED if intents & Intent.OPERATIONS else MAX_OPERATIONS
    shown = in_words(operations, most)
    text = f"{name} is an error of {api.name}{status}."
    if intents & Intent.STATUS and not error.status:
        text += " The model gives no HTTP status for it."
    if not operations:
        return f"{text} No operation lists it."
    verb = "lists" if len(operations) == 1 else "list"
    share = f"{len(operations)} of its {counted(api.operation_count, 'operation')}"
    return f"{text} {share} {verb} it: {shown}."


def _others(total: int, shown: int) -> list[str]:
    if total <= shown:
        return [f"{total} APIs have an error of this name."] if total > 1 else []
    return [f"{total} APIs have an error of this name, so it matters which one you called."]


def _many(errors: Sequence[ApiError], ordered: Sequence[ApiError]) -> str:
    name, total = errors[0].name, len({error.api.number for error in errors})
    statuses = sorted({error.status for error in ordered if error.status})
    status = f" The HTTP status is {statuses[0]} where one is given." if len(statuses) == 1 else ""
    examples = names_of(error.api for error in ordered)
    return (
        f"{name} is an error of {total} APIs: {examples}.{status} "
        "Name the service to see which of its operations list it."
    )


def _not_listed(errors: Sequence[ApiError], apis: Sequence[Api]) -> str:
    name, total = errors[0].name, len({error.api.number for error in errors})
    others = names_of(error.api for error in errors)
    noun = "API does" if total == 1 else "APIs do"
    return (
        f"The API model of {names_of(apis)} doesn't list {name}; {total} other {noun}: {others}. "
        "Errors that any call can get are often missing in the models."
    )
