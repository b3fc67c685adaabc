"""The playground's server, as its page uses it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.playground.playground import playground
from bot.settings import Settings
from tests.conftest import ENVIRON, FACTS_CACHE

FACTBOT = str(Path(sys.executable).parent / "factbot")
OWN = """
service: Our Deploys
aliases: [our deploys]
facts:
- id: deploys-freeze
  title: "Deploy freeze: Fridays from noon"
  answer: Nobody deploys on Fridays from noon on, because nobody wants to mend it on Saturday.
  keywords: [deploy freeze, friday, freeze]
  phrasings:
  - deploy freeze
  - can i deploy on friday
  - when is the freeze
  - release on a friday afternoon
  - is it too late to ship today
  - ship before the weekend
  - no more releases this week
  - why is the pipeline locked on friday
  related: []
  source: https://example.com/deploys
  checked: 2026-11-23
  quiz:
  - question: From when on does nobody deploy on a Friday?
    right: From noon
    wrong: [From nine, From three, From five]
"""


@dataclass
class Page:
    """The page of one member, without a browser."""

    address: str
    user: str = "U0ANN"

    def state(self) -> dict[str, Any]:
        with urlopen(f"{self.address}/api/state?user={self.user}") as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def do(self, name: str, headers: dict[str, str] | None = None, **body: Any) -> dict[str, Any]:
        sent = {"Content-Type": "application/json", "X-Playground": "1"} | (headers or {})
        data = json.dumps({"user": self.user} | body).encode()
        with urlopen(Request(f"{self.address}/api/{name}", data, sent)) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def send(self, text: str, channel: str = "C0GENERAL") -> dict[str, Any]:
        return self.do("send", channel=channel, text=text)

    def until(self, found: Callable[[dict[str, Any]], Any]) -> Any:
        """What is found in the state as soon as it is there."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if value := found(self.state()):
                return value
            time.sleep(0.05)
        raise TimeoutError(json.dumps(self.state())[-2000:])

    def message(self, text: str) -> dict[str, Any]:
        """The newest message that holds a text, once it is there."""

        def find(state: dict[str, Any]) -> Any:
            return [m for m in state["messages"] if text in json.dumps(m)][-1:]

        found: dict[str, Any] = self.until(find)[0]
        return found


@pytest.fixture
def own_facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "deploys.yaml").write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with playground(Settings(cache=FACTS_CACHE), 0, tmp_path) as address:
        yield Page(address)


@pytest.fixture(scope="module")
def page_for_refusals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """For tests that change nothing."""
    folder = tmp_path_factory.mktemp("playground")
    with playground(Settings(cache=FACTS_CACHE), 0, folder) as address:
        yield Page(address)


