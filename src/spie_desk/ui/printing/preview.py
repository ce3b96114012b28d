"""Before printing: what goes on paper, ticked one by one, and the pages as they will come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.domain.sheets.blocks import Item, Sheet
from spie_desk.texts import _, sentence
from spie_desk.ui.home import Home
from spie_desk.ui.printing.leaves import WIDE, Leaves
from spie_desk.ui.printing.pages import Pages, on_a4, pdf
from spie_desk.ui.printing.wording import said
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick

LIST_WIDTH = 330


@dataclass(frozen=True)
class Elsewhere:
    """Where a sheet may go when there is no printer; each takes it with what is ticked."""

    later: Callable[[Sheet], None]
    """Wait in « À imprimer »."""
    large: Callable[[Sheet], object]
    """Over the whole screen, to be photographed."""


def watermark(home: Home | None) -> str:
    """What is written across every page that leaves an « Entraînement » profile; nothing for a real one."""
    return _("Entraînement") if home is not None and home.keeper.card.training else ""


class PrintPreview(QDialog):
    """The tick-list at the left, the pages at the right. ``came_out`` says how (« paper », « pdf ») and what was
    ticked, for the register of prints; nothing is kept of the document itself."""

    came_out = Signal(str, frozenset)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None, *, watermark: str = "",
                 choose: Callable[[QWidget, str], Path | None] | None = None,
                 elsewhere: Elsewhere | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._elsewhere = elsewhere
        self._sheet, self._watermark = sheet, watermark
        self._choose = choose or _ask_where
        self._ticks: dict[str, Tick] = {}
        self._leaves = Leaves()
        self._refused = Words("", Type.TEXT, "danger")
        self._refused.hide()
        self.setWindowTitle(_("Imprimer"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(24)
        row.addWidget(self._list_side())
        row.addWidget(self._leaves, 1)
        self.resize(look().px(LIST_WIDTH) + WIDE + 110, 680)
        self._draw()

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(name for name, box in self._ticks.items() if box.isChecked())

    def _list_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(look().px(LIST_WIDTH))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Words(_("Ce qui sera imprimé"), Type.SECTION))
        column.addWidget(Words(
            _("Une fois imprimé, ce document n’est plus protégé, et l’ordinateur peut en garder une copie. "
              "Décochez ce qu’un proche ne doit pas lire."), Type.TEXT))  # fmt: skip
        column.addWidget(self._ticklist(), 1)
        column.addWidget(self._refused)
        for button in self._buttons():
            column.addWidget(button)
        return side

    def _buttons(self) -> list[Button]:
        found = [Button(_("Imprimer…"), self._print, look_="filled", icon="printer"),
                 Button(_("Enregistrer en PDF…"), self._save, icon="file-down")]  # fmt: skip
        if self._elsewhere is not None:
            found += [Button(_("Mettre dans «\u00a0À imprimer\u00a0»"), self._put_aside, icon="inbox"),
                      Button(_("Afficher en grand"), self._enlarge, icon="maximize-2")]  # fmt: skip
        return [*found, Button(_("Fermer"), self.reject)]

    def _ticklist(self) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(6)
        for item in self._sheet.items:
            column.addWidget(self._tick(item))
            if item.why_off:
                why = Words(said(item.why_off), Type.SECOND, "muted")
                why.setIndent(look().px(28))
                column.addWidget(why)
        column.addStretch(1)
        area = _scrolled(inner)
        area.setAccessibleName(_("Ce qui sera imprimé"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _tick(self, item: Item) -> Tick:
        text = said(item.label)
        box = Tick(text.replace("&", "&&"))
        box.setChecked(item.ticked)
        box.setAccessibleName(text)
        box.setAccessibleDescription(said(item.why_off))
        box.setToolTip(text)
        box.toggled.connect(lambda _on: self._draw())
        self._ticks[item.id] = box
        return box

    def _draw(self) -> None:
        """The pages again, after a tick."""
        self._leaves.show_pages(self._pages())

    def _pages(self) -> Pages:
        return Pages(self._sheet.only(self.ticked), self._watermark)

    def _put_aside(self) -> None:
        if self._elsewhere is not None:
            self.accept()
            self._elsewhere.later(self._sheet.settled(self.ticked))

    def _enlarge(self) -> None:
        if self._elsewhere is not None:
            self.accept()
            self._elsewhere.large(self._sheet.settled(self.ticked))

    def _save(self) -> None:
        target = self._choose(self, f"{self._sheet.name}.pdf")
        if target is None:
            return
        try:
            pdf(self._sheet, target, self.ticked, self._watermark)
        except DeskError as error:
            self._refused.setText(sentence(error))
            self._refused.show()
            return
        self.came_out.emit("pdf", self.ticked)
        self.accept()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        on_a4(printer)
        # The spooler shows this to everyone near the printer: the sort of sheet, never the person.
        printer.setDocName(self._sheet.name)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        if dialog.exec() == QDialog.DialogCode.Accepted and self._pages().onto(printer):
            self.came_out.emit("paper", self.ticked)
            self.accept()


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _ask_where(parent: QWidget, name: str) -> Path | None:
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Enregistrer en PDF"), name, "PDF (*.pdf)")
    return Path(chosen) if chosen else None
