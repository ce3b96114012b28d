"""The clock: stamps only go up, follow the wall, and no wrong clock drags them far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spie_sync import hlc

MS = st.integers(-(1 << 45), 1 << 48)
STAMPS = st.integers(0, hlc.LAST - 1)


@given(STAMPS, MS)
def test_a_stamp_is_after_the_last_and_not_before_the_wall(last: int, now: int) -> None:
    found = hlc.tick(last, now)
    assert last < found <= hlc.LAST
    assert hlc.ms_of(found) >= min(now, hlc.LAST_MS)


@given(STAMPS, STAMPS, MS)
def test_hearing_never_goes_back_nor_further_than_ten_minutes_ahead(last: int, remote: int, now: int) -> None:
    found = hlc.hear(last, remote, now)
    assert last <= found <= max(last, hlc.stamp(now + 600_000))
    assert found >= min(remote, hlc.stamp(now + 600_000))


def test_the_next_stamp_takes_the_wall_or_counts_on() -> None:
    assert hlc.tick(0, 1000) == 1000 << 16
    assert hlc.tick(1000 << 16, 1000) == (1000 << 16) + 1
    assert hlc.tick(2000 << 16, 1000) == (2000 << 16) + 1


def test_a_full_counter_runs_into_the_next_millisecond() -> None:
    full = hlc.stamp(1000, 0xFFFF)
    assert hlc.tick(full, 1000) == hlc.stamp(1001)


def test_a_clock_twenty_years_off_moves_us_ten_minutes_at_most() -> None:
    now, far = 1_790_000_000_000, 1_790_000_000_000 + 20 * 365 * 86_400_000
    assert hlc.hear(hlc.stamp(now), hlc.stamp(far), now) == hlc.stamp(now + 600_000)
    assert hlc.hear(hlc.stamp(now), hlc.stamp(0), now) == hlc.stamp(now)


def test_the_last_stamp_is_the_last() -> None:
    with pytest.raises(OverflowError):
        hlc.tick(hlc.LAST, 0)


def test_a_clock_is_doubtful_beyond_ten_minutes() -> None:
    assert not hlc.doubtful(hlc.stamp(600_000), 0)
    assert hlc.doubtful(hlc.stamp(600_001), 0)
    assert hlc.doubtful(hlc.stamp(0), 600_001)
