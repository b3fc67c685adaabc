"""What each object of Block Kit may hold, as tables of checks.

Where Slack's sources disagree the narrower limit stands here.
https://docs.slack.dev/reference/block-kit
https://github.com/slackapi/node-slack-sdk/tree/main/packages/types/src/block-kit
"""

from __future__ import annotations

from bot.fake_slack.shapes import (
    Check,
    Rule,
    anything,
    array,
    flag,
    in_order,
    just_one_of,
    offered,
    one_of,
    plain,
    shape,
    some_of,
    string,
    typed,
    whole,
    words,
)
from bot.slack import limits

ELEMENTS: dict[str, Check] = {}
RICH_TEXT: dict[str, Check] = {}
BLOCKS: dict[str, Check] = {}

# Parts of several objects
BIG = 10**12
ID = string(255)
TEXT_ID = string(255, pattern="[A-Za-z0-9_.-]+")
URL = string(3000, pattern=r"(?i)https?://[^\s/]\S*")
STYLE = one_of("primary", "danger")
LABEL = {"accessibility_label": string(limits.ACCESSIBILITY_LABEL)}
VALUE = string(limits.BUTTON_VALUE)
PEOPLE = array(TEXT_ID, 1, 100)
DATE = string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
SLACK_FILE = shape({}, {"id": TEXT_ID, "url": URL}, just_one_of("id", "url"))
PICTURE = {"image_url": URL, "slack_file": SLACK_FILE}

# Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects
CONFIRM = shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)
OPTION_VALUE = string(75)
"""The documentation says 150, Slack's own types say 75."""
MENU_OPTION = shape(
    {"text": plain(limits.OPTION_TEXT), "value": OPTION_VALUE}, {"description": plain(75)}
)
OVERFLOW_OPTION = shape(
    {"text": plain(limits.OPTION_TEXT), "value": OPTION_VALUE},
    {"description": plain(75), "url": URL},
)
BOX_OPTION = shape(
    {"text": words(limits.OPTION_TEXT), "value": OPTION_VALUE}, {"description": words(75)}
)
OPTIONS = array(MENU_OPTION, 1, limits.OPTIONS)
GROUP = shape({"label": plain(75), "options": OPTIONS})
FILTERS = {
    "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
    "exclude_external_shared_channels": flag,
    "exclude_bot_users": flag,
}
DISPATCH = shape(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)
FEEDBACK = shape({"text": plain(75), "value": VALUE}, LABEL)

# Elements: https://docs.slack.dev/reference/block-kit/block-elements
ACTION = {"action_id": ID}
PRESSED = ACTION | {"confirm": CONFIRM}
ENTERED = ACTION | {"focus_on_load": flag, "placeholder": plain(150)}
TYPED = ENTERED | {"dispatch_action_config": DISPATCH}
CHOSEN = PRESSED | ENTERED
BOXES = ACTION | {"confirm": CONFIRM, "focus_on_load": flag}

_MENUS: dict[str, tuple[dict[str, Check], dict[str, Check], dict[str, Check]]] = {
    # kind: what both menus have, what the one for a single and the one for many items add
    "static": (
        {"options": OPTIONS, "option_groups": array(GROUP, 1, limits.OPTIONS)},
        {"initial_option": MENU_OPTION},
        {"initial_options": OPTIONS},
    ),
    "external": (
        {"min_query_length": whole(0, BIG)},
        {"initial_option": MENU_OPTION},
        {"initial_options": OPTIONS},
    ),
    "users": ({}, {"initial_user": TEXT_ID}, {"initial_users": PEOPLE}),
    "conversations": (
        {"default_to_current_conversation": flag, "filter": shape({}, FILTERS, some_of(*FILTERS))},
        {"initial_conversation": TEXT_ID, "response_url_enabled": flag},
        {"initial_conversations": PEOPLE},
    ),
    "channels": (
        {},
        {"initial_channel": TEXT_ID, "response_url_enabled": flag},
        {"initial_channels": PEOPLE},
    ),
}
for _kind, (_both, _single, _many) in _MENUS.items():
    _rules = (just_one_of("options", "option_groups"), offered) if _kind == "static" else ()
    _most = {"max_selected_items": whole(1, BIG)}
    ELEMENTS[f"{_kind}_select"] = shape({}, CHOSEN | _both | _single, *_rules)
    ELEMENTS[f"multi_{_kind}_select"] = shape({}, CHOSEN | _both | _many | _most, *_rules)

