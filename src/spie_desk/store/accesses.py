"""The register of accesses: beside the journal, added to and never rewritten, readable by the profile's kit alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from spie_desk.domain.accesses import KEPT_DAYS, PURGED, VIEWED, Access, AccessRegister
from spie_desk.store.access_chain import ROOT, START, AlteredLineError, Ratchet, place_of, root_context, sum_of
from spie_desk.store.memory import wipe
from spie_desk.store.settings import read_setting, write_setting
from spie_desk.store.tables import access, access_sitting
from spie_desk.store.transactions import Transactions
from spie_sync.change import canonical
from spie_sync.identity import DeskKeys, DeskPublic
from spie_sync.sealed import SealError, open_as_desk, seal_to_desk

KIT_PUBLIC = "kit_public"
"""The setting that holds the public keys of the kit in force."""

SAFE_PUBLIC = "safe_public"
"""The setting that holds the public keys of the structure's safe, once it has one."""

WAITING = "access_key"
"""The setting of the key that stands in until the kit is made: public, and secret (in the clear, then sealed)."""

DAY_MS = 24 * 3600 * 1000
_WAITING_CONTEXT = b"spie access waiting key, version 1"


class StoredAccesses:
    """``add`` on the writing thread; reading asks for private keys that no session has."""

    def __init__(self, transactions: Transactions, now: Callable[[], datetime],
                 random: Callable[[int], bytes]) -> None:  # fmt: skip
        self._transactions, self._now, self._random = transactions, now, random
        self._ratchet: Ratchet | None = None
        self._sitting, self._head = 0, START
        self._day: date | None = None
        self._seen: set[bytes] = set()

    def add(self, line: Access) -> None:
        """Seal one line at the end."""
        with self._transactions.joining("accesses") as connection:
            self._append(connection, line)
        if line.deed == VIEWED:
            self._seen.update(line.people)

    def seen(self, person: bytes) -> bool:
        """Whether this sitting has a line of that file being opened; a sitting ends with the day."""
        return self._day == self._now().date() and person in self._seen

    def kit_made(self, kit: DeskPublic) -> None:
        """From now on lines are sealed to this kit; what waited for a first one becomes readable by it alone."""
        with self._transactions.joining("accesses") as connection:
            _hand_over(connection, kit)
            self._end_sitting()

    def safe_named(self, safe: DeskPublic) -> None:
        """From now on lines are sealed to the structure's safe alone: a kit reads what came before, and no more."""
        with self._transactions.joining("accesses") as connection:
            write_setting(connection, SAFE_PUBLIC, safe.to_bytes().hex())
            _hand_over(connection, safe)
            self._end_sitting()

    def read(self, kit: DeskKeys) -> AccessRegister:
        """Every line that these keys open, in order, and what does not fit."""
        with self._transactions.reading() as connection:
            sittings = {row.id: row for row in connection.execute(select(access_sitting))}
            rows = connection.execute(select(access).order_by(access.c.n)).all()
            keys = [kit, *_waiting_keys(connection, kit)]
        return _Reading({one.public.id: one for one in keys}, sittings).of(rows)

    def purge(self) -> int:
        """Let whole sittings of more than twelve months go, and say so in a line of its own; how many lines went."""
        oldest = int((self._now() - timedelta(days=KEPT_DAYS)).timestamp() * 1000)
        with self._transactions.joining("accesses") as connection:
            old = select(access_sitting.c.id).where(access_sitting.c.at_ms < oldest)
            gone = connection.execute(
                select(func.count(), func.max(access.c.n)).where(access.c.sitting.in_(old))
            ).one()  # fmt: skip
            if not gone[0]:
                return 0
            connection.execute(delete(access).where(access.c.sitting.in_(old)))
            connection.execute(delete(access_sitting).where(access_sitting.c.at_ms < oldest))
            self._append(connection, Access(at_ms=self._now_ms(), who=b"", deed=PURGED, rows=gone[1]))
        return int(gone[0])

    def close(self) -> None:
        self._end_sitting()

    def _append(self, connection: Connection, line: Access) -> None:
        last = connection.execute(select(access.c.n, access.c.sum).order_by(access.c.n.desc()).limit(1)).first()
        n, head = (0, START) if last is None else (last.n, last.sum)
        # a write that was rolled back left the ratchet ahead of the table: begin another sitting
        if self._ratchet is None or self._day != self._now().date() or head != self._head:
            self._begin_sitting(connection, n + 1, head)
        assert self._ratchet is not None  # noqa: S101 — just begun
        place = place_of(n + 1, self._sitting, head)
        sealed = self._ratchet.seal(_spelled(line), place)
        self._head = sum_of(place, sealed)
        connection.execute(
            insert(access).values(n=n + 1, sitting=self._sitting, before=head, sealed=sealed, sum=self._head)
        )

    def _begin_sitting(self, connection: Connection, first: int, head: bytes) -> None:
        self._end_sitting()
        reader = self._reader(connection)
        root = bytearray(self._random(ROOT))
        number = int(connection.scalar(select(func.max(access_sitting.c.id))) or 0) + 1
        sealed = seal_to_desk(reader, bytes(root), root_context(number, head))
        connection.execute(
            insert(access_sitting).values(
                id=number, first=first, at_ms=self._now_ms(), reader=reader.id, before=head, root=sealed
            )
        )
        self._ratchet, self._sitting = Ratchet(root), number
        self._day = self._now().date()

    def _end_sitting(self) -> None:
        if self._ratchet is not None:
            self._ratchet.forget()
        self._ratchet, self._day, self._seen = None, None, set()

    def _reader(self, connection: Connection) -> DeskPublic:
        """Who may read: the safe, the kit of this profile, or the key that waits for one of them."""
        found = reader_of(connection)
        if found is not None:
            return found
        fresh = DeskKeys.new(self._random)
        public = fresh.public
        write_setting(connection, WAITING, {"public": public.to_bytes().hex(), "secret": fresh.to_bytes().hex()})
        return public

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)


