"""A time that jumps of the system clock don't affect.

A system clock may jump: set by hand, by a virtual machine that wakes up, by a time server that is
wrong for an hour. A clock that believed a jump by a day would close today's question, skip
tomorrow's, and could not take that back. Stored moments can't tell a jump from an outage of a day,
but there are two witnesses. The monotonic clock of the process never jumps
(https://docs.python.org/3/library/time.html#time.monotonic), yet it may stand still while the
machine sleeps, and it knows nothing of the time before the start. And Slack says what time it is
in the `Date` header of every answer.

So the time is what the monotonic clock has counted since the start; small changes of the system
clock are followed at once. At the start, and when the two clocks disagree by more than a few
seconds, Slack is asked, and what Slack says decides. After a real outage of days Slack agrees with
the system clock, and all goes on from today. If Slack can't be reached, nothing could be posted
anyway: at the start the clock waits for it, later it goes on by the time that it has.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

log = logging.getLogger(__name__)

MAX_STEP_SECONDS = 5.0
"""Changes of the system clock up to this are followed without asking Slack."""
MAX_DIFFERENCE_SECONDS = 15.0
"""Up to this, Slack's time and ours count as equal: an answer takes up to ten seconds."""
ASK_AGAIN_SECONDS = 10.0
TIMEOUT_SECONDS = 10.0


class SteadyTime:
    """Calling it returns the seconds since 1970. Somebody has to call `check` about every second.

    `ask` returns the time by Slack's clock, None if the answer has none, and raises OSError if
    there is no answer.
    """

    def __init__(
        self,
        ask: Callable[[], float | None],
        system: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._system = system
        self._monotonic = monotonic
        self._is_sure = False
        self._next_ask = 0.0
        self._set_time(system())

    def __call__(self) -> float:
        return self._monotonic() + self._start

    def check(self) -> bool:
        """Compare the clocks. Returns whether the time is certain; once certain, it stays so."""
        change = self._system() - (self._monotonic() + self._system_start)
        if self._is_sure and abs(change) <= MAX_STEP_SECONDS:
            self._system_start += change
            self._start += change
        elif self._monotonic() >= self._next_ask:
            self._next_ask = self._monotonic() + ASK_AGAIN_SECONDS
            self._ask_slack()
        return self._is_sure

    def _ask_slack(self) -> None:
        try:
            slack_now = self._ask()
        except OSError as error:
            log.warning("could not get the time from Slack", extra={"error": type(error).__name__})
            return
        system = self._system()
        if slack_now is None or abs(slack_now - system) <= MAX_DIFFERENCE_SECONDS:
            right = system
        elif self._is_sure and abs(slack_now - self()) <= MAX_DIFFERENCE_SECONDS:
            right = self()
        else:
            right = slack_now
        if right != system:
            log.error("the system clock is wrong", extra={"seconds": round(system - right)})
        self._set_time(right)
        self._next_ask = 0.0
        self._is_sure = True

    def _set_time(self, right: float) -> None:
        """Use this time from now on, and follow the system clock from what it shows now."""
        self._start = right - self._monotonic()
        self._system_start = self._system() - self._monotonic()


def slack_time(api_url: str) -> float | None:
    """The time by Slack's clock; None if the answer has none. Raises OSError.

    https://docs.slack.dev/reference/methods/api.test needs no token.
    """
    try:
        with urlopen(Request(f"{api_url}api.test", method="POST"), timeout=TIMEOUT_SECONDS) as page:
            date = page.headers.get("Date")
    except HTTPError as error:
        date = error.headers.get("Date")
        error.close()
    except HTTPException as error:
        raise OSError(type(error).__name__) from error
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return None
