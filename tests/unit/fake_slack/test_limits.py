from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.unit.fake_slack.parts import (
    CELL,
    GROUP,
    Part,
    actions,
    button,
    card,
    entry,
    feedback,
    found,
    home,
    image,
    menu,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    text_input,
)


def groups(*several: Part) -> Part:
    return actions({"type": "static_select", "option_groups": list(several)})


def boxes(kind: str, options: Any) -> Part:
    return section(accessory={"type": kind, "options": options})


def confirm(**more: Any) -> Part:
    texts = {name: plain() for name in ("title", "text", "confirm", "deny")}
    return actions(button(confirm=texts | more))


X = object()
"""The place in a payload that a test fills."""


def filled(node: Any, value: Any) -> Any:
    if isinstance(node, dict):
        return {name: filled(part, value) for name, part in node.items()}
    if isinstance(node, list):
        return [filled(item, value) for item in node]
    return value if node is X else node


def place(node: Any, at: str) -> str | None:
    """The JSON pointer to the place."""
    if node is X:
        return at
    parts: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else ()
    if isinstance(node, list):
        parts = enumerate(node)
    return next((p for name, part in parts if (p := place(part, f"{at}/{name}"))), None)


def pointer(payload: Part) -> str:
    return f"[json-pointer:{place(payload, '/view' if 'type' in payload else '')}]"


LENGTHS = [
    (4000, message(section(), text=X)),
    (3000, message(section(text=mrkdwn(X)))),
    (2000, message(section(fields=[plain(X)]))),
    (150, message({"type": "header", "text": plain(X)})),
    (255, message(section(block_id=X))),
    (255, message(actions(button(action_id=X)))),
    (75, message(actions(button(X)))),
    (2000, message(actions(button(value=X)))),
    (75, message(actions(button(accessibility_label=X)))),
    (2000, message(image(alt_text=X))),
    (2000, message(image(title=plain(X)))),
    (2000, message({"type": "context", "elements": [image(alt_text=X)]})),
    (150, message(menu(placeholder=plain(X)))),
    (75, message(menu(options=[option(text=plain(X))]))),
    (75, message(menu(options=[option(value=X)]))),
    (75, message(menu(options=[option(description=plain(X))]))),
    (75, message(groups({"label": plain(X), "options": [option()]}))),
    (75, message(boxes("radio_buttons", [option(text=mrkdwn(X))]))),
    (100, message(confirm(title=plain(X)))),
    (300, message(confirm(text=mrkdwn(X)))),
    (30, message(confirm(confirm=plain(X)))),
    (30, message(confirm(deny=plain(X)))),
    (75, message(feedback(text=plain(X)))),
    (2000, message(feedback(value=X))),
    (75, message(feedback(accessibility_label=X))),
    (150, message(card(title=plain(X)))),
    (150, message(card(subtitle=plain(X)))),
    (200, message(card(body=mrkdwn(X)))),
    (200, modal({"type": "alert", "text": plain(X)})),
    (2000, modal(entry(label=plain(X)))),
    (2000, modal(entry(hint=plain(X)))),
    (24, modal(section(), title=plain(X))),
    (24, modal(section(), submit=plain(X))),
    (24, modal(section(), close=plain(X))),
    (255, modal(section(), callback_id=X)),
    (255, home(section(), external_id=X)),
]


@pytest.mark.parametrize(("longest", "payload"), LENGTHS)
def test_a_text_has_at_least_one_character_and_at_most_so_many(longest: int, payload: Part) -> None:
    at = pointer(payload)
    for right in (1, longest):
        assert found(filled(payload, "x" * right)) == []
    over = found(filled(payload, "x" * (longest + 1)))
    assert over == [f"must be less than {longest + 1} characters {at}"]
    assert found(filled(payload, "")) == [f"must be more than 0 characters {at}"]


COUNTS: list[tuple[int, int, Part, Any]] = [
    (0, 50, {"text": "x", "blocks": X}, section()),
    (1, 100, modal() | {"blocks": X}, section()),
    (1, 100, home() | {"blocks": X}, section()),
    (1, 10, message(section(fields=X)), plain()),
    (1, 10, message({"type": "context", "elements": X}), plain()),
    (1, 5, message({"type": "context_actions", "elements": X}), feedback()["elements"][0]),
    (1, 25, message({"type": "actions", "elements": X}), button()),
    (1, 100, message(menu(options=X)), option()),
    (1, 100, message(actions({"type": "static_select", "option_groups": X})), GROUP),
    (1, 100, message(groups({"label": plain(), "options": X})), option()),
    (2, 5, message(section(accessory={"type": "overflow", "options": X})), option()),
    (1, 10, message(boxes("radio_buttons", X)), option()),
    (1, 10, message(boxes("checkboxes", X)), option()),
    (1, 100, message({"type": "table", "rows": X}), [CELL]),
    (1, 20, message({"type": "table", "rows": [X]}), CELL),
    (1, 10, message({"type": "carousel", "elements": X}), card()),
    (0, 100, message(attachments=X), {}),
]


