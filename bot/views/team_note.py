"""The modal for a workspace's own note on a fact."""

from __future__ import annotations

from bot.slack import limits
from bot.team.limits import MAX_NOTE_CHARS
from bot.views.message import Block, paragraph, plain_text, small

CALLBACK = "team_note"
NOTE = "team_note_text"
"""ID of the input: of its block and of its element."""
TITLE = "Team note"
ADD, EDIT = "Add a team note", "Edit the team note"
HINT = "Only people in this workspace see it, below the fact."
SAVED, REMOVED = "Saved. The note now appears below the fact.", "I've removed the note."
NOT_OPENED = "Slack took too long to open the form. Please try again."
GONE = "I no longer have this fact."
TOO_LONG = f"A note can have up to {MAX_NOTE_CHARS} characters."


def note_modal(fact: str, title: str, note: str) -> Block:
    """The form for the note on the fact with this ID; an empty note is removed."""
    text = {
        "type": "plain_text_input",
        "action_id": NOTE,
        "multiline": True,
        "max_length": MAX_NOTE_CHARS,
        "focus_on_load": True,
        "placeholder": plain_text("Our limit in production is 5,000.", limits.PLACEHOLDER),
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": fact,
        "title": plain_text(TITLE, limits.VIEW_TITLE),
        "submit": plain_text("Save", limits.VIEW_TITLE),
        "close": plain_text("Cancel", limits.VIEW_TITLE),
        "blocks": [
            paragraph(title),
            {
                "type": "input",
                "block_id": NOTE,
                "optional": True,
                "label": plain_text("Note", limits.LABEL),
                "hint": plain_text(f"{HINT} To remove it, clear this field.", limits.LABEL),
                "element": text | ({"initial_value": note} if note else {}),
            },
        ],
    }


def saved_modal(title: str, note: str) -> Block:
    """The modal after the note was stored."""
    shown = [paragraph(title), *([paragraph(note)] if note else [])]
    return {
        "type": "modal",
        "title": plain_text(TITLE, limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": [*shown, small(SAVED if note else REMOVED)],
    }
