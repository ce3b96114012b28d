"""The register of accesses: a kit reads it, a session cannot; what is taken away or altered is seen; kept a year."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from spie_desk.domain.accesses import EXPORTED, KEPT_DAYS, PURGED, VIEWED, Access
from spie_desk.store import tables
from spie_desk.store.accesses import KIT_PUBLIC, WAITING
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, open_store
from spie_sync.kit import Kit
from tests.clock import FakeChance, FakeClock

KIT = Kit(bytes(range(20)))
ANNA, BRUNO = b"a" * 16, b"b" * 16


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    key = bytearray(secrets.token_bytes(32))
    create_database(tmp_path / "vault.db", key, b"v" * 16)
    opened = open_engine(tmp_path / "vault.db", key)
    yield opened
    close_engine(opened)


@pytest.fixture
def store(engine: Engine, clock: FakeClock, chance: FakeChance) -> EncryptedStore:
    made = open_store(engine, clock, chance)
    made.settings.set(KIT_PUBLIC, KIT.public.to_bytes().hex())
    made.accesses.kit_made(KIT.public)
    return made


def line(store: EncryptedStore, person: bytes, deed: str = VIEWED, **more: object) -> None:
    at_ms = int(store.accesses._now().timestamp() * 1000)
    store.accesses.add(Access(at_ms=at_ms, who=b"m" * 16, deed=deed, people=(person,), **more))  # type: ignore[arg-type]


def sql(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_the_kit_reads_every_line_in_order(store: EncryptedStore) -> None:
    line(store, ANNA)
    line(store, BRUNO, EXPORTED, what="Personnes", reason="revue", rows=12)
    read = store.accesses.read(KIT.keys)
    assert [(one.n, one.people, one.deed, one.what, one.rows) for one in read.lines] == [
        (1, (ANNA,), VIEWED, "", 0), (2, (BRUNO,), EXPORTED, "Personnes", 12),
    ]  # fmt: skip
    assert (read.missing, read.of_former_kit, read.altered_from) == (0, 0, 0)


def test_neither_the_table_nor_another_kit_says_who_was_seen(store: EncryptedStore, engine: Engine) -> None:
    line(store, ANNA, reason="motif canari")
    with engine.connect() as connection:
        rows = [*connection.execute(text("SELECT sealed, before, sum FROM access")),
                *connection.execute(text("SELECT root, reader, before FROM access_sitting"))]  # fmt: skip
    held = [bytes(cell) for row in rows for cell in row]
    assert not any(ANNA in one or ANNA.hex().encode() in one or b"canari" in one for one in held)
    read = store.accesses.read(Kit(bytes(20)).keys)
    assert (read.lines, read.of_former_kit) == ((), 1)


def test_the_session_has_no_key_left_that_opens_its_own_lines(store: EncryptedStore) -> None:
    line(store, ANNA)
    from spie_desk.store.access_chain import AlteredLineError, Ratchet, place_of  # noqa: PLC0415 — beside its use

    ratchet = store.accesses._ratchet
    assert ratchet is not None
    with store._transactions.reading() as connection:
        row = connection.execute(tables.access.select()).one()
    with pytest.raises(AlteredLineError):
        Ratchet(bytearray(ratchet.chain)).open(row.sealed, place_of(row.n, row.sitting, row.before))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_line_taken_away_is_missed(store: EncryptedStore, engine: Engine, n: int) -> None:
    for person in (ANNA, BRUNO, ANNA, BRUNO):
        line(store, person)
    sql(engine, f"DELETE FROM access WHERE n = {n}")
    read = store.accesses.read(KIT.keys)
    assert (read.missing, read.altered_from) == (1, 0)
    assert [one.n for one in read.lines] == [one for one in (1, 2, 3, 4) if one != n]


def test_a_line_taken_away_and_the_others_renumbered_is_seen(store: EncryptedStore, engine: Engine) -> None:
    for person in (ANNA, BRUNO, ANNA, BRUNO):
        line(store, person)
    sql(engine, "DELETE FROM access WHERE n = 2")
    sql(engine, "UPDATE access SET n = 2 WHERE n = 3")
    sql(engine, "UPDATE access SET n = 3 WHERE n = 4")
    assert store.accesses.read(KIT.keys).altered_from == 2


def test_an_altered_line_is_told_and_the_others_still_read(store: EncryptedStore, engine: Engine) -> None:
    for person in (ANNA, BRUNO, ANNA):
        line(store, person)
    sql(engine, "UPDATE access SET sealed = (SELECT sealed FROM access WHERE n = 1) WHERE n = 2")
    read = store.accesses.read(KIT.keys)
    assert read.altered_from == 2
    assert [one.n for one in read.lines] == [1, 3]


def test_before_any_kit_lines_wait_and_its_first_kit_reads_them(
    engine: Engine, clock: FakeClock, chance: FakeChance
) -> None:
    store = open_store(engine, clock, chance)
    line(store, ANNA)
    assert "secret" in store.settings.get(WAITING)  # type: ignore[operator]
    store.settings.set(KIT_PUBLIC, KIT.public.to_bytes().hex())
    store.accesses.kit_made(KIT.public)
    assert "secret" not in store.settings.get(WAITING)  # type: ignore[operator]
    line(store, BRUNO)
    assert [one.people for one in store.accesses.read(KIT.keys).lines] == [(ANNA,), (BRUNO,)]
    assert store.accesses.read(Kit(bytes(20)).keys).of_former_kit == 2


def test_a_new_kit_reads_what_follows_and_counts_what_the_former_one_reads(store: EncryptedStore) -> None:
    line(store, ANNA)
    fresh = Kit(bytes(20))
    store.settings.set(KIT_PUBLIC, fresh.public.to_bytes().hex())
    store.accesses.kit_made(fresh.public)
    line(store, BRUNO)
    read = store.accesses.read(fresh.keys)
    assert ([one.people for one in read.lines], read.of_former_kit, read.missing) == ([(BRUNO,)], 1, 0)


def test_once_there_is_a_safe_it_alone_reads_what_follows(store: EncryptedStore) -> None:
    safe = Kit(bytes(20))
    line(store, ANNA)
    store.accesses.safe_named(safe.public)
    line(store, BRUNO)
    by_kit, by_safe = (store.accesses.read(one.keys) for one in (KIT, safe))
    assert [[one.people for one in read.lines] for read in (by_kit, by_safe)] == [[(ANNA,)], [(BRUNO,)]]
    # a kit made afterwards does not take the reading back
    fresh = Kit(bytes(range(20, 40)))
    store.settings.set(KIT_PUBLIC, fresh.public.to_bytes().hex())
    store.accesses.kit_made(fresh.public)
    line(store, ANNA)
    assert store.accesses.read(fresh.keys).lines == ()
    assert [one.people for one in store.accesses.read(safe.keys).lines] == [(BRUNO,), (ANNA,)]


def test_a_safe_named_before_any_kit_reads_what_waited(engine: Engine, clock: FakeClock, chance: FakeChance) -> None:
    store = open_store(engine, clock, chance)
    line(store, ANNA)
    store.accesses.safe_named(KIT.public)
    assert "secret" not in store.settings.get(WAITING)  # type: ignore[operator]
    line(store, BRUNO)
    assert [one.people for one in store.accesses.read(KIT.keys).lines] == [(ANNA,), (BRUNO,)]


def test_a_write_that_is_rolled_back_leaves_a_register_that_still_reads(store: EncryptedStore) -> None:
    line(store, ANNA)

    def write_and_fail() -> None:
        with store._transactions.writing("outer"):
            line(store, BRUNO)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    line(store, ANNA)
    read = store.accesses.read(KIT.keys)
    assert ([one.n for one in read.lines], read.altered_from, read.missing) == ([1, 2], 0, 0)


def test_a_year_is_kept_then_let_go_and_that_is_said(store: EncryptedStore, clock: FakeClock) -> None:
    line(store, ANNA)
    line(store, BRUNO)
    clock.move(days=KEPT_DAYS - 1)
    line(store, ANNA)
    assert store.accesses.purge() == 0
    clock.move(days=2)
    assert store.accesses.purge() == 2
    read = store.accesses.read(KIT.keys)
    assert [(one.n, one.deed) for one in read.lines] == [(3, VIEWED), (4, PURGED)]
    assert (read.missing, read.altered_from) == (0, 0)


def test_a_sitting_made_to_look_old_is_missed_when_it_goes(
    store: EncryptedStore, engine: Engine, clock: FakeClock
) -> None:
    for _day in range(3):
        line(store, ANNA)
        clock.move(days=1)
    sql(engine, "UPDATE access_sitting SET at_ms = 0 WHERE id = 2")
    assert store.accesses.purge() == 1
    read = store.accesses.read(KIT.keys)
    assert [(one.n, one.deed) for one in read.lines] == [(1, VIEWED), (3, VIEWED), (4, PURGED)]
    assert read.missing == 1


def test_what_a_forged_purge_claims_is_missed(store: EncryptedStore, engine: Engine, clock: FakeClock) -> None:
    for person in (ANNA, BRUNO, ANNA):
        line(store, person)
    line(store, ANNA, PURGED, rows=3)
    sql(engine, "DELETE FROM access WHERE n IN (2, 3)")
    assert store.accesses.read(KIT.keys).missing == 2


def test_a_sitting_ends_with_the_day(store: EncryptedStore, clock: FakeClock) -> None:
    line(store, ANNA)
    assert store.accesses.seen(ANNA)
    assert not store.accesses.seen(BRUNO)
    clock.move(days=1)
    assert not store.accesses.seen(ANNA)


def test_an_older_store_gains_the_register_when_it_is_opened(
    engine: Engine, clock: FakeClock, chance: FakeChance
) -> None:
    open_store(engine, clock, chance)
    sql(engine, "DROP TABLE access")
    sql(engine, "DROP TABLE access_sitting")
    again = open_store(engine, clock, chance)
    line(again, ANNA)
    assert again.accesses.seen(ANNA)
