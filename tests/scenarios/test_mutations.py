"""Thousands of Slack's payloads, damaged: no 5xx, no traceback, nothing that pings or leaks.

They are the same each time, so that a change is judged by what it changed; without `derandomize`
they are others.
"""

from __future__ import annotations

import copy
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack.manifest import EXPLAIN, LOOK_UP
from tests.scenarios.conftest import ANN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle

FORM = "application/x-www-form-urlencoded"
WRITTEN = "zebra-crossing"
"""A word that stands for what people write: it must not get into any log."""

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 2**70, 1e308, "", " ", "x" * 9000, "\x00", "\ud800", "\u202e",
     "<!channel> <@U0BEN> <!here|x>", "*bold* _it_ `code` <https://evil.example|click>",
     "'; DROP TABLE people; --", "\" OR 1=1 --", "%00%n%s{0}", "../../etc/passwd", "\r\nX: y",
     [], {}, [None], [[]], {"id": None}, {"": {}}, [{"text": 5}], "[1,1,1]", "[1,99,9]",
     '["a"', "https://nowhere.invalid/x", WRITTEN]
)  # fmt: skip


def events() -> Iterator[dict[str, Any]]:
    """An event of each kind, as Slack wraps it."""
    inner: list[dict[str, Any]] = [
        {"type": "app_mention", "user": ANN, "text": f"<@{BOT}> 429 {WRITTEN}", "channel": CHANNEL,
         "ts": "100.000001", "thread_ts": "99.000001"},
        {"type": "message", "channel_type": "im", "user": ANN, "text": f"s3 class {WRITTEN}",
         "channel": DIRECT, "ts": "200.000001"},
        {"type": "message", "channel_type": "im", "user": ANN, "text": "practice",
         "channel": DIRECT, "ts": "200.000002"},
        {"type": "app_home_opened", "user": ANN, "tab": "home", "channel": DIRECT},
        {"type": "tokens_revoked", "tokens": {"bot": ["B1"], "oauth": []}},
        {"type": "app_uninstalled"},
        {"type": "team_access_revoked", "team_ids": ["T8"]},
        {"type": "channel_rename", "channel": {"id": "C1", "name": "x"}},
    ]  # fmt: skip
    for event in inner:
        yield {
            "type": "event_callback", "token": "z", "team_id": TEAM, "api_app_id": "A1",
            "event_id": "Ev1", "event_time": int(time.time()), "event": event,
            "is_ext_shared_channel": False,
            "authorizations": [
                {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True,
                 "is_enterprise_install": False}
            ],
        }  # fmt: skip


def commands(world: World) -> Iterator[dict[str, Any]]:
    texts = (
        f"what is 429 in api gateway {WRITTEN}", "services", "list s3", "random", "quiz",
        "quiz on 09:30 mon-fri Europe/Berlin", "quiz now", "quiz off", "quiz status",
        "leaderboard", "leaderboard off", "practice", "practice remind", "practice erase",
    )  # fmt: skip
    for text in texts:
        yield {
            "command": "/aws", "text": text, "user_id": ANN, "team_id": TEAM, "token": "z",
            "channel_id": CHANNEL, "channel_name": "team", "user_name": "ann", "api_app_id": "A1",
            "response_url": world.slack.response_url(), "trigger_id": world.slack.trigger(ANN),
        }  # fmt: skip


