"""What was found in a search: its menu, and the modal that shows a fact or a service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.slack import limits
from bot.slack.mrkdwn import literal
from bot.team.marks import NO_MARKS, Marks
from bot.views.card import fact_blocks
from bot.views.marks import mark_blocks
from bot.views.message import Block, formatted, header, paragraph, plain_text
from knowledge import Fact, Overview
from knowledge.suggesting import SearchSuggestion

_SERVICE = "service:"
_PLACEHOLDER = "Try lambda timeout"


def search_menu(action_id: str) -> Block:
    """A menu that asks for its options while somebody types."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 2,
        "placeholder": plain_text(_PLACEHOLDER, limits.PLACEHOLDER),
    }


def suggestion_options(found: Sequence[SearchSuggestion]) -> list[Block]:
    """Options for a menu; their values distinguish services from facts."""
    return [
        {
            "text": plain_text(
                f"{match.title} (all facts)" if match.is_service else match.title,
                limits.OPTION_TEXT,
            ),
            "value": _SERVICE + match.id if match.is_service else match.id,
        }
        for match in found
    ]


def chosen_service(option: str) -> str:
    """The slug of the service that was chosen; "" if it was a fact."""
    return option.removeprefix(_SERVICE) if option.startswith(_SERVICE) else ""


def fact_modal(fact: Fact, service: str, today: date, marks: Marks = NO_MARKS) -> Block:
    """A fact with its detail."""
    return _modal([*fact_blocks(fact, service, today, True), *mark_blocks(marks)])


def service_modal(overview: Overview) -> Block:
    """What a service is, and the facts that people ask for most."""
    blocks = [header(overview.service.name)]
    if overview.service.summary:
        blocks.append(paragraph(overview.service.summary))
    blocks += [
        formatted(f"*{literal(fact.title)}*\n{literal(fact.answer)}")
        for fact in overview.most_asked
    ]
    return _modal(blocks)


def _modal(blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "title": plain_text("AWS fact", limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": blocks,
    }
