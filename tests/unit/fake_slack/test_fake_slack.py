from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.fake_slack import views
from bot.fake_slack.calls import CallError
from bot.fake_slack.response_urls import MAX_USES, ResponseTarget
from bot.fake_slack.server import Failure, FakeSlack

TOO_LONG_BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
METADATA = {"event_type": "quiz_posted", "event_payload": {"quiz_id": 7}}
TITLE = {"type": "plain_text", "text": "Quiz"}
MODAL = {"type": "modal", "title": TITLE, "blocks": [BLOCK]}
HOME = {"type": "home", "blocks": [BLOCK]}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient("xoxb-test", base_url=slack.url, timeout=2)


def error_of(raised: pytest.ExceptionInfo[SlackApiError]) -> Any:
    return raised.value.response["error"]


def test_a_message_is_kept_with_what_was_sent(slack: FakeSlack, client: WebClient) -> None:
    first = client.chat_postMessage(channel="C1", text="hello", blocks=[BLOCK], metadata=METADATA)
    second = client.chat_postMessage(channel="C1", text="more", thread_ts=first["ts"])
    stored, reply = slack.messages
    assert (stored["channel"], stored["ts"], stored["thread_ts"]) == ("C1", first["ts"], None)
    assert (stored["text"], stored["blocks"], stored["metadata"]) == ("hello", [BLOCK], METADATA)
    assert reply["thread_ts"] == first["ts"] < second["ts"] == reply["ts"]
    call, _ = slack.calls
    assert (call.method, call.token) == ("chat.postMessage", "xoxb-test")
    assert call.body.items() >= {"channel": "C1", "text": "hello"}.items()


def test_structured_arguments_of_a_form_are_read(slack: FakeSlack, client: WebClient) -> None:
    data = {"channel": "C1", "text": "x", "blocks": json.dumps([BLOCK])}
    client.api_call("chat.postMessage", data=data)
    assert slack.messages[0]["blocks"] == [BLOCK]
    with pytest.raises(SlackApiError) as raised:
        client.api_call("chat.postMessage", data=data | {"blocks": "[{"})
    assert error_of(raised) == "invalid_blocks"


def test_a_message_can_be_changed(slack: FakeSlack, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C1", text="one")["ts"]
    client.chat_update(channel="C1", ts=ts, text="two", blocks=[BLOCK])
    assert [(m["text"], m["blocks"]) for m in slack.messages] == [("two", [BLOCK])]
    with pytest.raises(SlackApiError) as raised:
        client.chat_update(channel="C1", ts="1.1", text="x")
    assert error_of(raised) == "message_not_found"


def test_an_ephemeral_message_is_kept_apart(slack: FakeSlack, client: WebClient) -> None:
    assert client.chat_postEphemeral(channel="C1", user="U1", text="psst")["message_ts"]
    assert slack.messages == []
    assert slack.wait_for("chat.postEphemeral")[0].body["text"] == "psst"


def test_invalid_blocks_are_refused_and_remembered(slack: FakeSlack, client: WebClient) -> None:
    sentence = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel="C1", text="x", blocks=[TOO_LONG_BLOCK])
    assert error_of(raised) == "invalid_blocks"
    assert raised.value.response["errors"] == slack.validation_errors == [sentence]
    assert slack.messages == []
    with pytest.raises(SlackApiError) as raised:
        client.views_open(
            trigger_id=slack.trigger("U1"), view={**MODAL, "blocks": [TOO_LONG_BLOCK]}
        )
    assert error_of(raised) == "invalid_arguments"
    (message,) = raised.value.response["response_metadata"]["messages"]
    pointer = "[json-pointer:/view/blocks/0/text/text]"
    assert message == f"[ERROR] must be less than 3001 characters {pointer}"
    assert len(slack.validation_errors) == 2


def test_a_ping_is_refused_unless_allowed(client: WebClient) -> None:
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C1", text="<!channel>")
    with FakeSlack(allow_pings=True) as slack:
        WebClient("xoxb-test", base_url=slack.url).chat_postMessage(channel="C1", text="<!here>")


