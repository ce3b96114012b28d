"""Two copies of one store that went on apart, or a colleague's desk: how clashes are really made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from spie_desk.domain.shown import Shown
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed
from spie_desk.store.open import EncryptedStore
from spie_sync.change import Change
from tests.clock import FakeChance, FakeClock


@contextmanager
def copy_of(path: Path, key: bytes, folder: Path, opener: Callable[..., Any], *, later: timedelta) -> Iterator[Desk]:
    """The same store brought back elsewhere: a desk of its own begins before anything is written."""
    folder.mkdir(parents=True)
    shutil.copy(path, folder / "vault.db")
    clock = FakeClock()
    clock.move(later)
    desk, close = opener(folder / "vault.db", key, clock, FakeChance(99))
    assert isinstance(desk.store, EncryptedStore)
    desk.store.begin_new_desk()
    yield desk
    close()


def as_someone(desk: Desk, last_name: str) -> Desk:
    """The desk of that colleague, known to the example people."""
    found = desk.store.records.find("professional", {"last_name": last_name})
    desk.store.settings.set("me", found[0].record.id.hex())
    return replace(desk, me=found[0].record)


def write(desk: Desk, kind: str, record: Any, shown: Shown[Any] | None = None) -> list[Change]:
    with desk.store.unit(Deed("typed")) as unit:
        unit.put(kind, record, shown=shown)
        deed = unit.deed
    return desk.store.records.deed(deed)


def withdraw(desk: Desk, shown: Shown[Any]) -> list[Change]:
    with desk.store.unit(Deed("typed")) as unit:
        unit.withdraw(shown)
        deed = unit.deed
    return desk.store.records.deed(deed)
