"""« Reporter » : a small sheet under the row, where another date is typed or chosen by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.texts import _, sentence
from spie_desk.ui.models.days import short_day
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, Words, named, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import DateField


class PutOff(Card):
    """``chosen`` carries the new date; Return takes what is typed; the page closes it on Escape."""

    chosen = Signal(date)

    def __init__(self, over: QWidget, today: Callable[[], date]) -> None:
        super().__init__(gap=8, padding=14)
        self.setParent(over)
        self._over, self._today = over, today
        self._before: QWidget | None = None
        self.setAutoFillBackground(True)
        self._what = Words("", Type.CARD, wrap=False)
        self._field = named(DateField(today), "put-off", _("Reporter au"))
        self._field.returnPressed.connect(self._take)
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self._wrong.hide()
        self._near = [Button("", look_="small") for _place in range(3)]
        for days, button in zip((1, 7, 30), self._near, strict=True):
            button.clicked.connect(lambda _checked=False, days=days: self._choose(self._day_in(days)))
        self.add(self._what)
        self.add(
            row(self._field, Button(_("Reporter"), self._take, look_="filled"), Button(_("Annuler"), self.close_it))
        )
        self.add(self._wrong)
        self.add(row(*self._near, None))
        self.hide()

    def open(self, what: str, under: QPoint) -> None:
        """Show it under that point of the page, the field ready to be typed over."""
        self._before = self.window().focusWidget()
        self._what.say(_("Reporter «\u00a0{what}\u00a0»").format(what=what))
        said = (_("Demain"), _("Dans une semaine"), _("Dans un mois"))
        for words, days, button in zip(said, (1, 7, 30), self._near, strict=True):
            button.say(f"{words}, {short_day(self._day_in(days), _)}")
        self._field.show_day(self._day_in(1))
        self._wrong.hide()
        over, now = self._over, look()
        wide = min(now.px(620), over.width() - now.px(16))
        high = self.sizeHint().height()
        top = under.y() if under.y() + high < over.height() else max(0, under.y() - high - now.px(44))
        self.setGeometry(max(0, min(under.x(), over.width() - wide)), top, wide, high)
        self.show()
        self.raise_()
        self._field.setFocus()
        self._field.selectAll()

    def close_it(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def _day_in(self, days: int) -> date:
        """That many days on, or the Monday after: nobody works on a Sunday."""
        day = self._today() + timedelta(days=days)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day

    def _take(self) -> None:
        try:
            day = self._field.day()
        except DeskError as error:
            self._refuse(sentence(error))
            return
        if day is None or day < self._today():
            self._refuse(_("Écrivez une date à venir."))
            return
        self._choose(day)

    def _refuse(self, text: str) -> None:
        self._wrong.say(text)
        self._wrong.show()
        self.resize(self.width(), self.sizeHint().height())
        self._field.setFocus()

    def _choose(self, day: date) -> None:
        self.close_it()
        self.chosen.emit(day)
