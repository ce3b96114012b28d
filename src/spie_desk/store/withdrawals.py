"""What a withdrawal hides: whether a record stands, is withdrawn or contested, and its children with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from spie_desk.domain.record import Kind
from spie_desk.store.derived import Derived
from spie_desk.store.journal import Journal, RecordKey
from spie_sync import merge
from spie_sync.change import DELETED
from spie_sync.merge import Standing


class Below(NamedTuple):
    """A record below another."""

    id: int
    uuid: bytes
    circle: int
    standing: str
    complete: bool


class Withdrawals:
    """Settles, at the end of a transaction, the standing of what it may have changed."""

    def __init__(self, journal: Journal, derived: Derived) -> None:
        self.journal, self.derived = journal, derived
        self._unsure: dict[int, RecordKey] = {}
        self._families: set[tuple[str, bytes]] = set()
        self.flipped: set[tuple[str, int]] = set()

    @property
    def connection(self) -> Connection:
        return self.journal.connection

    def look_at(self, kind: Kind, key: RecordKey, parents: Iterable[bytes], *, marked: bool, hidden: bool,
                fresh: bool) -> None:  # fmt: skip
        """A record was written: its own standing and that of what it hangs under may change."""
        if marked:
            self._unsure[key.id] = key
        if fresh and kind.name in self.derived.children:
            # The same id in another circle: what is below now hangs under the nearer of the two.
            namesakes = list(self._above(kind.name, key.uuid))
            self._unsure.update((one.id, one) for one in namesakes)
            self._families.update((kind.name, one.uuid) for one in namesakes)
        if not kind.parent_kind:
            return
        for parent in {one for one in parents if one}:
            above = list(self._above(kind.parent_kind, parent))
            self._unsure.update((one.id, one) for one in above)
            if above or hidden:
                self._families.add((kind.parent_kind, parent))

    def all_of(self, keys: Iterable[RecordKey]) -> None:
        """These bear a mark: whether they stand is to be settled."""
        self._unsure.update((key.id, key) for key in keys)

    def settle(self) -> None:
        """Children first: what hangs below in another circle decides for what stands above."""
        for key in sorted(self._unsure.values(), key=lambda one: -self._depth(one.kind)):
            self._settle_one(key)
        for kind, uuid in sorted(self._families, key=lambda family: self._depth(family[0])):
            self._hide_below(kind, uuid)
        self._unsure.clear()
        self._families.clear()

    def below(self, kind: str, uuid: bytes, circle: int) -> Iterator[tuple[Kind, Below]]:
        """Every record below one: those of its circle, and those of circles where what they name does not stand."""
        above = self.derived.tables[kind]
        standing_in = set(self.connection.scalars(select(above.c._circle).where(above.c._uuid == uuid)))
        for child in self.derived.children.get(kind, ()):
            table = self.derived.tables[child.name]
            rows = self.connection.execute(
                select(table.c._id, table.c._uuid, table.c._circle, table.c._standing, table.c._complete).where(
                    table.c[child.parent] == uuid
                )
            ).all()
            for one in (Below(*row) for row in rows):
                if one.circle == circle or one.circle not in standing_in:
                    yield child, one
                    yield from self.below(child.name, one.uuid, one.circle)

    def _above(self, kind_name: str, uuid: bytes) -> Iterator[RecordKey]:
        """Of what stands above, in any circle, the records that bear a withdrawal mark."""
        kind = self.derived.kinds[kind_name]
        for place, circle, marked, parent in self.derived.asks.above[kind_name].all(self.connection, uuid=uuid):
            if marked:
                yield RecordKey(place, uuid, circle, kind_name)
            if kind.parent_kind and parent:
                yield from self._above(kind.parent_kind, parent)

    def _settle_one(self, key: RecordKey) -> None:
        table = self.derived.tables[key.kind]
        standing = self._standing(key)
        before = self.connection.scalar(select(table.c._standing).where(table.c._id == key.id))
        if before != standing.value:
            self.connection.execute(update(table).where(table.c._id == key.id).values(_standing=standing.value))
            self._show(key.kind, [key.id])
            self._mark_contested(key.id, is_contested=standing is Standing.CONTESTED)
        self._families.add((key.kind, key.uuid))

    def _standing(self, key: RecordKey) -> Standing:
        own = [entry.change for entry in self.journal.of_record(key.id)]
        found = list(self.below(key.kind, key.uuid, key.circle))
        here = [one.id for _, one in found if one.circle == key.circle]
        children = [entry.change for entries in self.journal.of_records(here).values() for entry in entries]
        standing = merge.standing(own, children)
        # What the withdrawal has seen counts dots of its own circle: elsewhere each record bears a mark of its own.
        elsewhere = [one for _, one in found if one.circle != key.circle and one.complete]
        if standing is Standing.DELETED and any(one.standing != Standing.DELETED.value for one in elsewhere):
            return Standing.CONTESTED
        return standing

    def _mark_contested(self, record: int, *, is_contested: bool) -> None:
        table = self.derived.unsettled
        self.connection.execute(delete(table).where(table.c.record == record, table.c.sort == "deleted"))
        if is_contested:
            self.connection.execute(insert(table).values(record=record, reg=DELETED, sort="deleted"))

    def _hide_below(self, kind_name: str, uuid: bytes) -> None:
        """Children are hidden while what they hang under is withdrawn or hidden itself: what stands in their own
        circle, or if nothing does, all that bears the name."""
        above = self.derived.tables[kind_name]
        is_gone = (above.c._complete & ~above.c._visible).label("gone")
        parents = self.connection.execute(select(above.c._circle, is_gone).where(above.c._uuid == uuid)).all()
        gone = {row._circle: bool(row.gone) for row in parents}
        everywhere = bool(gone) and all(gone.values())
        for child in self.derived.children.get(kind_name, ()):
            table = self.derived.tables[child.name]
            found = select(table.c._id, table.c._uuid, table.c._circle, table.c._hidden)
            rows = self.connection.execute(found.where(table.c[child.parent] == uuid)).all()
            for row in rows:
                hidden = gone.get(row._circle, everywhere)
                if bool(row._hidden) is not hidden:
                    self.connection.execute(update(table).where(table.c._id == row._id).values(_hidden=hidden))
                    self._show(child.name, [row._id])
                    self._hide_below(child.name, row._uuid)

    def _show(self, kind_name: str, ids: Iterable[int]) -> None:
        table = self.derived.tables[kind_name]
        for one in ids:
            self.connection.execute(
                update(table).where(table.c._id == one).values(
                    _visible=table.c._complete & ~table.c._hidden & (table.c._standing != Standing.DELETED.value)
                )
            )  # fmt: skip
            self.flipped.add((kind_name, one))

    def _depth(self, kind_name: str) -> int:
        kind = self.derived.kinds[kind_name]
        return 1 + self._depth(kind.parent_kind) if kind.parent_kind in self.derived.kinds else 0
