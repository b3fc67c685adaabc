"""What a real process writes to its log: lines of JSON, without secrets or what people write."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography.fernet import Fernet

from bot.fake_slack.server import Failure, FakeSlack
from tests.scenarios.sockets import mention
from tests.scenarios.test_processes import COMMAND, ask_over_http, http, post, start, stop

SECRETS = {
    "SLACK_SIGNING_SECRET": "a-secret",
    "SLACK_BOT_TOKEN": "xoxb-test",
    "DATABASE_URL": "postgresql://factbot:hush-hush@127.0.0.1:9/factbot",
}
WRITTEN = "zebra-crossing"


def lines(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_no_line_holds_a_secret_or_a_text(slack: FakeSlack, tmp_path: Path, free_port: int) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = start(
            "serve", slack, tmp_path, file, FACTBOT_LOG="json", PORT=str(free_port), **SECRETS
        )
    try:
        ask_over_http(free_port)
        for number, failure in enumerate(
            (
                Failure(error="invalid_auth"),
                Failure(error="invalid_blocks"),
                Failure(delay_seconds=0.1),
            )
        ):
            slack.fail_next("chat.postMessage", failure)
            event = mention(number)
            event["event"]["text"] += f" {WRITTEN}"
            assert post(free_port, json.dumps(event), "application/json")[0] == 200
            slack.wait_for("chat.postMessage", number + 1)
        commands = ("quiz on 09:30", f"practice {WRITTEN}", f"what is {WRITTEN}", "leaderboard")
        for text in commands:
            fields = COMMAND | {"text": text, "response_url": slack.response_url()}
            body = "&".join(f"{name}={value}" for name, value in fields.items())
            assert post(free_port, body.replace(" ", "+"))[0] == 200
        slack.wait_for("response", 2)
        assert (
            post(free_port, json.dumps({"type": WRITTEN, "event": 5}), "application/json")[0] == 400
        )
        assert http("POST", free_port, "/slack/events", WRITTEN)[0] == 401
        stop(process)
    finally:
        process.kill()
        process.wait()
    reply = lines(log)
    assert {"served", "the database is unavailable"} <= {str(line["message"]) for line in reply}
    assert any(str(line["message"]).startswith("listening on") for line in reply)
    assert any("traceback" in line for line in reply)
    text = log.read_text()
    assert not [secret for secret in (*SECRETS.values(), "hush", WRITTEN) if secret in text]


def test_installing_leaves_no_secret_in_the_log(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    secrets = {
        "SLACK_CLIENT_SECRET": "client-hush",
        "FACTBOT_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "SLACK_SIGNING_SECRET": "a-secret",
    }
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = start(
            "serve", slack, tmp_path, file, FACTBOT_LOG="json", PORT=str(free_port),
            SLACK_CLIENT_ID="1.2", SLACK_BOT_TOKEN="", **secrets,
        )  # fmt: skip
    try:
        ask_over_http(free_port)
        for query in ("code=T1-hush-code&state=forged", "error=%3Cscript%3Ehush&state=x", ""):
            status, page = http("GET", free_port, f"/slack/oauth_redirect?{query}")
            assert status < 500 and "<script>hush" not in page
        assert [call.method for call in slack.calls] == []
        assert http("GET", free_port, "/slack/install")[0] == 200
        stop(process)
    finally:
        process.kill()
        process.wait()
    text = log.read_text()
    assert lines(log)
    assert not [secret for secret in (*secrets.values(), "hush") if secret in text]
