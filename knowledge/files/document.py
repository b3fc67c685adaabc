"""YAML with line numbers, in which every scalar is text.

Reading everything as text keeps `yes`, `off`, `3:00` and `1.10` what their author typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from knowledge.counting import counted
from knowledge.files.faults import Fault
from knowledge.files.hints import say_empty, say_missing
from knowledge.files.reading import ReadError, read_file
from knowledge.files.recovering import (
    MAX_BROKEN_FACTS,
    MAX_RECOVERED_CHARS,
    ids_in,
    lines_of,
    without_facts,
)
from knowledge.files.suggesting import did_you_mean
from knowledge.files.syntax import alias_problems, node_problems, raw_problems

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

SHALLOW, DEEPEST = 1000, 20
"""Levels of nesting that are always safe, and the most that a longer file may have."""
MAX_VALUES = 500_000
"""Fields, values and lists in one file: several thousand facts, and about 250 MB of memory."""


class Faults:
    """Collects the faults of one file, and the IDs of facts that can't be read because of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []
        self.lost_ids: set[str] = set()

    def add(self, node: yaml.Node | int, text: str) -> None:
        """Note a fault at a node, or at a line, which counts from 1."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.found.append(Fault(self.file, line, text))


def parse(path: Path, faults: Faults) -> yaml.MappingNode | None:
    """Read one file and note every fault. Returns None if it can't be read at all.

    Facts that aren't valid YAML are left out, so that they don't hide faults in the others.
    """
    try:
        text = read_file(path).decode("utf-8-sig")
    except ReadError as error:
        faults.add(1, str(error))
        return None
    except UnicodeDecodeError:
        faults.add(1, "The file is not UTF-8; save it as UTF-8.")
        return None
    return parse_text(text, faults)


def parse_text(text: str, faults: Faults) -> yaml.MappingNode | None:
    """Like `parse`, for a text."""
    root = _compose_sound_facts(text, faults)
    if isinstance(root, yaml.MappingNode):
        return root
    faults.lost_ids |= ids_in(text[:MAX_RECOVERED_CHARS])
    if not faults.found:
        faults.add(1, "The file must be a mapping with service, aliases, and facts.")
    return None


def _compose_sound_facts(text: str, faults: Faults) -> yaml.Node | None:
    """The file's content without the facts that are not valid YAML, or None with faults."""
    for _ in range(MAX_BROKEN_FACTS):
        known = len(faults.found)
        try:
            places = [[line] for line in _add_problems(text, faults)]
            if not places and len(faults.found) == known:
                return _compose(text, faults)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            faults.add(line, f"This is not valid YAML: {error.problem or 'unreadable'}.")
            places = [lines_of(error)]
        except (yaml.YAMLError, RecursionError):
            faults.add(
                1, "This is not valid YAML: it has characters or nesting YAML does not allow."
            )
            return None
        is_repeated = faults.found[-1] in faults.found[:-1]
        if is_repeated or len(text) > MAX_RECOVERED_CHARS:
            return None
        text, lost = without_facts(text, places)
        faults.lost_ids |= ids_in(lost)
        if not lost:
            return None
    return None


def _add_problems(text: str, faults: Faults) -> list[int]:
    """Note what makes it dangerous or pointless to build the content, and return those lines.

    Raises YAMLError.
    """
    if danger := _danger(text):
        faults.add(1, danger)
        return []
    problems = [*raw_problems(text), *alias_problems(text, _Loader)]
    for line, sentence in problems:
        faults.add(line, sentence)
    return [line for line, _ in problems]


def _compose(text: str, faults: Faults) -> yaml.Node | None:
    root = yaml.compose(text, Loader=_Loader)
    for line, sentence in node_problems(root, text) if root else ():
        faults.add(line, sentence)
    return root


def _danger(text: str) -> str | None:
    """Say why composing this might overflow the C stack or fill the memory.

    A level of nesting takes a bracket or a column, and a value a line or a separator, so that
    most files need no closer look.
    """
    brackets = text.count("[") + text.count("{")
    lines = text.splitlines()
    separators = len(lines) + text.count(",") + text.count(": ")
    if brackets + max(map(len, lines), default=0) <= SHALLOW and 2 * separators <= MAX_VALUES:
        return None
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return "This is nested too deeply to be a file of facts."
        if count > MAX_VALUES:
            return f"This has more than {MAX_VALUES:,} values; split it into several files."
    return None


