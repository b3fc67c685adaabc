"""Find text that YAML would drop silently, and parts of YAML that facts don't use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from knowledge.files.characters import CONTROL, code_point

_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML 1.1: https://yaml.org/spec/1.1/#id871136"""
MAX_REPORTED_LINES = 20
"""A file that is not text at all is reported no more often than this."""
_NOT_YAML = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_COMMENT = (
    "YAML takes everything after # for a comment and drops it; "
    "put the text in quotes, or the comment on a line of its own."
)
_TAG = "YAML drops a word that begins with ! or &; put the text in quotes."
_ALIAS = (
    "YAML takes a word that begins with * for an alias, which facts may not have; "
    "put it in quotes, or write the text out."
)


def raw_problems(text: str) -> Iterator[tuple[int, str]]:
    """The line and a sentence for the first lines with control characters in the file itself."""
    if not _NOT_YAML.search(text):
        return
    lines = enumerate(_LINE_BREAK.split(text), start=1)
    found = ((line, match[0]) for line, part in lines if (match := _NOT_YAML.search(part)))
    for line, character in islice(found, MAX_REPORTED_LINES):
        yield line, f"Remove the control character {code_point(character)}."


def alias_problems(text: str, loader: Any) -> Iterator[tuple[int, str]]:
    """The line and a sentence for every line with an alias; nothing is expanded to find them.

    Raises yaml.YAMLError for other faults.
    """
    lines: set[int] = set()
    try:
        for event in yaml.parse(text, Loader=loader) if "*" in text else ():
            if isinstance(event, yaml.AliasEvent) and event.start_mark:
                lines.add(event.start_mark.line + 1)
    except yaml.MarkedYAMLError as error:
        if "alias" not in str(error.context) or error.problem_mark is None:
            raise
        lines.add(error.problem_mark.line + 1)  # `*.example.com` is not even a valid one
    yield from ((line, _ALIAS) for line in sorted(lines))


def node_problems(root: yaml.Node, text: str) -> Iterator[tuple[int, str]]:
    """The line and a sentence for everything below `root` whose text is dropped or hidden."""
    lines = _LINE_BREAK.split(text)
    waiting = [root]
    while waiting:  # not recursive: nesting may be as deep as Python's stack
        node = waiting.pop()
        children = _children(node)
        waiting += reversed(children)
        if lines[node.start_mark.line][node.start_mark.column :].startswith(("!", "&")):
            yield node.start_mark.line + 1, _TAG
        if isinstance(node, yaml.ScalarNode):
            yield from _scalar_problems(node, lines)
        elif isinstance(node, yaml.CollectionNode) and node.flow_style:
            yield from _flow_problems(node, children, lines)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _scalar_problems(node: yaml.ScalarNode, lines: list[str]) -> Iterator[tuple[int, str]]:
    line = node.end_mark.line
    if not node.style and lines[line][node.end_mark.column :].lstrip().startswith("#"):
        yield line + 1, _COMMENT
    for character in sorted(set(CONTROL.findall(node.value))):
        yield node.start_mark.line + 1, f"Remove the control character {code_point(character)}."


def _flow_problems(
    node: yaml.Node, children: list[yaml.Node], lines: list[str]
) -> Iterator[tuple[int, str]]:
    """Comments between the entries of [a, b] or {a: b}: `[a, #b` may have meant a second entry."""
    ends = [(node.start_mark.line, node.start_mark.column + 1)]
    ends += [(child.end_mark.line, child.end_mark.column) for child in children]
    starts = [child.start_mark for child in children] + [node.end_mark]
    for (line, column), start in zip(ends, starts, strict=True):
        if start.line == line:
            continue
        gap = lines[line][column:].strip()
        if "#" in gap and not gap.startswith("#"):
            yield line + 1, _COMMENT
