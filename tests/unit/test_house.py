"""The rules of the house: who may import what, and documents that name what is there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli.main import command
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATE = ROOT / "docs" / "operate.md"
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MODULES = [path for folder in ("bot", "knowledge") for path in (ROOT / folder).rglob("*.py")]


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def offenders(package: str, allowed: tuple[str, ...]) -> list[str]:
    """Modules outside the allowed folders that import a package."""
    return [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not str(path.relative_to(ROOT)).startswith(allowed)
        and any(name == package or name.startswith(f"{package}.") for name in imports(path))
    ]


@pytest.mark.parametrize("package", ["bot", "slack_bolt", "slack_sdk", "sqlalchemy", "time"])
def test_knowledge_knows_neither_slack_nor_a_database_nor_a_clock(package: str) -> None:
    assert [path for path in offenders(package, ("bot/",)) if path.startswith("knowledge")] == []


def test_slack_is_imported_only_at_the_edge() -> None:
    edge = (
        "bot/app.py", "bot/build.py", "bot/services.py", "bot/cli/processes.py",
        "bot/operations/doctor.py",
        "bot/servers/", "bot/listeners/", "bot/slack/", "bot/fake_slack/", "bot/playground/",
    )  # fmt: skip
    assert offenders("slack_bolt", edge) == []
    assert offenders("slack_sdk", edge) == []


def test_only_the_store_knows_sql() -> None:
    assert offenders("sqlalchemy", ("bot/store/",)) == []
    assert offenders("alembic", ("bot/store/",)) == []


def test_views_need_nothing_but_knowledge() -> None:
    for path in (ROOT / "bot/views").glob("*.py"):
        own = {name for name in imports(path) if name.startswith("bot.")}
        plain = ("bot.views", "bot.slack", "bot.messages", "bot.quiz", "bot.team")
        assert all(name.startswith(plain) for name in own)


def imported_at_once(path: Path) -> Iterator[str]:
    """What a module imports when it is imported itself: neither later nor for types alone."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def folder_of(module: str) -> str:
    """The folder of a module in `bot` or `knowledge`, or the module itself if it is in none."""
    return ".".join(module.split(".")[:2])


def test_folders_depend_on_each_other_one_way() -> None:
    needs: defaultdict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        folder = folder_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        needs[folder] |= {folder_of(name) for name in imported_at_once(path)} - {folder}
    TopologicalSorter(needs).prepare()  # raises CycleError


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")]
    assert {path.name for path in readers} == {"settings.py"}


def test_only_the_terminal_prints() -> None:
    """There, control characters are written out and NO_COLOR is honored."""
    prints = re.compile(r"click\.(echo|secho|style)\(|\bprint\(")
    printing = [path for path in MODULES if prints.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in printing] == ["bot/cli/terminal.py"]


RIDDLES = {"desk", "each", "hands", "posed", "told", "town"}
"""Names that say nothing about what they stand for."""


def test_variables_say_what_they_are() -> None:
    found = []
    for path in MODULES:
        for node in nodes(path):
            names = [node.arg] if isinstance(node, ast.arg) else []
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names = [node.id]
            found += [f"{path.relative_to(ROOT)}: {name}" for name in RIDDLES.intersection(names)]
    assert found == []


def type_names(path: Path) -> Iterator[str]:
    """Classes and aliases of types; what generics stand for has one letter."""
    for node in nodes(path):
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield from re.findall("^[A-Z][a-z]+[A-Za-z]*$", node.targets[0].id)


def test_the_name_of_a_type_has_one_meaning() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for name in type_names(path):
            places[name].append(str(path.relative_to(ROOT)))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_every_class_has_a_docstring() -> None:
    classes = ((path, node) for path in MODULES for node in nodes(path))
    assert [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path, node in classes
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node)
    ] == []


def test_modules_stay_small() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


def test_the_documents_list_every_setting_and_no_other() -> None:
    text = OPERATE.read_text(encoding="utf-8").partition("\n## Settings\n")[2]
    named = re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE)
    assert sorted(named) == sorted(known.metadata["variable"] for known in fields(Settings))


def test_the_documents_list_every_command_and_no_other() -> None:
    text = OPERATE.read_text(encoding="utf-8").partition("\n## Commands\n")[2]
    named = re.findall(r"^\| `factbot (\w+)", text, re.MULTILINE)
    assert sorted(named) == sorted(command.commands)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_modules_and_files_named_in_documents_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:bot|knowledge)(?:\.\w+)+)`", text):
        assert resolves(name), name
    for name in re.findall(r"`((?:bot|knowledge|bench|scripts|tests|docs)/[\w./]+)`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"python -m ([\w.]+)", text):
        is_ours = name.startswith(("bench", "bot", "knowledge"))
        assert not is_ours or (ROOT / f"{name.replace('.', '/')}.py").exists(), name


def resolves(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    module, *rest = name.split(".")
    found = import_module(module)
    for part in rest:
        module = f"{module}.{part}"
        if not hasattr(found, part):
            try:
                import_module(module)
            except ModuleNotFoundError:
                return False
        found = getattr(found, part)
    return True


def test_no_two_test_files_have_the_same_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))  # or pytest takes one for the other


def test_every_command_has_a_help_sentence() -> None:
    assert all(item.help for item in command.commands.values())


@pytest.mark.slow
def test_asking_imports_neither_slack_nor_flask_nor_sqlalchemy(tmp_path: Path) -> None:
    script = (
        "import sys; from bot.cli.main import command\n"
        "try: command(['ask', 'what is 429 in api gateway'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'slack_bolt', 'slack_sdk', 'flask', 'sqlalchemy', 'yaml', 'rich', 'mcp'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environ = {**os.environ, "FACTBOT_CACHE": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], env=environ, capture_output=True, text=True, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[]")
