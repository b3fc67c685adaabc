"""Facts that people of a workspace reported as wrong, and what the curators decided.

Whoever changes a case locks its row first, and in the same transaction plans the messages that tell
about the change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Engine, or_, select, update

from bot.store.curation_tables import case_reports, cases
from bot.store.curator_messages import (
    CuratorItem,
    plan_posts,
    plan_reminders,
    plan_results,
    plan_updates,
)
from bot.store.engine import insert_if_new, reading
from bot.store.fact_changes import ChangeKind, add_change
from bot.store.tables import claims
from bot.store.voiding import void_open_questions
from bot.team.cases import Case, CaseOutcome, Report
from bot.team.limits import MAX_COMPLAINT_CHARS, MAX_LINK_CHARS

REMIND_AFTER_SECONDS = 7 * 86_400.0
MAX_TITLE_CHARS = 200
MAX_PLANNED_CASES = 100


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a person submits about a fact with this ID and title.

    `submission` identifies it, so that it counts once.
    """

    team: str
    user: str
    fact: str
    title: str
    complaint: str
    link: str
    submission: str


class Cases:
    """The tables of cases and reports."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def report(self, new: NewReport, ids: Collection[str]) -> None:
        """Add a report to the fact's open case, or open one.

        A new case puts the fact under review and takes its open quiz questions out of the count.
        `ids` are all IDs that the fact has or had.
        """
        now = self._now()
        claim = {"kind": "report", "key": f"{new.team}:{new.user}:{new.submission}"}
        with self._engine.begin() as db:
            if insert_if_new(db, claims, claim | {"claimed_at": now}) is None:
                return
            case = _open_case(db, now, new, ids)
            row = {
                "team": new.team, "case": case, "reported_by": new.user,
                "complaint": new.complaint[:MAX_COMPLAINT_CHARS],
                "link": new.link[:MAX_LINK_CHARS], "reported_at": now,
            }  # fmt: skip
            report = db.scalar(case_reports.insert().values(row).returning(case_reports.c.id))
            void_open_questions(db, now, new.team, ids)
            plan_updates(db, now, new.team, CuratorItem.CASE, case, str(report))

    def get(self, team: str, case: int) -> Case | None:
        """A case of a workspace; None if it has no such case."""
        found = self._find(cases.c.team == team, cases.c.id == case)
        return found[0] if found else None

    def open(self, team: str) -> list[Case]:
        """The open cases of a workspace, oldest first."""
        return self._find(cases.c.team == team, cases.c.open)

    def overdue(self, team: str) -> list[Case]:
        """The open cases of a workspace that a reminder didn't settle either, oldest first."""
        return self._find(cases.c.team == team, cases.c.open, cases.c.reminded_at.is_not(None))

    def teams_with_unannounced(self) -> list[str]:
        """Workspaces with open cases that no curator has been told about."""
        query = select(cases.c.team).where(cases.c.open, cases.c.announced.is_(False)).distinct()
        with reading(self._engine) as db:
            return list(db.scalars(query))

    def unannounced(self, team: str) -> list[Case]:
        """The open cases of a workspace that no curator has been told about, oldest first."""
        is_new = cases.c.announced.is_(False)
        return self._find(cases.c.team == team, cases.c.open, is_new, limit=MAX_PLANNED_CASES)

    def to_remind_of(self) -> list[Case]:
        """Open cases of all workspaces that are due for their reminder."""
        is_old = cases.c.opened_at <= self._now() - REMIND_AFTER_SECONDS
        is_due = cases.c.reminded_at.is_(None)
        return self._find(cases.c.open, is_old, is_due, limit=MAX_PLANNED_CASES)

    def announce(self, case: Case, recipients: Sequence[str]) -> None:
        """Plan to post an open case to its curators, once."""
        now, isnt = self._now(), cases.c.announced.is_(False)
        with self._engine.begin() as db:
            if _change_open(db, case.team, case.id, isnt, announced=True):
                plan_posts(db, now, case.team, CuratorItem.CASE, case.id, recipients)

    def remind(self, case: Case, recipients: Sequence[str]) -> None:
        """Plan to remind the curators of an open case, once."""
        now, isnt = self._now(), cases.c.reminded_at.is_(None)
        with self._engine.begin() as db:
            if _change_open(db, case.team, case.id, isnt, reminded_at=now):
                plan_reminders(db, now, case.team, case.id, recipients)

    def decide(
        self,
        team: str,
        case: int,
        outcome: CaseOutcome,
        by: str,
        change: tuple[ChangeKind, str] | None = None,
    ) -> bool:
        """Close a case, change the fact, and plan to tell everybody who reported it.

        False if the case was decided before: then nothing changes.
        """
        now = self._now()
        decision = {"outcome": outcome.value, "decided_by": by, "decided_at": now}
        with self._engine.begin() as db:
            fact = _change_open(db, team, case, open=False, **decision)
            if fact is None:
                return False
            if change:
                add_change(db, now, team, fact, *change, by)
            add_change(db, now, team, fact, ChangeKind.SETTLED, outcome.value, by)
            plan_updates(db, now, team, CuratorItem.CASE, case, "decided")
            mine = (case_reports.c.case == case) & (case_reports.c.reported_by != "")
            people = db.scalars(select(case_reports.c.reported_by).where(mine).distinct()).all()
            plan_results(db, now, team, case, people)
        return True

    def _find(self, *conditions: Any, limit: int | None = None) -> list[Case]:
        wanted = select(cases).where(*conditions).order_by(cases.c.opened_at, cases.c.id)
        with reading(self._engine) as db:
            rows = db.execute(wanted.limit(limit)).all()
            ids = [row.id for row in rows]
            made = select(case_reports).where(case_reports.c.case.in_(ids))
            reports = db.execute(made.order_by(case_reports.c.id)).all() if ids else []
        return [_read(row, [report for report in reports if report.case == row.id]) for row in rows]


