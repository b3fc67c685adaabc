"""When each answer was pressed, so that the later one of two counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pressed_at = sa.Column("pressed_at", sa.Float, nullable=False, server_default="0")
    op.add_column("answers", pressed_at)
