"""Usage, the services, and the facts of one service."""

from __future__ import annotations

from collections.abc import Sequence

from bot import messages
from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.views import about
from bot.views.card import SHOW_FACT, show_button
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    header,
    note,
    paragraph,
    plain_text,
    small,
)
from bot.views.quiz_settings import OPEN
from bot.views.value import Value
from bot.views.welcome import PRACTICE, START, Start
from knowledge import KnowledgeBase, Overview, Service
from knowledge.counting import counted

ROWS_PER_BLOCK = 20
MAX_LISTED_FACTS = 60
"""More titles in one message would come close to the limit on its text."""

_FIRST_FACTS = f"These are the first {MAX_LISTED_FACTS}. Ask me about the others."
_USAGE_TITLE = "Ask me about AWS"
_USAGE_WHERE = "You can also mention me, or send me a direct message."
_USAGE = (
    (
        "Ask:",
        "a question in your own words, or an error.",
        (messages.EXAMPLES[0],),
    ),
    (
        "Quiz:",
        "a daily question for this channel.",
        ("quiz", "leaderboard"),
    ),
    ("Practice:", "questions just for you.", ("practice", "practice stop")),
)
"""Each group of what people can type: its name, what it is, and the words."""
_SMALL_PRINT = (
    "services",
    "random",
    "suggest",
    "quiz off",
    "privacy",
    "practice erase",
    "curators",
)


def usage(command: str, slash: str) -> Message:
    """How to ask, quiz, and practice, and a button for each.

    `slash` is the command for what works only in Slack.
    """
    name, slash_name = escape(command), escape(slash)
    groups = [
        f"*{title}* {what}\n{_commands(name if number == 0 else slash_name, words)}"
        for number, (title, what, words) in enumerate(_USAGE)
    ]
    small_print = f"{_USAGE_WHERE} {_commands(slash_name, _SMALL_PRINT)}"
    row = actions("help", _usage_buttons())
    blocks = (header(_USAGE_TITLE), *map(formatted, groups), row, note(small_print))
    return Message("\n".join((*groups, small_print)), blocks)


def _commands(name: str, words: Sequence[str]) -> str:
    return ", ".join(f"`{name} {word}`" for word in words)


def _usage_buttons() -> tuple[Block, Block, Block]:
    return (
        button(f"{START}_{Start.ASK}", "See examples", Start.ASK),
        button(OPEN, "Set up a quiz", "open"),
        button(PRACTICE, "Practice now", "practice"),
    )


def _bullets(rows: Sequence[str]) -> str:
    return "\n".join(f"\u2022 {row}" for row in rows)


def service_list(knowledge: KnowledgeBase, command: str) -> Message:
    """Every service with the number of its facts."""
    counts = knowledge.fact_counts()
    services = sorted(knowledge.services.values(), key=lambda service: service.name)
    rows = [f"{s.name} ({counts[s.slug]})" for s in services if counts[s.slug]]
    title = f"{counted(len(rows), 'service')}, {counted(sum(counts.values()), 'fact')}"
    hint = f"Type {command} list SERVICE to see one service's facts."
    return _listing(title, rows, [small(hint)], hint)


def service_overview(overview: Overview, value: Value, command: str) -> Message:
    """What a service is, how many facts there are, and the ones people ask for most."""
    service = overview.service
    title = about.overview_title(service.name, overview.count)
    more = about.see_all(command, service.slug)
    blocks: list[Block] = [header(title)]
    if service.summary:
        blocks.append(paragraph(service.summary))
    blocks.append(paragraph(messages.MOST_ASKED))
    for number, fact in enumerate(overview.most_asked):
        blocks.append({**paragraph(fact.title), "accessory": show_button(number, fact, value)})
    blocks.append(small(more))
    titles = [f"\u2022 {fact.title}" for fact in overview.most_asked]
    lines = (title, service.summary, messages.MOST_ASKED, *titles, more)
    return Message(escape("\n".join(line for line in lines if line)), tuple(blocks))


def fact_list(knowledge: KnowledgeBase, service: Service) -> Message:
    """The titles of a service's facts, with a menu that shows one."""
    facts = [fact for fact in knowledge.facts.values() if fact.service == service.slug]
    shown = facts[:MAX_LISTED_FACTS]
    menu = {
        "type": "static_select",
        "action_id": f"{SHOW_FACT}_menu",
        "placeholder": plain_text("Show a fact", limits.BUTTON_TEXT),
        "options": [
            {"text": plain_text(fact.title, limits.OPTION_TEXT), "value": fact.id} for fact in shown
        ],
    }
    title = about.overview_title(service.name, len(facts))
    hint = _FIRST_FACTS if facts != shown else ""
    blocks = [actions("list", [menu]), *([small(hint)] if hint else [])]
    return _listing(title, [fact.title for fact in shown], blocks, hint)


def _listing(title: str, rows: list[str], after: list[Block], hint: str) -> Message:
    starts = range(0, len(rows), ROWS_PER_BLOCK)
    parts = [_bullets(rows[start : start + ROWS_PER_BLOCK]) for start in starts]
    blocks = (header(title), *map(paragraph, parts), *after)
    return Message(escape("\n".join((title, *parts, hint)).strip()), blocks)
