"""A workspace's own facts: from the database to every process, and to no other workspace."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import delete

from bot.curating.team_facts import TeamFacts
from bot.quiz.quizmaster import Quizmaster
from bot.store import Store
from bot.store.curation_tables import fact_changes
from bot.store.fact_changes import ChangeKind
from bot.team.marks import NO_MARKS
from knowledge import Fact, KnowledgeBase
from knowledge.files.single import write_fact
from tests.unit.knowledge.test_changes import OWN

WITHIN_SECONDS = 1.0 * 10
"""Ten times what we promise: the machine may be busy."""


@pytest.fixture
def teams(knowledge: KnowledgeBase, store: Store) -> Iterator[TeamFacts]:
    teams = TeamFacts(knowledge, store)
    yield teams
    teams.close()


def valid(fact: Fact) -> Fact:
    """The fact with as many phrasings as a file needs."""
    phrasings = (*fact.phrasings, *(f"freeze number {n}" for n in range(8)))[:8]
    return replace(fact, phrasings=phrasings, demand=2)


def write(store: Store, fact: Fact, team: str = "T1") -> None:
    store.fact_changes.add(team, fact.id, ChangeKind.WRITTEN, write_fact(valid(fact)), "U1")


def wait_until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_SECONDS
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_other_processes_see_a_change_and_other_workspaces_never_do(
    knowledge: KnowledgeBase, store: Store, teams: TeamFacts
) -> None:
    other_process = TeamFacts(knowledge, store)
    assert teams.of("T1").knowledge is knowledge
    assert other_process.of("T1").knowledge is knowledge
    write(store, OWN)
    for process in (teams, other_process):
        wait_until(lambda process=process: OWN.id in process.of("T1").knowledge.facts)  # type: ignore[misc]
        assert process.of("T1").own == {OWN.id}
        assert process.of("T2").knowledge is knowledge
        assert process.of("").knowledge is knowledge
    other_process.close()


def test_a_new_process_knows_from_its_first_lookup(store: Store, teams: TeamFacts) -> None:
    write(store, OWN)
    assert OWN.id in teams.of("T1").knowledge.facts


def test_the_newest_change_of_each_kind_holds(store: Store, teams: TeamFacts) -> None:
    write(store, OWN)
    write(store, replace(OWN, answer="Nobody deploys in January."))
    for kind, content in (
        (ChangeKind.NOTED, "Ask Ann."),
        (ChangeKind.DISPUTED, ""),
        (ChangeKind.RETIRED, OWN.id),
    ):
        store.fact_changes.add("T1", "lambda-timeout", kind, content, "U1")
    teams.refresh()
    known = teams.of("T1")
    assert known.knowledge.facts[OWN.id].answer == "Nobody deploys in January."
    assert known.knowledge.facts["lambda-timeout"].id == OWN.id
    assert known.notes == {"lambda-timeout": "Ask Ann."}
    assert known.disputed == {"lambda-timeout"}
    for kind in (ChangeKind.NOTED, ChangeKind.SETTLED, ChangeKind.RESTORED):
        store.fact_changes.add("T1", "lambda-timeout", kind, "", "U1")
    store.fact_changes.add("T1", OWN.id, ChangeKind.RESTORED, "", "U1")
    teams.refresh()
    known = teams.of("T1")
    assert OWN.id not in known.knowledge.facts
    assert known.knowledge.facts["lambda-timeout"].id == "lambda-timeout"
    assert not (known.notes or known.disputed or known.own)
    kinds = [change.kind for change in store.fact_changes.history("T1", OWN.id)]
    assert kinds == [ChangeKind.RESTORED, ChangeKind.WRITTEN, ChangeKind.WRITTEN]


def test_what_was_said_about_a_fact_holds_once_it_is_merged_into_another(
    store: Store, knowledge: KnowledgeBase
) -> None:
    merged = replace(OWN, aliases=("old-freeze", "older-freeze"))
    teams = TeamFacts(knowledge.with_changes([valid(merged)], {}), store)
    for fact, kind, content in (
        ("old-freeze", ChangeKind.DISPUTED, ""),
        ("old-freeze", ChangeKind.NOTED, "Ask Ann."),
        ("lambda-timeout", ChangeKind.NOTED, "Five minutes here."),
        ("lambda-timeout", ChangeKind.RETIRED, OWN.id),
    ):
        store.fact_changes.add("T1", fact, kind, content, "U1")
    teams.refresh()
    known = teams.of("T1")
    assert known.disputed == {OWN.id} and known.marks(OWN).is_disputed
    assert known.marks(OWN).note == "Ask Ann.", "not that of a fact that was retired"
    assert Quizmaster(teams.built_in, teams.of).in_team("T1").question_about(OWN.id) is None
    store.fact_changes.add("T1", OWN.id, ChangeKind.NOTED, "", "U1")
    store.fact_changes.add("T1", "old-freeze", ChangeKind.SETTLED, "kept", "U1")
    teams.refresh()
    assert teams.of("T1").marks(OWN) == NO_MARKS
    teams.close()


def test_a_note_or_a_report_builds_no_facts_anew(store: Store, teams: TeamFacts) -> None:
    write(store, OWN)
    before = teams.of("T1").knowledge
    for kind in (ChangeKind.NOTED, ChangeKind.DISPUTED, ChangeKind.SETTLED, ChangeKind.CHECKED):
        store.fact_changes.add("T1", OWN.id, kind, "2026-11-23 0123", "U1")
    teams.refresh()
    assert teams.of("T1").notes and teams.of("T1").knowledge is before
    write(store, replace(OWN, answer="Nobody deploys in January."))
    teams.refresh()
    assert teams.of("T1").knowledge.facts[OWN.id].answer == "Nobody deploys in January."
    store.fact_changes.add("T1", OWN.id, ChangeKind.RETIRED, "", "U1")
    teams.refresh()
    assert OWN.id not in teams.of("T1").knowledge.facts


def test_a_fact_that_cannot_be_read_changes_nothing_else(
    store: Store, teams: TeamFacts, knowledge: KnowledgeBase
) -> None:
    store.fact_changes.add("T1", "lambda-timeout", ChangeKind.WRITTEN, "id: [", "U1")
    write(store, OWN)
    known = teams.of("T1").knowledge
    assert known.facts["lambda-timeout"] == knowledge.facts["lambda-timeout"]
    assert OWN.id in known.facts


def test_facts_that_were_read_stay_while_the_database_is_away(
    store: Store, teams: TeamFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, OWN)
    assert OWN.id in teams.of("T1").knowledge.facts
    broken = Store("postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=1")
    monkeypatch.setattr(store, "fact_changes", broken.fact_changes)
    teams.refresh()  # as after a write: it raises nothing
    assert OWN.id in teams.of("T1").knowledge.facts


def test_a_workspace_that_leaves_takes_its_facts_along(
    store: Store, teams: TeamFacts, knowledge: KnowledgeBase
) -> None:
    write(store, OWN)
    write(store, OWN, "T2")
    assert OWN.id in teams.of("T1").knowledge.facts
    store.forget_team("T1")
    teams.refresh()
    assert teams.of("T1").knowledge is knowledge
    assert OWN.id in teams.of("T2").knowledge.facts
    with store.engine.begin() as db:
        db.execute(delete(fact_changes))
    teams.refresh()
    assert teams.of("T2").knowledge is knowledge


def test_a_fact_under_review_is_no_quiz_question(store: Store, teams: TeamFacts) -> None:
    quizmaster = Quizmaster(teams.built_in, teams.of)
    assert quizmaster.in_team("T1") is quizmaster
    assert quizmaster.question_about("lambda-timeout")
    store.fact_changes.add("T1", "lambda-timeout", ChangeKind.DISPUTED, "", "U1")
    teams.refresh()
    theirs = quizmaster.in_team("T1")
    assert theirs.question_about("lambda-timeout") is None
    assert theirs.facts_to_review(["lambda-timeout", "sqs-message-size"]) == ["sqs-message-size"]
    assert "lambda-timeout" not in [fact.id for fact in theirs.quiz_facts]
    assert quizmaster.in_team("T2") is quizmaster
