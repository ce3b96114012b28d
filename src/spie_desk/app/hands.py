"""The clock and the chance that deeds are handed: the only place where the application reads them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta, tzinfo


class LocalTime(tzinfo):
    """The time of this place as its law has it at each moment: an hour told of last July is July's, in December too."""

    def fromutc(self, dt: datetime) -> datetime:
        # without a zone, the system answers, and says which of two equal hours of an autumn night it is
        return datetime.fromtimestamp(dt.replace(tzinfo=UTC).timestamp()).replace(tzinfo=self)  # noqa: DTZ006

    def utcoffset(self, dt: datetime | None) -> timedelta:
        moment = datetime.now() if dt is None else dt.replace(tzinfo=None)  # noqa: DTZ005
        return moment.astimezone().utcoffset() or timedelta(0)

    def dst(self, _dt: datetime | None) -> None:
        """Not asked for anywhere."""

    def tzname(self, dt: datetime | None) -> str | None:
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()


LOCAL = LocalTime()


class SystemClock:
    """The computer's local time."""

    def now(self) -> datetime:
        return datetime.now(LOCAL)


class SystemChance:
    """Ids nobody can guess."""

    def id(self) -> bytes:
        return secrets.token_bytes(16)
