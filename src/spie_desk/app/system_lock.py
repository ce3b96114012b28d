"""The computer locks, sleeps or closes its lid: logind tells on Linux; elsewhere nothing does, and the delay acts."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot

LOGGER = logging.getLogger("spie_desk")
_SERVICE, _ANY_PATH = "org.freedesktop.login1", ""


def _slot(signature: str) -> bytes:
    """The macro answers a text in some builds and bytes in others."""
    named = SLOT(signature)
    return named.encode() if isinstance(named, str) else bytes(named)


class SystemLock(QObject):
    """Calls ``away`` when the session is locked or the machine is about to sleep."""

    def __init__(self, away: Callable[[], None]) -> None:
        super().__init__()
        self._away = away
        self.listening = sys.platform == "linux" and self._listen()

    def _listen(self) -> bool:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 — only where there is such a bus

        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            LOGGER.info("system lock: no system bus")
            return False
        heard = [
            bus.connect(_SERVICE, _ANY_PATH, f"{_SERVICE}.Manager", "PrepareForSleep", self, _slot("sleeping(bool)")),
            bus.connect(_SERVICE, _ANY_PATH, f"{_SERVICE}.Session", "Lock", self, _slot("locked()")),
        ]
        return all(heard)

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:  # noqa: FBT001 — the signal's own signature
        if begins:
            self._away()

    @Slot()
    def locked(self) -> None:
        self._away()
