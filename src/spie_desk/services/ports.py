"""What the deeds ask of the floors beside them: store, clock, chance; fitted by shape, checked in app/compose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from spie_desk.domain.accesses import Access
from spie_desk.domain.benefit_flow import FlowPart
from spie_desk.domain.calendars import Meeting
from spie_desk.domain.circles import Wish
from spie_desk.domain.drafts import Draft
from spie_desk.domain.grids import Grid
from spie_desk.domain.import_rows import Towns
from spie_desk.domain.letters import Named
from spie_desk.domain.listing import Called, CircleView, DeedView, Found, Held, PersonFilter, PersonRow
from spie_desk.domain.one_person import Groups
from spie_desk.domain.papers import Paper
from spie_desk.domain.shown import Bases, Clash, Shown, TakenBack, Touched, Version
from spie_desk.domain.tables import ColumnMap, Table
from spie_sync.change import Base, Change, Dot, Origin, Value


class Clock(Protocol):
    def now(self) -> datetime:
        """The local time, aware."""


class Chance(Protocol):
    def id(self) -> bytes:
        """A new random id, 16 bytes."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one transaction is: its kind (typed, imported, undone, settled, signed, moved, erased, tour…) and, when
    several transactions make one act (an import in batches), the act's id."""

    kind: str = "typed"
    id: bytes | None = None
    label: str = ""
    undoable: bool = True


class Unit(Protocol):
    """One transaction: journal, heads, tables, index and drafts together, or nothing."""

    @property
    def deed(self) -> bytes: ...

    def put(
        self,
        kind: str,
        record: Any,
        *,
        shown: Shown[Any] | None = None,
        wish: Wish | None = None,
        force: frozenset[str] = frozenset(),
    ) -> bytes:
        """Write a new record (``shown`` None: every register, base empty) or the registers that differ from
        ``shown.record``, on the bases that were shown. ``force`` names registers written even if unchanged
        (keeping the shown value is a decision too). Returns the circle's id. Writes nothing if nothing differs."""

    def put_fresh(self, records: Iterable[tuple[str, Any]], told: Callable[[int], None] = ...) -> None:
        """Write new records (a kind's name, a record whose id was just drawn) as ``put`` does, in batches. Give a
        person's records one after the other, hers first. ``told`` hears how many are written, and may raise to stop:
        the unit then writes nothing."""

    def take_back(self, deed: bytes, told: Callable[[int, int], None] = ...) -> TakenBack:
        """Withdraw at once all that the deed made and nobody touched since; ``told`` may raise to stop."""

    def write(
        self,
        kind: str,
        record: bytes,
        circle: bytes,
        values: Mapping[str, Value],
        base: Mapping[str, Base],
        *,
        origin: Origin | None = None,
    ) -> Dot:
        """One change by hand (settling, undoing): the values with their bases."""

    def withdraw(self, shown: Shown[Any]) -> None:
        """Delete: says what this desk had seen of the circle; anything unseen makes it a clash."""

    def erase(self, kind: str, record: bytes, circle: bytes, registers: frozenset[str] | None = None, *,
              dots: frozenset[Dot] | None = None) -> None:  # fmt: skip
        """Empty the values for good in journal, tables, index and drafts (None: every register; ``dots``: only what
        these changes wrote there); who and when stay."""

    def circle(self, wish: Wish) -> bytes:
        """The circle that the wish names, founded if it does not exist yet."""

    def save_draft(self, draft: Draft) -> None: ...
    def drop_draft(self, draft: bytes, *, for_good: bool = False) -> None:
        """Discard (kept 30 days), or for good (once it has become a record, or is erased)."""


class Records(Protocol):
    """Reading: every answer is a value, never a cursor."""

    def get(self, kind: str, record: bytes, circle: bytes | None = None) -> Shown[Any] | None: ...
    def find(
        self,
        kind: str,
        where: Mapping[str, Any] | None = None,
        *,
        order: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Shown[Any]]:
        """Standing records whose fields equal ``where`` (a tuple value: any of these; (“>=”, v), (“<=”, v),
        (“!=”, v): compared; None: empty). ``order`` names fields, “-” before one for descending."""

    def count(self, kind: str, where: Mapping[str, Any] | None = None) -> int: ...
    def withdrawn(
        self, kind: str, where: Mapping[str, Any] | None = None, *, limit: int | None = None
    ) -> list[Shown[Any]]: ...
    def history(self, kind: str, record: bytes, circle: bytes | None = None) -> list[Version]:
        """Every value every register had, newest first, erased ones without their value."""

    def clashes(self, person: bytes | None = None) -> list[Clash]: ...
    def deed(self, deed: bytes) -> list[Change]: ...
    def deeds(self, limit: int = 50) -> list[DeedView]:
        """The latest deeds of this desk, newest first: for undo."""

    def heads(self, kind: str, record: bytes, circle: bytes) -> Bases: ...


