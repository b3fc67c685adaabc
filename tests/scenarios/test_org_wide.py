"""Installed for a whole organization: each payload belongs to the workspace it comes from.

Slack then sends `"team": null` with interactions; the workspace is in the view or the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, select

from bot import messages
from bot.fake_slack.server import FakeSlack
from bot.listeners.payload import is_org_wide, organization, person, team
from bot.quiz import texts
from bot.store import Conversation
from knowledge import KnowledgeBase
from tests.scenarios.conftest import (
    ANN,
    BOT,
    CHANNEL,
    DIRECT,
    TEAM,
    WallClock,
    World,
    buttons,
    settle,
)
from tests.scenarios.test_quiz_settings import initial_state, opened, submit
from tests.scenarios.test_workspaces import open_office

ORGANIZATION = "E0ORG"
THUMBS_UP = "\U0001f44d"


@pytest.fixture
def world(
    slack: FakeSlack, wall_clock: WallClock, tmp_path: Path, knowledge: KnowledgeBase
) -> Iterator[World]:
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, wall_clock, url, knowledge, (Fernet.generate_key().decode(),))
    assert office.install(ORGANIZATION, code=f"{ORGANIZATION}.-code").status_code == 200
    office.world.organization = ORGANIZATION
    slack.calls.clear()
    yield office.world
    settle(office.world)
    assert_nothing_is_kept_under_the_organization(office.world)
    office.world.close()


def assert_nothing_is_kept_under_the_organization(world: World) -> None:
    """No `team` column of any table holds the organization's id."""
    world.lookups.write()
    tables = MetaData()
    tables.reflect(world.store.engine)
    with world.store.engine.connect() as db:
        for table in tables.sorted_tables:
            for name in {"team", "team_id"} & set(table.c.keys()):
                assert ORGANIZATION not in db.scalars(select(table.c[name])).all(), table.name


def test_a_command_counts_for_its_workspace(world: World) -> None:
    for _ in range(2):
        assert "429" in world.command("what is 429 in api gateway")["text"]
    world.lookups.write()
    world.wall_clock.move_to("2026-12-23T08:00:00+00:00")
    assert len(world.store.people.due_cards(TEAM, ANN)) == 1


def test_mentions_and_direct_messages_are_answered_with_the_organizations_token(
    world: World,
) -> None:
    world.mention(f"<@{BOT}> api gateway 429", ts="100.000001")
    world.direct("api gateway 429")
    calls = world.slack.wait_for("chat.postMessage", 2)
    assert {call.token.split("-")[1] for call in calls} == {ORGANIZATION}
    settle(world)
    for conversation in (Conversation(TEAM, CHANNEL, "100.000001"), Conversation(TEAM, DIRECT, "")):
        assert world.store.last_answer(conversation)


def test_a_press_on_a_quiz_question_counts(world: World) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    world.command("quiz now")
    settle(world)
    (asked,) = world.slack.messages
    world.press(next(iter(buttons(asked).values())))
    settle(world)
    assert world.responses()[-1]["text"] != texts.QUIZ_GONE
    (posting,) = world.store.postings.open(TEAM, CHANNEL)
    assert [answer.user for answer in world.store.answers.in_time(posting.id)] == [ANN]


def test_the_settings_save_the_quiz_for_the_workspace(world: World) -> None:
    view = opened(world)
    assert submit(world, view, initial_state(view)) == {}
    settle(world)
    assert world.store.subscriptions.get(TEAM, CHANNEL) is not None
    assert world.store.subscriptions.get(ORGANIZATION, CHANNEL) is None


def test_the_settings_suggest_zones(world: World) -> None:
    response = world.send(suggestion() | {"value": "berl"})
    assert "Europe/Berlin" in response.text


def test_the_home_tab_is_the_workspaces(world: World) -> None:
    world.event({"type": "app_home_opened", "user": ANN, "tab": "home", "channel": DIRECT})
    (call,) = world.slack.wait_for("views.publish")
    elements = [e for block in call.body["view"]["blocks"] for e in block.get("elements", [])]
    remind = next(e for e in elements if messages.REMIND_ME in str(e.get("text")))
    container = {"type": "view", "view_id": "VHOME"}
    world.press(remind, container=container, response_url="", view={"id": "VHOME"})
    settle(world)
    assert world.store.people.get(TEAM, ANN).reminded


def test_feedback_and_practice_belong_to_the_workspace(world: World) -> None:
    card = world.command("what is 429 in api gateway")
    world.press(buttons(card)[THUMBS_UP])
    settle(world)
    assert [vote.helpful for vote in world.store.votes()] == [1]
    question = world.command_reply("practice")
    world.press(next(iter(buttons(question).values())))
    settle(world)
    assert texts.QUIZ_GONE not in [item.get("text") for item in world.responses()]


