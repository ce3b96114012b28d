"""Samples: subject and reference turn and turn about in one process, CPU beside wall, the collector kept out."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

SAMPLES = 300
WARM = 20
_EACH = 25
"""So many rounds between two collections of garbage, made while nothing is timed."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the samples does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass
class Times:
    """Milliseconds of each sample."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return percentile(self.wall, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.wall, 0.95)

    @property
    def p99(self) -> float:
        return percentile(self.wall, 0.99)

    def told(self) -> dict[str, Any]:
        return {
            "p50": self.p50, "p95": self.p95, "p99": self.p99, "samples": len(self.wall),
            "cpu": percentile(self.cpu, 0.5), "cpu_p95": percentile(self.cpu, 0.95),
            "cpu_p99": percentile(self.cpu, 0.99),
        }  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What is timed at each round, handed the round's number, and what comes before it untimed."""

    run: Callable[[Any], object]
    before: Callable[[int], Any] = lambda turn: turn


@contextmanager
def collector_held() -> Iterator[None]:
    """No collection in the block except those that ``alternate`` asks for between two rounds."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def alternate(works: Mapping[str, Work], samples: int = SAMPLES, warm: int = WARM) -> dict[str, Times]:
    """Each work in turn, ``samples`` times; at every second round in the opposite order, so that none always profits
    from what the other left in the caches."""
    found = {name: Times() for name in works}
    names = list(works)
    with collector_held():
        for turn in range(-warm, samples):
            for name in names if turn % 2 else reversed(names):
                given = works[name].before(turn)
                wall, cpu = timed(works[name].run, given)
                if turn >= 0:
                    found[name].wall.append(wall)
                    found[name].cpu.append(cpu)
            if turn % _EACH == 0:
                gc.collect()
    return found


def timed(run: Callable[[Any], object], given: Any) -> tuple[float, float]:
    """Wall and CPU milliseconds of one run, on this thread."""
    cpu, wall = time.thread_time_ns(), time.perf_counter_ns()
    run(given)
    return (time.perf_counter_ns() - wall) / 1e6, (time.thread_time_ns() - cpu) / 1e6


@dataclass
class Spent:
    """Seconds of one long piece of work, every thread of it."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spent() -> Iterator[Spent]:
    """The clock and the processor around a block that is too long to repeat."""
    found = Spent()
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    yield found
    found.wall, found.cpu = time.perf_counter() - wall, time.process_time() - cpu