@pytest.fixture
def page_with_own_facts(
    tmp_path: Path,
    own_facts: Path,
    two_services: Path,
    few_facts: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    monkeypatch.setattr("bot.playground.reloading_bot.BUILT_IN", two_services)
    with playground(Settings(facts=(own_facts,)), 0, tmp_path) as address:
        yield Page(address)


def test_a_command_is_answered_to_one_person_and_a_mention_to_all(page: Page) -> None:
    assert page.send("/aws what is 429 in api gateway") == {"ok": True}
    assert page.message("429")["only_you"] is True
    page.send("<@U0BOT> what is 429 in api gateway")
    answer = Page(page.address, "U0BEN").message("Source")
    assert answer["only_you"] is False
    asked = next(m for m in page.state()["messages"] if m["user"] == "U0ANN")
    assert answer["thread_ts"] == asked["ts"]


def test_a_direct_message_is_seen_by_its_member_only(page: Page) -> None:
    page.send("what is 429 in api gateway", "D0ANN")
    page.message("Source")
    assert Page(page.address, "U0BEN").state()["messages"] == []


def test_a_message_is_edited_by_who_wrote_it_only(page: Page) -> None:
    page.send("what is 429 in api gateway", "G0GROUP")
    (said,) = page.state()["messages"]
    edit = {"message": said["id"], "text": "<@U0BOT> what is 429 in api gateway"}
    assert Page(page.address, "U0BEN").do("edit", **edit)["ok"] is False
    for _ in range(2):
        assert page.do("edit", **edit) == {"ok": True}
    assert page.message("Source")["thread_ts"] == said["id"]
    written, _ = page.state()["messages"]
    assert (written["text"], written["edited"]) == (edit["text"], True)


def test_the_clock_is_moved_to_the_question_and_to_its_answer(page: Page) -> None:
    page.send("/aws quiz on 09:30 Europe/Berlin", "C0QUIZ")
    page.message("set this up")
    assert page.do("clock", to="quiz") == {"ok": True}
    question = page.message("Quiz of the day")
    block = next(b for b in question["blocks"] if b["type"] == "actions")
    for user, place in (("U0ANN", 0), ("U0BEN", 1)):
        action = block["elements"][place]["action_id"]
        pressed = Page(page.address, user)
        where = {"message": question["id"], "block_id": block["block_id"], "action_id": action}
        assert pressed.do("press", **where) == {"ok": True}
        assert pressed.message("You picked")["only_you"] is True
    page.do("clock", to="reveal")
    (revealed,) = page.until(
        lambda state: [
            message
            for message in state["messages"]
            if "got it right" in message["text"] and not message["thread_ts"]
        ]
    )
    assert (revealed["id"], revealed["edited"]) == (question["id"], True)
    with urlopen(f"{page.address}/api/traffic?message={question['id']}") as answer:
        calls = json.load(answer)["calls"]
    assert {"chat.postMessage", "chat.update"} <= {call["what"] for call in calls}


def test_a_modal_is_filled_in_and_submitted(page: Page) -> None:
    page.send("/aws quiz", "C0QUIZ")
    view = page.until(lambda state: [v for v in state["modals"] if v.get("submit")])[0]
    menu = {"view": view["id"], "block_id": "tz", "action_id": "quiz_tz", "value": "tok"}
    assert page.do("options", **menu)["options"][0]["value"] == "Asia/Tokyo"
    values = {
        "at": {"quiz_at": {"selected_time": "08:00"}},
        "tz": {"quiz_tz": {"selected_option": {"value": "Asia/Tokyo"}}},
        "weekdays": {"quiz_weekdays": {"selected_options": []}},
        "reveal": {"quiz_reveal": {"selected_option": {"value": "next"}}},
    }
    refused = page.do("submit", view=view["id"], values=values)
    assert list(refused["errors"]) == ["weekdays"]
    values["weekdays"] = {"quiz_weekdays": {"selected_options": [{"value": "0"}]}}
    assert page.do("submit", view=view["id"], values=values) == {"ok": True}
    assert "08:00, Mon, Asia/Tokyo" in page.message("set this up")["text"]
    assert page.state()["modals"] == []


def test_the_home_tab_is_published_when_it_is_opened(page: Page) -> None:
    assert page.state()["home"] is None
    page.do("home")
    assert page.until(lambda state: state["home"])["type"] == "home"


def test_a_saved_fact_is_known_at_once_and_its_faults_are_shown(
    page_with_own_facts: Page, own_facts: Path
) -> None:
    page = page_with_own_facts
    page.send("/aws our deploys freeze")
    page.message("from noon on")
    path = own_facts / "deploys.yaml"
    path.write_text(OWN.replace("from noon on", "from ten on"), encoding="utf-8")
    page.until(lambda state: page.send("/aws our deploys freeze") and _texts(state, "from ten on"))
    path.write_text(OWN.replace("checked: 2026-11-23", "checked: soon"), encoding="utf-8")
    (fault,) = page.until(lambda state: state["lint"])
    assert "deploys.yaml" in fault
    page.send("/aws our deploys freeze")
    path.write_text(OWN, encoding="utf-8")
    page.until(lambda state: not state["lint"])


def _texts(state: dict[str, Any], text: str) -> list[str]:
    return [m["text"] for m in state["messages"] if text in m["text"]]


def test_failures_can_be_switched_on_and_off(page: Page) -> None:
    page.do("trouble", kind="500")
    page.send("<@U0BOT> what is 429 in api gateway")
    page.do("trouble", kind="off")
    assert page.state()["trouble"] == "off"
    page.send("<@U0BOT> what is 504 in api gateway")
    page.message("504")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "https://evil.example"},
        {"X-Playground": ""},
    ],
)
def test_other_hosts_and_origins_are_refused(
    page_for_refusals: Page, headers: dict[str, str]
) -> None:
    with pytest.raises(HTTPError) as refused:
        page_for_refusals.do("send", headers, channel="C0GENERAL", text="hello")
    assert refused.value.code == 403
    refused.value.close()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("send", {"channel": "C0SECRET", "text": "x"}),
        ("send", {"channel": "D0BEN", "text": "x"}),
        ("edit", {"message": "1.1", "text": "x"}),
        ("press", {"message": "1.1", "block_id": "b", "action_id": "a"}),
        ("submit", {"view": "V0", "values": {}}),
        ("clock", {"to": "quiz"}),
        ("trouble", {"kind": "flood"}),
    ],
)
def test_what_is_not_there_is_answered_with_a_sentence(
    page_for_refusals: Page, name: str, body: dict[str, Any]
) -> None:
    answer = page_for_refusals.do(name, **body)
    assert answer["ok"] is False
    assert answer["error"].endswith(".")


