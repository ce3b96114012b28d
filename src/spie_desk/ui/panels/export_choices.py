"""What leaves: columns ticked, hidden addresses asked for, the format, and why; the warning stays in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.grids import FORMATS, Grid
from spie_desk.texts import _, n_
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, named, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice, Tick
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.reason import ReasonField


class ExportChoices(QWidget):
    """``changed`` at any choice, ``addresses_turned`` when hidden addresses are asked for or not."""

    changed = Signal()
    addresses_turned = Signal()

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self._ticks: list[Tick] = []
        self._heads: tuple[str, ...] = ()
        self._columns = Flow(gap=8)
        what = Card(SectionTitle(_("Ce qui sera écrit"), icon="list-checks"), gap=10)
        what.add(Words(_("Décochez ce dont le destinataire n’a pas besoin."), Type.SECOND, "muted"))
        what.add(self._columns)
        self._addresses = named(Tick(""), "hidden-addresses")
        self._addresses.toggled.connect(lambda _on: self.addresses_turned.emit())
        self._addresses.hide()
        what.add(self._addresses)
        self._form = named(Choice([(code, _(said)) for code, said in FORMATS.items()], empty=None), "format")
        self._form.setAccessibleName(_("Format"))
        self._why = ReasonField(reasons, _("Motif (inscrit au journal des accès)"))
        self._why.changed.connect(self.changed)
        how = Card(SectionTitle(_("Comment et pourquoi"), icon="file-down"), gap=10)
        label = Words(_("Format"), Type.SECOND, weight=600)
        label.setBuddy(self._form)
        how.add(label)
        how.add(self._form)
        how.add(self._why)
        how.add(Words(_("Ce fichier ne sera plus protégé\u00a0: quiconque l’ouvre peut le lire. Ne l’envoyez pas par "
                        "courriel, et effacez-le dès qu’il ne sert plus."), Type.TEXT, "warn", weight=500))  # fmt: skip
        self._foot = Flow(gap=8)
        how.add(self._foot)
        how.add(None)
        what.add(None)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(Beside(what, how, shares=(55, 45)))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def foot(self, *buttons: Button) -> None:
        for button in buttons:
            self._foot.add(button)

    def first(self) -> QWidget:
        return self._form

    def forget_columns(self) -> None:
        """Another list: its columns are ticked afresh."""
        self._heads = ()

    def show_grid(self, grid: Grid, at_first: frozenset[str] | None, hidden: int) -> None:
        """A box per column, kept as they were ticked when the same list is read again."""
        if grid.columns != self._heads:
            self._heads = grid.columns
            self._columns.clear()
            self._ticks = [self._tick(head, on=at_first is None or head in at_first) for head in grid.columns]
        if hidden:
            self._addresses.setText(
                n_("Inclure {n} adresse à ne pas divulguer", "Inclure {n} adresses à ne pas divulguer", hidden)
            )
        self._addresses.setVisible(bool(hidden) or self._addresses.isChecked())

    def columns(self) -> tuple[int, ...]:
        return tuple(at for at, tick in enumerate(self._ticks) if tick.isChecked())

    def addresses(self) -> bool:
        return self._addresses.isChecked()

    def form(self) -> str:
        return self._form.code()

    def reason(self) -> str:
        return self._why.reason()

    def lacks(self) -> str:
        """What is still missing before anything may be written."""
        if not self.columns():
            return _("une colonne au moins")
        return "" if self.reason() else _("le motif")

    def _tick(self, head: str, *, on: bool) -> Tick:
        tick = named(Tick(_(head)), f"column-{head}")
        tick.setChecked(on)
        tick.toggled.connect(lambda _on: self.changed.emit())
        self._columns.add(tick)
        return tick
