"""Open a file: the query behind the page, beside the bare SELECTs of the same rows, and beside a desk of 500 people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import Work, alternate
from spie_desk.services.casefile import open_file

STRIDE = 7919
"""A prime: each sample opens a file that lies far from the one before."""


def figures(run: Run) -> Iterator[Figure]:
    with ExitStack() as stack:
        large = stack.enter_context(stores.copy(stores.LARGE, deadline=run.deadline))
        small = stack.enter_context(stores.copy(stores.SMALL, deadline=run.deadline))
        connection = stack.enter_context(large.raw())
        times = alternate({
            "large": Work(partial(open_file, large.desk), lambda turn: large.person(turn * STRIDE)),
            "small": Work(partial(open_file, small.desk), lambda turn: small.person(turn * STRIDE)),
            "raw": Work(partial(_bare, connection), lambda turn: large.person((turn + 500) * STRIDE)),
        })  # fmt: skip
        ours, few, raw = times["large"], times["small"], times["raw"]
        more = ours.told() | {"file_mb": large.megabytes}
        yield Figure("open_file_query_p95", ours.p95, "ms", raw.p95, Bar(50),
                     more | {"reference_is": "the same rows by bare SELECTs"})  # fmt: skip
        yield Figure("open_file_query_median", ours.p50, "ms", raw.p50, more=more)
        beside = {"reference_is": "a desk of 500 people", "cpu_reference": few.told()["cpu"]}
        for name in ("p50", "p95"):
            yield Figure(f"open_file_query_{name}_beside_500_people", getattr(ours, name), "ms", getattr(few, name),
                         Bar(1.2, "ratio", or_more_by=3), more | beside)  # fmt: skip


TABLES = ("phone", "identifier", "relative", "informed", "opposition", "right", "membership", "request", "finding",
          "action", "appointment", "note")  # fmt: skip


def _bare(connection: Any, person: bytes) -> None:
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM rec_person WHERE _uuid = ?", (person,)).fetchall()
    for table in TABLES:
        connection.execute(f"SELECT * FROM rec_{table} WHERE person = ? AND _visible", (person,)).fetchall()
    connection.execute("COMMIT")


