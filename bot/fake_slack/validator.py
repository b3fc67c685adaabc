"""Whether Slack would accept a message, a modal or a Home view, decided without Slack.

Slack drops a whole message for one bad block, and says so only when the message is sent.
https://docs.slack.dev/reference/block-kit , https://docs.slack.dev/reference/views
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from bot.fake_slack.block_kit import BLOCKS, ID, MESSAGE_BLOCKS
from bot.fake_slack.checks import (
    FieldCheck,
    anything,
    array,
    boolean,
    by_type,
    error_at,
    fields,
    one_of,
    plain_text,
    string,
)
from bot.fake_slack.metadata import METADATA
from bot.fake_slack.payload_parts import blocks_of, compact_json, strings_under
from bot.fake_slack.text_checks import bare_ampersands, pings
from bot.slack import limits

MAX_TEXT_CHARS = 4_000
"""Of `text` alone: https://docs.slack.dev/reference/methods/chat.postMessage#truncating"""
MAX_BLOCKS_JSON_CHARS = 12_000
MAX_VIEW_BLOCKS = 100
MAX_VIEW_BYTES = 250_000


class Surface(StrEnum):
    """Where blocks are shown: https://docs.slack.dev/surfaces"""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


def validation_errors(
    payload: Mapping[str, Any], surface: Surface, *, allow_pings: bool = False
) -> list[str]:
    """Why Slack would refuse this, one sentence each; empty if it would accept it.

    Pointers into a view start at /view, as in the response of views.open. Unless `allow_pings`, it
    also reports signs of text that was not escaped, or was cut afterwards: mentions of whole
    groups, which the bot itself never writes, and ampersands that begin no entity.
    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    pointer = "" if surface is Surface.MESSAGE else "/view"
    errors = [*_SURFACES[surface](payload, pointer)]
    if not allow_pings:
        errors += [*pings(payload, pointer), *bare_ampersands(payload, pointer)]
    return errors


def _has_text(message: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """Notifications and screen readers don't use the blocks, but `text`.

    https://docs.slack.dev/reference/methods/chat.postMessage#accessibility
    """
    if "text" not in message:
        yield error_at(pointer, "missing required field: text")


def _blocks_fit(message: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """Slack's hidden sum, `msg_blocks_too_long`: https://github.com/slackapi/bolt-js/issues/2867"""
    blocks = blocks_of(message)
    chars = sum(map(len, strings_under(blocks, "text")))
    if chars > limits.MESSAGE_TEXT:
        sentence = f"text of all blocks must be less than {limits.MESSAGE_TEXT + 1} characters"
        yield error_at(f"{pointer}/blocks", sentence)
    if len(compact_json(blocks)) > MAX_BLOCKS_JSON_CHARS:
        sentence = f"JSON of all blocks must be less than {MAX_BLOCKS_JSON_CHARS + 1} characters"
        yield error_at(f"{pointer}/blocks", sentence)


def _ids_are_unique(payload: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks#block_id"""
    blocks = blocks_of(payload)
    block_ids = [block.get("block_id") for block in blocks]
    yield from _duplicates("block_id", block_ids, f"{pointer}/blocks")
    for number, block in enumerate(blocks):
        action_ids = strings_under(block, "action_id")
        yield from _duplicates("action_id", action_ids, f"{pointer}/blocks/{number}")


def _duplicates(name: str, ids: Iterable[object], pointer: str) -> Iterator[str]:
    for value, count in Counter(id for id in ids if isinstance(id, str)).items():
        if count > 1:
            yield error_at(pointer, f"{name} `{value}` already exists")


def _inputs_have_submit(view: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/views/modal-views"""
    has_inputs = any(block.get("type") == "input" for block in blocks_of(view))
    if has_inputs and "submit" not in view:
        yield error_at(pointer, "missing required field: submit")


def _response_urls_are_from_inputs(payload: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """Only a modal's submission brings them.

    https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select
    """
    for number, block in enumerate(blocks_of(payload)):
        is_input = payload.get("type") == "modal" and block.get("type") == "input"
        if not is_input and '"response_url_enabled":true' in compact_json(block):
            yield error_at(
                f"{pointer}/blocks/{number}", "response_url_enabled is only for a modal's inputs"
            )


def _view_fits(view: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/methods/views.publish#errors"""
    if len(compact_json(view).encode()) > MAX_VIEW_BYTES:
        yield error_at(pointer, f"must be less than {MAX_VIEW_BYTES + 1} bytes")


def _broadcasts_are_replies(message: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/methods/chat.postMessage#arg_reply_broadcast"""
    if message.get("reply_broadcast") and not message.get("thread_ts"):
        yield error_at(pointer, "reply_broadcast needs thread_ts")


_MESSAGE_ARGUMENTS = (
    "channel", "replace_original", "response_type", "team_id", "thread_ts",
    "ts", "reply_broadcast", "unfurl_links", "unfurl_media", "user",
)  # fmt: skip
_VIEW_FIELDS: dict[str, FieldCheck] = {
    "callback_id": ID,
    "external_id": ID,
    "private_metadata": string(3000, 0),
}
_VIEW_BLOCKS = array(by_type(BLOCKS), 1, MAX_VIEW_BLOCKS)
_SURFACES: dict[Surface, FieldCheck] = {
    Surface.MESSAGE: fields(
        {},
        {
            **dict.fromkeys(_MESSAGE_ARGUMENTS, anything),
            "text": string(MAX_TEXT_CHARS),
            "blocks": array(by_type(MESSAGE_BLOCKS), 0, limits.MESSAGE_BLOCKS),
            "metadata": METADATA,
        },
        _has_text,
        _blocks_fit,
        _broadcasts_are_replies,
        _ids_are_unique,
        _response_urls_are_from_inputs,
    ),
    Surface.MODAL: fields(
        {
            "type": one_of("modal"),
            "title": plain_text(limits.VIEW_TITLE),
            "blocks": _VIEW_BLOCKS,
        },
        {
            **_VIEW_FIELDS,
            "submit": plain_text(limits.VIEW_TITLE),
            "close": plain_text(limits.VIEW_TITLE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        _ids_are_unique,
        _inputs_have_submit,
        _response_urls_are_from_inputs,
        _view_fits,
    ),
    Surface.HOME: fields(
        {"type": one_of("home"), "blocks": _VIEW_BLOCKS},
        _VIEW_FIELDS,
        _ids_are_unique,
        _response_urls_are_from_inputs,
        _view_fits,
    ),
}
