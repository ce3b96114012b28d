"""What one deed made and nobody touched since, withdrawn all at once: undoing an import is not ten thousand undos."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from spie_desk.domain.record import Kind
from spie_desk.store.derive import Deriver
from spie_desk.store.fresh import NEW_CHANGES, Scribe
from spie_desk.store.index import PERSON
from spie_desk.store.journal import RecordKey
from spie_desk.store.packing import packed
from spie_desk.store.prepared import driver
from spie_sync import hlc
from spie_sync.change import DELETED, Change, body_of, commitment
from spie_sync.merge import Standing

BATCH = 100

_ALONE = """
SELECT r.id, r.uuid, r.circle, r.kind, c.uuid FROM deed AS d
JOIN change AS ch ON ch.deed = d.id JOIN record AS r ON r.id = ch.record AND r.seq = ch.seq
JOIN circle AS c ON c.id = r.circle
WHERE d.uuid = ? AND NOT EXISTS (SELECT 1 FROM change AS o WHERE o.record = r.id AND o.seq <> ch.seq)
AND NOT EXISTS (SELECT 1 FROM head AS h WHERE h.record = r.id)"""
_RECEIVED = """
SELECT j.value, d.uuid, max(ch.n), count(*) FROM desk AS d CROSS JOIN json_each(?) AS j
CROSS JOIN change AS ch WHERE ch.desk = d.id AND ch.circle = j.value GROUP BY 1, 2"""
_RECORDS_OF = "SELECT count(DISTINCT ch.record) FROM change AS ch JOIN deed AS d ON d.id = ch.deed WHERE d.uuid = ?"
_LISTED = "IN (SELECT value FROM json_each(?))"
_EQUALS = """SELECT r.kind, u.record FROM unsettled AS u JOIN record AS r ON r.id = u.record
WHERE u.sort = 'equal' AND u.record IN (SELECT value FROM json_each(?))"""

Told = Callable[[int, int], None]


class Alone(NamedTuple):
    """A record that is its one change, and what it hangs under."""

    key: RecordKey
    circle: bytes
    parent: bytes
    person: bytes


class TakingBack:
    """Withdraws, inside one unit, the records of a deed that stand as it made them."""

    def __init__(self, deriver: Deriver, scribe: Callable[[], Scribe], last: int) -> None:
        self.deriver, self.journal, self.last = deriver, deriver.journal, last
        self._made_scribe = scribe
        self.numbers: dict[bytes, int] = {}
        self.gone: set[tuple[bytes, bytes]] = set()
        self._db = driver(self.journal.connection)
        self._seen: dict[int, dict[bytes, int]] = {}
        self._seq = 0

    @cached_property
    def scribe(self) -> Scribe:
        """Made when there is something to write: its deed begins to exist with it."""
        return self._made_scribe()

    def all_gone(self, deed: bytes) -> bool:
        return len(self.gone) == int(self._db.execute(_RECORDS_OF, (deed,)).fetchone()[0])

    def withdraw(self, deed: bytes, told: Told) -> None:
        found = self._untouched(deed)
        mine = {one.key.uuid: one for one in found}
        self._seen = self._received(one.key.circle for one in found)
        done = 0
        for batch in _families(found):
            self._batch(batch, mine)
            done += len(batch)
            told(done, len(found))
        self.gone = {(one.circle, one.key.uuid) for one in found}

    def _untouched(self, deed: bytes) -> list[Alone]:
        """Parents before what hangs below them, one person's after another's."""
        by_kind: dict[str, dict[int, Alone]] = {}
        kinds = self.deriver.derived.kinds
        for place, uuid, circle, kind, circle_uuid in self._db.execute(_ALONE, (deed,)):
            if kind in kinds:
                key = RecordKey(place, uuid, circle, kind)
                by_kind.setdefault(kind, {})[place] = Alone(key, circle_uuid, b"", b"")
        whole = self._whole_circles({one.key.circle for found in by_kind.values() for one in found.values()})
        for name, found in by_kind.items():
            by_kind[name] = {one.key.id: one for one in self._standing(kinds[name], found) if one.key.circle in whole}
        for name in sorted(by_kind, key=self._depth, reverse=True):
            for place in self._with_others_below(kinds[name], by_kind):
                by_kind[name].pop(place, None)
        safe = self._without_contest(by_kind)
        return sorted(safe, key=lambda one: (one.person, self._depth(one.key.kind), one.key.id))

    def _standing(self, kind: Kind, found: dict[int, Alone]) -> Iterator[Alone]:
        """Of these, those that show, with what they hang under; not one whose id stands twice."""
        table = f"rec_{kind.name}"
        parent = f't."{kind.parent}"' if kind.parent else "x''"
        person = "t._uuid" if kind.name == PERSON else 't."person"' if "person" in kind.by_name else "NULL"
        rows = self._db.execute(
            f"SELECT t._id, {parent}, {person} FROM {table} AS t "  # noqa: S608 — declared names, here and below
            f"WHERE t._visible AND NOT t._marked AND t._id {_LISTED} "
            f"AND NOT EXISTS (SELECT 1 FROM {table} AS o WHERE o._uuid = t._uuid AND o._id <> t._id)",
            (json.dumps(list(found)),),
        )
        for place, above, whose in rows.fetchall():
            person_id = whose if whose is not None else self._whose(kind, above)
            yield found[place]._replace(parent=above or b"", person=person_id or b"")

    def _whose(self, kind: Kind, parent: bytes) -> bytes | None:
        return self.deriver.person_of(kind, {kind.parent: parent}) if kind.parent else None

    def _with_others_below(self, kind: Kind, by_kind: dict[str, dict[int, Alone]]) -> set[int]:
        """The records of this kind below which something hangs that is not to be withdrawn with them."""
        found: set[int] = set()
        for child in self.deriver.derived.children.get(kind.name, ()):
            rows = self._db.execute(
                f'SELECT p._id, t._id FROM rec_{kind.name} AS p JOIN rec_{child.name} AS t ON t."{child.parent}" '  # noqa: S608
                f"= p._uuid WHERE p._id {_LISTED}",
                (json.dumps(list(by_kind[kind.name])),),
            )
            mine = by_kind.get(child.name, {})
            found |= {above for above, below in rows if below not in mine}
        return found

    def _without_contest(self, by_kind: dict[str, dict[int, Alone]]) -> list[Alone]:
        """While a withdrawal is contested somewhere, what hangs under records that stay is looked at one by one."""
        every = [one for found in by_kind.values() for one in found.values()]
        if self._db.execute("SELECT 1 FROM unsettled WHERE sort = 'deleted' LIMIT 1").fetchone() is None:
            return every
        mine = {one.key.uuid for one in every}
        return [one for one in every if not one.parent or one.parent in mine]

    def _whole_circles(self, circles: set[int]) -> set[int]:
        """Those whose changes are all here: a withdrawal may say that it saw them."""
        rows = self._db.execute(_RECEIVED, (json.dumps(sorted(circles)),)).fetchall()
        return circles - {circle for circle, _, highest, count in rows if highest != count}

    def _received(self, circles: Iterable[int]) -> dict[int, dict[bytes, int]]:
        found: dict[int, dict[bytes, int]] = {}
        for circle, desk, highest, _ in self._db.execute(_RECEIVED, (json.dumps(sorted(set(circles))),)):
            found.setdefault(circle, {})[desk] = highest
        return found

    def _batch(self, found: Sequence[Alone], mine: dict[bytes, Alone]) -> None:
        deriver = self.deriver
        hidden: dict[str, list[tuple[int]]] = {}
        marked: dict[str, list[tuple[Any, ...]]] = {}
        changes = []
        for one in found:
            above = mine.get(one.parent)
            if above is not None and above.key.circle == one.key.circle:
                hidden.setdefault(one.key.kind, []).append((one.key.id,))
            else:
                row = self._mark(one)
                changes.append(row)
                marked.setdefault(one.key.kind, []).append((above is not None, row[0], one.key.id))
            self._look_again(one, above)
        self._db.executemany(NEW_CHANGES, changes)
        heads = [(place, DELETED, seq) for rows in marked.values() for _, seq, place in rows]
        self._db.executemany("INSERT INTO head (record, reg, seq) VALUES (?, ?, ?)", heads)
        for name, rows in hidden.items():
            self._db.executemany(f"UPDATE rec_{name} SET _hidden = 1, _visible = 0 WHERE _id = ?", rows)  # noqa: S608
        for name, whole in marked.items():
            self._db.executemany(
                f"UPDATE rec_{name} SET _marked = 1, _visible = 0, _standing = '{Standing.DELETED.value}', "  # noqa: S608
                "_hidden = ?, _last = ?, _last_person = ? WHERE _id = ?",
                [(gone, seq, self.scribe.author.person, place) for gone, seq, place in whole],
            )
        self._note_equals(found)
        deriver.index.settle()

    def _mark(self, one: Alone) -> tuple[Any, ...]:
        """The withdrawal of one record: its row in the journal."""
        scribe, place = self.scribe, one.key.circle
        n = self.journal.next_n(scribe.desk.place, place)
        self.last = hlc.tick(self.last, scribe.now_ms())
        seen = self._seen.setdefault(place, {})
        change = Change(
            desk=scribe.desk.id, circle=one.circle, n=n, hlc=self.last, person=scribe.author.person,
            deed=scribe.author.deed, deed_kind=scribe.author.deed_kind, kind=one.key.kind, record=one.key.uuid,
            values={DELETED: True}, base={DELETED: frozenset()}, seen=dict(seen), salt=scribe.chance(),
        )  # fmt: skip
        body = packed(body_of(replace(change, commitment=commitment(change))))
        seen[scribe.desk.id] = self.numbers[one.circle] = n
        seq = self._next_seq()
        return seq, scribe.desk.place, place, n, self.last, one.key.id, scribe.deed, body

    def _next_seq(self) -> int:
        if not self._seq:
            self._seq = int(self._db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])
        self._seq += 1
        return self._seq

    def _look_again(self, one: Alone, above: Alone | None) -> None:
        """What is indexed of a person changes with what hangs under her; a text that is withdrawn keeps its words."""
        deriver, kind = self.deriver, self.deriver.derived.kinds[one.key.kind]
        deriver.kinds.add(kind.name)
        deriver.records.add(one.key.uuid)
        if one.person:
            deriver.people.add(one.person)
        if kind.name == PERSON or (kind.finds_parent and above is None and one.parent):
            deriver.index.look_at(kind, one.key, None, [one.parent], fresh=False)

    def _note_equals(self, found: Sequence[Alone]) -> None:
        """Numbers that two people held are settled again."""
        kinds = self.deriver.derived.kinds
        ids = json.dumps([one.key.id for one in found if kinds[one.key.kind].distinct])
        for name, place in self._db.execute(_EQUALS, (ids,)).fetchall():
            columns = ", ".join(f'"{column}"' for column in kinds[name].distinct)
            row = self._db.execute(f"SELECT {columns} FROM rec_{name} WHERE _id = ?", (place,)).fetchone()  # noqa: S608
            self.deriver._equals.add((name, tuple(row)))

    def _depth(self, kind_name: str) -> int:
        kind = self.deriver.derived.kinds.get(kind_name)
        return 1 + self._depth(kind.parent_kind) if kind is not None and kind.parent_kind else 0


def _families(found: Sequence[Alone]) -> Iterator[list[Alone]]:
    """Batches that part no one from what hangs under her."""
    batch: list[Alone] = []
    for one in found:
        if len(batch) >= BATCH and one.person != batch[-1].person:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch
