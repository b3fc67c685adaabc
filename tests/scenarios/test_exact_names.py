"""Exact names that no fact explains, asked wherever one can ask in Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.views.refusal import REQUEST_TEXT, REQUESTED, TELL_TEXT
from bot.views.suggestion import SUGGEST_TEXT
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, CHANNEL, DIRECT, World, buttons, settle
from tests.scenarios.test_card import press
from tests.scenarios.test_lookup import choose, open_search, shown, suggested
from tests.scenarios.test_unanswered import stored
from tests.unit.knowledge.small_reference import VERSIONS, small_reference

QUESTION = "required parameters of PutMessage"
ANSWER = "PutMessage is an operation of Acme Queue. Its required parameter is QueueName."
SOURCE = "from AWS's API model (botocore 9.9), not reviewed by a person"
FACT = "SQS message size"


@pytest.fixture
def knowledge(
    knowledge: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> KnowledgeBase:
    """The facts with a small file of exact names."""
    monkeypatch.setattr("knowledge.reference.versions.installed_versions", lambda: VERSIONS)
    own = knowledge.with_changes((), {})
    own.reference = small_reference(tmp_path / "names")
    return own


def is_answer(message: dict[str, Any]) -> bool:
    text = json.dumps(message["blocks"], ensure_ascii=False)
    return ANSWER in text and SOURCE in text and ANSWER in message["text"]


def sent(world: World) -> list[dict[str, Any]]:
    settle(world)
    return list(world.slack.messages)


def test_the_slash_command_answers_and_offers_no_vote(world: World) -> None:
    answer = world.command(QUESTION)
    assert is_answer(answer) and answer["response_type"] == "ephemeral"
    assert set(buttons(answer)) == {"Search AWS docs", REQUEST_TEXT, SUGGEST_TEXT}
    assert "feedback_buttons" not in json.dumps(answer)


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    world.mention(f"<@U0BOT> {QUESTION}", ts="100.5")
    (answer,) = sent(world)
    assert is_answer(answer)
    assert (answer["channel"], answer["thread_ts"]) == (CHANNEL, "100.5")


def test_a_direct_message_is_answered(world: World) -> None:
    world.direct(QUESTION)
    (answer,) = sent(world)
    assert is_answer(answer) and answer["channel"] == DIRECT


def test_it_is_no_gap_unless_somebody_asks_the_team(world: World) -> None:
    world.direct(QUESTION)
    (answer,) = sent(world)
    assert stored(world) == []
    press(world, answer, REQUEST_TEXT, ANN)
    (after,) = sent(world)
    assert is_answer(after) and REQUESTED in after["text"]
    assert set(buttons(after)) == {"Search AWS docs", TELL_TEXT, SUGGEST_TEXT}


def test_the_lookup_offers_it_last_and_shows_it_without_sharing(world: World) -> None:
    open_search(world)
    *_, option = suggested(world, "PutMessage")
    assert "not reviewed" in option["text"]["text"]
    view = choose(world, option["value"])
    assert "Its required parameter is QueueName." in shown(view) and SOURCE in shown(view)
    assert "submit" not in view


def test_the_lookup_still_finds_facts(world: World) -> None:
    open_search(world)
    assert all("not reviewed" not in option["text"]["text"] for option in suggested(world, "sqs"))


def test_a_certain_fact_comes_first(world: World) -> None:
    answer = world.command("sqs message size")
    assert FACT in answer["text"] and SOURCE not in answer["text"]


def test_after_a_certain_fact_comes_what_it_does_not_say(world: World) -> None:
    answer = world.command("which errors does PutMessage throw")
    texts = [json.dumps(block, ensure_ascii=False) for block in answer["blocks"]]
    (at,) = [at for at, text in enumerate(texts) if "lists 2 errors: Busy and QueueGone." in text]
    assert answer["blocks"][0]["type"] == "header" and "PutMessage" not in texts[0]
    assert SOURCE in texts[at + 1] and answer["blocks"][at + 2]["type"] == "actions"


def test_a_limit_gets_no_such_card(world: World) -> None:
    answer = world.command("max length of QueueName in PutMessage")
    assert SOURCE not in json.dumps(answer)


def test_what_is_typed_can_not_ping_or_format(world: World) -> None:
    world.direct("is Mid_Night a valid value of SortMode")
    (answer,) = sent(world)
    assert "No: Mid_Night isn't an allowed value of SortMode" in answer["text"]
    texts = [block["text"] for block in answer["blocks"] if block["type"] == "section"]
    assert all(text["type"] == "plain_text" for text in texts)


def test_a_workspace_with_facts_of_its_own_is_answered_as_well(world: World) -> None:
    from tests.scenarios.test_unanswered import approve

    approve(world)
    assert is_answer(world.command(QUESTION))
