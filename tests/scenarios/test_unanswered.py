"""Questions without an answer: which are stored, and how people hear once there is one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.fake_slack.failures import Failure
from bot.store.curation_tables import gap_watchers, gaps
from bot.store.erasing import gap_person
from bot.store.fact_changes import ChangeKind
from bot.store.tables import deliveries
from bot.views.fact_form import NOT_OPENED
from bot.views.refusal import TELL_TEXT, WILL_MESSAGE, WILL_REPLY
from knowledge import KnowledgeBase
from knowledge.files.single import write_fact
from tests.scenarios.conftest import (
    ANN,
    BEN,
    BOT,
    CHANNEL,
    DIRECT,
    TEAM,
    World,
    buttons,
    database_away,
    settle,
)
from tests.scenarios.test_card import press
from tests.scenarios.test_erasing import erase, traces
from tests.scenarios.test_gaps import ASK, refused
from tests.unit.bot.test_team_facts import valid
from tests.unit.knowledge.test_changes import OWN

QUESTION = "when is the christmas change freeze"
FREEZE = valid(replace(OWN, phrasings=(QUESTION, *OWN.phrasings)))


def stored(world: World, team: str = TEAM) -> list[tuple[str, int, int]]:
    world.services.unanswered.write()
    return [(one.question, one.people, one.times) for one in world.store.gaps.wordings(team)]


def approve(world: World, team: str = TEAM) -> None:
    """Write the fact that answers the question, as an approved suggestion does."""
    content = write_fact(FREEZE)
    world.store.fact_changes.add(team, FREEZE.id, ChangeKind.WRITTEN, content, BEN)
    world.services.teams.refresh()


def tick(*worlds: World) -> None:
    """Let every clock do what is due, once its process knows the facts."""
    for world in worlds:
        world.services.teams.refresh()
        world.clock.tick()


def answers(world: World) -> list[dict[str, Any]]:
    return [m for m in world.slack.messages if "I know this now" in m["text"]]


def watch_in_thread(world: World, user: str = ANN) -> dict[str, Any]:
    world.mention(f"<@{BOT}> {QUESTION}", user=user)
    settle(world)
    message: dict[str, Any] = world.slack.messages[-1]
    press(world, message, ASK, user)
    press(world, message, TELL_TEXT, user)
    return message


def test_questions_without_a_certain_answer_are_stored_from_everywhere(world: World) -> None:
    world.command(QUESTION, ANN)
    world.mention(f"<@{BOT}> {QUESTION}", user=BEN)
    world.direct(f"hi, {QUESTION}", user=BEN, channel="D0BEN")
    for other in (
        "what is 429 in api gateway", "thanks!", "hello", "how do I restart kubernetes pods",
        "help", "sqs", "list lambda", "quiz status",
    ):  # fmt: skip
        world.command(other)
    settle(world)
    assert stored(world) == [(QUESTION, 2, 3)]
    assert ANN not in str(all_gaps(world)) and BEN not in str(all_gaps(world))


def all_gaps(world: World) -> list[Any]:
    with world.store.engine.connect() as db:
        return list(db.execute(select(gaps)).all())


def test_a_service_of_aws_without_facts_is_a_gap(world: World) -> None:
    world.command("sagemaker storage autoscaling max")
    assert [question for question, _, _ in stored(world)] == ["sagemaker storage autoscaling max"]


def test_what_is_stored_of_a_pasted_error_identifies_nothing(world: World) -> None:
    error = "FrobnicationException: user arn:aws:iam::123456789012:user/ann on 10.1.2.3 zorbed"
    world.command(f"{error} AKIAIOSFODNN7EXAMPLE")
    ((question, _, _),) = stored(world)
    assert "zorbed" in question
    assert not any(part in question for part in ("123456789012", "10.1.2.3", "AKIA", "user/ann"))


def test_answers_need_no_database_and_what_was_asked_is_stored_once_it_is_back(
    world: World,
) -> None:
    with database_away(world.store):
        assert buttons(world.command(QUESTION))[ASK]
        world.services.unanswered.write()
    assert stored(world) == [(QUESTION, 1, 1)]


def test_in_a_thread_the_answer_comes_there_and_names_who_asked(
    make_world: Callable[..., World], url: str
) -> None:
    world = make_world(database_url=url)
    refusal = watch_in_thread(world)
    assert TELL_TEXT not in buttons(refusal) and WILL_REPLY in json.dumps(refusal["blocks"])
    tick(world)
    assert answers(world) == []
    approve(world)
    tick(world)
    tick(world)
    (answer,) = answers(world)
    assert (answer["channel"], answer["thread_ts"]) == (CHANNEL, refusal["thread_ts"])
    assert (
        answer["text"].startswith(f"<@{ANN}>, I know this now") and FREEZE.answer in answer["text"]
    )
    assert "Written by your team" in json.dumps(answer["blocks"])
    assert [row.answered_by for row in all_gaps(world)] == [FREEZE.id]
    with world.store.engine.connect() as db:
        assert db.execute(select(gap_watchers)).all() == []
    world.close()


@pytest.mark.parametrize("refusal", ["not_in_channel", "is_archived"])
def test_if_slack_refuses_the_answer_there_it_comes_as_a_direct_message(
    make_world: Callable[..., World], url: str, refusal: str
) -> None:
    world = make_world(database_url=url)
    watch_in_thread(world)
    world.slack.channel_failures[CHANNEL] = Failure(error=refusal)
    approve(world)
    for _ in range(4):
        tick(world)
    (answer,) = answers(world)
    assert (answer["channel"], answer["thread_ts"]) == (DIRECT, None)
    assert FREEZE.answer in answer["text"]
    world.slack.channel_failures.clear()
    world.wall_clock.now += 3600
    for _ in range(4):
        tick(world)
    assert answers(world) == [answer]
    with world.store.engine.connect() as db:
        assert db.execute(select(gap_watchers)).all() == []


def test_an_answer_that_a_person_refuses_is_given_up(world: World) -> None:
    watch_in_thread(world)
    gone = Failure(error="not_in_channel")
    world.slack.channel_failures |= {CHANNEL: gone, DIRECT: Failure(error="user_disabled")}
    world.slack.channel_failures[ANN] = Failure(error="user_disabled")
    approve(world)
    for _ in range(6):
        tick(world)
    assert answers(world) == []
    kinds = [row for row in delivered(world) if row[0] == "answered"]
    assert [outcome for _, outcome in kinds] == ["not_in_channel", "user_disabled"]


def delivered(world: World) -> list[tuple[str, str]]:
    columns = deliveries.c.kind, deliveries.c.outcome
    with world.store.engine.connect() as db:
        found = db.execute(select(*columns).order_by(deliveries.c.id)).all()
    return [(row.kind, row.outcome) for row in found]


def test_what_only_one_person_saw_is_answered_in_a_direct_message(world: World) -> None:
    reply = refused(world, text=QUESTION)
    press(world, reply, ASK, ANN)
    press(world, reply, TELL_TEXT, ANN)
    assert WILL_MESSAGE in reply["text"]
    approve(world)
    tick(world)
    (answer,) = answers(world)
    assert answer["channel"] in (ANN, DIRECT, f"D{ANN[1:]}") and answer["thread_ts"] is None


def test_a_direct_message_is_answered_in_it(world: World) -> None:
    world.direct(QUESTION)
    settle(world)
    message = world.slack.messages[-1]
    press(world, message, ASK, ANN)
    press(world, message, TELL_TEXT, ANN)
    approve(world)
    tick(world)
    assert [answer["channel"] for answer in answers(world)] == [DIRECT]


def test_whoever_did_not_ask_is_told_privately(world: World) -> None:
    world.mention(f"<@{BOT}> {QUESTION}")
    settle(world)
    public = world.slack.messages[-1]
    press(world, public, ASK, BEN)
    own = world.slack.ephemeral[-1]
    assert own["visible_to"] == BEN
    press(world, own, TELL_TEXT, BEN)
    assert ASK in buttons(public)
    approve(world)
    tick(world)
    (answer,) = answers(world)
    assert answer["channel"] != CHANNEL and f"<@{BEN}>" in answer["text"]


def test_with_several_clocks_everybody_is_told_once(make_world: Callable[..., World]) -> None:
    worlds = [make_world() for _ in range(3)]
    watch_in_thread(worlds[0], ANN)
    watch_in_thread(worlds[1], BEN)
    approve(worlds[2])
    for _ in range(3):
        tick(*worlds)
        worlds[0].wall_clock.now += 2
    assert sorted(answer["text"][:8] for answer in answers(worlds[0])) == ["<@U0ANN>", "<@U0BEN>"]


def test_a_lost_response_is_looked_for_and_nothing_is_posted_twice(world: World) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    watch_in_thread(world)
    approve(world)
    world.slack.fail_next("chat.postMessage", Failure(status=500, carried_out=True))
    tick(world)
    for _ in range(60):
        world.wall_clock.now += 10
        tick(world)
    assert len(answers(world)) == 1


def test_the_fact_of_another_workspace_answers_nobody_here(world: World) -> None:
    watch_in_thread(world)
    approve(world, team="T2")
    tick(world)
    assert answers(world) == []
    assert stored(world, "T2") == []


def test_a_release_with_the_fact_answers_at_its_start(
    make_world: Callable[..., World], knowledge: KnowledgeBase
) -> None:
    before = make_world()
    watch_in_thread(before)
    tick(before)
    assert answers(before) == []
    after = make_world()
    newer = knowledge.with_changes([FREEZE], {})
    object.__setattr__(after.services.teams.built_in, "knowledge", newer)
    tick(after)
    (answer,) = answers(after)
    assert "Written by your team" not in json.dumps(answer["blocks"])


def test_a_fact_under_review_answers_once_it_is_settled(world: World) -> None:
    watch_in_thread(world)
    world.store.fact_changes.add(TEAM, FREEZE.id, ChangeKind.DISPUTED, "", BEN)
    approve(world)
    tick(world)
    assert answers(world) == []
    world.store.fact_changes.add(TEAM, FREEZE.id, ChangeKind.SETTLED, "", BEN)
    tick(world)
    assert len(answers(world)) == 1


def test_if_there_is_an_answer_by_now_the_button_shows_it(world: World) -> None:
    reply = refused(world, text=QUESTION)
    press(world, reply, ASK, ANN)
    approve(world)
    world.services.teams.refresh()
    press(world, reply, TELL_TEXT, ANN)
    assert FREEZE.answer in reply["text"]
    tick(world)
    assert answers(world) == []


def test_whoever_is_erased_hears_nothing(world: World) -> None:
    watch_in_thread(world)
    world.store.people.erase(TEAM, ANN)
    approve(world)
    tick(world)
    assert answers(world) == []


def test_another_process_tells_within_seconds(make_world: Callable[..., World]) -> None:
    """The clock itself, not called by the test, finds the answer."""
    import threading

    world, clock_process = make_world(now=time.time), make_world(now=time.time)
    watch_in_thread(world)
    stop = threading.Event()
    thread = threading.Thread(target=clock_process.clock.run, args=(stop,))
    thread.start()
    try:
        time.sleep(0.5)
        approve(world)
        end = time.monotonic() + 30
        while not answers(world) and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        stop.set()
        thread.join()
    assert len(answers(world)) == 1


@pytest.mark.parametrize("value", ["", "x", '[1,"","",""]', "[1]"])
def test_a_damaged_button_says_that_it_is_old(world: World, value: str) -> None:
    button = buttons(world.command(QUESTION))[ASK]
    world.press(button | {"action_id": "tell_when_known", "value": value})
    assert "older message" in world.responses(1)[0]["text"]


def as_curator(world: World, user: str = ANN) -> None:
    world.slack.people.users[user] = {"is_admin": True}


def test_curators_list_their_own_workspaces_questions(
    make_world: Callable[..., World], url: str
) -> None:
    world = make_world(database_url=url)
    as_curator(world)
    for user, text in (
        (ANN, "sagemaker storage autoscaling max"), (BEN, f"{QUESTION} *now* <!here>"),
        (ANN, QUESTION), (BEN, QUESTION), (BEN, QUESTION),
    ):  # fmt: skip
        world.command(text, user)
    world.command("secret plans of the others", team="T2")
    listed = world.command_reply("gaps")
    text = listed["text"]
    assert text.splitlines()[1] == f"\u2022 {QUESTION} (4 times by 2 people)", "Ben counts once"
    assert "sagemaker storage autoscaling max (1 time by 1 person)" in text
    assert "secret plans" not in str(listed) and "Also: \u201c" in str(listed)
    assert "<!here>" not in str(listed) and BEN not in str(listed)
    assert "Closest: " in str(listed)
    world.close()


def test_what_is_answered_by_now_is_not_listed(world: World) -> None:
    as_curator(world)
    world.command(QUESTION)
    assert QUESTION in world.command_reply("gaps")["text"]
    approve(world)
    world.services.teams.refresh()
    assert "There are none" in world.command_reply("gaps")["text"]


def test_whoever_is_no_curator_is_told_who_is(world: World) -> None:
    as_curator(world, BEN)
    world.command(QUESTION)
    reply = world.command_reply("gaps")["text"]
    assert "Only curators" in reply and QUESTION not in reply


def test_ten_groups_are_listed_at_most(world: World) -> None:
    as_curator(world)
    animals = (
        "aardvark", "buffalo", "crocodile", "dolphin", "elephant", "flamingo", "giraffe", "hyena",
        "iguana", "jackal", "kangaroo", "leopard",
    )  # fmt: skip
    for animal in animals:
        world.command(f"zorb {animal * 3}")
    assert world.command_reply("gaps")["text"].count("\u2022") == 10


def test_a_listed_question_opens_the_form_for_its_answer(world: World) -> None:
    as_curator(world)
    world.command(QUESTION)
    world.press(buttons(world.command_reply("gaps"))["Write an answer"])
    (call,) = world.slack.wait_for("views.open")
    assert QUESTION in json.dumps(call.body["view"])
    failure = Failure(error="expired_trigger_id")
    world.slack.failure_for = lambda method: failure if method == "views.open" else None
    world.press(buttons(world.command_reply("gaps"))["Write an answer"])
    settle(world)
    assert world.responses()[-1]["text"] == NOT_OPENED


def test_the_red_button_takes_a_person_out_of_gaps_and_keeps_the_question(
    make_world: Callable[..., World], url: str
) -> None:
    world = make_world(database_url=url)
    watch_in_thread(world, ANN)
    watch_in_thread(world, BEN)
    assert stored(world) == [(QUESTION, 2, 2)]
    assert traces(world, ANN) >= {"gap_watchers.user", "fact_requests.user"}
    (gap,) = world.store.gaps.watched()
    ann = gap_person(TEAM, ANN)
    assert traces(world, ann) == {"gap_people.person"}
    erase(world)
    assert traces(world, ANN, ann) == set()
    assert stored(world) == [(QUESTION, 1, 2)]
    assert world.store.gaps.watched() == [gap]
    world.close()
