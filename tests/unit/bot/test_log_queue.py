"""Log lines are written by a thread of their own: in order, to the last, and in nobody's way."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
import threading
import time
from typing import Any, TextIO

import pytest

from bot.operations import logs
from bot.operations.logs import BackgroundHandler, Text, Writer

SET_UP = "import logging; from bot.operations.logs import set_up; set_up('text', ('hush',)); "
LINES = "log = logging.getLogger('bot.x')\nfor n in range(500): log.info('line %s', n)\n"
PIPE_BYTES = 1_000_000


@pytest.fixture
def log() -> logging.Logger:
    """A logger of its own, without a handler yet."""
    return logging.Logger("bot.test")


def handler_for(stream: TextIO) -> BackgroundHandler:
    writer = Writer(stream)
    writer.setFormatter(Text(()))
    return BackgroundHandler(writer)


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r" line (\d+)$", text, re.MULTILINE)]


def run(script: str) -> tuple[int, str]:
    """The status and standard error of a process."""
    done = subprocess.run([sys.executable, "-c", script], stderr=subprocess.PIPE, timeout=60)
    return done.returncode, done.stderr.decode()


def test_lines_come_in_order(log: logging.Logger) -> None:
    stream = io.StringIO()
    log.addHandler(handler_for(stream))
    for number in range(2000):
        log.log(logging.WARNING if number % 7 == 0 else logging.INFO, "line %s", number)
    log.handlers[0].flush()
    assert numbers(stream.getvalue()) == list(range(2000))


def test_a_reader_that_is_stuck_delays_nobody_and_misses_nothing(log: logging.Logger) -> None:
    read_end, write_end = os.pipe()
    stream = os.fdopen(write_end, "w")
    log.addHandler(handler_for(stream))
    began = time.monotonic()
    count = PIPE_BYTES // 200
    for number in range(count):
        log.warning("%s line %s", "x" * 200, number)
    assert time.monotonic() - began < 5
    with os.fdopen(read_end) as reader:
        shown = [reader.readline() for _ in range(count)]
    log.handlers[0].flush()
    stream.close()
    assert numbers("".join(shown)) == list(range(count))


def test_what_exceeds_the_queue_is_counted(
    log: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MAX_WAITING_RECORDS", 10)
    stream = Gate()
    handler = handler_for(stream)
    log.addHandler(handler)
    for number in range(50):
        log.info("line %s", number)
    stream.opened.set()
    handler.flush()
    log.info("line 50")
    log.info("line 51")
    handler.flush()
    lost = 52 - len(numbers(stream.getvalue()))
    assert 39 <= lost <= 40  # one record may have left the queue
    counts = re.findall(
        r" ERROR bot\.operations\.logs log records were lost count=(\d+)\n", stream.getvalue()
    )
    assert counts and sum(map(int, counts)) == lost  # in several lines if the writer was quick


class Gate(io.StringIO):
    """Takes nothing until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = threading.Event()

    def write(self, text: str) -> int:
        assert self.opened.wait(30)
        return super().write(text)


def test_what_cannot_be_formatted_is_named_and_quotes_nothing(
    log: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    log.addHandler(handler_for(stream))
    arguments: Any = ("what people write",)
    log.info("line %d", *arguments)
    log.info("line %d", 1)
    log.handlers[0].flush()
    assert stream.getvalue().startswith("a record of bot.test that cannot be written\n")
    assert numbers(stream.getvalue()) == [1]
    assert capfd.readouterr() == ("", "")


def test_a_log_that_nobody_reads_any_more_stops_nothing(
    log: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    read_end, write_end = os.pipe()
    stream = os.fdopen(write_end, "w")
    os.close(read_end)
    log.addHandler(handler_for(stream))
    log.info("xoxb-secret")
    log.warning("xoxb-secret")
    log.handlers[0].flush()
    with pytest.raises(BrokenPipeError):
        stream.close()
    assert capfd.readouterr() == ("", "")


def test_the_last_lines_are_written_at_the_end() -> None:
    status, text = run(SET_UP + LINES)
    assert (status, numbers(text)) == (0, list(range(500)))


@pytest.mark.parametrize(
    ("ending", "expected"),
    [("fail()", 1), ("import threading; threading.Thread(target=fail).start()", 0)],
)
def test_an_error_that_ends_it_comes_last(ending: str, expected: int) -> None:
    status, text = run(SET_UP + LINES + "def fail(): raise OSError('hush')\n" + ending)
    assert (status, numbers(text)) == (expected, list(range(500)))
    assert " CRITICAL bot.operations.logs stopped by an error\nTraceback:" in text
    assert text.rstrip().endswith("OSError: ***")


@pytest.mark.slow
def test_a_process_that_takes_too_long_to_end_writes_its_last_lines() -> None:
    script = (
        "import os, signal, time; from bot.operations import shutdown\n"
        "shutdown.GRACE_SECONDS = 0.1; shutdown.stopped_by_signals()\n"
    )
    end = "os.kill(os.getpid(), signal.SIGTERM)\nwhile True: time.sleep(1)"
    status, text = run(script + SET_UP + LINES + end)
    assert (status, numbers(text)) == (1, list(range(500)))
    assert " stopped with work left\n" in text


@pytest.mark.slow
def test_a_process_ends_although_nobody_takes_its_log() -> None:
    script = (
        "import os, signal; from bot.operations import shutdown\n"
        "shutdown.GRACE_SECONDS = 0.5; stop = shutdown.stopped_by_signals()\n"
    )
    end = f"log.info('x' * {PIPE_BYTES})\nos.kill(os.getpid(), signal.SIGTERM)\nstop.wait()"
    process = subprocess.Popen(
        [sys.executable, "-c", script + SET_UP + LINES + end], stderr=subprocess.PIPE
    )
    try:
        assert process.wait(30) == 1
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_a_signal_is_heeded_while_the_main_thread_holds_the_events_lock() -> None:
    script = (
        "import os, signal, time; from bot.operations import shutdown\n"
        "stop = shutdown.stopped_by_signals()\n"
        "with stop._cond: os.kill(os.getpid(), signal.SIGTERM); time.sleep(0.2)\n"
        "raise SystemExit(0 if stop.wait(20) else 1)"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0


STOPPED = "os.kill(os.getpid(), signal.SIGTERM); stop.wait()\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "stuck",
    [
        "class Stuck: __del__ = lambda self: time.sleep(60)\nstuck = Stuck()\n" + STOPPED,
        f"logging.basicConfig(); {STOPPED}logging.error('x' * {PIPE_BYTES}); time.sleep(60)",
    ],
    ids=["the interpreter hangs at its end", "an ordinary log has no reader"],
)
def test_a_stopped_process_ends_whatever_is_stuck(stuck: str) -> None:
    script = (
        "import logging, os, signal, time; from bot.operations import shutdown\n"
        "shutdown.GRACE_SECONDS = 1; stop = shutdown.stopped_by_signals()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script + stuck], stderr=subprocess.PIPE)
    try:
        assert process.wait(30) == 1
    finally:
        process.kill()
        process.communicate()
