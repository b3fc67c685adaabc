"""How long to wait before another try at a message."""

from __future__ import annotations

FIRST_WAIT_LEASES, LONGEST_WAIT_LEASES = 1 / 12, 2 / 3
"""Parts of a lease (a minute unless set otherwise): five seconds, doubled up to forty."""


def retry_wait_seconds(attempts: int, lease_seconds: float) -> float:
    """The wait after so many tries, the first of which is 1."""
    wait = FIRST_WAIT_LEASES * 2.0 ** min(max(attempts, 1) - 1, 10)
    return min(wait, LONGEST_WAIT_LEASES) * lease_seconds
