"""The buttons on a fact's card. Presses are acknowledged first and handled in lazy listeners."""

from __future__ import annotations

from bot import messages
from bot.answers.answering import Answering, too_old
from bot.listeners.payload import Payload, flag, ident, is_direct, person, team, text
from bot.listeners.replies import Responder, reply, say, show_all
from bot.posting.reply_steps import ReplyOutcome
from bot.store import Store
from bot.views.card import HELPFUL, shared_card
from bot.views.value import Value

_SHARED = {
    ReplyOutcome.SHOWN: messages.SHARED,
    ReplyOutcome.LATER: messages.SHARED_SOON,
    ReplyOutcome.REFUSED: messages.SHARE_FAILED,
    ReplyOutcome.UNKNOWN: messages.SHARE_UNKNOWN,
}


class Actions:
    """Shows and shares facts, and records feedback on them."""

    def __init__(self, answering: Answering, store: Store) -> None:
        self._answering = answering
        self._store = store

    def handle_show(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Replace the message that offered a fact with the fact."""
        self._show(body, _value(action), respond, detailed=False)

    def handle_more(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Show the same fact with its detail."""
        self._show(body, _value(action), respond, detailed=True)

    def handle_share(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Post the fact publicly in the asker's name; a second press posts nothing."""
        value = _value(action)
        fact = self._answering.knowledge.facts.get(value.fact) if value else None
        if not value or not fact:
            reply(respond, too_old())
            return
        user = person(body)
        key = ":".join((team(body), ident(body, "container", "message_ts"), user, fact.id))
        if not self._store.claim("share", key):
            return
        service = self._answering.knowledge.services[fact.service].name
        verdict = self._answering.verdict(fact, value.question)
        own = Value(fact.id, user, value.question)
        public = shared_card(fact, service, own, self._answering.today(), verdict)
        sending = show_all(respond, public)
        if sending in (ReplyOutcome.REFUSED, ReplyOutcome.UNKNOWN):
            self._store.release("share", key)
        say(respond, _SHARED[sending])

    def handle_feedback(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Record whether the answer helped; the same person's later press replaces it."""
        value = _value(action)
        fact = self._answering.knowledge.facts.get(value.fact) if value else None
        if fact is None:
            reply(respond, too_old())
            return
        helpful = text(action, "action_id") == HELPFUL
        self._store.note_feedback(team(body), person(body), fact.id, helpful)
        thanks = messages.THANKS_HELPFUL if helpful else messages.THANKS_WRONG
        say(respond, thanks)

    def handle_unknown(self, respond: Responder) -> None:
        """A button that messages no longer have."""
        reply(respond, too_old())

    def _show(
        self, body: Payload, value: Value | None, respond: Responder, *, detailed: bool
    ) -> None:
        ephemeral = flag(body, "container", "is_ephemeral")
        direct = is_direct(ident(body, "channel", "id"))
        own = value is not None and value.asker == person(body) != ""
        shown = self._answering.fact(value, private=ephemeral, detailed=detailed) if value else None
        if shown is None:
            reply(respond, too_old())
        elif ephemeral or direct or own:
            reply(respond, shown, replace=True)
        else:
            reply(respond, shown)


def _value(action: Payload) -> Value | None:
    """The value of the pressed button or of the chosen option."""
    chosen = text(action, "selected_option", "value")
    return Value(chosen) if chosen else Value.decode(action.get("value"))
