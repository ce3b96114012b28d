"""Handing a circle to a further profile of this laptop: what an invitation holds, and taking it in."""

from __future__ import annotations

from sqlalchemy import Connection, select

from spie_desk.domain.circles import Sort, Wish
from spie_desk.store import circles, tables
from spie_desk.store.packing import unpacked
from spie_sync.change import Change, read_body
from spie_sync.invitation import Invitation


def invitation_to(connection: Connection, wish: Wish) -> Invitation | None:
    """The circle of this wish with its changes so far, or None when it was never founded."""
    uuid = circles.find(connection, wish)
    if uuid is None:
        return None
    table = tables.circle
    row = connection.execute(select(table.c.sort, table.c.founder, table.c.nonce).where(table.c.uuid == uuid)).one()
    return Invitation(
        circle=uuid, sort=row.sort, founder=row.founder, nonce=row.nonce, changes=tuple(_changes(connection, uuid))
    )


def learn(connection: Connection, invitation: Invitation, about: bytes | None = None) -> None:
    """Know the circle; without ``about`` as one's own: what a kind wishes of this sort is born there.

    A structure's circle that is linked, and not one's own, is about the other structure.
    """
    wish = Wish(Sort(invitation.sort), about)
    circles.learn(connection, invitation.circle, wish, invitation.founder, invitation.nonce)


def _changes(connection: Connection, circle: bytes) -> list[Change]:
    change, desk, record, deed = tables.change, tables.desk, tables.record, tables.deed
    rows = connection.execute(
        select(
            desk.c.uuid.label("desk"), change.c.n, change.c.hlc, deed.c.uuid.label("deed"), deed.c.kind,
            record.c.kind.label("record_kind"), record.c.uuid.label("record"), change.c.body,
        )
        .join(desk, desk.c.id == change.c.desk).join(record, record.c.id == change.c.record)
        .join(deed, deed.c.id == change.c.deed).join(tables.circle, tables.circle.c.id == change.c.circle)
        .where(tables.circle.c.uuid == circle).order_by(change.c.seq)
    )  # fmt: skip
    return [
        read_body(
            unpacked(row.body), desk=row.desk, circle=circle, n=row.n, hlc=row.hlc, deed=row.deed,
            deed_kind=row.kind, kind=row.record_kind, record=row.record,
        )
        for row in rows
    ]  # fmt: skip