@pytest.mark.parametrize("token", ["", "xoxb-other", "xapp-test"])
def test_a_wrong_token_is_refused(slack: FakeSlack, token: str) -> None:
    with pytest.raises(SlackApiError) as raised:
        WebClient(token, base_url=slack.url).auth_test()
    assert error_of(raised) == "invalid_auth"


def test_the_tokens_can_be_chosen() -> None:
    with FakeSlack({"xoxb-a", "xoxb-b"}) as slack:
        assert WebClient("xoxb-b", base_url=slack.url).auth_test()["user_id"] == "U0BOT"


def test_an_unknown_method_is_refused(slack: FakeSlack, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as raised:
        client.api_call("chat.explode")
    assert error_of(raised) == "unknown_method"
    with pytest.raises(ValueError, match="chat.explode"):
        slack.fail_next("chat.explode", Failure(500))


def test_a_websocket_is_opened_with_the_app_token(slack: FakeSlack, client: WebClient) -> None:
    slack.websocket_url = "ws://127.0.0.1:1/"
    assert client.apps_connections_open(app_token="xapp-test")["url"] == "ws://127.0.0.1:1/"
    with pytest.raises(SlackApiError) as raised:
        client.apps_connections_open(app_token="xoxb-test")
    assert error_of(raised) == "invalid_auth"


def test_history_and_replies_show_the_messages(slack: FakeSlack, client: WebClient) -> None:
    slack.scopes.add("channels:history")
    first = client.chat_postMessage(channel="C1", text="one", metadata=METADATA)["ts"]
    client.chat_postMessage(channel="C1", text="reply", thread_ts=first)
    client.chat_postMessage(channel="C1", text="two")
    client.chat_postMessage(channel="C2", text="elsewhere")
    page = client.conversations_history(channel="C1")
    assert [m["text"] for m in page["messages"]] == ["two", "one"]
    assert page["messages"][1]["metadata"] == {"event_type": "quiz_posted"}
    page = client.conversations_history(channel="C1", limit=1)
    assert ([m["text"] for m in page["messages"]], page["has_more"]) == (["two"], True)
    page = client.conversations_replies(channel="C1", ts=first, include_all_metadata=True)
    assert [m["text"] for m in page["messages"]] == ["one", "reply"]
    assert page["messages"][0]["metadata"] == METADATA


def test_a_person_is_reached_by_direct_message(client: WebClient) -> None:
    assert client.chat_postMessage(channel="U1", text="hi")["channel"] == "D1"


def test_people_have_the_time_zone_that_a_test_gives_them(
    slack: FakeSlack, client: WebClient
) -> None:
    slack.users["U2"] = {"tz": "Europe/Berlin"}
    people: list[Any] = [client.users_info(user=user)["user"] for user in ("U1", "U2")]
    assert [person["tz"] for person in people] == ["Etc/UTC", "Europe/Berlin"]


def test_a_view_is_updated_only_with_its_latest_hash(slack: FakeSlack, client: WebClient) -> None:
    view: Any = client.views_open(trigger_id=slack.trigger("U1"), view=MODAL)["view"]
    changed = {**MODAL, "callback_id": "answer"}
    client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
    assert slack.views[view["id"]]["callback_id"] == "answer"
    with pytest.raises(SlackApiError) as raised:
        client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert error_of(raised) == "hash_conflict"
    home: Any = client.views_publish(user_id="U1", view=HOME)["view"]
    again: Any = client.views_publish(user_id="U1", view=HOME, hash=home["hash"])["view"]
    assert home["id"] == again["id"] and home["hash"] != again["hash"]


def test_a_trigger_opens_one_view(slack: FakeSlack, client: WebClient) -> None:
    trigger = slack.trigger("U1")
    client.views_open(trigger_id=trigger, view=MODAL)
    for used, error in ((trigger, "exchanged_trigger_id"), ("1.2", "invalid_trigger_id")):
        with pytest.raises(SlackApiError) as raised:
            client.views_open(trigger_id=used, view=MODAL)
        assert error_of(raised) == error


def test_an_acknowledgement_closes_or_updates_a_modal_or_names_inputs(
    slack: FakeSlack, client: WebClient
) -> None:
    element = {"type": "timepicker", "action_id": "at"}
    name = {"type": "input", "block_id": "at", "label": TITLE, "element": element}
    view = MODAL | {"blocks": [name], "submit": TITLE}

    def acknowledge(response: object) -> dict[str, str]:
        opened = client.views_open(trigger_id=slack.trigger("U1"), view=view)
        return slack.view_store.acknowledge("U1", opened["view"]["id"], response)

    assert acknowledge({"response_action": "errors", "errors": {"at": "No."}}) == {"at": "No."}
    assert slack.view_store.open_modals
    assert acknowledge({"response_action": "update", "view": MODAL}) == {}
    assert slack.views[slack.view_store.open_modals["U1"]]["blocks"] == MODAL["blocks"]
    assert acknowledge({}) == acknowledge("") == {} and not slack.view_store.open_modals
    for wrong in (
        {"response_action": "errors", "errors": {"other": "No."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "elsewhere"},
    ):
        with pytest.raises(CallError):
            acknowledge(wrong)
    slack.validation_errors.clear()


def test_a_trigger_lasts_three_seconds(
    slack: FakeSlack, client: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    trigger = slack.trigger("U1")
    monkeypatch.setattr(views, "TRIGGER_LIFETIME_SECONDS", -1.0)
    late = slack.trigger("U1")
    client.views_open(trigger_id=trigger, view=MODAL)
    with pytest.raises(SlackApiError) as raised:
        client.views_open(trigger_id=late, view=MODAL)
    assert error_of(raised) == "expired_trigger_id"


def test_a_response_is_shown_to_one_person_or_all_or_changes_its_message(slack: FakeSlack) -> None:
    respond = WebhookClient(slack.response_url(ResponseTarget("C1", "U1"))).send
    respond(text="private")
    respond(text="public", response_type="in_channel")
    (private,), (public,) = slack.ephemeral, slack.messages
    assert (private["visible_to"], private["channel"]) == ("U1", "C1")
    assert public["visible_to"] is None
    for stored in (private, public):
        change = WebhookClient(slack.response_url(ResponseTarget("C1", "U1", stored["ts"])))
        change.send(text="changed", replace_original=True)
        assert stored["text"] == "changed"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("views.publish", {"user_id": "U1", "view": MODAL}),
        ("views.publish", {"view": HOME}),
        ("views.open", {"trigger_id": "1.2", "view": HOME}),
        ("views.open", {"view": MODAL}),
    ],
)
def test_a_view_needs_its_type_and_target(
    slack: FakeSlack, client: WebClient, method: str, arguments: dict[str, Any]
) -> None:
    if "trigger_id" in arguments:
        arguments = arguments | {"trigger_id": slack.trigger("U1")}
    with pytest.raises(SlackApiError) as raised:
        client.api_call(method, json=arguments)
    assert error_of(raised) == "invalid_arguments"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_other_hosts_and_origins_are_refused(slack: FakeSlack, headers: dict[str, str]) -> None:
    known = {"Authorization": "Bearer xoxb-test"}
    with pytest.raises(HTTPError) as raised:
        urlopen(Request(f"{slack.url}auth.test", b"", known | headers))
    assert raised.value.code == 403
    raised.value.close()
    assert slack.calls == []


def test_a_channel_takes_a_burst_and_then_a_message_a_second(
    slack: FakeSlack, client: WebClient
) -> None:
    for _ in range(10):
        client.chat_postMessage(channel="C1", text="x")
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel="C1", text="x")
    assert raised.value.response.status_code == 429
    assert raised.value.response.headers["Retry-After"] == "1"
    client.chat_postMessage(channel="C2", text="x")


