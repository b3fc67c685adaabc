"""What the blocks and elements that we send may hold, as tables of checks.

Types that we don't send are left out, and therefore refused. Where Slack's sources disagree, the
narrower limit stands here.
https://docs.slack.dev/reference/block-kit
https://github.com/slackapi/node-slack-sdk/tree/main/packages/types/src/block-kit
"""

from __future__ import annotations

from bot.fake_slack.checks import (
    FieldCheck,
    Rule,
    any_text,
    array,
    at_least_one_of,
    boolean,
    by_type,
    exactly_one_of,
    fields,
    initial_options_are_listed,
    initial_value_fits,
    integer,
    one_of,
    plain_text,
    string,
)
from bot.slack import limits

Fields = dict[str, FieldCheck]

ID = string(255)
STYLE = one_of("primary", "danger")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
DATE = string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
URL = string(3000, pattern=r"https?://[^\s/]\S*")
NO_MAXIMUM = 10**12

# Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects
CONFIRM = fields(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)
OPTION_VALUE = string(75)
"""The documentation says 150 characters, Slack's own types say 75."""
MENU_OPTION = fields(
    {"text": plain_text(limits.OPTION_TEXT), "value": OPTION_VALUE},
    {"description": plain_text(75)},
)
OVERFLOW_OPTION = fields(
    {"text": plain_text(limits.OPTION_TEXT), "value": OPTION_VALUE},
    {"description": plain_text(75), "url": URL},
)
BOX_OPTION = fields(
    {"text": any_text(limits.OPTION_TEXT), "value": OPTION_VALUE}, {"description": any_text(75)}
)
MENU_OPTIONS = array(MENU_OPTION, 1, limits.OPTIONS)
BOX_OPTIONS = array(BOX_OPTION, 1, 10)
OPTION_GROUP = fields({"label": plain_text(75), "options": MENU_OPTIONS})
CONVERSATION_FILTER = fields(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

# Elements: https://docs.slack.dev/reference/block-kit/block-elements
CLICKABLE: Fields = {"action_id": ID, "confirm": CONFIRM}
FOCUSABLE: Fields = CLICKABLE | {"focus_on_load": boolean}
PICKER: Fields = FOCUSABLE | {"placeholder": plain_text(limits.PLACEHOLDER)}
STATIC_MENU: Fields = PICKER | {
    "options": MENU_OPTIONS,
    "option_groups": array(OPTION_GROUP, 1, limits.OPTIONS),
}
STATIC_MENU_RULES: tuple[Rule, ...] = (
    exactly_one_of("options", "option_groups"),
    initial_options_are_listed,
)

ELEMENTS: dict[str, FieldCheck] = {
    "button": fields(
        {"text": plain_text(limits.BUTTON_TEXT)},
        CLICKABLE
        | {
            "accessibility_label": string(limits.ACCESSIBILITY_LABEL),
            "style": STYLE,
            "url": URL,
            "value": string(limits.BUTTON_VALUE),
        },
    ),
    "checkboxes": fields(
        {"options": BOX_OPTIONS},
        FOCUSABLE | {"initial_options": BOX_OPTIONS},
        initial_options_are_listed,
    ),
    "conversations_select": fields(
        {},
        PICKER
        | {
            "initial_conversation": ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "datepicker": fields({}, PICKER | {"initial_date": DATE}),
    "external_select": fields(
        {},
        PICKER | {"initial_option": MENU_OPTION, "min_query_length": integer(0, NO_MAXIMUM)},
    ),
    "multi_static_select": fields(
        {},
        STATIC_MENU
        | {"initial_options": MENU_OPTIONS, "max_selected_items": integer(1, NO_MAXIMUM)},
        *STATIC_MENU_RULES,
    ),
    "overflow": fields({"options": array(OVERFLOW_OPTION, 2, 5)}, CLICKABLE),
    "plain_text_input": fields(
        {},
        {
            "action_id": ID,
            "focus_on_load": boolean,
            "initial_value": string(3000, 0),
            "max_length": integer(1, 3000),
            "min_length": integer(0, 3000),
            "multiline": boolean,
            "placeholder": plain_text(limits.PLACEHOLDER),
        },
        initial_value_fits,
    ),
    "radio_buttons": fields(
        {"options": BOX_OPTIONS},
        FOCUSABLE | {"initial_option": BOX_OPTION},
        initial_options_are_listed,
    ),
    "static_select": fields({}, STATIC_MENU | {"initial_option": MENU_OPTION}, *STATIC_MENU_RULES),
    "timepicker": fields({}, PICKER | {"initial_time": TIME}),
    "url_text_input": fields(
        {},
        {
            "action_id": ID,
            "focus_on_load": boolean,
            "initial_value": URL,
            "placeholder": plain_text(limits.PLACEHOLDER),
        },
    ),
}
LABEL: Fields = {"accessibility_label": string(limits.ACCESSIBILITY_LABEL)}
THUMB = fields({"text": plain_text(75), "value": string(limits.BUTTON_VALUE)}, LABEL)
CONTEXT_ELEMENTS: dict[str, FieldCheck] = {
    "feedback_buttons": fields(
        {"positive_button": THUMB, "negative_button": THUMB}, {"action_id": ID}
    ),
    "icon_button": fields(
        {"icon": one_of("trash"), "text": plain_text(75)},
        CLICKABLE
        | LABEL
        | {"value": string(limits.BUTTON_VALUE), "visible_to_user_ids": array(ID, 1, NO_MAXIMUM)},
    ),
}
"""Only in messages: https://docs.slack.dev/reference/block-kit/blocks/context-actions-block"""
TEXTS: dict[str, FieldCheck] = {"plain_text": plain_text(3000), "mrkdwn": any_text(3000)}
INPUTS = (
    "checkboxes", "conversations_select", "datepicker", "external_select", "multi_static_select",
    "plain_text_input", "radio_buttons", "static_select", "timepicker",
    "url_text_input",
)  # fmt: skip

# Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
_TEXT_STYLE = fields({}, {"bold": boolean, "italic": boolean})
RICH_TEXT_PARTS: dict[str, FieldCheck] = {
    "text": fields({"text": string(3000)}, {"style": _TEXT_STYLE}),
    "emoji": fields({"name": string(100, pattern=r"[a-z0-9_+'-]+")}),
}
RICH_TEXT_SECTIONS: dict[str, FieldCheck] = {
    "rich_text_section": fields({"elements": array(by_type(RICH_TEXT_PARTS), 1, 1000)}),
}


# Blocks: https://docs.slack.dev/reference/block-kit/blocks
def _block(required: Fields, optional: Fields | None = None, *rules: Rule) -> FieldCheck:
    return fields(required, {"block_id": ID, **(optional or {})}, *rules)


BLOCKS: dict[str, FieldCheck] = {
    "actions": _block({"elements": array(by_type(ELEMENTS), 1, 25)}),
    "context": _block({"elements": array(by_type(TEXTS), 1, 10)}),
    "divider": _block({}),
    "header": _block({"text": plain_text(limits.HEADER_TEXT)}),
    "input": _block(
        {"label": plain_text(limits.LABEL), "element": by_type(ELEMENTS, *INPUTS)},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _block({"elements": array(by_type(RICH_TEXT_SECTIONS), 1, 100)}),
    "section": _block(
        {},
        {
            "text": any_text(limits.SECTION_TEXT),
            "fields": array(any_text(2000), 1, 10),
            "accessory": by_type(ELEMENTS),
            "expand": boolean,
        },
        at_least_one_of("text", "fields"),
    ),
}
MESSAGE_BLOCKS = BLOCKS | {
    "context_actions": _block({"elements": array(by_type(CONTEXT_ELEMENTS), 1, 5)}),
}
