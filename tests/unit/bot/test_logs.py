"""The log tells what is needed, and neither secrets nor what people wrote."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from sqlalchemy.exc import OperationalError

from bot.operations.logs import Json, Text

KNOWN = ("8f742231b10e8888", "postgresql+psycopg://bot:hush@db/bot")
SHAPES = (
    "xoxb-1-2-abc", "xoxe.xoxb-1-abc", "xoxp-9", "xapp-1-A-2-b", "xoxe-1-refresh", "bot:hush",
    "T012AB/123/abcDEF",
)  # fmt: skip
WRITTEN = "what people write"


def record(message: str, raised: Exception | None = None, **extra: object) -> logging.LogRecord:
    info = None
    if raised:
        try:
            raise raised
        except Exception:
            info = sys.exc_info()
    made = logging.LogRecord("bot.x", logging.INFO, __file__, 1, message, (), info)
    vars(made).update(extra)
    return made


def test_a_line_of_text_has_the_known_fields_and_no_others() -> None:
    line = Text(()).format(record("served", kind="command", team="T1", seconds=0.5, text="hi"))
    assert line.endswith(" INFO bot.x served kind=command team=T1 seconds=0.5000")


def test_json_has_one_object_a_record() -> None:
    output = json.loads(Json(()).format(record("served", kind="command", team="T\n1", text="hi")))
    assert {name: output[name] for name in ("level", "logger", "message", "kind", "team")} == {
        "level": "INFO", "logger": "bot.x", "message": "served", "kind": "command", "team": "T\n1",
    }  # fmt: skip
    assert "text" not in output


def test_nobody_can_write_a_line_of_their_own() -> None:
    line = Text(()).format(record("x", team="T1\n2026 ERROR forged secret=1", kind="a b"))
    assert "\n" not in line
    assert "team=T1_2026_ERROR_forged_secret_1 " in line + " "


@pytest.mark.parametrize("form", [Text, Json])
@pytest.mark.parametrize("secret", [*KNOWN, *SHAPES])
def test_secrets_are_blotted_out_everywhere(form: type[Text], secret: str) -> None:
    where = f"https://{secret}@host/" if ":" in secret else f"https://hooks.slack.com/{secret}"
    error = OperationalError("SELECT 1", {}, OSError(where))
    output = form(KNOWN).format(record(where, error, error=where))
    assert secret not in output
    assert "***" in output


@pytest.mark.parametrize("form", [Text, Json])
def test_an_error_that_quotes_what_was_written_loses_its_words(form: type[Text]) -> None:
    output = form(()).format(record("broken", ValueError(WRITTEN)))
    assert "ValueError" in output and "test_logs.py" in output
    assert WRITTEN not in output


def test_causes_are_told_first() -> None:
    try:
        try:
            raise OSError(111, "Connection refused")
        except OSError as error:
            raise RuntimeError(WRITTEN) from error
    except RuntimeError:
        output = Text(()).format(
            logging.LogRecord("x", logging.ERROR, "", 1, "broken", (), sys.exc_info())
        )
    assert output.index("ConnectionRefusedError: [Errno 111]") < output.rindex("RuntimeError")
    assert WRITTEN not in output
