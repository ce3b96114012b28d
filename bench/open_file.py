"""Open a file: the query behind the page, beside the bare SELECTs of the same rows, and beside a desk of 500 people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, P95, Work, alternate, compared
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
        bare: dict[str, Any] = {"file_mb": large.megabytes, "reference_is": "the same rows by bare SELECTs"}
        yield compared("open_file_query_median", MEDIAN, ours, raw, **bare)
        yield compared("open_file_query_p95", P95, ours, raw, Bar(50), **bare)
        bar = Bar(1.2, "ratio", or_more_by=3)
        yield compared("open_file_query_median_beside_500_people", MEDIAN, ours, few, bar)
        yield compared("open_file_query_p95_beside_500_people", P95, ours, few, bar)


TABLES = ("phone", "identifier", "relative", "informed", "opposition", "right", "membership", "request", "finding",
          "action", "appointment", "note")  # fmt: skip


def _bare(connection: Any, person: bytes) -> None:
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM rec_person WHERE _uuid = ?", (person,)).fetchall()
    for table in TABLES:
        connection.execute(f"SELECT * FROM rec_{table} WHERE person = ? AND _visible", (person,)).fetchall()
    connection.execute("COMMIT")


