"""50,000 people on screen: the page opened, its list scrolled, and the window's loop while an import runs.

The list is scrolled to the end of what is fetched, window by window; the loop is how long it is kept waiting while an
import of 10,000 rows runs on the writing thread.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, P95, P99, SAMPLES, Times, compared
from bench.harness.windows import Painted, Screen, on_screen, turn, until
from bench.imports import ROWS, write_file
from spie_desk.domain.listing import PersonFilter
from spie_desk.services import imports

TIMES = 40
TICK_MS = 5


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.LARGE, deadline=run.deadline) as stock, on_screen(stock) as screen:
        shown = _shown(screen)
        yield compared("people_50000_shown_median", MEDIAN, shown, bar=Bar(100))
        yield compared("people_50000_shown_p95", P95, shown)
        scrolled = _scrolled(screen)
        yield compared("people_page_scrolled_p99", P99, scrolled, bar=Bar(16))
        yield from _during_import(screen)


def _everyone(screen: Screen) -> bool:
    listed = screen.page._people  # noqa: SLF001 — the list of the page
    return bool(listed.wanted() == PersonFilter() and listed.list.rows())


def _shown(screen: Screen) -> Times:
    """From the wish to the painted lines: the page made anew, everyone in it."""
    painted, found = Painted(), Times()
    for turn_ in range(-5, TIMES):
        screen.go("help")
        screen.settle()
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        painted.after(
            lambda: screen.go("people", view="all")._people.list.table().viewport(),  # noqa: SLF001
            lambda: _everyone(screen),
        )
        if turn_ >= 0:
            found.wall.append((time.perf_counter_ns() - wall) / 1e6)
            found.cpu.append((time.process_time_ns() - cpu) / 1e6)
    screen.settle()
    return found


def _scrolled(screen: Screen) -> Times:
    """One page down and its paint; what must be fetched comes from a reading thread meanwhile."""
    table, painted, found = screen.page._people.list.table(), Painted(), Times()  # noqa: SLF001
    bar = table.verticalScrollBar()
    for _turn in range(SAMPLES):
        until(lambda: bar.value() < bar.maximum())

        def down() -> Any:
            bar.setValue(bar.value() + bar.pageStep())
            return table.viewport()

        cpu, wall = time.thread_time_ns(), time.perf_counter_ns()
        painted.after(down, lambda: True)
        found.wall.append((time.perf_counter_ns() - wall) / 1e6)
        found.cpu.append((time.thread_time_ns() - cpu) / 1e6)
        turn(10)
    return found


def _during_import(screen: Screen) -> Iterator[Figure]:
    """A timer that should tick each 5 ms tells how late it comes; the dry run and the writing apart."""
    desk = screen.stock.desk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "import.csv"
        write_file(path, screen.stock.people, ROWS)
        table = desk.files.read_table(path)
        columns = desk.files.proposed(table, desk.clock.now().date())
        made = _late(
            screen,
            lambda progress: imports.plan(desk, table, columns, towns=desk.files.towns, progress=progress),
            writes=False,
        )
        yield from _told("dry_run", made[0])
        done = _late(screen, lambda progress: imports.apply(desk, made[1], progress=progress), writes=True)
        yield from _told("writing", done[0])


def _told(name: str, late: Times) -> Iterator[Figure]:
    yield Figure(f"window_while_import_{name}_p99", late.at(P99), "ms", bar=Bar(16), more=late.told(P99))
    yield Figure(f"window_while_import_{name}_longest", max(late.wall), "ms", bar=Bar(100), more=late.told(P99))


def _late(screen: Screen, work: Callable[[Any], Any], *, writes: bool) -> tuple[Times, Any]:
    late: Times = Times()
    answer: list[Any] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.wall.append(max((now - last[0]) * 1e3 - TICK_MS, 0.0))
        late.cpu.append(0.0)
        last[0] = now

    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(tick)
    last[0] = time.perf_counter()
    timer.start()
    screen.session.tasks.long(lambda progress, _cancelled: work(progress), "Import", answer.append, writes=writes)
    until(lambda: bool(answer), every_ms=50)
    timer.stop()
    return late, answer[0]
