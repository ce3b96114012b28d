"""Many new records at once: the very rows that the door writes one by one, made in memory and written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from spie_desk.domain.circles import Wish
from spie_desk.domain.record import Kind
from spie_desk.domain.words import sounds, tokens
from spie_desk.store.derive import Deriver
from spie_desk.store.derived import PEOPLE, TEXTS, Derived
from spie_desk.store.desks import Identity
from spie_desk.store.index import PERSON, SOUND, numbers_of, searched_of
from spie_desk.store.journal import RecordKey
from spie_desk.store.packing import packed
from spie_desk.store.spelling import Author, Spelled, Speller
from spie_desk.store.together import LINK
from spie_sync import hlc
from spie_sync.identity import circle_id

Made = tuple[str, Any]
"""A kind's name and a new record of it."""

BATCH = 100
"""Records written together: enough for the driver, few enough for the window beside to breathe."""

_MOST = 20 * BATCH
_ID = "_id _uuid _circle _visible _complete _standing _marked _hidden _clashing _beside _erased _signed _unknown " \
      "_first _first_person _last _last_person _sort"  # fmt: skip


class Scribe(NamedTuple):
    """Who writes, of which deed, with what."""

    desk: Identity
    author: Author
    deed: int
    now_ms: Callable[[], int]
    chance: Callable[[], bytes]
    circle: Callable[[Wish], bytes]
    """The circle of a wish that is about none of the new records."""


class Batch:
    """Rows under way, by table."""

    def __init__(self) -> None:
        self.circles: list[tuple[Any, ...]] = []
        self.records: list[tuple[Any, ...]] = []
        self.changes: list[tuple[Any, ...]] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.words: dict[str, dict[int, list[str]]] = {PEOPLE: {}, TEXTS: {}}
        self.people: dict[bytes, bytes] = {}
        """Every record of the batch → whose it is."""
        self.places: dict[bytes, int] = {}
        """A person of the batch → her record's place."""


