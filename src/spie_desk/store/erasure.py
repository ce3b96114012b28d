"""Erasing values for good: emptied in the journal and everywhere derived; who and when stay."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select, update

from spie_desk.store import drafts, papers, tables
from spie_desk.store.derive import Deriver
from spie_desk.store.journal import Journal, RecordKey
from spie_sync.change import DELETED, Dot, canonical
from spie_sync.erasure import Target, targets

REPORTS = "import_report:"
"""Settings that may repeat the name of a file, and through it somebody's."""

PLACE = "quick:place"
"""The setting that proposes the place of the last quick note."""

ALWAYS = (1 << 62) - 1


def targets_of(journal: Journal, key: RecordKey, registers: Collection[str] | None) -> frozenset[Target]:
    """Every value that the record ever had in these registers."""
    return targets((entry.change for entry in journal.of_record(key.id)), registers)


def apply(
    journal: Journal, deriver: Deriver, circle: bytes, erased: Iterable[Target], now_ms: int
) -> list[RecordKey]:
    """Remember these targets, empty those that are here, derive their records again; which records those were."""
    place = journal.circle_id(circle)
    by_dot: dict[Dot, list[Target]] = {}
    for target in erased:
        journal.remember_erased(circle, target)
        by_dot.setdefault(target[0], []).append(target)
    touched: dict[RecordKey, set[str]] = {}
    whose: set[bytes] = set()
    for dot, named in by_dot.items():
        entry = journal.at_dot(place, dot)
        if entry is None:
            continue
        key = journal.find_record(entry.change.record, place, entry.change.kind)
        mine = _whose(deriver, key)
        gone = entry.change.values.keys() - journal.empty(entry, named).change.values.keys()
        if key is not None:
            touched.setdefault(key, set()).update(gone)
            whose |= mine if gone else set()
    for key, registers in touched.items():
        deriver.again(key)
        if registers:  # else it was empty already: what was typed since is not what was erased
            _clear_drafts(journal, deriver, key, registers, now_ms)
    if any(touched.values()):
        unname(journal.connection)
        papers.forget(journal.connection, whose)
    return list(touched)


def _whose(deriver: Deriver, key: RecordKey | None) -> set[bytes]:
    """The record and the person it is about, as they stand before anything is emptied."""
    kind = deriver.derived.kinds.get(key.kind) if key is not None else None
    row = deriver.rows.old(key) if key is not None and kind is not None else None
    person = deriver.person_of(kind, row) if kind is not None and row is not None else None
    return {one for one in (key.uuid if key is not None else None, person) if one}


def _clear_drafts(journal: Journal, deriver: Deriver, key: RecordKey, registers: set[str], now_ms: int) -> None:
    """A draft of a record erased whole goes; what was typed in other registers than the erased ones stays."""
    kind = deriver.derived.kinds.get(key.kind)
    if kind is None or not any(entry.change.values.keys() - {DELETED} for entry in journal.of_record(key.id)):
        forget(journal.connection, {key.uuid: now_ms})
    else:
        drafts.forget_registers(journal.connection, key.uuid, registers, kind.register_names)


def forget(connection: Connection, erased: Mapping[bytes, int]) -> None:
    """Drafts and records erased whole, each until when: their drafts go, and come back from no backup."""
    for one, until_ms in erased.items():
        known = connection.scalar(select(tables.gone.c.until_ms).where(tables.gone.c.id == one)) or 0
        until = max(known, min(until_ms, ALWAYS))
        connection.execute(insert(tables.gone).prefix_with("OR REPLACE").values(id=one, until_ms=until))
        drafts.forget(connection, one, until)


def forgotten(connection: Connection) -> dict[bytes, int]:
    """What ``forget`` was told so far."""
    return {row.id: row.until_ms for row in connection.execute(select(tables.gone))}


def unname(connection: Connection) -> None:
    """What repeats words of records goes: the labels of deeds, the names of imported files, the last place."""
    connection.execute(update(tables.deed).where(tables.deed.c.label != "").values(label=""))
    setting = tables.setting
    connection.execute(delete(setting).where(setting.c.key == PLACE))
    for key, value in connection.execute(select(setting).where(setting.c.key.startswith(REPORTS))).all():
        told = json.loads(value)
        if isinstance(told, dict) and told.get("name"):
            emptied = canonical({**told, "name": ""})
            connection.execute(update(setting).where(setting.c.key == key).values(value=emptied))
