"""The bot as a Lambda function, with the events that AWS documents and a Lambda of our own."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.fernet import Fernet
from slack_sdk.signature import SignatureVerifier

pytest.importorskip("boto3")
pytest.importorskip("apig_wsgi")

from bot.fake_slack.server import Failure, FakeSlack
from bot.servers.aws_lambda import Function
from bot.settings import Settings
from bot.store import Store
from tests.conftest import ENVIRON, FACTS_CACHE
from tests.scenarios.conftest import SECRET
from tests.scenarios.sockets import mention

CONTEXT = SimpleNamespace(
    invoked_function_arn="arn:aws:lambda:eu-central-1:1:function:factbot",
    get_remaining_time_in_millis=lambda: 60_000,
)


class Lambda:
    """A function that can invoke itself, as Lambda lets it."""

    def __init__(self, settings: Settings) -> None:
        self.invoked: list[dict[str, Any]] = []
        self.function = Function(settings, self)

    def invoke(self, FunctionName: str, InvocationType: str, Payload: str) -> dict[str, int]:
        assert (FunctionName, InvocationType) == (CONTEXT.invoked_function_arn, "Event")
        self.invoked.append(json.loads(Payload))
        return {"StatusCode": 202}

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        return self.function.handle(event, CONTEXT)

    def __call__(self, event: dict[str, Any]) -> dict[str, Any]:
        """What the caller gets; then the invocations that it led to are carried out."""
        answer = self.handle(event)
        while self.invoked:
            self.handle(self.invoked.pop())
        return answer


@pytest.fixture
def make_function(slack: FakeSlack, tmp_path: Path) -> Iterator[Callable[..., Lambda]]:
    made: list[Lambda] = []

    def make(**more: Any) -> Lambda:
        url = f"sqlite:///{tmp_path}/factbot.db"
        settings = Settings(
            signing_secret=SECRET, api_url=slack.url, database_url=url, cache=FACTS_CACHE, **more
        )
        made.append(Lambda(settings))
        return made[-1]

    yield make
    for item in made:
        item.function.services.close()


@pytest.fixture
def function(make_function: Callable[..., Lambda]) -> Lambda:
    return make_function(bot_token="xoxb-test")


def http_event(method: str, path: str, body: str = "", kind: str = "", **more: Any) -> Any:
    """https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads"""
    now = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    return {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
        "headers": {
            "content-type": kind, "x-slack-request-timestamp": now,
            "x-slack-signature": str(signature), "user-agent": "Slackbot 1.0",
        },
        "requestContext": {
            "accountId": "anonymous", "apiId": "x", "stage": "$default", "routeKey": "$default",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1",
                     "sourceIp": "203.0.113.1", "userAgent": "Slackbot 1.0"},
        },
        "body": body, "isBase64Encoded": False,
    } | more  # fmt: skip


def command(text: str) -> Any:
    fields = {"command": "/aws", "text": text, "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    return http_event(
        "POST", "/slack/events", urlencode(fields), "application/x-www-form-urlencoded"
    )


def test_a_command_is_answered_also_if_its_text_says_payload(function: Lambda) -> None:
    for text, expected in (("what is 429 in api gateway", "429"), ("lambda payload size", "AWS")):
        event = command(text)
        encoded = {
            "body": base64.b64encode(event["body"].encode()).decode(),
            "isBase64Encoded": True,
        }
        for item in (event, event | encoded):
            answer = function(item)
            assert answer["statusCode"] == 200
            assert expected in json.loads(answer["body"])["text"]


def test_a_mention_is_answered_by_a_second_invocation(function: Lambda, slack: FakeSlack) -> None:
    event = http_event("POST", "/slack/events", json.dumps(mention(1)), "application/json")
    assert function.handle(event)["statusCode"] == 200
    assert slack.messages == []
    (invocation,) = function.invoked
    function.handle(invocation)
    assert "429" in slack.messages[0]["text"]


@pytest.mark.parametrize(
    "change",
    [
        {"x-slack-signature": "v0=0"},
        {"x-slack-signature": "v0=0", "x-slack-bolt-lazy-function-name": "handle_mention"},
    ],
)
def test_a_forged_request_gets_401(function: Lambda, change: dict[str, str]) -> None:
    event = command("help")
    assert function(event | {"headers": event["headers"] | change})["statusCode"] == 401


def test_nobody_outside_can_choose_a_listener(function: Lambda, slack: FakeSlack) -> None:
    event = http_event("POST", "/slack/events", json.dumps(mention(1)), "application/json")
    event["headers"] |= {
        "x-slack-bolt-lazy-only": "1", "x-slack-bolt-lazy-function-name": "handle_mention",
    }  # fmt: skip
    function.handle(event)
    assert slack.messages == [] and len(function.invoked) == 1


def test_an_answer_that_has_to_wait_is_sent_with_an_event_of_the_schedule(
    function: Lambda, slack: FakeSlack
) -> None:
    slack.fail_next("chat.postMessage", Failure(status=429, retry_after=2))
    function(http_event("POST", "/slack/events", json.dumps(mention(1)), "application/json"))
    schedule = {"source": "aws.events"}
    function(schedule)
    assert slack.messages == []
    time.sleep(2.1)
    function(schedule)
    assert len(slack.messages) == 1


@pytest.mark.parametrize("source", ["aws.events", "aws.scheduler"])
def test_the_schedule_is_the_clock(function: Lambda, tmp_path: Path, source: str) -> None:
    event = {"version": "0", "source": source, "detail-type": "Scheduled Event", "detail": {}}
    function(event)
    store = Store(f"sqlite:///{tmp_path}/factbot.db")
    assert store.last_beat() == pytest.approx(time.time(), abs=10)
    store.close()


def test_many_workspaces_install_it(make_function: Callable[..., Lambda]) -> None:
    keys = (Fernet.generate_key().decode(),)
    function = make_function(client_id="1.2", client_secret="s", encryption_keys=keys)
    page = function(http_event("GET", "/slack/install"))
    cookie = page["cookies"][0].partition(";")[0]
    query = urlencode({"code": "T1-code", "state": cookie.partition("=")[2]})
    back = http_event("GET", "/slack/oauth_redirect", cookies=[cookie], rawQueryString=query)
    assert (page["statusCode"], function(back)["statusCode"]) == (200, 200)


def test_the_other_pages(function: Lambda) -> None:
    """Not the metrics, which anyone could read at a function's URL."""
    paths = ("/healthz", "/readyz", "/x", "/metrics")
    found = [function(http_event("GET", path))["statusCode"] for path in paths]
    assert found == [200, 200, 404, 404]


