"""Import: the refused lines, with why and how to mend, and their export in the clear to be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.import_plan import ImportPlan
from spie_desk.domain.import_rows import Refusal
from spie_desk.domain.nir import without_nirs
from spie_desk.domain.tables import NIR, ColumnMap, Table
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Column, Line, ListSpec
from spie_desk.ui.panels.import_words import said
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.ask_file import ask_to_save
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

MOST = 200
"""Lines in view; the file of the refused ones holds them all."""


def _value(row: Refusal) -> str:
    return without_nirs(" ".join(row.value.split())) or _("(vide)")


def _why(row: Refusal) -> str:
    return said(row.why, row.parameters)


def _mend(row: Refusal) -> str:
    return said(row.mend, row.parameters)


def _spoken(row: Refusal) -> str:
    return _("Ligne {line}, {column}, {value}\u00a0: {why} {mend}").format(
        line=row.line, column=row.column or "—", value=_value(row), why=_why(row), mend=_mend(row)
    )


_EMPTY = N_("Aucune ligne refusée.")
_TABLE = ListSpec(
    "refused", spoken=_spoken, empty=_EMPTY, title=N_("Lignes refusées"),
    columns=(
        Column("line", N_("Ligne"), width=62, say=lambda row: str(row.line)),
        Column("column", N_("Colonne"), width=158),
        Column("value", N_("Valeur"), width=150, say=_value, ink=lambda row: "danger"),
        Column("why", N_("Pourquoi"), stretch=True, say=_why),
        Column("mend", N_("Comment corriger"), stretch=True, say=_mend),
    ),
)  # fmt: skip
_TALL = ListSpec(
    "refused", spoken=_spoken, empty=_EMPTY, title=N_("Lignes refusées"), shape="person",
    line=lambda row: Line(_("Ligne {line}, {column}\u00a0: {value}").format(
        line=row.line, column=row.column or "—", value=_value(row)), second=f"{_why(row)} {_mend(row)}"),
)  # fmt: skip


class RefusedCard(Card):
    """The table; ``to_export`` carries where the user wants these lines written."""

    to_export = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=6, padding=12)
        self._rows: Sequence[Refusal] = ()
        self._list: ListView | None = None
        self._narrow: bool | None = None
        self._export = Button("", self._ask, look_="small", icon="download")
        self._clear = Words(_("Le fichier exporté sera en clair\u00a0: effacez-le une fois corrigé."),
                            Type.LABEL, "muted", weight=400)  # fmt: skip
        self._title = SectionTitle(_("Refusées"), end=self._export)
        self.add(self._title)

    def show_plan(self, plan: ImportPlan) -> None:
        """The refusals of a plan, the first in view."""
        self._rows = plan.refusals[:MOST]
        self._title.show_count(plan.refused)
        self._export.say(n_("Exporter cette ligne", "Exporter ces {n} lignes", plan.refused))
        self._fill()

    def wear(self, now: Look) -> None:
        super().wear(now)
        if getattr(self, "_narrow", None) not in {None, now.narrow}:
            self._fill()

    def _fill(self) -> None:
        self._narrow = look().narrow
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
        self._list = ListView(_TALL if self._narrow else _TABLE, fits=True)
        self.add(self._list)
        self.add(self._clear)
        self._list.show_rows(self._rows)

    def _ask(self) -> None:
        name = _("lignes à corriger.csv")
        ask_to_save(self, _("Exporter les lignes refusées, en clair"), "CSV (*.csv)", name, self._chosen)

    def _chosen(self, path: Path) -> None:
        self.to_export.emit(path)

    def first(self) -> QWidget | None:
        return self._list


def refused_lines(table: Table, columns: ColumnMap, plan: ImportPlan) -> tuple[list[str], list[list[str]]]:
    """The refused rows as they stand in the file, with why and how to mend: to be corrected and imported again.

    The columns of social security numbers are left out, and such numbers elsewhere too.
    """
    places = [place for place, target in enumerate(columns.targets) if target != NIR]
    cells = {row.line: row.cells for row in table.rows}
    heads = [_("Ligne"), *(table.columns[place] for place in places), _("Refusée parce que"), _("Comment corriger")]
    rows = [
        [str(row.line), *(without_nirs(cells[row.line][place]) for place in places),
         " ".join(_why(one) for one in row.refusals), " ".join(_mend(one) for one in row.refusals)]
        for row in plan.rows if row.refusals
    ]  # fmt: skip
    return heads, rows
