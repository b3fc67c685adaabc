"""Coding agents and Slackbot ask real processes, with the official client."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any

import anyio
import pytest
from slack_sdk.signature import SignatureVerifier

from bot import messages
from bot.answers.as_json import fact_as_json, result_as_json
from bot.answers.asking import ask_as_in_slack
from bot.fake_slack.server import FakeSlack
from bot.servers.mcp_endpoint import MAX_REQUEST_BYTES
from bot.slack.manifest import manifest
from knowledge import KnowledgeBase
from tests.conftest import ENVIRON
from tests.scenarios.test_postgres import wait_until
from tests.scenarios.test_prefix import is_up
from tests.scenarios.test_processes import SECRET, http, start, stop
from tests.unit.bot.test_cli import factbot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.anyio,
    pytest.mark.skipif(find_spec("mcp") is None, reason="the extra mcp is not installed"),
]

MCP = (*factbot(), "mcp")
TOKEN = "a-token-of-an-agent-0123456789"
QUESTIONS = (
    "what is 429 in api gateway",
    "can I delay an sqs message for 20 minutes",
    "GSI vs LSI",
    "sqs",
    "best pizza in town",
    "how do I resize a lightsail instance",
    "hello",
    "",
)
MODES = ("legacy", "auto")
"""The handshake of 2025, which Slackbot speaks, and the newest protocol."""
CALL = {
    "jsonrpc": "2.0", "id": 1, "method": "tools/call",
    "params": {"name": "search_facts", "arguments": {"question": "sqs message size"}},
}  # fmt: skip


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clients() -> Any:
    from tests.scenarios import mcp_clients

    return mcp_clients


@pytest.fixture
def serve(slack: FakeSlack, tmp_path: Path, free_port: int) -> Iterator[Any]:
    """Starts `factbot serve` with settings; its port."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(**settings: str) -> int:
        settings |= {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(free_port)}
        with (tmp_path / "log").open("wb") as log:
            started.append(start("serve", slack, tmp_path, log, **settings))
        wait_until(lambda: is_up(free_port))
        return free_port

    yield serve
    for process in started:
        stop(process)


@pytest.mark.parametrize("mode", MODES)
async def test_an_agent_gets_the_same_answers_and_refusals_as_a_person(
    knowledge: KnowledgeBase, mode: str, clients: Any
) -> None:
    today = datetime.now(UTC).date()
    async with clients.over_stdio(mode, *MCP) as client:
        for question in QUESTIONS:
            found = await client.call_tool("search_facts", {"question": question})
            expected = ask_as_in_slack(knowledge, question)
            assert not found.is_error
            assert found.structured_content == result_as_json(knowledge, expected, today)
            (block,) = found.content
            assert block.type == "text"
            if expected.best and expected.confident:
                fact = expected.best.fact
                assert fact.answer in block.text and fact.source in block.text
                assert fact.checked in block.text and fact.id in block.text
                assert (expected.verdict or "") in block.text
            elif expected.outcome.value in ("unknown", "suggest"):
                assert block.text.startswith(messages.remark(expected))


async def test_an_agent_gets_a_fact_by_its_id_and_a_hint_for_a_wrong_one(
    knowledge: KnowledgeBase, clients: Any
) -> None:
    today = datetime.now(UTC).date()
    merged, fact = next((alias, f) for f in knowledge.facts.values() for alias in f.aliases)
    async with clients.in_this_process(knowledge) as client:
        for fact_id in (fact.id, merged):
            found = await client.call_tool("get_fact", {"id": fact_id})
            assert found.structured_content == fact_as_json(knowledge, fact, today)
        wrong = await client.call_tool("get_fact", {"id": "apigw-42"})
        assert wrong.is_error and "apigw-429" in str(wrong.content)
        listed = await client.call_tool("list_services", {})
        services = {item["id"]: item for item in (listed.structured_content or {})["services"]}
        assert set(services) == set(knowledge.services)
        assert services["sqs"]["facts"] == knowledge.overview("sqs").count


