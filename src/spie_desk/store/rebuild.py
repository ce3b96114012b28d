"""Makes the derived tables and the index afresh from the journal, in their place or beside them to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, Table, func, select, text

from spie_desk.domain.records import KIND
from spie_desk.store.afresh import Afresh
from spie_desk.store.derived import DERIVATION, PEOPLE, TEXTS, Derived
from spie_desk.store.engine import CACHE
from spie_desk.store.journal import read_meta, write_meta
from spie_desk.store.tables import record
from spie_desk.store.transactions import Transactions

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

STEP = 1000
ROOMY_CACHE = -64000
WORDS, ROOMY_WORDS = 1 << 20, 1 << 24
"""What FTS5 keeps of new words in memory by default, and while everything is derived again."""

_NAME = "derivation"


class RebuildCancelled(Exception):  # noqa: N818 — not an error: the person asked for it
    """The person cancelled: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived table that is not what the journal gives: how many rows lack, how many are too many."""

    table: str
    lacking: int
    extra: int


def is_current(connection: Connection) -> bool:
    """Whether the tables were derived by this version's rules, with this version's fields."""
    return read_meta(connection, _NAME) == _mark()


def mark_current(connection: Connection) -> None:
    write_meta(connection, _NAME, _mark())


def _mark() -> bytes:
    """The rules' number and the fields' print: a field added to a kind must not wait for someone to think of it."""
    kinds = [
        (name, kind.indexed, kind.far, [(item.name, item.register) for item in kind.fields])
        for name, kind in KIND.items()
    ]
    return DERIVATION.to_bytes(4, "big") + sha256(repr(sorted(kinds)).encode()).digest()[:8]


def rebuild(connection: Connection, derived: Derived, progress: Progress, cancelled: Cancelled) -> int:
    """Replace all that is derived, inside the caller's transaction; how many records were derived."""
    _drop_everything_derived(connection)
    derived.create(connection, indexed=False)
    count = _derive_all(connection, derived, progress, cancelled)
    for name in (PEOPLE, TEXTS):
        # What was written in great pieces is not for somebody's next save to put together.
        connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES('optimize')")
    mark_current(connection)
    return count


def check(connection: Connection, derived: Derived, progress: Progress, cancelled: Cancelled) -> list[Difference]:
    """Derive everything a second time and compare; the caller rolls its transaction back."""
    beside = derived.afresh
    beside.create(connection, indexed=False)
    _derive_all(connection, beside, progress, cancelled)
    found = [_compare(connection, table.name, other.name) for table, other in _pairs(derived, beside)]
    found.append(_compare_soles(connection, beside))
    for name in (PEOPLE, TEXTS):
        for table in (name, f"{name}{beside.suffix}"):
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5vocab('main', {table}, row)")
        found.append(_compare(connection, f"temp.{name}_words", f"temp.{name}{beside.suffix}_words"))
    return [one for one in found if one.lacking or one.extra]


def _derive_all(connection: Connection, derived: Derived, progress: Progress, cancelled: Cancelled) -> int:
    total = int(connection.scalar(select(func.count()).select_from(record)) or 0)
    done = 0
    with _roomy(connection, derived):
        afresh = Afresh(connection, derived)
        while step := afresh.batch(STEP):
            done += step
            progress(done, total)
            if cancelled():
                raise RebuildCancelled
        derived.index(connection)
        afresh.finish()
    return done


@contextmanager
def _roomy(connection: Connection, derived: Derived) -> Iterator[None]:
    """More memory than a save needs, so that pages and words are written once and not over and over."""
    _give(connection, derived, words=ROOMY_WORDS)
    connection.exec_driver_sql(f"PRAGMA cache_size={ROOMY_CACHE}")
    try:
        yield
        _give(connection, derived, words=WORDS)
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={CACHE}")


def _give(connection: Connection, derived: Derived, *, words: int) -> None:
    """So many bytes of words wait in memory before the index writes them."""
    for name in (PEOPLE, TEXTS):
        table = f"{name}{derived.suffix}"
        connection.exec_driver_sql(f"INSERT INTO {table}({table}, rank) VALUES('hashsize', {words})")


def _drop_everything_derived(connection: Connection) -> None:
    """By name: an older version's tables, of kinds that are no more, go too."""
    names = connection.scalars(text(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND "
        "(name IN ('head', 'unsettled') OR name LIKE 'rec\\_%' ESCAPE '\\')"
    )).all()  # fmt: skip
    for name in (*names, PEOPLE, TEXTS):
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')


def _pairs(derived: Derived, beside: Derived) -> list[tuple[Table, Table]]:
    return [
        (derived.head, beside.head), (derived.unsettled, beside.unsettled),
        *((derived.tables[name], beside.tables[name]) for name in derived.tables),
    ]  # fmt: skip


def _compare(connection: Connection, table: str, other: str) -> Difference:
    counted = [
        connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT * FROM {first} EXCEPT SELECT * FROM {second})"  # noqa: S608 — declared names
        ).scalar_one()
        for first, second in ((other, table), (table, other))
    ]
    return Difference(table, *(int(count) for count in counted))


def _compare_soles(connection: Connection, beside: Derived) -> Difference:
    counted = connection.exec_driver_sql(
        f"SELECT count(*) FROM record LEFT JOIN {beside.sole.name} AS afresh USING (id) "  # noqa: S608 — declared name
        "WHERE record.seq IS NOT afresh.seq"
    ).scalar_one()
    return Difference("record", int(counted), 0)


def checked(transactions: Transactions, derived: Derived, progress: Progress, cancelled: Cancelled) -> list[Difference]:
    """``check`` in a transaction that is always rolled back: it leaves nothing behind."""
    found: list[Difference] = []
    with suppress(_UndoneError), transactions.writing("check") as connection:
        found = check(connection, derived, progress, cancelled)
        raise _UndoneError
    return found


class _UndoneError(Exception):
    """Rolls a transaction back on purpose."""
