"""Clients of the MCP server: a coding agent's, and Slackbot's.

They take a second to import, so tests do so only as they run.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from slack_sdk.signature import SignatureVerifier

from bot.agents.server import build_server
from knowledge import KnowledgeBase
from tests.conftest import ENVIRON


@asynccontextmanager
async def over_stdio(mode: str, *command: str, **environ: str) -> AsyncGenerator[Client]:
    """A client that starts `factbot mcp`."""
    program, *arguments = command
    server = StdioServerParameters(command=program, args=arguments, env=ENVIRON | environ)
    async with Client(stdio_client(server), mode=mode) as client:
        yield client


@asynccontextmanager
async def in_this_process(knowledge: KnowledgeBase) -> AsyncGenerator[Client]:
    """A client of the same server without a process around it."""
    server = build_server(knowledge, lambda: datetime.now(UTC).date())
    async with Client(server) as client:
        yield client


class Slackbot(httpx2.Auth):
    """Signs requests as Slack does: https://docs.slack.dev/ai/slackbot-mcp-client"""

    requires_request_body = True

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, Any, None]:
        now = str(int(time.time()))
        signature = self._verifier.generate_signature(timestamp=now, body=request.content)
        request.headers["X-Slack-Request-Timestamp"] = now
        request.headers["X-Slack-Signature"] = str(signature)
        yield request


@asynccontextmanager
async def over_http(url: str, mode: str, **options: Any) -> AsyncGenerator[Client]:
    async with httpx2.AsyncClient(trust_env=False, **options) as http_client:
        transport = streamable_http_client(url, http_client=http_client)
        async with Client(transport, mode=mode) as client:
            yield client
