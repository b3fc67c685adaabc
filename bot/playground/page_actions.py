"""What can be done on the page, carried out on the local Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from bot.fake_slack.calls import JsonObject
from bot.fake_slack.member_actions import MemberActions
from bot.fake_slack.sample_workspace import CHANNEL_NAMES, GROUP, SampleMember, find_member
from bot.fake_slack.server import Failure, FakeSlack
from bot.fake_slack.workspace import TEAM_ID
from bot.playground.movable_clock import MovableClock
from bot.playground.page_state import (
    BotState,
    NextMoments,
    find_element,
    find_message,
    page_state,
)
from bot.slack.manifest import EXPLAIN, LOOK_UP, SAVE
from bot.store import Store

MAX_MESSAGE_CHARS = 4000
"""What Slack's message box takes."""
NOTHING_PLANNED = "Nothing is planned yet. Type {command} quiz to set up a quiz."
ELEMENT_FIELDS = ("type", "action_id", "value")
CHOICE_FIELDS = (
    "selected_option", "selected_options", "selected_conversation", "selected_time",
    "selected_date", "value",
)  # fmt: skip
MESSAGE_SHORTCUTS = {"explain": EXPLAIN, "save": SAVE}
"""What the page's buttons next to a message stand for."""
Action = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes the JSON that the page sends and returns what is added to the response."""


class FailureMode(StrEnum):
    """How Slack treats the bot's calls, as the page's menu names it."""

    OFF = "off"
    RATE_LIMITED = "429"
    SERVER_ERROR = "500"
    SLOW = "slow"


FAILURES: Mapping[FailureMode, Failure | None] = {
    FailureMode.OFF: None,
    FailureMode.RATE_LIMITED: Failure(status=429, retry_after=5),
    FailureMode.SERVER_ERROR: Failure(status=500),
    FailureMode.SLOW: Failure(delay_seconds=2.0),
}


class PageActions:
    """The page's state and actions; `lint` returns the current problems of the facts.

    Actions may raise BotResponseError, or LookupError, TypeError or ValueError if the page names
    something that doesn't exist.
    """

    def __init__(
        self,
        slack: FakeSlack,
        members: MemberActions,
        clock: MovableClock,
        store: Store,
        command: str,
        lint: Callable[[], list[str]],
    ) -> None:
        self._slack = slack
        self._members = members
        self._clock = clock
        self._store = store
        self._command = command
        self._lint = lint
        self._failure_mode = FailureMode.OFF

    def state(self, me: SampleMember) -> dict[str, Any]:
        moments = self._next_moments()
        bot = BotState(self._command, moments, self._lint(), self._failure_mode)
        return page_state(self._slack, me, bot)

    def by_name(self) -> dict[str, Action]:
        """The actions by the names that the page uses."""
        return {
            "send": self._send,
            "edit": self._edit,
            "press": self._press,
            "shortcut": self._use_shortcut,
            "options": self._load_options,
            "submit": self._submit,
            "close": self._close,
            "home": self._open_home,
            "clock": self._move_clock,
            "trouble": self._set_failure_mode,
        }

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        me = find_member(body["user"])
        channel = str(body["channel"])
        if channel not in (*CHANNEL_NAMES, GROUP, me.direct_channel):
            raise LookupError(channel)
        text = str(body["text"]).strip()[:MAX_MESSAGE_CHARS]
        if text:
            self._members.send(me.id, channel, text, body.get("thread_ts"))
        return {}

    def _edit(self, body: dict[str, Any]) -> dict[str, Any]:
        me = find_member(body["user"])
        text = str(body["text"]).strip()[:MAX_MESSAGE_CHARS]
        if text:
            self._members.edit(me.id, find_message(self._slack, me, str(body["message"])), text)
        return {}

    def _press(self, body: dict[str, Any]) -> dict[str, Any]:
        me = find_member(body["user"])
        if body.get("message"):
            message = find_message(self._slack, me, str(body["message"]))
            action = self._block_action(message["blocks"], body)
            self._members.use_message_element(me.id, message, action)
        else:
            view = self._view(body)
            if isinstance(body.get("values"), dict):
                view = view | {"state": {"values": body["values"]}}
            action = self._block_action(view["blocks"], body)
            self._members.use_view_element(me.id, view, action)
        return {}

    def _use_shortcut(self, body: dict[str, Any]) -> dict[str, Any]:
        """Choose a shortcut of a message; without a message, the one that works everywhere."""
        me = find_member(body["user"])
        if "message" in body:
            message = find_message(self._slack, me, str(body["message"]))
            shortcut = MESSAGE_SHORTCUTS[str(body.get("shortcut", "explain"))]
            self._members.use_message_shortcut(me.id, message, shortcut)
        else:
            self._members.use_global_shortcut(me.id, LOOK_UP)
        return {}

    def _load_options(self, body: dict[str, Any]) -> dict[str, Any]:
        me = find_member(body["user"])
        view = None
        if body.get("message"):
            find_message(self._slack, me, str(body["message"]))
        else:
            view = self._view(body)
        menu = {name: str(body[name]) for name in ("block_id", "action_id", "value")}
        return {"options": self._members.load_options(me.id, view, menu)}

    def _submit(self, body: dict[str, Any]) -> dict[str, Any]:
        me = find_member(body["user"])
        errors = self._members.submit(me.id, self._view(body), dict(body["values"]))
        return {"ok": False, "errors": errors} if errors else {}

    def _close(self, body: dict[str, Any]) -> dict[str, Any]:
        self._slack.view_store.close(find_member(body["user"]).id, str(body["view"]))
        return {}

    def _open_home(self, body: dict[str, Any]) -> dict[str, Any]:
        tab = "messages" if body.get("tab") == "messages" else "home"
        self._members.open_app(find_member(body["user"]).id, tab)
        return {}

    def _move_clock(self, body: dict[str, Any]) -> dict[str, Any]:
        """Move the clock to the next question or reveal, or by some seconds."""
        if body.get("to"):
            moments = self._next_moments()
            moment = {"quiz": moments.quiz, "reveal": moments.reveal}[str(body["to"])]
            if moment is None:
                return {"ok": False, "error": NOTHING_PLANNED.format(command=self._command)}
            self._clock.move_forward(moment - self._clock() + 1)
        else:
            self._clock.move_forward(float(body["seconds"]))
        return {}

    def _set_failure_mode(self, body: dict[str, Any]) -> dict[str, Any]:
        """Choose how this Slack treats the bot's calls from now on."""
        self._failure_mode = FailureMode(body["kind"])
        failure = FAILURES[self._failure_mode]
        self._slack.failure_for = lambda method: failure
        return {}

    def _view(self, body: Mapping[str, Any]) -> JsonObject:
        return self._slack.views[str(body["view"])]

    def _block_action(self, blocks: list[JsonObject], body: dict[str, Any]) -> JsonObject:
        """An entry of `actions` in a payload.

        https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
        """
        element = find_element(blocks, body["block_id"], body["action_id"])
        action = {name: element[name] for name in ELEMENT_FIELDS if name in element}
        action |= {"block_id": body["block_id"], "action_ts": f"{self._clock():.6f}"}
        return action | {name: body[name] for name in CHOICE_FIELDS if body.get(name) is not None}

    def _next_moments(self) -> NextMoments:
        asks: list[float] = []
        reveals: list[float] = []
        for channel in (*CHANNEL_NAMES, GROUP):
            subscription = self._store.subscriptions.get(TEAM_ID, channel)
            if subscription and subscription.next:
                asks.append(subscription.next.due_at)
            for posting in self._store.postings.open(TEAM_ID, channel):
                if posting.posted_at is None:
                    asks.append(posting.due_at)
                else:
                    reveals.append(posting.reveal_at)
        return NextMoments(min(asks, default=None), min(reveals, default=None))
