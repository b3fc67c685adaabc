"""Closed questions: how many people answered each, and who has a streak of right answers.

Totals are stored when a question closes, so that nothing has to read a channel's whole history.
They are recounted when adding isn't enough: if questions close in a different order than they were
asked in, or if some were closed by a version that stored no totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, delete, func, literal, or_, select, update

from bot.quiz.standings import MIN_STREAK, MissedQuestion, Round
from bot.quiz.streaks import ClosedQuestion, count_streaks, month_of
from bot.store.engine import insert
from bot.store.tables import answers, cards, postings, streaks

MAX_LEADERBOARD_ROUNDS = 400
_IN_TIME = and_(answers.c.posting == postings.c.id, answers.c.late.is_(False))
_IS_RIGHT = answers.c.choice == postings.c.right
_CLOSED = postings.c.closed_at.is_not(None)
COUNTS = and_(
    postings.c.voided.is_(False), or_(postings.c.ts.is_not(None), postings.c.answered > 0)
)
"""Whether a question counts. One that Slack never posted ends no streak, nor does a voided one."""


def close(db: Connection, posting: int, at: float) -> Any | None:
    """Close a question and add it to the totals, unless it is voided.

    Returns its row, or None if it was closed before.

    Questions of a channel close one at a time, and its answers can't be deleted meanwhile.
    """
    mine = select(postings.c.team, postings.c.channel).where(postings.c.id == posting)
    found = db.execute(mine).first()
    if found is None:
        return None
    channel = _in(found.team, found.channel)
    still_open = select(postings.c.id).where(channel, postings.c.closed_at.is_(None))
    db.execute(still_open.order_by(postings.c.id).with_for_update()).all()
    in_time = (answers.c.posting == posting) & answers.c.late.is_(False)
    db.execute(select(answers.c.user).where(in_time).with_for_update(read=True)).all()
    closed = db.execute(
        update(postings)
        .where(postings.c.id == posting, postings.c.closed_at.is_(None))
        .values(closed_at=at, **_COUNTS)
        .returning(postings)
    ).first()
    if closed is None or closed.voided:
        return closed
    newer_or_uncounted = or_(postings.c.day > closed.day, postings.c.answered.is_(None))
    if db.scalar(select(postings.c.id).where(channel, _CLOSED, newer_or_uncounted).limit(1)):
        _recount(db, closed.team, closed.channel)
    elif closed.ts is not None or closed.answered:
        _extend(db, closed)
    return closed


def queue_misses(db: Connection, closed: Any, card: str, due_at: float) -> None:
    """Put the fact into the review queue of everybody who was wrong, or make it due earlier."""
    wrong = and_(
        answers.c.posting == closed.id,
        answers.c.choice != closed.right,
        answers.c.late.is_(False),
    )
    row = select(
        literal(closed.team), answers.c.user, literal(closed.fact), literal(card), literal(due_at)
    ).where(wrong)
    names = ["team", "user", "fact", "card", "due_at"]
    db.execute(insert(db, cards).from_select(names, row).on_conflict_do_nothing())
    sooner = and_(
        cards.c.team == closed.team,
        cards.c.fact == closed.fact,
        cards.c.user.in_(select(answers.c.user).where(wrong)),
        cards.c.due_at > due_at,
    )
    db.execute(update(cards).where(sooner).values(due_at=due_at))


def streaks_in(db: Connection, team: str, channel: str) -> dict[str, int]:
    """Right answers in a row up to the latest closed question, by user.

    Only the channel's questions count: a day without one doesn't end a streak, and neither does one
    missed question a month.
    """
    long_enough = streaks.c.length >= MIN_STREAK
    wanted = select(streaks.c.user, streaks.c.length).where(
        streaks.c.team == team, streaks.c.channel == channel, long_enough
    )
    return {user: length for user, length in db.execute(wanted)}


def rounds_since(db: Connection, team: str, channel: str, since: date) -> list[Round]:
    """The latest closed questions since a day that people have seen, oldest first."""
    wanted = _in(team, channel) & _CLOSED & COUNTS & (postings.c.day >= since.isoformat())
    newest = select(postings.c.id).where(wanted).order_by(postings.c.day.desc())
    latest = postings.c.id.in_(newest.limit(MAX_LEADERBOARD_ROUNDS))
    return [
        Round(frozenset(question.answered), frozenset(question.right))
        for question in _closed_questions(db, latest)
    ]


def most_missed(db: Connection, team: str, channel: str, since: date) -> MissedQuestion | None:
    """Of the closed questions since a day, the one with the smallest share of right answers."""
    wrong = postings.c.answered - postings.c.answered_right
    row = db.execute(
        select(postings.c.question, postings.c.answered_right, postings.c.answered)
        .where(_in(team, channel), _CLOSED, postings.c.day >= since.isoformat(), wrong > 0)
        .order_by((wrong * 1.0 / postings.c.answered).desc(), wrong.desc(), postings.c.day)
        .limit(1)
    ).first()
    return MissedQuestion(*row) if row else None


def _extend(db: Connection, closed: Any) -> None:
    """Extend the streaks of everybody who was right; forgive a miss, or end the streak."""
    month = month_of(date.fromisoformat(closed.day))
    in_time = (answers.c.posting == closed.id) & answers.c.late.is_(False)
    answered = select(answers.c.user).where(in_time)
    right = answered.where(answers.c.choice == closed.right)
    in_channel = (streaks.c.team == closed.team) & (streaks.c.channel == closed.channel)
    was_wrong = streaks.c.user.in_(answered) & streaks.c.user.not_in(right)
    missed = streaks.c.user.not_in(answered)
    db.execute(delete(streaks).where(in_channel, was_wrong))
    db.execute(delete(streaks).where(in_channel, missed, streaks.c.missed_in == month))
    db.execute(update(streaks).where(in_channel, missed).values(missed_in=month))
    rows = right.with_only_columns(
        literal(closed.team), literal(closed.channel), answers.c.user, literal(1)
    )
    names = ["team", "channel", "user", "length"]
    db.execute(
        insert(db, streaks)
        .from_select(names, rows)
        .on_conflict_do_update(index_elements=names[:-1], set_={"length": streaks.c.length + 1})
    )


def _recount(db: Connection, team: str, channel: str) -> None:
    """Recount the totals of a channel from its answers."""
    uncounted = _in(team, channel) & _CLOSED & postings.c.answered.is_(None)
    db.execute(update(postings).where(uncounted).values(**_COUNTS))
    seen = _in(team, channel) & _CLOSED & COUNTS
    rows = [
        {
            "team": team, "channel": channel, "user": user,
            "length": streak.length, "missed_in": streak.missed_in,
        }
        for user, streak in count_streaks(_closed_questions(db, seen)).items()
    ]  # fmt: skip
    db.execute(delete(streaks).where(streaks.c.team == team, streaks.c.channel == channel))
    if rows:
        db.execute(streaks.insert(), rows)


def _closed_questions(db: Connection, condition: Any) -> Iterator[ClosedQuestion]:
    """The questions that meet a condition, oldest first, with who answered them in time."""
    in_time = and_(answers.c.posting == postings.c.id, answers.c.late.is_(False))
    query = (
        select(postings.c.id, postings.c.day, answers.c.user, _IS_RIGHT.label("is_right"))
        .join_from(postings, answers, in_time, isouter=True)
        .where(condition)
        .order_by(postings.c.day, postings.c.id)
    )
    for (_, day), rows in groupby(db.execute(query), key=lambda row: (row.id, row.day)):
        found = [row for row in rows if row.user is not None]
        right = {row.user for row in found if row.is_right}
        yield ClosedQuestion(date.fromisoformat(day), {row.user for row in found}, right)


_NOT_VOIDED = postings.c.voided.is_(False)
_COUNTS = {
    "answered": select(func.count()).where(_IN_TIME, _NOT_VOIDED).scalar_subquery(),
    "answered_right": select(func.count())
    .where(_IN_TIME, _IS_RIGHT, _NOT_VOIDED)
    .scalar_subquery(),
}


def _in(team: str, channel: str) -> Any:
    return (postings.c.team == team) & (postings.c.channel == channel)
