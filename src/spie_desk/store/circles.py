"""The circles founded or known here: found by the wish a kind makes, founded when first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from spie_desk.domain.circles import Sort, Wish
from spie_desk.domain.listing import CircleView
from spie_desk.store.desks import Identity
from spie_desk.store.prepared import Prepared
from spie_desk.store.tables import circle as table
from spie_desk.store.transactions import Transactions
from spie_sync.identity import circle_id

_COLUMNS = (table.c.uuid, table.c.sort, table.c.about, table.c.readers)
_ID = 16


class StoredCircles:
    """Reads circles."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, circle: bytes) -> CircleView | None:
        with self._transactions.reading() as connection:
            row = connection.execute(select(*_COLUMNS).where(table.c.uuid == circle, table.c.sort != "")).first()
        return None if row is None else _view(row)

    def of(self, about: bytes) -> list[CircleView]:
        with self._transactions.reading() as connection:
            rows = connection.execute(select(*_COLUMNS).where(table.c.about == about).order_by(table.c.id)).all()
        return [_view(row) for row in rows if row.sort]


def find(connection: Connection, wish: Wish) -> bytes | None:
    """The circle that this wish already has: of two founded apart, the one whose id comes first."""
    return _find(connection, wish)[0]


def _find(connection: Connection, wish: Wish) -> tuple[bytes | None, int]:
    found = _FIND.first(connection, about=wish.about, sort=str(wish.sort), readers=_spell(wish.readers))
    return (None, 0) if found is None else (found[0], found[1])


_FIND = Prepared(
    # Ordering would make SQLite set up a sort at every save; beside « min » it gives the place of that very row.
    select(func.min(table.c.uuid), table.c.id)
    .where(table.c.about.is_not_distinct_from(bindparam("about")), table.c.sort == bindparam("sort"),
           table.c.readers == bindparam("readers"))
)  # fmt: skip
_NEW = Prepared(insert(table))


def find_or_found(
    connection: Connection, wish: Wish, founder: Identity, nonce: Callable[[], bytes]
) -> tuple[bytes, int]:
    """The circle's id and its place here."""
    found, place = _find(connection, wish)
    if found is not None:
        return found, place
    drawn = nonce()
    uuid = circle_id(founder.public.signing, wish.sort, drawn)
    return uuid, _NEW.run(connection, id=None, uuid=uuid, **_about(wish, founder.public.signing, drawn))


def learn(connection: Connection, uuid: bytes, wish: Wish, founder: bytes, nonce: bytes) -> None:
    """Write what a circle is, whether its changes were already heard of or not."""
    about = _about(wish, founder, nonce)
    done = connection.execute(update(table).where(table.c.uuid == uuid).values(**about))
    if not done.rowcount:
        connection.execute(insert(table).values(uuid=uuid, **about))


def _about(wish: Wish, founder: bytes, nonce: bytes) -> dict[str, Any]:
    return {
        "sort": str(wish.sort), "about": wish.about, "readers": _spell(wish.readers), "founder": founder,
        "nonce": nonce,
    }  # fmt: skip


def _spell(readers: frozenset[bytes]) -> bytes:
    return b"".join(sorted(readers))


def _view(row: Row[Any, Any, Any, Any]) -> CircleView:
    spelled = row.readers
    readers = frozenset(spelled[start : start + _ID] for start in range(0, len(spelled), _ID))
    return CircleView(row.uuid, Sort(row.sort), row.about, readers)
