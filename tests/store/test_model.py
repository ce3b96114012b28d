"""Random histories received by a real store, in any order: it shows what the truth says, and a rebuild agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from spie_desk.domain.circles import PERSONAL
from spie_desk.domain.record import Kind
from spie_desk.store import heads, tables
from spie_desk.store.engine import close_engine, create_database, open_engine
from spie_desk.store.journal import Journal
from spie_desk.store.open import EncryptedStore, open_store
from spie_desk.store.unit import StoreUnit
from spie_sync.change import Change
from spie_sync.merge import Standing
from tests.clock import FakeChance, FakeClock
from tests.store.conftest import KEY
from tests.sync.histories import World, arrivals, lived

SHOWN_KINDS = ("person", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """What the histories call a person."""

    id: bytes
    identity: str = ""
    address: str = ""

    def check(self) -> None:
        """Anything goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What the histories call a note."""

    id: bytes
    person: bytes = b""
    text: str = ""
    signed: str = ""

    def check(self) -> None:
        """Anything goes."""


IDS = {"person": [bytes([1]) * 16, bytes([2]) * 16], "note": [bytes([3]) * 16, bytes([4]) * 16]}
LAST_NAMES = {"person": ("identity", "address"), "note": ("text", "signed")}

KINDS = (
    Kind("person", Top, "", "", circle=lambda _: PERSONAL),
    Kind("note", Below, "", "", circle=lambda _: PERSONAL, parent="person", parent_kind="person",
         once=frozenset({"signed"})),
)  # fmt: skip


def a_store(path: Path, seed: int = 1) -> tuple[EncryptedStore, Callable[[], None]]:
    create_database(path, bytearray(KEY), b"v" * 16)
    engine = open_engine(path, bytearray(KEY))
    return open_store(engine, FakeClock(), FakeChance(seed), kinds=KINDS), lambda: close_engine(engine)


def portrait(store: EncryptedStore) -> dict[str, Any]:
    """All that is derived, spelled with ids and dots instead of local numbers: two stores can be compared."""
    derived, transactions = store._derived, store._transactions
    found: dict[str, Any] = {}
    with transactions.reading() as connection:
        journal = Journal(connection)
        for record_id, in connection.execute(select(tables.record.c.id)).all():
            key = journal.key_of(record_id)
            circle = journal.circle_uuid(key.circle).hex()
            sole = connection.scalar(select(tables.record.c.seq).where(tables.record.c.id == record_id))
            held = heads.now(journal, derived, record_id, sole)
            row: dict[str, Any] = {}
            if key.kind in derived.tables:
                table = derived.tables[key.kind]
                read = connection.execute(select(table).where(table.c._id == record_id)).mappings().first()
                row = {} if read is None else dict(read)
                for name in ("_id", "_circle"):
                    row.pop(name, None)
                for name in ("_first", "_last"):
                    if name in row:
                        row[name] = journal.load([row[name]])[row[name]].dot
            unsettled = connection.execute(
                select(derived.unsettled.c.reg, derived.unsettled.c.sort)
                .where(derived.unsettled.c.record == record_id).order_by(derived.unsettled.c.reg)
            ).all()  # fmt: skip
            listed = heads.read_listed(connection, derived, record_id)
            found[f"{key.kind} {key.uuid.hex()} {circle}"] = (
                held.heads, sorted(listed), row, [tuple(one) for one in unsettled]
            )  # fmt: skip
    return found


def meets(store: EncryptedStore, world: World, circle: bytes) -> None:
    """What the store holds is what the truth says."""
    derived, transactions = store._derived, store._transactions
    expected = world.expected(circle)
    with transactions.reading() as connection:
        journal = Journal(connection)
        place = journal.circle_id(circle)
        for kind, record in world.records:
            key = journal.find_record(record, place, kind)
            if key is None:
                assert not expected[record].heads
                continue
            sole = connection.scalar(select(tables.record.c.seq).where(tables.record.c.id == key.id))
            assert heads.now(journal, derived, key.id, sole).heads == expected[record].heads
            if kind not in SHOWN_KINDS:
                continue
            table = derived.tables[kind]
            row = connection.execute(select(table).where(table.c._id == key.id)).mappings().one()
            known = {name for name in derived.kinds[kind].register_names if name not in derived.kinds[kind].once}
            assert set(row["_clashing"].split()) & known == expected[record].clashing & known
            assert Standing(row["_standing"]) is expected[record].standing


@pytest.mark.parametrize("seed", [*range(8), 136])
def test_any_history_in_any_order_means_the_same(tmp_path: Path, seed: int) -> None:
    world = lived(seed, desks=2 + seed % 4, circles=1 + seed % 2 if seed < 100 else 2, count=60 if seed < 100 else 80)
    random = Random(seed)
    portraits = []
    for number in range(2):
        store, close = a_store(tmp_path / f"{number}.db", number + 1)
        for circle in world.circles:
            coming = arrivals(world, circle, random)
            for start in range(0, len(coming), 7):
                store.receive(coming[start : start + 7])
        for circle in world.circles:
            meets(store, world, circle)
        assert store.check() == []
        portraits.append(portrait(store))
        close()
    assert portraits[0] == portraits[1]


@pytest.mark.parametrize("seed", range(8))
def test_a_local_save_and_the_same_change_received_derive_the_same(tmp_path: Path, seed: int) -> None:
    here, close_here = a_store(tmp_path / "here.db", 1)
    other, close_other = a_store(tmp_path / "other.db", 2)
    there, close_there = a_store(tmp_path / "there.db", 3)
    random = Random(seed)
    written: list[Change] = []
    for step in range(60):
        store = random.choice((here, other))
        with store.unit() as unit:
            _act(store, unit, random, step)
            deed = unit.deed
        written += store.records.deed(deed)
        if random.random() < 0.3:
            for one in (here, other):
                one.receive(random.sample(written, k=len(written)))
    for one in (here, other, there):
        one.receive(random.sample(written, k=len(written)))
        assert one.check() == []
    assert portrait(here) == portrait(other) == portrait(there)
    assert len(portrait(there)) >= 4
    for close in (close_here, close_other, close_there):
        close()


def _act(store: EncryptedStore, unit: StoreUnit, random: Random, step: int) -> None:
    """Create, withdraw, erase or edit one of four records."""
    kind = random.choice(("person", "note"))
    record = random.choice(IDS[kind])
    shown = store.records.get(kind, record)
    if shown is None:
        unit.put(kind, _made(kind, record, step), wish=PERSONAL)
    elif (luck := random.random()) < 0.1:
        unit.withdraw(shown)
    elif luck < 0.2:
        unit.erase(kind, record, shown.circle, random.choice((None, frozenset({"text", "address"}))))
    else:
        unit.put(kind, replace(shown.record, **{random.choice(LAST_NAMES[kind]): f"mots {step}"}), shown=shown)


def _made(kind: str, record: bytes, step: int) -> Any:
    if kind == "person":
        return Top(id=record, identity=f"nom {step}", address=f"rue {step}")
    return Below(id=record, person=IDS["person"][step % 2], text=f"texte {step}", signed=f"signé {step}")
