"""A small month of reviews: the days that hold one are marked; arrows move by day, pages by month."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from spie_desk.texts import _, n_
from spie_desk.ui.models.days import DAYS, MONTHS, long_day
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import IconButton

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_HEAD, _LINE = 26, 34


class Month(QWidget):
    """A month with its heading. ``chosen`` carries the day that Return or a click chose."""

    chosen = Signal(date)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._title = Words("", Type.CARD, wrap=False)
        self.days = _Days(today)
        self.days.chosen.connect(self.chosen)
        self.days.turned.connect(self._entitle)
        before = IconButton("chevron-left", _("Mois précédent (Page haut)"), lambda: self.days.turn(-1), ink="muted")
        after = IconButton("chevron-right", _("Mois suivant (Page bas)"), lambda: self.days.turn(1), ink="muted")
        for button in (before, after):
            # the keyboard has Page up and down: two stops less for Tab
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(self._title, before, after, gap=4)
        head.lines.setStretch(0, 1)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(head)
        self._lines.addWidget(self.days)
        self.setFocusProxy(self.days)
        self._entitle()
        self.wear(look())

    def show_marks(self, marks: Mapping[date, int]) -> None:
        """How many reviews stand on each day."""
        self.days.show_marks(marks)

    def show_day(self, day: date) -> None:
        self.days.go(day)

    def wear(self, now: Look) -> None:
        space(self._lines, now, 4)

    def _entitle(self) -> None:
        day = self.days.day
        self._title.say(f"{_(MONTHS[day.month - 1]).capitalize()} {day.year}")


class _Days(QWidget):
    """The grid itself: seven columns, six lines."""

    chosen = Signal(date)
    turned = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = self.day = today
        self._marks: Mapping[date, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def show_marks(self, marks: Mapping[date, int]) -> None:
        self._marks = marks
        self._speak()

    def go(self, day: date) -> None:
        self.day = day
        self.turned.emit()
        self._speak()

    def turn(self, months: int) -> None:
        """The same day some months away, or the last one of a shorter month."""
        rank = self.day.year * 12 + self.day.month - 1 + months
        year, month = divmod(rank, 12)
        self.go(date(year, month + 1, min(self.day.day, calendar.monthrange(year, month + 1)[1])))

    def sizeHint(self) -> QSize:
        now = look()
        return QSize(now.px(224), now.px(_HEAD) + 6 * now.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(196), self.sizeHint().height())

    def wear(self, now: Look) -> None:
        self.updateGeometry()
        self.update()

    def focus_rect(self) -> QRect:
        """The ring goes round the current day."""
        return self._cell(self.day).toRect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for at in range(42):
            day = self._first() + timedelta(days=at)
            if self._cell(day).contains(event.position()):
                self.go(day)
                self.chosen.emit(day)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(now.font(Type.LABEL))
        painter.setPen(now.colour("muted"))
        wide = self.width() / 7
        for at, name in enumerate(DAYS):
            head = QRectF(at * wide, 0, wide, now.px(_HEAD))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, _(name)[:3] + ".")
        for at in range(42):
            self._paint(painter, self._first() + timedelta(days=at))

    def _paint(self, painter: QPainter, day: date) -> None:
        now, cell, marked = look(), self._cell(day), self._marks.get(day, 0)
        inside = cell.adjusted(now.px(3), now.px(2), -now.px(3), -now.px(2))
        if day in {self.day, self._today}:
            painter.setPen(QPen(now.colour("accent"), 1) if day == self._today else Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("select") if day == self.day else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inside, now.px(6), now.px(6))
        out = day.month != self.day.month
        painter.setPen(now.colour("muted" if out else "accent" if marked else "text"))
        painter.setFont(now.font(Type.SECOND, 600 if marked else 400, tabular=True))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if marked:
            high = QFontMetrics(painter.font()).height() / 2
            foot, half = cell.center().y() + high - now.px(1), now.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("accent"))
            painter.drawRoundedRect(QRectF(cell.center().x() - half, foot, 2 * half, now.px(3)), 1, 1)

    def _first(self) -> date:
        """The Monday of the week that holds the first of the month."""
        start = self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    def _cell(self, day: date) -> QRectF:
        now, at = look(), (day - self._first()).days
        wide = self.width() / 7
        return QRectF((at % 7) * wide, now.px(_HEAD) + (at // 7) * now.px(_LINE), wide, now.px(_LINE))

    def _speak(self) -> None:
        marked = self._marks.get(self.day, 0)
        said = _("rien") if not marked else n_("{n} revue", "{n} revues", marked)
        self.setAccessibleName(_("Mois, {day}\u00a0: {said}").format(day=long_day(self.day, _), said=said))
        self.update()
        if (ring := getattr(self.window(), "ring", None)) is not None:
            ring.follow()
