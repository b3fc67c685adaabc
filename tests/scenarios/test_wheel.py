"""The built wheel, alone in an empty environment, from any folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
UNREACHABLE = "client error (Connect)"


def interpreter(version: str) -> str | None:
    """Python of a version, wherever it may be on this machine; None if nowhere."""
    beside = Path(sys.base_prefix).parent.glob(f"*{version}.*/bin/python{version}")
    for candidate in (shutil.which(f"python{version}"), *beside):
        if (
            candidate
            and subprocess.run([candidate, "--version"], capture_output=True).returncode == 0
        ):
            return str(candidate)
    return None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("there is no uv on the path")
    folder = tmp_path_factory.mktemp("wheel")
    built = run(folder, uv, "build", "--wheel", "--quiet", "--out-dir", str(folder), str(ROOT))
    if UNREACHABLE in built.stderr:
        pytest.skip("the package index cannot be reached")
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, outside of our virtual environment."""
    stored = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = stored | {"UV_SYSTEM_CERTS": "true"}
    environment.pop("VIRTUAL_ENV", None)
    return subprocess.run(
        command, cwd=folder, env=environment | more, capture_output=True, text=True
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_the_wheel_brings_facts_migrations_and_playground(
    wheel: Path, tmp_path: Path, which: str
) -> None:
    """With the oldest and the newest Python that is here; CI runs all tests with each of them."""
    found = [python for version in VERSIONS if (python := interpreter(version))]
    if not found:
        pytest.skip("there is no Python that we support")
    chosen = found[0] if which == "oldest" else found[-1]
    call = partial(run, tmp_path)
    place = tmp_path / "empty"
    assert call("uv", "venv", "--quiet", "--python", chosen, str(place)).returncode == 0
    python = str(place / "bin" / "python")
    installed = call("uv", "pip", "install", "--quiet", "--python", python, str(wheel))
    assert installed.returncode == 0, installed.stderr
    factbot = str(place / "bin" / "factbot")
    answered = call(factbot, "ask", "--json", "what is 429 in api gateway", FACTBOT_CACHE="off")
    assert json.loads(answered.stdout)["confident"] is True
    database = f"sqlite:///{tmp_path}/new.db"
    migrated = call(factbot, "migrate", DATABASE_URL=database)
    assert migrated.returncode == 0, migrated.stderr
    page = "from bot.playground.page import BUNDLE; print((BUNDLE / 'page.js').stat().st_size)"
    assert int(call(python, "-c", page).stdout) > 100_000
    schema = call(factbot, "schema")
    assert schema.stdout == (ROOT / "knowledge/files/fact.schema.json").read_text(encoding="utf-8")
    typed = (
        "from importlib.resources import files as f; print(f('{0}').joinpath('py.typed').is_file())"
    )
    for package in ("bot", "knowledge"):
        assert call(python, "-c", typed.format(package)).stdout == "True\n"
