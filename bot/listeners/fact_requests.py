"""Requests to write an answer that is missing, and to be told once it is there."""

from __future__ import annotations

from bot.answers.answering import Answering
from bot.answers.reply import too_old
from bot.listeners.payload import Payload, changes_in_place, flag, ident, person, team, text
from bot.listeners.replies import Responder, reply, thread_of
from bot.store import Store
from bot.store.gaps import AskedQuestion
from bot.views.refusal import WILL_MESSAGE, WILL_REPLY
from bot.views.value import Value
from knowledge.wording import wording


class FactRequestHandlers:
    """Handles the buttons below a refusal."""

    def __init__(self, answering: Answering, store: Store) -> None:
        self._answering = answering
        self._store = store

    def handle_request(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Store the question, once per person, and confirm: in place, or to others separately."""
        value = _kept(action)
        if value is None:
            reply(respond, too_old())
            return
        self._store.fact_requests.add(team(body), person(body), value.question)
        self._show(body, value, respond)

    def handle_tell(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Store who wants to know, and where they asked: what only they saw stays private."""
        value = _kept(action)
        if value is None:
            reply(respond, too_old())
            return
        is_hidden = flag(body, "container", "is_ephemeral")
        if is_hidden:
            self.tell_in_private(team(body), person(body), value.question)
        else:
            self._tell(team(body), person(body), value.question, *_here(body))
        self._show(body, value, respond, WILL_MESSAGE if is_hidden else WILL_REPLY)

    def tell_in_private(self, team: str, user: str, question: str) -> None:
        """Store that a person wants to be told in a direct message; `question` is as it's kept."""
        direct = self._store.people.get(team, user).direct
        self._tell(team, user, question, direct or user, "")

    def _tell(self, team: str, user: str, question: str, channel: str, thread: str) -> None:
        """Store who wants to know, unless there is an answer by now."""
        if self._answering.in_team(team).answer_to(question) is None:
            asked = AskedQuestion(team, user, question, self._store.now())
            self._store.gaps.watch(asked, channel, thread)

    def handle_search(self) -> None:
        """Do nothing: the button is a link."""

    def _show(self, body: Payload, value: Value, respond: Responder, promise: str = "") -> None:
        refusal = self._answering.in_team(team(body)).refusal(value, promise)
        reply(respond, refusal, replace=changes_in_place(body, value.asker))


def _here(body: Payload) -> tuple[str, str]:
    return ident(body, "channel", "id"), thread_of(body)


def _kept(action: Payload) -> Value | None:
    """What a button carries, with the question as it is kept; None if it has no question."""
    value = Value.decode(text(action, "value"))
    question = wording(value.question) if value else ""
    return Value(value.fact, value.asker, question) if value and question else None
