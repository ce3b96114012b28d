"""The log: event codes, kinds and counts, rotating; never a person, a word typed, or a value."""

from __future__ import annotations

import logging
import sys
import traceback
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import Any


class _NoValues(logging.Formatter):
    """Exceptions are written as their type and frames: their text may hold what a person typed."""

    def format(self, record: logging.LogRecord) -> str:
        """On a copy: a record keeps the text that another formatter gave its exception, and would hand it on."""
        mine = copy(record)
        mine.exc_text = None
        return super().format(mine)

    def formatException(self, ei: Any) -> str:  # noqa: N802 — logging's own name
        return frames(ei[0], ei[2])


def frames(kind: type[BaseException], trace: TracebackType | None) -> str:
    """An exception's type and where it came from, without its text nor any local value."""
    lines = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([kind.__name__, *lines])


class _Diary(logging.Handler):
    """Opened by its first line: what turns its pages is not loaded before the first window."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._pages: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._pages is None:
            self._pages = _pages(self._folder)
        self._pages.handle(record)

    def close(self) -> None:
        if self._pages is not None:
            self._pages.close()
        super().close()


def _pages(folder: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 — with the first line

    pages = RotatingFileHandler(folder / "desk.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    pages.setFormatter(_NoValues("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return pages


def open_diary(folder: Path) -> None:
    """Five files of a megabyte in ``folder``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    root = logging.getLogger()
    root.addHandler(_Diary(folder))
    root.setLevel(logging.INFO)
    sys.excepthook = _hook


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    del error
    logging.getLogger("spie_desk").error("bug: %s", frames(kind, trace))
    sys.stderr.write(f"bug: {frames(kind, trace)}\n")