class Lists(Protocol):
    """The few lists that need a SELECT of their own to stay quick at 50,000 people."""

    def people(self, wanted: PersonFilter, *, limit: int = 500, offset: int = 0) -> list[PersonRow]: ...
    def count_people(self, wanted: PersonFilter) -> int: ...
    def together(self) -> Groups:
        """The files that are one person's: they show as one line, their main one's."""
    def search(self, words: str, limit: int = 50) -> list[Found]:
        """People and notes that hold every word (prefixes, accents ignored, sounds for names), newest first."""

    def likely(
        self, sounds: frozenset[str], phones: frozenset[str], births: frozenset[str], limit: int = 50
    ) -> list[bytes]:
        """Ids of people that share a sound of their name, a phone or a birth date: candidates for duplicates."""

    def called(self, after: int = 0, limit: int = 2000) -> list[Called]:
        """Everyone's names and births, page by page: the next one begins after the last one's place."""

    def phones(self, after: int = 0, limit: int = 2000) -> list[Held]:
        """Everyone's phones, page by page."""

    def numbers(self, scheme: str, after: int = 0, limit: int = 2000) -> list[Held]:
        """Everyone's identifiers of one body, page by page."""

    def holders(self, scheme: str, values: Collection[str]) -> list[Held]:
        """Who holds one of these identifiers."""


class Drafts(Protocol):
    def all(self, *, discarded: bool = False) -> list[Draft]: ...
    def get(self, draft: bytes) -> Draft | None: ...
    def save(self, draft: Draft) -> None: ...
    def discard(self, draft: bytes) -> None: ...
    def restore(self, draft: bytes) -> None: ...


class Papers(Protocol):
    """Sheets that wait for a printer, on this desk alone."""

    def all(self) -> list[bytes]:
        """Their ids: those that wait, the first put first, then those that came out."""

    def get(self, paper: bytes) -> Paper | None: ...
    def count(self) -> int:
        """How many still wait."""

    def save(self, paper: Paper) -> None: ...
    def printed(self, papers: Collection[bytes], now_ms: int) -> None: ...
    def remove(self, paper: bytes) -> None: ...


class Files(Protocol):
    """Files that people have: read into tables, the communes they name."""

    @property
    def towns(self) -> Towns: ...
    def read_table(self, path: Path, sheet: str = "") -> Table:
        """The table of a CSV, XLSX or ODS file; a DeskError that names file and line when it cannot be read."""

    def proposed(self, table: Table, today: date, sort: str = "") -> ColumnMap:
        """What each column seems to hold, by its name and its values; ``sort`` says what it is a list of."""

    def read_benefit_flow(self, path: Path, told: Callable[[int, int], None]) -> Iterator[FlowPart]:
        """The CAF/MSA flow, household by household, nothing kept; a DeskError that names file and line. ``told`` hears
        the bytes read and the size, and may raise to stop."""

    def write_csv(self, path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table in the clear where the user asked for it; no cell that a spreadsheet would run."""

    def write_grid(self, path: Path, grid: Grid, form: str, *, replace: bool = False) -> None:
        """A list as xlsx, ods or csv; over another file only when ``replace`` says that the user agreed."""

    def write_calendar(self, path: Path, entries: Sequence[Meeting], made_at: datetime, *,
                       replace: bool = False) -> None:  # fmt: skip
        """Appointments as iCalendar."""

    def shipped_letters(self) -> Mapping[str, tuple[str, ...]]:
        """The lines of each letter that comes with the application, by its code."""

    def read_letter(self, path: Path) -> tuple[str, bytes]:
        """A template's format and bytes, once it was judged to be only a letter."""

    def fields_in_letter(self, content: bytes, form: str, known: Set[str]) -> Named:
        """What a template names; a DeskError that says why it is refused."""

    def fields_of_lines(self, lines: Sequence[str], known: Set[str]) -> Named: ...
    def fill_letter(self, content: bytes, form: str, values: Mapping[str, str]) -> bytes: ...
    def fill_lines(self, lines: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]: ...
    def letter_template(self, lines: Sequence[str], form: str) -> bytes:
        """A shipped letter as a file to change in a word processor."""

    def write_file(self, path: Path, content: bytes, *, replace: bool = False) -> None:
        """Whole or not at all, for its owner alone."""

    def write_export(self, folder: Path, document: Mapping[str, Any], extras: Mapping[str, bytes]) -> None:
        """One file's document and what goes with it, in the clear, in a folder that the user chose."""


class Settings(Protocol):
    def get(self, key: str) -> Value: ...
    def set(self, key: str, value: Value) -> None: ...


class Circles(Protocol):
    def get(self, circle: bytes) -> CircleView | None: ...
    def of(self, about: bytes) -> list[CircleView]:
        """The circles founded about a person or a passage."""


class Accesses(Protocol):
    """The register of accesses, outside the journal; a session adds to it and cannot read it."""

    def add(self, line: Access) -> None: ...
    def seen(self, person: bytes) -> bool:
        """Whether this sitting has a line of that file being opened."""


class Store(Protocol):
    """One person's encrypted store. ``subscribe`` is called after each transaction, on the writing thread."""

    @property
    def records(self) -> Records: ...
    @property
    def lists(self) -> Lists: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def circles(self) -> Circles: ...
    @property
    def accesses(self) -> Accesses: ...

    def unit(self, deed: Deed | None = None) -> AbstractContextManager[Unit]: ...
    def touched(self) -> Touched:
        """What the last unit of this thread changed."""

    def receive(self, changes: Sequence[Change]) -> Touched:
        """Apply changes written elsewhere, by the same door; duplicates and disorder are harmless."""

    def subscribe(self, listener: Callable[[Touched], None]) -> None: ...
