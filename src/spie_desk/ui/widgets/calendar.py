"""A week over a list: five days (or seven) side by side, each a short list; arrows move between days and lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.models.days import SHORT_DAYS, long_day
from spie_desk.ui.models.rows import ListSpec
from spie_desk.ui.theme import Look, Type, look

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a day: its row, hour, words, and a state by icon and role (« présent »: check, ok)."""

    row: Any
    on: date
    at: str
    text: str
    icon: str = ""
    role: str = "muted"
    past: bool = False


class CalendarWeek(QWidget):
    """Slots of the shown week; ``activated`` carries a slot's row, ``day_wished`` an empty day to fill."""

    activated = Signal(object)
    day_wished = Signal(date)
    moved = Signal(object)
    """The row under the keyboard changed; None on an empty day."""

    def __init__(self, spec: ListSpec, today: date, *, days: int = 5, least: int = 3) -> None:
        """``least``: the lines that a week is high at least, so that it does not jump from one week to the next."""
        super().__init__()
        self._least = least
        self._spec, self._today, self._days = spec, today, days
        self._monday = today - timedelta(days=today.weekday())
        self._slots: list[list[Slot]] = [[] for _day in range(days)]
        self._day, self._line = min(today.weekday(), days - 1), 0
        self.setObjectName(spec.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def show_week(self, monday: date, slots: Sequence[Slot], days: int = 0) -> None:
        """Show the week that begins that Monday; ``days`` changes how many days are shown."""
        kept = self.current() if monday == self._monday else None
        self._monday, self._days = monday, days or self._days
        self._day = min(self._day, self._days - 1)
        ordered = sorted(slots, key=lambda slot: slot.at)
        dates = [monday + timedelta(days=day) for day in range(self._days)]
        self._slots = [[slot for slot in ordered if slot.on == on] for on in dates]
        self._line = min(self._line, max(len(self._slots[self._day]) - 1, 0))
        if kept is not None:
            self._find(lambda row: self._spec.key(row) == self._spec.key(kept))
        self.updateGeometry()
        self._speak()

    def choose(self, key: Any) -> None:
        """Bring the keyboard to the row of that key."""
        self._find(lambda row: self._spec.key(row) == key)
        self._speak()

    def choose_day(self, day: date) -> None:
        self._day, self._line = max(0, min(self._days - 1, (day - self._monday).days)), 0
        self._speak()

    def day(self) -> date:
        """The day under the keyboard."""
        return self._monday + timedelta(days=self._day)

    def _find(self, fits: Callable[[Any], bool]) -> None:
        for day, slots in enumerate(self._slots):
            for line, slot in enumerate(slots):
                if fits(slot.row):
                    self._day, self._line = day, line
                    return

    def current(self) -> Any:
        """The row under the keyboard, or None on an empty day."""
        day = self._slots[self._day]
        return day[self._line].row if self._line < len(day) else None

    def spoken(self) -> list[str]:
        return [self._spec.spoken(slot.row) for day in self._slots for slot in day]

    def wear(self, now: Look) -> None:
        self.updateGeometry()
        self.update()

    def focus_rect(self) -> QRect:
        """The ring goes round the current line of the current day."""
        line = self._line_rect(self._day, self._line)
        return line.toRect().intersected(self.rect())

    def sizeHint(self) -> QSize:
        now = look()
        if now.narrow:
            return QSize(now.px(200), int(self._column(self._days - 1).bottom()))
        most = max([self._least, *(len(day) for day in self._slots)])
        return QSize(now.px(600), now.px(40) + most * now.px(27) + now.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, lines = event.key(), len(self._slots[self._day])
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._day = max(0, min(self._days - 1, self._day + (1 if key == Qt.Key.Key_Right else -1)))
            self._line = min(self._line, max(len(self._slots[self._day]) - 1, 0))
        elif key == Qt.Key.Key_Down and self._line < lines - 1:
            self._line += 1
        elif key == Qt.Key.Key_Up and self._line > 0:
            self._line -= 1
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)
            return
        self._speak()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._day = next((day for day in range(self._days) if self._column(day).contains(at)), self._day)
        lines = self._slots[self._day]
        self._line = next((n for n in range(len(lines)) if self._line_rect(self._day, n).contains(at)), 0)
        on_line = bool(lines) and self._line_rect(self._day, self._line).contains(at)
        self._speak()
        if on_line or not lines:
            self._open()

    def _open(self) -> None:
        if (row := self.current()) is not None:
            self.activated.emit(row)
        else:
            self.day_wished.emit(self._monday + timedelta(days=self._day))

    def _speak(self) -> None:
        day = self._monday + timedelta(days=self._day)
        row = self.current()
        said = _("Rien de prévu") if row is None else self._spec.spoken(row)
        self.setAccessibleName(_("Semaine, {day}\u00a0: {said}").format(day=long_day(day, _), said=said))
        self.update()
        if (ring := getattr(self.window(), "ring", None)) is not None:
            ring.follow()
        self._keep_in_view()
        self.moved.emit(row)

    def _keep_in_view(self) -> None:
        """At large text the week is higher than the window: the page scrolls with the keyboard."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None and self.hasFocus():
            at = self.mapTo(inside, self._line_rect(self._day, self._line).center().toPoint())
            area.ensureVisible(at.x(), at.y(), 0, look().px(60))

    def _column(self, day: int) -> QRectF:
        """Where a day stands: a column, or a band when the text is large."""
        now = look()
        if now.narrow:
            highs = [now.px(40) + max(len(slots), 1) * now.px(27) for slots in self._slots]
            return QRectF(0, sum(highs[:day]), self.width(), highs[day])
        wide = self.width() / self._days
        return QRectF(day * wide, 0, wide, self.height())

    def _line_rect(self, day: int, line: int) -> QRectF:
        now, column = look(), self._column(day)
        return QRectF(
            column.left() + now.px(8),
            column.top() + now.px(32) + line * now.px(27),
            column.width() - now.px(16),
            now.px(26),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.colour("line"), 1))
        painter.setBrush(now.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), now.px(10), now.px(10))
        for day in range(self._days):
            self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: int) -> None:
        now, column, on = look(), self._column(day), self._monday + timedelta(days=day)
        today = on == self._today
        if today:
            painter.fillRect(column.adjusted(0, 1, 0, -1), now.colour("accentSoft"))
            painter.fillRect(QRectF(column.left(), column.top(), column.width(), 3), now.colour("accent"))
        elif day and not now.narrow:
            painter.setPen(QPen(now.colour("line"), 1))
            painter.drawLine(int(column.left()), now.px(12), int(column.left()), self.height() - now.px(12))
        heading = f"{_(SHORT_DAYS[on.weekday()])} {on.day}" + (f" · {_('aujourd’hui')}" if today else "")
        head = QRectF(column.left() + now.px(14), column.top() + now.px(8), column.width() - now.px(22), now.px(22))
        self._write(painter, head, heading, "accent" if today else "muted", 600)
        if not self._slots[day]:
            empty = self._line_rect(day, 0).adjusted(now.px(6), 0, 0, 0)
            self._write(painter, empty, _("Rien de prévu"), "muted", 400)
        for line, slot in enumerate(self._slots[day]):
            self._paint_slot(painter, self._line_rect(day, line), slot)

    def _paint_slot(self, painter: QPainter, rect: QRectF, slot: Slot) -> None:
        now = look()
        ink = "muted" if slot.past else "text"
        left = rect.adjusted(now.px(6), 0, 0, 0)
        self._write(painter, left, slot.at, ink, 600)
        end = now.px(24) if slot.icon else 0
        self._write(painter, left.adjusted(now.px(45), 0, -end, 0), slot.text, ink, 500)
        if slot.icon:
            side = now.px(17)
            icons.draw(
                painter, slot.icon, slot.role, QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
            )

    def _write(self, painter: QPainter, rect: QRectF, text: str, ink: str, weight: int) -> None:
        now = look()
        font = now.font(Type.SECOND, weight, tabular=True)
        painter.setFont(font)
        painter.setPen(now.colour(ink))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(_LEFT), shown)
