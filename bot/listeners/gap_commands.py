"""The command `gaps`: questions that got no certain answer, for curators."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.answers.commands import Command
from bot.answers.reply import too_old
from bot.answers.unanswered import UnansweredQuestions
from bot.curating.curators import Curators
from bot.curating.gap_groups import most_asked
from bot.listeners.fact_form import FactForms
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, team, text
from bot.listeners.replies import Responder, reply, say
from bot.store import Store
from bot.views.fact_form import NOT_OPENED, FactDraft, Purpose
from bot.views.gaps import gap_list
from bot.views.message import Message
from bot.views.value import Value

MAX_LISTED_GAPS = 10


class GapCommands:
    """Lists a workspace's own questions without an answer."""

    def __init__(
        self,
        answering: Answering,
        unanswered: UnansweredQuestions,
        store: Store,
        curators: Curators,
        forms: FactForms,
    ) -> None:
        self._answering = answering
        self._unanswered = unanswered
        self._store = store
        self._curators = curators
        self._forms = forms

    def carry_out(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """Similar questions together, those that most people asked first."""
        if refusal := self._curators.refusal(origin.team, origin.user, client):
            return refusal
        self._unanswered.write()
        answering = self._answering.in_team(origin.team)
        wordings = self._store.gaps.wordings(origin.team)
        return gap_list(most_asked(wordings, answering, MAX_LISTED_GAPS))

    def handle_write(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Open the form for a fact that answers a question, with that question as a phrasing."""
        value = Value.decode(text(action, "value"))
        if value is None:
            reply(respond, too_old())
            return
        draft = FactDraft(phrasings=(value.question,))
        trigger = text(body, "trigger_id")
        if not self._forms.open(client, trigger, team(body), Purpose.SUGGEST, prefill=draft):
            say(respond, NOT_OPENED)
