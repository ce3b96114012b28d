"""A real encrypted store on a real disk, a clock that moves when told, chance that can be repeated."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, Watch, open_store
from tests.clock import FakeChance, FakeClock

KEY = bytes(range(1, 33))


@dataclass
class Opened:
    """A store, and what it was opened with."""

    store: EncryptedStore
    clock: FakeClock
    chance: FakeChance
    path: Path


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once: each test opens a copy of its own."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    create_database(path, bytearray(KEY), b"v" * 16)
    engine = open_engine(path, bytearray(KEY))
    open_store(engine, FakeClock(), FakeChance(0))
    close_engine(engine)
    return path


@pytest.fixture
def stores(tmp_path: Path, empty_store: Path) -> Iterator[Callable[..., Opened]]:
    """Opens stores by name: each its own file, desk and person."""
    engines = []

    def open_one(name: str = "one", *, fresh: bool = True, watch: Watch | None = None,
                 at: Callable[[str], None] = lambda name: None) -> Opened:  # fmt: skip
        path = tmp_path / f"{name}.db"
        if fresh:
            shutil.copy(empty_store, path)
        engine = open_engine(path, bytearray(KEY))
        engines.append(engine)
        clock, chance = FakeClock(), FakeChance(sum(name.encode()))
        store = open_store(engine, clock, chance, watch=watch, at=at)
        if fresh:
            store.begin_new_desk()
        store.settings.set("me", hashlib.blake2b(name.encode(), digest_size=16).hexdigest())
        return Opened(store, clock, chance, path)

    yield open_one
    for engine in engines:
        close_engine(engine)


@pytest.fixture
def one(stores: Callable[..., Opened]) -> Opened:
    return stores("one")


@pytest.fixture
def store(one: Opened) -> EncryptedStore:
    return one.store
