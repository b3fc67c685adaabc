"""The commands that start a process. Slack, Flask, and SQLAlchemy load only here."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say, say_styled
from bot.database import explained
from bot.settings import Settings, SettingsError, forget_proxies

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from bot.servers.waitress_server import Server
    from bot.services import Services

PLAYGROUND_SETTINGS = ("facts", "cache", "command", "reference")
"""What the playground takes from the environment: it must not reach your Slack or database."""


@click.command()
def key() -> None:
    """Print a new key for FACTBOT_ENCRYPTION_KEYS."""
    from cryptography.fernet import Fernet

    say(Fernet.generate_key().decode())


@click.command()
def doctor() -> None:
    """Check the setup, and say how to fix what's wrong.

    Checks settings, tokens, scopes, database, facts, and clock. Exits with status 1 if something
    would stop the bot.
    """
    from bot.operations.doctor import State, examine

    colors = {State.GOOD: "green", State.NOTE: "yellow", State.FAULT: "red"}
    states = set()
    for finding in examine(*Settings.read()):
        states.add(finding.state)
        state = (f"{finding.state.value:<6}", {"fg": colors[finding.state]})
        say_styled(state, (f" {finding.what:<11} {finding.found}", {}))
        if finding.advice and finding.state is not State.GOOD:
            say(f"       {'':<11} {finding.advice}")
    sys.exit(1 if State.FAULT in states else 0)


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot.store import Store

    store = Store(Settings.from_env(names=("database_url",)).database_url)
    try:
        with explained(store):
            store.prepare()
    finally:
        store.close()
    say("The database is up to date.")


@click.command()
def serve() -> None:
    """Serve Slack requests over HTTP.

    The quiz also needs `factbot clock`.
    """
    settings = _settings("signing_secret")
    from bot.build import build
    from bot.operations.shutdown import finish, stopped_by_signals
    from bot.servers.web import build_web

    bot = build(settings)
    services = bot.services
    try:
        web = build_web(bot)
        gc.collect()
        gc.freeze()  # the facts stay: no collection need look at them again
        services.outbox.start()
        _server(web, "PORT", settings.port).run(stopped_by_signals())
        finish(services.pool, services.outbox)
    finally:
        services.close()


@click.command()
def run() -> None:
    """Connect to Slack over Socket Mode and run the clock.

    This needs no public address.
    """
    settings = _settings("app_token")
    from bot.build import build
    from bot.operations.doctor import app_token_fault
    from bot.operations.shutdown import finish
    from bot.servers import socket_mode as socket_mode
    from bot.slack.errors import NETWORK

    bot = build(settings, _steady_time(settings))
    services = bot.services
    try:
        with _metrics(settings, services):
            services.outbox.start()
            clock = services.build_clock().run
            end = partial(finish, services.pool, services.outbox)
            status = socket_mode.run(bot.app, str(settings.app_token), clock, end)
    except NETWORK as error:
        fault = app_token_fault(error, settings.api_url)
        raise SettingsError(f"SLACK_APP_TOKEN: {fault.found}. {fault.advice}") from error
    finally:
        services.close()
    sys.exit(status)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then exit.")
def clock(once: bool) -> None:
    """Post questions, answers, and reminders on time.

    You can run more than one.
    """
    settings = _settings()
    from bot.build import build
    from bot.operations.shutdown import stopped_by_signals
    from bot.posting.clock import MAX_WAIT_SECONDS

    services = build(settings, _steady_time(settings)).services
    try:
        if once:
            with explained(services.store):
                services.build_clock().tick(max_wait_seconds=MAX_WAIT_SECONDS)
        else:
            with _metrics(settings, services):
                services.build_clock().run(stopped_by_signals())
    finally:
        services.close()


@click.command()
@click.option(
    "--port", default=8000, show_default=True, help="Port for the page; 0 picks a free one."
)
@click.option("--keep", is_flag=True, help="Keep the database and print where it is.")
@click.option("--no-browser", is_flag=True, help="Don't open a browser; only print the address.")
def playground(port: int, keep: bool, no_browser: bool) -> None:
    """Try the bot in a browser, with no account, token, or network."""
    from bot.operations.shutdown import stopped_by_signals
    from bot.playground.playground import playground

    settings = Settings.from_env(names=PLAYGROUND_SETTINGS)
    forget_proxies()
    stop = stopped_by_signals()
    folder = _temporary_folder()
    try:
        with playground(settings, _free(port), folder) as address:
            say(f"The playground is at {address}/ (press Ctrl+C to stop)")
            if keep:
                say(f"Its database is kept in {folder}")
            if not no_browser:
                click.launch(f"{address}/")
            stop.wait()
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder() -> Path:
    try:
        import tempfile  # slow to import for the other commands

        return Path(tempfile.mkdtemp(prefix="factbot-"))
    except OSError as error:
        raise SettingsError(
            "Can't write to any folder for temporary files. "
            "Set the environment variable TMPDIR to a folder that is writable."
        ) from error


def _free(port: int) -> int:
    """The port. Raises SettingsError if nothing can listen on it."""
    try:
        import socket  # slow to import for the other commands

        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "it must be from 0 to 65535"
        raise SettingsError(
            f"Can't use port {port} ({reason}). Choose another with --port."
        ) from error
    return port


def _settings(*names: str) -> Settings:
    """The settings of a process that talks to Slack, with its log set up."""
    from bot.operations.logs import set_up

    settings = Settings.from_env()
    settings.require_workspaces(*names)
    set_up(settings.log, settings.secrets())
    return settings


def _steady_time(settings: Settings) -> Callable[[], float]:
    """The time for a process that runs the clock."""
    from bot.posting.steady_time import SteadyTime, slack_time

    return SteadyTime(lambda: slack_time(settings.api_url))


@contextmanager
def _metrics(settings: Settings, services: Services) -> Iterator[None]:
    """Serve the metrics on their own port, if FACTBOT_METRICS_PORT is set."""
    if settings.metrics_port is None:
        yield
        return
    stop = threading.Event()
    server = _server(services.metrics.page(), "FACTBOT_METRICS_PORT", settings.metrics_port, 1)
    thread = threading.Thread(target=server.run, args=(stop,), name="metrics")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _server(web: WSGIApplication, variable: str, port: int, threads: int | None = None) -> Server:
    """A server that is already listening. Raises SettingsError if the port can't be used."""
    from bot.servers.waitress_server import THREADS, Server

    try:
        return Server(web, port, threads or THREADS)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise SettingsError(
            f"{variable} {port} can't be used ({reason}). Set it to another port."
        ) from error
