"""Saving, searching, opening a file and rebuilding on a store of fictitious people; figures in one JSON line.

CPU milliseconds unless said, medians; « ratio » compares with the raw work done in the same run.
"""

from __future__ import annotations

import json
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from spie_desk.app.files import LocalFiles
from spie_desk.app.hands import SystemChance, SystemClock
from spie_desk.app.newborn import put_all
from spie_desk.app.shipped_lists import example_people, value_lists
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders, make
from spie_desk.services import casefile, notes, people
from spie_desk.services.desk import Desk
from spie_desk.services.founding import found
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import open_store

PEOPLE, SAVES = 600, 150


def figures() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "vault.db", secrets.token_bytes(32)
        create_database(path, bytearray(key), b"v" * 16)
        engine = open_engine(path, bytearray(key))
        clock = SystemClock()
        store = open_store(engine, clock, SystemChance())
        me, structure = founders(example_people())
        found(store, me, structure)
        desk = Desk(store, clock, SystemChance(), me, structure, value_lists(), LocalFiles())
        records = list(make(example_people(), 1, clock.now().date(), PEOPLE, me, structure))
        filling = cpu(lambda: put_all(store, records, lambda _done, _total: None))
        ids = [row.id for row in people.rows(desk, PersonFilter(), limit=PEOPLE)]
        raw = repeat(lambda: _raw(engine), SAVES)
        saving = repeat(lambda: _sign(desk, secrets.choice(ids)), SAVES)
        told = {
            "records": len(records),
            "fill_ms_per_record": filling / len(records),
            "raw_row_ms": raw,
            "sign_note_ms": saving,
            "sign_note_ratio": saving / raw,
            "search_people_ms": repeat(lambda: people.search(desk, "lef"), 100),
            "list_of_500_ms": repeat(lambda: people.rows(desk, PersonFilter()), 20),
            "open_file_ms": repeat(lambda: casefile.open_file(desk, secrets.choice(ids)), 60),
            "rebuild_s_per_100000": cpu(store.rebuild) / 1000 / len(records) * 100_000,
            "file_mb": path.stat().st_size / 1e6,
        }
        close_engine(engine)
        return told


def cpu(work: Callable[[], object]) -> float:
    """CPU milliseconds of one run."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def repeat(work: Callable[[], object], times: int) -> float:
    return statistics.median(cpu(work) for _ in range(times))


def _sign(desk: Desk, person: bytes) -> None:
    notes.sign(desk, replace(notes.blank(desk, person), text="Pièces réunies, sauf l’attestation. " * 10))


def _raw(engine: Any) -> None:
    """The physical reference: one durable row of the same length, in the same encrypted file."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS raw_reference (id INTEGER PRIMARY KEY, body TEXT)"))
        connection.execute(text("INSERT INTO raw_reference (body) VALUES (:body)"), {"body": "x" * 400})


if __name__ == "__main__":
    print(json.dumps(figures()))
