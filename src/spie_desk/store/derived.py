"""The derived tables, made from the kinds' declarations alone: one per kind, heads, what is to settle, the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    null,
    select,
    update,
)  # fmt: skip
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import TypeEngine

from spie_desk.domain.record import Field, Kind
from spie_desk.domain.values import from_value, to_value
from spie_desk.store.prepared import Prepared, any_listed
from spie_desk.store.tables import record

DERIVATION = 3
"""Raised whenever the same journal would give other tables; a store derived by another number is rebuilt."""

PEOPLE, TEXTS = "find_people", "find_texts"

_INDEX = {"automerge": 0, "crisismerge": 64, "pgsz": 3960}
"""Merging while a person waits for « Enregistré » costs more than the save: tidy() merges when idle, and sixty saves
may come before that. A leaf fits what our encrypted pages hold, else each needs a second page for its last bytes."""

SAID = "_said"
"""The change that holds what is far, where it is not the first one."""

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


class Derived:
    """One set of derived tables; ``suffix`` sets a second one beside the first, to compare them."""

    def __init__(self, kinds: Iterable[Kind], suffix: str = "") -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.suffix = suffix
        self.metadata = MetaData()
        self.head = Table(
            f"head{suffix}", self.metadata,
            Column("record", Integer, primary_key=True),
            Column("reg", Text, primary_key=True),
            Column("seq", Integer, primary_key=True),
            sqlite_with_rowid=False,
        )  # fmt: skip
        self.unsettled = Table(
            f"unsettled{suffix}", self.metadata,
            Column("record", Integer, primary_key=True),
            Column("reg", Text, primary_key=True),
            Column("sort", Text, primary_key=True),
            sqlite_with_rowid=False,
        )  # fmt: skip
        self.sole = Table(
            f"sole{suffix}", self.metadata,
            Column("id", Integer, primary_key=True),
            Column("seq", Integer),
        ) if suffix else record  # fmt: skip
        self.tables = {name: _table(kind, self.metadata, suffix) for name, kind in self.kinds.items()}

    @cached_property
    def afresh(self) -> Derived:
        """The same tables once more, beside."""
        return Derived(self.kinds.values(), "__afresh")

    @cached_property
    def children(self) -> dict[str, list[Kind]]:
        """Name of a kind that has some → the kinds that hang under it."""
        found: dict[str, list[Kind]] = {}
        for kind in self.kinds.values():
            if kind.parent_kind:
                found.setdefault(kind.parent_kind, []).append(kind)
        return found

    @cached_property
    def asks(self) -> Statements:
        return Statements(self)

    def create(self, connection: Connection, *, indexed: bool = True) -> None:
        """``indexed`` may wait until the tables are full (``index``): sorting once is quicker than inserting."""
        for table in self.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        if indexed:
            self.index(connection)
        for name in (PEOPLE, TEXTS):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {name}{self.suffix} USING fts5(words, content='', "
                "contentless_delete=1, detail=none, prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 0')"
            )
            for setting, value in _INDEX.items():
                connection.exec_driver_sql(
                    f"INSERT INTO {name}{self.suffix}({name}{self.suffix}, rank) VALUES('{setting}', {value})"
                )

    def index(self, connection: Connection) -> None:
        for table in self.metadata.sorted_tables:
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                connection.execute(CreateIndex(index, if_not_exists=True))

    def drop(self, connection: Connection) -> None:
        self.metadata.drop_all(connection)
        for name in (PEOPLE, TEXTS):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}{self.suffix}")


@cache
def derived_of(kinds: tuple[Kind, ...]) -> Derived:
    """The tables of these kinds, described once in a process: thirty tables take longer to spell than to open."""
    return Derived(kinds)


class Statements:
    """What every save asks of these tables and writes there. By kind's name: a row, a new row, a changed row, where a
    record stands that others may hang under."""

    def __init__(self, derived: Derived) -> None:
        head, unsettled, sole = derived.head, derived.unsettled, derived.sole
        here: BindParameter[int] = bindparam("_row")
        self.row = {name: Prepared(select(one).where(one.c._id == here)) for name, one in derived.tables.items()}
        self.new_row = {name: Prepared(insert(one)) for name, one in derived.tables.items()}
        self.changed_row = {
            name: Prepared(update(one).where(one.c._id == here)) for name, one in derived.tables.items()
        }
        self.above = {name: Prepared(_above(derived.tables[name], kind)) for name, kind in derived.kinds.items()}
        self.people = Prepared(_listed(derived.tables["person"], "_uuid")) if "person" in derived.kinds else None
        self.hanging = {
            name: Prepared(_listed(derived.tables[name], kind.parent).where(derived.tables[name].c._visible))
            for name, kind in derived.kinds.items() if kind.finds_parent and kind.parent
        }  # fmt: skip
        self.heads_of = Prepared(
            select(head.c.record, head.c.reg, head.c.seq).where(any_listed(head.c.record, "records"))
        )
        self.soles = Prepared(select(sole.c.id, sole.c.seq).where(any_listed(sole.c.id, "records")))
        self.heads = Prepared(select(head.c.reg, head.c.seq).where(head.c.record == here))
        self.new_head = Prepared(insert(head))
        self.no_heads = Prepared(delete(head).where(head.c.record == here))
        self.sole = Prepared(select(sole.c.seq).where(sole.c.id == here))
        # Beside the journal's own table, « sole » stands in a column that is there already.
        self.new_sole = Prepared(
            insert(sole)
            if derived.suffix
            else update(sole).where(sole.c.id == bindparam("id")).values(seq=bindparam("seq"))
        )
        self.new_unsettled = Prepared(insert(unsettled))
        self.settled = Prepared(
            delete(unsettled).where(unsettled.c.record == here, unsettled.c.sort == bindparam("sort"))
        )
        self.new_words = {
            name: f"INSERT INTO {name}{derived.suffix}(rowid, words) VALUES(?, ?)" for name in (PEOPLE, TEXTS)
        }
        self.no_words = {
            name: f"DELETE FROM {name}{derived.suffix} WHERE rowid = ?"  # noqa: S608 — one of two constants
            for name in (PEOPLE, TEXTS)
        }


def _listed(table: Table, name: str) -> Select[Any]:
    """Where each record stands that has one of these ids in this column, and which."""
    wanted = table.c[name]
    return select(table.c._id, wanted).where(any_listed(wanted, "ids", of_bytes=True)).order_by(table.c._id)


def _above(table: Table, kind: Kind) -> Select[Any]:
    """Its place, circle, mark, and what it hangs under itself (nothing for a kind that has no parent)."""
    parent = table.c[kind.parent] if kind.parent else null()
    return select(table.c._id, table.c._circle, table.c._marked, parent).where(table.c._uuid == bindparam("uuid"))


def _table(kind: Kind, metadata: MetaData, suffix: str) -> Table:
    name = f"rec_{kind.name}{suffix}"
    columns = [Column(item.name, _column_type(item)) for item in kind.near]
    if kind.far:
        columns.append(Column(SAID, Integer))
    table = Table(
        name, metadata,
        Column("_id", Integer, primary_key=True),
        Column("_uuid", LargeBinary, nullable=False),
        Column("_circle", Integer, nullable=False),
        Column("_visible", Boolean, nullable=False),
        Column("_complete", Boolean, nullable=False),
        Column("_standing", Text, nullable=False),
        Column("_marked", Boolean, nullable=False),
        Column("_hidden", Boolean, nullable=False),
        Column("_clashing", Text, nullable=False),
        Column("_beside", Text, nullable=False),
        Column("_erased", Text, nullable=False),
        Column("_signed", Text, nullable=False),
        Column("_unknown", Integer, nullable=False),
        Column("_first", Integer, nullable=False),
        Column("_first_person", LargeBinary, nullable=False),
        Column("_last", Integer, nullable=False),
        Column("_last_person", LargeBinary, nullable=False),
        Column("_sort", Text, nullable=False),
        *columns,
    )  # fmt: skip
    for place, names in enumerate(_indexes(kind)):
        Index(f"{name}_{place}", *(table.c[one] for one in names))
    return table


def _indexes(kind: Kind) -> list[tuple[str, ...]]:
    """By id; under its parent, newest date known; by what lists sort and filter by; by what two must not share."""
    found: list[tuple[str, ...]] = [("_uuid",)]
    if kind.parent:
        dates = [name for name in kind.indexed if kind.by_name[name].type is date]
        found.append((kind.parent, *dates[:1], "_visible"))
    found += [(name,) for name in kind.indexed if name != kind.parent]
    if kind.sorted_by:
        found.append(("_sort",))
    if kind.distinct:
        found.append(kind.distinct)
    return found


def _column_type(item: Field) -> TypeEngine[Any]:
    if item.type is bool:
        return Boolean()
    if item.type is int:
        return Integer()
    return LargeBinary() if item.type is bytes else Text()


def to_column(item: Field, value: Any) -> Any:
    """The field's value as its column holds it: dates as ISO text, tuples as JSON; out of reach is empty."""
    if value is None or isinstance(value, str | bytes | bool):
        return value
    if isinstance(value, int):
        return value if _LOWEST <= value <= _HIGHEST else None
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(to_value(value), ensure_ascii=False)


def reader_of(item: Field) -> Callable[[Any], Any] | None:
    """How this field's column is read back; None for one that is read as it stands."""
    if item.type is date:
        return lambda value: None if value is None else date.fromisoformat(value)
    if getattr(item.type, "__origin__", None) is tuple:
        return lambda value: from_value(item, json.loads(value) if value else None)
    if item.type is int and not item.optional:
        return lambda value: from_value(item, value)
    if item.type is bool:
        return lambda value: None if value is None else bool(value)
    return None
