"""One transaction of this desk: changes, heads, tables, index and drafts together, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from spie_desk.domain.circles import Wish
from spie_desk.domain.drafts import Draft
from spie_desk.domain.shown import Shown, TakenBack, Touched
from spie_desk.domain.values import changed_registers, registers_of, with_unknown_keys
from spie_desk.store import circles, drafts, erasure, fresh, tables
from spie_desk.store.derive import Deriver
from spie_desk.store.derived import Derived
from spie_desk.store.desks import Identity
from spie_desk.store.engine import deciphered
from spie_desk.store.journal import Journal
from spie_desk.store.prepared import Prepared, driver
from spie_desk.store.spelling import Author
from spie_desk.store.taking_back import TakingBack
from spie_sync import hlc, merge
from spie_sync.change import DELETED, Base, Change, Dot, Origin, Value, canonical, commitment
from spie_sync.erasure import Target

CLOCK = "hlc"

ERASED = "erased"
"""The kind of deed after which what was taken out must stay nowhere: not in the log, nor in an old backup."""


class DeedSays(Protocol):
    """What a unit is told of the deed it writes."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> bytes | None: ...
    @property
    def label(self) -> str: ...
    @property
    def undoable(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Act:
    """The deed of a unit, its id drawn."""

    kind: str = "typed"
    id: bytes = b""
    label: str = ""
    undoable: bool = True


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and with what: the desk, the person, the clock, chance."""

    desk: Identity
    person: bytes
    now_ms: Callable[[], int]
    chance: Callable[[], bytes]


class StoreUnit:
    """What a deed is handed while its transaction is open."""

    def __init__(self, connection: Connection, derived: Derived, writer: Writer, deed: Act) -> None:
        self._journal = Journal(connection)
        self._journal.knows(desk=(writer.desk.id, writer.desk.place))
        self._deriver = Deriver(self._journal, derived)
        self._derived, self._writer, self._deed = derived, writer, deed
        self._last = last_stamp(connection)
        self._wrote = False
        self._circles: dict[Wish, bytes] = {}
        self.numbers: dict[bytes, int] = {}
        self.erased: list[tuple[bytes, Target]] = []

    @property
    def deed(self) -> bytes:
        return self._deed.id

    def put(self, kind: str, record: Any, *, shown: Shown[Any] | None = None, wish: Wish | None = None,
            force: frozenset[str] = frozenset()) -> bytes:  # fmt: skip
        declared = self._derived.kinds[kind]
        if shown is None:
            if wish is None and self._put_new([(kind, record)]):
                return self.circle(declared.circle(record))
            circle = self.circle(wish or declared.circle(record))
            self._write(kind, record.id, circle, registers_of(declared, record), {})
            return circle
        every = registers_of(declared, record)
        changed = changed_registers(declared, shown.record, record) | {name: every[name] for name in force}
        if changed:
            before = self._on_screen(shown, changed)
            values = {
                name: with_unknown_keys(declared, name, value, before.get(name)) for name, value in changed.items()
            }
            self._write(kind, record.id, shown.circle, values, {name: shown.bases.of(name) for name in values})
        return shown.circle

    def put_fresh(self, records: Iterable[tuple[str, Any]], told: Callable[[int], None] = lambda done: None) -> None:
        """Write new records (a kind's name, a record whose id was just drawn) as ``put`` would, but in batches: for an
        import, made-up people, a bench. Give a person's records one after the other, hers first: nothing is looked up
        for what hangs under a record of the same batch. ``told`` hears how many are written, and may raise to stop."""
        done = 0
        with deciphered(driver(self._journal.connection)):
            for made in fresh.families(self._derived, records):
                if not self._put_new(made):
                    for kind, one in made:
                        self.put(kind, one)
                done += len(made)
                told(done)

    def _put_new(self, made: list[tuple[str, Any]]) -> bool:
        """The short way for records that stand nowhere yet. False if one does: nothing was written."""
        bulk = fresh.Fresh(self._deriver, self._scribe(), self._circles, self._last)
        if not bulk.are_new(made):
            return False
        bulk.write(made)
        self._last = bulk.last
        self.numbers |= bulk.numbers
        self._wrote = True
        return True

    def take_back(self, deed: bytes, told: Callable[[int, int], None] = lambda done, total: None) -> TakenBack:
        """Withdraw, in batches, every record that the deed made and that stands as it made it, with what hangs under
        it; records that anyone touched since are left. ``told`` may raise to stop."""
        work = TakingBack(self._deriver, self._scribe, self._last)
        work.withdraw(deed, told)
        self._last = work.last
        self.numbers |= work.numbers
        self._wrote = self._wrote or bool(work.numbers)
        return TakenBack(frozenset(work.gone), work.all_gone(deed))

    def _scribe(self) -> fresh.Scribe:
        writer, said = self._writer, self._deed
        deed = self._journal.deed_id(said.id, said.kind, hlc.tick(self._last, writer.now_ms()), label=said.label,
                                     undoable=said.undoable, mine=True)  # fmt: skip
        author = Author(writer.desk.id, writer.person, said.id, said.kind)
        return fresh.Scribe(writer.desk, author, deed, writer.now_ms, writer.chance, self.circle)

    def write(self, kind: str, record: bytes, circle: bytes, values: Mapping[str, Value], base: Mapping[str, Base], *,
              origin: Origin | None = None) -> Dot:  # fmt: skip
        # A name in the base alone would say that its value was erased.
        named = {name: base.get(name, frozenset()) for name in values}
        return self._write(kind, record, circle, values, named, origin=origin).dot

    def withdraw(self, shown: Shown[Any]) -> None:
        kind, uuid = shown.kind, shown.record.id
        self._withdraw(kind, uuid, shown.circle, shown.bases.listed.get(DELETED, frozenset()), self._unseen(shown))
        self._deriver.finish()
        # Each circle counts what it has seen by itself: what hangs below in another one bears its own mark.
        circle = self._journal.circle_id(shown.circle)
        for child, one in list(self._deriver.withdrawals.below(kind, uuid, circle)):
            if one.circle != circle and one.complete and one.standing != merge.Standing.DELETED.value:
                heads = self._deriver.held(self._journal.key_of(one.id)).heads.get(DELETED, frozenset())
                self._withdraw(child.name, one.uuid, self._journal.circle_uuid(one.circle), heads, [])

    def erase(self, kind: str, record: bytes, circle: bytes, registers: frozenset[str] | None = None, *,
              dots: frozenset[Dot] | None = None) -> None:  # fmt: skip
        key = self._journal.find_record(record, self._journal.circle_id(circle), kind)
        if key is None:
            return
        targets = erasure.targets_of(self._journal, key, registers)
        if dots is not None:
            targets = frozenset(one for one in targets if one[0] in dots)
        if not targets:
            return
        self._write(kind, record, circle, {}, {}, erases=targets)
        erasure.apply(self._journal, self._deriver, circle, targets, self._writer.now_ms())
        self.erased += [(circle, target) for target in sorted(targets)]

    def circle(self, wish: Wish) -> bytes:
        if wish not in self._circles:
            journal, writer = self._journal, self._writer
            found, place = circles.find_or_found(journal.connection, wish, writer.desk, writer.chance)
            journal.knows(circle=(found, place))
            self._circles[wish] = found
        return self._circles[wish]

    def save_draft(self, draft: Draft) -> None:
        drafts.save(self._journal.connection, draft)

    def drop_draft(self, draft: bytes, *, for_good: bool = False) -> None:
        if for_good and self._deed.kind == ERASED:
            erasure.forget(self._journal.connection, {draft: erasure.ALWAYS})
            erasure.unname(self._journal.connection)
        else:
            (drafts.drop if for_good else drafts.discard)(self._journal.connection, draft)

    def finish(self) -> Touched | None:
        """Derive what is left and answer what changed; None if no change was written."""
        self._deriver.finish()
        if self.erased:
            self._deriver.index.forget()
        if not self._wrote:
            return None
        found = self._deriver
        return Touched(self._deed.id, frozenset(found.kinds), frozenset(found.records), frozenset(found.people),
                       self._deed.undoable)  # fmt: skip

    def _write(  # noqa: PLR0913 — the parts of a change
        self, kind: str, record: bytes, circle: bytes, values: Mapping[str, Value], base: Mapping[str, Base], *,
        seen: Mapping[bytes, int] | None = None, origin: Origin | None = None,
        erases: frozenset[Target] = frozenset(),
    ) -> Change:  # fmt: skip
        """The door: every change of this desk passes here."""
        journal, writer = self._journal, self._writer
        place = journal.circle_id(circle)
        key, fresh = journal.record_key(record, place, kind)
        self._last = hlc.tick(self._last, writer.now_ms())
        change = Change(
            desk=writer.desk.id, circle=circle, n=journal.next_n(writer.desk.place, place), hlc=self._last,
            person=writer.person, deed=self._deed.id, deed_kind=self._deed.kind, kind=kind, record=record,
            values=spelled(values), base=base, seen=seen, origin=origin, erases=erases, salt=writer.chance(),
        )  # fmt: skip
        change = replace(change, commitment=commitment(change))
        journal.deed_id(self._deed.id, self._deed.kind, self._last, label=self._deed.label,
                        undoable=self._deed.undoable, mine=True)  # fmt: skip
        entry = journal.append(change, key.id, mine=True)
        self._deriver.wrote(key, entry, fresh=fresh)
        self.numbers[circle] = change.n
        self._wrote = True
        return entry.change

    def _withdraw(self, kind: str, record: bytes, circle: bytes, base: Base, unseen: list[Dot]) -> None:
        seen = self._journal.received(self._journal.circle_id(circle))
        for dot in unseen:
            seen[dot.desk] = min(seen.get(dot.desk, 0), dot.n - 1)
        self._write(kind, record, circle, {DELETED: True}, {DELETED: base}, seen=seen)

    def _on_screen(self, shown: Shown[Any], registers: Mapping[str, Value]) -> dict[str, Value]:
        """The whole value of each register as it was on screen, keys unknown to this version included."""
        place = self._journal.circle_id(shown.circle)
        found: dict[str, Value] = {}
        for name in registers:
            if name not in self._derived.kinds[shown.kind].registers:
                continue
            entries = [self._journal.at_dot(place, dot) for dot in shown.bases.of(name)]
            written = [entry.change for entry in entries if entry and name in entry.change.values]
            if written:
                found[name] = merge.shown(written).values[name]
        return found

    def _unseen(self, shown: Shown[Any]) -> list[Dot]:
        """Changes of the record that arrived behind the screen where its withdrawal was confirmed."""
        key = self._journal.find_record(shown.record.id, self._journal.circle_id(shown.circle), shown.kind)
        every = {} if key is None else {entry.change.dot: entry.change for entry in self._journal.of_record(key.id)}
        seen: set[Dot] = set()
        waiting = {dot for dots in shown.bases.listed.values() for dot in dots}
        waiting |= {shown.bases.sole} if shown.bases.sole else set()
        waiting |= {dot for dot, change in every.items() if change.registers & shown.beside}
        while waiting:
            dot = waiting.pop()
            if dot not in seen and dot in every:
                seen.add(dot)
                waiting |= {before for dots in every[dot].base.values() for before in dots}
        return [dot for dot, change in every.items() if change.registers - {DELETED} and dot not in seen]


def spelled(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as the journal gives them back: what is derived now and what a rebuild derives are the same."""
    found: dict[str, Value] = json.loads(canonical(dict(values)))
    return found


def last_stamp(connection: Connection) -> int:
    """The highest moment written or believed: that of the last change if it is mine, as mine comes after all before
    it; else what was noted when others came. Noted at no save: one page less to make durable."""
    noted, mine = _LAST_STAMP.first(connection) or (None, None)
    return max(0 if noted is None else int.from_bytes(noted, "big"), mine or 0)


_LAST_STAMP = Prepared(select(
    select(tables.meta.c.value).where(tables.meta.c.name == CLOCK).scalar_subquery(),
    select(tables.change.c.hlc).where(
        tables.change.c.seq == select(func.max(tables.change.c.seq)).scalar_subquery(),
        tables.change.c.desk.in_(select(tables.identity.c.desk)),
    ).scalar_subquery(),
))  # fmt: skip