def test_it_takes_only_facts_cache_and_command_from_the_environment(
    own_facts: Path, tmp_path: Path
) -> None:
    """As a real process, amid the settings of a bot in production."""
    production = {
        "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_BOT_TOKEN": "nonsense",
        "SLACK_SIGNING_SECRET": "other", "SLACK_API_URL": "http://127.0.0.1:9/",
        "SLACK_APP_TOKEN": "nonsense", "FACTBOT_ENCRYPTION_KEYS": "nonsense",
        "DATABASE_URL": f"sqlite:///{tmp_path}/production.db", "FACTBOT_URL": "nonsense",
        "PORT": "nonsense", "FACTBOT_LEASE": "nonsense", "FACTBOT_LOG": "nonsense",
        "HTTPS_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    taken = {
        "FACTBOT_FACTS": str(own_facts), "FACTBOT_COMMAND": "/cloud",
        "FACTBOT_CACHE": str(tmp_path / "cache"), "PATH": os.environ["PATH"],
        "PYTHONFAULTHANDLER": "1",
    }  # fmt: skip
    process = subprocess.Popen(
        [FACTBOT, "playground", "--port", "0", "--no-browser"],
        env=production | taken, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://[\d.:]+", said)
        assert found, said
        page = Page(found[0])
        page.send("/cloud our deploys freeze")
        page.message("from noon on")
        page.send("<@U0BOT> what is 429 in api gateway")
        assert page.message("429")["only_you"] is False
        process.terminate()
        assert process.wait(60) == 0
    finally:
        process.send_signal(signal.SIGABRT)  # if it hangs, show where
        process.wait()
        if process.stdout:
            process.stdout.close()
    assert not (tmp_path / "production.db").exists()
    assert list((tmp_path / "cache").glob("*.pickle"))


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        (
            (),
            {"TMPDIR": "/nowhere"},
            "Set the environment variable TMPDIR to a folder that is writable",
        ),
        (("--port", "99999"), {}, "Can't use port 99999"),
        (("--port", "{taken}"), {}, "Address already in use"),
    ],
)
def test_what_stops_it_is_said_in_a_sentence(
    arguments: tuple[str, ...], environ: dict[str, str], expected: str, tmp_path: Path
) -> None:
    if "TMPDIR" in environ:
        if subprocess.run(["unshare", "-rm", "true"]).returncode != 0:
            pytest.skip("this machine lets nobody mount")
        read_only = (
            "for each in /tmp /var/tmp; do mount --bind $each $each; "
            'mount -o remount,ro,bind $each; done; mount -o remount,ro,bind /; cd /; exec "$@"'
        )
        before = ["unshare", "-rm", "sh", "-c", read_only, "sh"]
    else:
        before = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        given = [item.format(taken=port) for item in arguments]
        done = subprocess.run(
            [*before, FACTBOT, "playground", "--no-browser", *given],
            env=ENVIRON | environ, cwd=tmp_path, capture_output=True,
            text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert expected in done.stderr and done.stderr.count("\n") == 1, done.stderr


def test_messages_are_answered_also_when_the_clock_was_moved(page: Page) -> None:
    """Events carry the time of this Slack: those that are old are not answered."""
    page.do("clock", seconds=3 * 86_400)
    page.send("<@U0BOT> what is 429 in api gateway")
    assert page.message("Source")["thread_ts"]


def test_the_shortcut_of_a_message_explains_it_to_one_person(page: Page) -> None:
    page.send("why NoSuchKey from S3?")
    asked = page.message("NoSuchKey")
    assert page.do("shortcut", message=asked["id"]) == {"ok": True}
    shown = page.message("In this message")
    assert shown["only_you"] is True and "Errors: NoSuchKey" in shown["text"]
    assert page.do("shortcut", message=shown["id"])["ok"] is False


def test_the_other_shortcut_of_a_message_opens_the_form_with_what_it_says(page: Page) -> None:
    page.send("How long is the zanzibar freeze for lambda? Two weeks.")
    said = page.message("zanzibar")
    assert page.do("shortcut", message=said["id"], shortcut="save") == {"ok": True}
    (modal,) = page.until(lambda state: state["modals"])
    shown = json.dumps(modal)
    assert "Suggest an answer" in shown and "Two weeks." in shown
    assert page.do("shortcut", message=said["id"], shortcut="fly")["ok"] is False


def test_a_fact_is_looked_up_from_anywhere_and_shared(page: Page) -> None:
    assert page.do("shortcut") == {"ok": True}
    (modal,) = page.until(lambda state: state["modals"])
    where = {"view": modal["id"], "block_id": "lookup-search", "action_id": "lookup_search"}
    option = page.do("options", **where, value="lambda timeout")["options"][0]
    assert page.do("press", **where, selected_option=option) == {"ok": True}
    (modal,) = page.until(lambda state: [m for m in state["modals"] if "submit" in m])
    refused = page.do("submit", view=modal["id"], values={})
    assert refused["errors"] == {"lookup_channel": "Choose a channel."}
    chosen = {"type": "conversations_select", "selected_conversation": "C0QUIZ"}
    values = {"lookup_channel": {"lookup_channel": chosen}}
    assert page.do("submit", view=modal["id"], values=values) == {"ok": True}
    assert page.message("looked this up")["channel"] == "C0QUIZ"
    (modal,) = page.state()["modals"]
    assert "on its way" in json.dumps(modal)