def test_a_rate_limit_names_the_seconds_to_wait(slack: FakeSlack, client: WebClient) -> None:
    slack.fail_next("chat.postMessage", Failure(429, retry_after=30))
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel="C1", text="x")
    response = raised.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    assert response.headers["Retry-After"] == "30"
    assert slack.messages == []
    client.chat_postMessage(channel="C1", text="x")
    assert (len(slack.calls), len(slack.messages)) == (2, 1)


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_failed_call_may_have_succeeded(
    slack: FakeSlack, client: WebClient, carried_out: bool
) -> None:
    slack.fail_next("chat.postMessage", Failure(500, carried_out=carried_out))
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel="C1", text="x")
    assert raised.value.response.status_code == 500
    assert len(slack.messages) == carried_out


def test_a_call_may_be_carried_out_long_after_its_response() -> None:
    now = [1000.0]
    with FakeSlack(now=lambda: now[0]) as slack:
        client = WebClient("xoxb-test", base_url=slack.url)
        slack.fail_next("chat.postMessage", Failure(500, late_seconds=20.0))
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel="C1", text="x")
        now[0] += 19
        client.auth_test()
        assert slack.messages == []
        now[0] += 1
        client.auth_test()
        slack.catch_up()
        assert [message["text"] for message in slack.messages] == ["x"]