def test_a_path_before_ours_is_cut_off(make_function: Callable[..., Lambda]) -> None:
    function = make_function(bot_token="xoxb-test", url="https://example.com/prod")
    for prefix in ("/prod", ""):
        asked = command("what is 429 in api gateway")
        answer = function(asked | {"rawPath": f"{prefix}/slack/events"})
        assert "429" in json.loads(answer["body"])["text"]
        assert function(http_event("GET", f"{prefix}/healthz"))["statusCode"] == 200
    assert function(http_event("GET", "/product/healthz"))["statusCode"] == 404


def test_agents_may_ask_a_function_with_a_token(make_function: Callable[..., Lambda]) -> None:
    pytest.importorskip("mcp")
    token = "a-token-of-an-agent-0123456789"
    function = make_function(bot_token="xoxb-test", mcp_token=token)
    params = {"name": "search_facts", "arguments": {"question": "what is 429 in api gateway"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    event = http_event("POST", "/mcp", json.dumps(call), "application/json")
    assert function(event)["statusCode"] == 401
    event["headers"] |= {"authorization": f"Bearer {token}", "accept": "application/json"}
    answer = function(event)
    assert answer["statusCode"] == 200
    found = json.loads(answer["body"])["result"]["structuredContent"]
    assert found["answer"]["id"] == "apigw-429"


def test_what_an_event_logs_is_written_before_the_process_rests(
    slack: FakeSlack, tmp_path: Path
) -> None:
    script = (
        "import json, os, sys, time\n"
        "from types import SimpleNamespace\n"
        "class Slow:\n"
        "    def write(self, text): time.sleep(0.05); os.write(2, text.encode())\n"
        "    def flush(self): pass\n"
        "sys.stderr = Slow()\n"
        "from bot.aws_lambda import handler\n"
        "handler(json.loads(sys.argv[1]), SimpleNamespace(invoked_function_arn='arn'))\n"
        "os._exit(0)"
    )
    environ = ENVIRON | {
        "SLACK_API_URL": slack.url, "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{tmp_path}/factbot.db",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }  # fmt: skip
    event = command("what is 429 in api gateway")
    arguments = [sys.executable, "-c", script, json.dumps(event)]
    done = subprocess.run(arguments, env=environ, capture_output=True, text=True, cwd=tmp_path)
    assert " served kind=command team=T1" in done.stderr, done.stderr