async def test_tools_say_that_they_only_read_and_what_they_return(
    knowledge: KnowledgeBase, clients: Any
) -> None:
    async with clients.in_this_process(knowledge) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search_facts", "get_fact", "list_services"}
        for tool in tools.values():
            assert tool.annotations and tool.annotations.read_only_hint is True
            assert tool.output_schema and tool.description and tool.title
        offered = client.server_capabilities.tools
        assert offered and not offered.list_changed  # or else clients would keep a request open
        assert not (await client.list_resources()).resources
        assert not (await client.list_prompts()).prompts


async def test_own_facts_are_served_and_a_broken_argument_harms_nothing(
    tmp_path: Path, two_services: Path, clients: Any
) -> None:
    from tests.unit.knowledge.test_loader import fact, write

    folder = write(tmp_path / "own", fact("sns-of-our-own"))
    command = (*factbot(two_services), "mcp")
    environ = {"FACTBOT_FACTS": str(folder), "FACTBOT_CACHE": "off"}
    async with clients.over_stdio("auto", *command, **environ) as client:
        for wrong in ({}, {"question": 7}, {"question": "x" * 16_001}):
            found = await client.call_tool("search_facts", wrong)
            assert found.is_error
        found = await client.call_tool("get_fact", {"id": "sns-of-our-own"})
        assert (found.structured_content or {})["title"] == "Title of sns-of-our-own"


