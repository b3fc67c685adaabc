"""Many workspaces: installing, keeping apart, rotating tokens, leaving."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, create_engine, func, select, text

from bot.build import build
from bot.fake_slack.server import Failure, FakeSlack
from bot.quiz import texts
from bot.services import Services
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.slack.many import ManyWorkspaces
from bot.store import Conversation
from bot.store.people import Lookup
from knowledge import KnowledgeBase
from tests.scenarios.conftest import SECRET, WallClock, World, buttons, database_away, settle

OLD_KEY, NEW_KEY = (Fernet.generate_key().decode() for _ in range(2))


@dataclass
class Office:
    """The bot as many workspaces see it, and its database."""

    world: World
    services: Services
    url: str

    @property
    def workspaces(self) -> ManyWorkspaces:
        assert self.services.workspaces
        return self.services.workspaces

    def install(self, team: str, **changes: Any) -> Any:
        """Go through the install pages in one browser; the last page."""
        client = self.world.web.test_client(use_cookies=False)
        page = client.get("/slack/install")
        assert page.status_code == 200
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        state = cookie.partition("=")[2]
        assert state in page.text
        query = {"code": f"{team}-code", "state": state} | changes
        headers = {"Cookie": query.pop("cookie", cookie)}
        return client.get("/slack/oauth_redirect", query_string=query, headers=headers)

    def mention(self, team: str) -> Any:
        return self.world.mention("<@U0BOT> api gateway 429", team=team)


def open_office(
    slack: FakeSlack,
    wall_clock: WallClock,
    url: str,
    knowledge: Any,
    keys: Any,
    api_url: str | None = None,
    **more: Any,
) -> Office:
    settings = Settings(
        signing_secret=SECRET, client_id="1.2", client_secret="s", encryption_keys=keys,
        api_url=api_url or slack.url,
        database_url=url,
        **more,
    )  # fmt: skip
    bot = build(settings, wall_clock, knowledge=knowledge)
    return Office(World(bot, slack, wall_clock), bot.services, url)


@pytest.fixture
def office(
    slack: FakeSlack, wall_clock: WallClock, tmp_path: Path, knowledge: KnowledgeBase
) -> Iterator[Office]:
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, wall_clock, url, knowledge, (OLD_KEY,))
    yield office
    office.world.close()


def set_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Set the time for us and for slack_sdk, which imported the function and not the module."""
    monkeypatch.setattr(time, "time", lambda: seconds)
    monkeypatch.setattr("slack_sdk.oauth.token_rotation.rotator.time", lambda: seconds)


def test_each_workspace_is_answered_with_its_own_token(office: Office) -> None:
    for team in ("T1", "T2"):
        assert office.install(team).status_code == 200
        office.mention(team)
    calls = office.world.slack.wait_for("chat.postMessage", 2)
    assert sorted(call.token.split("-")[1] for call in calls) == ["T1", "T2"]


def test_no_request_asks_slack_who_it_is(office: Office) -> None:
    office.install("T1")
    before = len(office.world.slack.calls)
    for _ in range(3):
        office.mention("T1")
    office.world.slack.wait_for("chat.postMessage", 3)
    assert {call.method for call in office.world.slack.calls[before:]} == {"chat.postMessage"}


@pytest.mark.parametrize("agent_view", ["on", "off"])
def test_the_agent_views_scope_is_asked_for_only_where_it_is_declared(
    slack: FakeSlack,
    wall_clock: WallClock,
    tmp_path: Path,
    knowledge: KnowledgeBase,
    agent_view: str,
) -> None:
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, wall_clock, url, knowledge, (OLD_KEY,), agent_view=agent_view)
    page = office.world.web.test_client().get("/slack/install")
    (link,) = re.findall(r'href="(https://slack.com/oauth/[^"]+)"', page.text)
    (scopes,) = parse_qs(urlsplit(unescape(link)).query)["scope"]
    made = manifest("/aws", "https://bot.example", agent_view=agent_view == "on")
    assert scopes.split(",") == made["oauth_config"]["scopes"]["bot"]
    assert ("assistant:write" in scopes) is (agent_view == "on")
    assert office.install("T1").status_code == 200
    office.world.close()


def test_a_workspace_that_has_not_installed_us_gets_silence(office: Office) -> None:
    assert office.mention("T9").status_code == 200
    assert office.world.slack.calls == []


def test_a_state_is_good_for_one_way_back_by_the_same_browser(office: Office) -> None:
    assert office.install("T1", state="forged").status_code >= 400
    assert office.install("T1", cookie="slack-app-oauth-state=other").status_code == 400
    client = office.world.web.test_client(use_cookies=False)
    page = client.get("/slack/install")
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    state = cookie.partition("=")[2]
    query = {"code": "T1-code", "state": state}
    for expected in (200, 401):
        back = client.get("/slack/oauth_redirect", query_string=query, headers={"Cookie": cookie})
        assert back.status_code == expected


