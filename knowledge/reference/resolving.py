"""Find out what the words of a question name: APIs, operations, errors, values, Regions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.reference.building.service_names import joined
from knowledge.reference.file import ReferenceFile
from knowledge.reference.questions import (
    MIN_JOINED_CHARS,
    REGION_CODE,
    Intent,
    ReadQuestion,
    is_misspelled,
    looks_exact,
    may_be_exact,
    meaning,
)
from knowledge.reference.records import (
    Api,
    ApiError,
    Change,
    Enumeration,
    Operation,
    Region,
    ResourceType,
)

MAX_MISSPELLED = 2
"""Words of a question that may be some of ours but for a letter or two."""
MAX_NAME_WORDS = 5
"""Words of the longest name of an API or a place."""
_QUALIFIED = re.compile(r"(?:(\w[\w-]*)[:.])([A-Za-z_]\w+)")
_CLIENTS = ("client", "boto3")
"""What stands for any API in front of a method."""
_HUMP = re.compile(r"[A-Z][a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class ExactName:
    """A name as typed, and everything that is called so."""

    typed: str
    operations: tuple[Operation, ...] = ()
    errors: tuple[ApiError, ...] = ()
    parameters: tuple[Enumeration, ...] = ()
    values: tuple[Enumeration, ...] = ()
    properties: tuple[tuple[str, str, Change], ...] = ()


@dataclass(slots=True)
class Resolved:
    """What a question names."""

    intents: Intent
    apis: list[Api] = field(default_factory=list)
    names: list[ExactName] = field(default_factory=list)
    types: list[ResourceType] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    runtime: str = ""


class Resolver:
    """Resolves words by an open file."""

    def __init__(self, file: ReferenceFile) -> None:
        self._file = file

    def resolve(self, question: ReadQuestion) -> Resolved | None:
        """Everything that is named; None if a word is neither a name nor one of ours."""
        found = Resolved(Intent.NONE, runtime=question.runtime)
        known, unknown = self._take_services(question.words, found)
        if Intent.OPERATIONS not in found.intents:  # with these, a plain word may be one
            plain = [word for word in unknown if not may_be_exact(word)]
            if len(plain) > MAX_MISSPELLED or not all(map(is_misspelled, plain)):
                return None
            unknown = [word for word in unknown if may_be_exact(word)]
        for word in sorted(unknown, key=lambda word: not _is_type(word)):
            name, is_qualified = self._unqualified(word, found)
            if not self._take(name, is_qualified, found):
                return None
        for word in known if found.types else ():
            self._take_property(word, found)
        return found

    def _take_services(self, words: Sequence[str], found: Resolved) -> tuple[list[str], list[str]]:
        """Note the APIs and places that the words name, and what the other words ask for.

        Returns the other words: ours, and the rest.
        """
        names = _spans(words, self._file.names)
        called = self._file.apis_called(list(names.values())) if names else {}
        asks_for_region = any((meaning(word) or Intent.NONE) & Intent.REGION for word in words)
        taken: set[int] = set()
        for span, name in names.items():
            places = self._places(name) if asks_for_region else []
            if taken.isdisjoint(range(*span)) and (places or name in called):
                taken.update(range(*span))
                found.regions += places
                found.apis += [] if places else called[name]
        left = [word for at, word in enumerate(words) if at not in taken]
        known = [word for word in left if meaning(word) is not None]
        for word in known:
            found.intents |= meaning(word) or Intent.NONE
        return known, [word for word in left if meaning(word) is None]

    def _places(self, name: str) -> list[Region]:
        """The Region in the place of this name."""
        return self._file.regions([name]) if name in self._file.places else []

    def _unqualified(self, word: str, found: Resolved) -> tuple[str, bool]:
        """The name in s3:PutObject or lambda.create_function, whose API is noted."""
        parts = _QUALIFIED.fullmatch(word)
        if not parts:
            return word, False
        owner = joined(parts[1])
        apis = self._file.apis_called([owner]).get(owner, [])
        found.apis += apis
        return (parts[2], True) if apis or owner in _CLIENTS else (word, False)

    def _take(self, word: str, is_qualified: bool, found: Resolved) -> bool:
        """Note what a word names; False if it is none of ours."""
        if _is_type(word):
            type_ = self._file.resource_type(word)
            found.types += [type_] if type_ else []
            return type_ is not None
        if REGION_CODE.fullmatch(word.lower()):
            regions = self._file.regions([word.lower()])
            found.regions += regions
            return bool(regions)
        if found.types and self._take_property(word, found):
            return True
        if _is_plain(word) and not (is_qualified or found.apis or found.intents):
            return False  # Failed, or Query, and nothing else
        name = self._named(word, is_qualified or Intent.OPERATIONS in found.intents)
        if name:
            found.names.append(name)
        return name is not None or is_misspelled(word)

    def _take_property(self, word: str, found: Resolved) -> bool:
        """Note a property of a resource type that is named; the word may look like any other."""
        last = {path.rsplit(".", 1)[-1] for type_ in found.types for path in type_.properties}
        attributes = {name for type_ in found.types for name in type_.attributes}
        is_property = word in last | attributes or any(
            word in type_.properties for type_ in found.types
        )
        if not is_property or not (word[:1].isupper() or _is_code(word)):
            return False
        found.names.append(ExactName(word))
        return True

    def _named(self, word: str, is_marked: bool) -> ExactName | None:
        """Everything of a name; None if nothing is called so, or if the word is a plain one."""
        name = word.replace("-", "").replace("_", "")
        operations = self._file.operations(name)
        errors = self._file.errors(word) or self._file.errors(name)
        parameters = self._file.enumerations(word)
        values = self._file.enumerations_with(word)
        properties = self._file.types_with(word)
        written = [operation.name for operation in operations]
        written += [error.name for error in errors]
        written += [member for enum in parameters for member in (*enum.members, enum.shape)]
        written += [name for _, name, _ in properties]
        if not (written or values):
            return ExactName(word) if _is_code(word) and "::" not in word else None
        is_exact = (
            is_marked and bool(operations)
            or _is_code(word) or looks_exact(word)
            or (len(word) >= MIN_JOINED_CHARS and any(map(_is_joined, written)))
        )  # fmt: skip
        if not is_exact:
            return None
        return ExactName(
            word, tuple(operations), tuple(errors), tuple(parameters), tuple(values),
            tuple(properties),
        )  # fmt: skip


def _spans(words: Sequence[str], names: frozenset[str]) -> dict[tuple[int, int], str]:
    """Where the words are one of the names, the longest first, and which.

    One of our own words alone names nothing: a queue isn't always the service.
    """
    parts = [joined(word) for word in words]
    found: dict[tuple[int, int], str] = {}
    for length in range(min(MAX_NAME_WORDS, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = "".join(parts[start : start + length])
            if name in names and (length > 1 or meaning(words[start]) is None):
                found[start, start + length] = name
    return found


def _is_type(word: str) -> bool:
    return word.lower().startswith("aws::")


def _is_code(word: str) -> bool:
    """Whether a word is written as in code; a capital letter alone isn't enough."""
    return looks_exact(word) and not (word[:1].isupper() and word[1:].islower())


def _is_plain(word: str) -> bool:
    """Whether a word is a single one in capitals, or with a capital letter."""
    return word.isalpha() and (word.isupper() or word[1:].islower())


def _is_joined(name: str) -> bool:
    return len(_HUMP.findall(name)) > 1
