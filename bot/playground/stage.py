"""What can be done on the page, carried out on the local Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.fake_slack.calls import Body
from bot.fake_slack.member import Desk
from bot.fake_slack.sample_workspace import CHANNELS, Member, member
from bot.fake_slack.server import Failure, FakeSlack
from bot.fake_slack.traffic import Traffic
from bot.fake_slack.workspace import TEAM
from bot.playground.movable_clock import Hands
from bot.playground.page_state import find_element, find_message, page_state
from bot.store import Store

LONGEST = 4000
"""Characters that Slack's message box takes."""
FAILURE_MODES: Mapping[str, Failure | None] = {
    "off": None,
    "429": Failure(status=429, retry_after=5),
    "500": Failure(status=500),
    "slow": Failure(delay_seconds=2.0),
}
CHOSEN = ("selected_option", "selected_options", "selected_time", "selected_date", "value")
Action = Callable[[dict[str, Any]], dict[str, Any]]


class Stage:
    """`lint` tells the faults of the facts as they are now."""

    def __init__(
        self,
        slack: FakeSlack,
        desk: Desk,
        traffic: Traffic,
        hands: Hands,
        store: Store,
        command: str,
        lint: Callable[[], list[str]],
    ) -> None:
        self._slack = slack
        self._desk = desk
        self.traffic = traffic
        self._hands = hands
        self._store = store
        self._command = command
        self._lint = lint
        self._failure_mode = "off"

    def state(self, me: Member) -> dict[str, Any]:
        following = self._following()
        lint = self._lint()
        return page_state(self._slack, me, self._command, following, lint, self._failure_mode)

    def actions(self) -> dict[str, Action]:
        """By name; each takes what the page sends and may raise FailedError or LookupError."""
        return {
            "send": self.send,
            "press": self.press,
            "options": self.options,
            "submit": self.submit,
            "close": self.close,
            "home": self.home,
            "clock": self.clock,
            "trouble": self.trouble,
        }

    def send(self, body: dict[str, Any]) -> dict[str, Any]:
        me = member(body["user"])
        channel = str(body["channel"])
        if channel not in (*CHANNELS, me.direct):
            raise LookupError(channel)
        text = str(body["text"]).strip()[:LONGEST]
        if text:
            self._desk.send(me.id, channel, text, body.get("thread_ts"))
        return {}

    def press(self, body: dict[str, Any]) -> dict[str, Any]:
        me = member(body["user"])
        where = self._where(me, body)
        (kind,) = where
        if kind == "view" and isinstance(body.get("values"), dict):
            where = {kind: where[kind] | {"state": {"values": body["values"]}}}
        element = find_element(where[kind]["blocks"], body["block_id"], body["action_id"])
        kept = ("type", "action_id", "value")
        action: Body = {name: element[name] for name in kept if name in element}
        action |= {"block_id": body["block_id"], "action_ts": f"{self._hands():.6f}"}
        action |= {name: body[name] for name in CHOSEN if body.get(name) is not None}
        self._desk.press(me.id, where, action)
        return {}

    def options(self, body: dict[str, Any]) -> dict[str, Any]:
        me = member(body["user"])
        where = self._where(me, body)
        named = {name: str(body[name]) for name in ("block_id", "action_id", "value")}
        return {"options": self._desk.options(me.id, where.get("view"), named)}

    def submit(self, body: dict[str, Any]) -> dict[str, Any]:
        me = member(body["user"])
        view = self._where(me, {"view": body["view"]})["view"]
        errors = self._desk.submit(me.id, view, dict(body["values"]))
        return {"ok": False, "errors": errors} if errors else {}

    def close(self, body: dict[str, Any]) -> dict[str, Any]:
        self._slack.modals.close(member(body["user"]).id, str(body["view"]))
        return {}

    def home(self, body: dict[str, Any]) -> dict[str, Any]:
        self._desk.open_home(member(body["user"]).id)
        return {}

    def clock(self, body: dict[str, Any]) -> dict[str, Any]:
        """Move the hands to the next question or reveal, or by some seconds."""
        if body.get("to"):
            moment = self._following()[str(body["to"])]
            if moment is None:
                return {"ok": False, "error": "Nothing is planned. Set up a quiz with /aws quiz."}
            self._hands.forward(moment - self._hands() + 1)
        else:
            self._hands.forward(float(body["seconds"]))
        return {}

    def trouble(self, body: dict[str, Any]) -> dict[str, Any]:
        """How this Slack answers the bot from now on."""
        kind = str(body["kind"])
        failure = FAILURE_MODES[kind]
        self._failure_mode = kind
        self._slack.failure_for = lambda method: failure
        return {}

    def _where(self, me: Member, body: Mapping[str, Any]) -> dict[str, Body]:
        """The message or the view that the page names."""
        if body.get("message"):
            return {"message": find_message(self._slack, me, str(body["message"]))}
        return {"view": self._slack.views[str(body["view"])]}

    def _following(self) -> dict[str, float | None]:
        """When the next question comes, and the next reveal."""
        asks: list[float] = []
        reveals: list[float] = []
        for channel in CHANNELS:
            subscription = self._store.subscriptions.get(TEAM, channel)
            if subscription and subscription.next:
                asks.append(subscription.next.due_at)
            for posting in self._store.postings.open(TEAM, channel):
                due = posting.due_at if posting.posted_at is None else posting.reveal_at
                (asks if posting.posted_at is None else reveals).append(due)
        return {"quiz": min(asks, default=None), "reveal": min(reveals, default=None)}
