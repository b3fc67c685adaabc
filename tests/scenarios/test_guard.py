"""What never reaches a handler, and that nothing makes the server fail."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.fake_slack.validator import Surface, validation_errors
from bot.store import Conversation
from tests.scenarios.conftest import World, settle

FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode({"command": "/aws", "text": "hi", "team_id": "T1", "user_id": "U1"})


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=0000"},
        {"X-Slack-Signature": "v0=\u00e9\u00e9"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "-5"},
        {"X-Slack-Request-Timestamp": "9" * 400},
    ],
)
def test_an_unsigned_request_gets_401(world: World, headers: dict[str, str]) -> None:
    assert world.post(COMMAND, FORM, None, **headers).status_code == 401


@pytest.mark.parametrize(
    ("seconds_ago", "status"), [(-290, 200), (290, 200), (310, 401), (-310, 401), (86_400, 401)]
)
def test_a_signature_is_good_for_five_minutes(world: World, seconds_ago: int, status: int) -> None:
    """The timestamp is signed along, as whoever replays a request has it."""
    signed_at = int(time.time()) - seconds_ago
    assert world.post(COMMAND + "&channel_id=C1", FORM, signed_at).status_code == status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{", "application/json"),
        ("[]", "application/json"),
        ("null", "application/json"),
        ('"text"', "application/json"),
        ("[" * 100_000, "application/json"),
        ('{"type": 5}', "application/json"),
        ('{"type": "event_callback", "event": "x"}', "application/json"),
        ('{"type": "event_callback", "authorizations": [1]}', "application/json"),
        (urlencode({"payload": "{"}), FORM),
        (urlencode({"payload": "[]"}), FORM),
        (urlencode({"payload": '{"type":"block_actions","actions":["x"]}'}), FORM),
    ],
)
def test_malformed_payloads_get_400(world: World, body: str, content_type: str) -> None:
    assert world.post(body, content_type).status_code == 400


def test_a_body_over_a_megabyte_gets_413(world: World) -> None:
    assert world.post("x" * 1_000_001, FORM).status_code == 413


def test_url_verification_is_answered(world: World) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})
    response = world.post(body, "application/json")
    assert (response.status_code, json.loads(response.text)["challenge"]) == (200, "abc")


def test_health_needs_no_signature(world: World) -> None:
    assert world.web.test_client().get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE people; --",
        '" OR "1"="1',
        "%s %(x)s :name {0}",
        "\\'; DELETE FROM feedback; --",
    ],
)
def test_sql_is_text_like_any_other(world: World, text: str) -> None:
    world.store.people.change("T1", "U0ANN", reminded=True)
    question = f"sqs retention {text}"
    world.direct(question, channel="D0ANN")
    settle(world)
    assert world.store.last_answer(Conversation("T1", "D0ANN", "")) is not None
    for words in (f"quiz on {text}", f"practice {text}", f"list {text}", f"leaderboard {text}"):
        world.command(words)
    settle(world)
    assert world.store.people.get("T1", "U0ANN").reminded
    assert world.store.people.get("T1", text).reminded is False


@pytest.mark.parametrize("words", ["x" * 9000, "x " * 4000, "<&>" * 3000])
@pytest.mark.parametrize(
    "verb", ["", "quiz", "quiz on", "quiz on 09:30", "practice", "leaderboard", "list"]
)
def test_a_long_text_gets_an_answer_that_slack_takes(world: World, verb: str, words: str) -> None:
    answer = world.command(f"{verb} {words}")
    settle(world)
    assert validation_errors(answer | {"text": answer.get("text", "-")}, Surface.MESSAGE) == []
    assert verb == "" or answer or world.responses() or world.slack.messages


@pytest.mark.parametrize("command", ["aws", "/", "/a b", "/" + "x" * 99])
def test_a_command_that_is_none_gets_400(world: World, command: str) -> None:
    body = urlencode({"command": command, "text": "quiz", "team_id": "T1", "user_id": "U1"})
    assert world.post(body, FORM).status_code == 400


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_fields = st.sampled_from(
    ["type", "event", "team", "team_id", "user", "actions", "container", "channel", "view",
     "authorizations", "event_id", "enterprise", "command", "callback_id", "response_url",
     "is_enterprise_install", "message", "token", "state", "trigger_id"]
)  # fmt: skip
_types = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "view_closed", "shortcut",
     "message_action", "block_suggestion", "url_verification", "app_rate_limited", "x"]
)  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(_fields, _json), _types, st.booleans())
def test_no_signed_payload_makes_the_server_fail(
    world: World, fields: dict[str, object], kind: str, form: bool
) -> None:
    payload = json.dumps({"type": kind} | fields)
    if form:
        response = world.post(urlencode({"payload": payload}), FORM)
    else:
        response = world.post(payload, "application/json")
    assert response.status_code < 500
