"""The full-text index: what is searched of each record, every head of it, folded and sounded before it goes in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from spie_desk.domain.one_person import Groups
from spie_desk.domain.record import Kind
from spie_desk.domain.values import from_value
from spie_desk.domain.words import phone_digits, sounds, tokens
from spie_desk.store import heads
from spie_desk.store.derived import PEOPLE, TEXTS, Derived
from spie_desk.store.heads import Held
from spie_desk.store.journal import Journal, RecordKey
from spie_desk.store.prepared import driver
from spie_desk.store.together import around_of
from spie_sync import merge
from spie_sync.change import Change, Value

SOUND = "ʘ"
"""Before a sound, so that it never meets a word: a letter (it stays in the token) that no one types."""

PERSON = "person"
_SHORTEST_NUMBER = 5
_TOGETHER = 200


class Index:
    """Writes the index of one transaction's records, once each, at its end."""

    def __init__(self, journal: Journal, derived: Derived) -> None:
        self.journal, self.derived = journal, derived
        self._people: set[bytes] = set()
        self._texts: dict[int, Kind] = {}
        self._fresh: set[int] = set()
        self._known: dict[int, list[str]] = {}

    @property
    def connection(self) -> Connection:
        return self.journal.connection

    def look_at(self, kind: Kind, key: RecordKey, held: Held | None, parents: Iterable[bytes], *, fresh: bool) -> None:
        """This record was written: its words, or those of the person it leads to, are to be indexed again.

        ``held`` gives its heads if they are in hand (for a kind with a once, with all its changes)."""
        record, uuid = key.id, key.uuid
        self._known.pop(record, None)
        if held is not None:
            self._known[record] = self.words_held(kind, held)
        if fresh:
            self._fresh.add(record)
        if kind.name == PERSON:
            self._people.add(uuid)
        elif kind.finds_parent and kind.parent_kind == PERSON:
            self._people.update(one for one in parents if one)
        elif is_text(kind):
            self._texts[record] = kind

    def find_again(self, files: Iterable[bytes | None]) -> None:
        """These files were linked, parted, withdrawn or shown again: each is found by the words of all it goes with."""
        self._people.update(one for one in files if one)

    def settle(self) -> None:
        people, linked = around_of(self.derived).read(self.connection, self._people)
        for record, words in self.finding(sorted(people), linked):
            self._put(PEOPLE, record, words)
        for record in sorted(self._texts):
            self._put(TEXTS, record, self._words(self._texts[record], record))
        self._people.clear()
        self._texts.clear()
        self._fresh.clear()
        self._known.clear()

    def forget(self) -> None:
        """Merge both indexes whole, so that no word of what left them stays in the file."""
        for name in (PEOPLE, TEXTS):
            self.connection.exec_driver_sql(
                f"INSERT INTO {name}{self.derived.suffix}({name}{self.derived.suffix}) VALUES('optimize')"
            )

    def finding(self, files: Sequence[bytes], linked: Groups) -> Iterator[tuple[int, list[str]]]:
        """What finds each of these people, by the place of her file; many at once: an import adds a phone to thousands.

        Files of one person are each found by the words of all, so that one may have the name and the other the phone;
        what one of them hushes is hushed in all."""
        silent = around_of(self.derived).silent(self.connection, linked)
        for start in range(0, len(files), _TOGETHER):
            some = files[start : start + _TOGETHER]
            members = {file: linked[file].members if file in linked else (file,) for file in some}
            places, words = self._of_each({one for every in members.values() for one in every}, silent)
            for file in some:
                if file in places:
                    yield places[file], [word for one in members[file] for word in words.get(one, ())]

    def _of_each(
        self, uuids: Collection[bytes], silent: Collection[bytes]
    ) -> tuple[dict[bytes, int], dict[bytes, list[str]]]:
        """Where each file stands; its own words and those of what leads to it."""
        asks, asked = self.derived.asks, json.dumps([one.hex() for one in uuids])
        own = [] if asks.people is None else asks.people.all(self.connection, ids=asked)
        by_kind = [(self.derived.kinds[PERSON], own)]
        by_kind += [
            (child, asks.hanging[child.name].all(self.connection, ids=asked))
            for child in self.derived.children.get(PERSON, ()) if child.finds_parent
        ]  # fmt: skip
        found = heads.now_of(self.journal, self.derived, {
            record for kind, rows in by_kind for record, uuid in rows
            if (record not in self._known or (kind.name == PERSON and uuid in silent)) and not kind.once
        })  # fmt: skip
        words: dict[bytes, list[str]] = {}
        for kind, rows in by_kind:
            for record, uuid in rows:
                hushed = kind.hushed if kind.name == PERSON and uuid in silent else ()
                held = found.get(record)
                some = self._words(kind, record) if held is None else self.words_held(kind, held, hushed)
                words.setdefault(uuid, []).extend(some)
        return {uuid: record for record, uuid in own}, words

    def _put(self, name: str, record: int, words: Iterable[str]) -> None:
        raw, asks = driver(self.connection), self.derived.asks
        if record not in self._fresh:
            raw.execute(asks.no_words[name], (record,))
        text = " ".join(dict.fromkeys(words))
        if text:
            raw.execute(asks.new_words[name], (record, text))

    def _words(self, kind: Kind, record: int) -> list[str]:
        if record in self._known:
            return self._known[record]
        if kind.once:
            return self.words_held(kind, heads.of(self.journal.of_record(record)))
        sole = self.derived.asks.sole.value(self.connection, _row=record)
        return self.words_held(kind, heads.now(self.journal, self.derived, record, sole))

    @staticmethod
    def words_held(kind: Kind, held: Held, hushed: Collection[str] = ()) -> list[str]:
        """The words of every head of each searched register, those beside a signed one among them."""
        return [
            word
            for name in searched_of(kind) if name not in hushed
            for change in _fronts(kind, name, held)
            if name in change.values
            for word in words_of(kind, name, change.values[name])
        ]


