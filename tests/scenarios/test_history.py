"""Who changed a fact, undoing that in Slack, and where a retired fact's ID leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.store.fact_changes import ChangeKind
from bot.views.value import Value
from knowledge import KnowledgeBase
from knowledge.files.single import write_fact
from tests.scenarios.conftest import ANN, BEN, TEAM, World, settle

FACT = "lambda-timeout"
QUESTION = "what is the lambda timeout limit"


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    world = make_world(database_url=url)
    world.store.prepare()
    world.slack.people.users = {ANN: {}, BEN: {"is_admin": True}}
    yield world


def write(world: World, answer: str, by: str = ANN) -> None:
    built_in = world.services.teams.built_in.knowledge.facts[FACT]
    changed = replace(built_in, answer=answer, quiz=(), value=None, check=None, demand=2)
    world.store.fact_changes.add(TEAM, FACT, ChangeKind.WRITTEN, write_fact(changed), by)
    world.services.teams.refresh()


def answer(world: World) -> str:
    return str(world.command(QUESTION)["text"])


def test_curators_see_who_changed_what_and_when(world: World) -> None:
    assert "Only curators" in world.command_reply(f"history {FACT}")["text"]
    assert "Nobody here has changed" in world.command_reply(f"history {FACT}", BEN)["text"]
    for number in range(16):
        write(world, f"It is {number} minutes.", "Ann *b* <!here>" if number == 15 else ANN)
    said = world.command_reply(f"history {FACT}", BEN)["text"]
    assert said.count("written as") == 15 and f"by <@{ANN}>" in said
    assert "<!here>" not in said and "<!date^" in said
    assert "Nobody" in world.command_reply(f"history {FACT}", BEN, team="T2")["text"]


def test_checks_notes_and_reports_are_listed_but_cannot_be_undone(world: World) -> None:
    add = world.store.fact_changes.add
    add(TEAM, FACT, ChangeKind.CHECKED, "2026-11-23 0123456789abcdef", BEN)
    said = world.command_reply(f"history {FACT}", BEN)["text"]
    assert f"confirmed as still true by <@{BEN}>" in said and "0123456789abcdef" not in said
    assert "\u2022" in said and "revert" not in said
    write(world, "It is 16 minutes.")
    add(TEAM, FACT, ChangeKind.NOTED, "Ours is *5* <!here>", BEN)
    add(TEAM, FACT, ChangeKind.NOTED, "", BEN)
    add(TEAM, FACT, ChangeKind.DISPUTED, "", ANN)
    add(TEAM, FACT, ChangeKind.SETTLED, "kept", BEN)
    write(world, "It is 17 minutes.")
    _, *rows, how = world.command_reply(f"history {FACT}", BEN)["text"].split("\n")
    assert [row.split(" ")[0] for row in rows] == ["1.", *["\u2022"] * 4, "2.", "\u2022"]
    said = "\n".join(rows)
    for what in (
        f"report settled: kept by <@{BEN}>", f"reported as wrong by <@{ANN}>",
        f"team note removed by <@{BEN}>", "team note \u201cOurs is",
    ):  # fmt: skip
        assert what in said
    assert "<!here>" not in said and "undoes change 1;" in how
    world.command_reply(f"revert {FACT} 2", BEN)
    assert "16 minutes" not in answer(world) and "17 minutes" not in answer(world)
    assert "only once" not in world.command_reply(f"revert {FACT} 9", BEN)["text"]


def test_a_long_history_fits_into_a_message(world: World) -> None:
    for _ in range(20):
        world.store.fact_changes.add(TEAM, FACT, ChangeKind.NOTED, "&" * 300, ANN)
    assert "team note" in world.command_reply(f"history {FACT}", BEN)["text"]


def test_one_command_undoes_changes(world: World, knowledge: KnowledgeBase) -> None:
    before = answer(world)
    write(world, "It is 16 minutes.")
    write(world, "It is 17 minutes.")
    assert "Only curators" in world.command_reply(f"revert {FACT}")["text"]
    assert "17 minutes" in answer(world)
    said = world.command_reply(f"revert {FACT}", BEN)["text"]
    assert said.startswith(f"Undone for *{FACT}*:") and f"by <@{ANN}>" in said
    assert "16 minutes" in answer(world)
    assert "only 3 times" in world.command_reply(f"revert {FACT} 9", BEN)["text"]
    assert "The built-in fact is back" in world.command_reply(f"revert {FACT} 3", BEN)["text"]
    assert answer(world) == before
    assert "16 minutes" in (world.command_reply(f"revert {FACT}", BEN), answer(world))[1]


def test_an_old_button_of_a_retired_fact_leads_to_its_successor(
    world: World, knowledge: KnowledgeBase
) -> None:
    heir = knowledge.facts["lambda-async-retries"]
    world.store.fact_changes.add(TEAM, FACT, ChangeKind.RETIRED, heir.id, BEN)
    world.services.teams.refresh()
    value = Value(FACT, ANN, "").encode()
    world.press({"type": "button", "action_id": "show_fact_0", "value": value})
    settle(world)
    assert heir.title in world.responses()[-1]["text"]
    world.command_reply(f"revert {FACT}", BEN)
    world.press({"type": "button", "action_id": "show_fact_0", "value": value})
    settle(world)
    assert knowledge.facts[FACT].title in world.responses()[-1]["text"]
