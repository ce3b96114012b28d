"""Time as a profile lives it, by what it saw of the clock: one that jumps by years ages nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from spie_desk.store.settings import read_setting, write_setting
from spie_sync.change import Value

LIVED, MARKS = "lived", "lived:discarded"
_DAY_MS = 24 * 3600 * 1000
_PROOF_MS = 30 * _DAY_MS
_LONGEST_MS = 45 * _DAY_MS
"""A longer silence is a clock that was set, or an absence after which nothing must go on the first day."""


def lived_ms(connection: Connection, now_ms: int) -> int:
    """How long this profile has lived until now, each look at the clock counted from the former one."""
    lived, at, jumped = _kept(connection, now_ms)
    since = now_ms - at
    if 0 <= since <= _LONGEST_MS:
        lived += since
    else:
        jumped = lived
    write_setting(connection, LIVED, [lived, now_ms, jumped])
    return lived


def is_believed(connection: Connection, now_ms: int) -> bool:
    """Whether the clock has gone its way for thirty days: before that nothing old is let go of on its word."""
    lived, at, jumped = _kept(connection, now_ms)
    return 0 <= now_ms - at <= _LONGEST_MS and lived - jumped >= _PROOF_MS


def _kept(connection: Connection, now_ms: int) -> tuple[int, int, int]:
    """Lived so far, the last look at the clock, and how long one had lived when it last jumped."""
    kept = read_setting(connection, LIVED)
    if isinstance(kept, list) and len(kept) == 3:
        lived, at, jumped = kept
        if isinstance(lived, int) and isinstance(at, int) and isinstance(jumped, int):
            return lived, at, jumped
    return 0, now_ms, 0


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
