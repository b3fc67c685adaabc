"""Modals and Home tabs, and the triggers that open them.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from bot.fake_slack.calls import Body, Refused, need

TRIGGER_LASTS = 3.0
"""Seconds: https://docs.slack.dev/interactivity/handling-user-interaction#payloads"""
STACK = 3
"""Views on top of each other: https://docs.slack.dev/surfaces/modals#view_stack"""


class Views:
    """The views of a workspace by id; `stacks` are each person's modals, the top one last."""

    def __init__(self, faults: Callable[[Body, str], list[str]]) -> None:
        self.views: dict[str, Body] = {}
        self.stacks: defaultdict[str, list[str]] = defaultdict(list)
        self._faults = faults
        self._triggers: dict[str, tuple[str, float]] = {}
        self._ids = itertools.count(1)

    def trigger(self, user: str) -> str:
        """A new trigger of a person's, good for three seconds and one view."""
        trigger = f"{next(self._ids)}.{time.monotonic_ns()}"
        self._triggers[trigger] = (user, time.monotonic() + TRIGGER_LASTS)
        return trigger

    def open(self, body: Body) -> Body:
        user = self._spend(body)
        if self.stacks[user]:
            self.stacks[user].clear()
        return self._put_on_top(user, body)

    def push(self, body: Body) -> Body:
        user = self._spend(body)
        if len(self.stacks[user]) >= STACK:
            raise Refused("push_limit_reached")
        return self._put_on_top(user, body)

    def update(self, body: Body) -> Body:
        wanted = body.get("view_id"), body.get("external_id")
        for view_id, view in self.views.items():
            if view_id == wanted[0] or (wanted[1] and view.get("external_id") == wanted[1]):
                return self._keep(view_id, body, view["type"])
        raise Refused("not_found")

    def publish(self, body: Body) -> Body:
        return self._keep(home_id(need(body, "user_id")), body, "home")

    def replace(self, user: str, view_id: str, view: Body, push: bool) -> None:
        """Do what the answer to a submission asks for: change the view, or put one on it."""
        if push:
            self._put_on_top(user, {"view": view})
        else:
            self._keep(view_id, {"view": view}, "modal")

    def close(self, user: str, view_id: str) -> None:
        """Take a modal off a person's stack."""
        if view_id in self.stacks[user]:
            self.stacks[user].remove(view_id)
            self.views.pop(view_id, None)

    def _put_on_top(self, user: str, body: Body) -> Body:
        answer = self._keep(f"V{next(self._ids)}", body, "modal")
        self.stacks[user].append(answer["view"]["id"])
        return answer

    def _spend(self, body: Body) -> str:
        """Whose trigger this is; nobody can use it again."""
        trigger = str(need(body, "trigger_id"))
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        user, until = self._triggers[trigger]
        if not user:
            raise Refused("exchanged_trigger_id")
        self._triggers[trigger] = ("", until)
        if time.monotonic() > until:
            raise Refused("expired_trigger_id")
        return user

    def _keep(self, view_id: str, body: Body, surface: str) -> Body:
        before = self.views.get(view_id)
        if before and body.get("hash") not in (None, before["hash"]):
            raise Refused("hash_conflict")
        view = need(body, "view")
        if found := self._faults(view, surface):
            sentences = [f"[ERROR] {sentence}" for sentence in found]
            raise Refused("invalid_arguments", response_metadata={"messages": sentences})
        state: dict[str, Any] = {"values": {}}
        kept = {"state": state, **view, "id": view_id, "hash": f"{next(self._ids)}.hash"}
        self.views[view_id] = kept
        return {"view": kept}


def home_id(user: str) -> str:
    return f"VHOME{user}"
