"""A pytest plugin: this process has no Qt, so what passes here lives without it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

BLOCKED = ("PySide6", "shiboken6")


class _NoQt(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{fullname} is blocked in this run", name=fullname)
        return None


if loaded := [name for name in BLOCKED if name in sys.modules]:
    raise RuntimeError(f"already imported: {loaded}")
sys.meta_path.insert(0, _NoQt())


def pytest_addoption(parser: Any) -> None:
    """Know the settings of pytest-qt, which is off here, so that strict configuration stays on."""
    parser.addini("qt_api", "")
    parser.addini("qt_log_level_fail", "")
    parser.addini("qt_log_ignore", "", type="linelist")
