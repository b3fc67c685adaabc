"""Suggestions: the ways to the form, and what curators do with what it brings."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.answers.commands import Command
from bot.curating.curators import Curators
from bot.curating.drafts import draft_from_message, draft_from_question
from bot.curating.suggesting import Decision, SuggestedFacts
from bot.listeners.explaining import message_text
from bot.listeners.fact_form import FactForms, Submission
from bot.listeners.modals import is_in_modal, open_modal
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.replies import Responder, reply, say
from bot.slack.mrkdwn import unescape
from bot.views import fact_form
from bot.views import suggestion as view
from bot.views.card import sentence
from bot.views.fact_form import FactDraft, Purpose
from bot.views.message import Message
from bot.views.value import Value


class Suggesting:
    """Opens the form for anyone, and carries out curators' decisions."""

    def __init__(
        self,
        answering: Answering,
        forms: FactForms,
        suggested: SuggestedFacts,
        curators: Curators,
    ) -> None:
        self._answering = answering
        self._forms = forms
        self._suggested = suggested
        self._curators = curators
        forms.suggest_with(self._store)
        forms.write_with(Purpose.EDIT_SUGGESTION, self._approve_edited)

    def carry_out(self, origin: Origin, typed: Command, client: WebClient) -> Message | None:
        """`suggest`, with a question or without: the form, or where that can't open, a button."""
        if not origin.trigger:
            return view.offer(typed.schedule)
        knowledge = self._answering.in_team(origin.team).knowledge
        draft = draft_from_question(typed.schedule, knowledge)
        is_open = self._open(client, origin.trigger, origin.team, draft)
        return None if is_open else sentence(fact_form.NOT_OPENED)

    def handle_open(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """The button below a refusal carries the question, that of `suggest` just its words."""
        pressed = text(action, "value")
        value = Value.decode(pressed)
        question = value.question if value else unescape(pressed.removeprefix("-"))
        knowledge = self._answering.in_team(team(body)).knowledge
        draft = draft_from_question(question, knowledge)
        if not self._open(client, text(body, "trigger_id"), team(body), draft, is_in_modal(body)):
            say(respond, fact_form.NOT_OPENED)

    def handle_shortcut(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """*Save as AWS fact*: the form with what the message says."""
        knowledge = self._answering.in_team(team(body)).knowledge
        draft = draft_from_message(message_text(body.get("message")), knowledge)
        if not self._open(client, text(body, "trigger_id"), team(body), draft):
            say(respond, fact_form.NOT_OPENED)

    def list_open(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """The command `suggestions`: what waits for a decision, oldest first."""
        if refusal := self._curators.refusal(origin.team, origin.user, client):
            return refusal
        waiting = self._suggested.waiting(origin.team)
        return view.suggestion_list(waiting, self._curators.list_note(origin.team))

    def handle_show(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Show a suggestion from the list, with its buttons, to the person who asks."""
        if self._may(body, client, respond):
            shown = self._suggested.message(team(body), _id(action))
            reply(respond, shown or sentence(view.GONE))

    def handle_approve(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        if self._may(body, client, respond):
            decision = self._suggested.approve(team(body), _id(action), person(body))
            _show(decision, respond)

    def handle_edit(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Open the form with the suggestion, which it approves when it is sent."""
        if not self._may(body, client, respond):
            return
        found = self._suggested.get(team(body), _id(action))
        if found is None or found[0].fact or found[0].decided_at:
            _show(Decision(self._suggested.message(team(body), _id(action))), respond)
            return
        draft, trigger = FactDraft.of(found[1]), text(body, "trigger_id")
        about = {"prefill": draft, "ref": found[0].id, "note": respond.response_url}
        if not self._forms.open(
            client, trigger, team(body), Purpose.EDIT_SUGGESTION, **about  # type: ignore[arg-type]
        ):  # fmt: skip
            say(respond, fact_form.NOT_OPENED)

    def handle_reject(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Ask why; only then it is rejected."""
        if not self._may(body, client, respond):
            return
        channel = ident(body, "container", "channel_id") or ident(body, "channel", "id")
        context = view.RejectContext(_id(action), channel, respond.response_url)
        asked = view.reject_modal(context)
        open_modal(body, client, respond, asked, fact_form.NOT_OPENED)

    def check_reason(self, ack: Ack, body: Payload) -> None:
        if _reason(body):
            ack()
        else:
            ack(response_action="errors", errors={view.REASON: view.NEED_REASON})

    def handle_rejected(self, body: Payload, client: WebClient, respond: Responder) -> None:
        context = view.RejectContext.decode(text(body, "view", "private_metadata"))
        if not context.suggestion or not _reason(body):
            return
        if self._may(body, client, respond.at(person(body), "")):
            decision = self._suggested.reject(
                team(body), context.suggestion, person(body), _reason(body)
            )
            _show(decision, respond.at(context.channel, context.response_url))

    def _open(
        self, client: WebClient, trigger: str, team: str, draft: FactDraft, in_modal: bool = False
    ) -> bool:
        return self._forms.open(
            client, trigger, team, Purpose.SUGGEST, prefill=draft, in_modal=in_modal
        )

    def _may(self, body: Payload, client: WebClient, respond: Responder) -> bool:
        refusal = self._curators.refusal(team(body), person(body), client)
        if refusal:
            reply(respond, refusal)
        return refusal is None

    def _store(self, sent: Submission) -> str:
        return self._suggested.add(sent.team, sent.user, sent.view_id, sent.fact)

    def _approve_edited(self, sent: Submission, client: WebClient, respond: Responder) -> str:
        ref = sent.context.ref
        decision = self._suggested.approve(sent.team, ref, sent.user, sent.fact)
        if decision.refusal:
            reply(respond, decision.refusal)
        else:
            _show(decision, respond.at(sent.user, sent.context.note))
        return decision.fact


def _show(decision: Decision, respond: Responder) -> None:
    """Update the curators' message in place."""
    if decision.shown and respond.response_url:
        reply(respond, decision.shown, replace=True)
    elif decision.refusal:
        reply(respond, decision.refusal)


def _id(action: Payload) -> int:
    pressed = text(action, "value")
    return int(pressed) if pressed.isdecimal() and len(pressed) < 10 else 0


def _reason(body: Payload) -> str:
    path = ("view", "state", "values", view.REASON, view.REASON, "value")
    return " ".join(text(body, *path).split())
