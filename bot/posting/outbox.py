"""Outgoing replies: sent at once if Slack lets us, or else stored until it does.

No thread waits longer than one call takes. A reply that has to wait becomes a row in the database,
or an entry in memory while the database is away; any serving process sends it when it is due.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from bot.posting.reply_steps import ReplyOutcome, Step, step_after, to_person_only
from bot.slack.errors import NETWORK, Trouble, reason, retry_after, trouble
from bot.slack.installations import Installations
from bot.slack.rate_limits import ChannelPauses
from bot.slack.replying import Client, is_shown, show
from bot.slack.retrying import wait_seconds
from bot.slack.unknown_outcome import may_repeat, next_look
from bot.store import Store, StoreError, is_away
from bot.store.replies import REPLY_RETENTION_SECONDS, Audience, OutgoingReply

log = logging.getLogger(__name__)

TICK_SECONDS = 0.5
RETRY_SECONDS = 5.0
CLAIM_LIMIT = 50
MAX_CONCURRENT_REPLIES = 5
"""Per team, or per channel if there is only one team."""
MAX_REPLIES_IN_MEMORY = 2000
"""While the database is unavailable; more replies than this are lost, and counted in the log."""
_TOKEN_ERRORS = (Trouble.TOKEN_ENDED, Trouble.INSTALLATION_GONE)


class Outbox:
    """Sends replies and retries them; one per process.

    `submit` runs work in a thread, fairly by key: the team with `by_team`, otherwise the channel.
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
        self._channel_pauses = ChannelPauses(store.now)
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
    ) -> ReplyOutcome:
        """Show a reply now, or store it to be shown later.

        Raises what the call raises if the caller handles that kind, given in `raises`.
        """
        until = self._channel_pauses.slot(*_rest_key(reply))
        if self._is_held or until > self._now():
            return self._store_for_later(reply, until)
        return self._try(client, reply, raises)

    def tick(self) -> None:
        """Submit the replies that are due. Raises StoreError if the database is away."""
        now = self._now()
        for _ in range(len(self._in_memory)):
            due_at, reply = self._in_memory.popleft()
            if due_at <= now:
                self._submit_reply(reply)
            else:
                self._in_memory.append((due_at, reply))
        if self._is_held or not self._store.is_prepared:
            return
        busy = [key for key, count in self._busy.items() if count >= MAX_CONCURRENT_REPLIES]
        teams, channels = (busy, ()) if self._by_team else ((), busy)
        for reply in self._store.replies.claim(CLAIM_LIMIT, teams, channels):
            self._submit_reply(reply)

    def start(self) -> None:
        """Start a thread that submits what is due for as long as the process lives."""
        threading.Thread(target=self._run, name="outbox", daemon=True).start()

    def hold(self) -> None:
        """Stop calling Slack, and leave unsent replies to the next process."""
        self._is_held = True

    def close(self) -> None:
        """Store the replies in memory, too; those that can't be stored are counted in the log."""
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
                _log_error(error)
                self._stop.wait(RETRY_SECONDS)

    def _submit_reply(self, reply: OutgoingReply) -> None:
        key = reply.team if self._by_team else reply.channel
        with self._lock:
            self._busy[key] += 1
        self._submit(key, partial(self._resume, reply, key))

    def _resume(self, reply: OutgoingReply, key: str) -> None:
        try:
            if self._is_held or _is_too_late(reply, self._now()):
                self._store_for_later(reply, self._now())
            elif installation := self._installations.find(reply.team):
                self._try(installation.client, reply)
            else:
                self._finish(reply, ReplyOutcome.REFUSED)
        except NETWORK:
            wait = wait_seconds(reply.attempts)
            self._store_for_later(replace(reply, attempts=reply.attempts + 1), self._now() + wait)
        except StoreError as error:  # when the claim expires, some process retries it
            _log_error(error)
        finally:
            with self._lock:
                self._busy[key] -= 1
                self._busy += Counter()  # drops zeros

    def _try(
        self, client: Client, reply: OutgoingReply, raises: Collection[Trouble] = ()
    ) -> ReplyOutcome:
        """Take steps until the reply is shown, is refused, or has to wait."""
        while True:
            step = self._step(client, reply, raises)
            outcome = self._settle(step)
            if outcome:
                return outcome
            if self._is_held:
                return self._store_for_later(step.reply, self._now())
            reply = step.reply

    def _step(self, client: Client, reply: OutgoingReply, raises: Collection[Trouble]) -> Step:
        now = self._now()
        if reply.called_at is not None:
            step = self._find_shown(client, reply, reply.called_at)
            if step:
                return step
        public = reply.audience is Audience.EVERYONE
        if reply.id is not None and not self._store.replies.begin_call(reply, public):
            return Step(reply, outcome=ReplyOutcome.LOST_CLAIM)
        try:
            show(client, reply)
        except NETWORK as error:
            if trouble(error) in raises:
                raise
            return self._handle_error(reply, error, now)
        return Step(reply, outcome=ReplyOutcome.SHOWN)

    def _find_shown(self, client: Client, reply: OutgoingReply, called_at: float) -> Step | None:
        """The step after looking for what a call did; None if it is time to repeat the call."""
        try:
            found = is_shown(client, reply)
        except NETWORK as error:
            log.warning(
                "could not look for a reply", extra={"team": reply.team, "error": reason(error)}
            )
            return Step(reply, retry_after(error) or wait_seconds(1))
        if found:
            return Step(reply, outcome=ReplyOutcome.SHOWN)
        if found is None:
            return Step(to_person_only(reply))
        now = self._now()
        return None if may_repeat(called_at, now) else Step(reply, next_look(called_at, now) - now)

    def _handle_error(self, reply: OutgoingReply, error: Exception, called_at: float) -> Step:
        kind = trouble(error)
        about = {"team": reply.team, "error": reason(error)}
        if kind is Trouble.BUG:
            log.error("Slack refused what we sent", extra=about, exc_info=error)
        else:
            log.warning("Slack did not take a reply", extra=about)
        pause = retry_after(error)
        if pause and not reply.response_url:
            self._channel_pauses.rest(*_rest_key(reply), self._now() + pause)
        if kind in _TOKEN_ERRORS and self._installations.renewed(reply.team):
            return Step(replace(reply, attempts=reply.attempts + 1), wait_seconds(reply.attempts))
        return step_after(reply, error, called_at)

    def _settle(self, step: Step) -> ReplyOutcome | None:
        """Finish or store a reply after a step; None if it continues at once."""
        if step.outcome is None and not step.wait_seconds:
            return None
        if step.outcome is None:
            until = self._now() + step.wait_seconds
            return self._store_for_later(
                step.reply, max(until, self._channel_pauses.slot(*_rest_key(step.reply)))
            )
        return self._finish(step.reply, step.outcome)

    def _finish(self, reply: OutgoingReply, outcome: ReplyOutcome) -> ReplyOutcome:
        if outcome in (ReplyOutcome.REFUSED, ReplyOutcome.UNKNOWN):
            about = {"team": reply.team, "outcome": outcome.value}
            log.error("gave up on a reply", extra=about)
        if reply.id is not None and outcome is not ReplyOutcome.LOST_CLAIM:
            self._store.replies.finish(reply)
        return outcome

    def _store_for_later(self, reply: OutgoingReply, until: float) -> ReplyOutcome:
        if _is_too_late(reply, until):
            return self._finish(reply, ReplyOutcome.REFUSED)
        log.info("a reply has to wait", extra={"team": reply.team, "seconds": until - self._now()})
        try:
            if reply.id is None:
                self._store.replies.add(reply, until)
            else:
                self._store.replies.put_off(reply, until)
        except StoreError as error:
            _log_error(error)
            if reply.id is None:  # a stored row is retried when its claim expires
                self._store_in_memory(reply, until)
        return ReplyOutcome.LATER

    def _store_in_memory(self, reply: OutgoingReply, until: float) -> None:
        if len(self._in_memory) < MAX_REPLIES_IN_MEMORY:
            self._in_memory.append((until, reply))
        else:
            log.error("replies were lost", extra={"team": reply.team, "count": 1})


def _is_too_late(reply: OutgoingReply, moment: float) -> bool:
    return moment > reply.created_at + REPLY_RETENTION_SECONDS


def _rest_key(reply: OutgoingReply) -> tuple[str, str]:
    return reply.team, "" if reply.response_url else reply.channel


def _log_error(error: Exception) -> None:
    if is_away(error):
        log.error("the database is unavailable", extra={"error": type(error).__name__})
    else:
        log.error("could not process waiting replies", exc_info=error)
