"""The week's standings, as a channel gets them after the week's last answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.quiz import texts
from bot.quiz.standings import MissedQuestion, Standing
from bot.slack.mrkdwn import escape
from bot.views.leaderboard import line
from bot.views.message import Block, Message, formatted, header, note, paragraph

MAX_PLACES = 5
MAX_STREAKS = 3


def week_standings(
    table: Sequence[Standing],
    streaks: Mapping[str, int],
    missed: MissedQuestion | None,
    theme: str,
    command: str,
) -> Message:
    """Who leads, the longest streaks, the most-missed question, and next week's theme.

    `streaks` are lengths by user. People who left the leaderboard are in neither of the two.
    """
    places = [line(standing) for standing in table if standing.rank][:MAX_PLACES]
    lines = places or [texts.NOBODY_WAS_RIGHT]
    best = sorted(streaks.items(), key=lambda streak: (-streak[1], streak[0]))[:MAX_STREAKS]
    if best:
        named = ", ".join(f"<@{user}> {length}" for user, length in best)
        lines.append(f"{texts.LONGEST_STREAKS} {named}")
    blocks: list[Block] = [header(texts.WEEK_TITLE), formatted("\n".join(lines))]
    text_lines = [escape(texts.WEEK_TITLE), *lines]
    if missed:
        text = texts.most_missed(missed.text, missed.right, missed.answered)
        blocks.append(paragraph(text))
        text_lines.append(escape(text))
    ending = f"{texts.next_week(theme)} {texts.standings_off(command)}"
    blocks.append(note(escape(ending)))
    return Message("\n".join((*text_lines, escape(ending))), tuple(blocks))
