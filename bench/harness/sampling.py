"""Samples: subject and reference turn and turn about in one process, CPU beside wall, the collector kept out."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.harness.figures import Bar, Figure

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

    def at(self, share: float) -> float:
        return percentile(self.wall, share)

    def told(self, share: float, beside: Times | None = None) -> dict[str, Any]:
        """All that is known of the samples; ``cpu`` is the processor’s part at that share, and the reference’s."""
        told: dict[str, Any] = {
            "wall": self.at(share), "cpu": percentile(self.cpu, share), "samples": len(self.wall),
            "p50": self.at(0.5), "p95": self.at(0.95), "p99": self.at(0.99),
        }  # fmt: skip
        if beside is not None:
            told["cpu_reference"] = percentile(beside.cpu, share)
            told["cpu_ratio"] = told["cpu"] / told["cpu_reference"]
        return told


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


MEDIAN, P95, P99 = 0.5, 0.95, 0.99


def compared(name: str, share: float, ours: Times, beside: Times | None = None, bar: Bar | None = None,
             **more: Any) -> Figure:  # fmt: skip
    """The figure of one share of the samples, in milliseconds of wall, with the processor’s part beside."""
    reference = None if beside is None else beside.at(share)
    return Figure(name, ours.at(share), "ms", reference, bar, ours.told(share, beside) | more)


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
    """The clock and the processor around a block that is too long to repeat. Garbage is collected as in the
    application (``ui.tasks.Sweeper``): never by Python itself, and what each second of it would have swept is swept
    here, and counted, at the end."""
    found = Spent()
    limits = gc.get_threshold()
    with collector_held():
        wall, cpu = time.perf_counter(), time.process_time()
        yield found
        if overdue := [one for one in (2, 1, 0) if gc.get_count()[one] > limits[one]]:
            gc.collect(overdue[0])
        found.wall, found.cpu = time.perf_counter() - wall, time.process_time() - cpu
