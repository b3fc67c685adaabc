"""Many workspaces: installing, keeping apart, rotating tokens, leaving."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from bot.app import build_app
from bot.clock import Clock
from bot.playground.fake_slack import FakeSlack
from bot.services import Services, build_services
from bot.settings import Settings
from bot.slack.many import ManyWorkspaces
from bot.store import Store
from bot.web import build_web
from knowledge import KnowledgeBase
from tests.scenarios.conftest import SECRET, Hands, World

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
    slack: FakeSlack, hands: Hands, url: str, knowledge: Any, keys: Any, api_url: str | None = None
) -> Office:
    settings = Settings(
        signing_secret=SECRET, client_id="1.2", client_secret="s", encryption_keys=keys,
        api_url=api_url or slack.url,
        database_url=url,
    )  # fmt: skip
    store = Store(url, hands)
    store.prepare()
    services = build_services(settings, knowledge, store)
    app = build_app(settings, services)
    clock = Clock(store, services.quizmaster, services.carrier)
    web = build_web(app, SECRET, services.flow)
    world = World(app, slack, store, hands, clock, services.lookups, web)
    return Office(world, services, url)


@pytest.fixture
def office(
    slack: FakeSlack, hands: Hands, tmp_path: Path, knowledge: KnowledgeBase
) -> Iterator[Office]:
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, hands, url, knowledge, (OLD_KEY,))
    yield office
    office.services.close()


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
    slack, hands = office.world.slack, office.world.hands
    for keys, known in (((NEW_KEY, OLD_KEY), True), ((NEW_KEY,), False)):
        later = open_office(slack, hands, office.url, knowledge, keys)
        assert (later.workspaces.find("T1") is not None) is known
        later.services.close()


def test_a_token_that_ends_soon_is_replaced_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.install("T1")
    first = office.workspaces.find("T1")
    assert first
    monkeypatch.setattr("bot.slack.many.KEPT", 0.0)
    later = time.time() + 11 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    with office.workspaces._lock:
        office.workspaces._kept.clear()
    second = office.workspaces.find("T1")
    assert second and second.client.token != first.client.token
    third = office.workspaces.find("T1")
    assert third and third.client.token == second.client.token


def test_who_removes_us_takes_tokens_and_data_along_and_nobody_elses(office: Office) -> None:
    for team in ("T1", "T2"):
        office.install(team)
        office.world.store.people.change(team, "U0ANN", reminded=True)
    office.world.event({"type": "app_uninstalled"}, team="T1")
    for _ in range(100):
        if office.workspaces.find("T1") is None:
            break
        time.sleep(0.05)
    assert office.workspaces.find("T1") is None
    assert office.workspaces.find("T2") is not None
    assert not office.world.store.people.get("T1", "U0ANN").reminded
    assert office.world.store.people.get("T2", "U0ANN").reminded
