"""The quiz's settings: the modal's menus and submission, and turning the quiz on."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from slack_bolt import Ack
from slack_sdk import WebClient

from bot import messages
from bot.listeners.latest_press import LatestPress
from bot.listeners.membership import is_member, member_count
from bot.listeners.payload import Payload, person, team, text
from bot.listeners.quiz_form import keep_breaks, read_form
from bot.listeners.replies import Responder, reply, say
from bot.posting.outbox import Outbox
from bot.quiz import texts
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.subscription import Subscription
from bot.slack.errors import NETWORK, Trouble, reason
from bot.store import Store
from bot.store.replies import Audience, OutgoingReply
from bot.views.card import sentence
from bot.views.message import Message
from bot.views.quiz_answer_time import SAME_DAY, with_answer_time
from bot.views.quiz_breaks import country_options
from bot.views.quiz_confirmation import confirmation
from bot.views.quiz_inputs import SERVICES, WEEKLY, read_state
from bot.views.quiz_settings import (
    BROADCAST,
    ModalContext,
    introduction,
    saved,
    zone_options,
)
from knowledge import Service

log = logging.getLogger(__name__)


MIN_BUSY_CHANNEL_MEMBERS = 25
"""From this many members on, a quiz asks before it begins."""
_PAUSING = (Trouble.CHANNEL_GONE, Trouble.CONFIGURATION)
"""Errors that keep us from posting in a channel until someone fixes the cause."""


class QuizSetup:
    """Reads and saves quiz settings; `command` is the slash command that replies name."""

    def __init__(self, store: Store, quizmaster: Quizmaster, outbox: Outbox, command: str) -> None:
        self._latest = LatestPress()
        self._outbox = outbox
        self._store = store
        self._quizmaster = quizmaster
        self.slash = command

    def services(self) -> Sequence[Service]:
        """The services that have questions, sorted by name."""
        knowledge = self._quizmaster.knowledge
        asked = {fact.service for fact in knowledge.facts.values() if fact.quiz}
        found = [knowledge.services[slug] for slug in asked]
        return sorted(found, key=lambda service: service.name)

    def find_service(self, name: str) -> str | None:
        """The slug of the service that a person calls by this name; None if there is none."""
        found = self._quizmaster.knowledge.find_service(name)
        return found.slug if found else None

    def suggest_zones(self, ack: Ack, body: Payload) -> None:
        """Suggest the time zones that match what was typed so far."""
        ack(options=zone_options(text(body, "value")))

    def suggest_countries(self, ack: Ack, body: Payload) -> None:
        """Suggest the countries that match what was typed so far."""
        ack(options=country_options(text(body, "value")))

    def handle_reveal(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Ask for the answer's time only if the answer comes on the same day."""
        view = body.get("view")
        is_same_day = text(action, "selected_option", "value") == SAME_DAY
        changed = with_answer_time(view, is_same_day) if isinstance(view, Mapping) else None
        if changed:
            self._latest.update(client, body, action, changed)

    def check(self, ack: Ack, view: Payload) -> None:
        """Accept the modal, or show below each input what is wrong with it."""
        _, errors = read_form(view, self._store.now())
        if errors:
            ack(response_action="errors", errors=errors)
        else:
            ack()

    def save(self, body: Payload, view: Payload, client: WebClient, respond: Responder) -> None:
        """Turn the quiz on with the settings from the modal."""
        context = ModalContext.decode(text(view, "private_metadata"))
        schedule, errors = read_form(view, self._store.now())
        if errors or schedule is None or context is None:
            return
        if not is_member(client, context.channel, person(body)):
            say(respond.at(context.channel, context.response_url), texts.MEMBERS_ONLY)
            return
        state = read_state(view)
        weekly = state[WEEKLY]
        before = self._store.subscriptions.get(team(body), context.channel)
        schedule = keep_breaks(schedule, view, before)
        subscription = Subscription(
            team(body), context.channel, schedule, tuple(state[SERVICES] or ()), person(body),
            standings=weekly is None or WEEKLY in weekly,  # modals of earlier versions have none
            broadcast=BROADCAST in (weekly or ()),
        )  # fmt: skip
        if message := self.switch_on(subscription, client, self.slash):
            reply(respond.at(context.channel, context.response_url), message)

    def switch_on(
        self, wanted: Subscription, client: WebClient, command: str, is_confirmed: bool = False
    ) -> Message | None:
        """Save the settings, and introduce the quiz to the channel if it was off.

        Returns the reply to the person who did it; None if the channel sees the result. In a busy
        channel, that is a question first, unless they have confirmed it.
        """
        if not self._quizmaster.questions_left(wanted.services, ()):
            return sentence(texts.NO_QUESTIONS)
        names = [self._quizmaster.service_name(slug) for slug in wanted.services]
        if not is_confirmed and (question := self._question_first(wanted, names, client)):
            return question
        subscription, fresh = self._store.subscriptions.save(wanted)
        if not fresh:
            return saved(subscription, names)
        message = introduction(subscription, names, command)
        try:
            self._introduce(wanted, message, client)
        except NETWORK as error:
            log_fields = {"team": wanted.team, "error": reason(error)}
            log.warning("the quiz was not introduced", extra=log_fields)
            self._store.subscriptions.pause(wanted.team, wanted.channel, reason(error), tell=False)
            return sentence(messages.saved_but(reason(error), command))
        return None

    def _question_first(
        self, wanted: Subscription, names: list[str], client: WebClient
    ) -> Message | None:
        """Whether to begin in a channel that many would have to read; None if it isn't busy."""
        before = self._store.subscriptions.get(wanted.team, wanted.channel)
        if before and before.active:
            return None
        members = member_count(client, wanted.channel)
        is_busy = members is not None and members >= MIN_BUSY_CHANNEL_MEMBERS
        return confirmation(wanted, names, members) if members and is_busy else None

    def _introduce(self, wanted: Subscription, message: Message, client: WebClient) -> None:
        """Raises the error from Slack if we can't post in the channel at all."""
        self._outbox.send(
            client,
            OutgoingReply(
                team=wanted.team,
                user=wanted.created_by,
                channel=wanted.channel,
                thread="",
                message=message.payload(),
                audience=Audience.EVERYONE,
                created_at=self._outbox.now(),
            ),
            raises=_PAUSING,
        )
