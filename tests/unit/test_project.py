"""The files around the code say what the code says: samples, containers, CI, versions."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.main import command
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
ASSIGNED = re.compile(r"^#?([A-Z][A-Z_]*)=(.*)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def yaml_of(name: str) -> Any:
    return yaml.safe_load(text_of(name))


def compose_of() -> Any:
    """compose.yaml as it is read where no variable is set."""
    return yaml.safe_load(re.sub(r"\$\{[A-Z_]+:-(\w+)\}", r"\1", text_of("compose.yaml")))


def project() -> dict[str, Any]:
    return tomllib.loads(text_of("pyproject.toml"))


def test_the_sample_has_every_setting_in_order_and_says_what_it_is() -> None:
    documented = [
        (re.sub("`", "", known.metadata["doc"]), known.metadata["variable"])
        for known in fields(Settings)
    ]
    found = re.findall(r"^# (.*)\n#?([A-Z][A-Z_]*)=", text_of(".env.sample"), re.MULTILINE)
    assert found == documented


def test_the_sample_as_it_is_sets_nothing() -> None:
    lines = text_of(".env.sample").splitlines()
    set_lines = [line for line in lines if line and not line.startswith("#")]
    assert set_lines and all(line.endswith("=") for line in set_lines)


def test_the_defaults_in_the_sample_are_the_real_ones() -> None:
    shown = {name: value for name, value in ASSIGNED.findall(text_of(".env.sample")) if value}
    home = {"HOME": str(Path.home())}
    assert Settings.from_env(shown | home) == Settings.from_env(home)
    have_defaults = {known.metadata["variable"] for known in fields(Settings) if known.default}
    assert set(shown) == have_defaults | {"FACTBOT_CACHE"}


def test_the_file_made_from_the_sample_is_neither_committed_nor_copied_into_an_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        assert ".env" in text_of(name).splitlines()


def test_compose_starts_what_a_quiz_over_http_needs() -> None:
    compose = compose_of()
    services = compose["services"]
    assert set(services) == {"serve", "clock", "database"}
    for name in ("serve", "clock"):
        program, verb = services[name]["command"].split()
        assert program == "factbot" and verb == name and verb in command.commands
        assert services[name]["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert services[name]["env_file"] == ".env"
    assert {item.split(":")[0] for item in services["database"]["volumes"]} == set(
        compose["volumes"]
    )


def test_compose_sets_what_the_bot_reads() -> None:
    services = compose_of()["services"]
    database = services["database"]["environment"]
    for name in ("serve", "clock"):
        set_for_bot = services[name]["environment"]
        assert set(set_for_bot) <= {known.metadata["variable"] for known in fields(Settings)}
        url = Settings.from_env({"DATABASE_URL": set_for_bot["DATABASE_URL"]}).database_url
        login = f"{database['POSTGRES_USER']}:{database['POSTGRES_PASSWORD']}"
        assert url == f"postgresql+psycopg://{login}@database/factbot"


def test_compose_is_open_only_to_a_proxy_on_the_same_machine() -> None:
    services = compose_of()["services"]
    (port,) = services["serve"]["ports"]
    assert port == f"127.0.0.1:3000:{services['serve']['environment']['PORT']}"
    assert "ports" not in services["database"] and "ports" not in services["clock"]


def test_ci_runs_everything_on_every_python() -> None:
    job = yaml_of(".github/workflows/ci.yml")["jobs"]["check"]
    pythons = job["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13", "3.14"]
    assert project()["project"]["requires-python"] == f">={pythons[0]}"
    assert job["env"]["UV_PYTHON"] == "${{ matrix.python }}"
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_dependabot_looks_where_there_is_something() -> None:
    manifests = {
        "uv": "pyproject.toml", "npm": "package.json", "docker": "Dockerfile",
        "docker-compose": "compose.yaml", "github-actions": ".github/workflows/ci.yml",
    }  # fmt: skip
    updates = yaml_of(".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == set(manifests)
    for update in updates:
        place = update["directory"].strip("/")
        assert (ROOT / place / manifests[update["package-ecosystem"]]).is_file()


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    heads = re.findall(r"^## (.*)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    released = [
        re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]
    ]
    versions = [match[1] for match in released if match]
    days = [date.fromisoformat(match[2]) for match in released if match]
    assert len(versions) == len(heads) - 1
    assert versions[0] == project()["project"]["version"]
    assert days == sorted(days, reverse=True) and len(set(versions)) == len(versions)


def test_the_changelog_uses_the_sections_of_its_format() -> None:
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.*)$", text_of("CHANGELOG.md"), re.MULTILINE)) <= known


@pytest.mark.parametrize("package", ["bot", "knowledge"])
def test_the_packages_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_running_the_bot_installs_no_developer_tools() -> None:
    assert project()["tool"]["uv"]["default-groups"] == []


def test_commands_in_documents_ask_for_the_developer_tools_they_need() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "bench").glob("*.py")]
    for path in (*documents, *(ROOT / "scripts").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"uv run (?!-)(\w+)", text)) <= {"factbot"}, path
    assert "uv run --group dev pytest" in text_of("README.md")


def test_ci_calls_the_script_that_people_run() -> None:
    assert text_of(".ci/run").rstrip().endswith("scripts/check --all")
    assert (ROOT / "scripts/check").stat().st_mode & 0o111
