"""Updates of a modal, so that of several quick presses the last one shows."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict

from slack_sdk import WebClient

from bot.listeners.payload import Payload, ident, moment, team
from bot.slack.errors import NETWORK, reason
from bot.views.message import Block

log = logging.getLogger(__name__)

MAX_REMEMBERED_VIEWS = 1000
_IS_STALE, _IS_CLOSED = "hash_conflict", "not_found"


class LatestPress:
    """Remembers for each view when it was last pressed, because threads finish in any order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pressed_at: OrderedDict[str, float] = OrderedDict()

    def update(self, client: WebClient, body: Payload, action: Payload, view: Block) -> None:
        """Show this view after a press, unless a later press has already been handled.

        The view's hash keeps a late call from replacing what a later press shows; after another
        update, a press that is still the latest replaces that.
        https://docs.slack.dev/reference/methods/views.update
        """
        view_id, pressed_at = ident(body, "view", "id"), moment(action, "action_ts") or 0.0
        for view_hash in (ident(body, "view", "hash"), ""):
            if not self._is_latest(view_id, pressed_at):
                return
            try:
                known = {"hash": view_hash} if view_hash else {}
                client.views_update(view_id=view_id, view=view, **known)
                return
            except NETWORK as error:
                if reason(error) == _IS_CLOSED:
                    log.info("the modal is closed", extra={"team": team(body)})
                    return
                if reason(error) != _IS_STALE:
                    raise

    def _is_latest(self, view_id: str, pressed_at: float) -> bool:
        with self._lock:
            latest = max(pressed_at, self._pressed_at.pop(view_id, 0.0))
            self._pressed_at[view_id] = latest
            while len(self._pressed_at) > MAX_REMEMBERED_VIEWS:
                self._pressed_at.popitem(last=False)
        return pressed_at == latest
