"""The hybrid logical clock: stamps that follow the wall clock, never go back, and that no wrong clock drags far.

A stamp is one int64: milliseconds since 1970 (UTC) << 16 | counter. It chooses the value shown during a clash and
sorts; it decides nothing else, and no change is refused for its stamp.
"""

from __future__ import annotations

COUNTER_BITS = 16
AHEAD_MS = 10 * 60 * 1000
"""How far another desk's stamp may pull ours beyond our own clock: ten minutes."""

LAST_MS = (1 << 47) - 1
LAST = (1 << 63) - 1


def stamp(ms: int, counter: int = 0) -> int:
    """The stamp of a moment; one outside the years a stamp can hold is brought to the nearest that it can."""
    return min(max(ms, 0), LAST_MS) << COUNTER_BITS | counter


def ms_of(stamp_: int) -> int:
    """Milliseconds since 1970, UTC."""
    return stamp_ >> COUNTER_BITS


def tick(last: int, now_ms: int) -> int:
    """The next stamp of this desk: after its last, and not before its clock.

    65,536 stamps in one millisecond run into the next one. OverflowError past the last stamp there is (in 6429).
    """
    following = max(last + 1, stamp(now_ms))
    if following > LAST:
        raise OverflowError("no stamp is left")
    return following


def hear(last: int, remote: int, now_ms: int) -> int:
    """This desk's last stamp once it has received ``remote``, followed no further than ten minutes ahead."""
    return max(last, min(remote, stamp(now_ms + AHEAD_MS)))


def doubtful(stamp_: int, witness_ms: int) -> bool:
    """True when a stamp and the moment a witness (the server) received it differ by more than ten minutes."""
    return abs(ms_of(stamp_) - witness_ms) > AHEAD_MS
