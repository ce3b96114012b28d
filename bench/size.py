"""What a note weighs on the disk, journal and tables, without and with the index, beside a plain table of the notes.

Files are packed (VACUUM) before each weighing, so that no free page counts for or against anybody. The notes’ part is
what is left of the file once every note is taken out of it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.people import NOTES_EACH
from bench.harness.run import Run
from bench.harness.stores import Stock
from spie_desk.store.derived import PEOPLE, TEXTS
from spie_desk.store.engine import connect, create_database
from spie_desk.store.packing import unpacked

PLAIN = (
    "CREATE TABLE note (id INTEGER PRIMARY KEY, uuid BLOB, person BLOB, sort TEXT, day TEXT, hour TEXT, "
    "minutes INTEGER, theme TEXT, text TEXT)"
)
_BODIES = (
    "SELECT record.uuid, change.body FROM record JOIN change ON change.seq = record.seq "
    "WHERE record.kind = 'note' ORDER BY record.id"
)


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.LARGE, deadline=run.deadline) as stock, tempfile.TemporaryDirectory(dir=stores.CACHE) as to:
        plain_mb = plain_table(stock, Path(to) / "plain.db")
        lies = stock.megabytes
        found = weighed(stock)
        people, notes = stock.people, stock.people * NOTES_EACH
    # The index of people stays in both sums: it is not the notes’.
    with_index = found["whole"] - found["rest, its index"]
    without = found["no index of texts"] - found["rest, its index"]
    more = {
        "file_mb": lies, "packed_mb": found["whole"], "table_mb": plain_mb, "notes": notes, "people": people,
        "index_mb": with_index - without, "bytes_a_note": with_index * 1e6 / notes,
        "reference_is": "the same notes in a plain table of the same encrypted file format",
    }  # fmt: skip
    yield Figure("size_of_notes_without_index", without, "MB", plain_mb, Bar(2.0, "ratio"), more)
    yield Figure("size_of_notes_with_index", with_index, "MB", plain_mb, Bar(2.2, "ratio"), more)
    yield Figure("size_of_whole_store", found["whole"], "MB", plain_mb, more=more)


def weighed(stock: Stock) -> dict[str, float]:
    """The file packed: whole, without the index of texts, and then without a single note."""
    database, vault = stock.database, stock.keeper.opened
    key = vault.key("db")
    stock.engine.dispose()
    connection = connect(database, key)
    try:
        found = {"whole": packed(connection, database)}
        connection.execute(f"DROP TABLE {TEXTS}").close()
        found["no index of texts"] = packed(connection, database)
        for statement in _WITHOUT_NOTES:
            connection.execute(statement).close()
        found["rest, its index"] = packed(connection, database)
        connection.execute(f"DROP TABLE {PEOPLE}").close()
        found["rest"] = packed(connection, database)
    finally:
        connection.close()
    return found


_OF_NOTES = "(SELECT id FROM record WHERE kind = 'note')"
_WITHOUT_NOTES = (
    f"DELETE FROM change WHERE record IN {_OF_NOTES}",
    f"DELETE FROM head WHERE record IN {_OF_NOTES}",
    "DELETE FROM rec_note",
    "DELETE FROM record WHERE kind = 'note'",
    "DELETE FROM circle WHERE id NOT IN (SELECT circle FROM record)",
)


def packed(connection: Any, path: Path) -> float:
    """Megabytes of the file once no page of it is free."""
    connection.execute("VACUUM").close()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return path.stat().st_size / 1e6


def plain_table(stock: Stock, path: Path) -> float:
    """Megabytes of a plain table that holds what a note says, in a file encrypted in the same way."""
    key = bytearray(range(32))
    create_database(path, key, b"plain table file")
    bare = connect(path, key)
    try:
        bare.execute(PLAIN).close()
        bare.execute("BEGIN IMMEDIATE").close()
        with stock.raw() as connection:
            rows = (_plain(uuid, body) for uuid, body in connection.execute(_BODIES))
            bare.executemany(f"INSERT INTO note ({_PLAIN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        bare.execute("COMMIT").close()
        return packed(bare, path)
    finally:
        bare.close()


def _plain(uuid: bytes, body: bytes) -> tuple[Any, ...]:
    """A note as a plain table holds it: ids as bytes, its text as it is read."""
    said = json.loads(unpacked(body))["values"]["content"]
    told = [said[name] for name in ("sort", "on", "at", "minutes", "theme", "text")]
    return uuid, bytes.fromhex(said["person"]), *told


_PLAIN = "uuid, person, sort, day, hour, minutes, theme, text"
