"""The global shortcut *Look up an AWS fact*: search, preview, and sharing to a channel.

https://docs.slack.dev/interactivity/implementing-shortcuts
"""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.answers.suggesters import Suggesters
from bot.listeners.fact_requests import FactRequestHandlers
from bot.listeners.latest_press import LatestPress
from bot.listeners.membership import is_member
from bot.listeners.modals import open_modal
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.replies import Responder, reply, show_all
from bot.posting.reply_steps import ReplyOutcome
from bot.slack import limits
from bot.slack.mrkdwn import unescape
from bot.store import Store
from bot.team.marks import Marks
from bot.views import lookup
from bot.views.found import suggestion_options
from bot.views.message import Block
from bot.views.value import Value
from knowledge import Fact, KnowledgeBase, Outcome
from knowledge.reference.answer import ReferenceAnswer
from knowledge.suggesting import SearchSuggestion
from knowledge.wording import wording


class LookupHandlers:
    """Opens and updates the modal, and posts what is shared."""

    def __init__(
        self, answering: Answering, store: Store, fact_requests: FactRequestHandlers
    ) -> None:
        self._answering = answering
        self._store = store
        self._fact_requests = fact_requests
        self._suggesters = Suggesters(answering)
        self._latest = LatestPress()

    def handle_shortcut(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """Open the modal at once, because the trigger expires in three seconds."""
        open_modal(body, client, respond, lookup.search_modal(), lookup.NOT_OPENED)

    def suggest(self, ack: Ack, body: Payload) -> None:
        """Offer the facts that match what was typed; if there are none, what to do then."""
        typed = text(body, "value")
        found = self._suggesters.of(team(body)).suggest(typed, limits.OPTIONS, services=False)
        reference = self._reference(body, typed) if found else None
        if not found:
            found, reference = self._nearest(body, typed)
        options = suggestion_options(found)
        if reference:
            option = lookup.reference_option(typed, reference)
            options = [*options[: limits.OPTIONS - len(option)], *option]
        ack(options=options or lookup.nothing_option(typed))

    def handle_chosen(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Show the fact that was chosen."""
        chosen = text(action, "selected_option", "value")
        fact = self._known(body).facts.get(chosen)
        if fact:
            about = self._service(fact), self._answering.today()
            view = lookup.chosen_modal(fact, *about, self._marks(body, fact))
        elif (typed := lookup.reference_typed(chosen)) and (found := self._reference(body, typed)):
            view = lookup.reference_modal(typed, found)
        elif typed := lookup.nothing_typed(chosen):
            view = lookup.nothing_modal(typed)
        else:
            view = lookup.search_modal(lookup.GONE)
        self._latest.update(client, body, action, view)

    def handle_request(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Store what the person searched for without success, once per person, and confirm it."""
        if typed := unescape(text(action, "value")):
            if kept := wording(typed):
                self._store.fact_requests.add(team(body), person(body), kept)
            view = lookup.nothing_modal(typed, requested=True)
            self._latest.update(client, body, action, view)

    def handle_tell(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Store that the person wants to be told, in a direct message, and confirm it."""
        if typed := unescape(text(action, "value")):
            if kept := wording(typed):
                self._fact_requests.tell_in_private(team(body), person(body), kept)
            view = lookup.nothing_modal(typed, promised=True)
            self._latest.update(client, body, action, view)

    def check(self, ack: Ack, body: Payload) -> None:
        """Keep the modal open, with what is wrong, or with the fact that is being shared."""
        fact, channel = self._shared_fact(body), _channel(body)
        if not channel or fact is None:
            missing = lookup.GONE if channel else lookup.NEED_CHANNEL
            ack(response_action="errors", errors={lookup.CHANNEL: missing})
            return
        today = self._answering.today()
        about = self._service(fact), today, channel
        view: Block = lookup.sharing_modal(fact, *about, self._marks(body, fact))
        ack(response_action="update", view=view)

    def share(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """Post the fact in the person's name, once; what goes wrong they hear in private.

        The modal isn't updated again: Slack might do that before what `check` says.
        """
        fact, channel, user = self._shared_fact(body), _channel(body), person(body)
        if fact is None or not channel:
            return
        privately = respond.at(user, "")
        if not is_member(client, channel, user):
            reply(privately, lookup.not_a_member(fact.title, channel))
            return
        view = (ident(body, "view", "id"), ident(body, "view", "hash"))
        if not self._store.claim("share", ":".join((team(body), *view, user, channel, fact.id))):
            return
        shared = self._answering.in_team(team(body)).shared(fact, Value(fact.id, user))
        outcome = show_all(respond.at(channel, _response_url(body)), shared)
        if outcome is ReplyOutcome.REFUSED:
            reply(privately, lookup.not_shared(fact.title, channel))
        elif outcome is ReplyOutcome.UNKNOWN:
            reply(privately, lookup.perhaps_shared(fact.title, channel))

    def _nearest(
        self, body: Payload, typed: str
    ) -> tuple[list[SearchSuggestion], ReferenceAnswer | None]:
        """What the answer to a whole question would be, or to words with typos."""
        result = self._known(body).ask(typed)
        if result.outcome not in (Outcome.ANSWER, Outcome.SUGGEST, Outcome.REFERENCE):
            return [], None
        found = [SearchSuggestion(match.fact.id, match.fact.title) for match in result.nearest]
        return found, result.reference

    def _reference(self, body: Payload, typed: str) -> ReferenceAnswer | None:
        """What other data says, if an exact name was typed."""
        reference = self._known(body).reference
        return reference.answer(typed) if reference else None

    def _shared_fact(self, body: Payload) -> Fact | None:
        """The fact that the submitted modal shows."""
        return self._known(body).facts.get(text(body, "view", "private_metadata"))

    def _known(self, body: Payload) -> KnowledgeBase:
        return self._answering.in_team(team(body)).knowledge

    def _marks(self, body: Payload, fact: Fact) -> Marks:
        return self._answering.in_team(team(body)).known.marks(fact)

    def _service(self, fact: Fact) -> str:
        return self._answering.knowledge.services[fact.service].name


def _channel(body: Payload) -> str:
    path = ("view", "state", "values", lookup.CHANNEL, lookup.CHANNEL, "selected_conversation")
    return ident(body, *path)


def _response_url(body: Payload) -> str:
    """The URL that posts in the chosen channel, whether or not we're in it; "" without one."""
    urls = body.get("response_urls")
    entries = urls if isinstance(urls, list) else []
    wanted = [entry for entry in entries if text(entry, "channel_id") == _channel(body)]
    return text(wanted[0], "response_url") if wanted else ""
