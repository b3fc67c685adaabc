"""What outlives a request: claims, feedback, the question before. The only place that knows SQL."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError as StoreError

from bot.store.engine import is_away
from bot.store.store import Conversation, Store

__all__ = ["Conversation", "Store", "StoreError", "is_away"]
