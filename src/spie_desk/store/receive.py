"""Changes written elsewhere, by the same door: duplicates and disorder are harmless, nothing is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from spie_desk.store import erasure
from spie_desk.store.derive import Deriver
from spie_desk.store.journal import Entry, RecordKey, write_meta
from spie_desk.store.unit import CLOCK, last_stamp, spelled
from spie_sync import hlc
from spie_sync.change import Base, Change, Dot
from spie_sync.erasure import Target


def receive(
    connection: Connection, deriver: Deriver, changes: Sequence[Change], now_ms: int
) -> list[tuple[bytes, Dot, str]]:
    """Append what is not here yet, derive each record again; the erasures that were carried out."""
    heard = last_stamp(connection)
    new = [change for change in _once_each(changes) if not deriver.journal.has(change)]
    _append(deriver, new)
    erased: dict[bytes, set[Target]] = {}
    for change in new:
        heard = hlc.hear(heard, change.hlc, now_ms)
        if change.erases:
            erased.setdefault(change.circle, set()).update(change.erases)
    for circle, targets in erased.items():
        erasure.apply(deriver.journal, deriver, circle, targets, now_ms)
    deriver.finish()
    if erased:
        deriver.index.forget()
    write_meta(connection, CLOCK, heard.to_bytes(8, "big"))
    return [(circle, dot, register) for circle, targets in erased.items() for dot, register in sorted(targets)]


def _once_each(changes: Sequence[Change]) -> list[Change]:
    """A batch may hold the same change twice."""
    return list({(change.circle, change.dot): change for change in reversed(changes)}.values())[::-1]


def _append(deriver: Deriver, changes: Sequence[Change]) -> None:
    journal = deriver.journal
    fresh: dict[int, list[Entry]] = {}
    touched: dict[int, RecordKey] = {}
    for change in changes:
        key, is_new = journal.record_key(change.record, journal.circle_id(change.circle), change.kind)
        entry = journal.append(_spelled(change), key.id)
        touched[key.id] = key
        if is_new:
            fresh[key.id] = []
        if key.id in fresh:
            fresh[key.id].append(entry)
    for key in touched.values():
        deriver.again(key, fresh.get(key.id), fresh=key.id in fresh)


def _spelled(change: Change) -> Change:
    """As the journal gives it back, names of registers included."""
    base: dict[str, Base] = {}
    for name, dots in change.base.items():
        plain = name if name.isascii() else unicodedata.normalize("NFC", name)
        base[plain] = base.get(plain, frozenset()) | dots
    return replace(change, values=spelled(change.values), base=base)
