"""From changes to all that is derived: heads, row, standing, index, equals; the same for local and received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from spie_desk.domain.record import Kind
from spie_desk.store import heads, rows
from spie_desk.store.derived import Derived
from spie_desk.store.heads import Held
from spie_desk.store.index import PERSON, Index
from spie_desk.store.journal import Entry, Journal, RecordKey
from spie_desk.store.rows import Ends, Rows
from spie_desk.store.together import LINK
from spie_desk.store.withdrawals import Withdrawals

Key = tuple[Any, ...]


class Deriver:
    """Derives what one transaction changed. Call ``finish`` before the commit."""

    def __init__(self, journal: Journal, derived: Derived) -> None:
        self.journal, self.derived = journal, derived
        self.rows = Rows(journal, derived)
        self.withdrawals = Withdrawals(journal, derived)
        self.index = Index(journal, derived)
        self.kinds: set[str] = set()
        self.records: set[bytes] = set()
        self.people: set[bytes] = set()
        self._equals: set[tuple[str, Key]] = set()

    @property
    def connection(self) -> Connection:
        return self.journal.connection

    def wrote(self, key: RecordKey, entry: Entry, *, fresh: bool) -> None:
        """A change of this desk was appended: the short way where nothing but its heads is needed."""
        kind = self.derived.kinds.get(key.kind)
        old = None if fresh else self.rows.old(key)
        if fresh:
            self._derive(kind, key, heads.of([entry]), [entry], rows.ends_of([entry]), None, fresh=True)
        elif kind is None or kind.once or old is None:
            self.again(key)
        else:
            held = heads.after(self.held(key), entry)
            ends = self._ends(old).with_(entry) if entry.change.registers else self._ends(old)
            self._derive(kind, key, held, (), ends, old, fresh=False)

    def again(self, key: RecordKey, entries: Iterable[Entry] | None = None, *, fresh: bool = False) -> None:
        """Derive one record from all its changes."""
        every = self.journal.of_record(key.id) if entries is None else list(entries)
        kind = self.derived.kinds.get(key.kind)
        old = None if fresh else self.rows.old(key)
        self._derive(kind, key, heads.of(every), every, rows.ends_of(every), old, fresh=fresh)

    def held(self, key: RecordKey) -> Held:
        """The record's heads as they are kept."""
        return heads.now(self.journal, self.derived, key.id, self.rows.sole(key.id))

    def finish(self) -> None:
        self.withdrawals.settle()
        for kind_name, record in sorted(self.withdrawals.flipped):
            kind = self.derived.kinds[kind_name]
            if kind.finds_parent or kind.distinct or kind.name in {PERSON, LINK}:
                self._look_again(kind, record)
        self.withdrawals.flipped.clear()
        for kind_name, shared in sorted(self._equals, key=repr):
            self._settle_equals(self.derived.kinds[kind_name], shared)
        self._equals.clear()
        self.index.settle()

    def settle_everything(self) -> None:
        """Once all rows stand as if no record spoke of another: what withdrawals hide, what two parents hold alike."""
        for name, table in self.derived.tables.items():
            marked = select(table.c._id, table.c._uuid, table.c._circle).where(table.c._marked)
            self.withdrawals.all_of(RecordKey(*row, name) for row in self.connection.execute(marked).all())
        self.withdrawals.settle()
        self.withdrawals.flipped.clear()
        for kind in self.derived.kinds.values():
            if kind.distinct:
                table = self.derived.tables[kind.name]
                names = [table.c[name] for name in kind.distinct]
                twice = select(*names).group_by(*names).having(func.count() > 1)
                for shared in self.connection.execute(twice).all():
                    if all(shared):
                        self._settle_equals(kind, tuple(shared))

    def _derive(  # noqa: PLR0913 — one record's whole state
        self, kind: Kind | None, key: RecordKey, held: Held, entries: Iterable[Entry], ends: Ends | None,
        old: Mapping[Any, Any] | None, *, fresh: bool,
    ) -> None:  # fmt: skip
        self.rows.write_heads(key, held, fresh=fresh)
        self.kinds.add(key.kind)
        self.records.add(key.uuid)
        if kind is None or ends is None:
            return
        shown = rows.registers(kind, held, entries)
        row = self.rows.write(kind, key, held, shown, ends, old)
        parents = [one[kind.parent] for one in (row, old) if kind.parent and one and one[kind.parent]]
        self.withdrawals.look_at(
            kind, key, parents, marked=row["_marked"] or bool(old and old["_marked"]), hidden=row["_hidden"],
            fresh=old is None,
        )  # fmt: skip
        self.index.look_at(kind, key, held, parents, fresh=old is None)
        self._note_linked(kind, row, old)
        self._note_equals(kind, row, old)
        person = self.person_of(kind, row)
        if person:
            self.people.add(person)

    def person_of(self, kind: Kind, row: Mapping[Any, Any]) -> bytes | None:
        """Whose record it is: the person herself, the one it names, or the one of what it hangs under."""
        if kind.name == PERSON:
            return bytes(row["_uuid"])
        if "person" in kind.by_name:
            return row["person"] or None
        if not kind.parent_kind or not row[kind.parent]:
            return None
        above = self.derived.tables[kind.parent_kind]
        found = self.connection.execute(select(above).where(above.c._uuid == row[kind.parent])).mappings().first()
        return None if found is None else self.person_of(self.derived.kinds[kind.parent_kind], found)

    def _ends(self, row: Mapping[Any, Any]) -> Ends:
        found = self.journal.load({row["_first"], row["_last"]})
        first, last = found[row["_first"]], found[row["_last"]]
        return Ends(
            row["_first"], first.rank, first.person, row["_last"], last.rank, last.person, bool(row["_complete"])
        )

    def _look_again(self, kind: Kind, record: int) -> None:
        table = self.derived.tables[kind.name]
        row = self.connection.execute(select(table).where(table.c._id == record)).mappings().one()
        key = RecordKey(record, row["_uuid"], row["_circle"], kind.name)
        self._note_linked(kind, row, None)
        if kind.name != PERSON:
            self.index.look_at(kind, key, None, [row[kind.parent]], fresh=False)
        self._note_equals(kind, row, None)

    def _note_linked(self, kind: Kind, row: Mapping[Any, Any], old: Mapping[Any, Any] | None) -> None:
        """Whoever this says to be one person, and was said to be until now."""
        names = {PERSON: ("_uuid",), LINK: ("person", "other")}.get(kind.name, ())
        self.index.find_again(one[name] for one in (row, old) if one is not None for name in names)

    def _note_equals(self, kind: Kind, row: Mapping[Any, Any], old: Mapping[Any, Any] | None) -> None:
        if not kind.distinct:
            return
        if old is not None:
            table = self.derived.unsettled
            self.connection.execute(delete(table).where(table.c.record == row["_id"], table.c.sort == "equal"))
        keys = {tuple(one[name] for name in kind.distinct) for one in (row, old) if one is not None}
        self._equals.update((kind.name, shared) for shared in keys if all(shared))

    def _settle_equals(self, kind: Kind, shared: Key) -> None:
        """Two parents that hold the same: each record is listed, or no longer."""
        table, unsettled = self.derived.tables[kind.name], self.derived.unsettled
        same = [table.c[name] == value for name, value in zip(kind.distinct, shared, strict=True)]
        found = self.connection.execute(
            select(table.c._id, table.c._visible, table.c[kind.parent].label("parent")).where(*same)
        ).all()
        register = kind.by_name[kind.distinct[0]].register
        shown = [row for row in found if row._visible]
        for row in found:
            key = {"record": row._id, "reg": register, "sort": "equal"}
            self.connection.execute(
                delete(unsettled).where(unsettled.c.record == row._id, unsettled.c.sort == "equal")
            )
            if row._visible and len({one.parent for one in shown}) > 1:
                self.connection.execute(insert(unsettled).values(key))