def shortcut() -> dict[str, Any]:
    return {
        "type": "shortcut", "team": {"id": TEAM}, "user": {"id": ANN}, "callback_id": "try",
        "trigger_id": "1.2", "action_ts": "1.1",
    }  # fmt: skip


def suggestion() -> dict[str, Any]:
    return {
        "type": "block_suggestion", "team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1",
        "action_id": "quiz_tz", "block_id": "tz", "value": "x",
        "view": {"id": "V1", "callback_id": "quiz_settings", "type": "modal"},
    }  # fmt: skip


def interactions() -> list[dict[str, Any]]:
    """One payload of each type that a person's doing in Slack sends."""
    view = {"id": "V1", "type": "modal", "callback_id": "try", "state": {"values": {}}}
    press = {"action_id": "try", "block_id": "b", "type": "button", "action_ts": "1.1"}
    around = {"team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1", "trigger_id": "1.2"}
    message = {"type": "message", "message_ts": "1.1", "channel_id": CHANNEL}
    place = {"channel": {"id": CHANNEL}, "response_url": "http://127.0.0.1:9/none"}
    return [
        around | place | {"type": "block_actions", "actions": [press], "container": message},
        around | {"type": "block_actions", "actions": [press], "view": view},
        around | {"type": "block_actions", "actions": [press], "view": view | {"type": "home"}},
        around | {"type": "view_submission", "view": view},
        around | {"type": "view_closed", "view": view, "is_cleared": False},
        suggestion() | {"action_id": "try"},
        shortcut(),
        shortcut() | place | {"type": "message_action", "message": {"ts": "1.1", "text": "x"}},
    ]


def spy(world: World) -> list[dict[str, Any]]:
    """What a listener of each type finds in its payload, its context and its client."""
    seen: list[dict[str, Any]] = []

    def note(ack: Any, body: dict[str, Any], context: Any, client: Any) -> None:
        ack()
        seen.append(
            {
                "kind": body["type"], "ours": (organization(body), team(body), is_org_wide(body)),
                "bolts": (context.enterprise_id, context.team_id, context.is_enterprise_install),
                "person": person(body), "token": client.token.split("-")[1],
            }
        )  # fmt: skip

    app = world.app
    for register in (app.action, app.view, app.view_closed, app.options, app.shortcut):
        register("try")(note)
        app._listeners.insert(0, app._listeners.pop())  # before those that match any name
    return seen


@pytest.mark.parametrize("payload", interactions(), ids=lambda payload: str(payload["type"]))
def test_bolt_and_our_listeners_find_the_same_workspace(
    world: World, payload: dict[str, Any]
) -> None:
    seen = spy(world)
    assert world.send(payload).status_code == 200
    found = (ORGANIZATION, TEAM, True)
    assert seen == [
        {"kind": payload["type"], "ours": found, "bolts": found, "person": ANN,
         "token": ORGANIZATION},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"view": {"app_installed_team_id": "T7"}, "team": {"id": "T1"}}, "T7"),
        ({"view": {"app_installed_team_id": "E1", "team_id": "T2"}, "user": {"id": "U"}}, "T2"),
        ({"user": {"id": "U", "team_id": "T3"}, "enterprise": {"id": "E1"}}, "T3"),
        ({"team": {"id": "E1"}, "user": {"id": "U", "team_id": "T3"}}, "T3"),
        ({"authorizations": [{"team_id": "T4"}], "team_id": "T9"}, "T4"),
        ({"authorizations": [{"team_id": "E1"}], "context_team_id": "T5", "team_id": "T9"}, "T5"),
        ({"authorizations": [], "team_id": "T6"}, "T6"),
        ({"team_id": "E1", "event": {"view": {"team_id": "T8"}}}, "T8"),
        ({"enterprise": {"id": "E1"}, "is_enterprise_install": True}, ""),
        ({"enterprise_id": "E1", "team_id": "E1"}, ""),
    ],
)
def test_an_organization_is_never_taken_for_a_workspace(
    named: dict[str, Any], expected: str
) -> None:
    assert team(named) == expected


def test_an_event_of_a_shared_channel_has_no_organization_but_its_authorizations() -> None:
    other = {"enterprise_id": "E9", "is_enterprise_install": True}
    entry = {"enterprise_id": None, "team_id": "T1", "is_enterprise_install": False}
    body = other | {"authorizations": [entry], "team_id": "T9"}
    assert (organization(body), team(body), is_org_wide(body)) == ("", "T1", False)
