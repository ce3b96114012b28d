"""A figure says all that it is judged by, and a bar is missed where it should be."""

from __future__ import annotations

import json

import pytest

from bench.harness.figures import KEYS, Bar, Figure, table
from bench.harness.sampling import MEDIAN, P95, Times, Work, alternate, compared, percentile


def test_a_figure_holds_every_key_that_was_promised() -> None:
    told = Figure("save", 5.0, "ms", 2.0, Bar(2.5, "ratio"), {"cpu": 4.0}).to_json()
    assert list(told)[: len(KEYS)] == list(KEYS)
    assert json.loads(json.dumps(told)) == told
    assert (told["ratio"], told["bar"], told["within"], told["bar_on"]) == (2.5, 2.5, True, "ratio")


@pytest.mark.parametrize(
    ("value", "reference", "bar", "within"),
    [
        (3.0, None, Bar(3), True),
        (3.1, None, Bar(3), False),
        (5.1, 2.0, Bar(2.5, "ratio"), False),
        (5.0, None, Bar(2.5, "ratio"), False),
        (14.0, 10.0, Bar(1.2, "ratio", or_more_by=3), False),
        (12.9, 10.0, Bar(1.2, "ratio", or_more_by=3), True),
        (120.0, 100.0, Bar(1.2, "ratio", or_more_by=3), True),
    ],
)
def test_a_bar_holds_or_is_missed(value: float, reference: float | None, bar: Bar, *, within: bool) -> None:
    figure = Figure("one", value, "ms", reference, bar)
    assert figure.within is within
    assert ("MISSED" in table([figure.to_json()])) is not within


def test_on_a_poorer_machine_nothing_is_judged() -> None:
    told = Figure("one", 9.0, "ms", 1.0, Bar(2)).without_bar().to_json()
    assert (told["bar"], told["within"], told["ratio"]) == (None, None, 9.0)


def test_percentiles_are_samples_that_were_seen() -> None:
    values = [float(one) for one in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]


def test_subject_and_reference_take_turns_and_none_always_comes_first() -> None:
    seen: list[tuple[str, int]] = []
    times = alternate(
        {name: Work(lambda turn, name=name: seen.append((name, turn))) for name in ("ours", "raw")}, 4, warm=0
    )
    assert [turn for _, turn in seen] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [name for name, _ in seen[::2]] == ["raw", "ours", "raw", "ours"]
    assert {len(one.wall) for one in times.values()} == {4}


def test_the_reference_is_compared_at_the_same_share_as_the_subject() -> None:
    ours, raw = Times([2.0] * 95 + [50.0] * 5, [1.0] * 100), Times([1.0] * 94 + [10.0] * 6, [0.5] * 100)
    assert compared("one", MEDIAN, ours, raw).ratio == 2.0
    figure = compared("one", P95, ours, raw, Bar(2.5, "ratio"))
    assert (figure.value, figure.reference, figure.more["cpu_ratio"]) == (2.0, 10.0, 2.0)
