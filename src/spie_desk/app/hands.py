"""The clock and the chance that deeds are handed: the only place where the application reads them."""

from __future__ import annotations

import secrets
from datetime import datetime


class SystemClock:
    """The computer's local time."""

    def now(self) -> datetime:
        return datetime.now().astimezone()


class SystemChance:
    """Ids nobody can guess."""

    def id(self) -> bytes:
        return secrets.token_bytes(16)
