"""The guards of the test suite guard: each is shown what it must catch."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import textwrap
import threading

import pytest

from tests.clock import FakeChance, FakeClock
from tests.watch import Warnings, threads_watched, warnings_watched

OUTSIDE = "192.0.2.1"  # RFC 5737: an address of nobody
REACHES = (
    f"import socket; socket.create_connection(('{OUTSIDE}', 443), timeout=1)",
    "import socket; socket.getaddrinfo('example.org', 443)",
    f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 53))",
    "import socket; socket.socket().bind(('0.0.0.0', 0))",
    "import urllib.request; urllib.request.urlopen('http://example.org/')",
)


def test_a_connection_beyond_this_machine_is_refused(refused_connections: list[str]) -> None:
    with socket.socket() as place, pytest.raises(RuntimeError, match="beyond this machine"):
        place.connect((OUTSIDE, 443))
    with pytest.raises(RuntimeError, match="beyond this machine"):
        socket.getaddrinfo("example.org", 443)
    assert refused_connections[-2:] == ["socket.connect", "socket.getaddrinfo"]


@pytest.mark.parametrize("reach", REACHES)
def test_a_child_is_refused_too(reach: str) -> None:
    child = subprocess.run([sys.executable, "-c", reach], capture_output=True, text=True, timeout=30, check=False)
    assert child.returncode == 1
    assert "NetworkRefusedError" in child.stderr


def test_a_child_of_a_child_is_refused_too() -> None:
    nested = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {REACHES[0]!r}]).returncode)"
    child = subprocess.run([sys.executable, "-c", nested], capture_output=True, text=True, timeout=30, check=False)
    assert "NetworkRefusedError" in child.stderr


def test_loopback_and_unix_sockets_are_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        caller.sendall(b"here")
        answerer, _ = server.accept()
        with answerer:
            assert answerer.recv(4) == b"here"
    if hasattr(socket, "AF_UNIX"):
        left, right = socket.socketpair()
        with left, right:
            left.sendall(b"x")
            assert right.recv(1) == b"x"


@pytest.mark.expects_log("test.quiet")
def test_an_unexpected_warning_is_seen_even_from_a_logger_that_keeps_to_itself() -> None:
    quiet = logging.getLogger("test.quiet")
    quiet.propagate = False
    quiet.addHandler(logging.NullHandler())
    with warnings_watched() as found:
        quiet.info("nothing")
        quiet.warning("%d refused", 3)
    assert found.unexpected() == ["WARNING test.quiet: 3 refused"]


@pytest.mark.expects_log("test.there")
def test_an_expected_warning_must_come() -> None:
    found = Warnings()
    found.allow("test.there")
    assert found.silent() == ["test.there"]
    with warnings_watched() as found:
        found.allow("test.there")
        logging.getLogger("test.there.below").warning("late")
    assert (found.unexpected(), found.silent()) == ([], [])


def test_a_stray_thread_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.watch.GRACE_SECONDS", 0.01)
    over = threading.Event()
    with threads_watched() as strays:
        thread = threading.Thread(target=over.wait, name="lost")
        thread.start()
    over.set()
    thread.join()
    assert strays == ["lost"]


def test_time_moves_when_told_and_chance_repeats() -> None:
    clock = FakeClock()
    start = clock.now()
    assert clock.now() == start
    assert (clock.move(days=1) - start).days == 1
    assert FakeChance(7).id() == FakeChance(7).id() != FakeChance(8).id()


def test_a_plain_process_really_has_no_qt() -> None:
    script = textwrap.dedent("""
        import tests.without_qt
        for name in ("PySide6", "PySide6.QtCore", "shiboken6"):
            try:
                __import__(name)
            except ModuleNotFoundError as error:
                assert "blocked" in str(error)
            else:
                raise SystemExit(name)
    """)
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert child.returncode == 0, child.stderr
