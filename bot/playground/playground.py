"""`factbot playground`: a local Slack with the bot in it, and a page to use it from."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from bot.fake_slack.member import Desk
from bot.fake_slack.sample_workspace import MEMBERS
from bot.fake_slack.server import RESPONSE, Answer, Call, FakeSlack
from bot.fake_slack.traffic import FACTBOT, Exchange, Traffic
from bot.playground.changes import Changes
from bot.playground.movable_clock import Hands
from bot.playground.page import build_page
from bot.playground.reloading import Reloading
from bot.playground.stage import Stage
from bot.settings import Settings
from bot.store import Store

HOST = "127.0.0.1"


@contextmanager
def playground(settings: Settings, port: int, folder: Path) -> Iterator[str]:
    """Serve it, with its database in a folder; the page's address.

    Takes only the facts, the cache and the name of the command from the settings.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    hands, changes, traffic = Hands(), Changes(), Traffic()
    with ExitStack() as stack:
        slack = stack.enter_context(FakeSlack(now=hands))
        slack.users |= {each.id: {"tz": each.tz, "real_name": each.name} for each in MEMBERS}
        slack.watch = _noting(traffic, changes)
        settings = Settings(
            facts=settings.facts,
            cache=settings.cache,
            command=settings.command,
            bot_token="xoxb-test",
            signing_secret=secrets.token_hex(16),
            api_url=slack.url,
            database_url=f"sqlite:///{folder}/factbot.db",
        )
        store = Store(settings.database_url, hands, settings.lease)
        stack.callback(store.close)
        store.prepare()
        bot = Reloading(settings, store, changes.note)
        stop = threading.Event()
        runner = threading.Thread(target=bot.run, args=(stop,), name="bot")
        runner.start()
        stack.callback(runner.join)
        stack.callback(stop.set)
        endpoint = stack.enter_context(_served(bot, 0))
        secret = str(settings.signing_secret)
        desk = Desk(slack, f"{endpoint}/slack/events", secret, traffic)
        stage = Stage(slack, desk, traffic, hands, store, settings.command, lambda: bot.lint)
        address = stack.enter_context(_served(build_page(stage, changes), port))
        stack.callback(changes.close)
        yield address


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


def _noting(traffic: Traffic, changes: Changes) -> Callable[[Call, Answer, frozenset[str]], None]:
    """Remembers each of the bot's calls and tells the pages that something has changed."""

    def note(call: Call, answer: Answer, touched: frozenset[str]) -> None:
        what = "response_url" if call.method == RESPONSE else call.method
        exchange = Exchange(
            time.time(), FACTBOT, what, call.body, answer.status, answer.body, 0.0, touched
        )
        traffic.note(exchange)
        changes.note()

    return note
