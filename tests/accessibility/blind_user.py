"""A screen, a session bus and a reader of their own, and the keys of someone who only listens."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

READER = Path(__file__).with_name("ears.py")
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
LOG = "session.log"
WAIT = 30.0
"""Seconds before silence is a failure: a loaded machine is slow, a broken one is silent."""


def lacking() -> list[str]:
    """What this machine lacks to run a screen reader's session."""
    if not sys.platform.startswith("linux"):
        return ["Linux"]
    tools = ("Xvfb", "dbus-daemon", "dbus-run-session", "openbox", "xdotool")
    missing = [tool for tool in tools if shutil.which(tool) is None]
    missing += [path for path in (SYSTEM_PYTHON, LAUNCHER) if not Path(path).exists()]
    if not missing:
        reader = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
        missing += ["python3-pyatspi"] if reader.returncode else []
    return missing


class BlindUser:
    """Types, and hears."""

    def __init__(self, environment: dict[str, str], ears: subprocess.Popen[str]) -> None:
        self._environment, self._ears = environment, ears
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self.everything: list[dict[str, Any]] = []
        self._listening = threading.Thread(target=self._listen, name="ears")
        self._listening.start()

    def _listen(self) -> None:
        assert self._ears.stdout is not None
        for line in self._ears.stdout:
            self._heard.put(json.loads(line))

    def hears(self, part: str, *, after: str = "") -> dict[str, Any]:
        """Waits until something said holds this, after the key if one is given; the whole of what was said."""
        if after:
            self.press(after)
        until = time.monotonic() + WAIT
        while (left := until - time.monotonic()) > 0:
            try:
                said = self._heard.get(timeout=left)
            except queue.Empty:
                break
            self.everything.append(said)
            if part in " ".join(str(said.get(name, "")) for name in ("name", "description", "text")):
                return said
        raise AssertionError(f"never heard {part!r}, only:\n{self._told()}")

    def tabs_to(self, part: str, key: str = "Tab", times: int = 40) -> dict[str, Any]:
        """Presses the key until what gains the focus says this."""
        self.settle()
        for _ in range(times):
            self.press(key)
            said = self._next_focus()
            if said and part in f"{said['name']} {said['text']}":
                return said
        raise AssertionError(f"no {key} leads to {part!r}, only:\n{self._told()}")

    def _told(self) -> str:
        log = Path(self._environment["XDG_RUNTIME_DIR"]) / LOG
        return "\n".join([*map(str, self.everything), log.read_text(encoding="utf-8", errors="replace")[-4000:]])

    def settle(self) -> None:
        """Waits until nothing more is said for half a second, as a person does before going on."""
        with suppress(queue.Empty):
            while True:
                self.everything.append(self._heard.get(timeout=0.5))

    def _next_focus(self) -> dict[str, Any] | None:
        until = time.monotonic() + WAIT / 10
        while (left := until - time.monotonic()) > 0:
            try:
                said = self._heard.get(timeout=left)
            except queue.Empty:
                return None
            self.everything.append(said)
            if said.get("heard") == "focus":
                return said
        return None

    def press(self, keys: str) -> None:
        subprocess.run(["xdotool", "key", "--clearmodifiers", keys], env=self._environment, check=True)

    def types(self, words: str) -> None:
        subprocess.run(["xdotool", "type", "--delay", "12", words], env=self._environment, check=True)

    def end(self) -> None:
        assert self._ears.stdin is not None
        self._ears.stdin.close()
        self._ears.wait(WAIT)
        self._listening.join(WAIT)
        assert self._ears.stdout is not None
        self._ears.stdout.close()


@contextmanager
def session(home: Path, command: list[str]) -> Iterator[BlindUser]:
    """The application of this command on a screen of its own, with someone who listens; all ended at the end."""
    with ExitStack() as stack:
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        environment = os.environ | {
            "XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        environment.pop("WAYLAND_DISPLAY", None)
        environment["DISPLAY"] = _screen(stack, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(stack, environment)
        _start(stack, ["openbox"], environment)
        _start(stack, [LAUNCHER, "--launch-immediately"], environment)
        ears = subprocess.Popen(
            [SYSTEM_PYTHON, str(READER)], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_stop, ears)
        user = BlindUser(environment, ears)
        stack.callback(user.end)
        user.hears("")  # the reader listens before the application speaks
        _start(stack, command, environment)
        yield user


def _screen(stack: ExitStack, environment: dict[str, str]) -> str:
    reading, writing = os.pipe()
    _start(stack, ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
           environment, keep=(writing,))  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"


def _bus(stack: ExitStack, environment: dict[str, str]) -> str:
    reading, writing = os.pipe()
    _start(stack, ["dbus-daemon", "--session", "--nofork", f"--print-address={writing}"], environment, keep=(writing,))
    os.close(writing)
    with os.fdopen(reading) as told:
        return told.readline().strip()


def _start(stack: ExitStack, command: list[str], environment: dict[str, str],
           keep: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:  # fmt: skip
    with (Path(environment["XDG_RUNTIME_DIR"]) / LOG).open("ab") as log:
        started = subprocess.Popen(command, env=environment, pass_fds=keep, stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log)  # fmt: skip
    stack.callback(_stop, started)
    return started


def _stop(started: subprocess.Popen[Any]) -> None:
    if started.poll() is None:
        started.terminate()
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
