"""What disk and index must do in any case: the rows of a store, copied and put back in bulk by bare statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spie_desk.domain.records import KINDS
from spie_desk.domain.values import registers_of
from spie_desk.store.derived import PEOPLE, TEXTS, Derived
from spie_desk.store.index import PERSON, words_of
from spie_desk.store.open import EncryptedStore

BESIDE = "__bare"
_PAGE = 2_000


class Bulk:
    """All derived rows and index entries of a store, in memory, and one transaction that inserts them beside."""

    def __init__(self, store: EncryptedStore, connection: Any) -> None:
        self.connection = connection
        self.beside = Derived(KINDS, BESIDE)
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        names = {f"rec_{kind.name}": table.name for kind, table in zip(KINDS, self._tables(), strict=True)}
        for table, other in {**names, "head": self.beside.head.name}.items():
            self.rows[other] = connection.execute(f"SELECT * FROM {table}").fetchall()
        self.words = {f"{name}{BESIDE}": list(found.items()) for name, found in _words(store).items()}

    @property
    def megabytes(self) -> float:
        letters = sum(len(words) for found in self.words.values() for _, words in found)
        return letters / 1e6

    def insert(self) -> None:
        """Into tables of the same shape, with the same secondary indexes and the same full text, durable."""
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        for name, rows in self.rows.items():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        for name, found in self.words.items():
            self.connection.executemany(f"INSERT INTO {name}(rowid, words) VALUES (?, ?)", found)
        run("COMMIT")

    def _tables(self) -> list[Any]:
        return [self.beside.tables[kind.name] for kind in KINDS]


def _words(store: EncryptedStore) -> dict[str, dict[int, str]]:
    """Each entry of both indexes, as the product words it: made-up records have one head and no clash."""
    places = _places(store)
    found: dict[str, dict[bytes, list[str]]] = {PEOPLE: {}, TEXTS: {}}
    for kind in KINDS:
        searched = list(dict.fromkeys(
            item.register for item in kind.fields if item.trait.searched or item.name in kind.sounded
        ))  # fmt: skip
        if not searched:
            continue
        for record in _every(store, kind.name):
            values = registers_of(kind, record)
            words = [word for name in searched if name in values for word in words_of(kind, name, values[name])]
            if kind.name == PERSON:
                found[PEOPLE].setdefault(record.id, [])[:0] = words
            elif kind.finds_parent and kind.parent_kind == PERSON:
                found[PEOPLE].setdefault(getattr(record, kind.parent), []).extend(words)
            else:
                found[TEXTS][record.id] = words
    return {
        name: {places[uuid]: " ".join(dict.fromkeys(words)) for uuid, words in by_id.items() if words}
        for name, by_id in found.items()
    }


def _every(store: EncryptedStore, kind: str) -> Iterator[Any]:
    offset = 0
    while page := store.records.find(kind, limit=_PAGE, offset=offset):
        yield from (one.record for one in page)
        offset += len(page)


def _places(store: EncryptedStore) -> dict[bytes, int]:
    with store._transactions.reading() as connection:  # noqa: SLF001 — the places are nobody else’s business
        return {bytes(uuid): place for place, uuid in connection.exec_driver_sql("SELECT id, uuid FROM record")}


