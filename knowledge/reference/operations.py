"""Sentences about operations: what they are called, what they need, which errors they list."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.counting import counted
from knowledge.reference.file import ReferenceFile
from knowledge.reference.questions import Intent
from knowledge.reference.records import Api, ApiError, Operation
from knowledge.reference.wording import Found, Source, in_words, names_of, one_of_each_api

MAX_COMPARED = 3
"""With up to this many APIs, operations of the same name are described one by one."""


def about_operations(
    file: ReferenceFile, operations: Sequence[Operation], apis: Sequence[Api], intents: Intent
) -> Found:
    """About the operations of one name: those of the APIs that are asked about, if any."""
    name = operations[0].name
    own = [operation for operation in operations if operation.api in apis]
    if apis and not own:
        others = names_of(operation.api for operation in operations)
        text = f"{names_of(apis)} has no operation {name}. It's an operation of {others}."
        return Found(name, text, _MODEL, (name,))
    asked = own or operations
    ordered = one_of_each_api(asked)
    if len(ordered) == 1:
        operation = ordered[0]
        title = f"{name} ({operation.api.name})"
        keys = _keys(file, operation, intents)
        return Found(title, _one(file, operation, intents), _MODEL, keys)
    return Found(name, _several(file, ordered, intents), _MODEL, (name,))


_MODEL = Source.API_MODEL


def _several(file: ReferenceFile, operations: Sequence[Operation], intents: Intent) -> str:
    name, apis = operations[0].name, [operation.api for operation in operations]
    intro = f"{name} is an operation of {len(apis)} APIs: {names_of(apis, most=12)}."
    if len(apis) > MAX_COMPARED or not intents & (Intent.REQUIRED | Intent.ERRORS):
        return f"{intro} Name the service to see what it needs and which errors it lists."
    return " ".join((intro, *(_asked(file, operation, intents) for operation in operations)))


def _one(file: ReferenceFile, operation: Operation, intents: Intent) -> str:
    asked = _asked(file, operation, intents)
    if asked:
        return asked
    parts = [_called(operation), _needed(operation), _errors_in_short(operation)]
    if operation.is_deprecated:
        parts.append("The model marks it as deprecated.")
    return " ".join(parts)


def _asked(file: ReferenceFile, operation: Operation, intents: Intent) -> str:
    """What is asked in particular; empty if nothing is."""
    parts = []
    if intents & Intent.SPELLING:
        parts.append(_called(operation))
    if intents & (Intent.REQUIRED | Intent.PARAMETERS):
        parts.append(_required(operation))
    if intents & Intent.ERRORS:
        parts.append(_errors(file, operation))
    if intents & Intent.DATES:
        marks = "marks" if operation.is_deprecated else "doesn't mark"
        parts.append(f"The model of {operation.api.name} {marks} {operation.name} as deprecated.")
    return " ".join(parts)


def _keys(file: ReferenceFile, operation: Operation, intents: Intent) -> tuple[str, ...]:
    if intents & Intent.ERRORS:
        return tuple(file.error_names(operation))
    if intents & (Intent.REQUIRED | Intent.PARAMETERS):
        return operation.required
    if intents & Intent.DATES:
        return ("deprecated",)
    return (operation.python,) if intents & Intent.SPELLING else (operation.name,)


def _called(operation: Operation) -> str:
    name, api = operation.name, operation.api
    text = (
        f"{name} is an operation of {api.name}. "
        f"In boto3 it's {operation.python}, of the client “{api.id}”"
    )
    return f"{text}; in the AWS CLI, “{operation.cli}”." if operation.cli else f"{text}."


def _required(operation: Operation) -> str:
    return f"{operation.name} is an operation of {operation.api.name}. {_needed(operation)}"


def _needed(operation: Operation) -> str:
    names = in_words(operation.required)
    if not names:
        return "It has no required parameters."
    is_one = len(operation.required) == 1
    return f"Its required parameter{' is' if is_one else 's are'} {names}."


def _errors(file: ReferenceFile, operation: Operation) -> str:
    names = file.error_names(operation)
    subject = f"{operation.name} of {operation.api.name}"
    if not names:
        return f"{subject} lists no errors of its own in the model."
    listed = f"{subject} lists {counted(len(names), 'error')}: {in_words(names)}."
    return f"{listed} Errors that any call can get, such as throttling, may be missing there."


def _errors_in_short(operation: Operation) -> str:
    count = len(operation.errors)
    return f"It lists {counted(count, 'error')}." if count else "It lists no errors of its own."


def lists_error(
    file: ReferenceFile,
    operations: Sequence[Operation],
    errors: Sequence[ApiError],
    apis: Sequence[Api],
) -> Found | None:
    """Whether an operation lists an error; None if it isn't clear which operation is meant."""
    asked = [operation for operation in operations if not apis or operation.api in apis]
    if len(asked) != 1:
        return None
    operation, error = asked[0], errors[0].name
    is_listed = any(
        found.api == operation.api and found.number in operation.errors for found in errors
    )
    title = f"{operation.name} ({operation.api.name})"
    if is_listed:
        return Found(title, f"Yes: {operation.name} lists {error}.", _MODEL, (error,))
    text = f"No: the model of {operation.name} doesn't list {error}. {_errors(file, operation)}"
    return Found(title, text, _MODEL, (error,))
