"""Which desk this store is: its keys and id, renewed when a copy or an old backup is opened, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, insert, select

from spie_desk.store import tables
from spie_desk.store.journal import Journal
from spie_desk.store.prepared import Prepared
from spie_desk.store.settings import write_setting
from spie_sync.identity import DeskKeys, DeskPublic

MARK, COUNTER = "desk_mark", "file_counter"
"""Settings: what this desk's file numbers begin with, and the last one given."""

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Identity:
    """The desk that writes now: its place here, its id, its public keys."""

    place: int
    id: bytes
    public: DeskPublic


def current(connection: Connection) -> Identity | None:
    """The last desk that this store became; None before the first."""
    row = _CURRENT.first(connection)
    return None if row is None else _identity(*row)


_CURRENT = Prepared(
    select(tables.desk.c.id, tables.desk.c.uuid, tables.identity.c.public)
    .join(tables.identity, tables.identity.c.desk == tables.desk.c.id)
    .where(tables.desk.c.id == select(func.max(tables.identity.c.desk)).scalar_subquery())
)  # fmt: skip


@lru_cache(maxsize=8)
def _identity(place: int, uuid: bytes, public: bytes) -> Identity:
    return Identity(place, uuid, DeskPublic.from_bytes(public))


def keys(connection: Connection) -> DeskKeys:
    """The private keys of the desk that writes now."""
    secret = connection.scalar(select(tables.identity.c.secret).order_by(tables.identity.c.desk.desc()).limit(1))
    return DeskKeys.from_bytes(secret or b"")


def become_new(connection: Connection, random: Callable[[int], bytes], now_ms: int) -> Identity:
    """Begin a desk: new keys, a new id, numbers from 1, a new mark on file numbers."""
    fresh = DeskKeys.new(random)
    public = fresh.public
    place = Journal(connection).desk_id(public.id)
    connection.execute(
        insert(tables.identity).values(
            desk=place, public=public.to_bytes(), secret=fresh.to_bytes(), since=now_ms
        )
    )  # fmt: skip
    write_setting(connection, MARK, mark_of(public.id))
    write_setting(connection, COUNTER, 0)
    return Identity(place, public.id, public)


def mark_of(desk_id: bytes) -> str:
    """A letter and a digit, so that two desks seldom give the same file number."""
    drawn = int.from_bytes(desk_id[:4], "big")
    return f"{_LETTERS[drawn % len(_LETTERS)]}{drawn // len(_LETTERS) % 10}"


def counters(connection: Connection, since: int = 0, circles: Iterable[bytes] = ()) -> dict[bytes, int]:
    """This desk's highest n in each circle where it wrote after that place of the journal, and in each circle named:
    what the witness compares with what it reserved."""
    now = current(connection)
    if now is None:
        return {}
    change, circle = tables.change.c, tables.circle.c
    if not since:
        every = select(circle.uuid, func.max(change.n)).join(tables.change, change.circle == circle.id)
        rows = connection.execute(every.where(change.desk == now.place).group_by(circle.uuid))
        return {uuid: highest for uuid, highest in rows}  # noqa: C416 — rows are not pairs to mypy
    # the plus: a few entries at the end of the journal, not every one of this desk by its index
    wrote = select(change.circle).where(change.seq > since, change.desk + 0 == now.place).distinct()
    uuids = set(connection.execute(select(circle.uuid).where(circle.id.in_(wrote))).scalars()) | set(circles)
    place = select(circle.id).where(circle.uuid == bindparam("uuid")).scalar_subquery()
    highest = select(func.max(change.n)).where(change.desk == now.place, change.circle == place)
    found = {uuid: connection.execute(highest, {"uuid": uuid}).scalar() for uuid in uuids}
    return {uuid: n for uuid, n in found.items() if n is not None}