MENUS = tuple(ELEMENTS)

ELEMENTS |= {
    "button": shape(
        {"text": plain(limits.BUTTON_TEXT)},
        PRESSED | LABEL | {"url": URL, "value": VALUE, "style": STYLE},
    ),
    "workflow_button": shape(
        {"text": plain(limits.BUTTON_TEXT), "workflow": anything}, ACTION | LABEL | {"style": STYLE}
    ),
    "image": shape({"alt_text": string(2000)}, PICTURE, just_one_of("image_url", "slack_file")),
    "overflow": shape({"options": array(OVERFLOW_OPTION, 2, 5)}, PRESSED),
    "radio_buttons": shape(
        {"options": array(BOX_OPTION, 1, 10)}, BOXES | {"initial_option": BOX_OPTION}, offered
    ),
    "checkboxes": shape(
        {"options": array(BOX_OPTION, 1, 10)},
        BOXES | {"initial_options": array(BOX_OPTION, 1, 10)},
        offered,
    ),
    "datepicker": shape({}, CHOSEN | {"initial_date": DATE}),
    "timepicker": shape(
        {}, CHOSEN | {"initial_time": TIME, "timezone": string(255, pattern=r"[\w+/-]+")}
    ),
    "datetimepicker": shape({}, BOXES | {"initial_date_time": whole(10**9, 10**10 - 1)}),
    "plain_text_input": shape(
        {},
        TYPED
        | {
            "initial_value": string(3000, 0),
            "multiline": flag,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        in_order("min_length", "max_length"),
    ),
    "email_text_input": shape({}, TYPED | {"initial_value": string(3000, 0)}),
    "url_text_input": shape({}, TYPED | {"initial_value": string(3000, 0)}),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        TYPED | {name: string(255) for name in ("initial_value", "min_value", "max_value")},
    ),
    "rich_text_input": shape({}, TYPED | {"initial_value": typed(BLOCKS, "rich_text")}),
    "file_input": shape(
        {}, ACTION | {"filetypes": array(string(255), 1, 100), "max_files": whole(1, 10)}
    ),
    "feedback_buttons": shape({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION),
    "icon_button": shape(
        {"icon": one_of("trash"), "text": plain(75)},
        PRESSED | LABEL | {"value": VALUE, "visible_to_user_ids": PEOPLE},
    ),
    "plain_text": plain(3000),
    "mrkdwn": words(3000),
    "url": shape({"url": URL, "text": string(3000)}),
}

PICKERS = ("checkboxes", "datepicker", "radio_buttons", "timepicker", *MENUS)
BUTTONS = ("button", "overflow", "workflow_button")
ACCESSORIES = (*BUTTONS, *PICKERS, "image")
ACTIONS = (*BUTTONS, *PICKERS, "datetimepicker", "rich_text_input")
INPUTS = (
    *PICKERS, "datetimepicker", "plain_text_input", "email_text_input", "url_text_input",
    "number_input", "rich_text_input", "file_input",
)  # fmt: skip

# Rich text, as far as its kinds: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
_LEAVES = {
    "text": "text", "link": "url", "user": "user_id", "usergroup": "usergroup_id",
    "channel": "channel_id", "emoji": "name", "broadcast": "range", "color": "value",
    "team": "team_id", "date": "timestamp",
}  # fmt: skip
_LEAF_EXTRAS = ("style", "text", "unicode", "skin_tone", "format", "fallback", "unsafe", "url")
RICH_TEXT |= {
    kind: shape(
        {name: anything if kind == "date" else string(3000)}, dict.fromkeys(_LEAF_EXTRAS, anything)
    )
    for kind, name in _LEAVES.items()
}
_RUN = array(typed(RICH_TEXT, *_LEAVES), 0, 1000)
RICH_TEXT |= {
    "rich_text_section": shape({"elements": _RUN}),
    "rich_text_quote": shape({"elements": _RUN}, {"border": whole(0, 1)}),
    "rich_text_preformatted": shape(
        {"elements": _RUN}, {"border": whole(0, 1), "language": string(50)}
    ),
    "rich_text_list": shape(
        {
            "style": one_of("bullet", "ordered"),
            "elements": array(typed(RICH_TEXT, "rich_text_section"), 1, 1000),
        },
        {"indent": whole(0, 8), "offset": whole(0, BIG), "border": whole(0, 1)},
    ),
}
_PARTS = tuple(kind for kind in RICH_TEXT if kind.startswith("rich_text_"))

# Blocks: https://docs.slack.dev/reference/block-kit/blocks
_RICH = typed(BLOCKS, "rich_text")
_BUTTONS = array(typed(ELEMENTS, "button"), 1, 25)
_TITLE = string(3000)


def _block(
    required: dict[str, Check], optional: dict[str, Check] | None = None, *rules: Rule
) -> Check:
    return shape(required, {"block_id": ID, **(optional or {})}, *rules)


CELLS = {
    "raw_text": shape({"text": string(3000)}),
    "raw_number": shape({"value": anything, "text": string(3000)}),
    "rich_text": _RICH,
}
COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
BLOCKS |= {
    "section": _block(
        {},
        {
            "text": words(limits.SECTION_TEXT),
            "fields": array(words(2000), 1, 10),
            "accessory": typed(ELEMENTS, *ACCESSORIES),
            "expand": flag,
        },
        some_of("text", "fields"),
    ),
    "header": _block({"text": plain(limits.HEADER_TEXT)}),
    "divider": _block({}),
    "image": _block(
        {"alt_text": string(2000)},
        PICTURE | {"title": plain(2000)},
        just_one_of("image_url", "slack_file"),
    ),
    "context": _block({"elements": array(typed(ELEMENTS, "image", "plain_text", "mrkdwn"), 1, 10)}),
    "context_actions": _block(
        {"elements": array(typed(ELEMENTS, "feedback_buttons", "icon_button"), 1, 5)}
    ),
    "actions": _block({"elements": array(typed(ELEMENTS, *ACTIONS), 1, 25)}),
    "input": _block(
        {"label": plain(2000), "element": typed(ELEMENTS, *INPUTS)},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "markdown": _block({"text": string(12000)}),
    "rich_text": _block({"elements": array(typed(RICH_TEXT, *_PARTS), 1, 1000)}),
    "table": _block(
        {"rows": array(array(typed(CELLS), 1, 20), 1, 100)},
        {"column_settings": array(COLUMN, 1, 20)},
    ),
    "file": _block({"external_id": ID, "source": one_of("remote")}),
    "video": _block(
        {"alt_text": string(2000), "title": plain(199), "video_url": URL, "thumbnail_url": URL},
        {
            "title_url": URL,
            "description": plain(199),
            "author_name": string(49),
            "provider_name": string(49),
            "provider_icon_url": URL,
        },
    ),
    "alert": _block(
        {"text": words(200)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": _block(
        {},
        {
            "hero_image": typed(ELEMENTS, "image"),
            "icon": typed(ELEMENTS, "image"),
            "title": words(150),
            "subtitle": words(150),
            "body": words(200),
            "actions": _BUTTONS,
        },
        some_of("hero_image", "title", "actions", "body"),
    ),
    "carousel": _block({"elements": array(typed(BLOCKS, "card"), 1, 10)}),
    "plan": _block({"title": _TITLE}, {"tasks": array(typed(BLOCKS, "task_card"), 1, 50)}),
    "task_card": _block(
        {
            "task_id": ID,
            "title": _TITLE,
            "status": one_of("pending", "in_progress", "complete", "error"),
        },
        {"details": _RICH, "output": _RICH, "sources": array(typed(ELEMENTS, "url"), 1, 100)},
    ),
}
