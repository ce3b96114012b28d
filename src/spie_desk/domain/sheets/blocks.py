"""The blocks of a printed sheet, and the tick-list that says which of them are printed.

A text is either the user's own words (``str``) or words of ours (``Said``: a French msgid and its parameters), put
into a language where the page is made. ``item`` names the line of the tick-list that a block, a row or a fact
hangs on; empty means that it is always printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """Words of ours: a msgid; a parameter may be a number, a date (written in full), a text, or words of ours."""

    msgid: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


Text = str | Said | date


def say(msgid: str, **parameters: Any) -> Said:
    return Said(msgid, parameters)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the tick-list: what it prints, whether it is ticked at first, and why not.

    ``label`` is for the screen of the one who prints: it may name what the paper masks.
    """

    id: str
    label: Text
    ticked: bool = True
    why_off: Text = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``style``: plain, strong, quote (her words), small."""

    text: Text
    style: str = "plain"
    item: str = ""


@dataclass(frozen=True, slots=True)
class Markdown:
    """The user's own simple Markdown."""

    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: Text
    value: Text
    item: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, one under the other."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; ``more`` stands under it, quieter. ``box`` draws a box to tick by hand."""

    text: Text
    more: Text = ""
    strong: bool = False
    box: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Text, ...]
    strong: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``widths`` are parts of the page's width, in percent; the head is repeated on every page."""

    head: tuple[Text, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The one thing to remember: the next appointment, written large in a frame."""

    text: Text
    more: tuple[Text, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; with nothing left under it, it is not printed."""

    heading: Text
    blocks: tuple[Block, ...]


Block = Paragraph | Markdown | Facts | Lines | Table | Key | Section


NOBODY = bytes(16)
"""What a sheet is about that names nobody: a blank form."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document. ``name`` is its file's name: it tells the sort of sheet, never the person.

    ``about`` holds the ids of the people and records whose words it repeats: what is erased there goes from here too.
    ``NOBODY`` alone for a sheet without anyone; empty means that it is not known. ``large`` prints it in big letters.
    """

    name: str
    title: Text
    under: Text
    header: Text
    footer: Text
    blocks: tuple[Block, ...]
    items: tuple[Item, ...] = ()
    about: tuple[bytes, ...] = ()
    large: bool = False

    def at_first(self) -> frozenset[str]:
        """What is ticked before anyone has touched the list."""
        return frozenset(item.id for item in self.items if item.ticked)

    def only(self, ticked: frozenset[str]) -> Sheet:
        """The sheet with what is ticked: what is not ticked is nowhere in it, and no section stays empty."""
        known = {item.id for item in self.items}
        left = _kept(self.blocks, lambda item: not item or (item in ticked and item in known))
        return replace(self, blocks=left, items=tuple(item for item in self.items if item.id in ticked))

    def settled(self, ticked: frozenset[str]) -> Sheet:
        """What is ticked, as a sheet of its own: everything left of it is ticked."""
        left = self.only(ticked)
        return replace(left, items=tuple(replace(item, ticked=True) for item in left.items))


def _kept(blocks: Iterable[Block], wanted: Any) -> tuple[Block, ...]:
    found = (_reduced(block, wanted) for block in blocks)
    return tuple(block for block in found if block is not None)


def _reduced(block: Block, wanted: Any) -> Block | None:
    """The block with its wanted parts, or None when nothing of it is left."""
    match block:
        case Section():
            inner = _kept(block.blocks, wanted)
            return replace(block, blocks=inner) if inner else None
        case Facts():
            facts = tuple(row for row in block.rows if wanted(row.item))
            return Facts(facts) if facts else None
        case Lines():
            lines = tuple(line for line in block.lines if wanted(line.item))
            return Lines(lines) if lines else None
        case Table():
            rows = tuple(row for row in block.rows if wanted(row.item))
            return replace(block, rows=rows) if rows else None
        case _:
            return block if wanted(block.item) else None


def section(heading: Text, blocks: Sequence[Block | None]) -> tuple[Section, ...]:
    """The section, or nothing when none of its blocks says anything."""
    found = tuple(block for block in blocks if block is not None and not _empty(block))
    return (Section(heading, found),) if found else ()


def _empty(block: Block) -> bool:
    match block:
        case Facts():
            return not block.rows
        case Lines():
            return not block.lines
        case Table():
            return not block.rows
        case Paragraph() | Markdown():
            return not block.text
        case _:
            return False
