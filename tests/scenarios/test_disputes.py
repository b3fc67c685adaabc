"""A reported mistake, from the card to what the person who reported it is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot import messages
from bot.curating.case_planning import CasePlanner
from bot.curating.cases import CaseOutcome
from bot.curating.hourly_limit import MAX_PER_HOUR
from bot.fake_slack.validator import Surface, validation_errors
from bot.listeners.fact_form import NO_DATABASE
from bot.quiz import texts
from bot.store.cases import NewReport
from bot.store.fact_changes import ChangeKind
from bot.views import case as view
from bot.views import fact_form, found, lookup, report, team_note
from bot.views.home import SEARCH
from bot.views.practice import ERASE, erase_button
from tests.scenarios.conftest import (
    ANN,
    BEN,
    CHANNEL,
    DIRECT,
    TEAM,
    World,
    buttons,
    database_away,
    settle,
)
from tests.scenarios.test_card import QUESTION, shown_to
from tests.scenarios.test_card import press as press_on
from tests.scenarios.test_erasing import traces
from tests.scenarios.test_quiz import HISTORY, asked, newest, press, reveal, right_letter, shown

FACT, OTHER = "apigw-429", "lambda-timeout"
CLEO, CURATORS = "U0CLEO", "C0CURATORS"
COMPLAINT = "The default is <!channel> *20,000* now.\nSee the page."
LINK = "https://docs.aws.amazon.com/apigateway/?a=1&b=2"
DAY = 86_400.0


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    world = make_world(database_url=url)
    world.store.prepare()
    world.slack.scopes |= HISTORY
    world.slack.people.users = {
        ANN: {}, BEN: {"is_admin": True}, CLEO: {"is_owner": True, "is_admin": True},
    }  # fmt: skip
    world.store.curators.choose_channel(TEAM, CURATORS, BEN)
    yield world


def payload(kind: str, user: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM},
        "api_app_id": "A1", "enterprise": None, "is_enterprise_install": False, **more,
    }  # fmt: skip


def modal(world: World, user: str = ANN) -> dict[str, Any]:
    """What the person's modal shows now; nothing if none is open."""
    view_id = world.slack.view_store.open_modals.get(user)
    return copy.deepcopy(world.slack.views[view_id]) if view_id else {}


def submit(world: World, user: str = ANN, **values: dict[str, Any]) -> dict[str, str]:
    """Submit the person's modal; its errors."""
    state = {"values": {name: {name: value} for name, value in values.items()}}
    now = modal(world, user)
    response = world.send(payload("view_submission", user, view=now | {"state": state}))
    assert response.status_code == 200
    answer = json.loads(response.text or "{}")
    return world.slack.view_store.acknowledge(user, now["id"], answer)


