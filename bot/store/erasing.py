"""Delete everything about a person, including what other processes are about to write."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy
from sqlalchemy import (
    Connection,
    Engine,
    column,
    delete,
    func,
    literal,
    or_,
    select,
    union,
    update,
)

from bot.store.cases import cases_naming
from bot.store.curation_tables import (
    case_reports,
    cases,
    curators,
    fact_changes,
    gap_people,
    review_tasks,
    suggestions,
)
from bot.store.curator_messages import CuratorItem, plan_updates
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan_again
from bot.store.engine import upsert
from bot.store.metadata import metadata
from bot.store.quiz_answers import COUNT_DELAY_SECONDS
from bot.store.suggestions import suggestions_naming
from bot.store.tables import (
    answers,
    claims,
    deliveries,
    people,
    postings,
    subscriptions,
)

ERASED = "erased"
"""Kind of claim that records when a person was erased; its key is a hash of their id."""
CLOCK_SKEW_SECONDS = 5.0
"""How far the clocks of two machines may be apart."""
PERSON_TABLES = tuple(t for t in metadata.sorted_tables if {"team", "user"} <= set(t.c.keys()))
CHANNEL_TABLES = tuple(t for t in metadata.sorted_tables if {"team", "channel"} <= set(t.c.keys()))
_NAMED = (
    subscriptions.c.created_by,
    fact_changes.c.changed_by,
    cases.c.decided_by,
    case_reports.c.reported_by,
    suggestions.c.suggested_by,
    suggestions.c.decided_by,
    curators.c.set_by,
)
"""Columns that are emptied, in rows that stay."""
_LOCK = 7_282_734
_INSTALLATIONS = sqlalchemy.table("slack_installations", column("team_id"), column("user_id"))
"""slack_sdk's table; nothing reads who installed us."""


def erase(engine: Engine, now: float, team: str, user: str, channel: str = "") -> None:
    """Delete a person's rows in one transaction, and record when that was.

    `channel` is where they asked for it: a direct message is theirs. What belongs to a channel
    stays without their name, such as a quiz that they set up, and how many people answered.
    """
    with engine.begin() as db:
        if db.dialect.name == "postgresql":
            db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        directs = {*_direct_channels(db, team, user), *({channel} if channel[:1] == "D" else ())}
        _erase_answers(db, now, team, user, directs)
        for table in PERSON_TABLES:
            db.execute(delete(table).where(table.c.team == team, table.c.user == user))
        _erase_names(db, now, team, user)
        for table in CHANNEL_TABLES:
            db.execute(delete(table).where(table.c.team == team, table.c.channel.in_(directs)))
        to_them = or_(deliveries.c.channel == user, _names(deliveries.c.subject, user))
        db.execute(delete(deliveries).where(deliveries.c.team == team, to_them))
        own = _names(claims.c.key, user) & claims.c.key.startswith(f"{team}:", autoescape=True)
        theirs = or_(own, *(_names(claims.c.key, direct) for direct in directs))
        db.execute(delete(claims).where(theirs))
        of_team = or_(_INSTALLATIONS.c.team_id == team, _INSTALLATIONS.c.team_id.is_(None))
        installed = of_team & (_INSTALLATIONS.c.user_id == user)
        db.execute(update(_INSTALLATIONS).where(installed).values(user_id=""))
        key = _fingerprint(team, user)
        upsert(db, claims, {"kind": ERASED, "key": key, "claimed_at": now})


def erased_lately(db: Connection, who: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """When these people (team, user) were erased, plus clock skew; anything noted before is void.

    People who weren't erased are missing. Nobody is erased before the transaction ends.
    """
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))
    keys = {_fingerprint(*person): person for person in who}
    wanted = select(claims.c.key, claims.c.claimed_at).where(
        claims.c.kind == ERASED, claims.c.key.in_(keys)
    )
    return {keys[key]: at + CLOCK_SKEW_SECONDS for key, at in db.execute(wanted)}


