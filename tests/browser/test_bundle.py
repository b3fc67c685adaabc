"""The page's bundle is what its sources build."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE_FOLDER = Path(__file__).parents[2] / "bot" / "playground" / "page"
NETWORK_ERRORS = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")


@pytest.mark.timeout(300)
def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not on the path")
    copy = tmp_path / "page"
    shutil.copytree(PAGE_FOLDER, copy, ignore=shutil.ignore_patterns("dist", "node_modules"))
    environment = os.environ | {"npm_config_update_notifier": "false"}
    for command in ("ci --no-audit --no-fund", "run build"):
        done = subprocess.run(
            [npm, *command.split()], cwd=copy, env=environment, capture_output=True, text=True
        )
        if any(word in done.stderr for word in NETWORK_ERRORS):
            pytest.skip("the npm registry cannot be reached")
        assert done.returncode == 0, done.stderr
    built = {path.name: path.read_bytes() for path in (copy / "dist").iterdir()}
    stored = {path.name: path.read_bytes() for path in (PAGE_FOLDER / "dist").iterdir()}
    assert built.keys() == stored.keys()
    assert [name for name in built if built[name] != stored[name]] == []


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (PAGE_FOLDER / "package-lock.json").read_text(encoding="utf-8")
