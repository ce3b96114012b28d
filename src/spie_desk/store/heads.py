"""Heads as the store keeps them: one sole change per record, and rows only for the registers that differ from it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection

from spie_desk.store.derived import Derived
from spie_desk.store.journal import Entry, Journal
from spie_sync import merge
from spie_sync.change import Base, Change, Dot

NONE = 0
"""In a head row: the register was never written."""

Heads: TypeAlias = dict[str, Base]
"""Register → the dots whose values no one has seen replaced."""


class Held(NamedTuple):
    """A record's heads with the changes that made them, at least."""

    heads: Heads
    entries: dict[Dot, Entry]


class Layout(NamedTuple):
    """How heads are kept: the sole change, and the registers that differ from it."""

    sole: Dot | None
    listed: Heads


def of(entries: Iterable[Entry]) -> Held:
    """The heads that all these changes of one record give."""
    found = {entry.change.dot: entry for entry in entries}
    return Held(merge.heads(entry.change for entry in found.values()), found)


def now(journal: Journal, derived: Derived, record: int, sole: int | None) -> Held:
    """The heads as they are kept, with the changes that hold them."""
    listed = read_listed(journal.connection, derived, record)
    return _held(listed, sole, journal.load(_wanted(listed, sole)))


def now_of(journal: Journal, derived: Derived, records: Iterable[int]) -> dict[int, Held]:
    """The same for many records, in three questions."""
    asked = json.dumps(list(records))
    soles: dict[int, int | None] = dict(derived.asks.soles.all(journal.connection, records=asked))
    listed: dict[int, dict[str, set[int]]] = {one: {} for one in soles}
    for record, register, seq in derived.asks.heads_of.all(journal.connection, records=asked):
        listed[record].setdefault(register, set()).add(seq)
    kept = {one: {register: seqs - {NONE} for register, seqs in found.items()} for one, found in listed.items()}
    loaded = journal.load(seq for one, sole in soles.items() for seq in _wanted(kept[one], sole))
    return {one: _held(kept[one], sole, loaded) for one, sole in soles.items()}


def _wanted(listed: Mapping[str, set[int]], sole: int | None) -> set[int]:
    return {seq for seqs in listed.values() for seq in seqs} | ({sole} if sole is not None else set())


def _held(listed: Mapping[str, set[int]], sole: int | None, loaded: Mapping[int, Change]) -> Held:
    heads = {register: frozenset(loaded[seq].dot for seq in seqs) for register, seqs in listed.items() if seqs}
    if sole is not None:
        alone = frozenset({loaded[sole].dot})
        heads |= {register: alone for register in loaded[sole].registers if register not in listed}
    return Held(heads, {loaded[seq].dot: Entry(seq, loaded[seq]) for seq in _wanted(listed, sole)})


def after(before: Held, entry: Entry) -> Held:
    """The heads once a change of this desk is written: the shortcut of ``of`` for a local save."""
    change = entry.change
    heads = dict(before.heads)
    for register in change.registers:
        base = change.base.get(register, frozenset())
        heads[register] = merge.after_write(heads.get(register, frozenset()), base, change.dot)
    return Held(heads, {**before.entries, change.dot: entry})


def layout(heads: Heads, changes: Mapping[Dot, Change], once: Collection[str]) -> Layout:
    """The same heads always give the same layout: the most frequent sole head, the earliest rank among equals.

    A register written once and not yet written is listed as such: its first write must have an empty base.
    """
    lone = Counter(next(iter(dots)) for dots in heads.values() if len(dots) == 1)
    sole = min(lone, key=lambda dot: (-lone[dot], changes[dot].rank), default=None)
    alone = frozenset() if sole is None else frozenset({sole})
    listed = {register: dots for register, dots in heads.items() if dots != alone}
    listed |= {register: frozenset() for register in once if register not in heads}
    return Layout(sole, listed)


def write(connection: Connection, derived: Derived, record: int, kept: Layout, entries: Mapping[Dot, Entry], *,
          fresh: bool) -> None:  # fmt: skip
    """Replace what is kept of one record's heads; ``record.seq`` is for the caller."""
    if not fresh:
        derived.asks.no_heads.run(connection, _row=record)
    derived.asks.new_head.many(connection, rows_of(record, kept, entries))


def rows_of(record: int, kept: Layout, entries: Mapping[Dot, Entry]) -> list[tuple[int, str, int]]:
    """What is kept of one record's heads, as rows."""
    return [
        (record, register, seq)
        for register, dots in kept.listed.items()
        for seq in ([entries[dot].seq for dot in dots] or [NONE])
    ]


def read_listed(connection: Connection, derived: Derived, record: int) -> dict[str, set[int]]:
    """The registers of one record whose heads differ from its sole change; an empty set for one never written."""
    found: dict[str, set[int]] = {}
    for register, seq in derived.asks.heads.all(connection, _row=record):
        found.setdefault(register, set()).add(seq)
    return {register: seqs - {NONE} for register, seqs in found.items()}
