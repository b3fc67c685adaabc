"""The search over all facts and services: what is offered while typing, and what is chosen."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.answers.suggesters import Suggesters
from bot.listeners.payload import Payload, team, text
from bot.slack import limits
from bot.views.found import chosen_service, fact_modal, service_modal, suggestion_options


class Search:
    """Answers menus whose options are all facts and services."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._suggesters = Suggesters(answering)

    def suggest(self, ack: Ack, body: Payload) -> None:
        """Offer what matches what was typed so far."""
        suggester = self._suggesters.of(team(body))
        found = suggester.suggest(text(body, "value"), limits.OPTIONS)
        ack(options=suggestion_options(found))

    def handle_chosen(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Show a fact or a service in a modal."""
        known = self._answering.in_team(team(body)).known
        knowledge = known.knowledge
        chosen = text(action, "selected_option", "value")
        slug = chosen_service(chosen)
        fact = knowledge.facts.get(chosen)
        if slug in knowledge.services:
            view = service_modal(knowledge.overview(slug))
        elif fact:
            name = knowledge.services[fact.service].name
            marks = known.marks(fact)
            view = fact_modal(fact, name, self._answering.today(), marks)
        else:
            return
        client.views_open(trigger_id=text(body, "trigger_id"), view=view)
