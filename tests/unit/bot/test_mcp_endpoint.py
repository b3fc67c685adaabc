"""The MCP endpoint when tools are slow or break."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from bot.operations.metrics import Metrics
from bot.servers import mcp_endpoint
from bot.servers.mcp_endpoint import MAX_CONCURRENT_REQUESTS, Access, HttpAnswer, McpEndpoint

TOKEN = "a-token-of-an-agent-0123456789"
HEADERS = {
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "application/json",
    "Accept": "application/json",
}
BODY = json.dumps(
    {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "tool", "arguments": {}}}
).encode()


def endpoint(tool: Callable[[], Any]) -> McpEndpoint:
    mcp_server = pytest.importorskip("mcp.server")  # a second to import
    server = mcp_server.MCPServer("test", log_level="ERROR", subscriptions=False)
    server.add_tool(tool, name="tool")
    return McpEndpoint(server, Access(TOKEN), Metrics(lambda: None))


async def sleep() -> str:
    await anyio.sleep(60)
    return "late"


def test_a_slow_tool_is_given_up_and_its_place_is_free_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mcp_endpoint, "TIMEOUT_SECONDS", 0.05)
    slow = endpoint(sleep)
    for _ in range(MAX_CONCURRENT_REQUESTS + 1):
        assert slow.answer(BODY, HEADERS).status == 504


@pytest.mark.slow
def test_agents_never_take_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_endpoint, "TIMEOUT_SECONDS", 3.0)
    begun, done = threading.Semaphore(0), threading.Event()

    async def wait() -> str:
        begun.release()
        while not done.is_set():
            await anyio.sleep(0.01)
        return "done"

    busy, answers = endpoint(wait), list[HttpAnswer]()
    threads = [
        threading.Thread(target=lambda: answers.append(busy.answer(BODY, HEADERS)))
        for _ in range(MAX_CONCURRENT_REQUESTS)
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert begun.acquire(timeout=10)
    refused = busy.answer(BODY, HEADERS)
    done.set()
    for thread in threads:
        thread.join()
    assert refused.status == 503 and refused.headers["Retry-After"]
    assert [answer.status for answer in answers] == [200] * len(threads)


def test_an_error_of_ours_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> str:
        raise ValueError("a private word")

    with caplog.at_level(logging.ERROR):
        answer = endpoint(broken).answer(BODY, HEADERS)
    assert answer.status == 200 and b"isError" in answer.body
    assert b"private word" not in answer.body
    assert any(record.exc_info for record in caplog.records)


def test_nobody_may_ask_where_there_is_neither_token_nor_secret() -> None:
    for token in ("None", ""):
        assert not Access().allows(b"", {"authorization": f"Bearer {token}"})
