"""Marks on our own messages, by which they are found again.

https://docs.slack.dev/messaging/message-metadata
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def mark(event: str, **payload: Any) -> dict[str, Any]:
    """The metadata of a message; anybody in its conversation may read it."""
    return {"event_type": event, "event_payload": payload}


def is_marked(message: Mapping[str, Any], event: str, **payload: Any) -> bool:
    """Whether a message of the history carries this mark."""
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == event and metadata.get("event_payload") == payload
