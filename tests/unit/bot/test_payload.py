"""Reads of payloads take what Slack sends, and read everything else as empty."""

from __future__ import annotations

import pytest

from bot.listeners.payload import ident, is_from_person, is_of_somebody, moment
from bot.slack.conversation_ids import is_direct

COMMAND = {"command": "/aws", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}


@pytest.mark.parametrize("id", ["U0ANN", "C0TEAM", "1700000000.000100", "a-b_c:d"])
def test_an_id_is_read(id: str) -> None:
    assert ident({"user": {"id": id}}, "user", "id") == id


@pytest.mark.parametrize(
    "id", ["", "<!channel>", "U1 U2", "U1\n", "x" * 41, "\u00dc1", "U1>", None, 5, ["U1"], {}]
)
def test_what_is_no_id_reads_as_empty(id: object) -> None:
    assert ident({"user": {"id": id}}, "user", "id") == ""


@pytest.mark.parametrize("body", [{}, {"user": None}, {"user": "U1"}, {"user": []}])
def test_a_missing_path_reads_as_empty(body: dict[str, object]) -> None:
    assert ident(body, "user", "id") == ""


def test_a_moment_is_a_ts_and_nothing_else() -> None:
    assert moment({"ts": "1700000000.5"}, "ts") == 1_700_000_000.5
    for ts in ("", "soon", "nan", "inf", "1e9", "-1.0", "1700000000", 5, None):
        assert moment({"ts": ts}, "ts") is None


def test_a_payload_of_nobody_is_known() -> None:
    assert is_of_somebody(COMMAND)
    for missing in ("team_id", "user_id", "channel_id"):
        assert not is_of_somebody(COMMAND | {missing: ""})


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"}, {"subtype": "message_changed"}, {"subtype": "channel_join"},
        {"hidden": True}, {"user": "USLACKBOT"},
        {"user": ""}, {"user": None},
    ],
)  # fmt: skip
def test_only_what_a_person_writes_now_is_from_a_person(more: dict[str, object]) -> None:
    event = {"type": "message", "user": "U1", "text": "sqs"}
    assert is_from_person(event)
    assert is_from_person(event | {"subtype": "file_share"})
    assert not is_from_person(event | more)


def test_direct_messages_are_known_by_their_first_letter() -> None:
    assert is_direct("D1") and is_direct("U1") and is_direct("W1")
    assert not is_direct("C1") and not is_direct("G1") and not is_direct("")
