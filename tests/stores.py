"""Fixtures on the real encrypted store: an empty desk, one with fictitious people, and the door of real profiles."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.files import LocalFiles
from spie_desk.app.newborn import put_all
from spie_desk.app.shipped_lists import example_people, value_lists
from spie_desk.domain.people_maker import founders, make
from spie_desk.services.desk import Desk
from spie_desk.services.founding import found, me_of
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.open import EncryptedStore, open_store
from spie_desk.store.vault import FLOOR
from tests.clock import FakeChance, FakeClock

PASSPHRASE = "sept mots pour ouvrir ce profil fictif"


def _open(path: Path, key: bytes, clock: FakeClock, chance: FakeChance) -> tuple[Desk, Callable[[], None]]:
    engine = open_engine(path, bytearray(key))
    store = open_store(engine, clock, chance)
    if me_of(store) is None:
        me, structure = founders(example_people())
        found(store, me, structure)
    who = me_of(store)
    assert who is not None
    return Desk(store, clock, chance, who[0], who[1], value_lists(), LocalFiles()), lambda: close_engine(engine)


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock, chance: FakeChance) -> Iterator[Desk]:
    """A founded desk on a real encrypted store, nobody followed yet."""
    key = secrets.token_bytes(32)
    create_database(tmp_path / "vault.db", bytearray(key), b"v" * 16)
    opened, close = _open(tmp_path / "vault.db", key, clock, chance)
    yield opened
    close()


@pytest.fixture(scope="session")
def _populated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A store with 24 fictitious people and their life around the fake clock's day, made once and copied."""
    folder = tmp_path_factory.mktemp("populated")
    key, clock = secrets.token_bytes(32), FakeClock()
    create_database(folder / "vault.db", bytearray(key), b"v" * 16)
    opened, close = _open(folder / "vault.db", key, clock, FakeChance(7))
    records = list(make(example_people(), 1, clock.now().date(), 24, opened.me, opened.structure))
    assert isinstance(opened.store, EncryptedStore)
    put_all(opened.store, records, lambda _done, _total: None)
    close()
    return folder / "vault.db", key


@pytest.fixture
def example_desk(
    _populated: tuple[Path, bytes], tmp_path: Path, clock: FakeClock, chance: FakeChance
) -> Iterator[Desk]:
    """A desk of 24 fictitious people, a copy of its own for each test."""
    source, key = _populated
    shutil.copy(source, tmp_path / "vault.db")
    opened, close = _open(tmp_path / "vault.db", key, clock, chance)
    yield opened
    close()


@pytest.fixture
def door(tmp_path: Path, clock: FakeClock, chance: FakeChance) -> LocalDoorway:
    """Real profiles, with the cheapest key derivation that the vault accepts."""
    return LocalDoorway(tmp_path / "profiles", tmp_path / "state", clock, chance, time.monotonic, FLOOR,
                        example=example_people)  # fmt: skip
