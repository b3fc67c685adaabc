"""Whether Slack would accept a message, a modal or a Home view, decided without Slack.

Slack loses a whole message for one bad block, and says so only when it is sent.
https://docs.slack.dev/reference/block-kit , https://docs.slack.dev/reference/views
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.fake_slack.block_kit import BLOCKS, ID
from bot.fake_slack.shapes import (
    Check,
    anything,
    array,
    fault,
    flag,
    one_of,
    plain,
    shape,
    string,
    typed,
)
from bot.slack import limits

MESSAGE_TEXT = 4_000
"""Of `text` alone: https://docs.slack.dev/reference/methods/chat.postMessage#truncating"""
MESSAGE_JSON = 12_000
MARKDOWN = 12_000
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA_BYTES = 1_000
"""Ours: Slack has a limit, `metadata_too_large`, but does not document it."""

_PING = re.compile(r"<!(?:channel|here|everyone|group|subteam\^)")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HIDDEN = {
    "action_id", "block_id", "callback_id", "channel", "external_id", "metadata",
    "private_metadata", "value",
}  # fmt: skip
"""Keys whose strings nobody is shown, so that Slack does not read them as text."""


def faults(payload: Mapping[str, Any], surface: str, *, allow_pings: bool = False) -> list[str]:
    """Why Slack would refuse this, one sentence each; empty when it would accept.

    `surface` is `message`, `modal` or `home`. Pointers into a view start at /view, as in the
    answers of views.open. Without `allow_pings`, mentions of whole groups are faults too: the
    bot writes none, so they can only come from unescaped text of a person. So are ampersands
    that begin no entity, of texts that were not escaped, or cut after it.
    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    at = "" if surface == "message" else "/view"
    found = [*SURFACES[surface](payload, at)]
    return found if allow_pings else [*found, *_pings(payload, at), *_bare_ampersands(payload, at)]


def _has_text(message: Mapping[str, Any], at: str) -> Iterator[str]:
    """Blocks are not read out or shown in notifications: `text` is.

    https://docs.slack.dev/reference/methods/chat.postMessage#accessibility
    """
    if "text" not in message and not message.get("delete_original"):
        yield fault("missing required field: text", at)


def _fits(message: Mapping[str, Any], at: str) -> Iterator[str]:
    """Slack's hidden sum, `msg_blocks_too_long`: https://github.com/slackapi/bolt-js/issues/2867"""
    blocks = _blocks(message)
    length = sum(map(len, _strings(blocks, "text")))
    if length > limits.MESSAGE_TEXT:
        sentence = f"text of all blocks must be less than {limits.MESSAGE_TEXT + 1} characters"
        yield fault(sentence, f"{at}/blocks")
    if len(_compact(blocks)) > MESSAGE_JSON:
        sentence = f"JSON of all blocks must be less than {MESSAGE_JSON + 1} characters"
        yield fault(sentence, f"{at}/blocks")
    markdown = [block.get("text") for block in blocks if block.get("type") == "markdown"]
    if sum(len(text) for text in markdown if isinstance(text, str)) > MARKDOWN:
        sentence = f"all markdown blocks must be less than {MARKDOWN + 1} characters"
        yield fault(sentence, f"{at}/blocks")
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield fault("only one table allowed", f"{at}/blocks")


