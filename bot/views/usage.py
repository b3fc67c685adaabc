"""Usage, the services, and the facts of one service."""

from __future__ import annotations

from collections import Counter

from bot import messages
from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.views.card import SHOW_FACT
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
from knowledge import KnowledgeBase, Service

ROWS = 20
LISTED = 60
"""Titles in one message: more would come near the limit of its text."""


def usage(command: str) -> Message:
    """How to ask, with real examples."""
    name = escape(command)
    examples = "\n".join(f"\u2022 `{name} {example}`" for example in messages.EXAMPLES)
    more = "\n".join(
        (
            f"\u2022 `{name} services`: what I know about",
            f"\u2022 `{name} list lambda`: every fact of a service",
            f"\u2022 `{name} random`: a fact you did not ask for",
        )
    )
    ask = "Ask me about AWS in your own words. Typos and abbreviations are fine."
    where = "You can also mention me in a channel or write to me in a direct message."
    blocks = (
        header("Ask me about AWS"),
        formatted(f"{ask}\n{examples}"),
        formatted(more),
        note(where),
    )
    return Message("\n".join((ask, examples, more, where)), blocks)


def service_list(knowledge: KnowledgeBase, command: str) -> Message:
    """Every service with the number of its facts."""
    counts = Counter(fact.service for fact in knowledge.facts.values())
    services = sorted(knowledge.services.values(), key=lambda service: service.name)
    rows = [f"{s.name} ({counts[s.slug]})" for s in services if counts[s.slug]]
    title = f"{len(rows)} services, {sum(counts.values())} facts"
    hint = f"{command} list SERVICE shows the facts of one."
    return _listing(title, rows, [small(hint)], hint)


def fact_list(knowledge: KnowledgeBase, service: Service) -> Message:
    """The titles of a service's facts, with a menu that shows one."""
    facts = [fact for fact in knowledge.facts.values() if fact.service == service.slug]
    shown = facts[:LISTED]
    menu = {
        "type": "static_select",
        "action_id": f"{SHOW_FACT}_menu",
        "placeholder": plain_text("Show a fact", limits.BUTTON_TEXT),
        "options": [
            {"text": plain_text(fact.title, limits.OPTION_TEXT), "value": fact.id} for fact in shown
        ],
    }
    title = f"{service.name}: {len(facts)} facts"
    hint = f"The first {LISTED} are shown; ask for the others." if facts != shown else ""
    blocks = [actions("list", [menu]), *([small(hint)] if hint else [])]
    return _listing(title, [fact.title for fact in shown], blocks, hint)


def _listing(title: str, rows: list[str], after: list[Block], hint: str) -> Message:
    bullets = [f"\u2022 {row}" for row in rows]
    parts = [bullets[start : start + ROWS] for start in range(0, len(bullets), ROWS)]
    blocks = (header(title), *(paragraph("\n".join(part)) for part in parts), *after)
    return Message(escape("\n".join((title, *bullets, hint)).strip()), blocks)
