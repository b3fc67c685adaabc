"""The message shortcut *Explain AWS terms*, as the person who chooses it sees it."""

from __future__ import annotations

from typing import Any

import pytest

from bot import messages
from bot.fake_slack.response_urls import ResponseTarget
from bot.slack.manifest import EXPLAIN
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle

TRACEBACK = """```Traceback (most recent call last):
  File "/app/orders.py", line 41, in handler
    table.put_item(Item=order)
botocore.errorfactory.ProvisionedThroughputExceededException: An error occurred \
(ProvisionedThroughputExceededException) when calling the PutItem operation: The level of \
configured provisioned throughput for the table was exceeded.```"""


def choose(
    world: World, text: str, user: str = ANN, *, callback: str = EXPLAIN, **message: Any
) -> None:
    """Choose the shortcut on a message of Ben's; `message` adds fields to it."""
    said = {"type": "message", "user": BEN, "team": TEAM, "ts": "300.000001", "text": text}
    payload = {
        "type": "message_action", "callback_id": callback, "token": "", "api_app_id": "A1",
        "team": {"id": TEAM, "domain": "acme"}, "user": {"id": user, "name": "ann"},
        "channel": {"id": CHANNEL, "name": "team"}, "message": said | message,
        "message_ts": "300.000001", "action_ts": "301.000001",
        "enterprise": None, "is_enterprise_install": False,
        "response_url": world.slack.response_url(ResponseTarget(CHANNEL, user)),
        "trigger_id": world.slack.trigger(user),
    }  # fmt: skip
    response = world.send(payload)
    assert (response.status_code, response.text) == (200, "")
    settle(world)


def test_a_traceback_is_explained_to_the_one_who_asks(world: World) -> None:
    choose(world, TRACEBACK)
    (shown,) = world.slack.ephemeral
    assert world.slack.messages == []
    assert (shown["visible_to"], shown["channel"], shown["thread_ts"]) == (ANN, CHANNEL, None)
    assert "Errors: ProvisionedThroughputExceededException" in shown["text"]
    assert "Services: Amazon DynamoDB" in shown["text"] and "Operations: PutItem" in shown["text"]
    assert list(buttons(shown)) == ["Show"]
    shows = buttons(shown)["Show"]
    where = {"message_ts": shown["ts"], "channel_id": CHANNEL, "is_ephemeral": True}
    url = world.slack.response_url(ResponseTarget(CHANNEL, ANN, shown["ts"]))
    world.press(shows, container=where, response_url=url)
    settle(world)
    assert len(world.slack.ephemeral) == 1 and "Share" in buttons(shown)


def test_a_reply_is_explained_in_its_thread(world: World) -> None:
    choose(world, TRACEBACK, thread_ts="299.000001")
    (shown,) = world.slack.ephemeral
    assert shown["thread_ts"] == "299.000001"


def test_the_first_message_of_a_thread_is_explained_where_it_stands(world: World) -> None:
    choose(world, TRACEBACK, thread_ts="300.000001", reply_count=2)
    assert world.slack.ephemeral[-1]["thread_ts"] is None


def test_a_message_may_name_several_things(world: World) -> None:
    choose(world, "The stack is UPDATE_ROLLBACK_FAILED, and then a BucketNotEmpty. MaxKeys helps?")
    (shown,) = world.slack.ephemeral
    assert 2 <= sum(block.get("accessory") is not None for block in shown["blocks"]) <= 3
    assert "Errors: UPDATE_ROLLBACK_FAILED, BucketNotEmpty" in shown["text"]
    assert "Parameters and states: MaxKeys" in shown["text"]


@pytest.mark.parametrize("text", ["", "lunch at noon? \U0001f32e", "JavaScript for 500 people"])
def test_a_message_about_something_else_gets_one_friendly_sentence(world: World, text: str) -> None:
    choose(world, text)
    assert [shown["text"] for shown in world.slack.ephemeral] == [messages.NOTHING_RECOGNIZED]


def test_terms_without_a_fact_are_listed(world: World) -> None:
    choose(world, "Could we do that with SageMaker?")
    (shown,) = world.slack.ephemeral
    assert "Services: SageMaker" in shown["text"]
    assert messages.only_recognized("/aws") in shown["text"]


@pytest.mark.parametrize(
    "where",
    [
        {"attachments": [{"fallback": TRACEBACK, "color": "#f00"}]},
        {"files": [{"id": "F1", "mode": "snippet", "preview": TRACEBACK.strip("`")}]},
        {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": TRACEBACK}}]},
    ],
)
def test_what_apps_post_and_snippets_are_read_too(world: World, where: dict[str, Any]) -> None:
    choose(world, "", **where)
    assert "ProvisionedThroughputExceededException" in world.slack.ephemeral[-1]["text"]


def test_it_works_where_the_bot_is_not_a_member_and_keeps_nothing(world: World) -> None:
    world.slack.channels_without_bot.add(CHANNEL)
    choose(world, f"secret-project {TRACEBACK}")
    assert len(world.slack.ephemeral) == 1
    assert "secret-project" not in str(world.slack.ephemeral)


def test_what_is_shown_cannot_ping_or_link(world: World) -> None:
    choose(world, "<!channel> &lt;!here&gt; see <https://evil.example|S3> NoSuchKey *b*")
    (shown,) = world.slack.ephemeral
    assert "evil" not in str(shown) and "<!" not in str(shown)


def test_a_lost_response_url_is_made_up_for(world: World) -> None:
    gone = {"response_url": f"{world.slack.url.removesuffix('/api/')}/response/gone"}
    said = {"type": "message", "user": BEN, "ts": "300.000001", "text": TRACEBACK}
    world.send(
        {
            "type": "message_action",
            "callback_id": EXPLAIN,
            "team": {"id": TEAM},
            "user": {"id": ANN},
            "channel": {"id": CHANNEL},
            "message": said,
            **gone,
        }  # fmt: skip
    )
    settle(world)
    reply = [call for call in world.slack.calls if call.method == "chat.postEphemeral"]
    assert [(call.body["user"], call.body["channel"]) for call in reply] == [(ANN, CHANNEL)]
    assert len(world.slack.ephemeral) == 1


@pytest.mark.parametrize("message", [None, {}, {"text": 3, "files": "x"}, {"blocks": [[[]]]}])
def test_a_damaged_message_is_answered_too(world: World, message: Any) -> None:
    payload = {
        "type": "message_action", "callback_id": EXPLAIN, "team": {"id": TEAM},
        "user": {"id": ANN}, "channel": {"id": CHANNEL},
        "response_url": world.slack.response_url(ResponseTarget(CHANNEL, ANN)),
    }  # fmt: skip
    assert world.send(payload | {"message": message}).status_code == 200
    settle(world)
    assert [shown["text"] for shown in world.slack.ephemeral] == [messages.NOTHING_RECOGNIZED]
