"""How long to look for what a call of unknown outcome may have done, before it is repeated.

Slack has carried out calls half a minute after the client stopped waiting, so looking once proves
nothing. This rule applies to everything that other people can see: questions, revealed answers,
replies in channels. Moments are seconds since 1970.
"""

from __future__ import annotations

REPEAT_AFTER_SECONDS = 90.0
"""From the call's beginning: it may take ten seconds, and then we look for over a minute."""
FIRST_LOOK_SECONDS = 2.0


def may_repeat(called_at: float, now: float) -> bool:
    """Whether a message that hasn't appeared by now never will."""
    return now >= called_at + REPEAT_AFTER_SECONDS


def next_look(called_at: float, now: float) -> float:
    """When to look again: each time after twice as long, and last when the call may be repeated."""
    wait = max(FIRST_LOOK_SECONDS, now - called_at)
    return min(now + wait, called_at + REPEAT_AFTER_SECONDS)
