"""The modal *Report a mistake*, what follows it, and the offer of it."""

from __future__ import annotations

from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.views.message import Block, Message, actions, button, paragraph, plain_text, small
from bot.views.value import Value

CALLBACK = "report"
OPEN = "report_open"
"""The button that opens the modal."""
COMPLAINT, LINK = "report_complaint", "report_link"
"""IDs of the inputs: of their blocks and of their elements."""
TITLE = "Report a mistake"
SAY_MORE = "Say what's wrong"
MAX_COMPLAINT_CHARS = 1000
MAX_LINK_CHARS = 500
NOT_OPENED = "Slack took too long to open the form. Please try again."
GONE = "I no longer have this fact, so there's nothing to report."
NEED_COMPLAINT = "Say what's wrong, in a sentence or two."
NEED_LINK = "A link starts with https:// or http:// and has no spaces."
REPORTED = (
    "Thanks! Until the curators have checked it, I'll mark this answer as under review here and "
    "leave it out of the quiz. I'll send you a direct message when they've decided."
)


def report_modal(fact: str, title: str) -> Block:
    """What is wrong with the fact with this ID. It needs no data: a trigger lasts three seconds."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": fact,
        "title": plain_text(TITLE, limits.VIEW_TITLE),
        "submit": plain_text("Report", limits.VIEW_TITLE),
        "close": plain_text("Cancel", limits.VIEW_TITLE),
        "blocks": [
            paragraph(title),
            {
                "type": "input",
                "block_id": COMPLAINT,
                "label": plain_text("What's wrong?", limits.LABEL),
                "element": {
                    "type": "plain_text_input",
                    "action_id": COMPLAINT,
                    "multiline": True,
                    "max_length": MAX_COMPLAINT_CHARS,
                    "focus_on_load": True,
                },
            },
            {
                "type": "input",
                "block_id": LINK,
                "optional": True,
                "label": plain_text("A page that says so", limits.LABEL),
                "element": {"type": "url_text_input", "action_id": LINK},
            },
        ],
    }


def reported_modal(title: str, advice: str = "") -> Block:
    """The modal after the report was stored; `advice` is for when no curator is told about it."""
    after = [paragraph(advice)] if advice else []
    return {
        "type": "modal",
        "title": plain_text(TITLE, limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": [paragraph(title), paragraph(REPORTED), *after],
    }


def offer(value: Value, thanks: str) -> Message:
    """Thanks for a thumbs-down, and a button to say more."""
    return Message(escape(thanks), (small(thanks), offer_row(value)))


def report_button(fact: str) -> Block:
    """Opens the modal about the fact with this ID, also on top of another modal."""
    return button(OPEN, TITLE, Value(fact).encode())


def offer_row(value: Value) -> Block:
    return actions("report", [button(OPEN, SAY_MORE, value.encode())])
