"""Running totals: right answers in a row by person, and how many answered each question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ANSWERED = """
    UPDATE postings SET
        answered = (
            SELECT count(*) FROM answers WHERE answers.posting = postings.id AND NOT answers.late
        ),
        answered_right = (
            SELECT count(*) FROM answers WHERE answers.posting = postings.id
            AND NOT answers.late AND answers.choice = postings."right"
        )
    WHERE closed_at IS NOT NULL
"""
STREAKS = """
    INSERT INTO streaks (team, channel, "user", length)
    SELECT team, channel, "user", count(*) FROM (
        SELECT rounds.team, rounds.channel, answers."user", rounds.place, row_number() OVER (
            PARTITION BY rounds.team, rounds.channel, answers."user" ORDER BY rounds.place
        ) AS place_among_right
        FROM (
            SELECT id, team, channel, "right", row_number() OVER (
                PARTITION BY team, channel ORDER BY day DESC, id DESC
            ) AS place
            FROM postings
            WHERE closed_at IS NOT NULL AND (ts IS NOT NULL OR answered > 0)
        ) AS rounds
        JOIN answers ON answers.posting = rounds.id AND NOT answers.late
            AND answers.choice = rounds."right"
    ) AS right_answers
    WHERE place = place_among_right
    GROUP BY team, channel, "user"
"""
"""Counted from the newest question of a channel back, a person's right answers have the places
1, 2, 3 ... without a gap as long as the streak lasts."""


def upgrade() -> None:
    op.create_table(
        "streaks",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("length", sa.Integer, nullable=False),
    )
    op.add_column("postings", sa.Column("answered", sa.Integer))
    op.add_column("postings", sa.Column("answered_right", sa.Integer))
    op.execute(ANSWERED)
    op.execute(STREAKS)
