"""The Procfile as a platform starts it: the release first, then every kind of process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.fake_slack.server import FakeSlack
from bot.store import Store
from tests.conftest import ENVIRON
from tests.scenarios.sockets import SocketMode
from tests.scenarios.test_postgres import wait_until
from tests.scenarios.test_processes import SECRET, ask_over_http, http

ROOT = Path(__file__).parents[2]
PLACE = Path(sys.executable).parent


def test_honcho_starts_it_all_and_ends_it_in_time(
    slack: FakeSlack, socket_mode: SocketMode, tmp_path: Path, free_port: int
) -> None:
    shutil.copy(ROOT / "Procfile", tmp_path)
    url = f"sqlite:///{tmp_path}/factbot.db"
    environment = ENVIRON | {
        "PATH": f"{PLACE}{os.pathsep}{os.environ['PATH']}", "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-test",
        "SLACK_SIGNING_SECRET": SECRET, "DATABASE_URL": url,
    }  # fmt: skip
    honcho = [str(PLACE / "honcho"), "start"]

    def run(*names: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / "log").open("ab")
        with log:
            return subprocess.Popen(
                [*honcho, "--port", str(free_port), *names],
                cwd=tmp_path, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    assert run("release").wait(30) == 0
    store = Store(url)
    assert store.is_current()
    processes = run("web", "worker", "clock")
    try:
        assert "429" in ask_over_http(free_port)["text"]
        assert http("GET", free_port, "/readyz")[0] == 200
        socket_mode.wait(lambda mode: mode.connections == 1)
        wait_until(lambda: store.last_beat() is not None)
        began = time.monotonic()
        processes.send_signal(signal.SIGTERM)
        processes.wait(15)
        assert time.monotonic() - began < 10
    finally:
        processes.kill()
        store.close()
    assert "Traceback" not in (tmp_path / "log").read_text()
