"""The six digits that lift the veil today: in memory only, forgotten at midnight and at the full lock."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import date

from spie_desk.services.ports import Clock


@dataclass
class DayCode:
    clock: Clock
    _code: bytearray = field(default_factory=bytearray, repr=False)
    _day: date | None = None

    def ready(self) -> bool:
        """A code was chosen today."""
        if self._day != self.clock.now().date():
            self.forget()
        return bool(self._code)

    def choose(self, code: str) -> None:
        self.forget()
        self._code[:] = code.encode()
        self._day = self.clock.now().date()

    def fits(self, typed: str) -> bool:
        return self.ready() and hmac.compare_digest(bytes(self._code), typed.encode())

    def forget(self) -> None:
        self._code[:] = bytes(len(self._code))
        self._code.clear()
        self._day = None
