"""Which organization (Enterprise Grid) a workspace belongs to, according to its requests."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from bot.store.engine import reading, upsert
from bot.store.process_tables import organizations


@dataclass(frozen=True, slots=True)
class Membership:
    """A workspace's organization, and whether we are installed for the whole of it."""

    organization: str | None = None
    whole: bool = False


class Organizations:
    """The table of workspaces that belong to an organization."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, team: str, membership: Membership) -> None:
        row = {"team": team, "organization": membership.organization, "whole": membership.whole}
        with self._engine.begin() as db:
            upsert(db, organizations, row)

    def get(self, team: str) -> Membership:
        """A workspace's organization, which is None unless a request has named one."""
        query = select(organizations.c.organization, organizations.c.whole)
        with reading(self._engine) as db:
            row = db.execute(query.where(organizations.c.team == team)).first()
        return Membership(*row) if row else Membership()

    def teams(self, organization: str) -> list[str]:
        """The workspaces that we serve through an installation for the whole organization."""
        whole = (organizations.c.organization == organization) & organizations.c.whole
        with reading(self._engine) as db:
            return list(db.scalars(select(organizations.c.team).where(whole)))
