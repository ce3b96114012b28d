"""Builds the made-up profiles that the others measure; stopped after some minutes, taken up by the next run."""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import stores
from bench.harness.figures import Figure
from bench.harness.run import Run


def figures(run: Run) -> Iterator[Figure]:
    for people in stores.SIZES:
        made = stores.ensure(people, deadline=run.deadline)
        filled = made["fill_cpu_s"] * 1e6 / made["changes"]
        yield Figure(f"fill_{people}_people", filled, "µs CPU/change",
                     more={"file_mb": made["file_mb"], "changes": made["changes"]})  # fmt: skip
