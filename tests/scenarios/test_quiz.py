"""A channel's daily quiz, from setting it up to the leaderboard."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import messages
from bot.fake_slack.server import Failure
from bot.fake_slack.validator import Surface, validation_errors
from bot.quiz import texts
from bot.store.deliveries import DeliveryKind
from bot.store.organizations import Membership
from bot.store.tables import deliveries, subscriptions
from bot.views import report
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle

CAT = "U0CAT"
HISTORY = {"channels:history", "groups:history"}


def shown(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


@pytest.fixture
def quiz(world: World) -> World:
    """A channel with a quiz at half past nine, Berlin time, and a token that reads the history."""
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    return world


def asked(world: World, at: str = "2026-11-23T09:30:00+01:00") -> dict[str, Any]:
    """Move to the time of the question; the message that holds it.

    The reply to an earlier question, which is posted at the same time, may come after it, or
    before it: then Slack takes the question a second later.
    """
    world.wall_clock.move_to(at)
    world.clock.tick()
    if question_waits(world):
        world.wall_clock.now += 1
        world.clock.tick()
    messages = world.slack.messages
    questions = [message for message in messages if "A" in buttons(message)]
    return copy.deepcopy((questions or messages)[-1])


def question_waits(world: World) -> bool:
    """Whether a question is due and nobody has tried to post it yet."""
    is_due = deliveries.c.open & (deliveries.c.due_at <= world.wall_clock.now)
    is_new = (deliveries.c.kind == DeliveryKind.QUESTION) & (deliveries.c.attempts == 0)
    with world.store.engine.connect() as db:
        return db.execute(select(deliveries.c.id).where(is_due, is_new)).first() is not None


def press(world: World, message: dict[str, Any], letter: str, user: str = ANN) -> dict[str, Any]:
    """Press an option of a quiz message; what the person alone is told."""
    before = len(world.responses())
    container = {
        "type": "message", "message_ts": message["ts"], "channel_id": message["channel"],
        "is_ephemeral": False,
    }  # fmt: skip
    channel = {"id": message["channel"], "name": "team"}
    world.press(buttons(message)[letter], user, container=container, channel=channel)
    return world.responses(before + 1)[before]


def reveal(world: World, date: str = "2026-11-23") -> None:
    """Move to the time of the reveal, and a little on."""
    world.wall_clock.move_to(f"{date}T17:00:00+01:00")
    world.clock.tick()
    world.wall_clock.now += 3
    world.clock.tick()


def newest(world: World) -> dict[str, Any]:
    """The newest message outside threads."""
    return [message for message in world.slack.messages if not message["thread_ts"]][-1]


def right_letter(world: World, message: dict[str, Any]) -> str:
    posting = world.store.postings.latest(TEAM, message["channel"])
    assert posting
    return "ABCD"[posting.question.right_index]


def day(world: World) -> Any:
    subscription = world.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription
    return subscription.schedule.day_of(world.wall_clock())


def test_setting_up_posts_one_introduction_that_names_who_asked(world: World) -> None:
    for _ in range(2):
        world.command("quiz on 09:30 mon-fri Europe/Berlin")
    (reply,) = world.responses(1)
    world.slack.wait_for("chat.postMessage")
    assert reply["text"].startswith(f"{texts.QUIZ_CHANGED}. Question at ")
    (posted,) = world.slack.messages
    assert posted["channel"] == CHANNEL
    assert f"<@{ANN}>" in posted["text"]
    assert "09:30, Mon-Fri, Europe/Berlin" in posted["text"]


def test_the_time_zone_is_the_persons_own_unless_given(world: World) -> None:
    world.slack.users[ANN] = {"tz": "America/New_York"}
    world.command("quiz on 9am")
    (posted,) = [call.body for call in world.slack.wait_for("chat.postMessage")]
    assert "09:00, Mon-Fri, America/New_York" in posted["text"]


@pytest.mark.parametrize("zone", [{"tz": None}, {"tz": "Nowhere/Land"}])
def test_an_unknown_time_zone_falls_back_to_utc(world: World, zone: dict[str, Any]) -> None:
    world.slack.users[ANN] = zone
    world.command("quiz on 9am")
    (posted,) = [call.body for call in world.slack.wait_for("chat.postMessage")]
    assert "UTC" in posted["text"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("quiz on 25:00", "A time looks like"),
        ("quiz on 09:30 someday", "Days look like"),
        ("quiz on 09:30 Europe/Atlantis", "A time zone looks like"),
        ("quiz on 09:30 reveal 09:35", "at least ten minutes"),
        ("quiz on 09:30 services frobnicator", "Choose services like this"),
        ("quiz later", "quiz on 09:30 mon-fri Europe/Berlin"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(world: World, text: str, hint: str) -> None:
    assert hint in world.command_reply(text)["text"]
    assert world.slack.messages == []


def test_where_the_bot_is_not_a_member_it_says_how_to_invite_it(world: World) -> None:
    world.slack.channels_without_bot.add(CHANNEL)
    reply = world.command_reply("quiz on 09:30")
    assert "/invite" in reply["text"]
    assert "/invite" in world.command_reply("quiz status")["text"]
    world.slack.channels_without_bot.clear()
    world.command("quiz on")
    world.slack.wait_for("chat.postMessage", 2)
    assert len(world.slack.messages) == 1
    assert "09:30" in world.slack.messages[0]["text"]


def test_the_question_comes_at_its_local_time_with_four_lettered_options(quiz: World) -> None:
    quiz.wall_clock.move_to("2026-11-23T09:29:59+01:00")
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 1
    message = asked(quiz)
    assert sorted(buttons(message)) == ["A", "B", "C", "D"]
    for letter, button in buttons(message).items():
        assert button["accessibility_label"].startswith(f"Answer {letter}: ")
        option = button["accessibility_label"].removeprefix(f"Answer {letter}: ")
        assert option in message["text"] or option.endswith("\u2026")
    assert "17:00" in message["text"]
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 2


def test_nothing_in_the_message_tells_the_right_answer(quiz: World) -> None:
    message = asked(quiz)
    values = [json.loads(button["value"]) for button in buttons(message).values()]
    assert len({tuple(value[:2]) for value in values}) == 1
    assert sorted(value[2] for value in values) == [0, 1, 2, 3]
    posting = quiz.store.postings.latest(TEAM, CHANNEL)
    assert posting
    assert posting.question.fact not in shown(message)
    assert set(message["metadata"]["event_payload"]) == {"delivery"}


def test_an_answer_that_comes_during_an_edit_is_counted_by_the_next(quiz: World) -> None:
    message = asked(quiz)
    press(quiz, message, "A")
    posting = quiz.store.postings.latest(TEAM, CHANNEL)
    assert posting

    def answer_meanwhile(method: str) -> None:
        if method == "chat.update":
            quiz.store.answers.record(posting.id, BEN, 2)

    quiz.slack.failure_for = answer_meanwhile
    quiz.wall_clock.now += 3
    quiz.clock.tick()
    assert "1 answered" in shown(quiz.slack.messages[-1])
    quiz.wall_clock.now += 3
    quiz.clock.tick()
    assert "2 answered" in shown(quiz.slack.messages[-1])
    calls = len(quiz.slack.calls)
    quiz.wall_clock.now += 10
    quiz.clock.tick()
    assert len(quiz.slack.calls) == calls, "nobody has answered since"


def test_a_press_is_private_and_may_be_changed(quiz: World) -> None:
    message = asked(quiz)
    assert press(quiz, message, "A")["text"].startswith("You picked A:")
    reply = press(quiz, message, "B")
    assert reply["text"].startswith("You picked B:")
    assert reply["response_type"] == "ephemeral"
    assert reply["replace_original"] is False
    quiz.wall_clock.now += 3
    quiz.clock.tick()
    assert "1 answered" in shown(quiz.slack.messages[-1])
    posting = quiz.store.postings.latest(TEAM, CHANNEL)
    assert posting
    assert [a.choice for a in quiz.store.answers.in_time(posting.id)] == [1]


def test_the_reveal_shows_the_answer_the_numbers_and_the_first(
    quiz: World, knowledge: KnowledgeBase
) -> None:
    message = asked(quiz)
    right = right_letter(quiz, message)
    wrong = "B" if right == "A" else "A"
    press(quiz, message, wrong, ANN)
    quiz.wall_clock.now += 1
    press(quiz, message, right, BEN)
    quiz.wall_clock.now += 1
    press(quiz, message, right, CAT)
    quiz.wall_clock.now += 3
    quiz.clock.tick()
    reveal(quiz)
    revealed = newest(quiz)
    assert revealed["ts"] == message["ts"]
    assert f"Right: <@{BEN}> (first), <@{CAT}>" in shown(revealed)
    assert "2 of 3 got it right." in shown(revealed)
    assert f"{messages.RIGHT_ANSWER} {right}: " in revealed["text"]
    lines = {line[0]: line for line in revealed["text"].splitlines() if line[1:3] == ": "}
    assert [texts.votes(n) in lines[at] for at, n in ((right, 2), (wrong, 1))] == [True, True]
    options = next(block for block in revealed["blocks"] if block["type"] == "rich_text")
    parts = options["elements"][0]["elements"]
    mark = parts.index({"type": "emoji", "name": "white_check_mark"})
    assert parts[mark + 2]["text"] == right
    assert [part["text"] for part in parts if "\u2587" in part.get("text", "")] == [
        f"\n{bar} {count}"
        for bar, count in sorted((("\u2587" * 12, 2), ("\u2587" * 6, 1)), reverse=wrong > right)
    ]
    posting = quiz.store.postings.latest(TEAM, CHANNEL)
    assert posting
    fact = knowledge.facts[posting.question.fact]
    assert fact.answer in shown(revealed).replace('\\"', '"')
    assert fact.source in shown(revealed)
    assert list(buttons(revealed)) == [texts.HOW_DID_I_DO, report.TITLE]
    quiz.clock.tick()
    assert len(quiz.slack.wait_for("chat.update")) == 2  # one count, one reveal


def test_a_late_press_is_answered_with_the_result_and_does_not_count(quiz: World) -> None:
    message = asked(quiz)
    right = right_letter(quiz, message)
    reveal(quiz)
    reply = press(quiz, message, right)
    assert reply["text"].startswith(f"Right! It's {right}:")
    assert "counts only toward your own review" in reply["text"]
    assert messages.NO_ANSWERS_YET in quiz.command_reply("leaderboard")["text"]


def test_the_leaderboard_ranks_with_ties_and_leaves_out_who_opted_out(quiz: World) -> None:
    message = asked(quiz)
    right = right_letter(quiz, message)
    for user in (ANN, BEN, CAT):
        press(quiz, message, right, user)
    reveal(quiz)
    table = quiz.command_reply("leaderboard")["text"]
    assert [line for line in table.splitlines() if line.startswith("1. ")] == [
        f"1. <@{user}> 1 of 1 right" for user in sorted((ANN, BEN, CAT))
    ] * 2
    assert quiz.command_reply("leaderboard off", BEN)["text"] == texts.hidden_from_ranks("/aws")
    assert f"<@{BEN}>" not in quiz.command_reply("leaderboard")["text"]


def test_who_left_the_leaderboard_is_not_named_in_a_reveal_but_counted(quiz: World) -> None:
    quiz.command_reply("leaderboard off", BEN)
    for date in ("2026-11-23", "2026-11-24"):
        message = asked(quiz, f"{date}T09:30:00+01:00")
        right = right_letter(quiz, message)
        for user in (BEN, ANN):
            press(quiz, message, right, user)
            quiz.wall_clock.now += 1
        reveal(quiz, date)
    revealed = newest(quiz)
    assert "2 of 2 got it right." in shown(revealed)
    assert f"Right: <@{ANN}> (first), 1 more" in shown(revealed)
    assert f"{messages.STREAKS} <@{ANN}> 2" in shown(revealed)
    assert BEN not in shown(revealed)


def test_the_week_begins_on_monday_and_the_month_on_its_first_day(quiz: World) -> None:
    for date in ("2026-11-23", "2026-11-30"):
        message = asked(quiz, f"{date}T09:30:00+01:00")
        press(quiz, message, right_letter(quiz, message))
        reveal(quiz, date)
    week, month = quiz.command_reply("leaderboard")["text"].split(messages.THIS_MONTH)
    assert f"<@{ANN}> 1 of 1 right" in week
    assert f"<@{ANN}> 2 of 2 right" in month
    quiz.wall_clock.move_to("2026-12-01T08:00:00+01:00")
    week, month = quiz.command_reply("leaderboard")["text"].split(messages.THIS_MONTH)
    assert f"<@{ANN}> 1 of 1 right" in week
    assert messages.NO_ANSWERS_YET in month


def test_a_streak_is_not_broken_by_a_weekend(quiz: World) -> None:
    for date in ("2026-11-27", "2026-11-30"):
        message = asked(quiz, f"{date}T09:30:00+01:00")
        press(quiz, message, right_letter(quiz, message))
        reveal(quiz, date)
        revealed = newest(quiz)
        quiz.wall_clock.now += 90
        quiz.clock.tick()  # the week's standings
    assert f"<@{ANN}> 2" in shown(revealed)


def test_no_question_at_the_weekend_and_none_twice_a_day(quiz: World) -> None:
    quiz.wall_clock.move_to("2026-11-27T23:00:00+01:00")
    quiz.clock.tick()
    before = len(quiz.slack.messages)
    for moment in ("2026-11-28T12:00:00+01:00", "2026-11-29T12:00:00+01:00"):
        quiz.wall_clock.move_to(moment)
        quiz.clock.tick()
    assert len(quiz.slack.messages) == before


def test_a_missed_hour_is_caught_up_the_same_day(quiz: World) -> None:
    quiz.wall_clock.move_to("2026-11-23T13:00:00+01:00")
    quiz.clock.tick()
    assert sorted(buttons(quiz.slack.messages[-1])) == ["A", "B", "C", "D"]


def test_a_missed_day_is_skipped(quiz: World) -> None:
    quiz.wall_clock.move_to("2026-11-23T19:00:00+01:00")
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 1
    assert "17:00" in asked(quiz, "2026-11-24T09:30:00+01:00")["text"]


def test_a_quiz_can_be_asked_for_at_once_but_only_one_a_day(quiz: World) -> None:
    quiz.command("quiz now")
    quiz.slack.wait_for("chat.postMessage", 2)
    assert quiz.command_reply("quiz now", BEN)["text"] == texts.ASKED_ALREADY
    asked(quiz)
    assert len(quiz.slack.messages) == 2


def test_a_question_comes_when_it_is_due_and_its_answer_in_its_place_unpressed(
    world: World,
) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    world.wall_clock.move_to("2026-11-23T09:29:59+01:00")
    world.clock.tick()
    assert len(world.slack.messages) == 1
    message = asked(world)
    posting = world.store.postings.latest(TEAM, CHANNEL)
    assert posting and (posting.ts, posting.posted_at) == (message["ts"], world.wall_clock.now)
    reveal(world)
    assert messages.RIGHT_ANSWER in world.slack.messages[-1]["text"]
    assert world.slack.messages[-1]["ts"] == message["ts"]
    assert len(world.slack.messages) == 2


def test_switching_off_leaves_out_a_question_that_waits_for_slack(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    world.slack.fail_next("chat.postMessage", Failure(status=429, retry_after=60))
    asked(world)
    assert world.command_reply("quiz off")["text"] == texts.quiz_off("/aws")
    world.wall_clock.now += 120
    world.clock.tick()
    assert not any("A" in buttons(message) for message in world.slack.messages)
    assert world.command_reply("quiz off")["text"] == texts.no_quiz("/aws")


def test_when_slack_says_wait_the_clock_waits(quiz: World) -> None:
    quiz.slack.fail_next("chat.postMessage", Failure(status=429, retry_after=30))
    asked(quiz)
    assert len(quiz.slack.messages) == 1
    quiz.wall_clock.now += 29
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 1
    quiz.wall_clock.now += 2
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 2


def test_a_dead_channel_pauses_its_quiz_and_tells_who_set_it_up_once(quiz: World) -> None:
    quiz.command("quiz on 09:30 mon-fri Europe/Berlin", channel="C0OTHER")
    quiz.slack.wait_for("chat.postMessage", 2)
    quiz.slack.channels_without_bot.add(CHANNEL)
    asked(quiz)
    quiz.clock.tick()
    reply = [m for m in quiz.slack.messages if m["channel"] == "D0ANN"]
    assert len(reply) == 1
    assert f"<#{CHANNEL}>" in reply[0]["text"]
    assert "/invite" in reply[0]["text"]
    assert [m["channel"] for m in quiz.slack.messages if "metadata" in m].count("C0OTHER") == 2
    quiz.wall_clock.move_to("2026-11-24T09:30:00+01:00")
    quiz.clock.tick()
    assert len([m for m in quiz.slack.messages if m["channel"] == "D0ANN"]) == 1


def test_a_quiz_whose_settings_make_no_sense_is_paused_and_others_go_on(quiz: World) -> None:
    quiz.command("quiz on 09:30 mon-fri Europe/Berlin", channel="C0OTHER")
    quiz.slack.wait_for("chat.postMessage", 2)
    where = subscriptions.c.channel == CHANNEL
    with quiz.store.engine.begin() as db:
        db.execute(update(subscriptions).where(where).values(tz="Mars/Olympus", weekdays=""))
    reply = "I can't read its time, days, or time zone. Set it up again: type /aws quiz"
    assert reply in quiz.command_reply("quiz status")["text"]
    asked(quiz)
    quiz.clock.tick()
    notices = [m["text"] for m in quiz.slack.messages if m["channel"] == "D0ANN"]
    assert notices == [f"The quiz in <#{CHANNEL}> is paused: {reply} there."]
    (question,) = [m for m in quiz.slack.messages if "A" in buttons(m)]
    assert question["channel"] == "C0OTHER"
    quiz.event({"type": "app_home_opened", "user": ANN, "tab": "home"})
    assert reply in shown(quiz.slack.wait_for("views.publish")[-1].body)
    quiz.command("quiz on 10:00 daily UTC")
    quiz.slack.wait_for("chat.postMessage", 5)
    assert "10:00, daily, UTC" in quiz.command_reply("quiz status")["text"]


def test_two_clocks_post_one_question(make_world: Callable[[], World]) -> None:
    first, second = make_world(), make_world()
    first.slack.scopes |= HISTORY
    first.command("quiz on 09:30 mon-fri Europe/Berlin")
    first.slack.wait_for("chat.postMessage")
    first.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    first.clock.tick()
    second.clock.tick()
    assert len(first.slack.messages) == 2


def test_a_restart_in_the_middle_loses_nothing(make_world: Callable[[], World]) -> None:
    before, after = make_world(), make_world()
    before.slack.scopes |= HISTORY
    before.command("quiz on 09:30 mon-fri Europe/Berlin")
    before.slack.wait_for("chat.postMessage")
    message = asked(before)
    press(before, message, "A", ANN)
    press(after, message, "B", BEN)
    assert press(after, message, "C", ANN)["text"].startswith("You picked C:")
    reveal(after)
    assert "of 2 got it right" in newest(after)["text"]


def test_a_revoked_token_pauses_the_whole_team(quiz: World) -> None:
    quiz.slack.failure_for = lambda method: Failure(error="token_revoked")
    asked(quiz)
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and not subscription.active
    assert subscription.paused_for == "token_revoked"


def test_a_question_that_was_deleted_is_closed_in_silence(quiz: World) -> None:
    message = asked(quiz)
    press(quiz, message, "A")
    quiz.slack.messages.clear()
    reveal(quiz)
    assert quiz.slack.messages == []


def test_where_messages_cannot_be_edited_the_answer_is_a_new_one(quiz: World) -> None:
    asked(quiz)
    quiz.slack.fail_next("chat.update", Failure(error="edit_window_closed"))
    reveal(quiz)
    assert len(quiz.slack.messages) == 3
    assert messages.RIGHT_ANSWER in quiz.slack.messages[-1]["text"]


@pytest.mark.parametrize("org_wide", [False, True])
def test_the_quiz_of_a_channel_with_another_id_goes_on(quiz: World, org_wide: bool) -> None:
    message = asked(quiz)
    press(quiz, message, "A", BEN)
    new = "C0SHARED"
    quiz.slack.change_channel_id(CHANNEL, new)
    authorization: dict[str, Any] = {"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}
    if org_wide:
        quiz.store.organizations.put(TEAM, Membership("E1", whole=True))
        authorization |= {"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}
    event = {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": new}
    for _ in range(2):
        team = "T0OTHER" if org_wide else TEAM
        assert quiz.event(event, team=team, authorizations=[authorization]).status_code == 200
        settle(quiz)
    assert press(quiz, message | {"channel": new}, "B")["text"].startswith("You picked B:")
    reveal(quiz)
    assert "of 2 got it right" in newest(quiz)["text"]
    assert asked(quiz, "2026-11-24T09:30:00+01:00")["channel"] == new
    subscription = quiz.store.subscriptions.get(TEAM, new)
    assert subscription and subscription.active


@pytest.mark.parametrize("changed", [{"old_channel_id": ""}, {"new_channel_id": {"no": "id"}}])
def test_an_event_that_names_no_channel_changes_nothing(
    quiz: World, changed: dict[str, Any]
) -> None:
    event = {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C9"}
    assert quiz.event(event | changed).status_code == 200
    settle(quiz)
    assert asked(quiz)["channel"] == CHANNEL


def test_of_two_presses_the_later_one_counts_though_it_arrives_first(quiz: World) -> None:
    message = asked(quiz)
    later, earlier = quiz.wall_clock.now + 0.7, quiz.wall_clock.now + 0.2
    for letter, at in (("B", later), ("A", earlier)):
        container = {"type": "message", "message_ts": message["ts"], "channel_id": CHANNEL}
        quiz.press(buttons(message)[letter] | {"action_ts": f"{at:.6f}"}, container=container)
        settle(quiz)
    posting = quiz.store.postings.latest(TEAM, CHANNEL)
    assert posting
    assert [item.choice for item in quiz.store.answers.in_time(posting.id)] == [1]
    picks = [reply["text"][:12] for reply in quiz.responses() if "picked" in reply["text"]]
    assert picks == ["You picked B"]


@pytest.mark.parametrize("value", ["", "x", "[1]", "[1,999,0]", "[2,1,0]", '[1,1,"a"]', "[1,1,9]"])
def test_a_button_that_nobody_knows_is_answered(quiz: World, value: str) -> None:
    message = asked(quiz)
    element = buttons(message)["A"] | {"value": value}
    before = len(quiz.responses())
    quiz.press(element)
    assert quiz.responses(before + 1)[before]["text"] == texts.QUIZ_GONE


def test_an_option_of_another_channels_quiz_is_refused(quiz: World) -> None:
    message = asked(quiz)
    before = len(quiz.responses())
    quiz.press(buttons(message)["A"], channel={"id": "C0ELSE", "name": "x"})
    assert quiz.responses(before + 1)[before]["text"] == texts.QUIZ_WRONG_PLACE


def test_every_answer_of_the_quiz_is_valid(quiz: World) -> None:
    message = asked(quiz)
    for body in (
        press(quiz, message, "C"),
        quiz.command_reply("quiz status"),
        quiz.command_reply("leaderboard"),
    ):
        assert validation_errors(body, Surface.MESSAGE) == []
