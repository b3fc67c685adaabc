"""`/aws quiz` and `/aws leaderboard`. Acknowledged first, carried out in lazy listeners."""

from __future__ import annotations

import logging
from datetime import timedelta

from slack_bolt import Respond
from slack_sdk import WebClient

from bot import messages
from bot.listeners.payload import Payload, ident, team, text
from bot.listeners.people import time_zone
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.replies import reply, say
from bot.posting import Carrier
from bot.quiz.asking import Quizmaster
from bot.quiz.schedule import Schedule
from bot.quiz.standings import rank
from bot.quiz.subscription import Subscription
from bot.quiz.wording import DEFAULT_AT, UnreadableError, apply, read
from bot.slack.errors import NETWORK, reason
from bot.slack.incoming import read_message
from bot.store import Store
from bot.store.postings import QUESTION
from bot.views.leaderboard import leaderboard
from bot.views.quiz_settings import Place, loading, settings_modal, status

log = logging.getLogger(__name__)


class QuizCommands:
    def __init__(
        self, store: Store, quizmaster: Quizmaster, carrier: Carrier, setup: QuizSetup
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._carrier = carrier
        self._setup = setup
        self._verbs = {
            "": self._open,
            "on": self._on,
            "off": self._off,
            "now": self._now,
            "status": self._status,
        }

    def handle_quiz(self, command: Payload, client: WebClient, respond: Respond) -> None:
        """`quiz`, or `quiz` and what to do."""
        verb, _, rest = _after(command).partition(" ")
        carry_out = self._verbs.get(verb.lower())
        if carry_out is None:
            say(respond, messages.quiz_usage(text(command, "command")))
            return
        carry_out(command, rest, client, respond)

    def handle_leaderboard(self, command: Payload, respond: Respond) -> None:
        """`leaderboard`, or `leaderboard on` or `off` for a place on it."""
        where, user = _where(command), ident(command, "user_id")
        choice = _after(command).lower()
        if choice in ("on", "off"):
            self._store.people.change(where[0], user, ranked=choice == "on")
            say(respond, messages.BACK_IN_RANKS if choice == "on" else messages.HIDDEN_FROM_RANKS)
            return
        subscription = self._store.subscriptions.get(*where)
        schedule = subscription.schedule if subscription else Schedule(DEFAULT_AT, "UTC")
        today = schedule.day_of(self._store.now())
        hidden = self._store.people.unranked(where[0])
        week, month = (
            rank(self._store.postings.rounds(*where, since), hidden)
            for since in (today - timedelta(today.weekday()), today.replace(day=1))
        )
        reply(respond, leaderboard(week, month, user, text(command, "command")))

    def _open(self, command: Payload, rest: str, client: WebClient, respond: Respond) -> None:
        """Show the settings: at once an empty modal, for a trigger does not wait."""
        channel, user = ident(command, "channel_id"), ident(command, "user_id")
        place = Place(channel, text(command, "response_url"))
        try:
            opened = client.views_open(trigger_id=text(command, "trigger_id"), view=loading(place))
        except NETWORK as error:
            told = {"team": team(command), "error": reason(error)}
            log.warning("the settings did not open", extra=told)
            say(respond, messages.quiz_usage(text(command, "command")))
            return
        subscription = self._store.subscriptions.get(*_where(command))
        if subscription:
            schedule, chosen = subscription.schedule, subscription.services
        else:
            schedule, chosen = Schedule(DEFAULT_AT, time_zone(client, user)), ()
        services = self._setup.services()
        view = settings_modal(place, schedule, chosen, services)
        client.views_update(view_id=text(opened.data, "view", "id"), view=view)

    def _on(self, command: Payload, rest: str, client: WebClient, respond: Respond) -> None:
        where, user = _where(command), ident(command, "user_id")
        before = self._store.subscriptions.get(*where)
        try:
            wanted = read(rest, self._setup.find_service)
            tz = before.schedule.tz if before else wanted.tz or time_zone(client, user)
            schedule = apply(wanted, before.schedule if before else None, tz)
        except UnreadableError as error:
            say(respond, str(error))
            return
        services = wanted.services
        if services is None:
            services = before.services if before else ()
        subscription = Subscription(*where, schedule, services, user)
        self._setup.switch_on(subscription, client, respond, text(command, "command"))

    def _off(self, command: Payload, rest: str, client: WebClient, respond: Respond) -> None:
        off = self._store.subscriptions.switch_off(*_where(command))
        self._setup.withdraw(*_where(command), client)
        say(respond, messages.QUIZ_OFF if off else messages.NOTHING_TO_SWITCH_OFF)

    def _now(self, command: Payload, rest: str, client: WebClient, respond: Respond) -> None:
        """Ask today's question at once, if it has not been asked."""
        where, user = _where(command), ident(command, "user_id")
        subscription = self._store.subscriptions.get(*where)
        if subscription is None:
            schedule = Schedule(DEFAULT_AT, time_zone(client, user))
            subscription = Subscription(*where, schedule, (), user)
        now = self._store.now()
        day = subscription.schedule.day_of(now)
        asked = self._store.postings.asked(*where)
        posed = self._quizmaster.pose_next(subscription.services, asked)
        if posed is None:
            say(respond, messages.NO_QUESTIONS)
            return
        due = (now, now, subscription.schedule.reveal_at(day, now))
        posting = self._store.postings.plan(subscription, day, posed, due)
        if posting is None:
            say(respond, messages.ASKED_ALREADY)
            return
        delivery = self._store.deliveries.claim_one(QUESTION, str(posting))
        if delivery:
            self._carrier.carry(delivery)
        self._tell_outcome(posting, respond)

    def _tell_outcome(self, posting: int, respond: Respond) -> None:
        """Say why a question that was asked for did not appear."""
        outcome = self._store.deliveries.outcome(QUESTION, str(posting))
        if outcome in ("posted", "scheduled"):
            return
        if outcome in (None, "unconfirmed"):
            say(respond, messages.ASK_UNCONFIRMED)
            return
        self._store.postings.withdraw(posting)
        say(respond, messages.because(outcome))

    def _status(self, command: Payload, rest: str, client: WebClient, respond: Respond) -> None:
        subscription = self._store.subscriptions.get(*_where(command))
        if subscription is None:
            say(respond, messages.NOTHING_TO_SWITCH_OFF)
            return
        asked = self._store.postings.asked(*_where(command))
        left = self._quizmaster.left(subscription.services, asked)
        names = [self._quizmaster.service_name(slug) for slug in subscription.services]
        reply(respond, status(subscription, names, left, text(command, "command")))


def _where(command: Payload) -> tuple[str, str]:
    return team(command), ident(command, "channel_id")


def _after(command: Payload) -> str:
    """What follows the first word."""
    return " ".join(read_message(text(command, "text")).split()[1:])
