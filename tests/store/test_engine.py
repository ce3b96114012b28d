"""The encrypted database: refused unless it is ours, IMMEDIATE for writers, nothing that could write it in clear."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from spie_desk.domain.vaults import NewerStoreError, StoreOutOfReachError
from spie_desk.store.engine import Finding, UnfitStoreError, close_engine, connect, create_database, open_engine
from tests.store.safes import MARKER

VAULT = b"v" * 16


@pytest.fixture
def key() -> bytearray:
    return bytearray(secrets.token_bytes(32))


@pytest.fixture
def path(tmp_path: Path, key: bytearray) -> Path:
    create_database(tmp_path / "vault.db", key, VAULT)
    return tmp_path / "vault.db"


@pytest.fixture
def engine(path: Path, key: bytearray) -> Iterator[Engine]:
    engine = open_engine(path, key, vault_id=VAULT, newest=0)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a TEXT)"))
    yield engine
    close_engine(engine)


def test_the_settings_hold_on_every_connection(engine: Engine) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2, "recursive_triggers": 1,
        "trusted_schema": 0, "cell_size_check": 1, "secure_delete": 2, "cache_size": -16000, "busy_timeout": 5000,
    }  # fmt: skip
    with engine.connect() as one, engine.connect().execution_options(ro=True) as two:
        del one
        assert {name: two.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


@pytest.mark.parametrize("statement", [
    "ATTACH ':memory:' AS other KEY ''", "PRAGMA rekey = 'x'", "PRAGMA key = 'x'", "PRAGMA writable_schema = 1",
    "SELECT sqlcipher_export('main')", "SELECT load_extension('x')",
])  # fmt: skip
def test_what_could_open_the_store_to_others_is_denied(engine: Engine, statement: str) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match=r"not authorized|authorization denied"):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("statement", ["VACUUM", "VACUUM INTO 'clear.db'"])
def test_no_copy_leaves_through_the_engine(engine: Engine, statement: str) -> None:
    raw = engine.raw_connection()
    try:
        with pytest.raises(Exception, match=r"not authorized|authorization denied"):
            raw.cursor().execute(statement)
    finally:
        raw.close()


def test_eight_threads_that_read_then_write_never_fail(engine: Engine) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(20):
                with engine.begin() as connection:
                    count = connection.execute(text("SELECT count(*) FROM t")).scalar()
                    connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": str(count)})
        except BaseException as error:  # noqa: BLE001 — a thread's error must reach the test
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with engine.connect().execution_options(ro=True) as connection:
        assert connection.execute(text("SELECT count(DISTINCT a) FROM t")).scalar() == 160


def test_a_table_made_in_a_transaction_goes_with_it(engine: Engine) -> None:
    def make_and_fail() -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE gone (a)"))
            raise KeyError

    with pytest.raises(KeyError):
        make_and_fail()
    with engine.connect().execution_options(ro=True) as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'gone'")).scalar() == 0


def test_an_error_does_not_repeat_what_was_typed(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:a)"), {"a": MARKER})
    assert MARKER not in str(raised.value)


def test_nothing_is_written_in_clear(path: Path, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": MARKER * 50})
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert MARKER.encode() not in content, file.name
        assert b"CREATE TABLE" not in content, file.name
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_closing_folds_the_log_and_forgets_the_key(path: Path, key: bytearray) -> None:
    engine = open_engine(path, key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
    close_engine(engine)
    assert [file.name for file in path.parent.iterdir()] == ["vault.db"]
    with pytest.raises(StoreOutOfReachError):
        engine.connect()
    assert any(key), "the caller's key is the caller's"


def found(path: Path, key: bytearray, vault_id: bytes | None = VAULT) -> Finding:
    with pytest.raises(UnfitStoreError) as raised:
        open_engine(path, key, vault_id=vault_id)
    return raised.value.finding


def test_what_is_not_our_store_is_told_apart(path: Path, key: bytearray, tmp_path: Path) -> None:
    assert found(path, bytearray(b"k" * 32)) is Finding.UNREADABLE
    assert found(path, key, b"w" * 16) is Finding.NOT_OURS
    assert found(tmp_path / "none.db", key) is Finding.MISSING
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "zero.db").touch()
    assert found(tmp_path / "zero.db", key) is Finding.EMPTY
    assert (tmp_path / "zero.db").stat().st_size == 0
    bare = connect(path, key)
    bare.execute("PRAGMA application_id = 7")
    bare.close()
    assert found(path, key) is Finding.NOT_OURS


def test_a_newer_layout_is_not_touched(path: Path, key: bytearray) -> None:
    bare = connect(path, key)
    bare.execute("PRAGMA user_version = 9")
    bare.close()
    before = path.read_bytes()
    with pytest.raises(NewerStoreError):
        open_engine(path, key, vault_id=VAULT, newest=8)
    assert path.read_bytes() == before


def test_every_page_that_loses_a_bit_is_noticed(path: Path, key: bytearray) -> None:
    engine = open_engine(path, key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
        connection.execute(text("INSERT INTO t VALUES (:a)"), [{"a": "x" * 3000}] * 20)
    close_engine(engine)
    whole = path.read_bytes()
    for page in range(len(whole) // 4096):
        spoiled = bytearray(whole)
        spoiled[page * 4096 + 1000] ^= 4
        path.write_bytes(spoiled)
        try:
            bare = connect(path, key)
        except UnfitStoreError:
            continue
        assert bare.execute("PRAGMA cipher_integrity_check").fetchall(), page
        bare.close()
