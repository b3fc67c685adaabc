"""A question without an answer: where else to look, and asking for one to be written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.fake_slack.response_urls import ResponseTarget
from bot.store.tables import fact_requests
from knowledge import KnowledgeBase, Result
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, World, buttons, settle
from tests.scenarios.test_card import press
from tests.unit.bot.test_cli import run

UNKNOWN = "how do I water tomatoes & herbs in october"
ASK = "Ask the team to answer this"


def refused(world: World, user: str = ANN, text: str = UNKNOWN) -> dict[str, Any]:
    world.slack.receive_command_response(ResponseTarget(CHANNEL, user), world.command(text, user))
    return world.slack.ephemeral[-1]


def test_awss_own_search_has_the_question_filled_in(world: World) -> None:
    search = buttons(world.command(UNKNOWN))["Search AWS docs"]
    assert search["url"].startswith("https://docs.aws.amazon.com/search/")
    assert search["url"].endswith(
        "searchQuery=how%20do%20I%20water%20tomatoes%20%26%20herbs%20in%20october"
    )
    world.press(search)
    settle(world)
    assert world.slack.calls == []  # Slack opens it


@pytest.mark.parametrize("text", ["\U0001f345", "x" * 99, '"&'])
def test_an_odd_question_makes_a_short_address(world: World, text: str) -> None:
    assert (
        len(buttons(world.command("tomato zorbs " + text * 300))["Search AWS docs"]["url"]) <= 3000
    )


def test_asking_for_an_answer_is_noted_once_and_shown_in_place(world: World) -> None:
    reply = refused(world)
    for _ in range(2):
        world.press(buttons(world.command(UNKNOWN))[ASK])
    press(world, reply, ASK, ANN)
    assert reply["text"].startswith("Thanks!") and ASK not in buttons(reply)
    assert "Search AWS docs" in buttons(reply)
    with world.store.engine.connect() as db:
        rows = db.execute(select(fact_requests.c.user, fact_requests.c.question)).all()
    assert [tuple(row) for row in rows] == [(ANN, UNKNOWN)]


def test_asking_the_team_asks_the_facts_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed, asked = buttons(world.command(UNKNOWN)), list[str]()
    real = KnowledgeBase.ask

    def ask(knowledge: KnowledgeBase, question: str) -> Result:
        asked.append(question)
        return real(knowledge, question)

    monkeypatch.setattr(KnowledgeBase, "ask", ask)
    world.press(pressed[ASK])
    settle(world)
    assert len(asked) == 1
    world.press(buttons(world.responses()[-1])["Tell me when you know"])
    settle(world)
    assert len(asked) == 3, "whether there is an answer by now, and what to show"


def test_whoever_did_not_ask_sees_the_thanks_alone(world: World) -> None:
    world.mention(f"<@{BOT}> {UNKNOWN}")
    settle(world)
    (public,) = world.slack.messages
    press(world, public, ASK, BEN)
    assert ASK in buttons(public)
    assert [reply["visible_to"] for reply in world.slack.ephemeral] == [BEN]
    press(world, public, ASK, ANN)
    assert ASK not in buttons(public)


def test_the_command_lists_alike_wordings_together_with_counts_and_no_names(world: World) -> None:
    reworded = "in october, how do i water herbs and tomatoes?"
    for user, text in (
        (ANN, "best sauce for pizza"),
        (ANN, UNKNOWN),
        (BEN, UNKNOWN),
        (BEN, reworded),
    ):
        world.press(buttons(world.command(text, user))[ASK], user)
    settle(world)
    url = {"DATABASE_URL": str(world.store.engine.url)}
    world.services.unanswered.write()
    lines = run("gaps", environ=url).stdout.decode().splitlines()
    assert [line.split() for line in lines[:2]] == [
        ["2", "2026-11-23", *UNKNOWN.split()], reworded.split(),
    ]  # fmt: skip
    assert lines[2].split()[:3] == ["1", "2026-11-23", "best"]
    out = run("gaps", "--json", environ=url).stdout.decode()
    assert [(group["people"], group["times"]) for group in json.loads(out)] == [(2, 3), (1, 1)]
    assert ANN not in out and "T1" not in out


def test_requests_are_kept_for_180_days(world: World) -> None:
    world.store.fact_requests.add("T1", ANN, UNKNOWN)
    world.wall_clock.now += 179 * 86_400
    world.store.prune()
    assert len(world.store.gaps.wordings()) == 1
    world.wall_clock.now += 2 * 86_400
    world.store.prune()
    assert world.store.gaps.wordings() == []
