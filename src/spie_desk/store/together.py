"""Which files are one person's, read off the links' derived table: a handful of rows beside fifty thousand people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, or_, select
from sqlalchemy import column as column_

from spie_desk.domain.listing import Found, PersonRow
from spie_desk.domain.one_person import Groups, Half, face, groups
from spie_desk.domain.records.same_as import SHOWS
from spie_desk.store.derived import Derived
from spie_desk.store.prepared import Prepared, any_listed
from spie_desk.store.reading import Reader

LINK = "same_as"


class LinkedFiles:
    """Asked before every list: with no link it costs one look at an empty table. ``kept`` answers again what it
    found until ``forget``; whoever asks it does so first in its reading: what it then reads is no older than that."""

    def __init__(self, derived: Derived) -> None:
        self.asked: Prepared | None = None
        self._turn, self._kept = 0, (-1, cast("Groups", {}))
        if LINK in derived.tables:
            self.asked = Prepared(_halves(derived))

    def forget(self) -> None:
        """A file or a link changed."""
        self._turn += 1

    def kept(self, connection: Connection) -> Groups:
        turn = self._turn
        kept_in, kept = self._kept
        if kept_in != turn:
            kept = self.read(connection)
            # one assignment: another thread sees both or neither; one that began before a change is asked again
            self._kept = turn, kept
        return kept

    def read(self, connection: Connection) -> Groups:
        if self.asked is None:
            return {}
        return _groups_of(self.asked.all(connection))


class LinkedAround:
    """The same for a few files, looked up from them: asked at every save, it costs one look at nothing."""

    def __init__(self, derived: Derived) -> None:
        self.beside: Prepared | None = None
        if LINK not in derived.tables:
            return
        link, person = derived.tables[LINK], derived.tables["person"]
        # A link that was undone too: those that it held together are to be told apart.
        self.beside = Prepared(select(link.c.other).where(any_listed(link.c.person, "ids", of_bytes=True)).distinct())
        self.halves = Prepared(_halves(derived).where(any_listed(link.c.person, "ids", of_bytes=True)))
        self.hidden = Prepared(select(person.c._uuid).where(
            any_listed(person.c._uuid, "ids", of_bytes=True),
            or_(*(person.c[name] == literal_column("1") for name in derived.kinds["person"].hushed.values())),
        ))  # fmt: skip

    def read(self, connection: Connection, files: Iterable[bytes]) -> tuple[set[bytes], Groups]:
        """These files with all that some link, held or undone, leads to; and those of them that go together."""
        reached, near = set[bytes](), set(files)
        if self.beside is None:
            return near, {}
        alone = True
        while near:
            reached |= near
            near = {other for (other,) in self.beside.all(connection, ids=_listed(near)) if other}
            alone = alone and not near
            near -= reached
        return reached, {} if alone else _groups_of(self.halves.all(connection, ids=_listed(reached)))

    def silent(self, connection: Connection, linked: Groups) -> set[bytes]:
        """The files of whoever asks for silence in any of them."""
        if self.beside is None or not linked:
            return set()
        asked = self.hidden.all(connection, ids=_listed(linked))
        return {file for (one,) in asked for file in linked[one].members}


@lru_cache(maxsize=4)
def around_of(derived: Derived) -> LinkedAround:
    return LinkedAround(derived)


def _halves(derived: Derived) -> Select[Any]:
    """A half counts while the file it stands in is here. Not a join: SQLite would begin with everybody's files."""
    link, person = derived.tables[LINK], derived.tables["person"]
    one: ColumnElement[Any] = literal_column("1")
    here = select(one).where(person.c._uuid == link.c.person, person.c._visible == one).exists()
    shows = (link.c[name] for name in SHOWS.values())
    return select(link.c.person, link.c.other, link.c.main, *shows).where(
        link.c._visible == one, link.c.together == one, here
    )


def _groups_of(rows: Iterable[Sequence[Any]]) -> Groups:
    return groups(
        Half(person, other, main, {name: file for name, file in zip(SHOWS, chosen, strict=True) if file})
        for person, other, main, *chosen in rows
    )


def _listed(files: Iterable[bytes]) -> str:
    return json.dumps([file.hex() for file in files])


class OneRow:
    """The line of a list for one person, whose files may be several: their life together, the name that is shown."""

    def __init__(
        self, reader: Reader, clashes: Mapping[bytes, int], linked: Groups, beside: Mapping[bytes, Any]
    ) -> None:
        self._reader, self._clashes, self._linked, self._beside = reader, clashes, linked, beside

    def of(self, row: Any) -> PersonRow:
        together = self._linked.get(row._uuid)
        rows = [self._beside[file] for file in together.members] if together is not None else [row]
        people = [self._reader.record(one) for one in rows]
        record = face(people, together.choices) if together is not None else people[0]
        coming = min(((one._next_on, one._next_at or "") for one in rows if one._next_on), default=(None, ""))
        return PersonRow(
            id=record.id, name=record.name, birth_year=record.year, number=record.number,
            town="" if record.undisclosed else record.town,
            late_since=_day(min((one._late_since for one in rows if one._late_since), default=None)),
            next_step=next((one._next_step for one in rows if one._next_step), ""), referent=record.referent or None,
            last_contact=_day(max((one._last_contact for one in rows if one._last_contact), default=None)),
            next_on=_day(coming[0]), next_at=coming[1], late=sum(one._late for one in rows),
            clashes=sum(self._clashes.get(one.id, 0) for one in people),
        )  # fmt: skip


def as_one(reader: Reader, rows: Sequence[Any], linked: Groups, found: Sequence[Found]) -> list[Found]:
    """One answer for each group that these rows make up, with the words that one of its files was found by."""
    people = {one.id: one for one in map(reader.record, rows)}
    said = {linked[one.record].main: one.excerpt for one in reversed(found) if one.record in linked}
    groups_here = dict.fromkeys(linked[file] for file in people)
    made = []
    for one in groups_here:
        record = face([people[file] for file in one.members], one.choices)
        # the words around what was found may be those of an address that is not to be given out
        excerpt = "" if record.undisclosed else said.get(one.main, "")
        made.append(Found("person", one.main, one.main, record.name, excerpt, record.year))
    return made


def among(column: ColumnElement[Any], files: Iterable[bytes]) -> ColumnElement[bool]:
    """One of these, however many: the statement stays the same."""
    listed = func.json_each(_listed(files)).table_valued(column_("value"))
    return column.in_(select(func.unhex(listed.c.value)))


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
