"""Usage, the services, and the facts of one service."""

from __future__ import annotations

from collections import Counter
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
    formatted,
    header,
    note,
    paragraph,
    plain_text,
    small,
)
from bot.views.value import Value
from knowledge import KnowledgeBase, Overview, Service
from knowledge.counting import counted

ROWS_PER_BLOCK = 20
MAX_LISTED_FACTS = 60
"""More titles in one message would come close to the limit on its text."""

_FIRST_FACTS = f"These are the first {MAX_LISTED_FACTS}. Ask me about the others."
_USAGE_TITLE = "Ask me about AWS"
_USAGE_ASK = "Ask in your own words. Typos, abbreviations, and pasted errors are fine."
_USAGE_WHERE = "You can also mention me in a channel or send me a direct message."
_USAGE = (
    (
        "Ask",
        (
            ("services", "what I know about"),
            ("list lambda", "every fact about a service"),
            ("random", "a fact you didn't ask for"),
            ("version", "how current the facts are"),
            ("privacy", "what I keep, and how to delete it"),
        ),
    ),
    (
        "Quiz",
        (
            ("quiz", "set up this channel's daily question"),
            ("quiz status", "when the next question comes"),
            ("quiz off", "turn it off"),
            ("leaderboard", "who's ahead"),
        ),
    ),
    (
        "Practice",
        (
            ("practice", "a question just for you"),
            ("practice remind", "a reminder when facts are due for review"),
            ("practice stop", "turn reminders off"),
            ("practice erase", "delete everything I keep about you"),
        ),
    ),
)
"""What people can type, by group: the words, and what they do."""


def usage(command: str, slash: str) -> Message:
    """How to ask, with examples. `slash` is the command for what works only in Slack."""
    name = escape(command)
    examples = _bullets([f"`{name} {example}`" for example in messages.EXAMPLES])
    groups = [
        f"*{title}*\n" + _bullets([f"`{name} {words}`: {what}" for words, what in commands])
        for name, (title, commands) in zip(
            (name, escape(slash), escape(slash)), _USAGE, strict=True
        )
    ]
    blocks = (
        header(_USAGE_TITLE),
        formatted(f"{_USAGE_ASK}\n{examples}"),
        *map(formatted, groups),
        note(_USAGE_WHERE),
    )
    lines = (_USAGE_ASK, examples, *groups, _USAGE_WHERE)
    return Message("\n".join(lines), blocks)


def _bullets(rows: Sequence[str]) -> str:
    return "\n".join(f"\u2022 {row}" for row in rows)


def service_list(knowledge: KnowledgeBase, command: str) -> Message:
    """Every service with the number of its facts."""
    counts = Counter(fact.service for fact in knowledge.facts.values())
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
