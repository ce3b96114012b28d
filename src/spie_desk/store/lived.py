"""Time as a profile lives it, by what it saw of the clock: one that jumps by years ages nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from spie_desk.store.settings import read_setting, write_setting
from spie_sync.change import Value

LIVED, MARKS = "lived", "lived:discarded"
_DAY_MS = 24 * 3600 * 1000
_LONGEST_MS = 45 * _DAY_MS
"""A longer silence is a clock that was set, or an absence after which nothing must go on the first day."""


def lived_ms(connection: Connection, now_ms: int) -> int:
    """How long this profile has lived until now, each look at the clock counted from the former one."""
    kept = read_setting(connection, LIVED)
    lived, at = kept if isinstance(kept, list) and len(kept) == 2 else (0, now_ms)
    if not isinstance(lived, int) or not isinstance(at, int):
        lived, at = 0, now_ms
    since = now_ms - at
    lived += since if 0 <= since <= _LONGEST_MS else 0
    write_setting(connection, LIVED, [lived, now_ms])
    return lived


def gone_by(connection: Connection, now_ms: int, after_ms: int, waiting: Mapping[bytes, int]) -> list[bytes]:
    """Which of these have waited for so long, each since it was first seen here with the moment it bears."""
    kept = read_setting(connection, MARKS)
    known = kept if isinstance(kept, dict) else {}
    lived = lived_ms(connection, now_ms)
    marks: dict[str, Value] = {}
    gone = []
    for one, moment in waiting.items():
        mark = known.get(one.hex())
        if not isinstance(mark, list) or mark[0] != moment:
            mark = [moment, lived]
        marks[one.hex()] = mark
        begun = mark[1]
        if isinstance(begun, int) and lived - begun >= after_ms:
            gone.append(one)
    write_setting(connection, MARKS, marks or None)
    return gone


def forget_marks(connection: Connection, gone: Iterable[bytes]) -> None:
    """These are no more."""
    kept = read_setting(connection, MARKS)
    if isinstance(kept, dict):
        dropped = {one.hex() for one in gone}
        write_setting(connection, MARKS, {one: mark for one, mark in kept.items() if one not in dropped} or None)
