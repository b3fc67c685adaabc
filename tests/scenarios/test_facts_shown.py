"""What the typed fields of a fact add to its card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.fake_slack.validator import Surface, validation_errors
from bot.views.card import card
from bot.views.value import Value
from knowledge import KnowledgeBase
from knowledge.model import FactsById, Milestone
from tests.scenarios.conftest import ANN, World, buttons, settle
from tests.scenarios.test_quiz import shown

TODAY = date(2026, 11, 26)
NUMBER = "can I have 250 route tables in a vpc"
VERDICT = (
    "Not by default: 250 is more than the limit of 200 route tables per VPC. "
    "AWS can raise it on request."
)


def test_a_number_in_the_question_is_settled_first(world: World) -> None:
    answer = world.command(NUMBER)
    assert answer["text"].startswith(VERDICT)
    assert answer["blocks"][0]["text"]["text"] == VERDICT
    assert validation_errors(answer, Surface.MESSAGE) == []


def test_more_and_share_keep_the_verdict(world: World) -> None:
    offered = buttons(world.command(NUMBER))
    world.press(offered["Show details"])
    (more,) = world.slack.wait_for("response")
    assert more.body["text"].startswith(VERDICT)
    world.press(offered["Share"])
    settle(world)
    public = next(c for c in world.slack.calls if c.body.get("response_type") == "in_channel")
    assert VERDICT in public.body["text"]
    assert public.body["text"].startswith(f"<@{ANN}> asked: {NUMBER}")


def test_another_fact_gets_no_verdict_on_the_question(
    world: World, knowledge: KnowledgeBase
) -> None:
    """The number is settled by the confident answer, not by what happens to be looked at next."""
    world.press(buttons(world.command(NUMBER))["Show details"])
    world.slack.wait_for("response")
    one = knowledge.facts["vpc-subnet-one-route-table"]
    value = Value(one.id, ANN, NUMBER).encode()
    world.press({"action_id": "show_fact_0", "type": "button", "value": value})
    _, shown = world.slack.wait_for("response", 2)
    assert shown.body["text"].startswith(one.title)


def test_a_misunderstanding_is_a_line_of_its_own(world: World, knowledge: KnowledgeBase) -> None:
    fact = knowledge.facts["cloudwatch-ec2-memory"]
    answer = world.command("does cloudwatch monitor ec2 memory by default")
    world.press(buttons(answer)["Show details"])
    (more,) = world.slack.wait_for("response")
    assert f"\nCommon mix-up: {fact.misread}\n" in more.body["text"]
    assert "What changed" not in more.body["text"]


@pytest.mark.parametrize("misread", ["<!channel> *bold*", "x" * 200])
def test_a_misunderstanding_is_plain_text(knowledge: KnowledgeBase, misread: str) -> None:
    fact = replace(knowledge.facts["cloudwatch-ec2-memory"], misread=misread)
    message = card(
        fact, "CloudWatch", Value(fact.id, ANN), today=TODAY, detailed=True,
        verdict="No: <!here> is no one.",
    )  # fmt: skip
    assert validation_errors(message.payload(), Surface.MESSAGE) == []
    assert "<!" not in message.text


def test_the_source_is_last_checked_when_another_check_is_due(
    world: World, knowledge: KnowledgeBase
) -> None:
    question = "what is 429 in api gateway"
    day = knowledge.facts["apigw-429"].checked
    assert f" \u00b7 checked {day}" in shown(world.command(question))
    world.wall_clock.now += 400 * 86_400
    answer = world.command(question)
    assert f" \u00b7 last checked {day}" in shown(answer)
    assert f", last checked {day}: " in answer["text"]
    world.press(buttons(answer)["Share"])
    settle(world)
    public = next(c for c in world.slack.calls if c.body.get("response_type") == "in_channel")
    assert f"last checked {day}" in public.body["text"]


def test_a_card_says_what_has_happened_by_the_day_it_is_asked_for(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    milestones = (
        Milestone("deprecated", "v1", "2026-11-01"),
        Milestone("deprecated", "v2", "2027-01-01"),
        Milestone("blocked", "v1", "2027-01-01"),
    )
    dated = replace(knowledge.facts["apigw-429"], milestones=milestones, detail=None)
    facts = {fact.id: fact for fact in knowledge.facts.values()} | {dated.id: dated}
    monkeypatch.setattr(knowledge, "facts", FactsById(facts.values()))
    value = Value(dated.id, ANN).encode()
    show = {"action_id": "show_fact_0", "type": "button", "value": value}
    was = "v1 was deprecated on November 1, 2026"
    world.press(show)
    before = world.slack.wait_for("response")[-1].body
    assert f"{was}. v2 will be deprecated on January 1, 2027." in before["text"]
    assert validation_errors(before, Surface.MESSAGE) == [] and "blocked" not in before["text"]
    world.wall_clock.move_to("2027-01-01T00:30:00+01:00")  # in UTC it is still the old year
    world.press(show)
    assert "v2 will be deprecated" in world.slack.wait_for("response", 2)[-1].body["text"]
    world.wall_clock.move_to("2027-01-01T01:00:00+00:00")
    world.press(show)
    after = world.slack.wait_for("response", 3)[-1].body
    assert f"{was}; v2 on January 1, 2027." in shown(after)
    world.press(buttons(after)["Show details"])
    more = world.slack.wait_for("response", 4)[-1].body
    assert "v1 was blocked on January 1, 2027." in shown(more) and "Show details" not in buttons(
        more
    )
