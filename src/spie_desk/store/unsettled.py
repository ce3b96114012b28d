"""« À départager »: everything that a person has to settle, read off the derived list and the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, FromClause, Select, and_, bindparam, literal_column, select

from spie_desk.domain.one_person import Groups
from spie_desk.domain.record import Kind
from spie_desk.domain.shown import Clash, Version
from spie_desk.store import tables
from spie_desk.store.derive import Deriver
from spie_desk.store.derived import Derived
from spie_desk.store.history import before, is_content, versions_of
from spie_desk.store.index import PERSON
from spie_desk.store.journal import Journal
from spie_desk.store.prepared import Prepared
from spie_desk.store.reading import Reader
from spie_desk.store.together import LinkedFiles
from spie_sync import merge
from spie_sync.change import DELETED, Change
from spie_sync.merge import Standing

MOST = 2000
"""Questions listed at once, of everyone; of one person, all."""


def clashes(
    connection: Connection, derived: Derived, readers: Mapping[str, Reader], person: bytes | None
) -> list[Clash]:
    """Newest head first. One question for each register, one for each value that two people hold."""
    asks = asks_of(derived)
    if asks.any.first(connection) is None:
        return []
    rows = asks.of_everyone(connection) if person is None else asks.of_one(connection, person)
    if not rows:
        return []
    deriver = Deriver(Journal(connection), derived)
    found: list[Clash] = []
    for kind in dict.fromkeys(row.kind for row in rows):
        if readers[kind].kind.apart:
            continue  # what is kept out of the file is settled on its own page
        mine = [row for row in rows if row.kind == kind]
        found += _of_kind(connection, deriver, readers[kind], mine)
    linked = asks.linked.read(connection)
    # one number in two files of one person asks nothing
    found = [one for one in found if one.sort != "equal" or not _one_person(one, linked)]
    if person is not None:
        found = [one for one in found if person == one.person or person in one.people]
    return sorted(found, key=lambda one: -max((version.stamp.hlc for version in one.versions), default=0))


class Listed(NamedTuple):
    """A row of what is to settle, and the kind of its record."""

    record: int
    reg: str
    sort: str
    kind: str


class _Asks:
    """What is asked of the list: of everyone as it stands, of one person from her own records alone."""

    def __init__(self, derived: Derived) -> None:
        table, record = derived.unsettled, tables.record
        self.linked = LinkedFiles(derived)
        self.any = Prepared(select(literal_column("1")).select_from(table).limit(1))
        self._every = Prepared(
            select(table.c.record, table.c.reg, table.c.sort, record.c.kind)
            .join(record, record.c.id == table.c.record).order_by(table.c.record).limit(MOST)
        )
        in_file = [kind for kind in derived.kinds.values() if not kind.apart]
        asked = {kind.name: _hers(derived, kind) for kind in in_file}
        self.hers = {name: Prepared(one) for name, one in asked.items() if one is not None}
        self.equals = {kind.name: Prepared(_held_alike(derived, kind)) for kind in in_file if kind.distinct}

    def of_everyone(self, connection: Connection) -> list[Listed]:
        return [Listed(*row) for row in self._every.all(connection)]

    def of_one(self, connection: Connection, person: bytes) -> list[Listed]:
        """Hers, and who else holds what she holds."""
        found = {Listed(record, register, sort, name) for name, asked in self.hers.items()
                 for record, register, sort in asked.all(connection, person=person)}  # fmt: skip
        for one in [one for one in found if one.sort == "equal" and one.kind in self.equals]:
            alike = self.equals[one.kind].all(connection, record=one.record)
            found |= {Listed(record, register, sort, one.kind) for record, register, sort in alike}
        return sorted(found)


@lru_cache(maxsize=4)
def asks_of(derived: Derived) -> _Asks:
    return _Asks(derived)


def _hers(derived: Derived, kind: Kind) -> Select[Any] | None:
    """What is to settle in one person's records of a kind, looked up from her; None for a kind that is nobody's."""
    table, listed = derived.tables[kind.name], derived.unsettled
    above = kind
    path: FromClause = table
    joined = select(listed.c.record, listed.c.reg, listed.c.sort).join_from(
        table, listed, listed.c.record == table.c._id
    )
    while above.name != PERSON and "person" not in above.by_name:
        if not above.parent_kind:
            return None
        below, parent = path, above.parent
        above = derived.kinds[above.parent_kind]
        path = derived.tables[above.name].alias()
        joined = joined.join(path, path.c._uuid == below.c[parent])
    return joined.where((path.c._uuid if above.name == PERSON else path.c.person) == bindparam("person"))


def _held_alike(derived: Derived, kind: Kind) -> Select[Any]:
    """The rows of all that hold what this record holds."""
    table, listed = derived.tables[kind.name], derived.unsettled
    own = derived.tables[kind.name].alias()
    return (
        select(listed.c.record, listed.c.reg, listed.c.sort)
        .join_from(own, table, and_(*(table.c[name] == own.c[name] for name in kind.distinct)))
        .join(listed, listed.c.record == table.c._id)
        .where(own.c._id == bindparam("record"), listed.c.sort == "equal")
    )


def _one_person(clash: Clash, linked: Groups) -> bool:
    files = {one for one in (clash.person, *clash.people) if one is not None}
    return len(files) > 1 and all(one in linked and files <= set(linked[one].members) for one in files)


def _of_kind(connection: Connection, deriver: Deriver, reader: Reader, rows: Sequence[Listed]) -> list[Clash]:
    ids = sorted({row.record for row in rows})
    shown = dict(zip(
        connection.scalars(select(reader.table.c._id).where(reader.table.c._id.in_(ids)).order_by(reader.table.c._id)),
        reader.all(connection, reader.statement().where(reader.table.c._id.in_(ids)).order_by(reader.table.c._id)),
        strict=True,
    ))  # fmt: skip
    raw = {row["_id"]: row for row in connection.execute(
        select(reader.table).where(reader.table.c._id.in_(ids))).mappings()}  # fmt: skip
    entries = deriver.journal.of_records(ids)
    found: list[Clash] = []
    equal: dict[tuple[Any, ...], list[Clash]] = {}
    for row in rows:
        one = raw[row.record]
        if not one["_visible"]:
            continue
        record = shown[row.record]
        changes = [entry.change for entry in entries[row.record]]
        clash = Clash(
            reader.kind.name, record.record.id, record.circle, row.reg, row.sort, reader.kind.title(record.record),
            deriver.person_of(reader.kind, one), _versions(reader, changes, row.reg, row.sort),
            _before(deriver, reader, one, changes, row), record.bases,
            complete=_is_complete(changes, row.reg),
        )  # fmt: skip
        if row.sort == "equal":
            equal.setdefault(tuple(one[name] for name in reader.kind.distinct), []).append(clash)
        else:
            found.append(clash)
    return found + [_joined(group) for group in equal.values()]


def _versions(reader: Reader, changes: list[Change], register: str, sort: str) -> tuple[Version, ...]:
    """What stands side by side, the shown one first, then the newest."""
    every = [one for one in versions_of(reader.kind, changes) if one.register == register]
    wanted = {one.dot for one in every if one.is_head and one.erased_by is None}
    if register in reader.kind.once:
        view = merge.once(changes, register)
        wanted = set(view.shown | view.beside)
    standing = [one for one in every if one.dot in wanted]
    if sort == "equal":
        standing = [one for one in every if one.is_shown]
    return tuple(sorted(standing, key=lambda one: (not one.is_shown, -one.stamp.hlc, one.dot)))


def _before(
    deriver: Deriver, reader: Reader, row: Mapping[Any, Any], changes: list[Change], listed: Any
) -> tuple[Version, ...]:
    if listed.sort == "deleted":
        return _since(deriver, reader, row, changes)
    dots = before(changes, listed.reg, merge.heads(changes)[listed.reg])
    return tuple(one for one in versions_of(reader.kind, changes) if one.register == listed.reg and one.dot in dots)


def _since(
    deriver: Deriver, reader: Reader, row: Mapping[Any, Any], changes: list[Change]
) -> tuple[Version, ...]:
    """« supprimé, modifié depuis »: what the withdrawal had not seen, in the record or below it."""
    below = [one for _, one in deriver.withdrawals.below(reader.kind.name, row["_uuid"], row["_circle"])]
    entries = deriver.journal.of_records([one.id for one in below])
    here = [entry.change for one in below if one.circle == row["_circle"] for entry in entries[one.id]]
    marks = [change for change in changes if change.values.get(DELETED)]
    unseen = [
        change for change in (*changes, *here)
        if is_content(change) and not any(change.n <= (mark.seen or {}).get(change.desk, 0) for mark in marks)
    ]  # fmt: skip
    # In another circle a withdrawal counts for nothing: what still stands there is what it left behind.
    elsewhere = [one for one in below if one.circle != row["_circle"] and one.standing != Standing.DELETED.value]
    unseen += [entry.change for one in elsewhere for entry in entries[one.id] if is_content(entry.change)]
    found = [one for change in unseen for one in versions_of(None, [change])]
    return tuple(sorted(found, key=lambda one: -one.stamp.hlc))


def _is_complete(changes: list[Change], register: str) -> bool:
    here = {change.dot for change in changes}
    return all(dot in here for change in changes for dot in change.base.get(register, ()))


def _joined(group: list[Clash]) -> Clash:
    """One question for all who hold the same value."""
    first, *others = sorted(group, key=lambda one: (one.record, one.circle))
    return Clash(
        first.kind, first.record, first.circle, first.register, "equal", first.title, first.person,
        tuple(version for one in (first, *others) for version in one.versions), (), first.bases,
        tuple(one.record for one in others), tuple(one.person for one in others),
        all(one.complete for one in (first, *others)),
    )  # fmt: skip
