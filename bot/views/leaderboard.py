"""The people with the most correct answers in a channel."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.quiz import texts
from bot.quiz.standings import Standing
from bot.slack.mrkdwn import escape
from bot.views.message import Block, Message, formatted, header, small

MAX_SHOWN = 10


def leaderboard(
    week: Sequence[Standing], month: Sequence[Standing], asker: str, command: str
) -> Message:
    """This week's and this month's standings; the asker's own line always shows."""
    blocks: list[Block] = [header(messages.LEADERBOARD)]
    text = [messages.LEADERBOARD]
    for title, standings in ((messages.THIS_WEEK, week), (messages.THIS_MONTH, month)):
        lines = _lines(standings, asker) or [messages.NO_ANSWERS_YET]
        blocks.append(formatted("\n".join((f"*{title}*", *lines))))
        text += [title, *lines]
    hint = messages.leaderboard_hint(command)
    blocks.append(small(hint))
    return Message("\n".join((*text, escape(hint))), tuple(blocks))


def _lines(standings: Sequence[Standing], asker: str) -> list[str]:
    return [
        line(standing)
        for place, standing in enumerate(standings)
        if (standing.rank and place < MAX_SHOWN) or standing.user == asker
    ]


def line(standing: Standing) -> str:
    """A person's place and points, as mrkdwn."""
    place = f"{standing.rank}." if standing.rank else texts.NO_RANK
    points = messages.points(standing.right, standing.answered, standing.asked)
    return f"{place} <@{standing.user}> {points}"