@pytest.mark.parametrize("status", [200, 502])
def test_a_response_may_not_be_json(slack: FakeSlack, client: WebClient, status: int) -> None:
    slack.fail_next("auth.test", Failure(status, raw_body="<html>Bad gateway</html>"))
    with pytest.raises(SlackApiError, match="non-JSON"):
        client.auth_test()


def test_failures_come_in_turn_and_only_to_their_method(
    slack: FakeSlack, client: WebClient
) -> None:
    errors = ("is_archived", "not_in_channel")
    for error in errors:
        slack.fail_next("chat.postMessage", Failure(error=error))
    client.auth_test()
    for error in errors:
        with pytest.raises(SlackApiError) as raised:
            client.chat_postMessage(channel="C1", text="x")
        assert error_of(raised) == error
    client.chat_postMessage(channel="C1", text="x")


def test_a_delay_alone_is_a_slow_success(slack: FakeSlack, client: WebClient) -> None:
    slack.fail_next("chat.postMessage", Failure(delay_seconds=0.2))
    start = time.monotonic()
    assert client.chat_postMessage(channel="C1", text="x")["ok"]
    assert time.monotonic() - start >= 0.2


def test_stopping_does_not_wait_for_a_delay() -> None:
    with FakeSlack() as slack:
        slack.fail_next("auth.test", Failure(delay_seconds=60))
        client = WebClient("xoxb-test", base_url=slack.url)
        caller = threading.Thread(target=client.auth_test)
        caller.start()
        slack.wait_for("auth.test")
        start = time.monotonic()
    caller.join(2)
    assert not caller.is_alive()
    assert time.monotonic() - start < 2


def test_waiting_returns_the_calls_or_says_what_arrived(
    slack: FakeSlack, client: WebClient
) -> None:
    later = threading.Timer(0.1, client.auth_test)
    later.start()
    assert len(slack.wait_for("auth.test")) == 1
    later.join()
    with pytest.raises(TimeoutError, match=r"views.open was not called 1 times.*auth.test"):
        slack.wait_for("views.open", timeout=0.05)


def test_a_response_url_takes_five_posts(slack: FakeSlack) -> None:
    url = slack.response_url()
    webhook = WebhookClient(url)
    for _ in range(MAX_USES):
        assert webhook.send(text="x").status_code == 200
    used = webhook.send(text="x")
    assert (used.status_code, used.body) == (404, "used_url")
    assert WebhookClient(slack.response_url()).send(text="x").status_code == 200
    calls = slack.wait_for("response", 7)
    assert [call.token for call in calls[:6]] == [url.rpartition("/")[2]] * 6
    unknown = WebhookClient(url.rpartition("/")[0] + "/gone").send(text="x")
    assert (unknown.status_code, unknown.body) == (404, "expired_url")


def test_a_response_url_refuses_and_fails_like_slack(slack: FakeSlack) -> None:
    webhook = WebhookClient(slack.response_url())
    refused = webhook.send(text="x", blocks=[TOO_LONG_BLOCK])
    assert (refused.status_code, refused.body.split("\n")[0]) == (400, "invalid_blocks")
    assert len(slack.validation_errors) == 1
    slack.fail_next("response", Failure(500))
    assert webhook.send(text="x").status_code == 500


def test_malformed_json_and_other_addresses_are_refused(slack: FakeSlack) -> None:
    json_type = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{slack.url}auth.test", b"[1", json_type)
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer) == {"ok": False, "error": "invalid_json"}
    with pytest.raises(urllib.error.HTTPError, match="404") as raised:
        urllib.request.urlopen(slack.url.replace("/api/", "/else"))
    raised.value.close()
