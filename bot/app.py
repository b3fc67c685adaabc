"""The Bolt app: what is registered, and what happens when something breaks."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot import messages
from bot.answering import Answering
from bot.listeners.actions import Actions
from bot.listeners.commands import Commands
from bot.listeners.events import Events, ignore
from bot.listeners.payload import team
from bot.settings import Settings
from bot.store import Store
from bot.views.card import HELPFUL, MORE, SHARE, SHOW_FACT, WRONG

log = logging.getLogger(__name__)

TIMEOUT = 5
"""Seconds we wait for Slack in a listener."""


def build_app(settings: Settings, answering: Answering, store: Store) -> App:
    """The app for one workspace. Building it and acknowledging a request call nobody."""
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.WARNING)
    app = App(
        signing_secret=settings.signing_secret,
        client=WebClient(base_url=settings.api_url, timeout=TIMEOUT),
        authorize=_authorize(settings),
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(20, thread_name_prefix="listener"),
    )
    register(app, settings, answering, store)
    app.error(handle_error)
    return app


def register(app: App, settings: Settings, answering: Answering, store: Store) -> None:
    commands = Commands(answering)
    events = Events(answering, store, settings.command)
    actions = Actions(answering, store)

    app.command(re.compile(r".*"))(commands.handle_command)
    app.event("app_mention")(ack=ignore, lazy=[events.handle_mention])
    app.event("message")(ack=ignore, lazy=[events.handle_message])
    app.event(re.compile(r".*"))(ignore)
    for pattern, handler in (
        (re.compile(rf"{SHOW_FACT}_\w+"), actions.handle_show),
        (MORE, actions.handle_more),
        (SHARE, actions.handle_share),
        (HELPFUL, actions.handle_feedback),
        (WRONG, actions.handle_feedback),
        (re.compile(r".*"), actions.handle_unknown),
    ):
        app.action(pattern)(ack=_accept, lazy=[handler])


def _accept(ack: Any) -> None:
    ack()


def _authorize(settings: Settings) -> Any:
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token
        )

    return authorize


def handle_error(error: Exception, request: BoltRequest, body: dict[str, Any]) -> BoltResponse:
    """Log what broke, without what was written; tell the person if the reply can carry it."""
    kind = body.get("command") or body.get("type") or "request"
    log.error("listener failed: team=%s kind=%s", team(body), kind, exc_info=error)
    if "command" in body:
        return BoltResponse(status=200, body={"text": messages.BROKEN})
    return BoltResponse(status=200, body="")
