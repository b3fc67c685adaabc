"""Metadata on our own messages, by which we find them again.

https://docs.slack.dev/messaging/message-metadata
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def build_metadata(event: str, **payload: Any) -> dict[str, Any]:
    """Metadata for a message; everyone in the conversation can read it."""
    return {"event_type": event, "event_payload": payload}


def has_metadata(message: Mapping[str, Any], event: str, **payload: Any) -> bool:
    """Whether a message from the history carries this metadata."""
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == event and metadata.get("event_payload") == payload
