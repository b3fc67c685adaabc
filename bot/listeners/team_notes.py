"""A workspace's own notes on facts, which curators write."""

from __future__ import annotations

import logging

from slack_bolt import Ack
from slack_sdk import WebClient

from bot import messages
from bot.answers.answering import too_old
from bot.curating.curators import Curators
from bot.curating.disputes import Disputes
from bot.listeners.modals import about, open_modal, typed
from bot.listeners.payload import Payload, person, team
from bot.listeners.replies import Responder, reply
from bot.slack.errors import NETWORK
from bot.store import StoreError
from bot.views import team_note as view
from bot.views.marks import MAX_NOTE_CHARS

log = logging.getLogger(__name__)


class TeamNotes:
    """Opens the modal and takes what is submitted."""

    def __init__(self, disputes: Disputes, curators: Curators) -> None:
        self._disputes = disputes
        self._curators = curators

    def open(self, fact_id: str, body: Payload, client: WebClient, respond: Responder) -> None:
        """Open the modal with the note as it is; others hear who may write notes."""
        team_id = team(body)
        fact = self._disputes.known(team_id).facts.get(fact_id)
        if fact is None:
            reply(respond, too_old())
        elif refusal := self._curators.refusal(team_id, person(body), client):
            reply(respond, refusal)
        else:
            modal = view.note_modal(fact.id, fact.title, self._disputes.note(team_id, fact.id))
            open_modal(body, client, respond, modal, view.NOT_OPENED)

    def check(self, ack: Ack, body: Payload, client: WebClient) -> None:
        """Store the note and say so in the modal, which stays open if something is wrong."""
        fact = self._disputes.known(team(body)).facts.get(about(body))
        note = typed(body, view.NOTE)
        if fact is None:
            failed = view.GONE
        elif len(note) > MAX_NOTE_CHARS:
            failed = view.TOO_LONG
        else:
            failed = self._store(body, client, fact.id, note)
        if failed or fact is None:
            ack(response_action="errors", errors={view.NOTE: failed})
        else:
            ack(response_action="update", view=view.saved_modal(fact.title, note))

    def _store(self, body: Payload, client: WebClient, fact: str, note: str) -> str:
        """Store a note; "" or what is wrong."""
        team_id, user = team(body), person(body)
        try:
            if refusal := self._curators.refusal(team_id, user, client):
                return refusal.text
            return self._disputes.write_note(team_id, user, fact, note)
        except (StoreError, *NETWORK) as error:
            log.error(
                "could not store a note", extra={"team": team_id, "error": type(error).__name__}
            )
            return messages.BROKEN
