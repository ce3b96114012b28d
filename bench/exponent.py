"""How the work of a whole store grows from 10,000 to 1,000,000 changes: filling, rebuilding, bytes."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import Spent, spent

BAR = Bar(1.1)


def figures(run: Run) -> Iterator[Figure]:
    made = {people: stores.ensure(people, deadline=run.deadline) for people in stores.SIZES}
    yield _exponent("fill", "s CPU", {people: one["fill_cpu_s"] for people, one in made.items()})
    yield _exponent("file", "MB", {people: one["file_mb"] for people, one in made.items()})
    rebuilt: dict[int, float] = {}
    foreseen = 0.0
    for people in stores.SIZES:
        if time.monotonic() + foreseen > run.deadline:
            print(f"  a rebuild for {people} people would take some {foreseen:.0f} s here: left out", flush=True)
            break
        one = _rebuild(people, run)
        rebuilt[people], foreseen = one.cpu, one.wall * 12
    yield _exponent("rebuild", "s CPU", rebuilt)


def _rebuild(people: int, run: Run) -> Spent:
    """The smallest store several times, its quickest taken, for a second tells little."""
    with stores.copy(people, deadline=run.deadline) as stock:
        found = []
        for _ in range(5 if people == stores.SMALL else 1):
            with spent() as one:
                stock.store.rebuild()
            found.append(one)
        return min(found, key=lambda one: one.cpu)


def _exponent(name: str, unit: str, measured: Mapping[int, float]) -> Figure:
    """The slope of the least-squares line through the logarithms."""
    points = [(math.log(stores.changes(people)), math.log(value)) for people, value in measured.items()]
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    told = {f"{unit} at {stores.changes(people)}": value for people, value in measured.items()}
    return Figure(f"growth_exponent_{name}", slope, "exponent", bar=BAR, more=told)
