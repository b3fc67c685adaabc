"""The system clock jumps, or the machine was away for days: no question is lost to either."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.server import Failure, FakeSlack
from bot.posting.steady_time import SteadyTime, slack_time
from tests.scenarios.conftest import CHANNEL, TEAM, WallClock, World, buttons
from tests.scenarios.test_quiz import HISTORY, press

DAY = 86_400.0


class Machine:
    """Its system clock is off by `wrong`; its monotonic clock missed what it `slept`."""

    def __init__(self, wall_clock: WallClock, slack: FakeSlack) -> None:
        self._wall_clock = wall_clock
        self._slack = slack
        self.wrong = 0.0
        self.slept = 0.0
        self.asked = 0
        self.is_cut_off = False

    def time(self) -> SteadyTime:
        """What a process that starts now goes by."""
        return SteadyTime(
            self._ask,
            lambda: self._wall_clock.now + self.wrong,
            lambda: self._wall_clock.now - self.slept - 1_700_000_000,
        )

    def _ask(self) -> float | None:
        self.asked += 1
        if self.is_cut_off:
            raise ConnectionRefusedError
        return self._slack.now()


@pytest.fixture
def machine(wall_clock: WallClock, slack: FakeSlack) -> Machine:
    slack.scopes |= HISTORY
    return Machine(wall_clock, slack)


@pytest.fixture
def quiz(machine: Machine, make_world: Callable[..., World]) -> World:
    world = make_world(now=machine.time())
    world.clock.tick()
    world.command("quiz on 09:30 daily Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    return world


def asked(world: World) -> list[dict[str, Any]]:
    """The open questions in the channel."""
    return copy.deepcopy([m for m in world.slack.messages if "A" in buttons(m)])


def revealed(world: World) -> int:
    in_channel = [message for message in world.slack.messages if not message["thread_ts"]]
    return sum(messages.RIGHT_ANSWER in message["text"] for message in in_channel)


def go(world: World, at: str) -> None:
    """Time passes until then, and the clock ticks now and then."""
    end = WallClock(at).now
    while world.wall_clock.now < end:
        world.wall_clock.now = min(end, world.wall_clock.now + 600)
        world.clock.tick()


@pytest.mark.parametrize("wrong", [DAY, -DAY, 1.5 * DAY])
def test_a_jump_of_the_system_clock_and_back_closes_and_skips_nothing(
    quiz: World, machine: Machine, wrong: float
) -> None:
    go(quiz, "2026-11-23T10:00:00+01:00")
    (first,) = asked(quiz)
    machine.wrong = wrong
    go(quiz, "2026-11-23T12:00:00+01:00")
    assert asked(quiz) == [first]
    assert press(quiz, first, "A")["text"].startswith("You picked A:")
    machine.wrong = 0.0
    go(quiz, "2026-11-23T16:59:00+01:00")
    assert (len(asked(quiz)), revealed(quiz)) == (1, 0)
    go(quiz, "2026-11-23T17:01:00+01:00")
    assert (len(asked(quiz)), revealed(quiz)) == (0, 1)
    go(quiz, "2026-11-24T09:31:00+01:00")
    assert len(asked(quiz)) == 1
    assert machine.asked == 3, "once at the start and once after each jump"


def test_while_the_system_clock_is_wrong_the_quiz_comes_at_the_right_time(
    quiz: World, machine: Machine
) -> None:
    machine.wrong = DAY
    go(quiz, "2026-11-23T09:31:00+01:00")
    assert len(asked(quiz)) == 1
    go(quiz, "2026-11-23T17:01:00+01:00")
    assert revealed(quiz) == 1


def test_a_process_that_starts_with_a_wrong_clock_asks_slack_first(
    machine: Machine, quiz: World, make_world: Callable[..., World]
) -> None:
    go(quiz, "2026-11-23T10:00:00+01:00")
    machine.wrong, machine.is_cut_off = DAY, True
    second = make_world(now=machine.time())
    go(second, "2026-11-23T11:00:00+01:00")
    assert (len(asked(second)), revealed(second)) == (1, 0), "nothing is done before Slack answers"
    machine.is_cut_off = False
    go(second, "2026-11-23T16:59:00+01:00")
    assert (len(asked(second)), revealed(second)) == (1, 0)
    go(second, "2026-11-24T09:31:00+01:00")
    assert (len(asked(second)), revealed(second)) == (1, 1)


def test_a_jump_while_slack_is_away_is_not_believed_before_slack_says_so(
    quiz: World, machine: Machine
) -> None:
    go(quiz, "2026-11-23T10:00:00+01:00")
    machine.wrong, machine.is_cut_off = DAY, True
    go(quiz, "2026-11-23T12:00:00+01:00")
    assert (len(asked(quiz)), revealed(quiz)) == (1, 0)


@pytest.mark.parametrize("is_restarted", [True, False], ids=["outage", "sleep"])
def test_after_days_away_the_quiz_goes_on_with_todays_question(
    quiz: World, machine: Machine, make_world: Callable[..., World], is_restarted: bool
) -> None:
    go(quiz, "2026-11-23T10:00:00+01:00")
    machine.slept = 3 * DAY
    quiz.wall_clock.now += 3 * DAY
    after = make_world(now=machine.time()) if is_restarted else quiz
    after.clock.tick()
    go(after, "2026-11-26T10:00:10+01:00")  # what the limit of one message a second held back
    assert revealed(after) == 1
    assert len(asked(after)) == 1
    posting = after.store.postings.latest(TEAM, CHANNEL)
    assert posting and posting.ts == asked(after)[0]["ts"]


def test_small_changes_of_the_system_clock_are_followed_without_asking(
    wall_clock: WallClock, machine: Machine
) -> None:
    steady = machine.time()
    assert steady.check()
    for _ in range(100):
        machine.wrong += 1.0
        wall_clock.now += 1
        assert steady.check()
    assert steady() == pytest.approx(wall_clock.now + 100)
    assert machine.asked == 1


def test_a_slack_that_names_no_time_is_taken_for_no_witness(wall_clock: WallClock) -> None:
    steady = SteadyTime(lambda: None, wall_clock, time.monotonic)
    assert steady.check()
    wall_clock.now += DAY
    assert steady.check()
    assert steady() == pytest.approx(wall_clock.now, abs=1)


def test_slack_says_what_time_it_is_with_every_answer_even_a_refusal(slack: FakeSlack) -> None:
    for failure in (None, Failure(status=429, retry_after=1), Failure(status=500)):
        if failure:
            slack.fail_next("api.test", failure)
        assert slack_time(slack.url) == pytest.approx(time.time(), abs=5)


def test_where_no_slack_is_there_is_no_time(free_port: int) -> None:
    with pytest.raises(OSError):
        slack_time(f"http://127.0.0.1:{free_port}/api/")
