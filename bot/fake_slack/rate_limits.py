"""How many messages Slack accepts in a channel."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

MAX_BURST_MESSAGES = 10


@dataclass(slots=True)
class _Bucket:
    """Messages that count against the limit, as of a monotonic second."""

    level: float = 0.0
    updated_at: float = 0.0


class ChannelRateLimiter:
    """One message per second and channel, with short bursts: a leaky bucket for each channel.

    https://docs.slack.dev/apis/web-api/rate-limits
    """

    def __init__(self) -> None:
        self._buckets: defaultdict[str, _Bucket] = defaultdict(_Bucket)

    def allows(self, channel: str) -> bool:
        """Whether the channel may get another message now, which then counts."""
        bucket = self._buckets[channel]
        now = time.monotonic()
        bucket.level = max(0.0, bucket.level - (now - bucket.updated_at))
        bucket.updated_at = now
        allowed = bucket.level + 1 <= MAX_BURST_MESSAGES
        bucket.level += allowed
        return allowed
