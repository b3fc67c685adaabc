"""The modal that asks which channel to set up a quiz for."""

from __future__ import annotations

from bot import messages
from bot.quiz import texts
from bot.slack import limits
from bot.views.message import Block, actions, formatted, paragraph, plain_text, small

CHOOSE = "quiz_channel"
"""ID of the menu. Choosing a channel turns the modal into that channel's settings."""
QUESTION = "Which channel should get a daily AWS question?"
_INVITE = "If I'm not there yet, type `/invite @factbot` in the channel first."


def channel_modal(remark: str = "") -> Block:
    """A menu of channels; a `remark` says why another one has to be chosen."""
    blocks = [paragraph(QUESTION), actions("quiz-channel", [_menu()])]
    return {
        "type": "modal",
        "title": plain_text(texts.QUIZ_MODAL, limits.VIEW_TITLE),
        "close": plain_text(messages.CANCEL, limits.VIEW_TITLE),
        "blocks": [*blocks, *([small(remark)] if remark else []), formatted(_INVITE)],
    }


def _menu() -> Block:
    return {
        "type": "conversations_select",
        "action_id": CHOOSE,
        "placeholder": plain_text("Choose a channel", limits.PLACEHOLDER),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
