"""Look exact names up in the file. Each lookup takes less than a millisecond."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from knowledge.reference.building.tables import APPLICATION_ID
from knowledge.reference.records import (
    Api,
    ApiError,
    Change,
    Enumeration,
    Operation,
    Property,
    Region,
    ResourceType,
    Runtime,
)

_OPERATION = "name, service, number, python, required, errors, is_deprecated, streams"
_ERROR = "name, service, number, status"
_ENUM = "e.service, e.shape, e.members, e.operations, e.allowed"


class DamagedFileError(Exception):
    """The file isn't what we wrote."""


class ReferenceFile:
    """An open file; several threads may use it. Every lookup may raise DamagedFileError.

    `places` are the names of Regions, `names` those and the names of APIs, written as one word.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Raises DamagedFileError or FileNotFoundError."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self._path = path
        self._lock = Lock()
        try:
            # Nobody writes to the file once it is there: https://www.sqlite.org/uri.html#uriimmutable
            address = f"file:{quote(str(path))}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise DamagedFileError from error
        if self._rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
            self.close()
            raise DamagedFileError
        versions = dict(self._rows("SELECT name, value FROM meta"))
        self.botocore, self.cfn_lint = versions["botocore"], versions["cfn-lint"]
        self.places = frozenset(place for (place,) in self._rows("SELECT place FROM regions"))
        self.names = self.places.union(
            alias for (alias,) in self._rows("SELECT alias FROM aliases")
        )
        self._apis = {api.number: api for api in self._read_apis()}

    def close(self) -> None:
        self._connection.close()

    def remove(self) -> None:
        """Close the file and delete it, if it may be."""
        self.close()
        with suppress(OSError):
            self._path.unlink()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedFileError from error

    def _read_apis(self) -> Iterator[Api]:
        query = "SELECT id, api, name, operations, cli, regions, is_global FROM services"
        for number, api, name, count, cli, regions, is_global in self._rows(query):
            yield Api(number, api, name, count, cli, tuple(regions.split()), bool(is_global))

    def apis_called(self, aliases: Sequence[str]) -> dict[str, list[Api]]:
        """The APIs by the names, written as one word, that they go by.

        What is the own name of some APIs doesn't stand for others.
        """
        places = ",".join("?" * len(aliases))
        rows = self._rows(
            "SELECT alias, service, is_own FROM aliases "
            f"WHERE alias IN ({places}) ORDER BY alias, is_own DESC, service",
            *aliases,
        )
        found: dict[str, list[Api]] = {}
        owned = {alias for alias, _, is_own in rows if is_own}
        for alias, number, is_own in rows:
            if is_own or alias not in owned:
                found.setdefault(alias, []).append(self._apis[number])
        return found

    def operations(self, name: str) -> list[Operation]:
        """The operations of this name, in whatever case."""
        return self._operations("WHERE name = ?", name)

    def operations_listing(self, error: ApiError) -> list[Operation]:
        """The operations that list an error."""
        where = "WHERE service = ? AND errors LIKE ? ORDER BY name"
        return self._operations(where, error.api.number, f"% {error.number} %")

    def operation_names(self, enum: Enumeration) -> list[str]:
        """The names of the operations that ask for an enumeration."""
        rows = self._rows(
            "SELECT number, name FROM operations WHERE service = ? ORDER BY name", enum.api.number
        )
        return [name for number, name in rows if number in enum.operations]

    def _operations(self, where: str, *values: object) -> list[Operation]:
        rows = self._rows(f"SELECT {_OPERATION} FROM operations {where}", *values)
        return [
            Operation(
                name, self._apis[service], number, python, tuple(required.split()),
                tuple(map(int, errors.split())), bool(is_deprecated), bool(streams),
            )
            for name, service, number, python, required, errors, is_deprecated, streams in rows
        ]  # fmt: skip

    def errors(self, name: str) -> list[ApiError]:
        """The errors of this name or code, in whatever case."""
        return self._errors("WHERE name = ?", name)

    def error_names(self, operation: Operation) -> list[str]:
        """The names of the errors that an operation lists."""
        where = "WHERE service = ? AND NOT is_code ORDER BY name"
        listed = self._errors(where, operation.api.number)
        return [error.name for error in listed if error.number in operation.errors]

    def _errors(self, where: str, *values: object) -> list[ApiError]:
        rows = self._rows(f"SELECT {_ERROR} FROM errors {where}", *values)
        return [
            ApiError(name, self._apis[service], number, status)
            for name, service, number, status in rows
        ]

    def enumerations(self, parameter: str) -> list[Enumeration]:
        """The allowed values of the parameters of this name, in whatever case."""
        return self._enums("parameters p ON p.enum = e.id WHERE p.name = ?", parameter)

    def enumerations_with(self, value: str) -> list[Enumeration]:
        """The enumerations that allow a value, in whatever case."""
        return self._enums("enum_values v ON v.enum = e.id WHERE v.value = ?", value)

    def _enums(self, join: str, *values: object) -> list[Enumeration]:
        rows = self._rows(f"SELECT {_ENUM} FROM enums e JOIN {join} ORDER BY e.id", *values)
        return [
            Enumeration(
                self._apis[service], shape, tuple(members.split()),
                frozenset(map(int, operations.split())), tuple(allowed.split("\n")),
            )
            for service, shape, members, operations, allowed in rows
        ]  # fmt: skip

    def resource_type(self, name: str) -> ResourceType | None:
        """A resource type, in whatever case; None if there isn't one."""
        rows = self._rows("SELECT name, body FROM resource_types WHERE name = ?", name)
        return next((_resource_type(*row) for row in rows), None)

    def types_with(self, property_name: str) -> list[tuple[str, str, Change]]:
        """The resource types with such a property, its name there, and what a change of it does."""
        rows = self._rows(
            "SELECT t.name, p.name, p.change FROM properties p "
            "JOIN resource_types t ON t.id = p.type WHERE p.name = ? ORDER BY t.name",
            property_name,
        )
        return [(name, written, Change(change)) for name, written, change in rows]

    def regions(self, codes_or_places: Iterable[str]) -> list[Region]:
        """The Regions with these codes, or in these places written as one word."""
        wanted = list(codes_or_places)
        places = ",".join("?" * len(wanted))
        rows = self._rows(
            "SELECT code, name, apis FROM regions "
            f"WHERE code IN ({places}) OR place IN ({places}) ORDER BY code",
            *wanted,
            *wanted,
        )
        return [Region(code, name, tuple(apis.split("\n"))) for code, name, apis in rows]

    def runtime(self, name: str) -> Runtime | None:
        """A Lambda runtime by its identifier; None if there isn't one."""
        rows = self._rows(
            "SELECT name, deprecated, create_block, update_block, successor FROM runtimes "
            "WHERE name = ?",
            name,
        )
        return next((Runtime(*row) for row in rows), None)


def _resource_type(name: str, body: bytes) -> ResourceType:
    try:
        read = json.loads(zlib.decompress(body))
    except (zlib.error, ValueError) as error:
        raise DamagedFileError from error
    properties = {
        path: Property(Change(content.get("change", 0)), tuple(content.get("values", ())))
        for path, content in read["properties"].items()
    }
    named = {part: tuple(read[part]) for part in ("required", "either", "attributes")}
    return ResourceType(name, **named, never_updates=read["never_updates"], properties=properties)
