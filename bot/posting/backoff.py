"""How long to wait before another try to send a message."""

from __future__ import annotations

FIRST_WAIT_LEASES, MAX_WAIT_LEASES = 1 / 12, 2 / 3
"""As parts of a lease, which is a minute by default: 5 seconds, doubled up to 40."""


def retry_wait_seconds(attempts: int, lease_seconds: float) -> float:
    """How long to wait after this many tries; 1 after the first."""
    wait = FIRST_WAIT_LEASES * 2.0 ** min(max(attempts, 1) - 1, 10)
    return min(wait, MAX_WAIT_LEASES) * lease_seconds
