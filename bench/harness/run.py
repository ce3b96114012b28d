"""What one NAME is handed: until when it may work, and whether the machine was made poorer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MINUTES = 7.0


@dataclass(frozen=True)
class Run:
    """``deadline`` is on the monotonic clock: past it, whoever builds a store stops and says so."""

    pinned: bool = False
    deadline: float = field(default_factory=lambda: time.monotonic() + 60 * MINUTES)
