"""Which organization a workspace belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "organizations",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("organization", sa.String(40), nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
    )
