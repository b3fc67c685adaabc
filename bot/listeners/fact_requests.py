"""Requests to write an answer that is missing."""

from __future__ import annotations

from bot.answers.answering import Answering, too_old
from bot.listeners.payload import Payload, changes_in_place, person, team, text
from bot.listeners.replies import Responder, reply
from bot.store import Store
from bot.views.value import Value


class FactRequests:
    """Handles the buttons below a refusal."""

    def __init__(self, answering: Answering, store: Store) -> None:
        self._answering = answering
        self._store = store

    def handle_request(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Store the question, once per person, and confirm: in place, or to others separately."""
        value = Value.decode(text(action, "value"))
        if value is None or not value.question:
            reply(respond, too_old())
            return
        self._store.fact_requests.add(team(body), person(body), value.question)
        refusal = self._answering.in_team(team(body)).refusal(value, requested=True)
        reply(respond, refusal, replace=changes_in_place(body, value.asker))

    def handle_search(self) -> None:
        """Do nothing: the button is a link."""
