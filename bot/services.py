"""What a process consists of: built once, and handed to the listeners and the clock."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from slack_sdk import WebClient

from bot.addresses import path_of
from bot.answers.answering import Answering
from bot.answers.lookups import Lookups
from bot.answers.unanswered import UnansweredQuestions
from bot.curating.case_planning import CasePlanner
from bot.curating.checks import share_in_date
from bot.curating.curators import CuratorGroup, Curators, read_who
from bot.curating.digest import DigestPlanner, Digests
from bot.curating.gap_answers import GapAnswers
from bot.curating.open_items import OpenItemPlanner
from bot.curating.review_messages import ReviewMessages
from bot.curating.reviewing import ReviewPlanner
from bot.curating.suggesting import SuggestedFacts
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.listeners.curator_people import CuratorPeople
from bot.listeners.payload import conversation, team
from bot.listeners.pool import ListenerPool
from bot.operations.metrics import Metrics
from bot.posting import Sender, build_sender
from bot.posting.clock import Clock
from bot.posting.greeter import Greeter
from bot.posting.outbox import Outbox
from bot.posting.periodic import Periodic
from bot.posting.steady_time import SteadyTime
from bot.quiz.quizmaster import Quizmaster
from bot.settings import Settings
from bot.slack.installations import Connect, OneWorkspace, connecting
from bot.slack.rate_limits import RateLimiter
from bot.slack.watching import Watching
from bot.store import Store
from knowledge import KnowledgeBase
from knowledge.counting import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.oauth.oauth_flow import OAuthFlow

    from bot.slack.many import ManyWorkspaces

CALL_TIMEOUT_SECONDS = 10
"""For the clock's calls to Slack; longer than a listener's, because nobody is waiting."""
OPEN_ITEMS_EVERY_SECONDS = 60.0
REVIEWS_EVERY_SECONDS = 300.0
"""Reviews and digests are planned this often: they are due at ten o'clock somewhere."""


