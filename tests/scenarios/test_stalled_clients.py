"""Clients that connect and then say nothing, half of a request, or a byte now and then."""

from __future__ import annotations

import contextlib
import json
import re
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.fake_slack.server import Failure, FakeSlack
from bot.servers.waitress_server import MAX_BUFFERED_BYTES, MAX_CONNECTIONS, REQUEST_TIMEOUT_SECONDS
from tests.scenarios.conftest import unused_port
from tests.scenarios.sockets import mention
from tests.scenarios.test_processes import COMMAND, SECRET, ask_over_http, post, start

IN_TIME_SECONDS = REQUEST_TIMEOUT_SECONDS - 2.0
"""Whoever has to wait for a stalled client waits longer than this, even if the machine is idle."""
HALF = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\ncommand=%2Faws"
DRIPPING = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 100


@contextlib.contextmanager
def serving(slack: FakeSlack, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A real server at a port, as soon as it answers."""
    process = start("serve", slack, folder, SLACK_SIGNING_SECRET=SECRET, PORT=str(port))
    try:
        ask_over_http(port)
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def port(slack: FakeSlack, tmp_path: Path, free_port: int) -> Iterator[int]:
    """Of a server of one's own, which may be filled."""
    with serving(slack, tmp_path, free_port):
        yield free_port


@pytest.fixture(scope="module")
def shared_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of a server for all tests with a connection or two, which end with the test."""
    port = unused_port()
    with FakeSlack() as slack, serving(slack, tmp_path_factory.mktemp("shared"), port):
        yield port


@contextlib.contextmanager
def connected(port: int, count: int, said: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections on which so much has been said."""
    with contextlib.ExitStack() as stack:
        clients = []
        for _ in range(count):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            if said:
                client.sendall(said)
            clients.append(client)
        yield clients


@contextlib.contextmanager
def dripping(clients: list[socket.socket], said: bytes, seconds: float) -> Iterator[None]:
    """Each of the clients says another byte every so many seconds."""
    end = threading.Event()

    def drip() -> None:
        for byte in said:
            if end.wait(seconds):
                return
            for client in clients:
                with contextlib.suppress(OSError):  # it has been cut off
                    client.send(bytes([byte]))

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def seconds_to_answer(port: int, during: float) -> list[float]:
    """How long `/aws` takes, over and over, each time on a connection of its own."""
    times = []
    end = time.monotonic() + during
    while time.monotonic() < end:
        began = time.perf_counter()
        status, answer = post(port, urlencode(COMMAND))
        times.append(time.perf_counter() - began)
        assert status == 200 and "429" in json.loads(answer)["text"]
        time.sleep(0.02)
    return times


def seconds_until_cut_off(client: socket.socket) -> float:
    began = time.monotonic()
    with contextlib.suppress(ConnectionError):
        assert client.recv(1) == b""
    return time.monotonic() - began


def test_stalled_connections_keep_nobody_waiting(port: int) -> None:
    with (
        connected(port, 16, HALF),
        connected(port, 200),
        connected(port, 50) as slow,
        dripping(slow, DRIPPING, 5.0),
    ):
        times = seconds_to_answer(port, REQUEST_TIMEOUT_SECONDS + 4.0)
    assert max(times) < IN_TIME_SECONDS


@pytest.mark.parametrize(
    ("said", "more"),
    [(b"", b"\r\n\r\n"), (HALF, b"x"), (DRIPPING, b"x")],
    ids=["blank lines", "body", "headers"],
)
def test_a_request_must_come_by_its_deadline_however_it_trickles(
    shared_port: int, said: bytes, more: bytes
) -> None:
    with connected(shared_port, 1, said) as clients, dripping(clients, more * 99, 0.2):
        assert seconds_until_cut_off(clients[0]) < REQUEST_TIMEOUT_SECONDS + 8.0


def test_a_connection_is_kept_for_the_next_request(shared_port: int) -> None:
    asking = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(shared_port, 1, asking) as (client,):
        assert _whole_answer(client).startswith(b"HTTP/1.1 200")
        time.sleep(REQUEST_TIMEOUT_SECONDS + 3.0)
        client.sendall(asking)
        assert _whole_answer(client).startswith(b"HTTP/1.1 200")


def _whole_answer(client: socket.socket) -> bytes:
    """The head and the body may come in two pieces."""
    answer = b""
    while not answer.endswith(b"ok\n"):
        piece = client.recv(1000)
        assert piece, answer
        answer += piece
    return answer


def test_more_connections_than_we_hold_cut_off_those_that_waited_longest(port: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"this machine allows only {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with connected(port, MAX_CONNECTIONS + 100) as clients:
        assert max(seconds_to_answer(port, 2.0)) < IN_TIME_SECONDS
        assert seconds_until_cut_off(clients[0]) < IN_TIME_SECONDS
        clients[-1].sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert clients[-1].recv(1000).startswith(b"HTTP/1.0 200")


def test_bodies_that_never_end_do_not_fill_the_memory(port: int) -> None:
    body = b"POST /slack/events HTTP/1.1\r\nContent-Length: 999999\r\n\r\n" + b"x" * 900_000
    most = MAX_BUFFERED_BYTES // 900_000
    with connected(port, most + 20, body) as clients:
        end = time.monotonic() + IN_TIME_SECONDS
        while sum(map(has_ended, clients)) < 19 and time.monotonic() < end:
            time.sleep(0.2)
        assert 19 <= sum(map(has_ended, clients)) < most
        assert max(seconds_to_answer(port, 1.0)) < IN_TIME_SECONDS


def has_ended(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def signed(body: bytes) -> str:
    """The headers of a signed command."""
    now = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    return (
        "POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: {signature}\r\n"
    )


def read(client: socket.socket) -> str:
    """All that the server says until it ends the connection."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while more := client.recv(65_536):
            said += more
    return said.decode()


def test_a_chunked_request_is_read_whole(shared_port: int) -> None:
    body = urlencode(COMMAND).encode()
    chunks = [body[at : at + 7] for at in range(0, len(body), 7)]
    with connected(shared_port, 1) as (client,):
        client.sendall((signed(body) + "Transfer-Encoding: chunked\r\n\r\n").encode())
        for chunk in chunks:
            client.sendall(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        client.sendall(b"0\r\n\r\n")
        assert "429" in read(client)


def test_who_asks_before_sending_is_told_to_go_on(shared_port: int) -> None:
    body = urlencode(COMMAND).encode()
    more = f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
    with connected(shared_port, 1, (signed(body) + more).encode()) as (client,):
        assert client.recv(1000).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(body)
        assert "429" in read(client)


@pytest.mark.parametrize(
    "said", ["Content-Length: 1000001\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"]
)
def test_a_body_that_is_too_long_is_refused_while_it_comes(shared_port: int, said: str) -> None:
    with connected(shared_port, 1, (signed(b"") + said).encode()) as (client,):
        with contextlib.suppress(OSError):  # refused before all was sent
            for _ in range(200 if "chunked" in said else 0):
                client.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
        assert re.match(r"HTTP/1.1 413 ", read(client))


def test_a_request_that_has_begun_is_answered_when_told_to_stop(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    body = urlencode(COMMAND).encode()
    with serving(slack, tmp_path, free_port) as process:
        slack.fail_next("chat.postMessage", Failure(delay_seconds=2.0))
        assert post(free_port, json.dumps(mention(1)), "application/json")[0] == 200
        slack.wait_for("chat.postMessage")
        half = f"{signed(body)}Content-Length: {len(body)}\r\n\r\n".encode() + body[:10]
        with connected(free_port, 1, half) as (client,), connected(free_port, 1) as (silent,):
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            wait_until_refused(free_port)
            assert seconds_until_cut_off(silent) < 1.0
            client.sendall(body[10:])
            assert "429" in read(client)
        assert process.wait(10) == 0
        assert len(slack.messages) == 1


def wait_until_refused(port: int) -> None:
    """Wait until nobody listens at a port anymore."""
    end = time.monotonic() + 5.0
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.05)
    raise TimeoutError("the port is still open")


def test_a_port_that_is_taken_is_said_in_a_sentence(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        for command, environ in (
            ("serve", {"PORT": str(free_port)}),
            ("clock", {"FACTBOT_METRICS_PORT": str(free_port)}),
        ):
            process = start(
                command, slack, tmp_path, subprocess.PIPE, SLACK_SIGNING_SECRET=SECRET, **environ
            )
            _, reply = process.communicate(timeout=30)
            assert process.returncode == 2
            last = reply.decode().splitlines()[-1]
            assert re.search(rf"PORT {free_port} can't be used .*in use.*. Set it to", last)
            assert "Traceback" not in reply.decode()