def presses(world: World) -> Iterator[dict[str, Any]]:
    """Every button that the bot has shown, and the submission of its modal."""
    world.slack.scopes |= {"channels:history", "groups:history"}
    shown = [world.command("what is 429 in api gateway"), world.command("sqs retention period")]
    shown.append(world.command_reply("practice"))
    world.command("quiz now")
    settle(world)
    shown += world.slack.messages
    actions = [button for message in shown for button in buttons(message).values()]
    actions += [
        {"type": "button", "action_id": name, "value": "x"}
        for name in ("home_practice", "home_forget", "practice_next", "practice_remind", "gone")
    ]
    actions.append(
        {"type": "overflow", "action_id": "practice_choices",
         "selected_option": {"value": "pause", "text": {"type": "plain_text", "text": "x"}}}
    )  # fmt: skip
    around = {
        "team": {"id": TEAM, "domain": "x"}, "user": {"id": ANN, "team_id": TEAM},
        "api_app_id": "A1", "enterprise": None, "is_enterprise_install": False, "token": "z",
    }  # fmt: skip
    for action in actions:
        yield around | {
            "type": "block_actions", "channel": {"id": CHANNEL, "name": "team"},
            "container": {"type": "message", "message_ts": "300.1", "channel_id": CHANNEL,
                          "is_ephemeral": True},
            "actions": [action | {"block_id": "b", "action_ts": "1.1"}],
            "response_url": world.slack.response_url(), "trigger_id": world.slack.trigger(ANN),
        }  # fmt: skip
    view = {
        "id": "V1", "type": "modal", "callback_id": "quiz_settings",
        "private_metadata": json.dumps([CHANNEL, world.slack.response_url()]),
        "state": {"values": {
            "at": {"quiz_at": {"type": "timepicker", "selected_time": "09:30"}},
            "tz": {"quiz_tz": {"type": "external_select", "selected_option": {"value": "UTC"}}},
            "weekdays": {"quiz_weekdays": {"type": "checkboxes",
                                           "selected_options": [{"value": "1"}]}},
            "reveal": {"quiz_reveal": {"selected_option": {"value": "next"}}},
        }},
    }  # fmt: skip
    yield around | {"type": "view_submission", "view": view, "trigger_id": "1.2"}
    yield around | {"type": "view_closed", "view": view, "is_cleared": False}
    yield around | {
        "type": "block_suggestion", "action_id": "quiz_tz", "block_id": "tz", "value": "Ber",
        "view": view, "container": {"type": "view", "view_id": "V1"},
    }  # fmt: skip
    for callback in ("x", LOOK_UP):
        yield around | {"type": "shortcut", "callback_id": callback, "trigger_id": "1.2"}
    search = {"type": "external_select", "action_id": "lookup_search", "block_id": "lookup-search"}
    option = {"text": {"type": "plain_text", "text": "x"}, "value": "lambda-timeout"}
    looked_up = {
        "id": "V2", "hash": "1.x", "type": "modal", "callback_id": "lookup",
        "private_metadata": "lambda-timeout",
        "state": {"values": {"lookup_channel": {"lookup_channel": {
            "type": "conversations_select", "selected_conversation": CHANNEL,
        }}}},
    }  # fmt: skip
    urls = [{"channel_id": CHANNEL, "response_url": world.slack.response_url()}]
    yield around | {"type": "view_submission", "view": looked_up, "response_urls": urls}
    yield around | {"type": "block_suggestion", "value": "lamb", "view": looked_up} | search
    yield around | {
        "type": "block_actions", "view": looked_up, "trigger_id": world.slack.trigger(ANN),
        "actions": [search | {"selected_option": option, "action_ts": "1.1"}],
    }  # fmt: skip
    said = {"type": "message", "user": ANN, "ts": "300.1", "text": "NoSuchKey", "files": []}
    yield around | {
        "type": "message_action", "callback_id": EXPLAIN, "trigger_id": "1.2", "message": said,
        "channel": {"id": CHANNEL, "name": "team"}, "message_ts": "300.1", "action_ts": "1.1",
        "response_url": world.slack.response_url(),
    }  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in inside:
            yield from paths(inner, (*path, key))


@st.composite
def damaged(draw: Callable[..., Any], payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with one to three values gone, replaced, wrapped or under another name."""
    made = copy.deepcopy(payload)
    for _ in range(draw(st.integers(1, 3))):
        *to, last = draw(st.sampled_from(list(paths(made)) or [("type",)]))
        parent = made
        for key in to:
            parent = parent[key]
        kind = draw(st.sampled_from(["drop", "junk", "wrap", "move", "cut"]))
        before = parent.pop(last) if isinstance(parent, dict) else parent[last]
        if kind == "drop":
            continue
        changed: Any = before
        if kind == "junk":
            changed = copy.deepcopy(draw(JUNK))
        elif kind == "wrap":
            changed = draw(st.sampled_from([[before], {"value": before}]))
        elif kind == "cut" and isinstance(before, str) and not before.startswith("http"):
            changed = before[: draw(st.integers(0, max(0, len(before) - 1)))]
        elif kind == "move" and isinstance(parent, dict):
            last = draw(st.sampled_from(["type", "id", "user", "team", "event", "actions", "x"]))
        parent[last] = changed
    return made


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> World:
    return make_world(database_url=url)


@pytest.fixture
def bases(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, Any]]]:
    """Whole payloads by kind; whatever fails in this test is not waited for."""
    monkeypatch.setattr(world.slack.rate_limiter, "allows", lambda channel: True)
    return {
        "event": list(events()),
        "command": list(commands(world)),
        "press": list(presses(world)),
    }


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("kind", "count"), [("event", 400), ("command", 400), ("press", 600)])
def test_no_damaged_payload_breaks_anything(
    world: World, bases: dict[str, list[dict[str, Any]]], kind: str, count: int, url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    if url.startswith("sqlite"):  # which takes nearly everything
        count //= 5
    caplog.set_level(logging.INFO)
    world.slack.validation_errors.clear()
    sent = 0

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.sampled_from(bases[kind]).flatmap(damaged))
    def send(payload: dict[str, Any]) -> None:
        nonlocal sent
        if kind == "command":
            flat = {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in payload.items()
            }
            body = urlencode(flat, errors="surrogatepass")
        elif kind == "press":
            body = urlencode({"payload": json.dumps(payload)})
        else:
            body = json.dumps(payload).replace('"Ev1"', f'"Ev{sent}"')
        response = world.post(body, FORM if kind != "event" else "application/json")
        assert response.status_code < 500
        sent += 1
        look(world, caplog)

    send()
    assert sent >= count


def look(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing broke, and what was written went nowhere but into the answers."""
    settle(world)
    slack = world.slack
    records, errors = list(caplog.records), list(slack.validation_errors)
    caplog.clear()
    for seen in (slack.validation_errors, slack.calls, slack.messages, slack.ephemeral):
        seen.clear()
    for record in records:
        assert record.exc_info is None, caplog.handler.format(record)
        assert WRITTEN not in record.getMessage()
    assert errors == []
