"""One person's encrypted store, put together: what services/ports.py asks of a store, and what the application adds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, Engine, func, select

from spie_desk.domain.record import Kind
from spie_desk.domain.records import KINDS
from spie_desk.domain.shown import Touched
from spie_desk.store import desks, erasure, tables
from spie_desk.store import rebuild as rebuilding
from spie_desk.store.accesses import StoredAccesses
from spie_desk.store.circles import StoredCircles
from spie_desk.store.derive import Deriver
from spie_desk.store.derived import PEOPLE, TEXTS, Derived, derived_of
from spie_desk.store.drafts import StoredDrafts
from spie_desk.store.journal import Journal
from spie_desk.store.lists import StoredLists
from spie_desk.store.lived import is_believed
from spie_desk.store.papers import StoredPapers
from spie_desk.store.rebuild import Cancelled, Difference, Progress
from spie_desk.store.receive import receive
from spie_desk.store.records import StoredRecords
from spie_desk.store.settings import StoredSettings, read_setting
from spie_desk.store.transactions import At, Transactions
from spie_desk.store.unit import ERASED, Act, DeedSays, StoreUnit, Writer
from spie_sync.change import Change, Dot
from spie_sync.identity import DeskKeys

ME = "me"
"""The setting that says which professional this profile works as: the author of every change."""

Erased = tuple[bytes, Dot, str]
"""(circle, dot, register) of a value that was erased."""


class StoreClock(Protocol):
    def now(self) -> datetime: ...


class StoreChance(Protocol):
    def id(self) -> bytes: ...


NOWHERE, DRAFT = bytes(16), "draft"
"""How the witness is told of a draft or record erased whole: no circle, its id for a desk, until when for a number."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What the witness outside the profile is told: numbers before they are used, erasures once they are made."""

    reserve: Callable[[Mapping[bytes, int]], None] = lambda numbers: None
    erased: Callable[[Sequence[Erased]], None] = lambda targets: None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is kept and cannot be shown yet: records whose creation has not come, what a newer version wrote."""

    records: int
    of_unknown_kind: int
    unknown_registers: int


class EncryptedStore:
    """The store of one profile. Units write, one at a time; everything else reads."""

    def __init__(self, transactions: Transactions, derived: Derived, clock: StoreClock, chance: StoreChance,
                 watch: Watch) -> None:  # fmt: skip
        self._transactions, self._derived = transactions, derived
        self._clock, self._chance, self._watch = clock, chance, watch
        self._listeners: list[Callable[[Touched], None]] = []
        self._mine = threading.local()
        self.records = StoredRecords(transactions, derived)
        self.lists = StoredLists(transactions, derived, self._today)
        self._listeners.append(self.lists.heard)
        self.drafts = StoredDrafts(transactions)
        self.papers = StoredPapers(transactions)
        self.settings = StoredSettings(transactions)
        self.circles = StoredCircles(transactions)
        self.accesses = StoredAccesses(transactions, clock.now, self._random)

    @property
    def transactions(self) -> Transactions:
        """For what mends a store from outside of any deed."""
        return self._transactions

    @contextmanager
    def unit(self, deed: DeedSays | None = None) -> Iterator[StoreUnit]:
        with self._transactions.writing("unit") as connection:
            said = Act() if deed is None else deed
            act = Act(said.kind, said.id or self._chance.id(), said.label, said.undoable)
            unit = StoreUnit(connection, self._derived, self._writer(connection), act)
            yield unit
            self._transactions.at("unit: written")
            touched = unit.finish()
            self._transactions.at("unit: derived")
            if unit.numbers:
                self._watch.reserve(unit.numbers)
        if unit.erased:
            self._after_erasure([(circle, *target) for circle, target in unit.erased])
        elif act.kind == ERASED:
            self._after_erasure([])  # a draft, never a record: its words are still in the log
        self._tell(touched)

    def touched(self) -> Touched:
        found: Touched = getattr(self._mine, "touched", Touched())
        return found

    def receive(self, changes: Sequence[Change]) -> Touched:
        with self._transactions.writing("receive") as connection:
            deriver = Deriver(Journal(connection), self._derived)
            if self._is_copied(connection, deriver.journal, changes):
                desks.become_new(connection, self._random, self._now_ms())
            erased = receive(connection, deriver, changes, self._now_ms())
            self._transactions.at("receive: derived")
        if erased:
            self._after_erasure(erased)
        touched = Touched(b"", frozenset(deriver.kinds), frozenset(deriver.records), frozenset(deriver.people))
        self._tell(touched if deriver.records else None)
        return touched

    def subscribe(self, listener: Callable[[Touched], None]) -> None:
        self._listeners.append(listener)

    @property
    def desk_id(self) -> bytes:
        with self._transactions.reading() as connection:
            return self._identity(connection).id

    def desk_keys(self) -> DeskKeys:
        """The private keys of this desk, to sign and to open what is sealed to it."""
        with self._transactions.reading() as connection:
            return desks.keys(connection)

    def begin_new_desk(self) -> bytes:
        """Before the first write of a copy or of a restored backup: new keys and id, numbers from 1."""
        with self._transactions.writing("new desk") as connection:
            return desks.become_new(connection, self._random, self._now_ms()).id

    def counters(self, since: int = 0, circles: Iterable[bytes] = ()) -> dict[bytes, int]:
        """This desk's highest number in each circle written after that place of the journal, and in those named."""
        with self._transactions.reading() as connection:
            return desks.counters(connection, since, circles)

    def erased_dots(self) -> frozenset[Erased]:
        """Everything erased so far, for the witness to hold outside the profile."""
        table = tables.erased.c
        statement = (
            select(tables.circle.c.uuid, tables.desk.c.uuid, table.n, table.reg)
            .join(tables.circle, tables.circle.c.id == table.circle).join(tables.desk, tables.desk.c.id == table.desk)
        )  # fmt: skip
        with self._transactions.reading() as connection:
            values = frozenset((circle, Dot(desk, n), reg) for circle, desk, n, reg in connection.execute(statement))
            gone = erasure.forgotten(connection).items()
        return values | {(NOWHERE, Dot(one, until), DRAFT) for one, until in gone}

    def reapply_erasures(self, erased: Iterable[Erased]) -> Touched:
        """After a restore: empty again what had been erased since the backup."""
        by_circle: dict[bytes, list[tuple[Dot, str]]] = {}
        gone: dict[bytes, int] = {}
        for circle, dot, register in erased:
            if circle == NOWHERE:
                gone[dot.desk] = max(dot.n, gone.get(dot.desk, 0))
            else:
                by_circle.setdefault(circle, []).append((dot, register))
        with self._transactions.writing("erase again") as connection:
            deriver = Deriver(Journal(connection), self._derived)
            for circle, targets in by_circle.items():
                erasure.apply(deriver.journal, deriver, circle, targets, self._now_ms())
            erasure.forget(connection, gone)
            deriver.finish()
            deriver.index.forget()
        self._transactions.empty_log()
        touched = Touched(b"", frozenset(deriver.kinds), frozenset(deriver.records), frozenset(deriver.people))
        self._tell(touched if deriver.records else None)
        return touched

    def waiting(self) -> Waiting:
        record = tables.record
        unknown = select(func.count()).select_from(record).where(record.c.kind.not_in(list(self._derived.kinds)))
        with self._transactions.reading() as connection:
            counted = [
                connection.execute(
                    select(func.count().filter(~table.c._complete), func.coalesce(func.sum(table.c._unknown), 0))
                ).one()
                for table in self._derived.tables.values()
            ]
            return Waiting(
                sum(row[0] for row in counted), int(connection.scalar(unknown) or 0), sum(row[1] for row in counted)
            )

    def rebuild(self, progress: Progress = lambda done, total: None,
                cancelled: Cancelled = lambda: False) -> int:  # fmt: skip
        """Make all that is derived afresh; nothing is changed if it is cancelled or stopped."""
        with self._transactions.writing("rebuild") as connection:
            return rebuilding.rebuild(connection, self._derived, progress, cancelled)

    def check(self, progress: Progress = lambda done, total: None,
              cancelled: Cancelled = lambda: False) -> list[Difference]:  # fmt: skip
        """Derive everything a second time, beside: the differences, none if all is well."""
        return rebuilding.checked(self._transactions, self._derived, progress, cancelled)

    def needs_rebuild(self) -> bool:
        with self._transactions.reading() as connection:
            return not rebuilding.is_current(connection)

    def tidy(self) -> None:
        """When nobody types: merge the index, let old discarded drafts go, fold the log into the file."""
        self.drafts.purge(self._now_ms())
        self.papers.purge(self._now_ms())
        with self._transactions.reading() as connection:
            believed = is_believed(connection, self._now_ms())
        if believed:
            self.accesses.purge()
        with self._transactions.writing("tidy") as connection:
            for name in (PEOPLE, TEXTS):
                connection.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES('merge', 500)")
        self._transactions.fold_log()

    def _is_copied(self, connection: Connection, journal: Journal, changes: Sequence[Change]) -> bool:
        """Something that this very desk wrote and never did: another copy of it writes too."""
        mine = self._identity(connection).id
        return any(change.desk == mine and not journal.has(change) for change in changes)

    def _after_erasure(self, erased: Sequence[Erased]) -> None:
        gone = [one for one in self.erased_dots() if one[0] == NOWHERE]
        self._watch.erased([*erased, *gone])
        self._transactions.empty_log()

    def _tell(self, touched: Touched | None) -> None:
        self._mine.touched = touched or Touched()
        if touched is not None:
            for listener in self._listeners:
                listener(touched)

    def _writer(self, connection: Connection) -> Writer:
        me = read_setting(connection, ME)
        person = bytes.fromhex(me) if isinstance(me, str) else b""
        return Writer(self._identity(connection), person, self._now_ms, self._chance.id)

    def _identity(self, connection: Connection) -> desks.Identity:
        found = desks.current(connection)
        if found is None:
            raise RuntimeError("the store has no desk yet")
        return found

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _today(self) -> date:
        return self._clock.now().date()

    def _random(self, size: int) -> bytes:
        return random_bytes(self._chance, size)


def random_bytes(chance: StoreChance, size: int) -> bytes:
    """So many bytes of the chance that was handed in."""
    return b"".join(chance.id() for _ in range(0, size, 16))[:size]


def open_store(engine: Engine, clock: StoreClock, chance: StoreChance, *, kinds: Iterable[Kind] = KINDS,
               at: At = lambda name: None, watch: Watch | None = None) -> EncryptedStore:  # fmt: skip
    """The store over an open engine. A fresh one gets its tables and its first desk; one derived by other rules
    answers True to ``needs_rebuild`` and must be rebuilt before its lists are shown."""
    derived, transactions = derived_of(tuple(kinds)), Transactions(engine, at)
    store = EncryptedStore(transactions, derived, clock, chance, watch or Watch())
    with transactions.writing("open") as connection:
        tables.create(connection)
        if desks.current(connection) is None:
            derived.create(connection)
            rebuilding.mark_current(connection)
            now_ms = int(clock.now().timestamp() * 1000)
            desks.become_new(connection, lambda size: random_bytes(chance, size), now_ms)
    return store
