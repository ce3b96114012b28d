"""Import, second step: what each column is taken for, with its first values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.tables import IGNORE, NIR, NOTE, PEOPLE, PROFESSIONALS, STRUCTURES, TARGETS_OF, ColumnMap, Table
from spie_desk.texts import _, n_
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, row, space
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.choices import Choice

_FIRST = 3
SORTS = {PEOPLE: N_("personnes accompagnées"), STRUCTURES: N_("structures"), PROFESSIONALS: N_("professionnels")}
_STATES = {NIR: ("danger", "ban"), IGNORE: ("neutral", "circle-slash"), NOTE: ("info", "sticky-note")}


class ColumnsStep(Box):
    """One line per column; ``changed`` after each choice, ``sheet_wished`` when another sheet is asked for,
    ``sort_wished`` when the file is said to be a list of something else."""

    changed = Signal()
    sheet_wished = Signal(str)
    sort_wished = Signal(str)

    def __init__(self) -> None:
        super().__init__(upright=True, gap=12)
        self._table: Table | None = None
        self._choices: list[Choice] = []
        self._chips: list[Chip] = []
        self.columns = ColumnMap(())

    def show_table(self, table: Table, columns: ColumnMap) -> None:
        """Show this file's columns as they are taken now."""
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._table, self.columns = table, columns
        for card in self._said(table, columns):
            self.add(card)
        self.add(Card(SectionTitle(_("Colonnes du fichier"), len(table.columns)), self._grid(table), gap=12))
        self.add(None)

    def first(self) -> QWidget | None:
        """The first choice that nothing recognised, else the first."""
        unsure = (place for place, sure in enumerate(self.columns.sure) if not sure)
        return self._choices[next(unsure, 0)] if self._choices else None

    def _said(self, table: Table, columns: ColumnMap) -> list[QWidget]:
        """What is worth knowing before looking at the lines: memory, NIR, note, sheets."""
        found: list[QWidget] = []
        sorts = Choice([(code, _(label)) for code, label in SORTS.items()], empty=None)
        sorts.choose(columns.sort)
        sorts.setAccessibleName(_("Ce fichier est une liste de"))
        sorts.chosen.connect(lambda: self.sort_wished.emit(sorts.code()))
        label = Words(_("Ce fichier est une liste de"), Type.LABEL)
        # whole at any size: what may be shortened gives its room to the space beside
        label.setWordWrap(False)
        # Linux's screen readers call a list by its label
        label.setBuddy(sorts)
        found.append(Card(row(label, sorts, None), padding=12))
        if columns.remembered:
            found.append(_note("info", "history", _("Vos choix pour un fichier de mêmes colonnes sont repris.")))
        if nirs := _named(table, columns, NIR):
            found.append(_note("warn", "ban", _(
                "{columns}\u00a0: numéro de sécurité sociale. Il n’est ni importé, ni gardé nulle part."
            ).format(columns=nirs)))  # fmt: skip
        if table.other_sheets:
            pick = Choice([(name, name) for name in (table.sheet, *table.other_sheets)], empty=None)
            pick.setAccessibleName(_("Feuille du classeur"))
            pick.chosen.connect(lambda: self.sheet_wished.emit(pick.code()))
            sheets = Words(_("Feuille du classeur"), Type.LABEL)
            sheets.setWordWrap(False)
            found.append(Card(row(sheets, pick, None), padding=12))
        return found

    def _grid(self, table: Table) -> QWidget:
        grid = _Grid()
        for place, head in enumerate((_("Colonne"), _("Premières valeurs"), _("Ce que c’est"))):
            grid.lines.addWidget(Words(head, Type.LABEL, "muted"), 0, place)
        self._choices, self._chips = [], []
        options = [(code, _(label)) for code, label in TARGETS_OF[self.columns.sort].items()]
        for place, name in enumerate(table.columns):
            title = name or _("Colonne {n}, sans nom").format(n=place + 1)
            choice = Choice(options, empty=None)
            choice.setAccessibleName(_("{column}\u00a0: ce que c’est").format(column=title))
            choice.choose(self.columns.targets[place])
            choice.chosen.connect(partial(self._choose, place))
            chip = Chip("")
            self._choices.append(choice)
            self._chips.append(chip)
            at = place + 1
            label = Words(title.replace("&", "&&"), Type.TEXT, weight=600)
            # Linux's screen readers call a list by its label
            label.setBuddy(choice)
            grid.lines.addWidget(label, at, 0)
            grid.lines.addWidget(Words(_first_values(table, place, self.columns), Type.SECOND, "muted"), at, 1)
            grid.lines.addWidget(choice, at, 2)
            grid.lines.addWidget(chip, at, 3)
        self._mark()
        return grid

    def _choose(self, place: int) -> None:
        wanted = self._choices[place].code()
        if wanted == self.columns.targets[place]:
            return
        self.columns = self.columns.with_target(place, wanted)
        # the column that had it before gives it up: shown at once
        for choice, target in zip(self._choices, self.columns.targets, strict=True):
            if choice.code() != target:
                choice.blockSignals(True)
                choice.choose(target)
                choice.blockSignals(False)
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        for place, chip in enumerate(self._chips):
            target = self.columns.targets[place]
            if target in _STATES:
                role, icon = _STATES[target]
                words = {NIR: _("jamais importé"), IGNORE: _("laissée de côté"), NOTE: _("gardée dans une note")}
                chip.say(words[target], role, icon)
            elif self.columns.sure and not self.columns.sure[place]:
                chip.say(_("à vérifier"), "warn", "circle-help")
            else:
                chip.say(_("reconnue"), "ok", "check")


class _Grid(QWidget):
    """Three columns and a state, evenly shared."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = QGridLayout(self)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self.lines, now, 8)
        self.lines.setHorizontalSpacing(now.px(16))
        for column, share in enumerate((3, 4, 5, 2)):
            self.lines.setColumnStretch(column, share)


def _note(sort: str, icon: str, text: str) -> Card:
    card = Card(sort=sort, gap=10, padding=12, upright=False)
    card.add(Icon(icon, sort, 20))
    card.add(Words(text, Type.TEXT, sort, weight=500), 1)
    return card


def _named(table: Table, columns: ColumnMap, target: str) -> str:
    return ", ".join(f"«\u00a0{table.columns[place]}\u00a0»" for place in columns.columns_for(target))


def _first_values(table: Table, place: int, columns: ColumnMap) -> str:
    """A few values, so that a wrong guess is seen; never a social security number."""
    if columns.targets[place] == NIR:
        return n_("{n} valeur, masquée", "{n} valeurs, masquées", len(table.values(place, len(table.rows))))
    found = list(dict.fromkeys(" ".join(value.split())[:40] for value in table.values(place, 40)))[:_FIRST]
    return " · ".join(found) or _("(vide)")
