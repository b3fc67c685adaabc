"""Suggestions that nobody was told about: their authors know, and curators find them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.views import suggestion as view
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle
from tests.scenarios.forms import FILLED, modal, send_form, suggest
from tests.scenarios.test_disputes import report_fact

ADVICE = "type “/aws curators here” in the channel to use"


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    """Nobody is named, and there is no channel; Ben is an admin."""
    world = make_world(database_url=url)
    world.store.prepare()
    world.slack.people.users = {ANN: {}, BEN: {"is_admin": True}}
    yield world


def sent(world: World, **entered: str) -> str:
    """Suggest a fact; what the form says then."""
    world.command("suggest")
    settle(world)
    send_form(world, **(FILLED | entered))
    if "private_metadata" in modal(world):
        send_form(world, **(FILLED | entered))
    shown = json.dumps(modal(world), ensure_ascii=False)
    world.slack.view_store.close(ANN, modal(world)["id"])
    return shown


def show(world: World, reply: dict[str, Any], user: str = BEN) -> dict[str, Any]:
    """Press the first *Show*; what only the person sees then."""
    before = len(world.responses())
    world.press(buttons(reply)["Show"], user)
    settle(world)
    return world.responses(before + 1)[before]


def test_whoever_suggests_hears_that_nobody_is_told_and_what_to_do(world: World) -> None:
    assert ADVICE in sent(world)
    world.command_reply("curators here", BEN)
    assert ADVICE not in sent(world, title="Another freeze")


def test_whoever_reports_hears_it_too(world: World) -> None:
    report_fact(world)
    assert ADVICE in json.dumps(modal(world), ensure_ascii=False)
    world.command_reply("curators here", BEN)
    report_fact(world, BEN)
    assert ADVICE not in json.dumps(modal(world, BEN), ensure_ascii=False)


def test_curators_find_what_waits_and_decide_there(world: World) -> None:
    suggest(world)
    world.wall_clock.now += 60
    suggest(world, title="A *second* freeze <!here>")
    reply = world.command_reply("suggestions", BEN)
    assert reply["text"].startswith("2 suggestions are waiting for a decision. Oldest first:")
    assert reply["text"].index(FILLED["title"]) < reply["text"].index("second")
    assert "<!here>" not in reply["text"] and f"by <@{ANN}>" in reply["text"]
    assert "Nobody is told about new ones" in reply["text"]
    first = show(world, reply)
    assert FILLED["answer"] in first["text"] and first["response_type"] == "ephemeral"
    world.press(buttons(first)["Approve"], BEN)
    settle(world)
    assert f"Approved by <@{BEN}>" in world.responses()[-1]["text"]
    assert FILLED["answer"] in world.command("when is the zanzibar freeze for lambda")["text"]
    reply = world.command_reply("suggestions", BEN)
    assert (
        reply["text"].startswith("1 suggestion is waiting") and FILLED["title"] not in reply["text"]
    )
    digest = world.command_reply("digest", BEN)["text"]
    _, _, waiting = digest.partition("*Suggested answers* (`/aws suggestions`)\n")
    assert "second" in waiting.split("\n")[0]


def test_without_any_that_is_said(world: World) -> None:
    assert world.command_reply("suggestions", BEN)["text"] == view.NOTHING_OPEN
    suggest(world)
    assert world.store.suggestions.reject(TEAM, 1, BEN, "No.")
    assert world.command_reply("suggestions", BEN)["text"] == view.NOTHING_OPEN


def test_nobody_else_sees_them(world: World) -> None:
    suggest(world)
    assert "Only curators" in world.command_reply("suggestions", ANN)["text"]
    other = world.command_reply("suggestions", BEN, team="T2")
    assert other["text"] == view.NOTHING_OPEN
    reply = world.command_reply("suggestions", BEN)
    assert "Only curators" in show(world, reply, ANN)["text"]
    before = len(world.responses())
    world.press(buttons(reply)["Show"], BEN, team={"id": "T2"})
    settle(world)
    assert world.responses(before + 1)[before]["text"] == view.GONE


def test_the_curators_overview_says_who_is_told(world: World) -> None:
    said = world.command_reply("curators", ANN)["text"]
    assert "nobody gets reports and suggestions" in said
    said = world.command_reply("curators", BEN)["text"]
    assert f"so <@{BEN}> will get reports and suggestions directly" in said
    said = world.command_reply("curators here", BEN)["text"]
    assert f"They get reports and suggestions in <#{CHANNEL}>." in said


def test_the_list_of_reports_says_that_nobody_is_told(world: World) -> None:
    report_fact(world)
    assert "Nobody is told about new ones" in world.command_reply("cases", BEN)["text"]
    world.command_reply("curators here", BEN)
    assert "Nobody is told" not in world.command_reply("cases", BEN)["text"]