class Fresh:
    """Writes new records of one unit; ``last`` and ``numbers`` go back to the unit."""

    def __init__(self, deriver: Deriver, scribe: Scribe, circles: dict[Wish, bytes], last: int) -> None:
        self.deriver, self.journal, self.scribe = deriver, deriver.journal, scribe
        self.circles, self.last = circles, last
        self.numbers: dict[bytes, int] = {}
        self._cursor: Any = self.journal.connection.connection.cursor()
        self._desk = scribe.desk.place
        self._person = scribe.author.person.hex()
        self._next_circle = 0
        self.new_ids: set[bytes] = set()

    def write(self, made: Sequence[Made]) -> None:
        """One batch. Its records are new: their ids stand nowhere yet (``are_new``)."""
        batch = Batch()
        self._cursor.execute(_NEXT)
        place, seq, self._next_circle = self._cursor.fetchone()
        self.new_ids = {one.id for _, one in made}
        for kind_name, one in made:
            kind = self.deriver.derived.kinds[kind_name]
            self._one(batch, kind, one, place, seq)
            place, seq = place + 1, seq + 1
        self._flush(batch)

    def are_new(self, made: Sequence[Made]) -> bool:
        """Whether none of these ids stands here, nor twice among them."""
        ids = {one.id for _, one in made}
        marks = ",".join("?" * len(ids))
        self._cursor.execute(f"SELECT 1 FROM record WHERE uuid IN ({marks}) LIMIT 1", [*ids])  # noqa: S608
        return len(ids) == len(made) and self._cursor.fetchone() is None

    def _one(self, batch: Batch, kind: Kind, one: Any, place: int, seq: int) -> None:
        scribe, speller = self.scribe, speller_of(kind)
        uuid, home = self._home(batch, kind.circle(one))
        n = self.journal.next_n(self._desk, home)
        self.last = hlc.tick(self.last, scribe.now_ms())
        salt = scribe.chance()
        spelled = speller.spell(one)
        committed = scribe.author.commitment(speller, spelled, (uuid, one.id, n, self.last, salt))
        body = speller.body(spelled, self._person, salt, committed)
        batch.records.append((place, one.id, home, kind.name, seq))
        batch.changes.append((seq, self._desk, home, n, self.last, place, scribe.deed, packed(body)))
        batch.rows.setdefault(kind.name, []).append((
            place, one.id, home, True, True, "stands", False, False, "", "", "", "", 0,
            seq, scribe.author.person, seq, scribe.author.person, speller.sort_key(spelled.cells),
            *speller.near(spelled.cells),
        ))  # fmt: skip
        self.numbers[uuid] = n
        self._derive(batch, kind, RecordKey(place, one.id, home, kind.name), speller, spelled)

    def _home(self, batch: Batch, wish: Wish) -> tuple[bytes, int]:
        """The circle of a new record; one about a record of this batch cannot stand yet."""
        uuid = self.circles.get(wish)
        if uuid is not None:
            return uuid, self.journal.circle_id(uuid)
        if wish.about not in self.new_ids:
            # The door looks for it, or founds it with the next number.
            self._flush_circles(batch)
            uuid = self.scribe.circle(wish)
            place = self.journal.circle_id(uuid)
            self._next_circle = max(self._next_circle, place + 1)
            return uuid, place
        founder, nonce = self.scribe.desk.public.signing, self.scribe.chance()
        uuid, place = circle_id(founder, wish.sort, nonce), self._next_circle
        batch.circles.append((place, uuid, wish.sort, wish.about, b"".join(sorted(wish.readers)), founder, nonce))
        self._next_circle += 1
        self.circles[wish] = uuid
        self.journal._circles[uuid] = place
        self.journal._next[self._desk, place] = 0
        return uuid, place

    def _derive(self, batch: Batch, kind: Kind, key: RecordKey, speller: Speller, spelled: Spelled) -> None:
        """What ``Deriver`` does for a fresh record; what reaches outside the batch is left to it."""
        deriver = self.deriver
        deriver.kinds.add(kind.name)
        deriver.records.add(key.uuid)
        parent: bytes = spelled.cells[speller.parent] or b"" if speller.parent is not None else b""
        if parent and parent not in self.new_ids:
            deriver.withdrawals.look_at(kind, key, [parent], marked=False, hidden=False, fresh=False)
        self._index(batch, kind, key, spelled, parent)
        person = self._whose(batch, kind, key, speller, spelled)
        batch.people[key.uuid] = person
        if person:
            deriver.people.add(person)

    def _whose(self, batch: Batch, kind: Kind, key: RecordKey, speller: Speller, spelled: Spelled) -> bytes:
        if kind.name == PERSON:
            return key.uuid
        if speller.person is not None:
            return spelled.cells[speller.person] or b""
        if speller.parent is None:
            return b""
        parent = spelled.cells[speller.parent] or b""
        known = batch.people.get(parent)
        return known if known is not None else self.deriver.person_of(kind, {kind.parent: parent}) or b""

    def _index(self, batch: Batch, kind: Kind, key: RecordKey, spelled: Spelled, parent: bytes) -> None:
        words = list(_words(kind, spelled.cells))
        if kind.name == PERSON:
            batch.places[key.uuid] = key.id
            batch.words[PEOPLE][key.id] = words
        elif kind.finds_parent and kind.parent_kind == PERSON:
            hers = batch.places.get(parent)
            if hers is not None:
                batch.words[PEOPLE][hers] += words
            elif parent:
                self.deriver.index.look_at(kind, key, None, [parent], fresh=True)
        elif kind.name == LINK:
            self.deriver.index.find_again([parent])
        elif words:
            batch.words[TEXTS][key.id] = words

    def _flush_circles(self, batch: Batch) -> None:
        self._many(_CIRCLES, batch.circles)
        batch.circles.clear()

    def _flush(self, batch: Batch) -> None:
        self._flush_circles(batch)
        self._many(_RECORDS, batch.records)
        self._many(NEW_CHANGES, batch.changes)
        for name, rows in batch.rows.items():
            kind = self.deriver.derived.kinds[name]
            self._many(_rows_of(kind), rows)
            if kind.distinct:
                self._note_equals(kind, rows[0][0])
        for name, by_place in batch.words.items():
            rows = [(place, " ".join(dict.fromkeys(words))) for place, words in by_place.items() if words]
            self._many(_insert(name, ("rowid", "words")), rows)

    def _note_equals(self, kind: Kind, first: int) -> None:
        """Of what must not be held twice, only what now stands twice is for the deriver to look at."""
        names = ", ".join(f'one."{name}"' for name in kind.distinct)
        same = " AND ".join(f'other."{name}" = one."{name}"' for name in kind.distinct)
        # CROSS: SQLite then begins with the few new ones, instead of reading the whole index.
        self._cursor.execute(
            f"SELECT {names} FROM rec_{kind.name} AS one CROSS JOIN rec_{kind.name} AS other "  # noqa: S608
            f"ON {same} AND other._id <> one._id WHERE one._id >= ?",
            (first,),
        )
        self.deriver._equals.update((kind.name, shared) for shared in self._cursor.fetchall() if all(shared))

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._cursor.executemany(statement, rows)


