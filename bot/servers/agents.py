"""Answer coding agents and Slackbot over HTTP, if the settings allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.agents.loading import load_server
from bot.services import Services
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.servers.mcp_endpoint import McpEndpoint


def build_endpoint(settings: Settings, services: Services) -> McpEndpoint | None:
    """The endpoint; None if no one may ask. Raises SettingsError if the extra isn't installed."""
    if not settings.mcp_token and not settings.slackbot_may_ask:
        return None
    answering = services.answering
    server = load_server(answering.knowledge, answering.today, services.metrics)
    from bot.servers.mcp_endpoint import Access, McpEndpoint  # needs the extra

    secret = settings.signing_secret if settings.slackbot_may_ask else None
    return McpEndpoint(server, Access(settings.mcp_token, secret), services.metrics)