def test_nothing_but_messages_is_on_standard_output_and_no_question_in_the_log() -> None:
    hello = {
        "jsonrpc": "2.0", "id": 0, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "Slackbot MCP Client", "version": "1.0.0"},
        },
    }  # fmt: skip
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    sent = [hello, ready, CALL, {**CALL, "id": 2, "params": {"name": "sqs message size"}}]
    lines = [*map(json.dumps, sent), "sqs message size, which is no JSON"]
    process = subprocess.Popen(
        MCP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=ENVIRON,
    )  # fmt: skip
    assert process.stdin and process.stdout
    process.stdin.write(("\n".join(lines) + "\n").encode())
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(3)]
    rest, log = process.communicate(timeout=30)
    assert rest == b"" and process.returncode == 0
    assert {answer["id"] for answer in answers} == {0, 1, 2}
    assert b"sqs message size" not in log


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError(name='mcp')", encoding="utf-8")
    environ = ENVIRON | {"PYTHONPATH": str(tmp_path)}
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET}
    tokens |= {"DATABASE_URL": f"sqlite:///{tmp_path}/x.db", "FACTBOT_MCP_TOKEN": TOKEN}
    for arguments, more in ((["mcp"], {}), (["serve"], tokens)):
        done = subprocess.run(
            [*factbot(), *arguments], env=environ | more, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 2 and done.stdout == ""
        assert done.stderr.strip().endswith("pip install 'factbot[mcp]'")
        assert "Traceback" not in done.stderr


async def test_whoever_has_the_token_may_ask_over_http(serve: Any, clients: Any) -> None:
    port = await anyio.to_thread.run_sync(lambda: serve(FACTBOT_MCP_TOKEN=TOKEN))
    url, headers = f"http://127.0.0.1:{port}/mcp", {"Authorization": f"Bearer {TOKEN}"}
    for mode in MODES:
        async with clients.over_http(url, mode, headers=headers) as client:
            found = await client.call_tool("search_facts", {"question": QUESTIONS[0]})
            assert (found.structured_content or {})["answer"]["id"] == "apigw-429"
            refused = await client.call_tool("search_facts", {"question": "best pizza in town"})
            assert (refused.structured_content or {})["answer"] is None
    metrics = http("GET", port, "/metrics")[1]
    asked = f'factbot_asks_total{{outcome="answer",surface="agent"}} {len(MODES)}.0'
    assert asked in metrics
    assert 'factbot_request_seconds_count{kind="mcp",outcome="200"}' in metrics


async def test_slackbot_may_ask_at_the_address_of_the_manifest(serve: Any, clients: Any) -> None:
    public = "https://example.com/tools/factbot"
    made = manifest("/aws", public, slackbot=True)["mcp_servers"]["factbot"]["url"]
    path = made.removeprefix("https://example.com")
    settings = {"FACTBOT_SLACKBOT": "on", "FACTBOT_URL": public}
    port = await anyio.to_thread.run_sync(lambda: serve(**settings))
    for item, mode in product((path, "/mcp"), MODES):  # some proxies cut the path off
        url = f"http://127.0.0.1:{port}{item}"
        async with clients.over_http(url, mode, auth=clients.Slackbot(SECRET)) as client:
            found = await client.call_tool("get_fact", {"id": "sqs-message-size"})
            assert (found.structured_content or {})["service"] == "Amazon SQS"


def ask(port: int, body: bytes = json.dumps(CALL).encode(), **headers: str) -> tuple[int, Any, Any]:
    """Status, headers, and body of the answer to a call."""
    known = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", "/mcp", body, known | more)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def signed(body: bytes, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    then = str(int(time.time()) - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=then, body=body)
    return {"X_Slack_Request_Timestamp": then, "X_Slack_Signature": str(signature)}


def test_nobody_else_may_ask_over_http(serve: Any, tmp_path: Path) -> None:
    port = serve(FACTBOT_MCP_TOKEN=TOKEN)
    body = json.dumps(CALL).encode()
    strangers: list[dict[str, str]] = [
        {}, {"Authorization": "Bearer"}, {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Basic {TOKEN}"}, {"Authorization": TOKEN},
        {"Authorization": "Bearer \u00e9\u00ff"}, signed(body),
    ]  # fmt: skip
    for headers in strangers:
        status, reply, text = ask(port, body, **headers)
        assert status == 401, headers
        assert reply["WWW-Authenticate"] == "Bearer"
        assert b"FACTBOT_MCP_TOKEN" in text and b"MiB" not in text
    assert ask(port, body, Authorization=f"bearer {TOKEN}")[0] == 200
    assert http("GET", port, "/mcp")[0] == 405
    assert http("DELETE", port, "/mcp")[0] == 405
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert TOKEN not in log and "sqs message size" not in log and "Traceback" not in log


def test_slackbot_is_believed_only_what_slack_signed(serve: Any) -> None:
    port = serve(FACTBOT_SLACKBOT="on")
    body = json.dumps(CALL).encode()
    assert ask(port, body, **signed(body))[0] == 200
    assert ask(port, body, **signed(body, age=600))[0] == 401
    assert ask(port, body, **signed(body, secret="another"))[0] == 401
    assert ask(port, body + b" ", **signed(body))[0] == 401
    assert ask(port, body, Authorization="Bearer None")[0] == 401
    assert ask(port, body, Authorization="Bearer ")[0] == 401


def test_without_a_setting_there_is_nothing(serve: Any) -> None:
    port = serve()
    body = json.dumps(CALL).encode()
    assert ask(port, body, **signed(body))[0] == 404


BROKEN = (
    b"", b"{", b"[]", b"null", b"7", b"\xff\xfe", b"[" * 50_000, b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "none"}}',
    b'{"jsonrpc": "2.0", "id": 1, "result": {}}',
    b'{"jsonrpc": "2.0", "method": "notifications/initialized"}',
)  # fmt: skip


def test_what_is_too_long_or_broken_is_refused_and_harms_nothing(
    serve: Any, tmp_path: Path
) -> None:
    port = serve(FACTBOT_MCP_TOKEN=TOKEN)
    allowed = {"Authorization": f"Bearer {TOKEN}"}
    assert ask(port, b" " * (MAX_REQUEST_BYTES + 1), **allowed)[0] == 413
    for version in ("", "2025-06-18", "2026-07-28", "nonsense"):
        for body in BROKEN:
            status, _, _ = ask(port, body, **allowed, MCP_Protocol_Version=version)
            assert 200 <= status < 500, (version, body)
    assert ask(port, json.dumps(CALL).encode(), **allowed)[0] == 200
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
