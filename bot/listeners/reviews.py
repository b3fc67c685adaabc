"""Buttons of the message that asks a curator about overdue facts, and the command `digest`."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.answering import too_old
from bot.answers.commands import Command
from bot.curating.checks import check_of
from bot.curating.curators import Curators
from bot.curating.digest import Digests
from bot.curating.review_messages import ReviewMessages
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.listeners.fact_form import FactForms
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.store import Store
from bot.views.digest import digest
from bot.views.fact_form import Purpose
from bot.views.message import Message
from bot.views.review_request import CHANGED, NOT_YOURS, STILL_TRUE, THANKS
from bot.views.value import Value


class Reviews:
    """Handles what curators say about facts that are due."""

    def __init__(
        self,
        store: Store,
        teams: TeamFacts,
        curators: Curators,
        forms: FactForms,
        digests: Digests,
        command: str,
    ) -> None:
        self._store = store
        self._teams = teams
        self._curators = curators
        self._forms = forms
        self._digests = digests
        self._command = command
        self._messages = ReviewMessages(store, teams)
        forms.on_saved(Purpose.CHANGE_REVIEWED, self._close)

    def handle_press(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """*Still true*, *Changed*, or *Not mine*; the message then shows what is left."""
        value, pressed = Value.decode(text(action, "value")), text(action, "action_id")
        if value is None:
            reply(respond, too_old())
        elif value.asker != person(body):
            say(respond, NOT_YOURS)
        elif pressed.startswith(CHANGED):
            self._change(body, value, client)
        elif refusal := self._curators.refusal(team(body), person(body), client):
            reply(respond, refusal)
        else:
            self._finish(body, value, pressed.startswith(STILL_TRUE), respond)

    def show_digest(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """What there is to do now."""
        refusal = self._curators.refusal(origin.team, origin.user, client)
        return refusal or digest(self._digests.of(origin.team), origin.slash or self._command)

    def _finish(self, body: Payload, value: Value, is_true: bool, respond: Responder) -> None:
        team_id, user = team(body), person(body)
        fact = self._teams.of(team_id).knowledge.facts.get(value.fact)
        check = check_of(fact, day_of(self._store.now())).encode() if fact and is_true else ""
        if self._store.review_tasks.close(team_id, value.fact, user, check):
            self._teams.refresh()
        shown = self._messages.of_day(team_id, user, value.question, THANKS)
        reply(respond, shown or too_old(), replace=shown is not None)

    def _change(self, body: Payload, value: Value, client: WebClient) -> None:
        """Open the form at once, because a trigger lasts three seconds; it checks who may save."""
        fact = self._teams.of(team(body)).knowledge.facts.get(value.fact)
        if fact:
            trigger = text(body, "trigger_id")
            self._forms.open(client, trigger, team(body), Purpose.CHANGE_REVIEWED, fact=fact)

    def _close(self, team_id: str, user: str, ref: int, fact: str, client: WebClient) -> None:
        self._store.review_tasks.close(team_id, fact, user)
