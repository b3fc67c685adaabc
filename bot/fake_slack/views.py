"""Modals and Home tabs, and the triggers that open them.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.fake_slack.calls import CallError, JsonObject, invalid_arguments, require
from bot.fake_slack.validator import Surface

TRIGGER_LIFETIME_SECONDS = 3.0
"""https://docs.slack.dev/interactivity/handling-user-interaction#payloads"""

MAX_STACKED_VIEWS = 3
"""https://docs.slack.dev/surfaces/modals#lifecycle"""


@dataclass(slots=True)
class _Trigger:
    """What opens one view; `expires_at` is in monotonic seconds."""

    user: str
    expires_at: float
    is_used: bool = False


class ViewStore:
    """The Home tabs and modals by id; `open_modals` are the ids of the users' topmost modals.

    Below a modal that was pushed are others, three in all at most. `validate` returns the errors of
    a view.
    """

    def __init__(self, validate: Callable[[JsonObject, Surface], list[str]]) -> None:
        self.views: dict[str, JsonObject] = {}
        self.open_modals: dict[str, str] = {}
        self._below: dict[str, str] = {}
        self._validate = validate
        self._triggers: dict[str, _Trigger] = {}
        self._numbers = itertools.count(1)

    def new_trigger(self, user: str) -> str:
        """The id of a new trigger, good for three seconds and one view."""
        trigger_id = f"{next(self._numbers)}.{time.monotonic_ns()}"
        self._triggers[trigger_id] = _Trigger(user, time.monotonic() + TRIGGER_LIFETIME_SECONDS)
        return trigger_id

    def open(self, arguments: JsonObject) -> JsonObject:
        user = self._use_trigger(arguments)
        response = self._save(f"V{next(self._numbers)}", arguments, Surface.MODAL)
        self.open_modals[user] = response["view"]["id"]
        return response

    def push(self, arguments: JsonObject) -> JsonObject:
        """Show a modal on top of the one in which the person pressed something.

        https://docs.slack.dev/reference/methods/views.push
        """
        user = self._use_trigger(arguments)
        below = self.open_modals.get(user)
        if below is None:
            raise CallError("not_found")
        if len(self._stack(below)) >= MAX_STACKED_VIEWS:
            raise CallError("push_limit_reached")
        response = self._save(f"V{next(self._numbers)}", arguments, Surface.MODAL)
        self.open_modals[user] = response["view"]["id"]
        self._below[self.open_modals[user]] = below
        return response

    def update(self, arguments: JsonObject) -> JsonObject:
        view_id = str(require(arguments, "view_id"))
        if view_id not in self.views:
            raise CallError("not_found")
        return self._save(view_id, arguments, Surface(self.views[view_id]["type"]))

    def publish(self, arguments: JsonObject) -> JsonObject:
        return self._save(home_view_id(require(arguments, "user_id")), arguments, Surface.HOME)

    def acknowledge(self, user: str, view_id: str, response: object) -> dict[str, str]:
        """Do with a submitted modal what the acknowledgement says; its errors by block ID.

        Raises CallError for what Slack would not do; the person then sees that it didn't work.
        https://docs.slack.dev/surfaces/modals#updating_response
        """
        said = response if isinstance(response, dict) else {}
        match said.get("response_action"):
            case "errors":
                inputs = {
                    block.get("block_id")
                    for block in self.views[view_id]["blocks"]
                    if block["type"] == "input"
                }
                if not said["errors"] or not inputs >= set(said["errors"]):
                    raise CallError("invalid_arguments", errors=said["errors"])
                return dict(said["errors"])
            case "update":
                self._save(view_id, said, Surface.MODAL)
            case None:
                self.close(user, view_id)
            case "clear":
                for stacked in self._stack(view_id):
                    self.close(user, stacked)
            case action:
                raise CallError("invalid_arguments", response_action=action)
        return {}

    def close(self, user: str, view_id: str) -> None:
        """Close a user's modal, if it is still on top; the one below it shows again."""
        if self.open_modals.get(user) == view_id:
            del self.views[view_id]
            below = self._below.pop(view_id, "")
            if below:
                self.open_modals[user] = below
            else:
                del self.open_modals[user]

    def _stack(self, view_id: str) -> list[str]:
        """A modal and those below it."""
        stack = [view_id]
        while stack[-1] in self._below:
            stack.append(self._below[stack[-1]])
        return stack

    def _use_trigger(self, arguments: JsonObject) -> str:
        """The user whose trigger this is, which then cannot be used again."""
        trigger = self._triggers.get(str(require(arguments, "trigger_id")))
        if trigger is None:
            raise CallError("invalid_trigger_id")
        if trigger.is_used:
            raise CallError("exchanged_trigger_id")
        trigger.is_used = True
        if time.monotonic() > trigger.expires_at:
            raise CallError("expired_trigger_id")
        return trigger.user

    def _save(self, view_id: str, arguments: JsonObject, surface: Surface) -> JsonObject:
        before = self.views.get(view_id)
        if before and arguments.get("hash") not in (None, before["hash"]):
            raise CallError("hash_conflict")
        view = require(arguments, "view")
        if errors := self._validate(view, surface):
            raise invalid_arguments(errors)
        hash_ = f"{next(self._numbers)}.hash"
        saved = {"state": {"values": {}}, **view, "id": view_id, "hash": hash_}
        self.views[view_id] = saved
        return {"view": saved}


def home_view_id(user: str) -> str:
    return f"VHOME{user}"