def rows(office: Office) -> int:
    """How many rows all tables have together."""
    tables = MetaData()
    tables.reflect(office.world.store.engine)
    with office.world.store.engine.connect() as db:
        counts = [db.scalar(select(func.count()).select_from(t)) for t in tables.sorted_tables]
    return sum(count or 0 for count in counts)


def test_nobody_fills_the_database_without_installing_us(office: Office) -> None:
    before = rows(office)
    for number in range(20):
        assert office.world.web.test_client().get("/slack/install").status_code == 200
        assert office.install("T1", state=f"forged-{number}").status_code >= 400
        assert office.install("T1", code=f"nonsense{number}").status_code == 401
    assert rows(office) == before


def test_a_state_installs_one_workspace_in_ten_minutes(
    office: Office, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, wall_clock = office.world.slack, office.world.wall_clock
    elsewhere = open_office(slack, wall_clock, office.url, knowledge, (OLD_KEY,))

    def back(at: Office, team: str, state: str) -> int:
        headers = {"Cookie": f"slack-app-oauth-state={state}"}
        query = {"code": f"{team}-code", "state": state}
        client = at.world.web.test_client(use_cookies=False)
        page = client.get("/slack/oauth_redirect", query_string=query, headers=headers)
        return int(page.status_code)

    flow = office.services.flow
    assert flow
    issue = flow.settings.state_store.issue
    state, late = issue(), issue()
    assert back(elsewhere, "T1", state) == 200
    assert back(office, "T2", state) == 401
    assert office.workspaces.find("T2") is None
    for spelled in respelled(state):
        assert back(office, "T2", spelled) == 401
    later = time.time() + 601
    set_time(monkeypatch, later)
    assert back(office, "T2", late) == 401
    elsewhere.world.close()


def respelled(state: str) -> list[str]:
    """The state with other last letters, of which some mean the same bits, and a forged one."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return [state[:-1] + letter for letter in letters] + ["x" + state[1:]]


def test_two_ways_back_at_once_install_one_workspace(office: Office) -> None:
    flow = office.services.flow
    assert flow
    state = flow.settings.state_store.issue()
    assert flow.settings.state_store.consume(state)
    assert flow.settings.state_store.consume(state)  # nothing is written before Slack's word
    headers = {"Cookie": f"slack-app-oauth-state={state}"}
    statuses = []
    together = threading.Barrier(4)

    def back(team: str) -> None:
        client = office.world.web.test_client(use_cookies=False)
        query = {"code": f"{team}-code", "state": state}
        together.wait()
        page = client.get("/slack/oauth_redirect", query_string=query, headers=headers)
        statuses.append(page.status_code)

    threads = [threading.Thread(target=back, args=(f"T{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(200) == 1 and len(statuses) == 4
    assert sum(office.workspaces.find(f"T{number}") is not None for number in range(4)) == 1


def test_tokens_are_unreadable_in_the_database_and_keys_can_change(
    office: Office, knowledge: KnowledgeBase
) -> None:
    office.install("T1")
    engine = create_engine(office.url)
    with engine.connect() as db:
        for table in ("slack_bots", "slack_installations"):
            (row,) = db.execute(text(f"SELECT * FROM {table}"))
            assert "xox" not in str(row)
            assert "T1-refresh" not in str(row)
    engine.dispose()
    slack, wall_clock = office.world.slack, office.world.wall_clock
    for keys, known in (((NEW_KEY, OLD_KEY), True), ((NEW_KEY,), False)):
        later = open_office(slack, wall_clock, office.url, knowledge, keys)
        assert (later.workspaces.find("T1") is not None) is known
        later.world.close()


def test_a_token_that_ends_soon_is_replaced_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.install("T1")
    first = office.workspaces.find("T1")
    assert first
    monkeypatch.setattr("bot.slack.many.CACHE_SECONDS", 0.0)
    later = time.time() + 11 * 3600
    set_time(monkeypatch, later)
    with office.workspaces._lock:
        office.workspaces._cache.clear()
    second = office.workspaces.find("T1")
    assert second and second.client.token != first.client.token
    third = office.workspaces.find("T1")
    assert third and third.client.token == second.client.token


def test_who_removes_us_takes_tokens_and_data_along_and_nobody_elses(office: Office) -> None:
    for team in ("T1", "T2"):
        office.install(team)
        office.world.store.people.change(team, "U0ANN", reminded=True)
    office.world.event({"type": "app_uninstalled"}, team="T1")
    for _ in range(600):
        if office.workspaces.find("T1") is None:
            break
        time.sleep(0.05)
    assert office.workspaces.find("T1") is None
    assert office.workspaces.find("T2") is not None
    assert not office.world.store.people.get("T1", "U0ANN").reminded
    assert office.world.store.people.get("T2", "U0ANN").reminded


def from_organization(team: str, whole: bool) -> dict[str, Any]:
    """How the requests of an organization's workspace say whose they are."""
    return {
        "team_id": team, "enterprise_id": "E1", "is_enterprise_install": whole,
        "authorizations": [
            {
                "enterprise_id": "E1", "team_id": None if whole else team, "user_id": "U0BOT",
                "is_bot": True, "is_enterprise_install": whole,
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("code", "whole"), [("E1.T5-code", False), ("E1.-code", True)])
def test_in_an_organization_requests_and_clock_find_the_same_token(
    office: Office, code: str, whole: bool
) -> None:
    assert office.install("T5", code=code).status_code == 200
    office.world.event(
        {"type": "app_mention", "user": "U0ANN", "text": "<@U0BOT> api gateway 429",
         "channel": "C1", "ts": "1.000001"}, **from_organization("T5", whole),
    )  # fmt: skip
    (call,) = office.world.slack.wait_for("chat.postMessage")
    found = office.workspaces.find("T5")
    assert found and found.client.token == call.token
    if not whole:
        assert office.workspaces.find("T6") is None


def test_another_clock_finds_the_organization_of_a_workspace(
    office: Office, knowledge: KnowledgeBase
) -> None:
    office.install("E1", code="E1.-code")
    office.world.event({"type": "app_home_opened", "user": "U1"}, **from_organization("T5", True))
    settle(office.world)
    slack, wall_clock = office.world.slack, office.world.wall_clock
    elsewhere = open_office(slack, wall_clock, office.url, knowledge, (OLD_KEY,))
    assert elsewhere.workspaces.find("T5") is not None
    assert elsewhere.workspaces.find("T6") is None
    elsewhere.world.close()


def test_an_organization_that_leaves_takes_all_its_workspaces_along(office: Office) -> None:
    office.install("E1", code="E1.-code")
    office.install("T9")
    people = office.world.store.people
    for team in ("T5", "T6", "T9"):
        more = from_organization(team, True) if team != "T9" else {"team": team}
        office.world.event({"type": "app_home_opened", "user": "U1"}, **more)
        people.change(team, "U0ANN", reminded=True)
    revoked = {"type": "team_access_revoked", "team_ids": ["T6", 5]}
    office.world.event(revoked, **from_organization("T5", True))
    settle(office.world)
    assert [people.get(team, "U0ANN").reminded for team in ("T5", "T6", "T9")] == [1, 0, 1]
    assert office.workspaces.find("T5") is not None
    office.world.event({"type": "app_uninstalled"}, **from_organization("T5", True))
    settle(office.world)
    assert [people.get(team, "U0ANN").reminded for team in ("T5", "T6", "T9")] == [0, 0, 1]
    assert office.workspaces.find("T5") is None
    assert office.workspaces.find("T9") is not None


def test_of_two_processes_one_rotates_and_both_go_on(
    office: Office, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.install("T1")
    slack, wall_clock = office.world.slack, office.world.wall_clock
    offices = [open_office(slack, wall_clock, office.url, knowledge, (OLD_KEY,)) for _ in range(2)]
    later = time.time() + 13 * 3600  # the token has ended: nobody may use the old one
    set_time(monkeypatch, later)
    slack.fail_next("oauth.v2.access", Failure(delay_seconds=0.5))
    found: list[str | None] = []

    def find(office: Office) -> None:
        installation = office.workspaces.find("T1")
        found.append(installation.client.token if installation else None)

    threads = [threading.Thread(target=find, args=(item,)) for item in offices for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rotations = [call for call in slack.calls if call.body.get("grant_type") == "refresh_token"]
    assert len(rotations) == 1
    assert len(found) == 6 and len(set(found)) == 1
    for item in offices:
        item.world.close()


def test_the_clock_replaces_tokens_before_a_request_has_to(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for team in ("T1", "T2"):
        office.install(team)
    before = office.workspaces.find("T1")
    slack, now = office.world.slack, time.time()
    rotations = []
    for hours in (9.0, 9.6, 9.6):
        moment = now + hours * 3600
        set_time(monkeypatch, moment)
        office.world.wall_clock.now += 3600
        office.world.clock.tick()
        refreshes = [c for c in slack.calls if c.body.get("grant_type") == "refresh_token"]
        rotations.append(len(refreshes))
    assert rotations == [0, 2, 2]
    after = office.workspaces.find("T1")
    assert before and after and before.client.token != after.client.token


def test_a_rotation_that_failed_is_tried_again_by_its_turn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.install("T1")
    slack, now = office.world.slack, time.time()
    monkeypatch.setattr("bot.slack.many.CACHE_SECONDS", 0.0)
    slack.fail_next("oauth.v2.access", Failure(status=500))
    tokens = []
    for hours in (10.6, 10.7, 11.2):  # it fails, it is not yet due again, it works
        moment = now + hours * 3600
        set_time(monkeypatch, moment)
        found = office.workspaces.find("T1")
        tokens.append(found and found.client.token)
    assert tokens[0] == tokens[1] != tokens[2]


def test_who_installs_again_is_served_at_once_by_every_process(
    office: Office, knowledge: KnowledgeBase
) -> None:
    office.install("T1")
    slack, wall_clock = office.world.slack, office.world.wall_clock
    elsewhere = open_office(slack, wall_clock, office.url, knowledge, (OLD_KEY,))
    before = elsewhere.workspaces.find("T1")
    office.install("T1", code="T1-again")
    assert not elsewhere.workspaces.renewed("T9")
    assert elsewhere.workspaces.renewed("T1")
    assert not elsewhere.workspaces.renewed("T1")
    after = elsewhere.workspaces.find("T1")
    assert before and after and before.client.token != after.client.token
    assert office.mention("T7").status_code == 200
    office.install("T7")
    office.mention("T7")
    slack.wait_for("chat.postMessage")
    elsewhere.world.close()


def test_an_uninstallation_told_late_does_not_undo_the_next_installation(office: Office) -> None:
    office.install("T1")
    an_hour_ago = int(time.time()) - 3600
    office.world.event({"type": "app_uninstalled"}, team="T1", event_time=an_hour_ago)
    settle(office.world)
    assert office.workspaces.find("T1") is not None


def test_without_a_database_commands_are_answered_and_known_tokens_used(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.install("T1")
    office.mention("T1")
    office.world.slack.wait_for("chat.postMessage")
    monkeypatch.setattr("bot.slack.many.CACHE_SECONDS", 0.0)
    tokens = office.workspaces._tokens
    with database_away(office.world.store), monkeypatch.context() as outage:
        for inner in (tokens._inner, tokens._reader):
            outage.setattr(inner, "engine", office.world.store.engine)
        assert "429" in office.world.command("what is 429 in api gateway")["text"]
        office.mention("T1")
        office.world.slack.wait_for("chat.postMessage", 2)
        settle(office.world)


def test_a_workspace_sees_nothing_of_anothers(office: Office) -> None:
    """Answers, scores, practice, conversations and settings, also with another's ids at hand."""
    world, store = office.world, office.world.store
    world.slack.scopes |= {"channels:history", "groups:history"}
    for team in ("T1", "T2"):
        office.install(team)
    world.command("quiz now", channel="C1", team="T1")
    settle(world)
    (asked,) = world.slack.messages
    press = next(iter(buttons(asked).values()))
    stranger = {"team": {"id": "T2"}, "channel": {"id": "C1"}}
    world.press(press, user="U2", **stranger)
    settle(world)
    assert world.responses()[-1]["text"] == texts.QUIZ_GONE
    (posting,) = store.postings.open("T1", "C1")
    right = buttons(asked)["ABCD"[posting.question.right_index]]
    world.press(right, user="U1", team={"id": "T1"}, channel={"id": "C1"})
    settle(world)
    assert [answer.user for answer in store.answers.in_time(posting.id)] == ["U1"]
    store.postings.close(posting.id, "{}", 0.0)
    for team, named in (("T1", True), ("T2", False)):
        assert ("U1" in str(world.command_reply("leaderboard", channel="C1", team=team))) is named
        status = world.command_reply("quiz status", channel="C1", team=team)
        assert status["text"] == texts.no_quiz("/aws")
    exercise = world.command_reply("practice", user="U1", team="T1")
    choice = next(iter(buttons(exercise).values()))
    world.press(choice, user="U1", **stranger)
    settle(world)
    assert world.responses()[-1]["text"] == texts.QUIZ_GONE
    where = Conversation("T1", "C1", "1.1")
    store.remember_answer(where, "apigw-429")
    assert store.last_answer(replace(where, team="T2")) is None
    store.people.note_lookups({Lookup("T1", "U1", "f"): 2}, "{}", 0.0)
    assert store.people.due_cards("T2", "U1") == []
