"""Save a note: draft, journal, heads, table and index, durable, beside its row and index entry bare, as durable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.people import World
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, P95, P99, Work, alternate, compared
from bench.harness.stores import Stock
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.drafts import Draft
from spie_desk.domain.records import KIND
from spie_desk.domain.records.note import Note
from spie_desk.domain.values import registers_of
from spie_desk.domain.words import tokens
from spie_desk.services import notes, work
from spie_desk.store.derived import TEXTS

SAMPLES = 400
STRIDE = 7919
_APART = 1 << 40
"""Where the bare rows go: after everything, so that nothing of the product’s is in their way."""


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.LARGE, deadline=run.deadline) as stock, stock.raw() as connection:
        saver = Saver(stock)
        bare = Bare(connection, saver.note)
        times = alternate({
            "ours": Work(saver.save, saver.typed),
            "raw": Work(bare.write, bare.row),
            "draft": Work(saver.keep, saver.draft),
        }, SAMPLES)  # fmt: skip
        ours, raw, bar = times["ours"], times["raw"], Bar(2.5, "ratio")
        more: dict[str, Any] = {"file_mb": stock.megabytes, "reference_is": "the row and its index entry, bare"}
        yield compared("save_note_median", MEDIAN, ours, raw, bar, **more)
        yield compared("save_note_p95", P95, ours, raw, bar, **more)
        yield compared("save_note_p99", P99, ours, raw, **more)
        yield compared("keep_draft_median", MEDIAN, times["draft"], raw, **more)


class Saver:
    """The product’s side: a note typed in a form whose draft is on the disk, then signed."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self._prose = World(example_people()).prose

    def note(self, turn: int) -> Note:
        chance = Random(f"save {turn}")
        blank = notes.blank(self.stock.desk, self.stock.person((turn + 1000) * STRIDE))
        return replace(blank, text=self._prose.note(chance, 360))

    def draft(self, turn: int) -> Draft:
        note = self.note(turn)
        values = registers_of(KIND["note"], note)
        return Draft(id=self.stock.desk.chance.id(), form="note", kind="note", record=note.id, person=note.person,
                     values=values, focus="text", cursor=200)  # fmt: skip

    def typed(self, turn: int) -> tuple[Note, bytes]:
        draft = work.keep(self.stock.desk, self.draft(turn))
        return self.note(turn), draft.id

    def save(self, given: tuple[Note, bytes]) -> None:
        notes.sign(self.stock.desk, given[0], draft=given[1])

    def keep(self, draft: Draft) -> None:
        work.keep(self.stock.desk, draft)


@dataclass
class Bare:
    """The physical reference: one row of the very table, its words in the very index, one durable transaction.

    Everything that could be made beforehand is: the columns, the folded words."""

    connection: Any
    note: Callable[[int], Note]
    _next: int = _APART

    def __post_init__(self) -> None:
        asked = self.connection.execute("SELECT * FROM rec_note LIMIT 1")
        self._like = dict(zip((one[0] for one in asked.description), asked.fetchone(), strict=True))
        names = ", ".join(f'"{name}"' for name in self._like)
        self._insert = f"INSERT INTO rec_note ({names}) VALUES ({', '.join('?' * len(self._like))})"
        self._index = f"INSERT INTO {TEXTS}(rowid, words) VALUES(?, ?)"

    def row(self, turn: int) -> tuple[int, list[Any], str]:
        note = self.note(turn)
        self._next += 1
        mine = {"_id": self._next, "_uuid": note.id, "person": note.person, "on": str(note.on)}
        # The table leaves the text in the journal; a bare row has nowhere else to hold it.
        mine["theme"] = note.text
        return self._next, list((self._like | mine).values()), " ".join(dict.fromkeys(tokens(note.text)))

    def write(self, given: tuple[int, list[Any], str]) -> None:
        place, values, words = given
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(self._insert, values)
        self.connection.execute(self._index, (place, words))
        self.connection.execute("COMMIT")
