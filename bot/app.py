"""The Bolt app: the table of its listeners, and what happens when something breaks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot import messages
from bot.answers.commands import ACTIVITIES
from bot.handlers import Handlers, build_handlers
from bot.listeners.activities import is_about, is_no_activity
from bot.listeners.events import ignore
from bot.listeners.guard import UNREAD, UNREADABLE
from bot.listeners.payload import team, text
from bot.listeners.serving import Serving
from bot.services import Services
from bot.settings import Settings
from bot.slack.authorizing import authorizing
from bot.slack.manifest import EXPLAIN, LOOK_UP, SAVE
from bot.slack.retrying import TIMEOUT_SECONDS, OneMoreTry
from bot.views import (
    card,
    card_actions,
    case,
    fact_form,
    gaps,
    home,
    lookup,
    practice,
    quiz,
    quiz_answer_time,
    quiz_channel,
    quiz_confirmation,
    quiz_inputs,
    quiz_settings,
    refusal,
    report,
    reveal,
    suggestion,
    team_note,
    welcome,
)

log = logging.getLogger(__name__)

ANY = re.compile(r".*")


def build_app(settings: Settings, services: Services) -> App:
    """The app, for one workspace or many. Building it and acknowledging requests call no server."""
    quiet = logging.getLogger("slack_bolt")
    quiet.setLevel(logging.CRITICAL)  # it quotes payloads, and we log errors ourselves
    client = WebClient(
        base_url=settings.api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[services.watch, OneMoreTry()],
    )
    app = App(
        name="factbot",  # or Bolt would look through all frames and their modules for one
        logger=quiet,
        signing_secret=settings.signing_secret,
        client=client,
        authorize=authorizing(settings.bot_token, services.workspaces),
        process_before_response=True,
    )
    app.listener_runner.lazy_listener_runner = services.pool
    register(app, settings, services)
    app.error(handle_error)
    return app


def register(app: App, settings: Settings, services: Services) -> None:
    """The table of listeners: what Slack sends, and what handles it.

    Those served `lazily` run after the acknowledgement, for which Slack waits three seconds; the
    others acknowledge by what they answer.
    """
    handlers = build_handlers(settings, services)
    serving = Serving(services.metrics, services.outbox, services.workspaces)
    _register_commands(app, serving, handlers)
    _register_shortcuts(app, serving, handlers)
    _register_forms(app, serving, handlers)
    _register_menus(app, serving, handlers)
    _register_events(app, serving, handlers)
    _register_buttons(app, serving, handlers)


def _register_commands(app: App, serving: Serving, handlers: Handlers) -> None:
    """Slash commands, whatever their name; questions come first: Bolt tries listeners in order."""
    questions = serving.at_once("command", handlers.commands.handle_command)
    app.command(ANY, matchers=[is_no_activity])(questions)
    for topic in ACTIVITIES:
        lazy = serving.lazily(f"command {topic}", handlers.activities.handle_command)
        app.command(ANY, matchers=[is_about(topic)])(ack=_accept, lazy=[lazy])


def _register_shortcuts(app: App, serving: Serving, handlers: Handlers) -> None:
    """Those in the menu of a message, and the global one."""
    for name, handler in (
        (EXPLAIN, handlers.explaining.handle_shortcut),
        (SAVE, handlers.curating.suggesting.handle_shortcut),
    ):
        app.message_shortcut(name)(ack=_accept, lazy=[serving.lazily("message_action", handler)])
    looked_up = serving.lazily("shortcut", handlers.lookup.handle_shortcut)
    app.global_shortcut(LOOK_UP)(ack=_accept, lazy=[looked_up])


def _register_forms(app: App, serving: Serving, handlers: Handlers) -> None:
    """Submitted modals: each is checked at once; what takes longer comes after that."""
    forms, suggesting = handlers.curating.forms, handlers.curating.suggesting
    check: Callable[..., Any]
    handler: Callable[..., Any]
    for callback, check, handler in (
        (lookup.CALLBACK, handlers.lookup.check, handlers.lookup.share),
        (quiz_settings.CALLBACK, handlers.quiz.setup.check, handlers.home.handle_saved),
        (fact_form.CALLBACK, forms.check, forms.handle_submitted),
        (suggestion.REJECT_CALLBACK, suggesting.check_reason, suggesting.handle_rejected),
    ):
        lazy = serving.lazily("view_submission", handler)
        app.view(callback)(ack=serving.promptly("view check", check), lazy=[lazy])
    for callback, check in (
        (report.CALLBACK, handlers.curating.reports.check),
        (team_note.CALLBACK, handlers.curating.team_notes.check),
        (case.RETIRE_CALLBACK, handlers.curating.cases.check_retire),
    ):
        app.view(callback)(serving.promptly("view check", check))


def _register_menus(app: App, serving: Serving, handlers: Handlers) -> None:
    """Menus that ask for their options with each keystroke."""
    handler: Callable[..., Any]
    for name, handler in (
        (lookup.SEARCH, handlers.lookup.suggest),
        (fact_form.SERVICE, handlers.curating.forms.suggest_services),
        (case.SUCCESSOR, handlers.curating.cases.suggest),
        (home.SEARCH, handlers.search.suggest),
        (f"quiz_{quiz_inputs.TZ}", handlers.quiz.setup.suggest_zones),
        (f"quiz_{quiz_inputs.HOLIDAYS}", handlers.quiz.setup.suggest_countries),
    ):
        app.options(name)(serving.promptly("block_suggestion", handler))
    app.options(ANY)(_no_options)


def _register_events(app: App, serving: Serving, handlers: Handlers) -> None:
    """What the Events API sends; the second group is about no person."""
    handler: Callable[..., Any]
    for event, handler in (
        ("app_mention", handlers.events.handle_mention),
        ("message", handlers.events.handle_message),
        ("app_home_opened", handlers.home.handle_opened),
        ("member_joined_channel", handlers.onboarding.handle_joined),
    ):
        app.event(event)(ack=ignore, lazy=[serving.lazily(event, handler)])
    for event, handler in (
        ("app_uninstalled", handlers.lifecycle.handle_uninstalled),
        ("tokens_revoked", handlers.lifecycle.handle_revoked),
        ("team_access_revoked", handlers.lifecycle.handle_access_revoked),
        ("channel_id_changed", handlers.channels.handle_id_changed),
    ):
        app.event(event)(ack=ignore, lazy=[serving.lazily(event, handler, by_person=False)])
    app.event(ANY)(ignore)


def _register_buttons(app: App, serving: Serving, handlers: Handlers) -> None:
    """Pressed buttons and chosen options; the first pattern that fits counts."""
    handler: Callable[..., Any]
    for pattern, handler in (
        (re.compile(rf"{quiz.ANSWER}_\d"), handlers.quiz.answers.handle_answer),
        (reveal.MINE, handlers.quiz.answers.handle_mine),
        (re.compile(rf"{practice.PRACTICE}_\d"), handlers.quiz.practice.handle_answer),
        (practice.NEXT, handlers.quiz.practice.handle_next),
        (practice.REMIND, handlers.quiz.practice.handle_choice),
        (practice.CHOICES, handlers.quiz.practice.handle_choice),
        (practice.ERASE, handlers.quiz.practice.handle_erase),
        (quiz_settings.OPEN, handlers.quiz.commands.handle_open),
        (f"quiz_{quiz_answer_time.REVEAL}", handlers.quiz.setup.handle_reveal),
        (quiz_channel.CHOOSE, handlers.quiz.channel.handle_chosen),
        (quiz_confirmation.CONFIRM, handlers.quiz.confirming.handle_confirm),
        (quiz_confirmation.DECLINE, handlers.quiz.confirming.handle_decline),
        (re.compile(rf"{card.SHOW_FACT}_\w+"), handlers.actions.handle_show),
        (card_actions.MORE, handlers.actions.handle_more),
        (card_actions.MENU, handlers.actions.handle_menu),
        (card_actions.SHARE, handlers.actions.handle_share),
        (card_actions.REMOVE, handlers.actions.handle_remove),
        (re.compile(rf"{card_actions.FEEDBACK}(_\d)?"), handlers.actions.handle_feedback),
        (report.OPEN, handlers.curating.reports.handle_open),
        (case.KEEP, handlers.curating.cases.handle_keep),
        (case.CORRECT, handlers.curating.cases.handle_correct),
        (case.RETIRE, handlers.curating.cases.handle_retire),
        (re.compile(rf"{case.SHOW}_\d+"), handlers.curating.cases.handle_show),
        (card_actions.HELPFUL, handlers.actions.handle_old_feedback),
        (card_actions.WRONG, handlers.actions.handle_old_feedback),
        (refusal.REQUEST, handlers.fact_requests.handle_request),
        (refusal.TELL, handlers.fact_requests.handle_tell),
        (refusal.SEARCH_AWS, handlers.fact_requests.handle_search),
        (welcome.PRACTICE, handlers.onboarding.handle_practice),
        (re.compile(rf"{welcome.START}_\w+"), handlers.onboarding.handle_start),
        (re.compile(rf"{welcome.EXAMPLE}_\d+"), handlers.onboarding.handle_example),
        (home.SEARCH, handlers.search.handle_chosen),
        (re.compile(r"review_\w+"), handlers.curating.reviews.handle_press),
        (re.compile(rf"{gaps.WRITE}_\d"), handlers.curating.gaps.handle_write),
        (suggestion.OPEN_FORM, handlers.curating.suggesting.handle_open),
        (re.compile(rf"{suggestion.SHOW}_\d+"), handlers.curating.suggesting.handle_show),
        (suggestion.APPROVE, handlers.curating.suggesting.handle_approve),
        (suggestion.EDIT, handlers.curating.suggesting.handle_edit),
        (suggestion.REJECT, handlers.curating.suggesting.handle_reject),
        (re.compile(rf"{fact_form.SHOW}_\d"), handlers.curating.forms.handle_show),
        (lookup.SEARCH, handlers.lookup.handle_chosen),
        (lookup.REQUEST, handlers.lookup.handle_request),
        (lookup.TELL, handlers.lookup.handle_tell),
        (re.compile(r"home_\w+"), handlers.home.handle_press),
        (ANY, handlers.actions.handle_unknown),
    ):
        app.action(pattern)(ack=_accept, lazy=[serving.lazily("block_actions", handler)])


def _accept(ack: Any) -> None:
    ack()


def _no_options(ack: Any) -> None:
    ack(options=[])


def handle_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """Handle errors outside our listeners: mostly Bolt's, from payloads that aren't Slack's."""
    log_fields = {
        "team": team(body),
        "kind": "command" if "command" in body else text(body, "type"),
    }
    if isinstance(error, UNREAD):
        log.warning("unreadable payload", extra=log_fields)
        return UNREADABLE
    log.error("request failed", extra=log_fields, exc_info=error)
    if "command" in body:
        return BoltResponse(status=200, body={"text": messages.BROKEN})
    return BoltResponse(status=200, body="")
