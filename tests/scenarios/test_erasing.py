"""Erasing a person leaves no trace of them in any column of any table."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import MetaData, select

from bot import messages
from bot.quiz import texts
from bot.slack.tokens import Cipher, Tokens
from bot.store import Votes
from bot.views.practice import ERASE, erase_button
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle
from tests.scenarios.test_gaps import ASK
from tests.scenarios.test_home import opened
from tests.scenarios.test_home import press as press_home
from tests.scenarios.test_practice import press_private, right_of
from tests.scenarios.test_quiz import HISTORY, asked, press, reveal, right_letter

QUESTION = "what is 429 in api gateway"
OTHERS = "U0ANNA"
"""An id that contains Ann's."""


def traces(world: World, *ids: str) -> set[str]:
    """The columns that hold one of these ids, alone or as part of a text."""
    found = set()
    tables = MetaData()
    tables.reflect(world.store.engine)
    with world.store.engine.connect() as db:
        for table in tables.sorted_tables:
            for row in db.execute(select(table)).mappings():
                texts = ((name, f" {value} ".replace(OTHERS, "")) for name, value in row.items())
                found |= {f"{table.name}.{name}" for name, text in texts if _holds(text, ids)}
    return found


def _holds(text: str, ids: tuple[str, ...]) -> bool:
    return any(id in text for id in ids)


def live(world: World, user: str = ANN, direct: str = DIRECT) -> None:
    """Do everything that leaves a trace."""
    world.slack.users[user] = {"tz": "Europe/Berlin"}
    world.command("quiz on 09:30 daily Europe/Berlin", user)
    answer = world.command(QUESTION, user)
    world.press(buttons(answer)["\U0001f44d"], user)
    world.press(buttons(answer)["Share"], user)
    world.press(buttons(world.command("how do I water tomatoes", user))[ASK], user)
    world.mention(f"<@{BOT}> {QUESTION}", user=user)
    opened_messages = {"type": "app_home_opened", "user": user, "tab": "messages"}
    world.event(opened_messages | {"channel": direct})
    world.direct(QUESTION, user=user, channel=direct)
    world.direct("quiz on 9:00 UTC", user=user, channel=direct)
    settle(world)
    question = world.command_reply("practice", user)
    wrong = "B" if right_of(world, question) == "A" else "A"
    reply = press_private(world, question, wrong, user)
    press_private(world, reply, messages.REMIND_ME, user)
    press_private(world, reply, messages.NEXT_QUESTION, user)
    settle(world)
    world.lookups.write()


def asked_in(world: World, channel: str, at: str) -> dict[str, Any]:
    """Move to a moment; the question that the channel has then."""
    asked(world, at)
    settle(world)
    found = [m for m in world.slack.messages if m["channel"] == channel and "A" in buttons(m)]
    return copy.deepcopy(found[-1])


def quiz_days(world: World, user: str = ANN) -> None:
    """Answer a question that is revealed and one that stays open, and be reminded and told."""
    message = asked_in(world, CHANNEL, "2026-11-23T09:30:00+01:00")
    press(world, message, right_letter(world, message), user)
    press(world, message, right_letter(world, message), BEN)
    message = asked_in(world, DIRECT, "2026-11-23T10:00:00+01:00")
    press(world, message, "A", user)
    reveal(world)
    message = asked_in(world, CHANNEL, "2026-11-24T09:30:00+01:00")
    press(world, message, "A", user)
    world.store.subscriptions.pause(TEAM, "C0OTHER", "is_archived")
    world.clock.tick()


def long_life(world: World) -> World:
    world.slack.scopes |= HISTORY
    live(world)
    world.command("quiz on 09:30", channel="C0OTHER")
    settle(world)
    quiz_days(world)
    world.direct(QUESTION)  # the first conversations have been forgotten by now
    world.mention(f"<@{BOT}> {QUESTION}")
    world.press(buttons(world.command(QUESTION))["Share"])
    settle(world)
    return world


@pytest.fixture
def lived(world: World) -> World:
    return long_life(world)


def erase(world: World, user: str = ANN, **more: Any) -> dict[str, Any]:
    """Press the red button."""
    before = len(world.responses())
    world.press(erase_button(ERASE), user, **more)
    return world.responses(before + 1)[before]


def test_a_rich_life_leaves_traces_in_many_columns(lived: World) -> None:
    assert traces(lived, ANN, DIRECT) >= {
        "answers.user", "cards.user", "claims.key", "conversations.user", "conversations.channel",
        "deliveries.subject", "deliveries.channel", "exercises.user", "fact_requests.user",
        "feedback.user", "greetings.user",
        "lookups.user", "people.user", "people.direct", "streaks.user", "subscriptions.created_by",
        "subscriptions.channel", "postings.channel",
    }  # fmt: skip


def test_erasing_leaves_none(make_world: Callable[..., World], url: str) -> None:
    world = long_life(make_world(database_url=url))
    reply = erase(world)
    assert (reply["text"], reply["replace_original"]) == (messages.ERASED, True)
    assert traces(world, ANN, DIRECT) == set()
    world.close()


def test_what_others_have_stays(lived: World) -> None:
    live(lived, OTHERS, "D0ANNA")
    live(lived, BEN, "D0BEN")
    before = traces(lived, BEN, "D0BEN")
    erase(lived)
    assert traces(lived, BEN, "D0BEN") == before
    assert lived.store.people.get(TEAM, OTHERS).reminded
    assert Votes("apigw-429", helpful=2, wrong=0) in lived.store.votes()