def _direct_channels(db: Connection, team: str, user: str) -> set[str]:
    """The channels of a person's direct messages with us, wherever we stored one."""
    answered = select(answers.c.posting).where(answers.c.user == user)
    found = union(
        select(people.c.direct).where(people.c.team == team, people.c.user == user),
        *(
            select(t.c.channel).where(t.c.team == team, t.c.user == user)
            for t in PERSON_TABLES
            if "channel" in t.c
        ),
        select(subscriptions.c.channel).where(
            subscriptions.c.team == team, subscriptions.c.created_by == user
        ),
        select(postings.c.channel).where(postings.c.team == team, postings.c.id.in_(answered)),
        select(deliveries.c.channel).where(
            deliveries.c.team == team, _names(deliveries.c.subject, user)
        ),
    )
    return {channel for channel in db.scalars(found) if channel.startswith("D")}


def _erase_answers(db: Connection, now: float, team: str, user: str, directs: set[str]) -> None:
    """This comes first: a question that is closing locks its answers until it has totals."""
    of_team = select(postings.c.id).where(postings.c.team == team)
    in_direct = of_team.where(postings.c.channel.in_(directs))
    theirs = answers.c.posting.in_(of_team.scalar_subquery()) & (answers.c.user == user)
    counted = select(postings).where(
        postings.c.closed_at.is_(None),
        postings.c.ts.is_not(None),
        postings.c.id.in_(select(answers.c.posting).where(theirs)),
    )
    shown = db.execute(counted).all()
    db.execute(delete(answers).where(theirs))
    db.execute(delete(answers).where(answers.c.posting.in_(in_direct.scalar_subquery())))
    for row in shown:
        plan_again(
            db, DeliveryKind.COUNT, str(row.id), team, row.channel, now + COUNT_DELAY_SECONDS
        )


def _erase_names(db: Connection, now: float, team: str, user: str) -> None:
    """Take a person's name out of what stays, and plan to take it out of the messages."""
    named_in = (
        (CuratorItem.CASE, cases_naming(db, team, user)),
        (CuratorItem.SUGGESTION, suggestions_naming(db, team, user)),
    )
    for item, numbers in named_in:
        for number in numbers:
            plan_updates(db, now, team, item, number, f"{now:.3f}")
    for named in _NAMED:
        theirs = (named.table.c.team == team) & (named == user)
        db.execute(update(named.table).where(theirs).values({named.name: ""}))
    _erase_curator(db, team, user)
    tasks = review_tasks.c
    db.execute(delete(review_tasks).where(tasks.team == team, tasks.curator == user))
    asked = select(gap_people.c.gap).where(gap_people.c.team == team).distinct()
    hashes = {gap_person(team, user)}
    hashes |= {old_gap_person(team, gap, user) for gap in db.scalars(asked)}
    theirs = (gap_people.c.team == team) & gap_people.c.person.in_(hashes)
    db.execute(delete(gap_people).where(theirs))


def _erase_curator(db: Connection, team: str, user: str) -> None:
    """Whoever is erased no longer curates; without anyone left, the settings say who does."""
    who = db.scalar(select(curators.c.who).where(curators.c.team == team)) or ""
    left = ",".join(id for id in who.split(",") if id != user)
    if left != who:
        db.execute(update(curators).where(curators.c.team == team).values(who=left))


def gap_person(team: str, user: str) -> str:
    """What is stored of a person who asked questions without an answer.

    It's the same for all of a workspace's questions, to count a person once if two ask the same.
    """
    return hashlib.sha256(f"gap:{team}:{user}".encode()).hexdigest()


def old_gap_person(team: str, gap: int, user: str) -> str:
    """What older versions stored: another hash for each question. Those expire in 180 days."""
    return hashlib.sha256(f"{team}:{gap}:{user}".encode()).hexdigest()


def _names(text: Any, id: str) -> Any:
    """Whether a text of parts separated by colons contains this id."""
    return (literal(":") + text + literal(":")).contains(f":{id}:", autoescape=True)


def _fingerprint(team: str, user: str) -> str:
    return hashlib.sha256(f"{team}:{user}".encode()).hexdigest()
