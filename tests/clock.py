"""A clock that moves when told, chance that always falls the same way: handed in like the real ones."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

PARIS_IN_WINTER = timezone(timedelta(hours=1))
A_WEDNESDAY = datetime(2026, 12, 9, 14, 32, tzinfo=PARIS_IN_WINTER)


class FakeClock:
    """Fits ``services.ports.Clock``."""

    def __init__(self, start: datetime = A_WEDNESDAY) -> None:
        if start.tzinfo is None:
            raise ValueError("the time must be aware")
        self._now = start

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move by that much: ``move(days=1)``; backwards too, as real clocks do."""
        self._now += by if by is not None else timedelta(**parts)
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


class FakeChance:
    """Fits ``services.ports.Chance``: ids in an order that the seed decides."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def id(self) -> bytes:
        return self._random.randbytes(16)
