"""What people can do with a card: share it, vote, and a menu for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.slack import limits
from bot.views import report, team_note
from bot.views.message import Block, actions, button, plain_text
from bot.views.value import Value
from knowledge import Fact

MENU = "card_menu"
SHARE = "share"
FEEDBACK = "feedback"
REMOVE = "remove_shared"
MORE = "more"
HELPFUL, WRONG = "helpful", "wrong"
"""Buttons of cards and revealed questions posted until November 2026."""
MAX_RELATED = 2
"""A menu has at most five options."""
_FACT = "fact:"
_MAX_BLOCK_ID_CHARS = 255
"""Characters: https://docs.slack.dev/reference/block-kit/blocks/actions-block"""


class MenuItem(StrEnum):
    """What the menu offers besides related facts; the value of an option."""

    DETAIL = "detail"
    LESS = "less"
    REPORT = "report"
    NOTE = "note"
    SOURCE = "source"
    """A link, in cards posted until November 2026."""


class Vote(Enum):
    """What a person thinks of an answer; a button's value starts with this character."""

    HELPFUL = "+"
    WRONG = "-"


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card shows. Its block IDs carry this, because a menu's options have little room.

    A question that is too long for that is cut.
    """

    value: Value
    detailed: bool = False

    def block_id(self, kind: str) -> str:
        prefix = f"{kind}:{int(self.detailed)}:"
        return prefix + self.value.encode(_MAX_BLOCK_ID_CHARS - len(prefix))

    @classmethod
    def decode(cls, block_id: str) -> CardState | None:
        """Read a block ID; None for anything that this version didn't write."""
        _, _, rest = block_id.partition(":")
        detailed, _, encoded = rest.partition(":")
        value = Value.decode(encoded)
        return cls(value, detailed == "1") if value and detailed in ("0", "1") else None


def main_row(
    state: CardState, fact: Fact, related: Sequence[Fact], shareable: bool, has_note: bool = False
) -> Block:
    """*Share*, where the person can share, and the menu."""
    share = [button(SHARE, "Share", state.value.encode(), "Share in this channel")]
    return actions(
        state.block_id("card"),
        [*(share if shareable else []), _menu(state, fact, related, has_note)],
    )


def title_menu(
    state: CardState, fact: Fact, related: Sequence[Fact], has_note: bool = False
) -> Block:
    """The fields that make a section carry the menu."""
    return {"block_id": state.block_id("card"), "accessory": _menu(state, fact, related, has_note)}


def feedback_row(state: CardState, remover: str = "") -> Block:
    """Slack's own thumbs; and for the person who shared it, a button that removes the message.

    https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    """
    own = state.value.encode(limits.BUTTON_VALUE - 1)
    thumbs = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb("\U0001f44d", Vote.HELPFUL, own, "This answer helped"),
        "negative_button": _thumb(
            "\U0001f44e", Vote.WRONG, own, "This answer is wrong or out of date"
        ),
    }
    trash = {
        "type": "icon_button",
        "action_id": REMOVE,
        "icon": "trash",
        "text": plain_text("Remove", limits.BUTTON_TEXT),
        "value": own,
        "accessibility_label": "Remove this message that you shared",
        "visible_to_user_ids": [remover],
    }
    return {
        "type": "context_actions",
        "block_id": state.block_id("feedback"),
        "elements": [thumbs, *([trash] if remover else [])],
    }


def read_vote(value: str) -> tuple[Vote, Value] | None:
    """What a thumb's value stands for: the vote, and what it's about."""
    about = Value.decode(value[1:])
    vote = next((vote for vote in Vote if value.startswith(vote.value)), None)
    return (vote, about) if vote and about else None


def chosen_fact(option: str) -> str:
    """The ID of the related fact that was chosen in the menu; "" if it was something else."""
    return option.removeprefix(_FACT) if option.startswith(_FACT) else ""


def has_detail(fact: Fact) -> bool:
    """Whether there is something to show that the short card leaves out."""
    one_event = len({milestone.event for milestone in fact.milestones}) <= 1
    return bool(fact.detail or fact.misread) or not one_event


def _menu(state: CardState, fact: Fact, related: Sequence[Fact], has_note: bool) -> Block:
    options = []
    if state.detailed:
        options.append(_option("Show less", MenuItem.LESS))
    elif has_detail(fact):
        options.append(_option("Show details", MenuItem.DETAIL))
    options += [
        _option(f"See also: {other.title}", _FACT + other.id) for other in related[:MAX_RELATED]
    ]
    options.append(_option(team_note.EDIT if has_note else team_note.ADD, MenuItem.NOTE))
    options.append(_option(report.TITLE, MenuItem.REPORT))
    return {"type": "overflow", "action_id": MENU, "options": options}


def _option(text: str, value: str) -> Block:
    return {"text": plain_text(text, limits.OPTION_TEXT), "value": str(value)}


def _thumb(emoji: str, vote: Vote, value: str, label: str) -> Block:
    text = {**plain_text(emoji, limits.BUTTON_TEXT), "emoji": True}
    return {"text": text, "value": vote.value + value, "accessibility_label": label}
