"""The `quiz` and `leaderboard` commands, and the button that opens the quiz's settings."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from slack_sdk import WebClient

from bot import messages
from bot.answers.commands import Command, Verb
from bot.listeners.membership import is_member
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.people import time_zone
from bot.listeners.quiz_pauses import QuizPauses
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.replies import Responder, say
from bot.posting import Sender
from bot.quiz import texts
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.schedule import Schedule
from bot.quiz.standings import rank
from bot.quiz.subscription import Subscription
from bot.quiz.wording import DEFAULT_AT, UnreadableError, build_schedule, read_schedule
from bot.slack.errors import NETWORK, reason
from bot.store import Store
from bot.store.deliveries import DeliveryKind, DeliveryOutcome
from bot.views.card import sentence
from bot.views.leaderboard import leaderboard
from bot.views.message import Block, Message
from bot.views.quiz_settings import ModalContext, loading, settings_modal, settings_offer, status

log = logging.getLogger(__name__)

_CHANGES = (Verb.ON, Verb.OFF, Verb.NOW, Verb.PAUSE, Verb.RESUME, Verb.HOLIDAYS)
"""What only people in the channel may do."""


class QuizCommands:
    """Starts, stops, and shows a channel's quiz."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, sender: Sender, setup: QuizSetup
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._sender = sender
        self._setup = setup
        pauses = QuizPauses(store, setup)
        self._verbs = {
            Verb.ON: self._on, Verb.OFF: self._off, Verb.NOW: self._now,
            Verb.STATUS: self._status, Verb.PAUSE: pauses.pause, Verb.RESUME: pauses.resume,
            Verb.HOLIDAYS: pauses.skip_holidays,
        }  # fmt: skip

    def carry_out(self, origin: Origin, typed: Command, client: WebClient) -> Message | None:
        """Carry out a `quiz` command. Returns the reply; None if the channel sees the result."""
        if typed.verb is Verb.NONE:
            return settings_offer()
        carry_out = self._verbs.get(typed.verb)
        if carry_out is None:
            return sentence(texts.quiz_usage(origin.slash))
        if typed.verb in _CHANGES and not is_member(client, origin.channel, origin.user):
            return sentence(texts.MEMBERS_ONLY)
        return carry_out(origin, typed.schedule, client)

    def leaderboard(self, origin: Origin, choice: Verb) -> Message:
        """`leaderboard` shows it; `leaderboard on` or `off` joins or leaves it."""
        if choice in (Verb.ON, Verb.OFF):
            self._store.people.change(origin.team, origin.user, ranked=choice is Verb.ON)
            return sentence(
                messages.BACK_IN_RANKS
                if choice is Verb.ON
                else texts.hidden_from_ranks(origin.slash)
            )
        subscription = self._store.subscriptions.get(*origin.where)
        schedule = subscription.schedule if subscription else Schedule(DEFAULT_AT, "UTC")
        today = schedule.day_of(self._store.now())
        hidden = self._store.people.unranked(origin.team)
        week, month = (
            rank(self._store.postings.rounds(*origin.where, since), hidden)
            for since in (today - timedelta(today.weekday()), today.replace(day=1))
        )
        return leaderboard(week, month, origin.user, origin.slash)

    def handle_open(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """The button that opens the settings of its channel."""
        channel = ident(body, "channel", "id") or ident(body, "container", "channel_id")
        origin = Origin(team(body), channel, person(body), self._setup.slash)
        self.open_settings(origin, text(body, "trigger_id"), client, respond)

    def open_settings(
        self, origin: Origin, trigger_id: str, client: WebClient, respond: Responder
    ) -> None:
        """Open the settings; first an empty modal, since a trigger expires in three seconds."""
        context = ModalContext(origin.channel, respond.response_url)
        try:
            opened = client.views_open(trigger_id=trigger_id, view=loading(context))
        except NETWORK as error:
            log_fields = {"team": origin.team, "error": reason(error)}
            log.warning("the settings did not open", extra=log_fields)
            say(respond, texts.quiz_usage(origin.slash))
            return
        view = self.settings(origin, respond.response_url, client)
        client.views_update(view_id=text(opened.data, "view", "id"), view=view)

    def settings(self, origin: Origin, response_url: str, client: WebClient) -> Block:
        """The modal with a channel's settings; `response_url` is where to reply after saving."""
        subscription = self._store.subscriptions.get(*origin.where)
        if subscription:
            schedule, chosen = subscription.schedule, subscription.services
        else:
            schedule, chosen = Schedule(DEFAULT_AT, time_zone(client, origin.user)), ()
        services = self._setup.services()
        standings = subscription is None or subscription.standings
        broadcast = subscription is not None and subscription.broadcast
        context = ModalContext(origin.channel, response_url)
        return settings_modal(context, schedule, chosen, services, standings, broadcast)

    def _on(self, origin: Origin, schedule_words: str, client: WebClient) -> Message | None:
        before = self._store.subscriptions.get(*origin.where)
        try:
            wanted = read_schedule(schedule_words, self._setup.find_service)
            tz = before.schedule.tz if before else wanted.tz or time_zone(client, origin.user)
            schedule = build_schedule(wanted, before.schedule if before else None, tz)
            if before is None or not before.active or not schedule_words:
                schedule = replace(schedule, paused_until=None)
        except UnreadableError as error:
            return sentence(str(error))
        services = wanted.services
        if services is None:
            services = before.services if before else ()
        subscription = Subscription(
            *origin.where, schedule, services, origin.user,
            standings=before is None or before.standings,
            broadcast=before is not None and before.broadcast,
        )  # fmt: skip
        return self._setup.switch_on(subscription, client, origin.slash)

    def _off(self, origin: Origin, _: str, client: WebClient) -> Message:
        off = self._store.subscriptions.switch_off(*origin.where, by=origin.user)
        self._store.postings.withdraw(*origin.where)
        return sentence((texts.quiz_off if off else texts.no_quiz)(origin.slash))

    def _now(self, origin: Origin, _: str, client: WebClient) -> Message | None:
        """Ask today's question now, unless it has been asked."""
        subscription = self._store.subscriptions.get(*origin.where)
        if subscription is None:
            schedule = Schedule(DEFAULT_AT, time_zone(client, origin.user))
            subscription = Subscription(*origin.where, schedule, (), origin.user)
        now = self._store.now()
        day = subscription.schedule.day_of(now)
        history = self._store.postings.history(*origin.where)
        quizmaster = self._quizmaster.in_team(origin.team)
        question = quizmaster.next_question(subscription.services, history, day)
        if question is None:
            return sentence(texts.NO_QUESTIONS)
        reveal_at = subscription.schedule.reveal_at(day, now)
        posting = self._store.postings.plan(
            subscription, day, question, due_at=now, reveal_at=reveal_at
        )
        if posting is None:
            return sentence(texts.ASKED_ALREADY)
        delivery = self._store.deliveries.claim_one(DeliveryKind.QUESTION, str(posting))
        if delivery:
            self._sender.send(delivery)
        return self._outcome(posting)

    def _outcome(self, posting: int) -> Message | None:
        """Why a requested question did not appear; None if it did."""
        outcome = self._store.deliveries.outcome(DeliveryKind.QUESTION, str(posting))
        if outcome == DeliveryOutcome.POSTED:
            return None
        if outcome in (None, DeliveryOutcome.UNCONFIRMED):
            return sentence(texts.ASK_UNCONFIRMED)
        self._store.postings.forget(posting)
        return sentence(messages.because(outcome))

    def _status(self, origin: Origin, _: str, client: WebClient) -> Message:
        subscription = self._store.subscriptions.get(*origin.where)
        if subscription is None:
            return sentence(texts.no_quiz(origin.slash))
        history = self._store.postings.history(*origin.where)
        left = self._quizmaster.in_team(origin.team).questions_left(subscription.services, history)
        names = [self._quizmaster.service_name(slug) for slug in subscription.services]
        lost = self._lost(subscription) if subscription.active else None
        return status(subscription, names, left, origin.slash, lost)

    def _lost(self, subscription: Subscription) -> str | None:
        """What to say about the latest question if it may never have appeared in the channel."""
        posting = self._store.postings.latest(subscription.team, subscription.channel)
        if posting is None or posting.ts is not None:
            return None
        outcome = self._store.deliveries.outcome(DeliveryKind.QUESTION, str(posting.id))
        if outcome == DeliveryOutcome.TOO_LATE:
            return texts.question_left_out(posting.day)
        if outcome not in (None, DeliveryOutcome.UNCONFIRMED, DeliveryOutcome.GAVE_UP):
            return texts.question_refused(posting.day, outcome)
        if posting.closed_at is not None:
            return texts.question_lost(posting.day)
        return texts.question_unconfirmed(posting.day) if outcome else None
