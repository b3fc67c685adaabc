"""The modal of the shortcut *Look up an AWS fact*: a search, the fact, and where to share it."""

from __future__ import annotations

from datetime import date

from bot.slack import limits
from bot.slack.mrkdwn import escape, escape_within, literal, plain, unescape
from bot.views.card import fact_blocks
from bot.views.found import search_menu
from bot.views.marks import NO_MARKS, Marks, mark_blocks
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    note,
    paragraph,
    plain_text,
    small,
)
from bot.views.reference import reference_blocks
from bot.views.refusal import (
    REQUEST_TEXT,
    REQUESTED,
    TELL_TEXT,
    WILL_MESSAGE,
    search_button,
)
from bot.views.report import report_button
from bot.views.suggestion import OPEN_FORM, SUGGEST_TEXT
from knowledge import Fact
from knowledge.reference.answer import ReferenceAnswer

CALLBACK = "lookup"
SEARCH, REQUEST, TELL = "lookup_search", "lookup_request", "lookup_tell"
CHANNEL = "lookup_channel"
"""ID of the input for the channel: of its block and of its menu."""
TITLE = "Look up an AWS fact"
HINT = "Type a few words, such as a service, a limit, or an error code."
GONE = "I no longer have this fact. Please look up another one."
NEED_CHANNEL = "Choose a channel."
NOT_OPENED = "Slack took too long to open the search. Please choose the shortcut again."
_NOTHING, _REFERENCE = "nothing:", "reference:"
_MAX_TYPED_CHARS = 30
_MAX_VALUE_CHARS = 75


def search_modal(remark: str = HINT) -> Block:
    """The modal at first. It needs no data, because a trigger lasts three seconds."""
    return _modal([small(remark)])


def chosen_modal(fact: Fact, service: str, today: date, marks: Marks = NO_MARKS) -> Block:
    """The fact that was chosen, and a menu of channels to share it with."""
    shown = (*fact_blocks(fact, service, today, True), *mark_blocks(marks))
    report = actions("lookup-report", [report_button(fact.id)])
    view = _modal([*shown, report, _channel_input()], fact.id)
    return view | {"submit": plain_text("Share", limits.VIEW_TITLE)}


def sharing_modal(
    fact: Fact, service: str, today: date, channel: str, marks: Marks = NO_MARKS
) -> Block:
    """The fact while it's being posted in a channel, and after that."""
    remark = f"It's on its way to <#{channel}>. You can remove it there anytime."
    shown = (*fact_blocks(fact, service, today, True), *mark_blocks(marks))
    return _modal([*shown, note(remark)])


def nothing_modal(typed: str, *, requested: bool = False, promised: bool = False) -> Block:
    """What to do if no fact matches.

    `requested` says that the person has asked us to write one, `promised` that we'll tell them.
    """
    value = escape_within(typed, limits.BUTTON_VALUE)
    suggest = button(OPEN_FORM, SUGGEST_TEXT, value)
    if promised:
        row, said = [search_button(value, typed), suggest], WILL_MESSAGE
    elif requested:
        tell = button(TELL, TELL_TEXT, value)
        row, said = [search_button(value, typed), tell, suggest], REQUESTED
    else:
        request = button(REQUEST, REQUEST_TEXT, value)
        row, said = [search_button(value, typed), request, suggest], ""
    after = [small(said)] if said else []
    return _modal([paragraph(nothing_found(typed)), actions("lookup-elsewhere", row), *after])


def reference_option(typed: str, found: ReferenceAnswer) -> list[Block]:
    """The option that shows what other data says about an exact name; none if it's too long."""
    value = _REFERENCE + escape(typed)
    if len(value) > _MAX_VALUE_CHARS:
        return []
    return [
        {"text": plain_text(f"{found.title} (not reviewed)", limits.OPTION_TEXT), "value": value}
    ]


def reference_typed(option: str) -> str:
    """What was typed when other data was chosen; "" for any other option."""
    is_reference = option.startswith(_REFERENCE)
    return unescape(option.removeprefix(_REFERENCE)) if is_reference else ""


def reference_modal(typed: str, found: ReferenceAnswer) -> Block:
    """What other data says about an exact name. Only facts can be shared."""
    search = search_button(escape_within(typed, limits.BUTTON_VALUE), typed)
    return _modal([*reference_blocks(found), actions("lookup-elsewhere", [search])])


def nothing_found(typed: str) -> str:
    return f"I don't have a fact about “{typed}” yet. Try fewer words, or another name for it."


def nothing_option(typed: str) -> list[Block]:
    """The menu's only option if nothing matches; choosing it says what to do."""
    shown = plain(typed, _MAX_TYPED_CHARS)
    if not shown:
        return []
    value = _NOTHING + escape_within(shown, _MAX_VALUE_CHARS - len(_NOTHING))
    text = plain_text(f"Nothing about “{shown}” yet. What now?", limits.OPTION_TEXT)
    return [{"text": text, "value": value}]


def nothing_typed(option: str) -> str:
    """What was typed when nothing matched; "" if the option is a fact."""
    is_fact = not option.startswith(_NOTHING)
    return "" if is_fact else unescape(option.removeprefix(_NOTHING))


def not_a_member(title: str, channel: str) -> Message:
    return _sentence(
        f"I didn't share “{literal(title)}” in <#{channel}>, because you're not in that channel. "
        "Join it, then share the fact again."
    )


def not_shared(title: str, channel: str) -> Message:
    return _sentence(
        f"I couldn't share “{literal(title)}” in <#{channel}>. Ask an admin to let me post there."
    )


def perhaps_shared(title: str, channel: str) -> Message:
    """Slack didn't say whether it took the card."""
    return _sentence(
        f"Slack didn't confirm whether “{literal(title)}” was posted in <#{channel}>. Check the "
        "channel before you share it again."
    )


def _sentence(mrkdwn: str) -> Message:
    return Message(mrkdwn, (formatted(mrkdwn),))


def _modal(blocks: list[Block], fact: str = "") -> Block:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": fact,
        "title": plain_text(TITLE, limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": [
            actions("lookup-search", [search_menu(SEARCH) | {"focus_on_load": True}]),
            *blocks,
        ],
    }


def _channel_input() -> Block:
    """Channels that the person can see; the submission brings a URL to post in the one chosen.

    https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select
    """
    menu = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": plain_text("Choose a channel", limits.PLACEHOLDER),
        "default_to_current_conversation": True,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    label = plain_text("Share it with a channel", limits.LABEL)
    return {"type": "input", "block_id": CHANNEL, "label": label, "element": menu}
