"""Rebuild 100,000 changes from the journal, tables and index, beside the bulk insert of the very same rows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench.harness import stores
from bench.harness.bare import Bulk
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import Spent, spent

TIMES = 5


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.MIDDLE, deadline=run.deadline) as stock:
        with stock.raw() as connection:
            bulk = Bulk(stock.store, connection)
        ours: list[Spent] = []
        raw: list[Spent] = []
        for _ in range(TIMES):
            with spent() as one:
                stock.store.rebuild()
            ours.append(one)
            with stock.engine.begin() as made:
                bulk.beside.drop(made)
                bulk.beside.create(made)
            with stock.raw() as connection:
                bulk.connection = connection
                with spent() as one:
                    bulk.insert()
            raw.append(one)
        changes = stores.changes(stock.people)
        scale = 100_000 / changes
        cpu, cpu_raw = (statistics.median(one.cpu for one in some) * scale for some in (ours, raw))
        more = {
            "cpu": cpu, "wall": statistics.median(one.wall for one in ours) * scale, "changes": changes,
            "samples": TIMES, "file_mb": stock.megabytes,
            "reference_is": "bulk insert of the same rows, with their indexes and their words",
        }  # fmt: skip
        yield Figure("rebuild_100000_changes_cpu", cpu, "s", cpu_raw, Bar(12), more)
        yield Figure("rebuild_beside_bulk_insert_cpu", cpu, "s", cpu_raw, Bar(4, "ratio"), more)
