"""From derived rows back to records as they are shown: value, bases on screen, stamps, what clashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal_column, or_, select
from sqlalchemy.types import NullType

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.shown import Bases, Shown, Stamp
from spie_desk.domain.values import from_value
from spie_desk.store import tables
from spie_desk.store.derived import SAID, Derived, reader_of, to_column
from spie_desk.store.heads import NONE
from spie_desk.store.packing import unpacked
from spie_desk.store.prepared import Prepared, any_listed
from spie_desk.store.rows import bases_in, names_in
from spie_sync.change import Base, Dot
from spie_sync.merge import Standing

_sole, _first, _last = tables.change.alias("sole_change"), tables.change.alias("first"), tables.change.alias("last")
_said = tables.change.alias("said")
_STAMPS = 9
"""Columns of ``Reader.statement`` after the table's own."""
_first_deed, _last_deed = tables.deed.alias("first_deed"), tables.deed.alias("last_deed")

_COMPARED: Mapping[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    ">=": lambda column, value: column >= value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    "<": lambda column, value: column < value,
    "!=": lambda column, value: column.is_distinct_from(value),
    "=": lambda column, value: column == value,
}

Asked = tuple[tuple[str, str], ...]
"""Which fields are asked after and how: what decides the statement, beside the values that it binds."""


