"""Search, save and open on 10,000, 100,000 and 1,000,000 changes, turn and turn about: nothing may slow down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, Times, Work, alternate, compared
from bench.harness.stores import Stock
from bench.open_file import STRIDE
from bench.save import Saver
from bench.search import SHOWN, keystrokes
from spie_desk.services.casefile import open_file

BAR = Bar(1.5, "ratio")


def figures(run: Run) -> Iterator[Figure]:
    with ExitStack() as stack:
        stocks = [stack.enter_context(stores.copy(people, deadline=run.deadline)) for people in stores.SIZES]
        for name, work in _DEEDS.items():
            works = {str(stock.people): work(stock) for stock in stocks}
            times = alternate(works)
            yield from _grown(name, stocks, times)
            if name.startswith("search"):
                full = {people: _of_full_lists(works[people], one) for people, one in times.items()}
                yield from _grown(f"{name}_full_list", stocks, full)


def _of_full_lists(work: Work, times: Times) -> Times:
    """Those turns whose words fill the list: what a small store lacks to show is not what a large one costs."""
    found: Callable[[Any], Any] = work.run
    turns = [turn for turn in range(len(times.wall)) if len(found(work.before(turn))) == SHOWN]
    return Times([times.wall[turn] for turn in turns], [times.cpu[turn] for turn in turns])


def _grown(name: str, stocks: list[Stock], times: Mapping[str, Times]) -> Iterator[Figure]:
    """The slowest size beside the smallest, and what each took."""
    told: dict[str, Any] = {f"cpu_{stores.changes(stock.people)}": times[str(stock.people)].told(MEDIAN)["cpu"]
                            for stock in stocks}  # fmt: skip
    first, *others = (times[str(stock.people)] for stock in stocks)
    slowest = max(others, key=lambda one: one.at(MEDIAN))
    yield compared(f"growth_{name}_median", MEDIAN, slowest, first, BAR, **told,
                   reference_is="the same on 10,000 changes", file_mb=stocks[-1].megabytes)  # fmt: skip


def _search(field: str) -> Callable[[Stock], Work]:
    def work(stock: Stock) -> Work:
        lists = stock.store.lists
        ask = lists.search_people if field == "people" else lists.search_texts
        return Work(lambda words: ask(words, SHOWN), keystrokes(stock, field))

    return work


def _save(stock: Stock) -> Work:
    saver = Saver(stock)
    return Work(saver.save, saver.typed)


def _open(stock: Stock) -> Work:
    return Work(partial(open_file, stock.desk), lambda turn: stock.person(turn * STRIDE))


_DEEDS: dict[str, Callable[[Stock], Work]] = {
    "search_people": _search("people"), "search_notes": _search("notes"), "save_note": _save, "open_file": _open,
}  # fmt: skip
