"""Search at each keystroke: what 1 to 4 typed letters cost in the store, people and notes, beside the bare index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import P95, Times, Work, alternate, compared
from bench.harness.stores import Stock
from spie_desk.domain.words import tokens
from spie_desk.store.derived import PEOPLE, TEXTS
from spie_desk.store.index import match_of

SHOWN = 30
"""How many lines the search box asks for."""
EACH = 600


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.LARGE, deadline=run.deadline) as stock:
        lists = stock.store.lists
        yield from _of(stock, "people", PEOPLE, lambda words: lists.search_people(words, SHOWN), 3)
        yield from _of(stock, "notes", TEXTS, lambda words: lists.search_texts(words, SHOWN), 5)


def _of(stock: Stock, name: str, index: str, ask: Callable[[str], Any], bar: float) -> Iterator[Figure]:
    typed = keystrokes(stock, name)
    with stock.raw() as connection:
        times = alternate({
            "ours": Work(ask, typed),
            "raw": Work(partial(_bare, connection, index), typed),
        }, EACH)  # fmt: skip
    ours, raw = times["ours"], times["raw"]
    yield compared(f"search_{name}_p95", P95, ours, raw, Bar(bar), file_mb=stock.megabytes,
                   reference_is="the index asked the same, rowids alone")  # fmt: skip
    for letters in (1, 2, 3, 4):
        some = Times(ours.wall[letters - 1 :: 4], ours.cpu[letters - 1 :: 4])
        yield compared(f"search_{name}_{letters}_letters_p95", P95, some)


def keystrokes(stock: Stock, name: str) -> Callable[[int], str]:
    """What is typed: the beginning of a family name, or of a word of some note; 1 to 4 letters in turn."""
    chance = Random(7)
    kind, field = ("person", "last_name") if name == "people" else ("note", "text")
    told = [getattr(one.record, field) for one in stock.store.records.find(kind, limit=400, offset=stock.people // 2)]
    words = [word for text in told for word in tokens(text) if len(word) >= 4 and word.isalpha()]
    chosen = [chance.choice(words) for _ in range(EACH)]
    return lambda turn: chosen[turn][: turn % 4 + 1]


def _bare(connection: Any, index: str, words: str) -> None:
    connection.execute(
        f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT {SHOWN}", (match_of(words),)
    ).fetchall()
