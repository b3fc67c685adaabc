"""Remember the fact that was shown last in a conversation instead of the question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("DELETE FROM conversations")  # kept for ten minutes only
    with op.batch_alter_table("conversations") as table:
        table.drop_column("question")
        table.add_column(sa.Column("fact", sa.String(80), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM conversations")
    with op.batch_alter_table("conversations") as table:
        table.drop_column("fact")
        table.add_column(sa.Column("question", sa.Text, nullable=False))
