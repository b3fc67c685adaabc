"""The Bolt app: what is registered, and what happens when something breaks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from bot import messages
from bot.listeners.actions import Actions
from bot.listeners.commands import Commands, begins_with, begins_with_none
from bot.listeners.events import Events, ignore
from bot.listeners.home import Home
from bot.listeners.lazily import lazily
from bot.listeners.lifecycle import Lifecycle
from bot.listeners.payload import team
from bot.listeners.practice import Practice
from bot.listeners.quiz_answers import QuizAnswers
from bot.listeners.quiz_commands import QuizCommands
from bot.listeners.quiz_setup import QuizSetup
from bot.services import Services
from bot.settings import Settings
from bot.slack.many import ManyWorkspaces
from bot.views.card import HELPFUL, MORE, SHARE, SHOW_FACT, WRONG
from bot.views.practice import CHOICES, NEXT, PRACTICE, REMIND
from bot.views.quiz import ANSWER
from bot.views.quiz_settings import CALLBACK, TZ

log = logging.getLogger(__name__)

ACTIVITIES = ("quiz", "leaderboard", "practice")
"""First words of a command that are no question."""
TIMEOUT = 5
"""Seconds we wait for Slack in a listener."""
RETRIES = 3
"""How often a listener waits as long as Slack asks for and tries again; nobody waits for it."""


def build_app(settings: Settings, services: Services) -> App:
    """The app for one workspace. Building it and acknowledging a request call nobody."""
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.WARNING)
    client = WebClient(base_url=settings.api_url, timeout=TIMEOUT)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=RETRIES))
    app = App(
        signing_secret=settings.signing_secret,
        client=client,
        authorize=_authorize(settings, services.workspaces),
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(20, thread_name_prefix="listener"),
    )
    register(app, settings, services)
    app.error(handle_error)
    return app


def register(app: App, settings: Settings, services: Services) -> None:
    store, quizmaster = services.store, services.quizmaster
    practice = Practice(store, quizmaster)
    setup = QuizSetup(store, quizmaster, settings.command)
    quiz = QuizCommands(store, quizmaster, services.carrier, setup)
    commands = Commands(services.answering, services.lookups)
    events = Events(services.answering, store, services.lookups, practice, settings.command)
    actions = Actions(services.answering, store)
    answers = QuizAnswers(store, quizmaster)
    home = Home(store, quizmaster, practice, settings.command)

    any_name = re.compile(r".*")
    # The questions' listener stands first, because Bolt tries one after the other.
    app.command(any_name, matchers=[begins_with_none(ACTIVITIES)])(commands.handle_command)
    handlers: tuple[Callable[..., None], ...] = (
        quiz.handle_quiz,
        quiz.handle_leaderboard,
        practice.handle_command,
    )
    for word, handler in zip(ACTIVITIES, handlers, strict=True):
        app.command(any_name, matchers=[begins_with(word)])(ack=_accept, lazy=[lazily(handler)])
    app.view(CALLBACK)(ack=setup.check, lazy=[lazily(setup.save)])
    app.options(f"quiz_{TZ}")(setup.suggest_zones)
    app.event("app_mention")(ack=ignore, lazy=[lazily(events.handle_mention)])
    app.event("message")(ack=ignore, lazy=[lazily(events.handle_message)])
    lifecycle = Lifecycle(store, services.workspaces)
    app.event("app_uninstalled")(ack=ignore, lazy=[lazily(lifecycle.handle_uninstalled)])
    app.event("tokens_revoked")(ack=ignore, lazy=[lazily(lifecycle.handle_revoked)])
    app.event("app_home_opened")(ack=ignore, lazy=[lazily(home.handle_opened)])
    app.event(any_name)(ignore)
    for pattern, action in (
        (re.compile(rf"{ANSWER}_\d"), answers.handle_answer),
        (re.compile(rf"{PRACTICE}_\d"), practice.handle_answer),
        (NEXT, practice.handle_next),
        (REMIND, practice.handle_choice),
        (CHOICES, practice.handle_choice),
        (re.compile(rf"{SHOW_FACT}_\w+"), actions.handle_show),
        (MORE, actions.handle_more),
        (SHARE, actions.handle_share),
        (HELPFUL, actions.handle_feedback),
        (WRONG, actions.handle_feedback),
        (re.compile(r"home_\w+"), home.handle_press),
        (any_name, actions.handle_unknown),
    ):
        app.action(pattern)(ack=_accept, lazy=[lazily(action)])
    app.options(any_name)(_no_options)


def _accept(ack: Any) -> None:
    ack()


def _no_options(ack: Any) -> None:
    ack(options=[])


def _authorize(settings: Settings, workspaces: ManyWorkspaces | None) -> Any:
    """Find the token of a request's workspace; nobody asks Slack for it."""

    def one(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token
        )

    def many(
        context: BoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        assert workspaces is not None
        whole = bool(context.is_enterprise_install)
        bot = workspaces.bot(enterprise_id, None if whole else team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=bot.bot_token,
            bot_id=bot.bot_id, bot_user_id=bot.bot_user_id,
        )  # fmt: skip

    return many if workspaces else one


def handle_error(error: Exception, request: BoltRequest, body: dict[str, Any]) -> BoltResponse:
    """Log what broke, without what was written; tell the person if the reply can carry it."""
    kind = body.get("command") or body.get("type") or "request"
    log.error("listener failed: team=%s kind=%s", team(body), kind, exc_info=error)
    if "command" in body:
        return BoltResponse(status=200, body={"text": messages.BROKEN})
    return BoltResponse(status=200, body="")
