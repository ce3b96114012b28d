"""Erasing values for good: emptied in the journal and everywhere derived; who and when stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select, update

from spie_desk.store import drafts, tables
from spie_desk.store.derive import Deriver
from spie_desk.store.journal import Journal, RecordKey
from spie_sync.change import Dot
from spie_sync.erasure import Target, targets


def targets_of(journal: Journal, key: RecordKey, registers: Collection[str] | None) -> frozenset[Target]:
    """Every value that the record ever had in these registers."""
    return targets((entry.change for entry in journal.of_record(key.id)), registers)


def apply(journal: Journal, deriver: Deriver, circle: bytes, erased: Iterable[Target]) -> list[RecordKey]:
    """Remember these targets, empty those that are here, derive their records again; which records those were."""
    place = journal.circle_id(circle)
    by_dot: dict[Dot, list[Target]] = {}
    for target in erased:
        journal.remember_erased(circle, target)
        by_dot.setdefault(target[0], []).append(target)
    touched: dict[int, RecordKey] = {}
    for dot, named in by_dot.items():
        entry = journal.at_dot(place, dot)
        if entry is None:
            continue
        journal.empty(entry, named)
        key = journal.find_record(entry.change.record, place, entry.change.kind)
        if key is not None:
            touched[key.id] = key
            _unname(journal, entry.seq)
    for key in touched.values():
        deriver.again(key)
        drafts.drop_of_record(journal.connection, key.uuid)
    return list(touched.values())


def _unname(journal: Journal, seq: int) -> None:
    """A deed's label may repeat the words that it wrote."""
    of_it = select(tables.change.c.deed).where(tables.change.c.seq == seq).scalar_subquery()
    journal.connection.execute(update(tables.deed).where(tables.deed.c.id == of_it).values(label=""))
