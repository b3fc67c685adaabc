"""Buttons of the message that asks a curator about overdue facts, and the command `digest`."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.answers.commands import Command
from bot.answers.reply import too_old
from bot.curating.curators import Curators
from bot.curating.digest import Digests
from bot.curating.review_messages import ReviewMessages
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.listeners.fact_form import FactForms, Submission
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.store import Store
from bot.team.checks import check_of
from bot.views.digest import digest
from bot.views.fact_form import NOT_OPENED, Purpose
from bot.views.message import Message
from bot.views.review_request import CHANGED, NOT_YOURS, STILL_TRUE, THANKS
from bot.views.value import Value


@dataclass(frozen=True, slots=True)
class Pressed:
    """The fact and the day of a *Changed* that was pressed, and where to update its message."""

    fact: str
    day: str
    response_url: str

    def encode(self) -> str:
        return " ".join((self.fact, self.day, self.response_url))

    @classmethod
    def decode(cls, text: str) -> Pressed:
        fact, _, rest = text.partition(" ")
        day, _, response_url = rest.partition(" ")
        return cls(fact, day, response_url)


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
        forms.on_saved(Purpose.CHANGE_REVIEWED, self._finish_changed)

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
            self._change(body, value, client, respond)
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
        self._show(team_id, user, value.question, respond)

    def _change(self, body: Payload, value: Value, client: WebClient, respond: Responder) -> None:
        """Open the form at once, because a trigger lasts three seconds; it checks who may save."""
        fact = self._teams.of(team(body)).knowledge.facts.get(value.fact)
        if fact is None:
            self._show(team(body), person(body), value.question, respond)
            return
        trigger, purpose = text(body, "trigger_id"), Purpose.CHANGE_REVIEWED
        pressed = Pressed(value.fact, value.question, respond.response_url).encode()
        if not self._forms.open(client, trigger, team(body), purpose, fact=fact, note=pressed):
            say(respond, NOT_OPENED)

    def _finish_changed(self, sent: Submission, respond: Responder) -> None:
        """The fact is written: it is no longer to be checked, and its buttons go away."""
        pressed = Pressed.decode(sent.context.note)
        self._store.review_tasks.close(sent.team, pressed.fact or sent.fact.id, sent.user)
        if pressed.day:  # a form that an older version opened doesn't say
            where = respond.at(sent.user, pressed.response_url)
            self._show(sent.team, sent.user, pressed.day, where)

    def _show(self, team_id: str, user: str, day: str, respond: Responder) -> None:
        """Show what is left of a day's message, in its place."""
        shown = self._messages.of_day(team_id, user, day, THANKS)
        reply(respond, shown or too_old(), replace=shown is not None)