def typed(text: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": text}


def submit_report(
    world: World, user: str = ANN, complaint: str | None = COMPLAINT, link: str | None = LINK
) -> dict[str, str]:
    return submit(world, user, report_complaint=typed(complaint), report_link=typed(link))


def report_fact(world: World, user: str = ANN, **more: Any) -> None:
    """Report the fact of a card as wrong."""
    press_on(world, shown_to(world, user), report.TITLE, user)
    assert submit_report(world, user, **more) == {}


def tick(world: World) -> None:
    """Let what was planned be sent."""
    for _ in range(2):
        world.wall_clock.now += 2
        world.clock.tick()


def in_channel(world: World, channel: str) -> list[dict[str, Any]]:
    return [message for message in world.slack.messages if message["channel"] == channel]


def the_case(world: World) -> dict[str, Any]:
    (posted,) = [m for m in in_channel(world, CURATORS) if not m["thread_ts"]]
    return posted


def press_case(world: World, name: str, user: str = BEN) -> None:
    press_on(world, the_case(world), name, user)


def is_disputed(world: World, team: str = TEAM) -> bool:
    return FACT in world.services.teams.of(team).disputed


def test_a_report_marks_the_fact_here_and_the_curators_get_one_case(world: World) -> None:
    card = shown_to(world, ANN)
    press_on(world, card, report.TITLE, ANN)
    opened = modal(world)
    assert opened["title"]["text"] == report.TITLE and "429" in shown(opened)
    assert submit_report(world) == {}
    assert report.REPORTED in shown(modal(world)) and "submit" not in modal(world)
    assert "Under review" in shown(world.command(QUESTION))
    assert "Under review" not in shown(world.command(QUESTION, team="T2"))
    assert not is_disputed(world, "T2")
    tick(world)
    case = the_case(world)
    assert validation_errors(case_payload(case), Surface.MESSAGE) == []
    assert f"<@{ANN}>" in shown(case) and "20,000" in shown(case)
    assert "<!channel>" not in shown(case) and "&lt;!channel&gt;" in shown(case)
    assert "<https://docs.aws.amazon.com/apigateway/?a=1&amp;b=2>" in shown(case)
    assert list(buttons(case))[0] == "Keep" and "Retire" in buttons(case)
    report_fact(world, CLEO, complaint="Same here.", link=None)
    tick(world)
    assert "Same here." in shown(the_case(world)) and "20,000" in shown(the_case(world))
    assert len(in_channel(world, CURATORS)) == 1
    assert world.store.votes()[0].wrong == 2


def case_payload(message: dict[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in ("text", "blocks")}


def test_what_is_wrong_with_a_report_is_said_in_the_modal(world: World) -> None:
    press_on(world, shown_to(world, ANN), report.TITLE, ANN)
    assert submit_report(world, complaint=" \n ") == {report.COMPLAINT: report.NEED_COMPLAINT}
    for link in ("ftp://x", "https://a|b", "see <https://x>", "https://" + "x" * 500):
        assert submit_report(world, link=link) == {report.LINK: report.NEED_LINK}
    assert not is_disputed(world) and world.store.cases.open(TEAM) == []


def test_ten_reports_an_hour(world: World) -> None:
    for _ in range(MAX_PER_HOUR):
        report_fact(world)
    press_on(world, shown_to(world, ANN), report.TITLE, ANN)
    errors = submit_report(world)
    assert "10 reports in an hour" in errors[report.COMPLAINT]
    assert len(world.store.cases.open(TEAM)[0].reports) == MAX_PER_HOUR


def test_submitting_twice_reports_once(world: World) -> None:
    press_on(world, shown_to(world, ANN), report.TITLE, ANN)
    state = {report.COMPLAINT: {report.COMPLAINT: typed("Wrong.")}}
    submission = payload("view_submission", ANN, view=modal(world) | {"state": {"values": state}})
    for _ in range(2):
        assert json.loads(world.send(submission).text)["response_action"] == "update"
    assert len(world.store.cases.open(TEAM)[0].reports) == 1


def test_a_thumbs_down_offers_to_say_what_is_wrong(world: World) -> None:
    card = shown_to(world, ANN)
    press_on(world, card, "\U0001f44e", ANN)
    assert not is_disputed(world)
    press_on(world, card, report.SAY_MORE, ANN)
    assert submit_report(world) == {}
    assert is_disputed(world)
    assert [(vote.fact, vote.wrong) for vote in world.store.votes()] == [(FACT, 1)]


def test_keeping_it_ends_the_case_and_the_reporters_are_told_once(world: World) -> None:
    report_fact(world)
    report_fact(world)
    tick(world)
    press_case(world, "Keep", ANN)
    assert "Only curators can do that" in world.slack.ephemeral[-1]["text"] and is_disputed(world)
    press_case(world, "Keep")
    assert not is_disputed(world) and "Keep" not in buttons(the_case(world))
    tick(world)
    assert f"Kept as it is by <@{BEN}>" in shown(the_case(world))
    told = in_channel(world, DIRECT)
    assert len(told) == 1 and "kept it as it is" in told[0]["text"]
    tick(world)
    assert len(in_channel(world, DIRECT)) == 1
    assert "Under review" not in shown(world.command(QUESTION))


def test_the_second_of_two_curators_hears_who_was_first(world: World) -> None:
    report_fact(world)
    tick(world)
    before = copy.deepcopy(the_case(world))
    press_case(world, "Keep")
    press_on(world, before, "Keep", CLEO)
    said = world.slack.ephemeral[-1]
    assert said["visible_to"] == CLEO and f"Kept as it is by <@{BEN}>" in said["text"]
    press_on(world, before, "Retire", CLEO)
    assert modal(world, CLEO) == {}
    case = world.store.cases.get(TEAM, 1)
    assert case and case.decided_by == BEN


def test_retiring_it_leads_to_its_successor(world: World) -> None:
    report_fact(world)
    tick(world)
    press_case(world, "Retire")
    menu = {"action_id": view.SUCCESSOR, "block_id": view.SUCCESSOR, "value": "lambda timeo"}
    response = world.send(payload("block_suggestion", BEN, **menu, view=modal(world, BEN)))
    offered = [option["value"] for option in json.loads(response.text)["options"]]
    assert OTHER in offered
    assert submit(world, BEN, case_successor=chosen(FACT)) == {view.SUCCESSOR: view.NEVER_ITSELF}
    assert submit(world, BEN, case_successor=chosen("gone")) == {view.SUCCESSOR: view.NEVER_ITSELF}
    assert submit(world, BEN, case_successor=chosen(OTHER)) == {}
    assert "Retired by" in shown(modal(world, BEN))
    facts = world.services.teams.of(TEAM).knowledge.facts
    assert facts[FACT].id == OTHER
    assert world.services.teams.of("T2").knowledge.facts[FACT].id == FACT
    tick(world)
    assert "Retired by" in shown(the_case(world))
    (told,) = in_channel(world, DIRECT)
    assert "retired" in told["text"] and facts[OTHER].title in told["text"]


def chosen(value: str) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    return {"type": "external_select", "selected_option": option}


def test_the_later_of_two_who_retire_it_is_told_in_the_modal(world: World) -> None:
    report_fact(world)
    tick(world)
    for user in (BEN, CLEO):
        press_case(world, "Retire", user)
    nothing = {"type": "external_select", "selected_option": None}
    submit(world, BEN, case_successor=nothing)
    submit(world, CLEO, case_successor=nothing)
    assert "Someone else got there first" in shown(modal(world, CLEO))
    changes = [change.kind for change in world.store.fact_changes.history(TEAM, FACT)]
    assert changes == [ChangeKind.SETTLED, ChangeKind.RETIRED, ChangeKind.DISPUTED]


def test_correcting_it_writes_the_fact_and_the_first_to_do_so_wins(world: World) -> None:
    report_fact(world)
    tick(world)
    for user in (BEN, CLEO):
        press_case(world, "Correct", user)
    with database_away(world.store):
        kept_open = submit_correction(world, BEN, "Wait, and <!here> try again.")
    assert kept_open == {fact_form.TITLE: NO_DATABASE}
    assert submit_correction(world, BEN, "Wait, and <!here> try again.") == {}
    settle(world)
    assert submit_correction(world, CLEO, "Never try again.") == {}
    settle(world)
    assert not is_disputed(world)
    answer = world.command(QUESTION)
    assert "Wait, and &lt;!here&gt; try again." in answer["text"]
    assert "Wait, and" not in world.command(QUESTION, team="T2")["text"]
    assert "Someone else got there first" in in_channel(world, "D0CLEO")[0]["text"]
    tick(world)
    assert "Corrected by" in shown(the_case(world)) and "try again" in shown(the_case(world))
    (told,) = in_channel(world, DIRECT)
    assert "corrected" in told["text"] and "Wait, and" in told["text"]
    changes = [change.kind for change in world.store.fact_changes.history(TEAM, FACT)]
    assert changes == [ChangeKind.SETTLED, ChangeKind.WRITTEN, ChangeKind.DISPUTED]


def submit_correction(world: World, user: str, answer: str) -> dict[str, str]:
    """Change the answer in the form, and nothing else."""
    values = {}
    for block in modal(world, user)["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            value = {"value": element.get("initial_value")}
            option = {"selected_option": element.get("initial_option")}
            values[block["block_id"]] = option if element["type"] == "external_select" else value
    return submit(world, user, **values | {fact_form.ANSWER: {"value": answer}})


def test_nobody_handles_it_for_a_week(world: World) -> None:
    report_fact(world)
    tick(world)
    world.wall_clock.now += 7 * DAY
    tick(world)
    tick(world)
    case = the_case(world)
    reminders = [m for m in in_channel(world, CURATORS) if m["thread_ts"] == case["ts"]]
    assert len(reminders) == 1 and view.WAITED in reminders[0]["text"]
    assert [found.fact for found in world.store.cases.overdue(TEAM)] == [FACT]
    press_case(world, "Keep")
    assert world.store.cases.overdue(TEAM) == []


def test_the_open_cases_are_listed_for_curators(world: World) -> None:
    assert view.NO_CASES in world.command_reply("cases", BEN)["text"]
    report_fact(world)
    assert "Only curators can do that" in world.command_reply("cases", ANN)["text"]
    listed = world.command_reply("cases", BEN)
    assert "1 fact is under review" in listed["text"]
    before = len(world.responses())
    world.press(buttons(listed)["Show"], BEN)
    case = world.responses(before + 1)[before]
    assert "20,000" in shown(case)
    world.press(buttons(case)["Keep"], BEN)
    settle(world)
    assert not is_disputed(world)
    assert "Kept as it is" in shown(world.responses()[-1])


def test_without_a_channel_named_curators_get_it_and_nobody_else(world: World) -> None:
    world.store.curators.choose_channel(TEAM, "", BEN)
    world.store.curators.choose_who(TEAM, f"{BEN},{CLEO}", BEN)
    report_fact(world)
    tick(world)
    posted = [message["channel"] for message in world.slack.messages]
    assert sorted(posted) == ["D0BEN", "D0CLEO"]
    press_on(world, in_channel(world, "D0BEN")[0], "Keep", BEN)
    tick(world)
    assert "Keep" not in buttons(in_channel(world, "D0CLEO")[0])


def test_a_case_waits_until_there_is_somebody_to_post_it_to(
    make_world: Callable[..., World], url: str
) -> None:
    world = make_world(database_url=url)
    report_fact(world)
    tick(world)
    assert world.slack.messages == []
    world.store.curators.choose_channel(TEAM, CURATORS, BEN)
    tick(world)
    tick(world)
    assert len(in_channel(world, CURATORS)) == 1


def test_an_open_question_does_not_count_anymore(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    question = asked(world)
    wrong = "B" if right_letter(world, question) == "A" else "A"
    pick = press(world, question, wrong)
    press(world, question, right_letter(world, question), BEN)
    posting = world.store.postings.latest(TEAM, CHANNEL)
    assert posting
    fact = posting.question.fact
    value = json.dumps([1, fact, "", ""])
    world.press({"type": "button", "action_id": report.OPEN, "value": value}, ANN)
    settle(world)
    assert submit_report(world) == {}
    tick(world)
    (now,) = [message for message in world.slack.messages if message["ts"] == question["ts"]]
    assert texts.VOIDED in now["text"] and "A" not in buttons(now)
    before = len(world.responses())
    world.press(buttons(pick)["C"], ANN)
    assert texts.VOIDED in world.responses(before + 1)[before]["text"]
    reveal(world)
    (now,) = [message for message in world.slack.messages if message["ts"] == question["ts"]]
    assert texts.VOIDED in now["text"] and messages.RIGHT_ANSWER not in now["text"]
    (reply,) = [message for message in world.slack.messages if message["thread_ts"]]
    assert reply["text"] == texts.VOIDED
    assert world.store.people.progress(TEAM, BEN).scores == ()
    assert world.store.people.progress(TEAM, ANN).today[0].voided
    world.wall_clock.now += 30 * DAY
    assert world.store.people.due_cards(TEAM, ANN) == []
    assert "No answers yet" in world.command_reply("leaderboard")["text"]


def test_a_question_that_nobody_has_seen_is_replaced(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    world.wall_clock.move_to("2026-11-23T09:29:55+01:00")
    world.clock.tick()
    posting = world.store.postings.latest(TEAM, CHANNEL)
    assert posting and posting.ts is None
    fact = world.services.answering.knowledge.facts[posting.question.fact]
    value = json.dumps([1, fact.id, "", ""])
    world.press({"type": "button", "action_id": report.OPEN, "value": value}, ANN)
    settle(world)
    assert submit_report(world) == {}
    question = asked(world)
    after = world.store.postings.latest(TEAM, CHANNEL)
    assert after and after.question.fact != fact.id and not after.voided
    assert after.question.text in question["text"]


def test_the_reveal_offers_to_report_and_what_has_closed_still_counts(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    question = asked(world)
    press(world, question, right_letter(world, question), BEN)
    reveal(world)
    press_on(world, newest(world), report.TITLE, ANN)
    assert submit_report(world) == {}
    assert len(world.store.cases.open(TEAM)) == 1
    assert world.store.people.progress(TEAM, BEN).scores[0].right == 1


def test_with_the_database_away_facts_are_answered_and_nothing_typed_is_lost(world: World) -> None:
    card = shown_to(world, ANN)
    with database_away(world.store):
        assert "429" in world.command(QUESTION)["text"]
        press_on(world, card, report.TITLE, ANN)
        assert submit_report(world) == {report.COMPLAINT: messages.BROKEN}
    assert submit_report(world) == {}
    tick(world)
    case = copy.deepcopy(the_case(world))
    with database_away(world.store):
        press_on(world, case, "Keep", BEN)
    assert world.slack.ephemeral[-1]["text"] == messages.BROKEN
    assert is_disputed(world)


def test_another_workspace_finds_no_case(world: World) -> None:
    report_fact(world)
    tick(world)
    keep = buttons(the_case(world))["Keep"]
    world.press(keep, BEN, team={"id": "T2"})
    settle(world)
    assert view.GONE in world.responses()[-1]["text"]
    assert is_disputed(world)
    world.store.curators.choose_channel("T2", "C0T2", BEN)
    assert view.NO_CASES in world.command_reply("cases", BEN, team="T2")["text"]
    tick(world)
    assert in_channel(world, "C0T2") == []


def test_the_red_button_takes_a_name_out_of_everything(world: World) -> None:
    """Of a curator who reported a fact, decided, and wrote a note, and who gets cases as DMs."""
    world.slack.people.users[ANN] = {"is_admin": True}
    world.store.curators.choose_channel(TEAM, "", BEN)
    world.store.curators.choose_who(TEAM, f"{ANN},{BEN}", BEN)
    report_fact(world)
    tick(world)
    press_on(world, in_channel(world, DIRECT)[0], "Keep", ANN)
    tick(world)
    press_on(world, shown_to(world, ANN), team_note.ADD, ANN)
    assert submit(world, ANN, team_note_text=typed("Ours is 5,000.")) == {}
    report_fact(world)
    tick(world)
    left = traces(world, ANN, DIRECT)
    assert left >= {
        "cases.decided_by", "case_reports.reported_by", "curator_messages.user",
        "curator_messages.channel", "fact_changes.changed_by", "deliveries.subject",
    }  # fmt: skip
    world.press(erase_button(ERASE), ANN)
    settle(world)
    assert traces(world, ANN, DIRECT) == set()
    tick(world)
    (posted,) = [m for m in in_channel(world, "D0BEN") if "Keep" in buttons(m)]
    assert f"<@{ANN}>" not in shown(posted) and "20,000" in shown(posted)
    assert "Ours is 5,000." in world.command(QUESTION, BEN)["text"]


def test_erasing_who_reported_keeps_the_case_without_their_name(world: World) -> None:
    report_fact(world)
    tick(world)
    world.store.people.erase(TEAM, ANN)
    tick(world)
    assert f"<@{ANN}>" not in shown(the_case(world)) and "Somebody" in shown(the_case(world))
    press_case(world, "Keep")
    tick(world)
    assert in_channel(world, DIRECT) == []


def test_every_place_that_shows_the_fact_says_that_it_is_under_review(world: World) -> None:
    report_fact(world)
    world.store.fact_changes.add(TEAM, FACT, ChangeKind.NOTED, "Ours is 5,000.", BEN)
    world.services.teams.refresh()
    known = world.services.teams.of(TEAM)
    fact, today = known.knowledge.facts[FACT], world.services.answering.today()
    marks = known.marks(fact)
    for shown_in in (
        lookup.chosen_modal(fact, "API Gateway", today, marks),
        lookup.sharing_modal(fact, "API Gateway", today, CHANNEL, marks),
        found.fact_modal(fact, "API Gateway", today, marks),
    ):
        assert "Under review" in shown(shown_in) and "5,000" in shown(shown_in)
    option = {"text": {"type": "plain_text", "text": "x"}, "value": FACT}
    element = {"type": "external_select", "selected_option": option}
    world.press(element | {"action_id": SEARCH}, ANN)
    settle(world)
    assert "Under review" in shown(modal(world))
    other = known.marks(known.find(OTHER))
    assert not other.is_disputed and not other.note


def test_a_case_that_was_decided_before_its_post_is_not_posted(world: World) -> None:
    report_fact(world)
    CasePlanner(world.store, world.services.curators).plan()
    (case,) = world.store.cases.open(TEAM)
    assert world.store.cases.decide(TEAM, case.id, CaseOutcome.KEPT, BEN)
    tick(world)
    assert in_channel(world, CURATORS) == []
    assert len(in_channel(world, DIRECT)) == 1


def test_what_changes_while_a_message_is_edited_is_shown_by_the_next_edit(world: World) -> None:
    """So the last edit is right, whichever process makes it."""
    report_fact(world)
    tick(world)
    report_fact(world, CLEO, complaint="Second.")
    began = world.wall_clock.now

    def report_third(call: Any, response: Any, changed: Any) -> None:
        if call.method == "chat.update" and len(world.store.cases.open(TEAM)[0].reports) == 2:
            new = NewReport(TEAM, BEN, FACT, "Title", "Third.", "", "V99")
            world.store.cases.report(new, (FACT,))

    world.slack.on_call = report_third
    world.wall_clock.now = began + 1
    world.clock.tick()
    assert "Second." in shown(the_case(world)) and "Third." in shown(the_case(world))
