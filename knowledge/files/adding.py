"""Adding a blank fact to the text of a fact file, whose comments and order stay as they are."""

from __future__ import annotations

from pathlib import Path

import yaml

from knowledge.files.document import Faults, parse
from knowledge.files.faults import FactsError, Fault

SCHEMA_COMMENT = "# yaml-language-server: $schema={schema}"
"""The first line of a fact file: https://github.com/redhat-developer/yaml-language-server"""
BLANK_FACT = """\
- id: {fact_id}
  title:
  kind:
  demand:
  answer:
  keywords:
  phrasings:
  source:
  checked:
  quiz:
  - question:
    right:
    wrong:
"""


def new_file(service: str, fact_id: str, schema: str) -> str:
    """A file with one blank fact; `schema` is where the JSON Schema is, as seen from the file."""
    name = yaml.safe_dump({"service": service}, allow_unicode=True, width=1000)
    comment = SCHEMA_COMMENT.format(schema=schema)
    return f"{comment}\n{name}facts:\n{BLANK_FACT.format(fact_id=fact_id)}"


def add_fact(path: Path, fact_id: str) -> int:
    """Write a blank fact after the last one in a file, and return the line where it begins.

    Raises FactsError if the file can't be read, or if its facts don't end in a way that can be
    added to.
    """
    facts = _facts(path)
    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    place = min(facts.end_mark.line, len(lines))
    while _is_between_facts(lines[place - 1]):
        place -= 1
    end_of_line = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[place - 1].endswith(("\n", "\r")):
        lines[place - 1] += end_of_line
    indent = " " * facts.start_mark.column
    added = ["", *(indent + line for line in BLANK_FACT.format(fact_id=fact_id).splitlines())]
    lines[place:place] = [line + end_of_line for line in added]
    path.write_bytes("".join(lines).encode("utf-8"))
    return place + 2


def _is_between_facts(line: str) -> bool:
    """Whether the line is blank, or a comment that belongs to no fact."""
    return not line.strip() or line.startswith("#")


def _facts(path: Path) -> yaml.SequenceNode:
    faults = Faults(str(path))
    root = parse(path, faults)
    if root is None:
        raise FactsError(faults.found)
    for key, value in root.value:
        if key.value == "facts" and isinstance(value, yaml.SequenceNode) and not value.flow_style:
            return value
    message = "There are no facts to add to; write `facts:` and, below it, a first one with - id."
    raise FactsError([Fault(str(path), root.start_mark.line + 1, message)])
