"""Load the MCP server. The packages it needs load only here, and may be missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.settings import SettingsError

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from bot.operations.metrics import Metrics
    from knowledge import KnowledgeBase

NEEDS_MCP = "Serving agents needs one more package: pip install 'factbot[mcp]'"
_OF_THE_EXTRA = ("mcp", "mcp_types", "pydantic")


def load_server(
    knowledge: KnowledgeBase, today: Callable[[], date], metrics: Metrics | None = None
) -> MCPServer[Any]:
    """The server, for any transport; raises SettingsError if the extra is not installed."""
    try:
        from bot.agents.server import build_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _OF_THE_EXTRA:
            raise
        raise SettingsError(NEEDS_MCP) from error
    return build_server(knowledge, today, metrics)
