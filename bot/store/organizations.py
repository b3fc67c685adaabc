"""Which organization a workspace belongs to, as its requests say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from bot.store.engine import put, reading
from bot.store.tables import organizations


@dataclass(frozen=True, slots=True)
class Home:
    """The organization of a workspace, and whether we are installed for all of it."""

    organization: str | None = None
    whole: bool = False


class Organizations:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, team: str, home: Home) -> None:
        row = {"team": team, "organization": home.organization, "whole": home.whole}
        with self._engine.begin() as db:
            put(db, organizations, row)

    def of(self, team: str) -> Home:
        """A workspace without a request from an organization stands for itself."""
        wanted = select(organizations.c.organization, organizations.c.whole)
        with reading(self._engine) as db:
            row = db.execute(wanted.where(organizations.c.team == team)).first()
        return Home(*row) if row else Home()

    def teams(self, organization: str) -> list[str]:
        """The workspaces that we serve because their whole organization has installed us."""
        whole = (organizations.c.organization == organization) & organizations.c.whole
        with reading(self._engine) as db:
            return list(db.scalars(select(organizations.c.team).where(whole)))
