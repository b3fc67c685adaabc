"""What is counted and logged of each request."""

from __future__ import annotations

import logging

import pytest

from bot.fake_slack.server import Failure
from tests.scenarios.conftest import World, buttons, settle


def counted(world: World) -> dict[str, float]:
    page = world.web.test_client().get("/metrics")
    assert page.status_code == 200
    lines = [line for line in page.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_questions_are_counted_by_where_and_with_what_outcome(world: World) -> None:
    world.command("what is 429 in api gateway")
    world.command("what is 429 in api gateway")
    world.command("how tall is the eiffel tower")
    world.command("help")
    world.mention("<@U0BOT> what is 429 in api gateway")
    world.direct("what is 429 in api gateway")
    settle(world)
    found = counted(world)
    assert found['factbot_asks_total{outcome="answer",surface="command"}'] == 2
    assert found['factbot_asks_total{outcome="unknown",surface="command"}'] == 1
    assert found['factbot_asks_total{outcome="answer",surface="app_mention"}'] == 1
    assert found['factbot_asks_total{outcome="answer",surface="message"}'] == 1
    assert found['factbot_request_seconds_count{kind="command",outcome="done"}'] == 1
    assert found['factbot_request_seconds_count{kind="command",outcome="answer"}'] == 2


def test_errors_of_slacks_are_counted_by_class(world: World) -> None:
    world.slack.fail_next("chat.postMessage", Failure(error="is_archived"))
    world.slack.fail_next("chat.postMessage", Failure(status=429, retry_after=0))
    for _ in range(2):
        world.mention("<@U0BOT> what is 429 in api gateway")
        settle(world)
    found = counted(world)
    assert found['factbot_slack_errors_total{class="channel gone"}'] == 1
    assert found['factbot_slack_errors_total{class="later"}'] == 1


@pytest.mark.parametrize(("late", "expected"), [(0, 0), (600, 1)])
def test_questions_posted_and_late_and_the_clocks_beat(
    world: World, late: int, expected: int
) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    assert str(counted(world)["factbot_clock_beat_timestamp_seconds"]) == "nan"
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    settle(world)
    world.clock.tick()
    world.wall_clock.move_to("2026-11-23T08:30:00+00:00")
    world.wall_clock.now += late
    world.clock.tick()
    found = counted(world)
    assert found["factbot_quizzes_posted_total"] == 1
    assert found["factbot_quizzes_late_total"] == expected
    assert found["factbot_clock_beat_timestamp_seconds"] == world.wall_clock.now


def test_without_a_database_the_page_is_still_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> float:
        raise OSError

    monkeypatch.setattr(world.services.metrics, "_last_beat", away)
    assert str(counted(world)["factbot_clock_beat_timestamp_seconds"]) == "nan"


def served(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    records = [record for record in caplog.records if record.getMessage() == "served"]
    assert all(vars(record)["seconds"] >= 0 for record in records)
    return [
        (vars(record)["kind"], vars(record)["team"], vars(record)["outcome"]) for record in records
    ]


def test_each_request_leaves_a_line(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = world.command("what is 429 in api gateway")
    world.command_reply("quiz status")
    world.press(next(iter(buttons(answer).values())))
    world.mention("<@U0BOT> sqs retention", event_id="Ev1")
    world.mention("<@U0BOT> sqs retention", event_id="Ev1")
    settle(world)
    lines = served(caplog)
    assert ("command", "T1", "answer") in lines
    assert ("command quiz", "T1", "done") in lines
    assert ("block_actions", "T1", "done") in lines
    assert ("app_mention", "T1", "repeated") in lines
