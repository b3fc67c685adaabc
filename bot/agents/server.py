"""The MCP server: three tools that only read. It knows the facts, and nothing of any workspace.

Needs the extra `mcp`: https://github.com/modelcontextprotocol/python-sdk
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server import MCPServer
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from bot.agents.answers import FullFact, SearchResult, ServiceList
from bot.answers.as_json import fact_as_json, result_as_json
from bot.answers.asking import ask_as_in_slack
from bot.answers.plain_text import Hints, fact_lines, result_lines
from bot.slack.incoming import MAX_RAW_CHARS
from knowledge import KnowledgeBase
from knowledge.counting import counted
from knowledge.model import MAX_ID_CHARS

if TYPE_CHECKING:
    from bot.operations.metrics import Metrics

INSTRUCTIONS = (
    "Facts about AWS that people wrote, each with its source and the day it was checked. Search "
    "in plain words or with an error message. If a result is not confident, say that factbot "
    "doesn't know; its alternatives may be about something else. Cite the source and the day. "
    "A reference comes from AWS's API models; say so, and that no person has reviewed it."
)
HINTS = Hints(
    show_one="get_fact shows one.",
    small_talk="I only know AWS facts. Ask me something like: sqs message size",
)
_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
SURFACE = "agent"
"""Where a question was asked, in the metrics."""


class FactTools:
    """The tools, and how each search ended in the metrics if there are any."""

    def __init__(
        self, knowledge: KnowledgeBase, today: Callable[[], date], metrics: Metrics | None = None
    ) -> None:
        self._knowledge = knowledge
        self._today = today
        self._metrics = metrics

    async def search_facts(
        self,
        question: Annotated[
            str,
            Field(
                description="A question, keywords, an error code, or a pasted error message.",
                max_length=MAX_RAW_CHARS,
            ),
        ],
    ) -> Annotated[CallToolResult, SearchResult]:
        """Answer an AWS question from checked facts, or say that there is no certain answer."""
        result = ask_as_in_slack(self._knowledge, question)
        if self._metrics:
            self._metrics.asked(SURFACE, result.outcome.value)
        found = result_as_json(self._knowledge, result, self._today())
        lines = [*map(str, result_lines(self._knowledge, result, self._today(), HINTS))]
        if found["answer"]:
            lines.append(f"ID: {found['answer']['id']}")
        return _result(lines, found)

    async def get_fact(
        self,
        id: Annotated[
            str, Field(description="The ID of a fact, as search_facts gives it.", max_length=200)
        ],
    ) -> Annotated[CallToolResult, FullFact]:
        """Show one fact with its detail, what changed, its source, and when it was checked."""
        fact = self._knowledge.facts.get(id)
        if fact is None:
            near = " or ".join(self._knowledge.similar_ids(id[:MAX_ID_CHARS]))
            hint = f"Did you mean {near}?" if near else "search_facts finds IDs."
            return _error(f"There is no fact with this ID. {hint}")
        lines = map(str, fact_lines(self._knowledge, fact, self._today()))
        return _result(lines, fact_as_json(self._knowledge, fact, self._today()))

    async def list_services(self) -> Annotated[CallToolResult, ServiceList]:
        """List the AWS services that there are facts about."""
        counts = self._knowledge.fact_counts()
        services = sorted(
            self._knowledge.services.values(), key=lambda service: service.name.lower()
        )
        lines = [
            f"{service.slug}: {service.name}, {counted(counts[service.slug], 'fact')}"
            for service in services
        ]
        rows = [
            {
                "id": service.slug,
                "name": service.name,
                "summary": service.summary,
                "facts": counts[service.slug],
            }
            for service in services
        ]
        return _result(lines, {"services": rows})


def build_server(
    knowledge: KnowledgeBase, today: Callable[[], date], metrics: Metrics | None = None
) -> MCPServer[Any]:
    """A server with the tools, for any transport."""
    server = MCPServer[Any](
        "factbot",
        title="factbot",
        instructions=INSTRUCTIONS,
        version=metadata.version("factbot"),
        log_level="ERROR",
        subscriptions=False,
    )
    tools = FactTools(knowledge, today, metrics)
    server.add_tool(tools.search_facts, title="Search AWS facts", annotations=_READS_ONLY)
    server.add_tool(tools.get_fact, title="Show an AWS fact", annotations=_READS_ONLY)
    server.add_tool(tools.list_services, title="List AWS services", annotations=_READS_ONLY)
    return server


def _result(lines: Iterable[str], value: dict[str, Any]) -> CallToolResult:
    text = "\n".join(lines)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=value)


def _error(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
