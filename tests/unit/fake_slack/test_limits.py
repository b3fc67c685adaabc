from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.unit.fake_slack.parts import (
    OPTION_GROUP,
    Part,
    actions,
    boxes,
    button,
    confirm,
    context,
    context_actions,
    errors_of,
    external_menu,
    grouped_menu,
    header,
    home,
    input_block,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    thumbs,
    timepicker,
    trash,
)

PLACEHOLDER = object()
"""The place in a payload that a test fills."""


def filled(node: Any, value: Any) -> Any:
    if isinstance(node, dict):
        return {name: filled(part, value) for name, part in node.items()}
    if isinstance(node, list):
        return [filled(item, value) for item in node]
    return value if node is PLACEHOLDER else node


def find_placeholder(node: Any, pointer: str) -> str | None:
    """The JSON pointer to the placeholder, if it is somewhere in the tree."""
    if node is PLACEHOLDER:
        return pointer
    children: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else ()
    if isinstance(node, list):
        children = enumerate(node)
    found = (find_placeholder(child, f"{pointer}/{name}") for name, child in children)
    return next((pointer for pointer in found if pointer), None)


def pointer_to_placeholder(payload: Part) -> str:
    root = "/view" if "type" in payload else ""
    return f"[json-pointer:{find_placeholder(payload, root)}]"


MAX_CHARS = [
    (4000, message(section(), text=PLACEHOLDER)),
    (3000, message(section(text=mrkdwn(PLACEHOLDER)))),
    (2000, message(section(fields=[plain(PLACEHOLDER)]))),
    (150, message(header(text=plain(PLACEHOLDER)))),
    (255, message(section(block_id=PLACEHOLDER))),
    (3000, message(context(mrkdwn(PLACEHOLDER)))),
    (255, message(actions(button(action_id=PLACEHOLDER)))),
    (75, message(actions(button(PLACEHOLDER)))),
    (2000, message(actions(button(value=PLACEHOLDER)))),
    (75, message(actions(button(accessibility_label=PLACEHOLDER)))),
    (
        75,
        message(
            context_actions(thumbs(positive_button={"text": plain(PLACEHOLDER), "value": "v"}))
        ),
    ),
    (
        2000,
        message(context_actions(thumbs(negative_button={"text": plain(), "value": PLACEHOLDER}))),
    ),
    (2000, message(context_actions(trash(value=PLACEHOLDER)))),
    (150, message(menu(placeholder=plain(PLACEHOLDER)))),
    (75, message(menu(options=[option(text=plain(PLACEHOLDER))]))),
    (75, message(menu(options=[option(value=PLACEHOLDER)]))),
    (75, message(menu(options=[option(description=plain(PLACEHOLDER))]))),
    (75, message(grouped_menu([{"label": plain(PLACEHOLDER), "options": [option()]}]))),
    (75, message(boxes("radio_buttons", [option(text=mrkdwn(PLACEHOLDER))]))),
    (100, message(confirm(title=plain(PLACEHOLDER)))),
    (300, message(confirm(text=mrkdwn(PLACEHOLDER)))),
    (30, message(confirm(confirm=plain(PLACEHOLDER)))),
    (30, message(confirm(deny=plain(PLACEHOLDER)))),
    (2000, modal(input_block(label=plain(PLACEHOLDER)))),
    (2000, modal(input_block(hint=plain(PLACEHOLDER)))),
    (150, modal(input_block(element=timepicker(placeholder=plain(PLACEHOLDER))))),
    (24, modal(section(), title=plain(PLACEHOLDER))),
    (24, modal(section(), submit=plain(PLACEHOLDER))),
    (24, modal(section(), close=plain(PLACEHOLDER))),
    (255, modal(section(), callback_id=PLACEHOLDER)),
    (255, home(section(), callback_id=PLACEHOLDER)),
]


@pytest.mark.parametrize(("max_chars", "payload"), MAX_CHARS)
def test_a_text_has_one_character_at_least_and_a_maximum(max_chars: int, payload: Part) -> None:
    pointer = pointer_to_placeholder(payload)
    for length in (1, max_chars):
        assert errors_of(filled(payload, "x" * length)) == []
    too_long = errors_of(filled(payload, "x" * (max_chars + 1)))
    assert too_long == [f"must be less than {max_chars + 1} characters {pointer}"]
    assert errors_of(filled(payload, "")) == [f"must be more than 0 characters {pointer}"]


