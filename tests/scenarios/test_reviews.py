"""Curators are asked about overdue facts, a few a day, and get a digest on Mondays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.curating.checks import FactCheck, check_of, share_in_date, with_check
from bot.dates import day_of
from bot.fake_slack.failures import Failure
from bot.store.review_tasks import ReviewTask
from bot.views.digest import NOTHING
from bot.views.fact_form import NOT_OPENED
from bot.views.review_request import NOT_YOURS, THANKS, TITLE
from knowledge import Fact
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle
from tests.scenarios.forms import send_form
from tests.scenarios.test_card import press
from tests.scenarios.test_unanswered import QUESTION, approve

FACT = "apigw-429"
ASKED = "what is 429 in api gateway"
AUTUMN = "2028-10-03T{}+00:00"
"""A Tuesday on which every fact is overdue."""


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    world = make_world(database_url=url)
    world.slack.people.users = {ANN: {"is_admin": True, "tz": "UTC"}, BEN: {"tz": "UTC"}}
    world.services.curators.choose_who(TEAM, (ANN,), ANN)
    began_at = world.wall_clock.now
    world.wall_clock.move_to("2028-10-02T12:00:00+00:00")  # or the lookups would be too old
    for user, text, times in ((BEN, ASKED, 3), (ANN, "sqs message size limit", 2)):
        for _ in range(times):
            world.command(text, user)
    world.lookups.write()
    world.wall_clock.now = began_at
    yield world
    world.close()


def at(world: World, moment: str) -> None:
    """Move to a moment, with the clock running from a quarter of an hour before."""
    world.wall_clock.move_to(moment)
    end = world.wall_clock.now
    for early in (600, 0):
        world.wall_clock.now = end - early
        world.clock.tick()
    for _ in range(5):  # one message a second
        world.wall_clock.now += 2
        world.clock.tick()


def requests(world: World) -> list[dict[str, Any]]:
    return [m for m in world.slack.messages if "due for a check" in m["text"]]


def first_of(message: dict[str, Any], text: str) -> dict[str, Any]:
    return buttons(message)[text]


def asked_about(message: dict[str, Any]) -> list[str]:
    ids = [b["block_id"] for b in message["blocks"] if b["type"] == "actions"]
    return [block_id.removeprefix("review:") for block_id in ids]


def test_three_overdue_facts_come_at_ten_the_most_used_first(world: World) -> None:
    at(world, AUTUMN.format("09:58:00"))
    assert requests(world) == []
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    facts = asked_about(message)
    assert len(facts) == 3 and FACT in facts
    assert TITLE in json.dumps(message["blocks"]) and "last checked" in message_text(message)
    at(world, AUTUMN.format("10:05:00"))
    assert len(requests(world)) == 1


def message_text(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


def test_nobody_is_asked_on_weekends_or_while_all_is_in_date(world: World) -> None:
    at(world, "2028-10-07T10:00:00+00:00")
    assert requests(world) == []
    at(world, "2026-11-24T10:00:00+00:00")
    known = world.services.teams.of(TEAM).knowledge.facts.values()
    if share_in_date(list(known), day_of(world.wall_clock.now)) == 1:
        assert requests(world) == []


def test_with_several_clocks_no_fact_goes_to_two_curators(
    world: World, make_world: Callable[..., World]
) -> None:
    world.services.curators.choose_who(TEAM, (ANN, BEN), ANN)
    other = make_world(database_url=world.store.engine.url.render_as_string(hide_password=False))
    world.wall_clock.move_to(AUTUMN.format("09:59:00"))
    for _ in range(3):
        for one in (world, other):
            one.clock.tick()
    world.wall_clock.move_to(AUTUMN.format("10:00:00"))
    for _ in range(6):
        for one in (world, other):
            one.clock.tick()
        world.wall_clock.now += 2
    first, second = requests(world)
    assert set(asked_about(first)).isdisjoint(asked_about(second))
    assert {first["channel"], second["channel"]} != {first["channel"]}


@pytest.mark.parametrize("back_at", ["10:07:00", "23:50:00"])
def test_a_clock_that_was_down_at_ten_asks_once_it_is_back_that_day(
    world: World, make_world: Callable[..., World], back_at: str
) -> None:
    world.wall_clock.move_to(AUTUMN.format(back_at))
    other = make_world(database_url=world.store.engine.url.render_as_string(hide_password=False))
    for _ in range(4):
        for one in (other, world):
            one.clock.tick()
        world.wall_clock.now += 2
    (message,) = requests(world)
    assert len(asked_about(message)) == 3
    again = make_world(database_url=world.store.engine.url.render_as_string(hide_password=False))
    again.clock.tick()
    assert len(requests(world)) == 1
    world.wall_clock.move_to("2028-10-04T09:00:00+00:00")
    world.clock.tick()
    assert len(requests(world)) == 1


def test_a_day_that_nothing_ran_is_not_made_up_for(world: World) -> None:
    world.wall_clock.move_to("2028-10-07T11:00:00+00:00")  # a Saturday
    world.clock.tick()
    assert requests(world) == []


def test_a_workspace_whose_people_look_nothing_up_is_asked_too(
    make_world: Callable[..., World], url: str
) -> None:
    world = make_world(database_url=url)
    world.slack.people.users = {BEN: {"is_admin": True, "tz": "UTC"}}
    world.command_reply("curators here", BEN, channel=CHANNEL)
    at(world, "2028-10-02T10:00:00+00:00")  # a Monday
    (message,) = requests(world)
    assert message["channel"] == "D0BEN" and len(asked_about(message)) == 3
    assert [digest["channel"] for digest in digests(world)] == [CHANNEL]


def test_still_true_updates_the_date_for_this_workspace(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    kept = json.loads(first_of(message, "Still true")["value"])[1]
    press(world, message, "Still true", ANN)
    assert THANKS in message["text"] and kept not in asked_about(message)
    assert len(asked_about(message)) == 2
    known = world.services.teams.of(TEAM)
    assert known.current(known.knowledge.facts[kept]).checked == "2028-10-03"
    assert kept not in known.own
    assert world.services.teams.of("T2").checks == {}
    at(world, "2028-10-04T10:00:00+00:00")
    assert kept not in asked_about(requests(world)[-1])


def test_the_card_shows_the_day_of_the_check(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("value") and FACT in element["value"] and "true" in element["action_id"]:
                world.press(element | {"block_id": block["block_id"]}, ANN)
    settle(world)
    world.services.teams.refresh()
    assert "checked 2028-10-03" in world.command(ASKED)["text"]
    assert "last checked" in world.command(ASKED, team="T2")["text"]


def test_not_mine_goes_to_the_next_curator_and_never_back_within_thirty_days(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    passed_on = json.loads(first_of(message, "Not mine")["value"])[1]
    press(world, message, "Not mine", ANN)
    assert passed_on not in asked_about(message)
    world.services.curators.choose_who(TEAM, (ANN, BEN), ANN)
    at(world, "2028-10-04T10:00:00+00:00")
    to_ann, to_ben = sorted(requests(world)[1:], key=lambda m: ANN not in message_text(m))
    assert passed_on in asked_about(to_ben) and passed_on not in asked_about(to_ann)


def test_changed_opens_the_form_with_the_fact(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    fact = json.loads(first_of(message, "Changed")["value"])[1]
    press(world, message, "Changed", ANN)
    (call,) = world.slack.wait_for("views.open")
    shown = json.dumps(call.body["view"], ensure_ascii=False)
    assert world.services.teams.of(TEAM).knowledge.facts[fact].title in shown


def test_once_the_change_is_saved_the_facts_buttons_go_away(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    fact = json.loads(first_of(message, "Changed")["value"])[1]
    press(world, message, "Changed", ANN)
    assert fact in asked_about(message)  # nothing is saved yet
    assert send_form(world, ANN, answer="It is another one now.") == {}
    assert len(asked_about(message)) == 2 and fact not in asked_about(message)
    known = world.services.teams.of(TEAM)
    now = known.knowledge.facts[fact]
    assert (now.answer, now.checked) == ("It is another one now.", "2028-10-03")
    assert f"\u2713 {now.title}" in message_text(message) and fact in known.own
    tasks = {task.fact: task.is_open for task in tasks_of(world)}
    assert tasks.pop(fact) is False and set(tasks.values()) == {True}
    assert requests(world) == [message]


def test_a_change_is_saved_even_if_its_message_is_gone(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    fact = json.loads(first_of(message, "Changed")["value"])[1]
    press(world, message, "Changed", ANN)
    world.wall_clock.now += 3600  # the message can't be edited by its response URL any longer
    assert send_form(world, ANN, answer="It is another one now.") == {}
    assert world.services.teams.of(TEAM).knowledge.facts[fact].answer.startswith("It is another")
    assert [task.is_open for task in tasks_of(world) if task.fact == fact] == [False]
    press(world, message, "Still true", ANN)
    assert fact not in asked_about(message)


def test_a_form_that_does_not_open_is_said(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    failure = Failure(error="expired_trigger_id")
    world.slack.failure_for = lambda method: failure if method == "views.open" else None
    press(world, message, "Changed", ANN)
    assert NOT_OPENED in [reply["text"] for reply in world.slack.ephemeral]
    assert len(asked_about(message)) == 3


def tasks_of(world: World) -> list[ReviewTask]:
    return world.store.review_tasks.of_day(TEAM, ANN, "2028-10-03")


def test_only_the_curator_who_was_asked_can_say(world: World) -> None:
    at(world, AUTUMN.format("10:00:00"))
    (message,) = requests(world)
    before = len(asked_about(message))
    press(world, message, "Still true", BEN)
    assert len(asked_about(message)) == before
    assert NOT_YOURS in [reply["text"] for reply in world.slack.ephemeral]
    world.services.curators.choose_who(TEAM, (BEN,), ANN)
    world.slack.people.users[ANN]["is_admin"] = False
    press(world, message, "Still true", ANN)
    assert "Only curators" in world.slack.ephemeral[-1]["text"]
    assert world.services.teams.of(TEAM).checks == {}


def test_an_erased_curator_leaves_no_task(world: World) -> None:
    at(world, AUTUMN.format("09:55:00"))
    world.store.people.erase(TEAM, ANN)
    assert world.store.review_tasks.of_day(TEAM, ANN, "2028-10-03") == []
    at(world, AUTUMN.format("10:00:00"))


def test_a_check_holds_while_the_fact_reads_the_same() -> None:
    fact = Fact(
        id="x", service="s3", title="X", answer="Yes.", detail=None, was=None, keywords=(),
        phrasings=(), related=(), source="https://example.com", checked="2026-01-01", quiz=(),
    )  # fmt: skip
    check = FactCheck.decode(check_of(fact, day_of(1_800_000_000)).encode())
    assert check and with_check(fact, check).checked == "2027-01-15"
    newer = replace(fact, answer="No.", checked="2026-12-01")
    assert with_check(newer, check) == newer
    later = replace(fact, checked="2028-01-01")
    assert with_check(later, check) == later
    assert FactCheck.decode("nonsense") is None


def digests(world: World) -> list[dict[str, Any]]:
    return [m for m in world.slack.messages if m["text"].startswith("Your AWS facts this week")]


def test_the_digest_comes_on_mondays_at_ten_once(
    world: World, make_world: Callable[..., World]
) -> None:
    world.services.curators.choose_channel(TEAM, CHANNEL, ANN)
    world.command(f"{QUESTION} <!here>", BEN)
    world.command("secret of the others", team="T2")
    approve(world)
    world.services.unanswered.write()
    other = make_world(database_url=world.store.engine.url.render_as_string(hide_password=False))
    for moment in ("2026-11-29T10:00:00+00:00", "2026-11-30T09:50:00+00:00"):
        at(world, moment)
    assert digests(world) == []
    at(world, "2026-11-30T10:00:00+00:00")
    at(other, "2026-11-30T10:01:00+00:00")
    (digest,) = digests(world)
    assert digest["channel"] == CHANNEL and "nobody looked up" in digest["text"]
    assert "secret" not in digest["text"] and BEN not in digest["text"]


def test_a_digest_that_nothing_sent_at_ten_comes_later_that_day_once(
    world: World, make_world: Callable[..., World]
) -> None:
    world.services.curators.choose_channel(TEAM, CHANNEL, ANN)
    world.command(QUESTION, BEN)
    world.services.unanswered.write()
    world.wall_clock.move_to("2026-11-30T19:30:00+00:00")
    other = make_world(database_url=world.store.engine.url.render_as_string(hide_password=False))
    for _ in range(4):
        for one in (other, world):
            one.clock.tick()
        world.wall_clock.now += 300
    assert len(digests(world)) == 1
    world.wall_clock.move_to("2026-12-01T10:00:00+00:00")
    world.clock.tick()
    assert len(digests(world)) == 1


def test_nothing_to_say_is_not_said(world: World) -> None:
    known = world.services.teams.of(TEAM).knowledge.facts.values()
    if share_in_date(list(known), day_of(world.wall_clock.now)) < 1:
        pytest.skip("some facts are due")
    at(world, "2026-11-30T10:00:00+00:00")
    assert digests(world) == []
    assert NOTHING in world.command_reply("digest")["text"]


def test_the_digest_on_demand_is_for_curators(world: World) -> None:
    world.command("sagemaker storage autoscaling max", BEN)
    world.services.unanswered.write()
    reply = world.command_reply("digest")["text"]
    assert (
        "sagemaker storage autoscaling max (1 time by 1 person)" in reply and "up to date" in reply
    )
    world.slack.people.users[BEN] = {"tz": "UTC"}
    assert "Only curators" in world.command_reply("digest", BEN)["text"]


def test_metrics_show_the_share_of_facts_in_date(world: World) -> None:
    world.wall_clock.move_to(AUTUMN.format("10:00:00"))
    assert "factbot_facts_in_date_ratio 0.0" in world.services.metrics.text().decode()


def test_the_home_tab_shows_the_share_to_curators_alone(world: World) -> None:
    world.wall_clock.move_to(AUTUMN.format("10:00:00"))
    for user, is_shown in ((ANN, True), (BEN, False)):
        world.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"})
        settle(world)
        shown = json.dumps(world.slack.wait_for("views.publish")[-1].body["view"])
        assert ("0% of the facts are up to date. The goal is 95%" in shown) is is_shown