def reader_of(connection: Connection) -> DeskPublic | None:
    """The public keys that lines are sealed to: the structure's safe once there is one, until then the kit in force;
    before any kit, the waiting key; None when none is there."""
    for name in (SAFE_PUBLIC, KIT_PUBLIC):
        if isinstance(found := read_setting(connection, name), str):
            return DeskPublic.from_bytes(bytes.fromhex(found))
    waiting = read_setting(connection, WAITING)
    return DeskPublic.from_bytes(bytes.fromhex(str(waiting["public"]))) if isinstance(waiting, dict) else None


def _hand_over(connection: Connection, reader: DeskPublic) -> None:
    """Seal the key that waited to its first reader, and forget it in the clear."""
    waiting = read_setting(connection, WAITING)
    if isinstance(waiting, dict) and "secret" in waiting:
        sealed = seal_to_desk(reader, bytes.fromhex(str(waiting["secret"])), _WAITING_CONTEXT)
        write_setting(connection, WAITING, {"public": waiting["public"], "sealed": sealed.hex()})


def _waiting_keys(connection: Connection, kit: DeskKeys) -> list[DeskKeys]:
    waiting = read_setting(connection, WAITING)
    if not (isinstance(waiting, dict) and "sealed" in waiting):
        return []
    try:
        return [DeskKeys.from_bytes(open_as_desk(kit, bytes.fromhex(str(waiting["sealed"])), _WAITING_CONTEXT))]
    except SealError:
        return []


class _Reading:
    """One passage over the register, with the keys that were drawn from a kit's code."""

    def __init__(self, keys: dict[bytes, DeskKeys], sittings: dict[int, Any]) -> None:
        self._keys, self._sittings = keys, sittings
        self._ratchets: dict[int, Ratchet | None] = {}
        self._next = {number: row.first for number, row in sittings.items()}
        """The number that each sitting's ratchet is at: a line that is not there still has its key."""
        self._lines: list[Access] = []
        self._former, self._altered = 0, 0

    def of(self, rows: Any) -> AccessRegister:
        head, expected, gaps = b"", 0, []
        for row in rows:
            if row.n != expected + 1:
                gaps.append((expected + 1, row.n - 1))
            elif head and row.before != head:
                self._wrong(row.n)
            place = place_of(row.n, row.sitting, row.before)
            if sum_of(place, row.sealed) != row.sum:
                self._wrong(row.n)
            self._open(row, place)
            head, expected = row.sum, row.n
        missing = sum(self._missing(first, last) for first, last in gaps)
        return AccessRegister(tuple(self._lines), missing, self._former, self._altered)

    def _missing(self, first: int, last: int) -> int:
        """How many of these numbers no purge accounts for: what goes for its age leaves nothing younger before it."""
        before = max((line.at_ms for line in self._lines if line.n < first), default=0)
        purged = max((line.rows for line in self._lines
                      if line.deed == PURGED and before <= line.at_ms - KEPT_DAYS * DAY_MS), default=0)  # fmt: skip
        return max(0, last - max(first, purged + 1) + 1)

    def _open(self, row: Any, place: bytes) -> None:
        ratchet = self._ratchet(row.sitting)
        if ratchet is None:
            return
        for _missing in range(row.n - self._next.get(row.sitting, row.n)):
            wipe(ratchet.key())
        self._next[row.sitting] = row.n + 1
        try:
            self._lines.append(_read(ratchet.open(row.sealed, place), row.n))
        except (AlteredLineError, ValueError, KeyError, TypeError):
            self._wrong(row.n)

    def _ratchet(self, sitting: int) -> Ratchet | None:
        if sitting not in self._ratchets:
            self._ratchets[sitting] = self._opened(sitting)
        found = self._ratchets[sitting]
        if found is None:
            self._former += 1
        return found

    def _opened(self, sitting: int) -> Ratchet | None:
        row = self._sittings.get(sitting)
        if row is None:
            return Ratchet(bytearray(ROOT))  # opens nothing: its lines are told as altered
        keys = self._keys.get(row.reader)
        if keys is None:
            return None
        try:
            return Ratchet(bytearray(open_as_desk(keys, row.root, root_context(sitting, row.before))))
        except SealError:
            return Ratchet(bytearray(ROOT))

    def _wrong(self, n: int) -> None:
        self._altered = min(self._altered, n) if self._altered else n


def _spelled(line: Access) -> bytes:
    return canonical({
        "at": line.at_ms, "who": line.who.hex(), "deed": line.deed, "people": [one.hex() for one in line.people],
        "what": line.what, "reason": line.reason, "rows": line.rows,
    })  # fmt: skip


def _read(plain: bytes, n: int) -> Access:
    found = json.loads(plain)
    read = Access(
        at_ms=int(found["at"]), who=bytes.fromhex(found["who"]), deed=str(found["deed"]),
        people=tuple(bytes.fromhex(one) for one in found["people"]), what=str(found["what"]),
        reason=str(found["reason"]), rows=int(found["rows"]),
    )  # fmt: skip
    return replace(read, n=n)
