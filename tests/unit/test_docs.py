"""Documents that match the code: options, defaults, scopes, the layout, links, figures.

What breaks with a new name (commands, settings, modules) is in `test_house.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli.main import command
from bot.settings import SLACK_API, Settings
from bot.slack.manifest import AGENT_SCOPES, OPTIONAL_SCOPES, SCOPES, SLACKBOT_SCOPES
from knowledge.search.confidence import CONFIDENT

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = [README, *sorted((ROOT / "docs").glob("*.md"))]
OPERATE, FACTS, FIGURES, SECURITY = (
    ROOT / "docs" / f"{name}.md" for name in ("operate", "facts", "figures", "security")
)
MAX_README_WORDS = 900
MAX_PICTURE_BYTES = 150_000
USED_BY_SLACK = {"connections:write"}
"""Scopes that are not the bot's own, but the app-level token's."""
Rows = dict[str, dict[str, str]]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """What a document says below a heading of the second level."""
    _, _, rest = read(path).partition(f"\n## {heading}\n")
    assert rest, f"{path.name} has no section {heading!r}"
    return rest.partition("\n## ")[0]


def tables(text: str) -> Iterator[Rows]:
    """The tables of a text: their cells by the first cell of the row and the head of the column."""
    for lines in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        head, _, *rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in lines.splitlines()
        ]
        yield {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def named_commands(text: str) -> set[str]:
    """The words that follow `factbot` in code."""
    code = re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL)
    found = re.findall(r"(?<![\w@/.])factbot ([a-z]+)", "\n".join(code))
    return set(found)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_documents_name_only_commands_that_exist(path: Path) -> None:
    assert named_commands(read(path)) - set(command.commands) == set()


def test_the_command_table_names_only_options_that_exist() -> None:
    for name, line in re.findall(
        r"^\| `factbot (\w+.*?)` \| (.*) \|$", section(OPERATE, "Commands"), re.MULTILINE
    ):
        found: click.Command = command
        for word in name.split():
            if isinstance(found, click.Group):
                found = found.commands[word]
        known = {option for parameter in found.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", line)) <= known, name


def test_the_settings_table_tells_the_defaults() -> None:
    text = section(OPERATE, "Settings")
    for known in fields(Settings):
        default = known.default
        if isinstance(default, float):
            default = int(default)
        if default not in (None, (), SLACK_API):
            line = re.search(rf"^\| `{known.metadata['variable']}`.*$", text, re.MULTILINE)
            assert line and re.search(rf"default `?{re.escape(str(default))}\b", line[0]), line
    assert f"default `{SLACK_API}`" in text


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_documents_name_only_settings_that_exist(path: Path) -> None:
    named = re.findall(r"\b(?:FACTBOT|SLACK)_[A-Z_]+|\bDATABASE_[A-Z]+", read(path))
    assert set(named) <= {known.metadata["variable"] for known in fields(Settings)}


def test_each_scope_is_explained() -> None:
    found = next(tables(section(SECURITY, "Scopes")))
    explained = {scope.strip("`"): cells["what it is for"] for scope, cells in found.items()}
    left_out = OPTIONAL_SCOPES | SLACKBOT_SCOPES | AGENT_SCOPES
    optional = {scope: f"{use} (optional)" for scope, use in left_out.items()}
    assert explained == SCOPES | optional


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_documents_name_only_scopes_that_exist(path: Path) -> None:
    named = set(re.findall(r"`([a-z_]+:[a-z]+)`", read(path)))
    assert named <= {*SCOPES, *OPTIONAL_SCOPES, *SLACKBOT_SCOPES, *AGENT_SCOPES, *USED_BY_SLACK}


def test_the_layout_names_every_folder() -> None:
    text = section(ROOT / "docs" / "architecture.md", "Layout")
    for package in ("bot", "knowledge"):
        _, _, rest = text.partition(f"\n{package}/")
        listed = re.findall(r"^  (\w+)(?:/|\.py) ", re.split(r"\n\w", rest)[0], re.MULTILINE)
        own = {item.parent.name for item in (ROOT / package).glob("*/*.py")} | (
            {"facts"} if package == "knowledge" else set()
        )
        assert own - set(listed) == set()
        assert all(
            (ROOT / package / name).is_dir() or (ROOT / package / f"{name}.py").exists()
            for name in listed
        )
        inner = re.findall(r"\b(\w+\.py)\b", rest.partition("\nbot/")[0])
        assert all(any((ROOT / package).rglob(name)) for name in inner), inner


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = read(path)
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text)
    for link in ("".join(pair) for pair in links):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.is_file(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", read(target), re.MULTILINE)
            slugs = [re.sub(r"[^\w -]", "", item.lower()).replace(" ", "-") for item in headings]
            assert anchor in slugs, link


def test_every_document_is_linked_from_the_readme_and_every_picture_is_shown() -> None:
    everything = "\n".join(map(read, DOCS))
    for document in DOCS[1:]:
        assert f"](docs/{document.name})" in read(README), document
    for picture in (ROOT / "docs").glob("*.png"):
        assert re.search(rf"[(\"](?:docs/)?{picture.name}[)\"]", everything), picture
        assert picture.stat().st_size < MAX_PICTURE_BYTES, picture


def test_the_readme_stays_short() -> None:
    assert len(read(README).split()) <= MAX_README_WORDS


def test_each_benchmark_is_listed() -> None:
    listed = set(re.findall(r"`uv run --group dev python -m bench\.(\w+)`", read(FIGURES)))
    runnable = {path.stem for path in (ROOT / "bench").glob("*.py") if "__main__" in read(path)}
    assert listed == runnable


def test_figures_say_when_they_were_measured() -> None:
    for heading in re.findall(r"^## (.+)$", read(FIGURES), re.MULTILINE):
        text = section(FIGURES, heading)
        days = re.findall(r"Measured (\d{4}-\d{2}-\d{2})\.", text)
        has_figures = "bench." in text and "No figures" not in text
        assert len(days) == has_figures, heading
        assert all(date.fromisoformat(day) for day in days)


def test_the_readme_repeats_the_figures_and_their_date() -> None:
    text = section(README, "How it compares")
    accuracy = section(FIGURES, "Accuracy")
    measured = re.findall(r"[Mm]easured (\d{4}-\d{2}-\d{2})", accuracy)
    assert re.findall(r"measured (\d{4}-\d{2}-\d{2})", text) == measured
    asked = re.findall(r"^(\w+): \d+ questions, \d+ facts$", accuracy, re.MULTILINE)
    full = dict(zip(asked, tables(accuracy), strict=False))  # the last table is about speed
    short = list(tables(text))[-1]
    assert f"factbot {CONFIDENT:g}" in next(iter(short.values()))
    for row, cells in short.items():
        label, kind = row.split(": ")
        for peer, cell in cells.items():
            assert full[label][peer][f"{kind} right / wrong"] == cell, (row, peer)


def test_the_threshold_in_the_figures_is_the_one_in_use() -> None:
    text = " ".join(section(FIGURES, "Accuracy").split())
    assert f"The bot answers from {CONFIDENT:g} up." in text


@pytest.mark.usefixtures("few_facts")
def test_the_worked_example_is_a_sound_fact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = read(FACTS)
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    (tmp_path / "orders.yaml").write_text(example[1], encoding="utf-8")
    linted = CliRunner().invoke(command, ["lint", str(tmp_path)])
    assert linted.exit_code == 0, linted.output
    asked = re.search(r'factbot ask "(.+?)"', text)
    promised = re.search(r'The card begins with "(.+?)"', text)
    assert asked and promised
    monkeypatch.setenv("FACTBOT_FACTS", str(tmp_path))
    monkeypatch.setenv("FACTBOT_CACHE", "off")
    answered = CliRunner().invoke(command, ["ask", "--json", asked[1]])
    assert json.loads(answered.output)["answer"]["verdict"] == promised[1]