@lru_cache(maxsize=64)
def searched_of(kind: Kind) -> tuple[str, ...]:
    """The registers of a kind whose words are indexed."""
    found = (item.register for item in kind.fields if item.trait.searched or item.name in kind.sounded)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=128)
def is_text(kind: Kind) -> bool:
    """Whether a kind's words lead to the record itself, in the index of texts."""
    return any(item.trait.searched for item in kind.fields)


def _fronts(kind: Kind, name: str, held: Held) -> list[Change]:
    dots = held.heads.get(name, frozenset())
    if name in kind.once and len(held.entries) > 1:
        view = merge.once([entry.change for entry in held.entries.values()], name)
        dots |= view.shown | view.beside
    return [held.entries[dot].change for dot in sorted(dots)]


def words_of(kind: Kind, register: str, value: Value) -> Iterator[str]:
    """The folded words, numbers and sounds of one register's value; none of one that asks for silence."""
    if register in kind.hushed and isinstance(value, dict) and value.get(kind.hushed[register]):
        return
    group = value if register in kind.registers and isinstance(value, dict) else None
    for item in kind.fields_of(register):
        if not (item.trait.searched or item.name in kind.sounded or kind.finds_parent):
            continue
        text = from_value(item, value if group is None else group.get(item.name))
        if not isinstance(text, str) or not text:
            continue
        if item.trait.searched:
            yield from tokens(text)
        if item.name in kind.sounded:
            yield from (SOUND + key for key in sorted(sounds(text)))
        if kind.finds_parent:
            yield from numbers_of(text)


def numbers_of(text: str) -> Iterator[str]:
    """A phone or an identifier in one piece, as it may be typed without its spaces."""
    whole = "".join(tokens(text))
    if len(whole) >= _SHORTEST_NUMBER:
        yield whole
    digits = phone_digits(text)
    if len(digits) >= _SHORTEST_NUMBER:
        yield digits


def match_of(words: str) -> str:
    """What FTS5 is asked: every word or its sound, by its beginning; digits that follow one another as one number."""
    asked: list[str] = []
    run: list[str] = []
    for word in tokens(words):
        if word.isdecimal():
            run.append(word)
            continue
        asked += _numbers(run)
        run = []
        asked.append(_either([f'"{word}"*', *(f'"{SOUND}{key}"' for key in sorted(_sounds(word)))]))
    return " AND ".join([*asked, *_numbers(run)])


def _numbers(run: list[str]) -> list[str]:
    if not run:
        return []
    joined = [phone_digits("".join(run)), "".join(run)] if len(run) > 1 else [*run, phone_digits(run[0])]
    apart = " AND ".join(f'"{word}"*' for word in run)
    return [_either([f"({apart})", *(f'"{number}"*' for number in dict.fromkeys(joined))])]


def _either(choices: list[str]) -> str:
    return f"({' OR '.join(choices)})"


def _sounds(word: str) -> frozenset[str]:
    return sounds(word) if len(word) > 2 else frozenset()


def any_of(found: Mapping[str, Iterable[str]] | Iterable[str]) -> str:
    """FTS5's question for any of these exact tokens."""
    return " OR ".join(f'"{token}"' for token in found)
