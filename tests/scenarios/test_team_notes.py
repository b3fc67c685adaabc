"""A workspace's own note on a fact: curators write it, everybody there sees it, nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot import messages
from bot.curating.hourly_limit import MAX_PER_HOUR
from bot.store.fact_changes import ChangeKind
from bot.team.checks import check_of
from bot.views import team_note as view
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, database_away, settle
from tests.scenarios.test_card import QUESTION, shown_to
from tests.scenarios.test_card import press as press_on
from tests.scenarios.test_disputes import FACT, modal, submit, typed
from tests.scenarios.test_disputes import world as world
from tests.scenarios.test_practice import exercise_of, press_private
from tests.scenarios.test_quiz import asked, press, reveal, shown

NOTE = "Our limit in <!here> *prod* is 5,000 & growing."


def open_note(world: World, name: str = view.ADD, user: str = BEN) -> None:
    press_on(world, shown_to(world, user), name, user)


def save(world: World, note: str | None, user: str = BEN) -> dict[str, str]:
    return submit(world, user, team_note_text=typed(note))


def test_a_note_is_below_the_fact_in_this_workspace_only(world: World) -> None:
    open_note(world)
    assert "429" in shown(modal(world, BEN))
    assert save(world, f"  {NOTE}\n") == {}
    assert view.SAVED in shown(modal(world, BEN))
    card = world.command(QUESTION, ANN)
    assert "*Team note:*" in shown(card) and "5,000 &amp; growing" in shown(card)
    assert "<!here>" not in shown(card) and "5,000" in card["text"]
    assert "5,000" not in shown(world.command(QUESTION, ANN, team="T2"))
    changes = world.store.fact_changes.history(TEAM, FACT)
    assert [(c.kind, c.content, c.changed_by) for c in changes] == [(ChangeKind.NOTED, NOTE, BEN)]
    assert world.store.fact_changes.history("T2", FACT) == []


def test_a_note_is_edited_and_removed(world: World) -> None:
    open_note(world)
    save(world, NOTE)
    open_note(world, view.EDIT)
    inputs = [block for block in modal(world, BEN)["blocks"] if block["type"] == "input"]
    assert inputs[0]["element"]["initial_value"] == NOTE
    save(world, NOTE)
    assert len(world.store.fact_changes.history(TEAM, FACT)) == 1, "nothing has changed"
    open_note(world, view.EDIT)
    assert save(world, None) == {}
    assert view.REMOVED in shown(modal(world, BEN))
    assert "Team note" not in world.command(QUESTION)["text"]
    assert [c.content for c in world.store.fact_changes.history(TEAM, FACT)] == ["", NOTE]


def test_only_curators_write_notes(world: World) -> None:
    open_note(world, user=ANN)
    assert modal(world, ANN) == {}
    said = world.slack.ephemeral[-1]
    assert said["visible_to"] == ANN and "Only curators can do that" in said["text"]
    open_note(world)
    world.slack.people.users[BEN] = {"is_admin": False}
    assert "Only curators" in save(world, NOTE)[view.NOTE]
    assert world.store.fact_changes.history(TEAM, FACT) == []


def test_a_note_has_at_most_300_characters_and_ten_may_be_written_an_hour(world: World) -> None:
    open_note(world)
    assert save(world, "x" * 301) == {view.NOTE: view.TOO_LONG}
    assert save(world, "x" * 300) == {}
    for number in range(MAX_PER_HOUR - 1):
        open_note(world, view.EDIT)
        assert save(world, f"note {number}") == {}
    open_note(world, view.EDIT)
    assert "10 notes in an hour" in save(world, "one more")[view.NOTE]


@pytest.mark.parametrize("kept", [True, False])
def test_a_note_outlives_who_wrote_it_and_leaves_with_the_workspace(
    world: World, kept: bool
) -> None:
    open_note(world)
    save(world, NOTE)
    if kept:
        world.store.people.erase(TEAM, BEN)
        (change,) = world.store.fact_changes.history(TEAM, FACT)
        assert (change.content, change.changed_by) == (NOTE, "")
    else:
        world.store.forget_team(TEAM)
    world.services.teams.refresh()
    assert ("5,000" in world.command(QUESTION)["text"]) == kept


def test_with_the_database_away_the_note_stays_in_the_modal(world: World) -> None:
    card = shown_to(world, BEN)
    press_on(world, card, view.ADD, BEN)
    with database_away(world.store):
        assert save(world, NOTE) == {view.NOTE: messages.BROKEN}
        press_on(world, card, view.ADD, BEN)
        settle(world)
    assert world.slack.ephemeral[-1]["text"] == messages.BROKEN
    assert save(world, NOTE) == {}


def note_on(world: World, fact: str) -> None:
    """What a curator writes, and that they checked the fact, on any day after the others."""
    checked = check_of(world.services.teams.of(TEAM).knowledge.facts[fact], date(2026, 12, 24))
    add = world.store.fact_changes.add
    add(TEAM, fact, ChangeKind.NOTED, NOTE, BEN)
    add(TEAM, fact, ChangeKind.CHECKED, checked.encode(), BEN)
    world.services.teams.refresh()


def has_note(message: dict[str, Any]) -> bool:
    """Whether a note is shown, in blocks and text, as plain text; with the day of the check."""
    said = shown(message["blocks"])
    assert "<!here>" not in said + message["text"] and "*prod*" not in said
    is_there = "*Team note:*" in said and "5,000 &amp; growing" in said
    assert is_there == ("Team note: Our limit in" in message["text"])
    assert is_there == ("2026-12-24" in said)
    return is_there


def test_a_practice_answer_shows_the_note(world: World) -> None:
    question = world.command_reply("practice")
    exercise = world.store.people.exercise(exercise_of(question))
    assert exercise
    note_on(world, exercise.question.fact)
    assert not has_note(question)
    assert has_note(press_private(world, question, "A"))
    other = world.command_reply("practice", team="T2")
    world.store.fact_changes.add("T2", FACT, ChangeKind.NOTED, "another", BEN)
    assert not has_note(press_private(world, other, "A", team={"id": "T2"}))


def test_a_reveal_and_a_late_result_show_the_note(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    settle(world)
    question = asked(world)
    posting = world.store.postings.latest(TEAM, CHANNEL)
    assert posting
    note_on(world, posting.question.fact)
    assert not has_note(press(world, question, "A"))
    assert not has_note(question)
    reveal(world)
    (revealed,) = [m for m in world.slack.messages if m["ts"] == question["ts"]]
    assert has_note(revealed)
    late = press(world, question, "B", BEN)
    assert has_note(late)
