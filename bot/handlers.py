"""Builds the handlers of everything that Slack can send; `bot.app` says which handles what."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.commands import Topic
from bot.curating.disputes import Disputes
from bot.curating.history import FactHistory
from bot.curating.open_items import OpenItemPlanner
from bot.listeners.actions import Actions
from bot.listeners.activities import Activities, CarryOut
from bot.listeners.cases import CaseHandlers
from bot.listeners.channels import Channels
from bot.listeners.commands import Commands
from bot.listeners.curator_commands import CuratorCommands
from bot.listeners.events import Events
from bot.listeners.explaining import Explaining
from bot.listeners.fact_form import FactForms
from bot.listeners.fact_requests import FactRequestHandlers
from bot.listeners.gap_commands import GapCommands
from bot.listeners.history_commands import HistoryCommands
from bot.listeners.home import Home
from bot.listeners.lifecycle import Lifecycle
from bot.listeners.lookup import LookupHandlers
from bot.listeners.onboarding import Onboarding
from bot.listeners.practice import Practice
from bot.listeners.quiz_answers import QuizAnswerHandlers
from bot.listeners.quiz_channel import QuizChannel
from bot.listeners.quiz_commands import QuizCommands
from bot.listeners.quiz_confirming import QuizConfirming
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.reports import Reports
from bot.listeners.reviews import Reviews
from bot.listeners.search import Search
from bot.listeners.suggesting import Suggesting
from bot.listeners.team_notes import TeamNotes
from bot.listeners.upkeep import Upkeep
from bot.services import Services
from bot.settings import Settings
from bot.views.fact_form import Purpose


@dataclass(frozen=True, slots=True)
class QuizHandlers:
    """About a channel's quiz, and practice."""

    commands: QuizCommands
    setup: QuizSetup
    channel: QuizChannel
    confirming: QuizConfirming
    answers: QuizAnswerHandlers
    practice: Practice


@dataclass(frozen=True, slots=True)
class CuratingHandlers:
    """About what a workspace adds to the facts."""

    forms: FactForms
    reports: Reports
    team_notes: TeamNotes
    cases: CaseHandlers
    reviews: Reviews
    gaps: GapCommands
    suggesting: Suggesting
    curators: CuratorCommands
    history: HistoryCommands

    def commands(self) -> dict[Topic, CarryOut]:
        """Who carries out a typed command, by what it is about."""
        return {
            Topic.CURATORS: self.curators.carry_out,
            Topic.CASES: self.cases.list_open,
            Topic.GAPS: self.gaps.carry_out,
            Topic.SUGGEST: self.suggesting.carry_out,
            Topic.SUGGESTIONS: self.suggesting.list_open,
            Topic.DIGEST: self.reviews.show_digest,
            Topic.HISTORY: self.history.carry_out,
            Topic.REVERT: self.history.carry_out,
        }


@dataclass(frozen=True, slots=True)
class Handlers:
    """Whatever Slack sends, one of these handles it."""

    quiz: QuizHandlers
    curating: CuratingHandlers
    commands: Commands
    activities: Activities
    events: Events
    actions: Actions
    fact_requests: FactRequestHandlers
    lookup: LookupHandlers
    search: Search
    explaining: Explaining
    home: Home
    onboarding: Onboarding
    lifecycle: Lifecycle
    channels: Channels


def build_handlers(settings: Settings, services: Services) -> Handlers:
    """The handlers of one process; those that share state get the same one."""
    store, answering, command = services.store, services.answering, settings.command
    open_items = OpenItemPlanner(store, services.curators)
    quiz = _build_quiz(settings, services)
    curating = _build_curating(settings, services, open_items)
    activities = Activities(quiz.commands, quiz.practice, curating.commands())
    onboarding = Onboarding(
        answering, store, quiz.practice, services.greeter, services.outbox, quiz.channel,
        open_items, command,
    )  # fmt: skip
    fact_requests = FactRequestHandlers(answering, store)
    return Handlers(
        quiz=quiz,
        curating=curating,
        commands=Commands(answering, services.lookups, services.unanswered),
        activities=activities,
        events=Events(
            answering, store, services.lookups, services.unanswered, activities, services.outbox,
            command,
        ),
        actions=Actions(answering, store, curating.reports, curating.team_notes),
        fact_requests=fact_requests,
        lookup=LookupHandlers(answering, store, fact_requests),
        search=Search(answering),
        explaining=Explaining(answering, command),
        home=Home(
            store, services.quizmaster, quiz.practice, onboarding, quiz.commands, quiz.setup,
            quiz.channel, Upkeep(store, services.teams, services.curators), command,
        ),
        onboarding=onboarding,
        lifecycle=Lifecycle(store, services.workspaces),
        channels=Channels(store),
    )  # fmt: skip


def _build_quiz(settings: Settings, services: Services) -> QuizHandlers:
    store, quizmaster = services.store, services.quizmaster
    setup = QuizSetup(store, quizmaster, services.outbox, settings.command)
    commands = QuizCommands(store, quizmaster, services.sender, setup)
    return QuizHandlers(
        commands=commands,
        setup=setup,
        channel=QuizChannel(commands, settings.command),
        confirming=QuizConfirming(setup),
        answers=QuizAnswerHandlers(store, quizmaster),
        practice=Practice(store, quizmaster),
    )


def _build_curating(
    settings: Settings, services: Services, open_items: OpenItemPlanner
) -> CuratingHandlers:
    store, answering = services.store, services.answering
    teams, curators = services.teams, services.curators
    disputes = Disputes(store, teams)
    forms = FactForms(answering, store, teams, curators)
    cases = CaseHandlers(disputes, curators, answering, forms)
    forms.write_with(Purpose.CORRECT_CASE, cases.write_correction)
    return CuratingHandlers(
        forms=forms,
        reports=Reports(disputes, curators),
        team_notes=TeamNotes(disputes, curators),
        cases=cases,
        reviews=Reviews(store, teams, curators, forms, services.digests, settings.command),
        gaps=GapCommands(answering, services.unanswered, store, curators, forms),
        suggesting=Suggesting(answering, forms, services.suggested, curators),
        curators=CuratorCommands(curators, open_items.show_at_once),
        history=HistoryCommands(FactHistory(store), teams, curators),
    )