ITEM_COUNTS: list[tuple[int, int, Part, Any]] = [
    (0, 50, {"text": "x", "blocks": PLACEHOLDER}, section()),
    (1, 100, modal() | {"blocks": PLACEHOLDER}, section()),
    (1, 100, home() | {"blocks": PLACEHOLDER}, section()),
    (1, 10, message(section(fields=PLACEHOLDER)), plain()),
    (1, 10, message({"type": "context", "elements": PLACEHOLDER}), plain()),
    (1, 25, message({"type": "actions", "elements": PLACEHOLDER}), button()),
    (1, 5, message(context_actions() | {"elements": PLACEHOLDER}), thumbs()),
    (1, 100, message(menu(options=PLACEHOLDER)), option()),
    (1, 100, message(grouped_menu(PLACEHOLDER)), OPTION_GROUP),
    (1, 100, message(grouped_menu([{"label": plain(), "options": PLACEHOLDER}])), option()),
    (2, 5, message(boxes("overflow", PLACEHOLDER)), option()),
    (1, 10, message(boxes("radio_buttons", PLACEHOLDER)), option()),
    (1, 10, message(boxes("checkboxes", PLACEHOLDER)), option()),
]


@pytest.mark.parametrize(("min_items", "max_items", "payload", "item"), ITEM_COUNTS)
def test_an_array_has_a_minimum_and_a_maximum(
    min_items: int, max_items: int, payload: Part, item: Any
) -> None:
    pointer = pointer_to_placeholder(payload)
    for count in (min_items, max_items):
        assert errors_of(filled(payload, [item] * count)) == []
    too_many = errors_of(filled(payload, [item] * (max_items + 1)))
    assert too_many == [f"no more than {max_items} items allowed {pointer}"]
    if min_items:
        too_few = errors_of(filled(payload, [item] * (min_items - 1)))
        assert too_few == [f"no fewer than {min_items} items allowed {pointer}"]


def test_numbers_have_a_minimum() -> None:
    def errors(**fields: Any) -> list[str]:
        return errors_of(modal(input_block(element=external_menu(**fields))))

    pointer = "[json-pointer:/view/blocks/0/element/min_query_length]"
    assert errors(min_query_length=0) == errors(min_query_length=2) == []
    assert errors(min_query_length=-1) == [f"must be at least 0 {pointer}"]
    for wrong in ("2", 2.0, True):
        assert errors(min_query_length=wrong) == [f"must provide an integer {pointer}"]


def test_the_sum_of_text_in_a_message_is_at_most_9000_characters() -> None:
    thousands = [section(text=plain("x" * 3000)) for _ in range(3)]
    assert errors_of(message(*thousands)) == []
    sentence = "text of all blocks must be less than 9001 characters [json-pointer:/blocks]"
    assert errors_of(message(*thousands, section())) == [sentence]
    assert errors_of(modal(*thousands, section())) == []


def test_the_json_of_all_blocks_is_at_most_12000_characters() -> None:
    def errors(length: int) -> list[str]:
        buttons = [button(value="v" * 1900) for _ in range(6)]
        block = actions(*buttons, button(value=""))
        size = len(json.dumps([block], separators=(",", ":")))
        return errors_of(message(actions(*buttons, button(value="v" * (length - size)))))

    sentence = "JSON of all blocks must be less than 12001 characters [json-pointer:/blocks]"
    assert errors(12_000) == []
    assert errors(12_001) == [sentence]


def test_a_view_has_at_most_250_kilobytes() -> None:
    big = [section(fields=[plain("x" * 2000)] * 10) for _ in range(12)]
    assert errors_of(home(*big)) == []
    assert errors_of(home(*big, *big[:1])) == [
        "must be less than 250001 bytes [json-pointer:/view]"
    ]


def test_private_metadata_has_at_most_3000_characters() -> None:
    assert errors_of(modal(section(), private_metadata="")) == []
    assert errors_of(modal(section(), private_metadata="x" * 3000)) == []
    sentence = "must be less than 3001 characters [json-pointer:/view/private_metadata]"
    assert errors_of(modal(section(), private_metadata="x" * 3001)) == [sentence]
