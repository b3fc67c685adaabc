"""Replies on their way: sent at once if Slack lets us, and else kept until it does.

No thread waits for Slack longer than a call takes. What has to wait is a row in the database, or
while that is away, an entry in memory; whichever process serves takes it up when it is due.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from bot.posting.reply_steps import Sending, Step, for_person_alone, step_after
from bot.slack.errors import NETWORK, Trouble, reason, retry_after, trouble
from bot.slack.installations import Installations
from bot.slack.pace import Rests
from bot.slack.replying import Client, is_shown, show
from bot.slack.retrying import wait_seconds
from bot.slack.unknown_outcome import may_repeat, next_look
from bot.store import Store, StoreError, is_away
from bot.store.replies import REPLY_KEPT_SECONDS, Audience, OutgoingReply

log = logging.getLogger(__name__)

TICK_SECONDS = 0.5
AFTER_A_FAULT_SECONDS = 5.0
CLAIMED_AT_ONCE = 50
MAX_BUSY = 5
"""Replies of one team, or channel, that are on their way at a time."""
MAX_IN_MEMORY = 2000
"""Replies that wait in memory while the database is away; what is more is lost, and counted."""
_ABOUT_TOKENS = (Trouble.TOKEN_ENDED, Trouble.INSTALLATION_GONE)


class Outbox:
    """`submit` has work done in a thread, by a key of whose work it is.

    That key is the team, or without `by_team` the channel.
    """

    def __init__(
        self,
        store: Store,
        installations: Installations,
        submit: Callable[[str, Callable[[], None]], None],
        by_team: bool,
    ) -> None:
        self._store = store
        self._installations = installations
        self._submit = submit
        self._by_team = by_team
        self._now = store.now
        self._rests = Rests(store.now)
        self._lock = threading.Lock()
        self._busy: Counter[str] = Counter()
        self._in_memory: deque[tuple[float, OutgoingReply]] = deque()
        self._is_held = False
        self._stop = threading.Event()

    def now(self) -> float:
        """Seconds since 1970."""
        return self._now()

    def send(
        self, client: Client, reply: OutgoingReply, raises: Collection[Trouble] = ()
    ) -> Sending:
        """Show a reply now, or see to it that it is shown later.

        Raises what the call raises if that is a trouble that the caller sees to.
        """
        until = self._rests.slot(*_place(reply))
        if self._is_held or until > self._now():
            return self._keep(reply, until)
        return self._try(client, reply, raises)

    def tick(self) -> None:
        """Take up what is due. Raises StoreError if the database is away."""
        now = self._now()
        for _ in range(len(self._in_memory)):
            due_at, reply = self._in_memory.popleft()
            if due_at <= now:
                self._take_up(reply)
            else:
                self._in_memory.append((due_at, reply))
        if self._is_held or not self._store.is_prepared:
            return
        busy = [key for key, count in self._busy.items() if count >= MAX_BUSY]
        teams, channels = (busy, ()) if self._by_team else ((), busy)
        for reply in self._store.replies.claim(CLAIMED_AT_ONCE, teams, channels):
            self._take_up(reply)

    def start(self) -> None:
        """Take up what is due for as long as the process lives."""
        threading.Thread(target=self._run, name="outbox", daemon=True).start()

    def hold(self) -> None:
        """Call Slack no more: keep what is still to be sent for the next process."""
        self._is_held = True

    def close(self) -> None:
        """Keep what waits in memory, too; what cannot be kept is counted in the log."""
        self._stop.set()
        self._is_held = True
        lost = 0
        while self._in_memory:
            _, reply = self._in_memory.popleft()
            try:
                self._store.replies.add(reply, self._now())
            except StoreError:
                lost += 1 + len(self._in_memory)
                self._in_memory.clear()
        if lost:
            log.error("replies were lost", extra={"count": lost})

    def _run(self) -> None:
        while not self._stop.wait(TICK_SECONDS):
            try:
                self.tick()
            except Exception as error:
                _note(error)
                self._stop.wait(AFTER_A_FAULT_SECONDS)

    def _take_up(self, reply: OutgoingReply) -> None:
        key = reply.team if self._by_team else reply.channel
        with self._lock:
            self._busy[key] += 1
        self._submit(key, partial(self._resume, reply, key))

    def _resume(self, reply: OutgoingReply, key: str) -> None:
        try:
            if self._is_held or _is_too_late(reply, self._now()):
                self._keep(reply, self._now())
            elif found := self._installations.find(reply.team):
                self._try(found.client, reply)
            else:
                self._end(reply, Sending.REFUSED)
        except NETWORK:
            wait = wait_seconds(reply.attempts)
            self._keep(replace(reply, attempts=reply.attempts + 1), self._now() + wait)
        except StoreError as error:  # the claim runs out, and then it is taken up again
            _note(error)
        finally:
            with self._lock:
                self._busy[key] -= 1
                self._busy += Counter()  # forgets those at zero

    def _try(
        self, client: Client, reply: OutgoingReply, raises: Collection[Trouble] = ()
    ) -> Sending:
        """Go on until the reply is shown, is refused, or has to wait."""
        while True:
            step = self._step(client, reply, raises)
            sending = self._settled(step)
            if sending:
                return sending
            if self._is_held:
                return self._keep(step.reply, self._now())
            reply = step.reply

    def _step(self, client: Client, reply: OutgoingReply, raises: Collection[Trouble]) -> Step:
        now = self._now()
        if reply.called_at is not None:
            step = self._look(client, reply, reply.called_at)
            if step:
                return step
        public = reply.audience is Audience.EVERYONE
        if reply.id is not None and not self._store.replies.begin_call(reply, public):
            return Step(reply, end=Sending.LOST_CLAIM)
        try:
            show(client, reply)
        except NETWORK as error:
            if trouble(error) in raises:
                raise
            return self._after(reply, error, now)
        return Step(reply, end=Sending.SHOWN)

    def _look(self, client: Client, reply: OutgoingReply, called_at: float) -> Step | None:
        """The step after a look for what a call may have done; None if it is time to repeat it."""
        try:
            found = is_shown(client, reply)
        except NETWORK as error:
            log.warning("no look", extra={"team": reply.team, "error": reason(error)})
            return Step(reply, retry_after(error) or wait_seconds(1))
        if found:
            return Step(reply, end=Sending.SHOWN)
        if found is None:
            return Step(for_person_alone(reply))
        now = self._now()
        return None if may_repeat(called_at, now) else Step(reply, next_look(called_at, now) - now)

    def _after(self, reply: OutgoingReply, error: Exception, called_at: float) -> Step:
        kind = trouble(error)
        told = {"team": reply.team, "error": reason(error)}
        if kind is Trouble.BUG:
            log.error("Slack refused what we sent", extra=told, exc_info=error)
        else:
            log.warning("Slack took no reply", extra=told)
        asked = retry_after(error)
        if asked and not reply.response_url:
            self._rests.rest(*_place(reply), self._now() + asked)
        if kind in _ABOUT_TOKENS and self._installations.renewed(reply.team):
            return Step(replace(reply, attempts=reply.attempts + 1), wait_seconds(reply.attempts))
        return step_after(reply, error, called_at)

    def _settled(self, step: Step) -> Sending | None:
        """What has come of a reply; None if it goes on at once."""
        if step.end is None and not step.wait_seconds:
            return None
        if step.end is None:
            until = self._now() + step.wait_seconds
            return self._keep(step.reply, max(until, self._rests.slot(*_place(step.reply))))
        return self._end(step.reply, step.end)

    def _end(self, reply: OutgoingReply, end: Sending) -> Sending:
        if end in (Sending.REFUSED, Sending.UNKNOWN):
            told = {"team": reply.team, "outcome": end.value}
            log.error("a reply is given up", extra=told)
        if reply.id is not None and end is not Sending.LOST_CLAIM:
            self._store.replies.finish(reply)
        return end

    def _keep(self, reply: OutgoingReply, until: float) -> Sending:
        if _is_too_late(reply, until):
            return self._end(reply, Sending.REFUSED)
        log.info("a reply waits", extra={"team": reply.team, "seconds": until - self._now()})
        try:
            if reply.id is None:
                self._store.replies.add(reply, until)
            else:
                self._store.replies.put_off(reply, until)
        except StoreError as error:
            _note(error)
            if reply.id is None:  # a row is taken up again when the claim has run out
                self._keep_in_memory(reply, until)
        return Sending.LATER

    def _keep_in_memory(self, reply: OutgoingReply, until: float) -> None:
        if len(self._in_memory) < MAX_IN_MEMORY:
            self._in_memory.append((until, reply))
        else:
            log.error("replies were lost", extra={"team": reply.team, "count": 1})


def _is_too_late(reply: OutgoingReply, moment: float) -> bool:
    return moment > reply.created_at + REPLY_KEPT_SECONDS


def _place(reply: OutgoingReply) -> tuple[str, str]:
    return reply.team, "" if reply.response_url else reply.channel


def _note(error: Exception) -> None:
    if is_away(error):
        log.error("the database is away", extra={"error": type(error).__name__})
    else:
        log.error("replies were not seen to", exc_info=error)