@pytest.mark.parametrize(("least", "most", "payload", "item"), COUNTS)
def test_there_are_at_least_and_at_most_so_many(
    least: int, most: int, payload: Part, item: Any
) -> None:
    at = pointer(payload)
    for right in (least, most):
        assert found(filled(payload, [item] * right)) == []
    over = found(filled(payload, [item] * (most + 1)))
    assert over == [f"no more than {most} items allowed {at}"]
    if least:
        under = found(filled(payload, [item] * (least - 1)))
        assert under == [f"no fewer than {least} items allowed {at}"]


def test_numbers_have_their_bounds() -> None:
    at = "/view/blocks/0/element"
    assert found(modal(entry(element=text_input(min_length=0, max_length=3000)))) == []
    assert found(modal(entry(element=text_input(min_length=3000)))) == []
    assert found(modal(entry(element=text_input(max_length=1)))) == []
    for name, value, sentence in (
        ("min_length", -1, "must be at least 0"),
        ("min_length", 3001, "must be at most 3000"),
        ("max_length", 0, "must be at least 1"),
        ("max_length", 3001, "must be at most 3000"),
        ("max_length", "9", "must provide an integer"),
    ):
        wrong = found(modal(entry(element=text_input(**{name: value}))))
        assert wrong == [f"{sentence} [json-pointer:{at}/{name}]"]
    wrong = found(modal(entry(element=text_input(min_length=5, max_length=4))))
    assert wrong == [f"min_length must not be greater than max_length [json-pointer:{at}]"]


def test_urls_are_web_addresses_of_at_most_3000_characters() -> None:
    stem = "https://a.example/"
    at = "/blocks/0/elements/0/url"
    for good in ("http://a.example", stem + "x" * (3000 - len(stem))):
        assert found(message(actions(button(url=good)))) == []
    too_long = found(message(actions(button(url=stem + "x" * (3001 - len(stem))))))
    assert too_long == [f"must be less than 3001 characters [json-pointer:{at}]"]
    for bad in (
        "javascript:alert(1)",
        "mailto:a@b.example",
        "a.example",
        "https://",
        "https://a b",
    ):
        wrong = found(message(actions(button(url=bad))))
        assert wrong == [f"does not match the expected format [json-pointer:{at}]"]
    assert found(message(image(image_url="ftp://a.example/x.png")))


def test_the_sum_of_text_in_a_message_is_at_most_9000_characters() -> None:
    thousands = [section(text=plain("x" * 3000)) for _ in range(3)]
    assert found(message(*thousands)) == []
    sentence = "text of all blocks must be less than 9001 characters [json-pointer:/blocks]"
    assert found(message(*thousands, section())) == [sentence]
    assert found(modal(*thousands, section())) == []


def test_the_json_of_a_messages_blocks_is_at_most_12000_characters() -> None:
    def build(length: int) -> list[str]:
        buttons = [button(value="v" * 1900) for _ in range(6)]
        block = actions(*buttons, button(value=""))
        size = len(json.dumps([block], separators=(",", ":")))
        return found(message(filled(actions(*buttons, button(value=X)), "v" * (length - size))))

    sentence = "JSON of all blocks must be less than 12001 characters [json-pointer:/blocks]"
    assert build(12_000) == []
    assert build(12_001) == [sentence]


def test_markdown_blocks_together_have_at_most_12000_characters() -> None:
    def build(*lengths: int) -> list[str]:
        blocks = [{"type": "markdown", "text": "x" * length} for length in lengths]
        return [sentence for sentence in found(message(*blocks)) if "of all blocks" not in sentence]

    assert build(12_000) == build(6_000, 6_000) == []
    assert "must be less than 12001 characters [json-pointer:/blocks/0/text]" in build(12_001)
    sentence = "all markdown blocks must be less than 12001 characters [json-pointer:/blocks]"
    assert build(6_000, 6_001) == [sentence]


def test_a_view_has_at_most_250_kilobytes() -> None:
    big = [section(fields=[plain("x" * 2000)] * 10) for _ in range(12)]
    assert found(home(*big)) == []
    assert found(home(*big, *big[:1])) == ["must be less than 250001 bytes [json-pointer:/view]"]


def test_private_metadata_has_at_most_3000_characters() -> None:
    assert found(modal(section(), private_metadata="")) == []
    assert found(modal(section(), private_metadata="x" * 3000)) == []
    sentence = "must be less than 3001 characters [json-pointer:/view/private_metadata]"
    assert found(modal(section(), private_metadata="x" * 3001)) == [sentence]