class Reader:
    """Reads one kind's rows. A question of the same shape is put into SQL once."""

    def __init__(self, derived: Derived, kind: Kind) -> None:
        self.derived, self.kind, self.table = derived, kind, derived.tables[kind.name]
        self._names = [item.name for item in kind.near]
        self._far = [kind.by_name[name] for name in kind.far]
        place = {name: number for number, name in enumerate(self.table.columns.keys())}
        self._cells = itemgetter(*(place[name] for name in self._names))
        self._reads = [(item.name, read) for item in kind.near if (read := reader_of(item)) is not None]
        self._place, self._after = place, len(place)
        # A literal, not a parameter: the planner then knows which rows a covering index already excludes.
        self.visible = self.table.c._visible == literal_column("1")
        self._found: dict[tuple[Asked, tuple[str, ...]], Prepared] = {}
        self._counted: dict[Asked, Prepared] = {}
        self._heads = Prepared(_heads_of(derived))
        bare = select(self.table).where(any_listed(self.table.c._id, "ids"), self.visible)
        self._standing = Prepared(self._saying(bare.select_from(self.table)))

    def _saying(self, statement: Select[Any]) -> Select[Any]:
        """The same, each row ending with the body of the change that holds what the table does not."""
        if not self._far:
            return statement
        said = func.coalesce(self.table.c[SAID], self.table.c._first)
        return statement.add_columns(_said.c.body.label("_body")).join(_said, _said.c.seq == said)

    def statement(self) -> Select[Any]:
        table, sole = self.table, self.derived.sole
        return self._saying(
            select(
                table, tables.circle.c.uuid.label("_circle_uuid"),
                _sole.c.n.label("_sole_n"), tables.desk.c.uuid.label("_sole_desk"),
                _first.c.hlc.label("_first_hlc"), _first_deed.c.uuid.label("_first_deed"),
                _first_deed.c.kind.label("_first_kind"), _last.c.hlc.label("_last_hlc"),
                _last_deed.c.uuid.label("_last_deed"), _last_deed.c.kind.label("_last_kind"),
            )
            .select_from(table)
            .join(tables.circle, tables.circle.c.id == table.c._circle)
            .join(sole, sole.c.id == table.c._id)
            .outerjoin(_sole, _sole.c.seq == sole.c.seq)
            .outerjoin(tables.desk, tables.desk.c.id == _sole.c.desk)
            .join(_first, _first.c.seq == table.c._first)
            .join(_first_deed, _first_deed.c.id == _first.c.deed)
            .join(_last, _last.c.seq == table.c._last)
            .join(_last_deed, _last_deed.c.id == _last.c.deed)
        )  # fmt: skip

    def find(self, connection: Connection, where: Mapping[str, Any] | None, order: Sequence[str] = (), *,
             limit: int | None = None, offset: int = 0) -> list[Shown[Any]]:  # fmt: skip
        """Standing records, as ``Records.find`` says."""
        asked, values = self._asked(where)
        shape = asked, tuple(order)
        if shape not in self._found:
            statement = self.statement().where(self.visible, *self._conditions(asked)).order_by(*self.order(order))
            self._found[shape] = Prepared(statement.limit(bindparam("_limit")).offset(bindparam("_offset")))
        limit = -1 if limit is None else limit
        return self._all(connection, self._found[shape].all(connection, _limit=limit, _offset=offset, **values))

    def count(self, connection: Connection, where: Mapping[str, Any] | None) -> int:
        asked, values = self._asked(where)
        if asked not in self._counted:
            conditions = self.visible, *self._conditions(asked)
            self._counted[asked] = Prepared(select(func.count()).select_from(self.table).where(*conditions))
        return int(self._counted[asked].value(connection, **values))

    def standing(self, connection: Connection, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The bare rows of these places, those that show."""
        return self._standing.all(connection, ids=json.dumps(ids))

    def all(self, connection: Connection, statement: Select[Any],
            where: Mapping[str, Any] | None = None) -> list[Shown[Any]]:  # fmt: skip
        """The records of a statement that is asked seldom."""
        asked, values = self._asked(where)
        return self._all(connection, connection.execute(statement.where(*self._conditions(asked)), values).all())

    def order(self, names: Sequence[str]) -> list[ColumnElement[Any]]:
        found: list[ColumnElement[Any]] = []
        for name in names:
            column = self._column(name.removeprefix("-"))
            found.append(column.desc() if name.startswith("-") else column.asc())
        last = self.table.c._id.desc() if names and names[0].startswith("-") else self.table.c._id.asc()
        return [*found, last]

    def record(self, row: Sequence[Any]) -> Any:
        """The record that a row spells; the row begins with the table's columns."""
        cells = dict(zip(self._names, self._cells(row), strict=True))
        for name, read in self._reads:
            cells[name] = read(cells[name])
        if self._far:
            said = json.loads(unpacked(row[-1]))["values"].get(self._far[0].register)
            group = said if isinstance(said, dict) else {}
            cells |= {item.name: from_value(item, group.get(item.name)) for item in self._far}
        return self.kind.type(id=row[self._place["_uuid"]], **cells)

    def _asked(self, where: Mapping[str, Any] | None) -> tuple[Asked, dict[str, Any]]:
        asked: list[tuple[str, str]] = []
        values: dict[str, Any] = {}
        for name, value in (where or {}).items():
            item = self.kind.by_name.get(name)
            how, bound = _how(item, value)
            asked.append((name, how))
            if how != "none":
                values[f"_{len(asked)}"] = bound
        return tuple(asked), values

    def _conditions(self, asked: Asked) -> list[ColumnElement[bool]]:
        return [self._condition(name, how, f"_{place}") for place, (name, how) in enumerate(asked, 1)]

    def _condition(self, name: str, how: str, bound: str) -> ColumnElement[bool]:
        column = self._column(name)
        item = self.kind.by_name.get(name)
        if how == "none":
            blank: Any = literal_column("x''" if item is not None and item.type is bytes else "''")
            return or_(column.is_(None), column == blank)
        if how == "any":
            return any_listed(column, bound, of_bytes=item is None or item.type is bytes)
        return _COMPARED[how](column, bindparam(bound, type_=NullType()))

    def _column(self, name: str) -> ColumnElement[Any]:
        if name == "id":
            return self.table.c._uuid
        return self.table.c[self.kind.by_name[name].name]

    def _all(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> list[Shown[Any]]:
        if not rows:
            return []
        place = self._place["_id"]
        listed: dict[int, dict[str, set[Dot]]] = {}
        ids = json.dumps([row[place] for row in rows])
        for record, register, seq, desk, n in self._heads.all(connection, records=ids):
            dots = listed.setdefault(record, {}).setdefault(register, set())
            if seq != NONE:
                dots.add(Dot(desk, n))
        return [self._shown(row, listed.get(row[place], {})) for row in rows]

    def _shown(self, row: Sequence[Any], listed: Mapping[str, set[Dot]]) -> Shown[Any]:
        (circle, sole_n, sole_desk, first_hlc, first_deed, first_kind,
         last_hlc, last_deed, last_kind) = row[self._after : self._after + _STAMPS]  # fmt: skip
        cell = self._place
        bases: dict[str, Base] = {name: frozenset(dots) for name, dots in listed.items()}
        return Shown(
            record=self.record(row), kind=self.kind.name, circle=circle,
            bases=Bases(None if sole_desk is None else Dot(sole_desk, sole_n), bases | bases_in(row[cell["_signed"]])),
            first=Stamp(row[cell["_first_person"]], first_hlc, first_deed, first_kind),
            last=Stamp(row[cell["_last_person"]], last_hlc, last_deed, last_kind),
            clashing=names_in(row[cell["_clashing"]]), beside=names_in(row[cell["_beside"]]),
            erased=names_in(row[cell["_erased"]]), contested=row[cell["_standing"]] == Standing.CONTESTED.value,
        )  # fmt: skip


def _how(item: Field | None, value: Any) -> tuple[str, Any]:
    """How a field is asked after, and what is bound."""
    if value is None:
        return "none", None
    if not isinstance(value, tuple | list | set | frozenset):
        return "=", _plain(item, value)
    if isinstance(value, tuple) and len(value) == 2 and value[0] in _COMPARED:
        return value[0], _plain(item, value[1])
    plain = [_plain(item, one) for one in value]
    return "any", json.dumps([one.hex() if isinstance(one, bytes) else one for one in plain])


def _plain(item: Field | None, value: Any) -> Any:
    return value if item is None else to_column(item, value)


def _heads_of(derived: Derived) -> Select[Any]:
    head = derived.head
    return (
        select(head.c.record, head.c.reg, head.c.seq, tables.desk.c.uuid, tables.change.c.n)
        .outerjoin(tables.change, tables.change.c.seq == head.c.seq)
        .outerjoin(tables.desk, tables.desk.c.id == tables.change.c.desk)
        .where(any_listed(head.c.record, "records"))
    )  # fmt: skip


class Readers(dict[str, Reader]):
    """The reader of each kind, made when it is first asked for."""

    def __init__(self, derived: Derived) -> None:
        super().__init__()
        self._derived = derived

    def __missing__(self, kind: str) -> Reader:
        self[kind] = made = Reader(self._derived, self._derived.kinds[kind])
        return made


def readers(derived: Derived) -> Readers:
    return Readers(derived)
