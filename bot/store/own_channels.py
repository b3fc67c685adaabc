"""Which channels are a person's own, as far as we know."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, select, union

from bot.store.tables import answers, postings, subscriptions


def own_channels(team: str, user: str) -> ScalarSelect[str]:
    """Those in which the person has answered, or whose quiz they set up."""
    answered = (
        select(postings.c.channel)
        .join(answers, answers.c.posting == postings.c.id)
        .where(postings.c.team == team, answers.c.user == user)
    )
    set_up = select(subscriptions.c.channel).where(
        subscriptions.c.team == team, subscriptions.c.created_by == user
    )
    return select(union(answered, set_up).subquery().c.channel).scalar_subquery()
