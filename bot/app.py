"""The Bolt app: what is registered, and what happens when something breaks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from bot import messages
from bot.answers.commands import ACTIVITIES, Topic
from bot.curating.disputes import Disputes
from bot.curating.history import FactHistory
from bot.curating.open_items import OpenItemPlanner
from bot.listeners.actions import Actions
from bot.listeners.activities import Activities, CarryOut, is_about, is_no_activity
from bot.listeners.cases import CaseHandlers
from bot.listeners.channels import Channels
from bot.listeners.commands import Commands
from bot.listeners.curator_commands import CuratorCommands
from bot.listeners.events import Events, ignore
from bot.listeners.explaining import Explaining
from bot.listeners.fact_form import FactForms
from bot.listeners.fact_requests import FactRequestHandlers
from bot.listeners.gap_commands import GapCommands
from bot.listeners.guard import UNREAD, UNREADABLE
from bot.listeners.history_commands import HistoryCommands
from bot.listeners.home import Home
from bot.listeners.lifecycle import Lifecycle
from bot.listeners.lookup import LookupHandlers
from bot.listeners.onboarding import Onboarding
from bot.listeners.payload import team, text
from bot.listeners.practice import Practice
from bot.listeners.quiz_answers import QuizAnswerHandlers
from bot.listeners.quiz_channel import QuizChannel
from bot.listeners.quiz_commands import QuizCommands
from bot.listeners.quiz_confirming import QuizConfirming
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.reports import Reports
from bot.listeners.reviews import Reviews
from bot.listeners.search import Search
from bot.listeners.serving import Serving
from bot.listeners.suggesting import Suggesting
from bot.listeners.team_notes import TeamNotes
from bot.listeners.upkeep import Upkeep
from bot.services import Services
from bot.settings import Settings
from bot.slack.authorizing import authorizing
from bot.slack.manifest import EXPLAIN, LOOK_UP, SAVE
from bot.slack.retrying import TIMEOUT_SECONDS, OneMoreTry
from bot.views import case as case_view
from bot.views import fact_form, suggestion, team_note
from bot.views import lookup as lookup_view
from bot.views import report as report_view
from bot.views.card import SHOW_FACT
from bot.views.card_actions import FEEDBACK, HELPFUL, MENU, MORE, REMOVE, SHARE, WRONG
from bot.views.fact_form import Purpose
from bot.views.gaps import WRITE
from bot.views.home import SEARCH
from bot.views.practice import CHOICES, ERASE, NEXT, PRACTICE, REMIND
from bot.views.quiz import ANSWER
from bot.views.quiz_answer_time import REVEAL
from bot.views.quiz_channel import CHOOSE
from bot.views.quiz_confirmation import CONFIRM, DECLINE
from bot.views.quiz_inputs import HOLIDAYS, TZ
from bot.views.quiz_settings import CALLBACK, OPEN
from bot.views.refusal import REQUEST, SEARCH_AWS, TELL
from bot.views.reveal import MINE
from bot.views.welcome import EXAMPLE, START
from bot.views.welcome import PRACTICE as WELCOME_PRACTICE

log = logging.getLogger(__name__)


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
    store, quizmaster = services.store, services.quizmaster
    practice = Practice(store, quizmaster)
    setup = QuizSetup(store, quizmaster, services.outbox, settings.command)
    confirming = QuizConfirming(setup)
    quiz = QuizCommands(store, quizmaster, services.sender, setup)
    commands = Commands(services.answering, services.lookups, services.unanswered)
    forms = FactForms(services.answering, store, services.teams, services.curators)
    disputes = Disputes(store, services.teams)
    reports = Reports(disputes, services.curators)
    team_notes = TeamNotes(disputes, services.curators)
    cases = CaseHandlers(disputes, services.curators, services.answering, forms)
    forms.write_with(Purpose.CORRECT_CASE, cases.write_correction)
    reviews = Reviews(
        store,
        services.teams,
        services.curators,
        forms,
        services.digests,
        settings.command,
    )
    gap_commands = GapCommands(
        services.answering, services.unanswered, store, services.curators, forms
    )
    suggesting = Suggesting(services.answering, forms, services.suggested, services.curators)
    open_items = OpenItemPlanner(store, services.curators)
    curator_commands = CuratorCommands(services.curators, open_items.show_at_once)
    history = HistoryCommands(FactHistory(store), services.teams, services.curators)
    curating: dict[Topic, CarryOut] = {
        Topic.CURATORS: curator_commands.carry_out,
        Topic.CASES: cases.list_open,
        Topic.GAPS: gap_commands.carry_out,
        Topic.SUGGEST: suggesting.carry_out,
        Topic.SUGGESTIONS: suggesting.list_open,
        Topic.DIGEST: reviews.show_digest,
        Topic.HISTORY: history.carry_out,
        Topic.REVERT: history.carry_out,
    }
    activities = Activities(quiz, practice, curating)
    events = Events(
        services.answering,
        store,
        services.lookups,
        services.unanswered,
        activities,
        services.outbox,
        settings.command,
    )
    actions = Actions(services.answering, store, reports, team_notes)
    fact_requests = FactRequestHandlers(services.answering, store)
    answers = QuizAnswerHandlers(store, quizmaster)
    quiz_channel = QuizChannel(quiz, settings.command)
    onboarding = Onboarding(
        services.answering,
        store,
        practice,
        services.greeter,
        services.outbox,
        quiz_channel,
        open_items,
        settings.command,
    )
    upkeep = Upkeep(store, services.teams, services.curators)
    home = Home(
        store, quizmaster, practice, onboarding, quiz, setup, quiz_channel, upkeep, settings.command
    )
    search = Search(services.answering)
    explaining = Explaining(services.answering, settings.command)
    lookup = LookupHandlers(services.answering, store, fact_requests)
    lifecycle = Lifecycle(store, services.workspaces)
    serving = Serving(services.metrics, services.outbox, services.workspaces)

    any_name = re.compile(r".*")
    # The listener for questions comes first, because Bolt tries them in order.
    questions = serving.at_once("command", commands.handle_command)
    app.command(any_name, matchers=[is_no_activity])(questions)
    handler: Callable[..., Any]
    for topic in ACTIVITIES:
        lazy = serving.lazily(f"command {topic}", activities.handle_command)
        app.command(any_name, matchers=[is_about(topic)])(ack=_accept, lazy=[lazy])
    explained = serving.lazily("message_action", explaining.handle_shortcut)
    app.message_shortcut(EXPLAIN)(ack=_accept, lazy=[explained])
    saved = serving.lazily("message_action", suggesting.handle_shortcut)
    app.message_shortcut(SAVE)(ack=_accept, lazy=[saved])
    looked_up = serving.lazily("shortcut", lookup.handle_shortcut)
    app.global_shortcut(LOOK_UP)(ack=_accept, lazy=[looked_up])
    shared = serving.lazily("view_submission", lookup.share)
    app.view(lookup_view.CALLBACK)(ack=serving.promptly("view check", lookup.check), lazy=[shared])
    app.options(lookup_view.SEARCH)(serving.promptly("block_suggestion", lookup.suggest))
    submitted = serving.lazily("view_submission", home.handle_saved)
    app.view(CALLBACK)(ack=serving.promptly("view check", setup.check), lazy=[submitted])
    written = serving.lazily("view_submission", forms.handle_submitted)
    app.view(fact_form.CALLBACK)(ack=serving.promptly("view check", forms.check), lazy=[written])
    rejected = serving.lazily("view_submission", suggesting.handle_rejected)
    app.view(suggestion.REJECT_CALLBACK)(
        ack=serving.promptly("view check", suggesting.check_reason), lazy=[rejected]
    )
    app.options(fact_form.SERVICE)(serving.promptly("block_suggestion", forms.suggest_services))
    for callback, check in (
        (report_view.CALLBACK, reports.check),
        (team_note.CALLBACK, team_notes.check),
        (case_view.RETIRE_CALLBACK, cases.check_retire),
    ):
        app.view(callback)(serving.promptly("view check", check))
    app.options(case_view.SUCCESSOR)(serving.promptly("block_suggestion", cases.suggest))
    app.options(SEARCH)(serving.promptly("block_suggestion", search.suggest))
    app.options(f"quiz_{TZ}")(serving.promptly("block_suggestion", setup.suggest_zones))
    app.options(f"quiz_{HOLIDAYS}")(serving.promptly("block_suggestion", setup.suggest_countries))
    for event, handler in (
        ("app_mention", events.handle_mention),
        ("message", events.handle_message),
        ("app_home_opened", home.handle_opened),
        ("member_joined_channel", onboarding.handle_joined),
    ):
        app.event(event)(ack=ignore, lazy=[serving.lazily(event, handler)])
    for event, handler in (
        ("app_uninstalled", lifecycle.handle_uninstalled),
        ("tokens_revoked", lifecycle.handle_revoked),
        ("team_access_revoked", lifecycle.handle_access_revoked),
        ("channel_id_changed", Channels(store).handle_id_changed),
    ):
        app.event(event)(ack=ignore, lazy=[serving.lazily(event, handler, by_person=False)])
    app.event(any_name)(ignore)
    for pattern, handler in (
        (re.compile(rf"{ANSWER}_\d"), answers.handle_answer),
        (MINE, answers.handle_mine),
        (re.compile(rf"{PRACTICE}_\d"), practice.handle_answer),
        (NEXT, practice.handle_next),
        (REMIND, practice.handle_choice),
        (CHOICES, practice.handle_choice),
        (ERASE, practice.handle_erase),
        (OPEN, quiz.handle_open),
        (f"quiz_{REVEAL}", setup.handle_reveal),
        (CHOOSE, quiz_channel.handle_chosen),
        (CONFIRM, confirming.handle_confirm),
        (DECLINE, confirming.handle_decline),
        (re.compile(rf"{SHOW_FACT}_\w+"), actions.handle_show),
        (MORE, actions.handle_more),
        (MENU, actions.handle_menu),
        (SHARE, actions.handle_share),
        (REMOVE, actions.handle_remove),
        (re.compile(rf"{FEEDBACK}(_\d)?"), actions.handle_feedback),
        (report_view.OPEN, reports.handle_open),
        (case_view.KEEP, cases.handle_keep),
        (case_view.CORRECT, cases.handle_correct),
        (case_view.RETIRE, cases.handle_retire),
        (re.compile(rf"{case_view.SHOW}_\d+"), cases.handle_show),
        (HELPFUL, actions.handle_old_feedback),
        (WRONG, actions.handle_old_feedback),
        (REQUEST, fact_requests.handle_request),
        (TELL, fact_requests.handle_tell),
        (SEARCH_AWS, fact_requests.handle_search),
        (WELCOME_PRACTICE, onboarding.handle_practice),
        (re.compile(rf"{START}_\w+"), onboarding.handle_start),
        (re.compile(rf"{EXAMPLE}_\d+"), onboarding.handle_example),
        (SEARCH, search.handle_chosen),
        (re.compile(r"review_\w+"), reviews.handle_press),
        (re.compile(rf"{WRITE}_\d"), gap_commands.handle_write),
        (suggestion.OPEN_FORM, suggesting.handle_open),
        (re.compile(rf"{suggestion.SHOW}_\d+"), suggesting.handle_show),
        (suggestion.APPROVE, suggesting.handle_approve),
        (suggestion.EDIT, suggesting.handle_edit),
        (suggestion.REJECT, suggesting.handle_reject),
        (re.compile(rf"{fact_form.SHOW}_\d"), forms.handle_show),
        (lookup_view.SEARCH, lookup.handle_chosen),
        (lookup_view.REQUEST, lookup.handle_request),
        (lookup_view.TELL, lookup.handle_tell),
        (re.compile(r"home_\w+"), home.handle_press),
        (any_name, actions.handle_unknown),
    ):
        app.action(pattern)(ack=_accept, lazy=[serving.lazily("block_actions", handler)])
    app.options(any_name)(_no_options)


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
