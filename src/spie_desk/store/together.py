"""Which files are one person's, read off the links' derived table: a handful of rows beside fifty thousand people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, func, literal_column, select
from sqlalchemy import column as column_

from spie_desk.domain.listing import Found, PersonRow
from spie_desk.domain.one_person import Groups, Half, face, groups
from spie_desk.domain.records.same_as import SHOWS
from spie_desk.store.derived import Derived
from spie_desk.store.prepared import Prepared
from spie_desk.store.reading import Reader


class LinkedFiles:
    """Asked before every list: with no link it costs one look at an empty table. ``kept`` answers again what it
    found until ``forget``; whoever asks it does so first in its reading: what it then reads is no older than that."""

    def __init__(self, derived: Derived) -> None:
        self.asked: Prepared | None = None
        self._turn, self._kept = 0, (-1, cast("Groups", {}))
        if "same_as" not in derived.tables:
            return
        link, person = derived.tables["same_as"], derived.tables["person"]
        one: ColumnElement[Any] = literal_column("1")
        # A half counts while the file it stands in is here. Not a join: SQLite would begin with everybody's files.
        here = select(one).where(person.c._uuid == link.c.person, person.c._visible == one).exists()
        self.asked = Prepared(
            select(link.c.person, link.c.other, link.c.main, *(link.c[name] for name in SHOWS.values()))
            .where(link.c._visible == one, link.c.together == one, here)
        )

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
        return groups(
            Half(person, other, main, {name: file for name, file in zip(SHOWS, chosen, strict=True) if file})
            for person, other, main, *chosen in self.asked.all(connection)
        )


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
    people = {row._uuid: reader.record(row) for row in rows}
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
    listed = func.json_each(json.dumps([file.hex() for file in files])).table_valued(column_("value"))
    return column.in_(select(func.unhex(listed.c.value)))


def parts_of(words: str) -> list[str]:
    """What was asked, piece by piece, a number whole: one file may have the name and the other the phone."""
    return re.findall(r"\d[\d\s.]*(?=\s|$)|\S+", words) or [""]


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
