"""The merge against the truth: random histories, where an oracle knows what each author really had on screen."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spie_sync import merge
from tests.sync.histories import OPS, Step, World, live, steps

NUMBER = st.integers(0, (1 << 16) - 1)
HISTORIES = st.lists(st.builds(Step, st.sampled_from(OPS), NUMBER, NUMBER, NUMBER), min_size=8, max_size=60)


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)
@given(seed=st.integers(0, 1 << 16), desks=st.integers(2, 6), circles=st.integers(1, 2), history=HISTORIES)
def test_any_history_ends_the_same_everywhere_and_as_its_authors_saw_it(
    seed: int, desks: int, circles: int, history: list[Step]
) -> None:
    live(World(seed, desks, circles), history)


@pytest.mark.parametrize("seed", range(8))
def test_long_histories_end_the_same_everywhere(seed: int) -> None:
    random = Random(seed)
    for _ in range(12):
        world = World(random.randrange(1 << 30), random.randint(2, 6), random.randint(1, 2))
        live(world, steps(random, 120))


def test_histories_hold_what_they_are_meant_to_try() -> None:
    """Clashes, ties, erasures, unknown kinds, contested and plain deletions, two signatures: all are met."""
    met: Counter[str] = Counter()
    for seed in range(60):
        world = World(seed, 2 + seed % 5, 1 + seed % 2).play(steps(Random(seed), 80))
        world.heal()
        for circle in world.circles:
            stamps = Counter(change.hlc for change in world.changes(circle))
            met["ties"] += sum(count > 1 for count in stamps.values())
            kinds = {record: kind for kind, record in world.records}
            for record, wanted in world.expected(circle).items():
                met["clashes"] += len(wanted.clashing)
                met["erased"] += bool(wanted.erased)
                met[wanted.standing.value] += 1
                met["unknown"] += bool(wanted.heads) and kinds[record] not in ("person", "note")
                here = world.desks[0].of(circle, record)
                if kinds[record] == "note":
                    found = merge.once(here, "signed")
                    met["two signatures"] += len(found.shown) > 1
                    met["beside"] += bool(found.beside)
        met["years apart"] += any(abs(desk.offset) > 1 << 30 for desk in world.desks)
    missing = {name for name in (
        "ties", "clashes", "erased", "deleted", "contested", "unknown", "two signatures", "beside", "years apart"
    ) if met[name] < 5}  # fmt: skip
    assert not missing, met