def families(derived: Derived, made: Iterable[Made], size: int = BATCH) -> Iterator[list[Made]]:
    """Batches of about ``size`` records; what hangs under a record of a batch stays in it."""
    found: list[Made] = []
    ids: set[bytes] = set()
    for name, one in made:
        kind = derived.kinds[name]
        hangs = bool(kind.parent) and getattr(one, kind.parent) in ids
        if len(found) >= size and (not hangs or len(found) >= _MOST):
            yield found
            found, ids = [], set()
        found.append((name, one))
        ids.add(one.id)
    if found:
        yield found


@lru_cache(maxsize=64)
def speller_of(kind: Kind) -> Speller:
    return Speller(kind)


class _Searched(NamedTuple):
    """A field whose words are indexed: its place, that of the field that asks for silence, and how it is found."""

    place: int
    hushed: int | None
    searched: bool
    sounded: bool


@lru_cache(maxsize=64)
def _searched(kind: Kind) -> tuple[_Searched, ...]:
    places = {item.name: place for place, item in enumerate(kind.fields)}
    return tuple(
        _Searched(places[item.name], places[kind.hushed[register]] if register in kind.hushed else None,
                  item.trait.searched, item.name in kind.sounded)
        for register in searched_of(kind) for item in kind.fields_of(register) if item.type is str
    )  # fmt: skip


def _words(kind: Kind, cells: Sequence[Any]) -> Iterator[str]:
    """What ``index.words_of`` gives for every register, read off the row."""
    for one in _searched(kind):
        text = cells[one.place]
        if not text or (one.hushed is not None and cells[one.hushed]):
            continue
        if one.searched:
            yield from tokens(text)
        if one.sounded:
            yield from [SOUND + key for key in sorted(sounds(text))]
        if kind.finds_parent:
            yield from numbers_of(text)


@lru_cache(maxsize=64)
def _rows_of(kind: Kind) -> str:
    return _insert(f"rec_{kind.name}", (*_ID.split(), *speller_of(kind).columns))


def _insert(table: str, names: Sequence[str]) -> str:
    quoted = ",".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({_marks(len(names))})"  # noqa: S608 — declared names


def _marks(many: int) -> str:
    return ",".join("?" * many)


_NEXT = (
    "SELECT (SELECT coalesce(max(id), 0) + 1 FROM record), (SELECT coalesce(max(seq), 0) + 1 FROM change), "
    "(SELECT coalesce(max(id), 0) + 1 FROM circle)"
)
_CIRCLES = _insert("circle", ("id", "uuid", "sort", "about", "readers", "founder", "nonce"))
_RECORDS = _insert("record", ("id", "uuid", "circle", "kind", "seq"))
NEW_CHANGES = _insert("change", ("seq", "desk", "circle", "n", "hlc", "record", "deed", "body"))
