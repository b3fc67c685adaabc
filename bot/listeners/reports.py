"""*Report a mistake*: a modal, and what it says becomes a case for the curators."""

from __future__ import annotations

import logging

from slack_bolt import Ack
from slack_sdk import WebClient

from bot import messages
from bot.answers.answering import too_old
from bot.curating.curators import Curators
from bot.curating.disputes import Disputes, is_link
from bot.listeners.modals import about, open_modal, typed
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.replies import Responder, reply
from bot.store import StoreError
from bot.views import report as view
from bot.views.value import Value
from knowledge import Fact

log = logging.getLogger(__name__)


class Reports:
    """Opens the modal and takes what is submitted."""

    def __init__(self, disputes: Disputes, curators: Curators) -> None:
        self._disputes = disputes
        self._curators = curators

    def handle_open(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """The button below thanks for a thumbs-down, and the one below a revealed question."""
        value = Value.decode(text(action, "value"))
        self.open(value.fact if value else "", body, client, respond)

    def open(self, fact_id: str, body: Payload, client: WebClient, respond: Responder) -> None:
        """Open the modal about the fact with this ID."""
        fact = self._fact(body, fact_id)
        if fact is None:
            reply(respond, too_old())
            return
        modal = view.report_modal(fact.id, fact.title)
        open_modal(body, client, respond, modal, view.NOT_OPENED)

    def check(self, ack: Ack, body: Payload) -> None:
        """Store the report and say so in the modal, which stays open if something is wrong.

        This comes before the acknowledgement, so that what was typed isn't lost.
        """
        fact, complaint, link = (
            self._fact(body, about(body)),
            typed(body, view.COMPLAINT),
            typed(body, view.LINK),
        )
        errors = {}
        if fact is None:
            errors[view.COMPLAINT] = view.GONE
        elif not complaint:
            errors[view.COMPLAINT] = view.NEED_COMPLAINT
        if link and (not is_link(link) or len(link) > view.MAX_LINK_CHARS):
            errors[view.LINK] = view.NEED_LINK
        if fact and not errors and (failed := self._store(body, fact, complaint, link)):
            errors[view.COMPLAINT] = failed
        if errors or fact is None:
            ack(response_action="errors", errors=errors)
        else:
            advice = self._curators.advice(team(body))
            ack(response_action="update", view=view.reported_modal(fact.title, advice))

    def _store(self, body: Payload, fact: Fact, complaint: str, link: str) -> str:
        """Store a report; "" or what is wrong."""
        submission = ident(body, "view", "id")
        try:
            return self._disputes.report(
                team(body), person(body), fact, complaint, link, submission
            )
        except StoreError as error:
            log.error(
                "could not store a report",
                extra={"team": team(body), "error": type(error).__name__},
            )
            return messages.BROKEN

    def _fact(self, body: Payload, fact_id: str) -> Fact | None:
        return self._disputes.known(team(body)).facts.get(fact_id)
