"""What the typed fields of a fact add to its card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground.validator import faults
from bot.views.card import card
from bot.views.value import Value
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, World, buttons, settle

NUMBER = "can I have 250 route tables in a vpc"
VERDICT = (
    "Not by default: 250 is more than the limit of 200 route tables per VPC. "
    "AWS can raise it on request."
)


def test_a_number_in_the_question_is_settled_first(world: World) -> None:
    answer = world.command(NUMBER)
    assert answer["text"].startswith(VERDICT)
    assert answer["blocks"][0]["text"]["text"] == VERDICT
    assert faults(answer, "message") == []


def test_more_and_share_keep_the_verdict(world: World) -> None:
    offered = buttons(world.command(NUMBER))
    world.press(offered["More"])
    (more,) = world.slack.wait_for("response")
    assert more.body["text"].startswith(VERDICT)
    world.press(offered["Share in channel"])
    settle(world)
    public = next(c for c in world.slack.calls if c.body.get("response_type") == "in_channel")
    assert VERDICT in public.body["text"]
    assert public.body["text"].startswith(f"<@{ANN}> asked: {NUMBER}")


def test_another_fact_gets_no_verdict_on_the_question(
    world: World, knowledge: KnowledgeBase
) -> None:
    """The number is settled by the confident answer, not by what happens to be looked at next."""
    world.press(buttons(world.command(NUMBER))["More"])
    world.slack.wait_for("response")
    one = knowledge.facts["vpc-subnet-one-route-table"]
    value = Value(one.id, ANN, NUMBER).encode()
    world.press({"action_id": "show_fact_0", "type": "button", "value": value})
    _, shown = world.slack.wait_for("response", 2)
    assert shown.body["text"].startswith(one.title)


def test_a_misunderstanding_is_a_line_of_its_own(world: World, knowledge: KnowledgeBase) -> None:
    fact = knowledge.facts["cloudwatch-ec2-memory"]
    answer = world.command("does cloudwatch monitor ec2 memory by default")
    assert f"\nCommon mix-up: {fact.misread}\n" in answer["text"]
    assert "What changed" not in answer["text"]


@pytest.mark.parametrize("misread", ["<!channel> *bold*", "x" * 200])
def test_a_misunderstanding_is_plain_text(knowledge: KnowledgeBase, misread: str) -> None:
    fact = replace(knowledge.facts["cloudwatch-ec2-memory"], misread=misread)
    message = card(fact, "CloudWatch", Value(fact.id, ANN), verdict="No: <!here> is no one.")
    assert faults(message.payload(), "message") == []
    assert "<!" not in message.text