class Mapping:
    """Reads typed fields of one YAML mapping. Notes every fault instead of raising it."""

    def __init__(self, node: yaml.MappingNode, name: str, faults: Faults) -> None:
        self.node = node
        self.name = name
        self.faults = faults
        self.values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                faults.add(key, f"{name}: a field name must be text.")
            elif key.value in self.values:
                faults.add(key, f"{name}: the field {key.value} is given twice; keep one.")
            else:
                self.values[key.value] = value

    @property
    def line(self) -> int:
        """Where the mapping begins; the file's first line is 1."""
        return int(self.node.start_mark.line) + 1

    def fault(self, field: str, text: str) -> None:
        """Note a fault where the field is, or where the mapping begins if it has no such field."""
        self.faults.add(self.values.get(field, self.node), f"{self.name}: {text}")

    def only(self, *fields: str) -> None:
        """Note every field that has no meaning here."""
        for field in self.values.keys() - set(fields):
            self.fault(
                field,
                f"unknown field {field}; the fields are {', '.join(fields)}."
                f"{did_you_mean(field, fields)}",
            )

    def is_blank(self, field: str) -> bool:
        """Whether the field is there, with nothing after its colon."""
        node = self.values.get(field)
        return isinstance(node, yaml.ScalarNode) and not node.style and not node.value

    def text(self, field: str, longest: int) -> str:
        """A required text of up to `longest` characters, stripped; "" with a fault without one."""
        value = self.optional_text(field, longest)
        if value is None and field not in self.values:
            self.fault(field, say_missing(field))
        return value or ""

    def optional_text(self, field: str, longest: int) -> str | None:
        """The same if the field may be missing: None, and no fault."""
        node = self.values.get(field)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fault(field, f"{field} must be a single text.")
            return None
        value = str(node.value).strip()
        if not value:
            self.fault(field, say_empty(field))
        elif len(value) > longest:
            self.fault(field, f"{field} has {len(value)} characters; the limit is {longest}.")
        return value or None

    def texts(self, field: str, longest: int, least: int = 0) -> tuple[str, ...]:
        """A list of texts. Too few, or one that is empty, too long, or repeated, is a fault."""
        node = self.values.get(field)
        if node is None:
            if least:
                self.fault(field, say_missing(field))
            return ()
        if self.is_blank(field):
            self.fault(field, say_empty(field))
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(field, f"{field} must be a list of texts.")
            return ()
        found: dict[str, None] = {}
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
                self.faults.add(item, f"{self.name}: {field} must hold texts; put this in quotes.")
                continue
            value = item.value.strip()
            if len(value) > longest:
                self.faults.add(
                    item,
                    f"{self.name}: this text in {field} has {len(value)} characters; "
                    f"the limit is {longest}.",
                )
            if value in found:
                self.faults.add(item, f"{self.name}: {field} holds {value!r} twice; keep one.")
            found[value] = None
        if len(found) < least:
            self.fault(
                field,
                f"{field} has {counted(len(found), 'entry', 'entries')}; give at least {least}.",
            )
        return tuple(found)

    def mapping(self, field: str) -> Mapping | None:
        """The mapping in a field; None if the field is missing, or with a fault."""
        node = self.values.get(field)
        if node is None:
            return None
        if isinstance(node, yaml.MappingNode):
            return Mapping(node, self.name, self.faults)
        self.fault(field, f"{field} must be a mapping.")
        return None

    def mappings(self, field: str) -> Iterator[Mapping]:
        """The mappings in a required list; anything else in it is a fault, and so is no entry."""
        node = self.values.get(field)
        if not isinstance(node, yaml.SequenceNode):
            self.fault(field, f"{field} must be a list with at least one entry.")
            return
        if not node.value:
            self.fault(field, f"{field} is empty.")
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield Mapping(item, self.name, self.faults)
            else:
                self.faults.add(item, f"{self.name}: every entry of {field} must be a mapping.")
