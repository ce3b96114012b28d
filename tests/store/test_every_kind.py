"""Laws that hold for every kind, by its declaration alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.records import KINDS
from spie_desk.store.open import EncryptedStore
from tests.examples import example

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def write(store: EncryptedStore, kind: str, record: Any) -> None:
    with store.unit() as unit:
        unit.put(kind, record)


@every_kind
def test_what_is_written_is_read_back(store: EncryptedStore, kind: Kind) -> None:
    record = example(kind.name)
    record.check()
    write(store, kind.name, record)
    shown = store.records.get(kind.name, record.id)
    assert shown is not None
    assert shown.record == record
    assert store.records.find(kind.name) == [shown]
    assert store.check() == []


@every_kind
def test_a_form_left_untouched_writes_nothing(store: EncryptedStore, kind: Kind) -> None:
    record = example(kind.name)
    write(store, kind.name, record)
    before = store.counters()
    shown = store.records.get(kind.name, record.id)
    with store.unit() as unit:
        unit.put(kind.name, record, shown=shown)
    assert store.counters() == before
    assert store.touched().records == frozenset()


def _another_value(kind: Kind, record: Any) -> tuple[Field, Any]:
    """A field and a value that it does not hold: a text where the kind has one, else a day."""
    for item in sorted(kind.fields, key=lambda item: item.type is not str):
        if item.type is str:
            return item, "autre"
        if item.type is date:
            return item, (getattr(record, item.name) or date(2026, 3, 12)) + timedelta(days=1)
    raise AssertionError(f"{kind.name} has neither a text nor a day")


@every_kind
def test_only_the_register_that_differs_is_written(store: EncryptedStore, kind: Kind) -> None:
    record = example(kind.name)
    write(store, kind.name, record)
    shown = store.records.get(kind.name, record.id)
    assert shown is not None
    item, other = _another_value(kind, record)
    with store.unit() as unit:
        unit.put(kind.name, replace(record, **{item.name: other}), shown=shown)
        deed = unit.deed
    (change,) = store.records.deed(deed)
    assert set(change.values) == {item.register}
    assert change.base == {item.register: shown.bases.of(item.register)}
    after = store.records.get(kind.name, record.id)
    assert after is not None
    assert getattr(after.record, item.name) == other
    assert not after.clashing
    assert store.check() == []


@every_kind
def test_withdrawn_then_brought_back(store: EncryptedStore, kind: Kind) -> None:
    record = example(kind.name)
    write(store, kind.name, record)
    shown = store.records.get(kind.name, record.id)
    assert shown is not None
    with store.unit() as unit:
        unit.withdraw(shown)
    assert store.records.get(kind.name, record.id) is None
    assert store.records.count(kind.name) == 0
    (gone,) = store.records.withdrawn(kind.name)
    assert gone.record == record
    assert store.records.clashes() == []
    with store.unit() as unit:
        unit.write(kind.name, record.id, gone.circle, {"_del": False}, {"_del": gone.bases.of("_del")})
    back = store.records.get(kind.name, record.id)
    assert back is not None
    assert back.record == record
    assert store.records.clashes() == []
    assert store.check() == []
