"""Presses on a card, acknowledged first and handled in lazy listeners.

A card that only one person sees changes in place. On any other card, the person who pressed gets a
card of their own.
"""

from __future__ import annotations

from slack_sdk import WebClient

from bot import messages
from bot.answers.answering import Answering
from bot.answers.reply import too_old
from bot.listeners.payload import (
    Payload,
    changes_in_place,
    flag,
    ident,
    is_private,
    person,
    team,
    text,
)
from bot.listeners.replies import Responder, reply, say, show_all
from bot.listeners.reports import Reports
from bot.listeners.team_notes import TeamNotes
from bot.posting.reply_steps import ReplyOutcome
from bot.store import Store
from bot.views.card_actions import HELPFUL, CardState, MenuItem, Vote, chosen_fact, read_vote
from bot.views.report import offer
from bot.views.reveal import REVEALED
from bot.views.value import Value
from knowledge import Fact

_SHARED = {
    ReplyOutcome.SHOWN: messages.SHARED,
    ReplyOutcome.LATER: messages.SHARED_SOON,
    ReplyOutcome.REFUSED: messages.SHARE_FAILED,
    ReplyOutcome.UNKNOWN: messages.SHARE_UNKNOWN,
}
_THANKS = {Vote.HELPFUL: messages.THANKS_HELPFUL, Vote.WRONG: messages.THANKS_WRONG}


class Actions:
    """Shows, shares, and removes cards, and records votes on facts."""

    def __init__(
        self, answering: Answering, store: Store, reports: Reports, team_notes: TeamNotes
    ) -> None:
        self._answering = answering
        self._store = store
        self._reports = reports
        self._team_notes = team_notes

    def handle_show(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Replace the message that offered a fact with the fact."""
        self._show(body, _value(action), respond)

    def handle_more(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Show the same fact with its detail: a button of cards until November 2026."""
        self._show(body, _value(action), respond, detailed=True)

    def handle_menu(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """A choice in the menu: more or less detail, a related fact, a report, or a note."""
        state = CardState.decode(text(action, "block_id"))
        chosen = text(action, "selected_option", "value")
        if state is None:
            reply(respond, too_old())
        elif chosen == MenuItem.SOURCE:
            return  # the option is a link
        elif chosen == MenuItem.REPORT:
            self._reports.open(state.value.fact, body, client, respond)
        elif chosen == MenuItem.NOTE:
            self._team_notes.open(state.value.fact, body, client, respond)
        else:
            value = state.value.about(chosen_fact(chosen) or state.value.fact)
            self._show(body, value, respond, detailed=chosen == MenuItem.DETAIL)

    def handle_share(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Post the fact publicly in the asker's name; a second press posts nothing."""
        value = _value(action)
        fact = self._fact(body, value)
        if not value or not fact:
            reply(respond, too_old())
            return
        user = person(body)
        key = ":".join((team(body), ident(body, "container", "message_ts"), user, fact.id))
        outcome = ReplyOutcome.SHOWN
        if self._store.claim("share", key):
            own = Value(fact.id, user, value.question)
            outcome = show_all(respond, self._answering.in_team(team(body)).shared(fact, own))
        is_shared = outcome not in (ReplyOutcome.REFUSED, ReplyOutcome.UNKNOWN)
        if not is_shared:
            self._store.release("share", key)
        detailed = _is_detailed(action)
        self._show(body, value, respond, detailed, remark=_SHARED[outcome], shareable=not is_shared)

    def handle_remove(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Remove a shared card, if the person who shared it pressed."""
        value = _value(action)
        if value is None or value.asker != person(body):
            say(respond, messages.NOT_YOURS_TO_REMOVE)
        elif not respond.remove():
            say(respond, messages.NOT_REMOVED)

    def handle_feedback(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Record a vote by Slack's own thumbs, which show by themselves what was pressed."""
        vote = read_vote(text(action, "value"))
        if vote is None:
            reply(respond, too_old())
            return
        choice, value = vote
        state = CardState(value, _is_detailed(action))
        self._vote(body, state, choice, respond, is_seen=text(action, "type") != "button")

    def handle_old_feedback(self, body: Payload, action: Payload, respond: Responder) -> None:
        """A thumb on a card from before November 2026, or *This is wrong* below a reveal."""
        value = _value(action)
        if value is None:
            reply(respond, too_old())
            return
        vote = Vote.HELPFUL if text(action, "action_id") == HELPFUL else Vote.WRONG
        is_card = text(action, "block_id") != REVEALED
        self._vote(body, CardState(value), vote, respond, is_card=is_card)

    def handle_unknown(self, respond: Responder) -> None:
        """A button that messages no longer have."""
        reply(respond, too_old())

    def _vote(
        self,
        body: Payload,
        state: CardState,
        vote: Vote,
        respond: Responder,
        *,
        is_seen: bool = False,
        is_card: bool = True,
    ) -> None:
        """Record a vote; the same person's later vote replaces it.

        On a card that others also see, the thumbs stay for them; `is_seen` says that Slack shows
        the person which thumb they pressed.
        """
        fact = self._fact(body, state.value)
        if fact is None:
            reply(respond, too_old())
            return
        self._store.note_feedback(team(body), person(body), fact.id, vote is Vote.HELPFUL)
        thanks = _THANKS[vote]
        is_wrong = vote is Vote.WRONG
        if is_card and is_private(body):
            self._show(
                body,
                state.value,
                respond,
                state.detailed,
                remark=thanks,
                voted=True,
                reportable=is_wrong,
            )
        elif is_wrong:
            reply(respond, offer(state.value, thanks))
        elif not is_seen:
            say(respond, thanks)

    def _show(
        self,
        body: Payload,
        value: Value | None,
        respond: Responder,
        detailed: bool = False,
        *,
        remark: str = "",
        voted: bool = False,
        reportable: bool = False,
        shareable: bool = True,
    ) -> None:
        ephemeral = flag(body, "container", "is_ephemeral")
        shown = value and self._answering.in_team(team(body)).fact(
            value,
            private=ephemeral and shareable,
            detailed=detailed,
            remark=remark,
            voted=voted,
            reportable=reportable,
        )
        if not value or not shown:
            reply(respond, too_old())
        else:
            reply(respond, shown, replace=changes_in_place(body, value.asker))

    def _fact(self, body: Payload, value: Value | None) -> Fact | None:
        facts = self._answering.in_team(team(body)).knowledge.facts
        return facts.get(value.fact) if value else None


def _is_detailed(action: Payload) -> bool:
    state = CardState.decode(text(action, "block_id"))
    return state is not None and state.detailed


def _value(action: Payload) -> Value | None:
    """The value of the pressed button or of the chosen option."""
    chosen = text(action, "selected_option", "value")
    return Value(chosen) if chosen else Value.decode(action.get("value"))
