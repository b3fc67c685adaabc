"""The rules of the house: who may import what, and how large it may be."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import command

ROOT = Path(__file__).parents[2]
MODULES = [path for folder in ("bot", "knowledge") for path in (ROOT / folder).rglob("*.py")]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
        "bot/app.py", "bot/services.py", "bot/cli/processes.py", "bot/operations/doctor.py",
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
        assert all(
            name.startswith(("bot.views", "bot.slack", "bot.messages", "bot.quiz")) for name in own
        )


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")]
    assert {path.name for path in readers} == {"settings.py"}


def test_only_the_terminal_prints() -> None:
    """There, control characters are written out and NO_COLOR is honored."""
    prints = re.compile(r"click\.(echo|secho|style)\(|\bprint\(")
    printing = [path for path in MODULES if prints.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in printing] == ["bot/cli/terminal.py"]


def test_modules_stay_small() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


def test_every_command_has_a_help_sentence() -> None:
    assert all(each.help for each in command.commands.values())


def test_asking_imports_neither_slack_nor_flask_nor_sqlalchemy(tmp_path: Path) -> None:
    script = (
        "import sys; from bot.cli.main import command\n"
        "try: command(['ask', 'what is 429 in api gateway'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'slack_bolt', 'slack_sdk', 'flask', 'sqlalchemy', 'yaml', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environ = {**os.environ, "FACTBOT_CACHE": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], env=environ, capture_output=True, text=True, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[]")
