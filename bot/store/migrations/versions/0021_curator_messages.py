"""Where suggestions were posted, too, and several channels for one case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_PARTS = 'team, kind, item, "user", channel, ts'
_TO_CHANNELS = "kind IN ('case', 'case reminder') AND subject LIKE '%:'"


def upgrade() -> None:
    op.create_table(
        "curator_messages",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item", sa.Integer, nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("ts", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item", "user", "channel"),
    )
    op.execute(
        f"INSERT INTO curator_messages ({_PARTS}) "
        'SELECT team, \'case\', "case", "user", channel, ts FROM case_messages'
    )
    op.drop_table("case_messages")
    op.execute(f"UPDATE deliveries SET subject = subject || channel WHERE {_TO_CHANNELS}")


def downgrade() -> None:
    op.create_table(
        "case_messages",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("case", sa.Integer, nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("ts", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("case", "user"),
    )
    op.execute(
        'INSERT INTO case_messages (team, "case", "user", channel, ts) '
        'SELECT team, item, "user", MAX(channel), MAX(ts) FROM curator_messages '
        "WHERE kind = 'case' GROUP BY team, item, \"user\""
    )
    op.drop_table("curator_messages")
