"""How one person is doing: reads only, over quizzes and practice."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, func, select

from bot.quiz.progress import Progress, Score, TodaysQuestion
from bot.store.engine import reading
from bot.store.own_channels import own_channels
from bot.store.tables import answers, exercises, postings, streaks

TODAY_SECONDS = 24 * 3600.0
"""A question this old is no longer today's, in whatever time zone."""
MAX_CHANNELS = 3


def read_progress(engine: Engine, now: float, team: str, user: str) -> Progress:
    """Only their own channels count."""
    with reading(engine) as db:
        longest = select(func.max(streaks.c.length)).where(
            streaks.c.team == team, streaks.c.user == user
        )
        return Progress(
            _todays_questions(db, now, team, user), _scores(db, team, user), db.scalar(longest) or 0
        )


def _scores(db: Connection, team: str, user: str) -> tuple[Score, ...]:
    """By service, those with the most answers first."""
    in_time = answers.c.late.is_(False) & postings.c.closed_at.is_not(None)
    counts = in_time & postings.c.voided.is_(False)
    quizzes = (
        _counts(postings.c.service, answers.c.choice == postings.c.right)
        .join_from(answers, postings, answers.c.posting == postings.c.id)
        .where(postings.c.team == team, answers.c.user == user, counts)
    )
    practice = _counts(exercises.c.service, exercises.c.choice == exercises.c.right).where(
        exercises.c.team == team, exercises.c.user == user, exercises.c.choice.is_not(None)
    )
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for query, service in ((quizzes, postings.c.service), (practice, exercises.c.service)):
        for slug, count, right_count in db.execute(query.group_by(service)):
            answered[slug] += count
            right[slug] += right_count
    return tuple(Score(slug, right[slug], count) for slug, count in answered.most_common())


def _counts(service: Any, is_right: Any) -> Any:
    return select(service, func.count(), func.sum(case((is_right, 1), else_=0)))


def _todays_questions(
    db: Connection, now: float, team: str, user: str
) -> tuple[TodaysQuestion, ...]:
    mine = and_(answers.c.posting == postings.c.id, answers.c.user == user)
    query = (
        select(postings, answers.c.choice)
        .outerjoin_from(postings, answers, mine)
        .where(
            postings.c.team == team,
            postings.c.channel.in_(own_channels(team, user)),
            postings.c.posted_at > now - TODAY_SECONDS,
        )
        .order_by(postings.c.posted_at.desc())
    )
    latest = {row.channel: row for row in reversed(db.execute(query).all())}
    return tuple(_read(row) for row in list(latest.values())[:MAX_CHANNELS])


def _read(row: Any) -> TodaysQuestion:
    right = row.right if row.closed_at is not None else None
    options = tuple(json.loads(row.options))
    return TodaysQuestion(
        row.channel, row.question, options, row.choice, right, row.reveal_at, row.voided
    )
