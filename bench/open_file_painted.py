"""Open a file on screen: from the wish to the painted timeline, page made anew or another person in the same page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, P95, P99, SAMPLES, WARM, Times, compared
from bench.harness.windows import Painted, Screen, on_screen, turn
from bench.open_file import STRIDE


def figures(run: Run) -> Iterator[Figure]:
    with ExitStack() as stack:
        screens = {}
        for name, people in (("large", stores.LARGE), ("small", stores.SMALL)):
            stock = stack.enter_context(stores.copy(people, deadline=run.deadline))
            screens[name] = stack.enter_context(on_screen(stock))
        opening = Opening()
        for how, deed in (("switched", opening.switch), ("from_elsewhere", opening.come)):
            times = sampled(screens, deed)
            large, small = times["large"], times["small"]
            beside: dict[str, Any] = {"reference_is": "the same on 500 people"}
            bar = Bar(1.2, "ratio", or_more_by=3)
            yield compared(f"open_file_painted_{how}_median", MEDIAN, large)
            yield compared(f"open_file_painted_{how}_p95", P95, large, bar=Bar(50))
            yield compared(f"open_file_painted_{how}_p99", P99, large)
            yield compared(f"open_file_painted_{how}_median_beside_500_people", MEDIAN, large, small, bar, **beside)
            yield compared(f"open_file_painted_{how}_p95_beside_500_people", P95, large, small, bar, **beside)


def sampled(screens: Mapping[str, Screen], deed: Callable[[Screen, bytes], None]) -> dict[str, Times]:
    """Turn and turn about, the garbage swept as the application does it; CPU is of every thread."""
    found = {name: Times() for name in screens}
    for at in range(-WARM, SAMPLES):
        for name in screens if at % 2 else reversed(list(screens)):
            screen = screens[name]
            person = screen.stock.person((at + WARM + 1) * STRIDE)
            if deed.__name__ == "come":
                screen.go("help")
            screen.settle()
            cpu, wall = time.process_time_ns(), time.perf_counter_ns()
            deed(screen, person)
            if at >= 0:
                found[name].wall.append((time.perf_counter_ns() - wall) / 1e6)
                found[name].cpu.append((time.process_time_ns() - cpu) / 1e6)
            turn()
    return found


class Opening:
    """The two ways to a file: its line in the list beside another one, or a link on any other page."""

    def __init__(self) -> None:
        self._painted = Painted()

    def come(self, screen: Screen, person: bytes) -> None:
        self._painted.after(lambda: _timeline(screen.go("file", person=person)), lambda: _shown(screen, person))

    def switch(self, screen: Screen, person: bytes) -> None:
        if screen.window.navigator.route() != "file":
            screen.go("file", person=screen.stock.person(1))
            screen.settle()
        page = screen.page

        def deed() -> Any:
            page.people.opened.emit(person)
            return _timeline(page)

        self._painted.after(deed, lambda: _shown(screen, person))


def _timeline(page: Any) -> Any:
    return page.body.timeline._timeline  # noqa: SLF001 — where the cards lie


def _shown(screen: Screen, person: bytes) -> bool:
    page = screen.page
    shown = page.body._shown  # noqa: SLF001 — what the page was handed
    return shown is not None and shown.person.id == person and bool(_timeline(page)._cards)  # noqa: SLF001 — as many as are made yet