class Readiness(NamedTuple):
    """Whether a process is ready, and a sentence about it."""

    is_ready: bool
    message: str


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of a process, shared by its threads.

    `workspaces` and `flow` are set if many workspaces can install us. `watch` must come first among
    the retry handlers of every client.
    """

    store: Store
    teams: TeamFacts
    curators: Curators
    suggested: SuggestedFacts
    digests: Digests
    curator_people: CuratorPeople
    answering: Answering
    quizmaster: Quizmaster
    sender: Sender
    rate_limiter: RateLimiter
    lookups: Lookups
    unanswered: UnansweredQuestions
    metrics: Metrics
    watch: Watching
    pool: ListenerPool
    outbox: Outbox
    greeter: Greeter
    workspaces: ManyWorkspaces | None = None
    flow: OAuthFlow | None = None

    def build_clock(self) -> Clock:
        """The background job, which also prunes the database and renews tokens."""
        chores = [self.store.prune]
        if self.workspaces:
            chores.append(self.workspaces.rotate)
        now = self.store.now
        check_time = now.check if isinstance(now, SteadyTime) else lambda: True
        open_items = OpenItemPlanner(self.store, self.curators)
        digests = DigestPlanner(self.store, self.curators)
        planners: list[Callable[[], None]] = [
            GapAnswers(self.teams, self.answering, self.store).find,
            CasePlanner(self.store, self.curators).plan,
            Periodic(open_items.plan, OPEN_ITEMS_EVERY_SECONDS, now),
            Periodic(self._review_planner().plan, REVIEWS_EVERY_SECONDS, now),
            Periodic(digests.plan, REVIEWS_EVERY_SECONDS, now),
        ]
        return Clock(
            self.store,
            self.quizmaster,
            self.sender.send,
            self.rate_limiter,
            chores,
            check_time,
            planners,
        )

    def _review_planner(self) -> ReviewPlanner:
        people = self.curator_people
        return ReviewPlanner(self.store, self.teams, people.of, people.zone_of)

    def readiness(self) -> Readiness:
        """Whether requests can be served in full."""
        try:
            current = self.store.is_current()
        except Exception:  # database drivers raise many kinds
            return Readiness(False, "The database doesn't answer.")
        if not current:
            return Readiness(False, "The database has a different version.")
        return Readiness(True, f"ok, {counted(len(self.answering.knowledge.facts), 'fact')}")

    def close(self) -> None:
        """Write what is still in memory, and disconnect from the database."""
        self.outbox.close()
        self.lookups.close()
        self.unanswered.close()
        self.teams.close()
        self.store.close()


def build_services(settings: Settings, knowledge: KnowledgeBase, store: Store) -> Services:
    """Build everything, for one workspace or for many."""
    timeout_seconds = min(CALL_TIMEOUT_SECONDS, int(settings.lease / 3))
    metrics = Metrics(store.last_beat)
    watch = Watching(lambda trouble: metrics.refused(trouble.value))
    connect = connecting(settings.api_url, timeout_seconds, watch)
    teams = TeamFacts(knowledge, store)
    quizmaster = Quizmaster(teams.built_in, teams.of)
    greeter = Greeter(store, len(knowledge.facts), settings.command)
    workspaces, flow = (
        _many(settings, store, connect, timeout_seconds, greeter)
        if settings.client_id
        else (None, None)
    )
    installations = workspaces or OneWorkspace(connect(settings.bot_token or ""))
    rate_limiter = RateLimiter(store.now)
    facts = knowledge.facts.values()
    metrics.watch_facts(lambda: share_in_date(facts, day_of(store.now())))
    answering = Answering(teams.built_in, lambda: day_of(store.now()), teams.of)
    curators = Curators(store, _curators(settings), settings.command)
    suggested = SuggestedFacts(store, teams, curators, answering.today)
    digests = Digests(store, teams, answering, suggested, settings.command)
    sender = build_sender(
        store,
        quizmaster,
        answering,
        suggested,
        ReviewMessages(store, teams),
        digests,
        installations,
        settings.command,
        timeout_seconds,
        metrics,
        rate_limiter,
    )
    lookups, unanswered = Lookups(store), UnansweredQuestions(store)
    # Workspaces share the threads fairly; if there is only one, its channels do.
    pool = ListenerPool(team if workspaces else conversation, logging.getLogger("slack_bolt"))
    outbox = Outbox(store, installations, pool.submit, by_team=workspaces is not None)
    return Services(
        store,
        teams,
        curators,
        suggested,
        digests,
        CuratorPeople(curators, installations),
        answering,
        quizmaster,
        sender,
        rate_limiter,
        lookups,
        unanswered,
        metrics,
        watch,
        pool,
        outbox,
        greeter,
        workspaces,
        flow,
    )


def _curators(settings: Settings) -> CuratorGroup:
    """What the settings say. IDs are those of one workspace, so of many, each has to choose."""
    if settings.client_id:
        return CuratorGroup()
    return CuratorGroup(read_who(settings.curators), settings.curators_channel or "")


def _many(
    settings: Settings, store: Store, connect: Connect, timeout_seconds: int, greeter: Greeter
) -> tuple[ManyWorkspaces, OAuthFlow]:
    from slack_sdk.oauth.token_rotation import TokenRotator

    from bot.slack.many import ManyWorkspaces
    from bot.slack.oauth import build_flow
    from bot.slack.tokens import Cipher, Tokens

    client_id, secret = settings.client_id or "", settings.client_secret or ""
    client = WebClient(base_url=settings.api_url, timeout=timeout_seconds)
    tokens = Tokens(client_id, store.engine, Cipher(settings.encryption_keys))
    rotator = TokenRotator(client_id=client_id, client_secret=secret, client=client)
    workspaces = ManyWorkspaces(
        tokens, rotator, store.claim, store.organizations, connect, timeout_seconds
    )
    prefix = path_of(settings.url)
    surfaces = settings.slackbot_may_ask, settings.has_agent_view
    greet = greeter.greet_installer
    flow = build_flow(client_id, secret, tokens, store, client, greet, prefix, *surfaces)
    return workspaces, flow
