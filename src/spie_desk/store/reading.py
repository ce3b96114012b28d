"""From derived rows back to records as they are shown: value, bases on screen, stamps, what clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, or_, select

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.shown import Bases, Shown, Stamp
from spie_desk.store import tables
from spie_desk.store.derived import Derived, reader_of, to_column
from spie_desk.store.heads import NONE
from spie_desk.store.rows import bases_in, names_in
from spie_sync.change import Base, Dot
from spie_sync.merge import Standing

BATCH = 500

_sole, _first, _last = tables.change.alias("sole_change"), tables.change.alias("first"), tables.change.alias("last")
_first_deed, _last_deed = tables.deed.alias("first_deed"), tables.deed.alias("last_deed")

_COMPARED: Mapping[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    ">=": lambda column, value: column >= value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    "<": lambda column, value: column < value,
    "!=": lambda column, value: column.is_distinct_from(value),
}


class Reader:
    """Reads one kind's rows."""

    def __init__(self, derived: Derived, kind: Kind) -> None:
        self.derived, self.kind, self.table = derived, kind, derived.tables[kind.name]
        self._readers = [(item.name, reader_of(item)) for item in kind.fields]
        # A literal, not a parameter: the planner then knows which rows a covering index already excludes.
        self.visible = self.table.c._visible == literal_column("1")

    def statement(self) -> Select[Any]:
        table, sole = self.table, self.derived.sole
        return (
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

    def all(self, connection: Connection, statement: Select[Any]) -> list[Shown[Any]]:
        rows = connection.execute(statement).mappings().all()
        listed = self._listed(connection, [row["_id"] for row in rows])
        return [self._shown(row, listed.get(row["_id"], {})) for row in rows]

    def where(self, wanted: Mapping[str, Any] | None) -> list[ColumnElement[bool]]:
        return [self._condition(name, value) for name, value in (wanted or {}).items()]

    def order(self, names: Sequence[str]) -> list[ColumnElement[Any]]:
        found: list[ColumnElement[Any]] = []
        for name in names:
            column = self._column(name.removeprefix("-"))
            found.append(column.desc() if name.startswith("-") else column.asc())
        last = self.table.c._id.desc() if names and names[0].startswith("-") else self.table.c._id.asc()
        return [*found, last]

    def record(self, row: Mapping[Any, Any]) -> Any:
        """The record that a row spells."""
        return self.kind.type(id=row["_uuid"], **{name: read(row[name]) for name, read in self._readers})

    def _condition(self, name: str, value: Any) -> ColumnElement[bool]:
        column = self._column(name)
        item = self.kind.by_name.get(name)
        if value is None:
            blank: Any = b"" if item is not None and item.type is bytes else ""
            return or_(column.is_(None), column == blank)
        if isinstance(value, tuple | list | set | frozenset):
            if isinstance(value, tuple) and len(value) == 2 and value[0] in _COMPARED:
                return _COMPARED[value[0]](column, _plain(item, value[1]))
            return column.in_([_plain(item, one) for one in value])
        equal: ColumnElement[bool] = column == _plain(item, value)
        return equal

    def _column(self, name: str) -> ColumnElement[Any]:
        if name == "id":
            return self.table.c._uuid
        return self.table.c[self.kind.by_name[name].name]

    def _listed(self, connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, set[Dot]]]:
        head, found = self.derived.head, dict[int, dict[str, set[Dot]]]()
        for start in range(0, len(ids), BATCH):
            rows = connection.execute(
                select(head.c.record, head.c.reg, head.c.seq, tables.desk.c.uuid, tables.change.c.n)
                .outerjoin(tables.change, tables.change.c.seq == head.c.seq)
                .outerjoin(tables.desk, tables.desk.c.id == tables.change.c.desk)
                .where(head.c.record.in_(ids[start : start + BATCH]))
            )
            for record, register, seq, desk, n in rows:
                dots = found.setdefault(record, {}).setdefault(register, set())
                if seq != NONE:
                    dots.add(Dot(desk, n))
        return found

    def _shown(self, row: Mapping[Any, Any], listed: Mapping[str, set[Dot]]) -> Shown[Any]:
        sole = None if row["_sole_desk"] is None else Dot(row["_sole_desk"], row["_sole_n"])
        bases: dict[str, Base] = {name: frozenset(dots) for name, dots in listed.items()}
        return Shown(
            record=self.record(row), kind=self.kind.name, circle=row["_circle_uuid"],
            bases=Bases(sole, bases | bases_in(row["_signed"])),
            first=Stamp(row["_first_person"], row["_first_hlc"], row["_first_deed"], row["_first_kind"]),
            last=Stamp(row["_last_person"], row["_last_hlc"], row["_last_deed"], row["_last_kind"]),
            clashing=names_in(row["_clashing"]), beside=names_in(row["_beside"]), erased=names_in(row["_erased"]),
            contested=row["_standing"] == Standing.CONTESTED.value,
        )  # fmt: skip


def _plain(item: Field | None, value: Any) -> Any:
    return value if item is None else to_column(item, value)


def readers(derived: Derived, kinds: Iterable[str] | None = None) -> dict[str, Reader]:
    return {name: Reader(derived, derived.kinds[name]) for name in (kinds or derived.kinds)}