def test_a_quiz_that_one_set_up_goes_on_without_a_name(lived: World) -> None:
    erase(lived)
    assert ANN not in str(lived.command_reply("quiz status", BEN))
    message = asked_in(lived, CHANNEL, "2026-11-25T09:30:00+01:00")
    assert (message["channel"], sorted(buttons(message))[:1]) == (CHANNEL, ["A"])
    calls = len(lived.slack.calls)
    lived.store.subscriptions.pause(TEAM, CHANNEL, "is_archived")
    lived.clock.tick()
    reply = [call for call in lived.slack.calls[calls:] if call.method == "chat.postMessage"]
    assert reply == []  # there is nobody to tell


def test_the_open_question_counts_one_answer_less(lived: World) -> None:
    assert texts.answered(1) in open_question(lived)
    erase(lived)
    assert texts.answered(1) not in open_question(lived)


def open_question(world: World) -> str:
    """The text of the question that is open, once the count below it is up to date."""
    world.wall_clock.now += 3
    world.clock.tick()
    (posting,) = world.store.postings.open(TEAM, CHANNEL)
    (message,) = [m for m in world.slack.messages if m["ts"] == posting.ts]
    return json.dumps(message, ensure_ascii=False)


def test_who_installed_us_is_forgotten_and_the_installation_works_on(world: World) -> None:
    tokens = Tokens("1", world.store.engine, Cipher((Fernet.generate_key().decode(),)))
    ids: dict[str, Any] = {"app_id": "A1", "team_id": TEAM, "enterprise_id": None}
    tokens.save(Installation(**ids, user_id=ANN, bot_token="xoxb-1", bot_id="B1", bot_user_id=BOT))
    assert "slack_installations.user_id" in traces(world, ANN)
    erase(world)
    assert traces(world, ANN) == set()
    found = tokens.find_bot(enterprise_id=None, team_id=TEAM)
    assert found and found.bot_token == "xoxb-1"


def test_lookups_that_any_process_still_holds_are_not_written(
    make_world: Callable[[], World],
) -> None:
    here, there = make_world(), make_world()
    for world in (here, there):
        world.command(QUESTION)
        world.command(QUESTION, BEN)
    erase(here)
    for world in (here, there):
        world.lookups.write()
    assert traces(here, ANN) == set()
    assert traces(here, BEN) == {"lookups.user", "cards.user"}


def test_after_it_life_begins_anew(lived: World) -> None:
    erase(lived)
    lived.wall_clock.now += 60
    lived.command(QUESTION)
    lived.lookups.write()
    assert traces(lived, ANN) == {"lookups.user"}


def test_a_reminder_that_is_on_its_way_brings_nobody_back(lived: World) -> None:
    person = lived.store.people.get(TEAM, ANN)
    erase(lived)
    lived.store.people.plan_reminder(person, due=True, following=lived.wall_clock.now)
    lived.store.people.change_if_known(TEAM, ANN, direct=DIRECT)
    assert traces(lived, ANN, DIRECT) == set()


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
def test_what_is_typed_only_offers_the_red_button(world: World, surface: str) -> None:
    world.store.people.change(TEAM, ANN, reminded=True)
    if surface == "command":
        offered = world.command_reply("practice erase")
    else:
        getattr(world, surface)("practice erase")
        method = "chat.postMessage" if surface == "direct" else "chat.postEphemeral"
        offered = world.slack.wait_for(method)[-1].body
    settle(world)
    assert world.store.people.get(TEAM, ANN).reminded
    button = buttons(offered)[messages.ERASE]
    assert (button["style"], button["confirm"]["style"]) == ("danger", "danger")
    reply = erase(world, **_place(surface))
    assert reply["text"] == messages.ERASED
    assert traces(world, ANN, DIRECT) == set()


def _place(surface: str) -> dict[str, Any]:
    channel = DIRECT if surface == "direct" else CHANNEL
    container = {"type": "message", "message_ts": "300.1", "channel_id": channel}
    return {"channel": {"id": channel, "name": "x"}, "container": container}


def test_the_home_tab_asks_and_erases(lived: World) -> None:
    view = opened(lived)
    elements = [e for block in view["blocks"] for e in block.get("elements", [])]
    (button,) = [e for e in elements if e.get("style") == "danger"]
    assert button["confirm"]["style"] == "danger"
    press_home(lived, view, messages.ERASE)
    settle(lived)
    assert traces(lived, ANN, DIRECT) == set()


def test_another_workspace_keeps_its_own(world: World) -> None:
    for team in (TEAM, "T2"):
        world.store.people.change(team, ANN, reminded=True)
        world.store.note_feedback(team, ANN, "apigw-429", True)
        world.store.claim("share", f"{team}:1.1:{ANN}:apigw-429")
    world.store.people.erase(TEAM, ANN)
    assert world.store.people.get("T2", ANN).reminded
    assert Votes("apigw-429", helpful=1, wrong=0) in world.store.votes()
    assert not world.store.claim("share", f"T2:1.1:{ANN}:apigw-429")
    assert world.store.claim("share", f"{TEAM}:1.1:{ANN}:apigw-429")
