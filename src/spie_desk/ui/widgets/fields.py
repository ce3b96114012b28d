"""Typing on one line: text, search, number, date, hour; each says in a sentence what it could not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from spie_desk.domain.errors import DeskError, N_
from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.models.days import long_day, read_day, read_hour, short_day
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.buttons import IconButton


class UnreadableNumberError(DeskError):
    says = N_("« {text} » n’est pas un nombre entier.")
    next_step = N_("Écrivez des chiffres seulement.")


class LineField(QLineEdit):
    """A line of text; an icon at its left when given. ``look_`` large is the height of the unlock screen."""

    def __init__(self, placeholder: str = "", *, icon: str = "", look_: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._end: IconButton | None = None
        self.setPlaceholderText(placeholder)
        if look_:
            self.setProperty("look", look_)
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        left = now.px(26) if self._icon else 0
        self.setTextMargins(left, 0, now.px(26) if self._end is not None else 0, 0)
        self._place_end()

    def trail(self, button: IconButton) -> None:
        """Put a small button inside, at the right."""
        button.setParent(self)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._end = button
        self.wear(look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_end()

    def _place_end(self) -> None:
        if self._end is not None:
            side = look().px(28)
            self._end.setGeometry(self.width() - side - look().px(4), (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            now, side = look(), look().px(18)
            icons.draw(QPainter(self), self._icon, "muted",
                       QRectF(now.px(10), (self.height() - side) / 2, side, side))  # fmt: skip


class SearchBox(LineField):
    """Search as one types: ``searched`` comes after a short rest; Escape empties, Down goes to the list."""

    searched = Signal(str)
    to_list = Signal()

    def __init__(self, placeholder: str, *, rest_ms: int = 120) -> None:
        super().__init__(placeholder, icon="search")
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(False)
        self._rest = QTimer(self, singleShot=True, interval=rest_ms)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._rest.start())

    def forget(self) -> None:
        """Empty it, and search nothing for that."""
        self.clear()
        self._rest.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._rest.stop()
            self.searched.emit(self.text().strip())
            self.to_list.emit()
        else:
            super().keyPressEvent(event)


class NumberField(LineField):
    """A whole number or nothing."""

    def number(self) -> int | None:
        text = self.text().replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
        if not text:
            return None
        if not text.isdecimal():
            raise UnreadableNumberError(text=self.text())
        return int(text)

    def show_number(self, number: int | None) -> None:
        self.setText("" if number is None else str(number))


class DateField(LineField):
    """A date as people type it: 24/11/2026, 24.11, « demain », « lundi »; the calendar opens with Alt+Down."""

    def __init__(self, today: Callable[[], date], *, short: bool = False) -> None:
        super().__init__(_("jj/mm/aaaa"))
        self._today, self._short = today, short
        self.setProperty("mark", "date")
        month = IconButton("calendar-days", _("Ouvrir le calendrier (Alt+Bas)"), self.open_calendar, ink="muted")
        # the keyboard has Alt+Down: one stop less for Tab
        month.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.trail(month)
        self.editingFinished.connect(self._tidy)

    def day(self) -> date | None:
        """The date typed, or None; raises the sentence that says why it cannot be read."""
        return read_day(self.text(), self._today())

    def show_day(self, day: date | None) -> None:
        self.setText("" if day is None else self._written(day))

    def _written(self, day: date) -> str:
        return f"{short_day(day, _)} {day.year}" if self._short else f"{day:%d/%m/%Y}"

    def _tidy(self) -> None:
        try:
            day = self.day()
        except DeskError:
            return
        if day is not None:
            self.setText(self._written(day))
            self.setToolTip(long_day(day, _))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """A month to choose from, under the field."""
        menu, days = QMenu(self), QCalendarWidget()
        days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        try:
            start = self.day() or self._today()
        except DeskError:
            start = self._today()
        days.setSelectedDate(QDate(start.year, start.month, start.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(days)
        menu.addAction(action)
        days.activated.connect(lambda chosen: self._choose(date(chosen.year(), chosen.month(), chosen.day()), menu))
        days.clicked.connect(lambda chosen: self._choose(date(chosen.year(), chosen.month(), chosen.day()), menu))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        days.setFocus()

    def _choose(self, day: date, menu: QMenu) -> None:
        menu.close()
        self.show_day(day)
        self.textEdited.emit(self.text())


class TimeField(LineField):
    """An hour as people type it: 14:30, 14h30, 9h."""

    def __init__(self) -> None:
        super().__init__(_("hh:mm"))
        self.editingFinished.connect(self._tidy)

    def hour(self) -> str:
        return read_hour(self.text())

    def wear(self, now: Look) -> None:
        super().wear(now)
        self.setFont(now.font(tabular=True))

    def _tidy(self) -> None:
        try:
            self.setText(self.hour())
        except DeskError:
            return


class SecretField(LineField):
    """A passphrase: hidden, with a button that shows it while it is typed."""

    def __init__(self, placeholder: str = "", *, look_: str = "large") -> None:
        super().__init__(placeholder, look_=look_)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", _("Afficher ce que je tape"), self._turn, ink="muted")
        self.trail(self._eye)

    def show_text(self) -> None:
        """What is typed, in the clear, until the window loses the focus."""
        if self.echoMode() == QLineEdit.EchoMode.Password:
            self._turn()

    def _turn(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.show_icon(
            "eye-off" if hidden else "eye", _("Cacher ce que je tape") if hidden else _("Afficher ce que je tape")
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self._eye.show_icon("eye", _("Afficher ce que je tape"))
