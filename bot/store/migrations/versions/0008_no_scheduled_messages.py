"""Questions are posted when they are due, no longer scheduled with Slack.

Slack never posted those that were scheduled (it drops what has metadata), so they count as lost.
https://docs.slack.dev/reference/methods/chat.scheduleMessage
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_column("deliveries", "post_at")
    op.execute("UPDATE postings SET posted_at = NULL WHERE ts IS NULL")
