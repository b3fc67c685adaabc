"""`factbot mcp`: the facts for coding agents."""

from __future__ import annotations

import sys
import time

import click

from bot.agents.loading import load_server
from bot.cli.fact_base import knowledge_from_settings
from bot.cli.terminal import say
from bot.dates import day_of

WAITING = (
    "Waiting for an agent on standard input. Press Ctrl+C to stop. Agents start this command "
    "themselves; docs/operate.md says how to set one up."
)


@click.command()
def mcp() -> None:
    """Serve the facts to a coding agent (MCP).

    The agent starts this command itself and talks to it over standard input and output.
    docs/operate.md says how to set one up.
    """
    from bot.operations.logs import set_up

    server = load_server(knowledge_from_settings(in_background=True), lambda: day_of(time.time()))
    set_up("text", ())  # standard output is the agent's
    if sys.stdin.isatty():
        say(WAITING, err=True)
    server.run("stdio")
