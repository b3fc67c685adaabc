"""`factbot playground`: a local Slack with the bot in it, and a page to use it from."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from bot.database import open_store
from bot.fake_slack.member_actions import MemberActions
from bot.fake_slack.sample_workspace import BUSY_CHANNEL, BUSY_CHANNEL_MEMBERS, MEMBERS
from bot.fake_slack.server import RESPONSE, Call, CallObserver, FakeSlack, SlackResponse
from bot.fake_slack.traffic import Exchange, RequestSender, TrafficLog
from bot.playground.change_feed import ChangeFeed
from bot.playground.movable_clock import MovableClock
from bot.playground.page import build_page
from bot.playground.page_actions import PageActions
from bot.playground.reloading_bot import ReloadingBot
from bot.settings import Settings

HOST = "127.0.0.1"


@contextmanager
def playground(settings: Settings, port: int, folder: Path) -> Iterator[str]:
    """Serve it, with its database in a folder; the page's address.

    Uses only the facts, the cache and the name of the command from the settings.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    clock, changes, traffic = MovableClock(), ChangeFeed(), TrafficLog()
    with ExitStack() as stack:
        slack = stack.enter_context(FakeSlack(now=clock))
        slack.users |= {
            member.id: {"tz": member.tz, "real_name": member.name, "is_admin": member.is_admin}
            for member in MEMBERS
        }
        slack.scopes |= {"reactions:write", "channels:read", "mpim:history"}
        slack.members[BUSY_CHANNEL] = list(BUSY_CHANNEL_MEMBERS)
        slack.on_call = _call_recorder(traffic, changes)
        settings = _local_settings(settings, slack.url, folder)
        store = open_store(settings, clock)
        stack.callback(store.close)
        bot = ReloadingBot(settings, store, changes.notify)
        stop = threading.Event()
        runner = threading.Thread(target=bot.run, args=(stop,), name="bot")
        runner.start()
        stack.callback(runner.join)
        stack.callback(stop.set)
        endpoint = stack.enter_context(_served(bot, 0))
        secret = str(settings.signing_secret)
        members = MemberActions(slack, f"{endpoint}/slack/events", secret, traffic)
        actions = PageActions(slack, members, clock, store, settings.command, lambda: bot.lint)
        address = stack.enter_context(_served(build_page(actions, traffic, changes), port))
        stack.callback(changes.close)
        yield address


def _local_settings(settings: Settings, api_url: str, folder: Path) -> Settings:
    return Settings(
        facts=settings.facts,
        cache=settings.cache,
        command=settings.command,
        bot_token="xoxb-test",
        signing_secret=secrets.token_hex(16),
        api_url=api_url,
        database_url=f"sqlite:///{folder}/factbot.db",
    )


@contextmanager
def _served(app: Any, port: int) -> Iterator[str]:
    """Serve a WSGI application on this machine only; its address."""
    server = make_server(HOST, port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _call_recorder(traffic: TrafficLog, changes: ChangeFeed) -> CallObserver:
    """Records each of the bot's calls and tells the pages that something has changed."""

    def record(call: Call, response: SlackResponse, changed_ts: frozenset[str]) -> None:
        what = "response_url" if call.method == RESPONSE else call.method
        traffic.record(
            Exchange(
                time.time(), RequestSender.FACTBOT, what, call.body, response.status,
                response.body, 0.0, changed_ts,
            )
        )  # fmt: skip
        changes.notify()

    return record
