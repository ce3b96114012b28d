"""The few lists with a SELECT of their own: people, search, and who may be the same person."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, literal_column, or_, select, text

from spie_desk.domain.listing import Called, Found, Held, PersonFilter, PersonRow
from spie_desk.domain.one_person import Groups
from spie_desk.domain.record import Kind
from spie_desk.domain.records.action import OPEN_STATUSES
from spie_desk.domain.shown import Touched
from spie_desk.domain.words import phone_digits, tokens
from spie_desk.store import lookups, tables
from spie_desk.store.derived import PEOPLE, TEXTS, Derived
from spie_desk.store.glimpses import Glimpses
from spie_desk.store.index import PERSON, SOUND, any_of, match_of
from spie_desk.store.prepared import Prepared, any_listed, driver
from spie_desk.store.questions import Questions
from spie_desk.store.reading import readers
from spie_desk.store.together import LinkedFiles, OneRow, among, as_one
from spie_desk.store.transactions import Transactions

_ONE: ColumnElement[Any] = literal_column("1")
_AROUND = 70


class StoredLists:
    """Lists that stay quick at fifty thousand people; ``today`` is handed in."""

    def __init__(self, transactions: Transactions, derived: Derived, today: Callable[[], date]) -> None:
        self._transactions, self._derived, self._today = transactions, derived, today
        self._readers = readers(derived)
        self._linked = LinkedFiles(derived)
        self._spelled: tuple[str, Select[Any]] = ("", select())

    def people(self, wanted: PersonFilter, *, limit: int = 500, offset: int = 0) -> list[PersonRow]:
        table = self._derived.tables["person"]
        with self._transactions.reading() as connection:
            linked = self._linked.kept(connection)
            statement = self._statement().where(*self._where(connection, wanted, linked))
            rows = connection.execute(statement.order_by(table.c._sort, table.c._id).limit(limit).offset(offset)).all()
            clashes = self._questions.of_everyone(connection, linked)
            beside = {row._uuid: row for row in rows if row._uuid in linked}
            others = {file for main in beside for file in linked[main].members} - beside.keys()
            if others:
                more = self._statement().where(table.c._visible == _ONE, among(table.c._uuid, others))
                beside |= {row._uuid: row for row in connection.execute(more)}
        one_row = OneRow(self._readers["person"], clashes, linked, beside)
        return [one_row.of(row) for row in rows]

    def _statement(self) -> Select[Any]:
        """Built once a day: building it takes as long as reading fifty people."""
        day = self._today().isoformat()
        kept_on, kept = self._spelled
        if kept_on != day:
            kept = self._spell(day)
            self._spelled = day, kept
        return kept

    def _spell(self, day: str) -> Select[Any]:
        return select(
            self._derived.tables["person"], self._last_contact(), self._next(day, "on"), self._next(day, "at"),
            self._late(day, func.count(), "_late"),
            self._late(day, func.min(self._derived.tables["action"].c.due_on), "_late_since"), self._next_step(),
        )  # fmt: skip

    def count_people(self, wanted: PersonFilter) -> int:
        table = self._derived.tables["person"]
        with self._transactions.reading() as connection:
            where = self._where(connection, wanted, self._linked.kept(connection))
            return int(connection.scalar(select(func.count()).select_from(table).where(*where)) or 0)

    def heard(self, touched: Touched) -> None:
        """A transaction is over: links are read again if it touched any."""
        if touched.touches("same_as", PERSON):
            self._linked.forget()

    def together(self) -> Groups:
        with self._transactions.reading() as connection:
            return self._linked.kept(connection)

    def _where(self, connection: Connection, wanted: PersonFilter, linked: Groups) -> list[ColumnElement[bool]]:
        """What a row must meet; files that are one person's are asked apart, few as they are, and show once."""
        alone = self._conditions(wanted)
        if not linked:
            return alone
        table = self._derived.tables["person"]
        if wanted == PersonFilter(words=wanted.words):
            # each of her files is found by the words of all
            return [*alone, ~among(table.c._uuid, (file for file, one in linked.items() if file != one.main))]
        found = self._groups_found(connection, wanted, linked)
        hidden = [file for file in linked if file not in found]
        # what its main file meets by itself is met; only what another file meets is asked beside
        beside = [main for main, alone_too in found.items() if not alone_too]
        rest = and_(*alone, ~among(table.c._uuid, hidden))
        return [or_(rest, and_(table.c._visible == _ONE, among(table.c._uuid, beside)))] if beside else [rest]

    def _groups_found(self, connection: Connection, wanted: PersonFilter, linked: Groups) -> dict[bytes, bool]:
        """The main files whose group is wanted, and whether they are by themselves: what one of its files has, it has;
        what it lacks, they all lack."""
        table = self._derived.tables["person"]
        some = replace(wanted, without_referent=False, silent_since=None)
        every = PersonFilter(without_referent=wanted.without_referent, silent_since=wanted.silent_since)

        def having(part: PersonFilter, more: Sequence[ColumnElement[bool]] = ()) -> set[bytes]:
            conditions = [among(table.c._uuid, linked), *self._conditions(part), *more]
            return set(connection.scalars(select(table.c._uuid).where(*conditions)))

        have = having(some) if some != PersonFilter() else set(linked)
        asks_all = every != PersonFilter() or bool(wanted.commune)
        lack = having(every, [_disclosed(table)] if wanted.commune else ()) if asks_all else set(linked)
        groups = dict.fromkeys(linked.values())
        return {one.main: one.main in have and one.main in lack for one in groups
                if not have.isdisjoint(one.members) and lack.issuperset(one.members)}

    def search(self, words: str, limit: int = 50) -> list[Found]:
        match = match_of(words)
        if not match:
            return []
        with self._transactions.reading() as connection:
            linked = self._linked.kept(connection)
            people = self._found(connection, PEOPLE, match, limit)
            texts = self._found(connection, TEXTS, match, limit)
            kept = max(limit - len(texts), limit // 2)
            people = people[:kept]
            texts = texts[: limit - len(people)]
            found = self._as_found(connection, people, texts, tokens(words))
            return self._one_each(connection, found, linked)

    def search_people(self, words: str, limit: int = 50) -> list[Found]:
        return self._search_in(PEOPLE, words, limit)

    def search_texts(self, words: str, limit: int = 50) -> list[Found]:
        """Notes and whatever else is written about people."""
        return self._search_in(TEXTS, words, limit)

    def _search_in(self, index: str, words: str, limit: int) -> list[Found]:
        match = match_of(words)
        if not match:
            return []
        with self._transactions.reading() as connection:
            linked = self._linked.kept(connection)
            places = self._found(connection, index, match, limit)[:limit]
            if index == TEXTS:
                return self._as_found(connection, [], places, tokens(words))
            return self._one_each(connection, self._as_found(connection, places, [], tokens(words)), linked)

    def _one_each(self, connection: Connection, found: list[Found], linked: Groups) -> list[Found]:
        """One answer for each person: the main of their files, found by the words of all."""
        if not linked:
            return found
        people = [one for one in found if one.kind == "person"]
        mains = {linked[one.record].main for one in people if one.record in linked}
        if not mains:
            return found
        wanted = [file.hex() for main in mains for file in linked[main].members]
        rows = self._whole.all(connection, files=json.dumps(wanted))
        whole = as_one(self._readers["person"], rows, linked, people)
        rest = [one for one in people if one.record not in linked]
        return [*whole, *rest, *(one for one in found if one.kind != "person")]

    def likely(self, sounds: frozenset[str], phones: frozenset[str], births: frozenset[str],
               limit: int = 50) -> list[bytes]:  # fmt: skip
        """The birth date and the phone first, then two sounds together, then any sound; newest first."""
        table = self._derived.tables["person"]
        heard = sorted(f"{SOUND}{sound}" for sound in sounds)
        pairs = " OR ".join(f'("{one}" AND "{other}")' for place, one in enumerate(heard) for other in heard[:place])
        dialled = [number for phone in phones if (number := phone_digits(phone))]
        found: dict[bytes, None] = {}
        with self._transactions.reading() as connection:
            for asked in (self._born(table, births), any_of(dialled), pairs, any_of(heard)):
                if (isinstance(asked, str) and not asked) or len(found) >= limit:
                    continue
                where = _matching(table.c._id, PEOPLE, asked) if isinstance(asked, str) else asked
                rows = connection.scalars(
                    select(table.c._uuid).where(table.c._visible == _ONE, where)
                    .order_by(table.c._id.desc()).limit(limit)
                )  # fmt: skip
                found |= dict.fromkeys(rows)
        return list(found)[:limit]

    def called(self, after: int = 0, limit: int = 2000) -> list[Called]:
        with self._transactions.reading() as connection:
            return lookups.called(connection, after, limit)

    def phones(self, after: int = 0, limit: int = 2000) -> list[Held]:
        with self._transactions.reading() as connection:
            return lookups.phones(connection, after, limit)

    def numbers(self, scheme: str, after: int = 0, limit: int = 2000) -> list[Held]:
        with self._transactions.reading() as connection:
            return lookups.numbers(connection, scheme, after, limit)

    def holders(self, scheme: str, values: Collection[str]) -> list[Held]:
        with self._transactions.reading() as connection:
            return lookups.holders(connection, scheme, values)

    def _born(self, table: Table, births: frozenset[str]) -> ColumnElement[bool] | str:
        if not births:
            return ""
        days = [birth for birth in births if len(birth) > 4]
        years = [int(birth) for birth in births if len(birth) == 4 and birth.isdecimal()]
        return or_(table.c.born_on.in_(days), table.c.birth_year.in_(years))

    def _conditions(self, wanted: PersonFilter) -> list[ColumnElement[bool]]:
        table = self._derived.tables["person"]
        found: list[ColumnElement[bool]] = [table.c._visible == _ONE]
        if wanted.words.strip():
            match = match_of(wanted.words)
            found.append(_matching(table.c._id, PEOPLE, match) if match else literal_column("0") == _ONE)
        if wanted.referent is not None:
            found.append(table.c.referent == wanted.referent)
        if wanted.member is not None:
            found.append(self._is_member(wanted.member))
        if wanted.without_referent:
            found.append(or_(table.c.referent.is_(None), table.c.referent == b""))
        if wanted.silent_since is not None:
            found.append(self._is_silent(wanted.silent_since))
        if wanted.commune:
            # an address not to be disclosed is not disclosed by a filter either
            found.append(table.c.town_code == wanted.commune)
            found.append(_disclosed(table))
        if wanted.clashing:
            with self._transactions.reading() as connection:
                waiting = self._questions.of_everyone(connection, self._linked.kept(connection))
                found.append(among(table.c._uuid, waiting))
        return found

    def _is_member(self, professional: bytes) -> ColumnElement[bool]:
        person, member = self._derived.tables["person"], self._derived.tables["membership"]
        day = self._today().isoformat()
        return person.c._uuid.in_(
            select(member.c.person).where(
                member.c.professional == professional, member.c._visible == _ONE,
                or_(member.c.until.is_(None), member.c.until >= day),
                or_(member.c.since.is_(None), member.c.since <= day),
            )
        )  # fmt: skip

    def _is_silent(self, since: date) -> ColumnElement[bool]:
        """No note since that day, and followed for longer: a file opened this week is not silent."""
        person, note = self._derived.tables["person"], self._derived.tables["note"]
        written = select(_ONE).where(
            note.c.person == person.c._uuid, note.c.on >= since.isoformat(), note.c._visible == _ONE
        )  # fmt: skip
        return ~written.exists() & or_(person.c.entered_on.is_(None), person.c.entered_on < since.isoformat())

    def _last_contact(self) -> ColumnElement[Any]:
        person, note = self._derived.tables["person"], self._derived.tables["note"]
        newest = select(func.max(note.c.on)).where(note.c.person == person.c._uuid, note.c._visible == _ONE)
        return newest.scalar_subquery().label("_last_contact")

    def _next(self, day: str, column: str) -> ColumnElement[Any]:
        person, coming = self._derived.tables["person"], self._derived.tables["appointment"]
        soonest = (
            select(coming.c[column])
            .where(coming.c.person == person.c._uuid, coming.c._visible == _ONE, coming.c.on >= day,
                   coming.c.status == "coming")
            .order_by(coming.c.on, coming.c.at, coming.c._id).limit(1)
        )  # fmt: skip
        return soonest.scalar_subquery().label(f"_next_{column}")

    def _late(self, day: str, what: ColumnElement[Any], label: str) -> ColumnElement[Any]:
        person, action = self._derived.tables["person"], self._derived.tables["action"]
        overdue = select(what).select_from(action).where(
            action.c.person == person.c._uuid, action.c._visible == _ONE, action.c.due_on < day,
            action.c.status.in_(OPEN_STATUSES),
        )  # fmt: skip
        return overdue.scalar_subquery().label(label)

    def _next_step(self) -> ColumnElement[Any]:
        person, action = self._derived.tables["person"], self._derived.tables["action"]
        soonest = (
            select(action.c.what)
            .where(action.c.person == person.c._uuid, action.c._visible == _ONE, action.c.status.in_(OPEN_STATUSES))
            .order_by(action.c.due_on.is_(None), action.c.due_on, action.c._id).limit(1)
        )  # fmt: skip
        return soonest.scalar_subquery().label("_next_step")

    def _found(self, connection: Connection, name: str, match: str, limit: int) -> list[int]:
        """Record places, newest first; more than asked, as withdrawn ones will be left out."""
        return [place for (place,) in driver(connection).execute(_NEWEST[name], (match, limit * 2)).fetchall()]

    def _as_found(
        self, connection: Connection, people: Sequence[int], texts: Sequence[int], words: Sequence[str]
    ) -> list[Found]:  # fmt: skip
        found: dict[int, Found] = {}
        if people:
            seen = self._glimpses.read(connection, people)
            found |= {place: _found_of(self._glimpses.kind, record, words) for place, record in seen}
        kinds: dict[str, list[int]] = {}
        for place, kind in _KINDS.all(connection, ids=json.dumps(texts)) if texts else ():
            kinds.setdefault(kind, []).append(place)
        for name, some in kinds.items():
            reader = self._readers[name]
            for row in reader.standing(connection, some):
                found[row[0]] = _found_of(reader.kind, reader.record(row), words)
        return [found[place] for place in (*people, *texts) if place in found]

    @cached_property
    def _whole(self) -> Prepared:
        table = self._derived.tables["person"]
        files = any_listed(table.c._uuid, "files", of_bytes=True)
        return Prepared(select(table).where(files, table.c._visible == _ONE))

    @cached_property
    def _questions(self) -> Questions:
        return Questions(self._derived)

    @cached_property
    def _glimpses(self) -> Glimpses:
        return Glimpses(self._derived, self._derived.kinds[PERSON])


_KINDS = Prepared(select(tables.record.c.id, tables.record.c.kind).where(any_listed(tables.record.c.id, "ids")))

# In the index’s own order, read until there are enough: a letter may stand in every note.
_NEWEST = {
    name: f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 — two constants
    for name in (PEOPLE, TEXTS)
}


def _matching(column: ColumnElement[Any], index: str, match: str) -> ColumnElement[bool]:
    # The index's name is one of two constants; what is asked is bound.
    asked = text(f"{index} MATCH :asked").bindparams(asked=match)
    return column.in_(select(literal_column("rowid")).select_from(text(index)).where(asked))


def _disclosed(table: Table) -> ColumnElement[bool]:
    return or_(table.c.undisclosed.is_(None), table.c.undisclosed == literal_column("0"))


def _found_of(kind: Kind, record: Any, words: Sequence[str]) -> Found:
    person = record.id if kind.name == PERSON else getattr(record, "person", None) or None
    hidden = "address" if getattr(record, "undisclosed", False) else ""
    searched = [
        value for name, register in _searched(kind)
        if register != hidden and isinstance(value := getattr(record, name), str) and value
    ]  # fmt: skip
    year = getattr(record, "year", None)
    return Found(kind.name, record.id, person, kind.title(record), _excerpt(" · ".join(searched), words), year)


@lru_cache(maxsize=64)
def _searched(kind: Kind) -> tuple[tuple[str, str], ...]:
    return tuple((item.name, item.register) for item in kind.fields if item.trait.searched)


def _excerpt(text_: str, words: Sequence[str]) -> str:
    """A piece of the text around the first word that was asked for."""
    flat = " ".join(text_.split())
    if len(flat) <= _AROUND:
        return flat
    start = place = 0
    asked = tuple(words)
    for word in flat.split(" "):
        if any([token.startswith(asked) for token in tokens(word)]):  # noqa: C419 — one token most often, many words
            start = max(0, place - _AROUND)
            break
        place += len(word) + 1
    end = min(len(flat), start + 2 * _AROUND + 20)
    return ("…" if start else "") + flat[start:end].strip() + ("…" if end < len(flat) else "")
