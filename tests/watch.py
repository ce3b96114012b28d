"""What no test may leave behind: a warning in the log, a thread, a word sent beyond this machine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GRACE_SECONDS = 2.0


class Warnings:
    """The lines of WARNING and above that any logger made, propagating or not."""

    def __init__(self) -> None:
        self.lines: list[logging.LogRecord] = []
        self._allowed: set[str] = set()

    def allow(self, logger: str) -> None:
        """Let that logger, and those below it, warn in this test; it must then do so."""
        self._allowed.add(logger)

    def unexpected(self) -> list[str]:
        strangers = [line for line in self.lines if not any(self._covers(name, line.name) for name in self._allowed)]
        return [f"{line.levelname} {line.name}: {line.getMessage()}" for line in strangers]

    def silent(self) -> list[str]:
        """Loggers that were expected to warn and did not."""
        return sorted(n for n in self._allowed if not any(self._covers(n, line.name) for line in self.lines))

    @staticmethod
    def _covers(allowed: str, name: str) -> bool:
        return name == allowed or name.startswith(f"{allowed}.")


@contextmanager
def warnings_watched() -> Iterator[Warnings]:
    found = Warnings()
    make = logging.getLogRecordFactory()

    def noted(*arguments: Any, **named: Any) -> logging.LogRecord:
        line = make(*arguments, **named)
        if line.levelno is not None and line.levelno >= logging.WARNING:
            found.lines.append(line)
        return line

    logging.setLogRecordFactory(noted)
    try:
        yield found
    finally:
        logging.setLogRecordFactory(make)


@contextmanager
def threads_watched() -> Iterator[list[str]]:
    """Fills the list with the names of threads that were started within and did not end."""
    strays: list[str] = []
    before = set(threading.enumerate())
    yield strays
    for thread in set(threading.enumerate()) - before:
        # A Qt thread that ran Python once stays listed as a dummy: it tells nothing.
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(GRACE_SECONDS)
        if thread.is_alive():
            strays.append(thread.name)
