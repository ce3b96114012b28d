"""Changes written elsewhere, by the same door: duplicates and disorder are harmless, nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from spie_desk.store import erasure
from spie_desk.store.derive import Deriver
from spie_desk.store.journal import Entry, RecordKey, write_meta
from spie_desk.store.unit import CLOCK, last_stamp, spelled
from spie_sync import hlc
from spie_sync.change import Change, Dot
from spie_sync.erasure import Target


def receive(
    connection: Connection, deriver: Deriver, changes: Sequence[Change], now_ms: int
) -> list[tuple[bytes, Dot, str]]:
    """Append what is not here yet, derive each record again; the erasures that were carried out."""
    journal = deriver.journal
    heard = last_stamp(connection)
    fresh: dict[int, list[Entry]] = {}
    touched: dict[int, RecordKey] = {}
    erased: dict[bytes, set[Target]] = {}
    for change in changes:
        if journal.has(change):
            continue
        key, is_new = journal.record_key(change.record, journal.circle_id(change.circle), change.kind)
        entry = journal.append(replace(change, values=spelled(change.values)), key.id)
        touched[key.id] = key
        if is_new:
            fresh[key.id] = []
        if key.id in fresh:
            fresh[key.id].append(entry)
        if change.erases:
            erased.setdefault(change.circle, set()).update(change.erases)
        heard = hlc.hear(heard, change.hlc, now_ms)
    for key in touched.values():
        deriver.again(key, fresh.get(key.id), fresh=key.id in fresh)
    for circle, targets in erased.items():
        erasure.apply(journal, deriver, circle, targets)
    deriver.finish()
    if erased:
        deriver.index.forget()
    write_meta(connection, CLOCK, heard.to_bytes(8, "big"))
    return [(circle, dot, register) for circle, targets in erased.items() for dot, register in sorted(targets)]
