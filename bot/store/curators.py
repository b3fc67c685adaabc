"""Who curates a workspace's facts, and in which channel, where that was chosen in Slack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, select

from bot.store.curation_tables import curators
from bot.store.engine import insert_if_new, reading, upsert

MAX_WHO_CHARS = 400


@dataclass(frozen=True, slots=True)
class CuratorChoice:
    """What a workspace chose: `who` is "" or `channel` is "" where it chose nothing.

    `set_by` changed it last; "" if erased.
    """

    who: str
    channel: str
    set_by: str


class CuratorChoices:
    """The table of choices, one per workspace."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def get(self, team: str) -> CuratorChoice | None:
        columns = (curators.c.who, curators.c.channel, curators.c.set_by)
        with reading(self._engine) as db:
            row = db.execute(select(*columns).where(curators.c.team == team)).first()
        return CuratorChoice(*row) if row else None

    def choose_who(self, team: str, who: str, by: str) -> None:
        self._change(team, by, who=who)

    def choose_channel(self, team: str, channel: str, by: str) -> None:
        self._change(team, by, channel=channel)

    def note_admin(self, team: str, admin: str) -> None:
        """Remember an admin who asked, as the one to write to, if nobody has chosen anything."""
        row = {"team": team, "who": "", "channel": "", "set_by": admin, "set_at": self._now()}
        with self._engine.begin() as db:
            insert_if_new(db, curators, row)

    def _change(self, team: str, by: str, **values: str) -> None:
        with self._engine.begin() as db:
            before = db.execute(select(curators).where(curators.c.team == team)).first()
            row = before._asdict() if before else {"team": team, "who": "", "channel": ""}
            upsert(db, curators, row | values | {"set_by": by, "set_at": self._now()})