def _open_case(db: Connection, now: float, new: NewReport, ids: Collection[str]) -> int:
    """The ID of the fact's open case, whose row is locked now; a new case if there is none."""
    row = {
        "team": new.team, "fact": new.fact, "title": new.title[:MAX_TITLE_CHARS], "open": True,
        "opened_at": now,
    }  # fmt: skip
    is_mine = (cases.c.team == new.team) & cases.c.fact.in_({new.fact, *ids}) & cases.c.open
    locked = select(cases.c.id).where(is_mine).order_by(cases.c.id).with_for_update()
    while (found := db.scalar(locked)) is None:
        found = insert_if_new(db, cases, row)
        if found is not None:  # nobody else opened one meanwhile
            add_change(db, now, new.team, new.fact, ChangeKind.DISPUTED, "", new.user)
            break
    return int(found)


def _change_open(
    db: Connection, team: str, case: int, *conditions: Any, **values: Any
) -> str | None:
    """Change a case that is open; its fact, or None if it wasn't open or the conditions fail."""
    mine = (cases.c.id == case) & (cases.c.team == team) & cases.c.open
    change = update(cases).where(mine, *conditions).values(**values)
    return cast("str | None", db.scalar(change.returning(cases.c.fact)))


def _read(row: Any, reports: Sequence[Any]) -> Case:
    made = tuple(
        Report(report.id, report.reported_by, report.complaint, report.link, report.reported_at)
        for report in reports
    )
    outcome = CaseOutcome(row.outcome) if row.outcome else None
    return Case(
        row.id, row.team, row.fact, row.title, row.opened_at, row.reminded_at, outcome,
        row.decided_by, row.decided_at, made,
    )  # fmt: skip


def cases_naming(db: Connection, team: str, user: str) -> list[int]:
    """The cases of a workspace that a person reported or decided."""
    reported = select(case_reports.c.case).where(
        case_reports.c.team == team, case_reports.c.reported_by == user
    )
    theirs = or_(cases.c.decided_by == user, cases.c.id.in_(reported))
    return list(db.scalars(select(cases.c.id).where(cases.c.team == team, theirs)))
