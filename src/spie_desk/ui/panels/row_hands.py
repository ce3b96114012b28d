"""The buttons laid over the current row of a list that has the keyboard: what can be done there besides ticking."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.deadlines import RightEnding
from spie_desk.services.pieces import PiecesDue
from spie_desk.services.today import Task
from spie_desk.texts import _
from spie_desk.ui.panels.day_rows import DayRow
from spie_desk.ui.theme import look
from spie_desk.ui.widgets.basics import space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView


class RowHands(QWidget):
    """« Reporter » on something to do; three answers on a presence to fill, on a right that ends. Keys do the same."""

    postpone = Signal()
    presence = Signal(str)
    ending = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._later = Button(
            _("Reporter"), self.postpone.emit, look_="small", icon="alarm-clock", tip=_("Reporter (R)")
        )
        self._answers = [
            Button(words, partial(self.presence.emit, code), look_="small", tip=f"{words} ({key})")
            for code, words, key in (("present", _("Présence"), "P"), ("absent", _("Absence"), "A"),
                                     ("excused", _("Absence excusée"), "E"))
        ]  # fmt: skip
        self._ends = [
            Button(words, partial(self.ending.emit, code), look_="small", tip=f"{words} ({key})")
            for code, words, key in (("renew", _("Renouvelé"), "N"), ("aside", _("Sans objet"), "S"))
        ]
        self._lines = QHBoxLayout(self)
        for button in (self._ends[0], self._later, self._ends[1], *self._answers):
            # Tab goes from list to list, not through what the keys already do
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._lines.addWidget(button)
        self.hide()

    def follow(self, view: ListView, row: DayRow | None) -> None:
        """Lie over the current row of that list, where its title leaves room; nowhere when it cannot be put off."""
        table = view.table()
        asks, ends = isinstance(row, AppointmentRow), isinstance(row, RightEnding)
        waits = ends or isinstance(row, Task | PiecesDue)
        if not (asks or waits) or not table.hasFocus() or look().narrow:
            self.leave(view)
            return
        space(self._lines, look(), 4)
        self._later.setVisible(waits)
        for button in self._answers:
            button.setVisible(asks)
        for button in self._ends:
            button.setVisible(ends)
        self.setParent(table.viewport())
        size = self.sizeHint()
        table.setProperty("spared", size.width() + look().px(12))
        line = table.visualRect(table.currentIndex())
        # where the painter ends the title: before the person's column and the date
        right = line.right() - look().px(12) - look().px(110) - int(line.width() * 0.22) - look().px(8)
        self.setGeometry(right - size.width(), line.center().y() - size.height() // 2 + 1, size.width(), size.height())
        self.show()
        self.raise_()
        table.viewport().update()

    def leave(self, view: ListView) -> None:
        view.table().setProperty("spared", 0)
        view.table().viewport().update()
        self.hide()
