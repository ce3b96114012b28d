"""A list that is wished elsewhere: its name, what narrows it, and how its rows are read; and any list as a grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.grids import Cell, Grid
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.models.rows import Column, Line, ListSpec

LINE = (("title", N_("Élément")), ("second", N_("Détail")), ("middle", N_("Pour qui")), ("badge", N_("État")))
"""What the rows of a list without columns hold, under these heads."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows read for an export: msgids for heads, the people they name, how many hidden addresses are left out."""

    grid: Grid
    people: tuple[bytes, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class ListWish:
    """``title`` is a msgid, ``narrowed`` the view and the words that narrow the list, as they are on screen.

    ``read`` gets the desk and whether hidden addresses were asked for; ``at_first`` names the columns ticked at first.
    """

    title: str
    narrowed: str
    read: Callable[[Desk, bool], Ready]
    at_first: frozenset[str] | None = None
    calendar: str = ""
    """The day from which these are appointments that another calendar may hold; empty for anything else."""


def as_wish(spec: ListSpec, rows: Sequence[Any]) -> ListWish:
    """The list as it is on screen."""
    ready = Ready(grid_of(spec, rows))
    return ListWish(spec.title, "", lambda _desk, _addresses: ready)


def of_person(wish: ListWish, person: bytes) -> ListWish:
    """A list of one file: the register hears whose."""

    def read(desk: Desk, addresses: bool) -> Ready:  # noqa: FBT001 — the answer to one tick
        return replace(wish.read(desk, addresses), people=(person,))

    return replace(wish, read=read)


def grid_of(spec: ListSpec, rows: Sequence[Any]) -> Grid:
    """Its columns, or the parts of its lines that say something."""
    if spec.columns:
        heads = tuple(column.label for column in spec.columns)
        return Grid(spec.title, heads, tuple(tuple(_cell(one, row) for one in spec.columns) for row in rows))
    lines: list[Line] = [spec.line(row) for row in rows] if spec.line is not None else []
    kept = [(name, head) for name, head in LINE if any(getattr(line, name) for line in lines)]
    return Grid(spec.title, tuple(head for _name, head in kept),
                tuple(tuple(str(getattr(line, name)) for name, _head in kept) for line in lines))  # fmt: skip


def _cell(column: Column, row: Any) -> Cell:
    """A day or a number as such when it is shown plainly; otherwise the words on screen."""
    value = getattr(row, column.name, None) if column.say is None else None
    if isinstance(value, bool) or not isinstance(value, int | date):
        return column.words(row)
    return value


def in_words(desk: Desk, grid: Grid, reason: str, *, narrowed: str = "", mark: str = "") -> Grid:
    """In the user's language, with what says where it comes from; ``mark`` is written first for fictitious people."""
    now, me = desk.clock.now(), desk.me
    about = [
        (_("Liste"), _(grid.title)), (_("Filtre"), _(narrowed) if narrowed else _("aucun")),
        (_("Lignes"), str(len(grid.rows))),
        (_("Écrit par"), ", ".join(part for part in (me.name, me.function, desk.structure.name) if part)),
        (_("Le"), f"{now:%d/%m/%Y %H:%M}"), (_("Motif"), _(reason)),
        (_("Attention"), _("Ce fichier n’est plus protégé. Effacez-le dès qu’il ne sert plus.")),
    ]  # fmt: skip
    if mark:
        about.insert(0, (mark, _("Personnes fictives")))
    return Grid(_(grid.title), tuple(_(column) for column in grid.columns), grid.rows, tuple(about))
