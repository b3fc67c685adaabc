"""What reaches a terminal: colors only where they are wanted, and nothing that steers it."""

from __future__ import annotations

import os
import pty
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli.terminal import say_styled, show_fact
from knowledge import KnowledgeBase
from knowledge.model import Milestone
from tests.conftest import ENVIRON
from tests.unit.bot.test_cli import factbot, run
from tests.unit.knowledge.test_loader import fact, write

pytestmark = pytest.mark.slow

ESCAPE = b"\x1b["


def on_a_terminal(*command: str, **environ: str) -> bytes:
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    known = ENVIRON | {"TERM": "xterm"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=known | environ
    )
    os.close(theirs)
    found = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        found += part
    os.close(ours)
    process.wait(60)
    return found


COMMANDS = (
    ("ask", "what is 429 in api gateway"),
    ("ask", "best pizza in town"),
    ("facts", "--service", "sqs"),
    ("quiz", "preview", "--service", "sqs", "--answers"),
    ("doctor",),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_colors_are_for_terminals_and_no_color_turns_them_off(
    arguments: tuple[str, ...], tmp_path: Path, two_services: Path
) -> None:
    built_in = two_services if arguments == ("doctor",) else None  # it reads all facts
    command = (*factbot(built_in), *arguments)
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}
    assert ESCAPE in on_a_terminal(*command, **database)
    assert ESCAPE in on_a_terminal(*command, NO_COLOR="", **database)
    assert ESCAPE not in on_a_terminal(*command, NO_COLOR="1", **database)
    piped = run(*arguments, environ=database, built_in=built_in).stdout
    assert piped and ESCAPE not in piped


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "\x1b[31mred \x07\u202e"),
        ("lint", "\x1b[31mfolder"),
        ("facts", "--service", "\x1b[31m"),
        ("ask", b"\xff\x9b".decode(errors="surrogateescape")),
    ],
)
def test_what_the_user_typed_does_not_steer_the_terminal(
    arguments: tuple[str, ...], two_services: Path
) -> None:
    found = run(*arguments, built_in=two_services if arguments[0] == "lint" else None)
    said = found.stdout + found.stderr
    assert said and b"Traceback" not in said
    assert not [item for item in ("\x1b", "\x07", "\u202e", "\x9b") if item.encode() in said]


def test_faulty_files_do_not_steer_the_terminal(tmp_path: Path, two_services: Path) -> None:
    folder = write(tmp_path, fact().replace("  title:", '  "\\e[31mtitle":'))
    (folder / "\x1b[31mred.yaml").write_text("a: [", encoding="utf-8")
    for arguments, environ in (
        (("lint", str(folder)), {}),
        (("ask", "x"), {"FACTBOT_FACTS": str(folder)}),
    ):
        found = run(*arguments, environ=environ, built_in=two_services)
        assert b"\\x1b[31m" in found.stdout + found.stderr
        assert b"\x1b" not in found.stdout + found.stderr


def test_a_character_the_terminal_lacks_is_written_out(knowledge: KnowledgeBase) -> None:
    found = run("ask", "what is 429 in api gateway", environ={"PYTHONIOENCODING": "ascii"})
    assert found.returncode == 0, found.stderr
    assert knowledge.facts["apigw-429"].source.encode() in found.stdout


def test_styled_text_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say_styled(("\x1b[31mred\u202e", {"fg": "red"}), ("\x9b", {}))
    assert capsys.readouterr().out == "\\x1b[31mred\\u202e\\x9b\n"


@pytest.mark.parametrize(
    ("today", "said", "checked"),
    [
        (date(2026, 12, 31), "v1 will be deprecated on January 1, 2027.", " checked 2026-11-25"),
        (date(2028, 1, 1), "v1 was deprecated on January 1, 2027.", " last checked 2026-11-25"),
    ],
)
def test_a_card_is_right_on_the_day_it_is_read(
    knowledge: KnowledgeBase,
    capsys: pytest.CaptureFixture[str],
    today: date,
    said: str,
    checked: str,
) -> None:
    milestones = (Milestone("deprecated", "v1", "2027-01-01"),)
    fact = replace(knowledge.facts["apigw-429"], checked="2026-11-25", milestones=milestones)
    show_fact(knowledge, fact, today)
    printed = capsys.readouterr().out
    assert said in printed.splitlines() and printed.rstrip().endswith(f"\u00b7{checked}")
