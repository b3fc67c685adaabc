"""The commands that pause a channel's quiz until a day, or on public holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from slack_sdk import WebClient

from bot.listeners.origin import Origin
from bot.listeners.quiz_setup import QuizSetup
from bot.quiz import texts
from bot.quiz.pausing import read_holidays, read_pause
from bot.quiz.schedule import Schedule
from bot.quiz.subscription import Subscription
from bot.quiz.unreadable import UnreadableError
from bot.store import Store
from bot.views.card import sentence
from bot.views.message import Message


class QuizPauses:
    """Changes when a quiz takes a break; the channel sees by whom, as with every change."""

    def __init__(self, store: Store, setup: QuizSetup) -> None:
        self._store = store
        self._setup = setup

    def pause(self, origin: Origin, words: str, client: WebClient) -> Message | None:
        """No more questions until a day; today's stays if it was asked already."""
        subscription = self._running(origin)
        if subscription is None:
            return sentence(texts.no_quiz(origin.slash))
        today = subscription.schedule.day_of(self._store.now())
        try:
            until: date = read_pause(words, today)
        except UnreadableError as error:
            return sentence(str(error))
        self._store.postings.withdraw(*origin.where)
        schedule = replace(subscription.schedule, paused_until=until)
        return self._change(subscription, schedule, origin, client)

    def resume(self, origin: Origin, _: str, client: WebClient) -> Message | None:
        """End a pause now."""
        subscription = self._store.subscriptions.get(*origin.where)
        if subscription is None:
            return sentence(texts.no_quiz(origin.slash))
        if subscription.active and not subscription.schedule.paused_until:
            return sentence(texts.not_paused(origin.slash))
        schedule = replace(subscription.schedule, paused_until=None)
        return self._change(subscription, schedule, origin, client)

    def skip_holidays(self, origin: Origin, words: str, client: WebClient) -> Message | None:
        """No questions on a country's public holidays."""
        subscription = self._running(origin)
        if subscription is None:
            return sentence(texts.no_quiz(origin.slash))
        try:
            country = read_holidays(words)
        except UnreadableError as error:
            return sentence(str(error))
        schedule = replace(subscription.schedule, holidays=country)
        return self._change(subscription, schedule, origin, client)

    def _running(self, origin: Origin) -> Subscription | None:
        found = self._store.subscriptions.get(*origin.where)
        return found if found and found.active else None

    def _change(
        self, subscription: Subscription, schedule: Schedule, origin: Origin, client: WebClient
    ) -> Message | None:
        wanted = replace(subscription, schedule=schedule, created_by=origin.user)
        return self._setup.switch_on(wanted, client, origin.slash)