def _unique_ids(payload: Mapping[str, Any], at: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks#block_id"""
    blocks = _blocks(payload)
    yield from _repeated("block_id", [block.get("block_id") for block in blocks], f"{at}/blocks")
    for number, block in enumerate(blocks):
        yield from _repeated("action_id", _strings(block, "action_id"), f"{at}/blocks/{number}")


def _repeated(name: str, ids: Iterable[object], at: str) -> Iterator[str]:
    for value, count in Counter(id for id in ids if isinstance(id, str)).items():
        if count > 1:
            yield fault(f"{name} `{value}` already exists", at)


def _submittable(view: Mapping[str, Any], at: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/views/modal-views"""
    inputs = any(block.get("type") == "input" for block in _blocks(view))
    if inputs and "submit" not in view:
        yield fault("missing required field: submit", at)


def _view_size(view: Mapping[str, Any], at: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/methods/views.publish#errors"""
    if len(_compact(view).encode()) > VIEW_BYTES:
        yield fault(f"must be less than {VIEW_BYTES + 1} bytes", at)


def _event_payload(value: object, at: str) -> Iterator[str]:
    """https://docs.slack.dev/messaging/message-metadata"""
    if not isinstance(value, Mapping):
        yield fault("must provide an object", at)
        return
    if len(_compact(value).encode()) > METADATA_BYTES:
        yield fault(f"must be less than {METADATA_BYTES + 1} bytes", at)
    for name, part in value.items():
        if not _NAME.fullmatch(str(name)):
            yield fault(f"must be snake_case: {name}", at)
        inner = list(part.values()) if isinstance(part, Mapping) else part
        for item in inner if isinstance(inner, list) else [inner]:
            if not isinstance(item, str | int | float):
                yield fault("must not be nested or null", f"{at}/{name}")


def _pings(node: object, at: str) -> Iterator[str]:
    if isinstance(node, str) and (found := _PING.search(node)):
        yield fault(f"must not contain the control sequence {found.group()}", at)
    elif isinstance(node, Mapping):
        if node.get("type") in ("broadcast", "usergroup"):
            yield fault("must not mention a group", at)
        for key, part in node.items():
            if key not in _HIDDEN:
                yield from _pings(part, f"{at}/{key}")
    elif isinstance(node, list | tuple):
        for number, item in enumerate(node):
            yield from _pings(item, f"{at}/{number}")


def _bare_ampersands(payload: Mapping[str, Any], at: str) -> Iterator[str]:
    texts = [payload.get("text"), *_text_objects(payload)]
    if any(isinstance(text, str) and _BARE_AMPERSAND.search(text) for text in texts):
        yield fault("must not contain a bare &", at)


def _text_objects(node: object) -> Iterator[object]:
    """The text of every text object that stands below."""
    if isinstance(node, Mapping):
        if node.get("type") in ("plain_text", "mrkdwn"):
            yield node.get("text")
        for part in node.values():
            yield from _text_objects(part)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _text_objects(item)


def _strings(node: object, name: str) -> Iterator[str]:
    """Every string that stands below under this key."""
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key == name and isinstance(part, str):
                yield part
            else:
                yield from _strings(part, name)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _strings(item, name)


def _blocks(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    blocks = payload.get("blocks")
    listed = blocks if isinstance(blocks, list | tuple) else ()
    return [block for block in listed if isinstance(block, Mapping)]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _attachment(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield fault("must provide an object", at)
    elif "blocks" in value:
        yield from _blocks_of(limits.MESSAGE_BLOCKS, 0, *_IN_MESSAGES)(
            value["blocks"], f"{at}/blocks"
        )


def _blocks_of(most: int, least: int, *kinds: str) -> Check:
    return array(typed(BLOCKS, *kinds), least, most)


_IN_MESSAGES = tuple(kind for kind in BLOCKS if kind != "alert")
_IN_VIEWS = (
    "actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section",
    "video",
)  # fmt: skip
_ARGUMENTS = (
    "as_user", "channel", "delete_original", "icon_emoji", "icon_url", "link_names", "mrkdwn",
    "parse", "post_at", "reply_broadcast", "replace_original", "response_type", "thread_ts",
    "team_id", "token", "ts", "unfurl_links", "unfurl_media", "user", "username",
)  # fmt: skip
_METADATA = shape({"event_type": ID, "event_payload": _event_payload}, {"entities": anything})
_VIEW: dict[str, Check] = {
    "callback_id": ID,
    "external_id": ID,
    "private_metadata": string(3000, 0),
}

SURFACES: dict[str, Check] = {
    "message": shape(
        {},
        {
            **dict.fromkeys(_ARGUMENTS, anything),
            "text": string(MESSAGE_TEXT),
            "blocks": _blocks_of(limits.MESSAGE_BLOCKS, 0, *_IN_MESSAGES),
            "attachments": array(_attachment, 0, 100),
            "metadata": _METADATA,
        },
        _has_text,
        _fits,
        _unique_ids,
    ),
    "modal": shape(
        {
            "type": one_of("modal"),
            "title": plain(24),
            "blocks": _blocks_of(VIEW_BLOCKS, 1, "alert", *_IN_VIEWS),
        },
        {
            **_VIEW,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
        _unique_ids,
        _submittable,
        _view_size,
    ),
    "home": shape(
        {
            "type": one_of("home"),
            "blocks": _blocks_of(VIEW_BLOCKS, 1, "carousel", "table", *_IN_VIEWS),
        },
        _VIEW,
        _unique_ids,
        _view_size,
    ),
}
