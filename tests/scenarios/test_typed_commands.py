"""Commands typed as a mention or a direct message do what the slash command does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot import messages
from bot.answers.commands import Command, read_command
from bot.fake_slack.validator import Surface, validation_errors
from bot.quiz import texts
from bot.views.quiz_settings import CALLBACK
from tests.scenarios.conftest import ANN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle

PERSONAL = "chat.postEphemeral"


def typed(world: World, surface: str, text: str, **more: Any) -> list[dict[str, Any]]:
    """Type a text; what it is answered with, in calls to Slack."""
    before = len(world.slack.calls)
    if surface == "mention":
        world.mention(f"<@{BOT}> {text}", **more)
    elif surface == "direct":
        world.direct(text, **more)
    else:
        world.command(text)
    settle(world)
    shown = [c for c in world.slack.calls[before:] if c.method.startswith(("chat.", "response"))]
    return [call.body | {"method": call.method} for call in shown]


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
def test_a_quiz_is_set_up_asked_and_ended(world: World, surface: str) -> None:
    channel = DIRECT if surface == "direct" else CHANNEL
    (introduced,) = typed(world, surface, "quiz on 9:30 mon wed fri GMT+2")
    assert (introduced["method"], introduced["channel"]) == ("chat.postMessage", channel)
    assert "Question at 09:30, Mon, Wed, Fri, UTC+2" in introduced["text"]
    subscription = world.store.subscriptions.get(TEAM, channel)
    assert subscription and subscription.schedule.tz == "Etc/GMT-2"
    (reply,) = typed(world, surface, "quiz on 10:00")
    assert "Question at 10:00, Mon, Wed, Fri, UTC+2" in reply["text"]
    (reply,) = typed(world, surface, "please quiz status!")
    assert "Question at 10:00" in reply["text"]
    (reply,) = typed(world, surface, "quiz off")
    assert reply["text"] == texts.quiz_off("/aws")
    (reply,) = typed(world, surface, "quiz on 9:30 17:00")
    assert "two times, 09:30 and 17:00" in reply["text"]
    (reply,) = typed(world, surface, "quiz stats")
    assert "quiz on 09:30" in reply["text"]


@pytest.mark.parametrize("surface", ["mention", "direct"])
def test_quiz_now_posts_the_question(world: World, surface: str) -> None:
    channel = DIRECT if surface == "direct" else CHANNEL
    (asked,) = typed(world, surface, "quiz now")
    assert (asked["method"], asked["channel"]) == ("chat.postMessage", channel)
    assert sorted(buttons(asked))[:4] == ["A", "B", "C", "D"]
    (reply,) = typed(world, surface, "quiz now")
    assert reply["text"] == texts.ASKED_ALREADY


@pytest.mark.parametrize("surface", ["mention", "direct"])
def test_the_settings_open_by_a_button(world: World, surface: str) -> None:
    (offered,) = typed(world, surface, "quiz")
    assert (
        validation_errors(
            {k: v for k, v in offered.items() if k in ("text", "blocks")}, Surface.MESSAGE
        )
        == []
    )
    channel = {"id": offered["channel"], "name": "x"}
    world.press(buttons(offered)[texts.OPEN_SETTINGS], channel=channel)
    world.slack.wait_for("views.update")
    (view,) = world.slack.views.values()
    assert view["callback_id"] == CALLBACK
    assert json.loads(view["private_metadata"])[0] == offered["channel"]


@pytest.mark.parametrize("surface", ["mention", "direct"])
def test_the_leaderboard_is_for_all_and_a_place_on_it_is_personal(
    world: World, surface: str
) -> None:
    (reply,) = typed(world, surface, "show me the leaderboard")
    assert reply["method"] == "chat.postMessage" and messages.LEADERBOARD in reply["text"]
    (reply,) = typed(world, surface, "leaderboard off")
    assert reply["text"] == texts.hidden_from_ranks("/aws")
    assert reply["method"] == ("chat.postMessage" if surface == "direct" else PERSONAL)
    assert world.store.people.unranked(TEAM) == {ANN}


def test_practice_in_a_channel_is_private_and_in_the_thread_it_was_asked_in(world: World) -> None:
    (asked,) = typed(world, "mention", "practice", ts="100.5")
    assert (asked["method"], asked["user"], asked["channel"]) == (PERSONAL, ANN, CHANNEL)
    assert "thread_ts" not in asked  # nobody has replied yet, so Slack would not show it there
    assert sorted(buttons(asked)) == ["A", "B", "C", "D"]
    (reply,) = typed(world, "mention", "practice stop", ts="100.9", thread_ts="100.5")
    assert (reply["method"], reply["thread_ts"]) == (PERSONAL, "100.5")
    assert reply["text"] == messages.STOPPED


@pytest.mark.parametrize("surface", ["mention", "direct"])
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("help", "/aws services"), ("services", "Amazon SQS"), ("practice resume", "weekdays"),
        ("/aws help", "/aws services"), ("practice hard", messages.PRACTICE_USAGE),
        ("random", "checked"), ("list sqs", "facts"), ("hi!", "/aws services"),
    ],
)  # fmt: skip
def test_whatever_the_command_does_is_done(
    world: World, surface: str, text: str, part: str
) -> None:
    (reply,) = typed(world, surface, text)
    assert part in reply["text"]


@pytest.mark.parametrize("surface", ["mention", "direct"])
@pytest.mark.parametrize(
    "text", ["practice exam for lambda timeout?", "quiz answers show 429 in api gateway, why"]
)
def test_a_question_that_begins_like_a_command_is_searched(
    world: World, surface: str, text: str
) -> None:
    (reply,) = typed(world, surface, text)
    shown = json.dumps(reply)
    assert "Lambda" in shown or "429" in shown
    assert world.store.people.practiced_facts(TEAM, ANN, 0.0) == {}
    assert world.store.subscriptions.get(TEAM, reply["channel"]) is None


def test_the_slash_command_takes_the_same_questions(world: World) -> None:
    answer = world.command("quiz answers show 429 in api gateway, why")
    assert "429" in answer["text"]


def test_a_slash_command_is_read_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(text: str, slash: str) -> Command | None:
        read.append(text)
        return read_command(text, slash)

    monkeypatch.setattr("bot.listeners.activities.read_command", noted)
    (reply,) = typed(world, "command", "practice stop")
    assert reply["text"] == messages.STOPPED
    assert read == ["practice stop"]
