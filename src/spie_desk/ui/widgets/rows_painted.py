"""How a row is painted: one-line tasks, two-line people, plain cells; all at fixed heights, badges with words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from spie_desk.ui import icons
from spie_desk.ui.models.rows import LINE, ROW, Line, ListSpec
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import draw_avatar
from spie_desk.ui.widgets.choices import draw_tick

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def tick_box(rect: QRect) -> QRectF:
    """Where a row's box stands."""
    side = look().px(20)
    return QRectF(rect.left() + look().px(12), rect.top() + (rect.height() - side) / 2, side, side)


def row_height(spec: ListSpec) -> int:
    """The one height of a list's rows: two lines for people, and for tasks when the text is large."""
    now = look()
    two = spec.shape == "person" or (spec.shape == "task" and now.narrow)
    return now.height("person-row" if two else "row")


class RowPainter(QStyledItemDelegate):
    """Paints the rows of one spec."""

    def __init__(self, spec: ListSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._spec = spec

    def _marks(self) -> bool:
        """Several short lists on one page: only the one with the keyboard shows its current row."""
        view = self.parent()
        return not isinstance(view, QWidget) or not view.property("fits") or view.hasFocus()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, row_height(self._spec))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._marks()
        line = index.data(LINE)
        if line is None:
            self._cell(painter, rect, index, chosen=chosen)
        else:
            self._ground(painter, rect, chosen=chosen)
            if self._spec.shape == "person":
                self._person(painter, rect, line)
            elif look().narrow and line.middle:
                # no room for three columns: for whom goes under what
                self._person(painter, rect, replace(line, second=line.middle))
            else:
                self._task(painter, rect, line, spare=self._spared() if chosen else 0)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("select"))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), look().px(8), look().px(8))

    def _cell(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, chosen: bool
    ) -> None:
        now, column = look(), self._spec.columns[index.column()]
        if chosen:
            painter.fillRect(rect, now.colour("select"))
        painter.setPen(now.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        role = column.ink(index.data(ROW)) if column.ink is not None else "text"
        inner = rect.adjusted(now.px(8), 0, -now.px(8), 0)
        weight = 600 if role in {"danger", "warn"} else 400
        self._write(painter, inner, index.data() or "", role, now.font(Type.SECOND, weight, tabular=column.right),
                    _RIGHT if column.right else _LEFT)  # fmt: skip

    def _spared(self) -> int:
        """Room kept on the current row for the buttons that a page lays over it."""
        view = self.parent()
        return int(view.property("spared") or 0) if isinstance(view, QWidget) else 0

    def _task(self, painter: QPainter, rect: QRect, line: Line, *, spare: int = 0) -> None:
        now = look()
        left = self._lead(painter, rect, line)
        right = rect.right() - now.px(12)
        weight = 600 if line.role in {"danger", "warn"} else 400
        font = now.font(Type.SECOND, weight, tabular=True)
        badge = self._badge_room(line, right - left - now.px(12) - spare, font)
        middle = int(rect.width() * 0.22) if line.middle else 0
        if line.badge:
            self._write(painter, QRect(right - badge, rect.top(), badge, rect.height()), line.badge, line.role,
                        font, _RIGHT)  # fmt: skip
        if line.middle:
            self._write(painter, QRect(right - badge - middle, rect.top(), middle, rect.height()), line.middle, "muted",
                        now.font(Type.SECOND), _LEFT)  # fmt: skip
        title = QRect(left, rect.top(), right - badge - middle - now.px(12) - left - spare, rect.height())
        self._write(painter, title, line.title, "muted" if line.ticked else "text", now.font(Type.TEXT, 500), _LEFT)

    def _badge_room(self, line: Line, room: int, font: QFont) -> int:
        """One width where a column stands between; else what the badge needs and the title leaves."""
        if not line.badge:
            return 0
        if line.middle:
            return max(look().px(110), room // 5) if room > look().px(800) else look().px(110)
        title = QFontMetrics(look().font(Type.TEXT, 500)).horizontalAdvance(line.title) + look().px(4)
        needs = QFontMetrics(font).horizontalAdvance(line.badge) + look().px(4)
        return min(needs, max(look().px(110), room - title))

    def _person(self, painter: QPainter, rect: QRect, line: Line) -> None:
        now = look()
        left = self._lead(painter, rect, line)
        right = rect.right() - now.px(10)
        if line.more:
            icons.draw(painter, "chevron-right", "muted",
                       QRectF(right - now.px(16), rect.center().y() - now.px(9), now.px(18), now.px(18)))  # fmt: skip
            right -= now.px(24)
        half = rect.height() // 2
        top = QRect(left, rect.top() + now.px(7), right - left, half - now.px(7))
        badge = self._badge(painter, top, line)
        self._write(painter, top.adjusted(0, 0, -badge, 0), line.title, "text", now.font(Type.TEXT, 600), _LEFT)
        below = QRect(left, rect.top() + half, right - left, half - now.px(6))
        self._write(painter, below, line.second, "muted", now.font(Type.SECOND), _LEFT)

    def _badge(self, painter: QPainter, top: QRect, line: Line) -> int:
        if not line.badge:
            return 0
        font = look().font(Type.LABEL, 500, tabular=True)
        self._write(painter, top, line.badge, line.role, font, _RIGHT)
        return QFontMetrics(font).horizontalAdvance(line.badge) + look().px(8)

    def _lead(self, painter: QPainter, rect: QRect, line: Line) -> int:
        """What stands first — box, initials or icon — and where the words begin after it."""
        now = look()
        left = rect.left() + now.px(10)
        if line.ticked is not None:
            draw_tick(painter, tick_box(rect), on=line.ticked)
            return left + now.px(32)
        if line.avatar:
            side = now.px(34)
            disc = QRectF(left, rect.center().y() - side / 2 + 0.5, side, side)
            draw_avatar(painter, line.avatar, disc, "neutralSoft", "neutral")
            return left + now.px(44)
        if line.icon:
            side = now.px(18)
            icons.draw(painter, line.icon, line.icon_role, QRectF(left, rect.center().y() - side / 2, side, side))
            return left + now.px(28)
        return left

    def _write(self, painter: QPainter, rect: QRect, text: str, role: str, font: QFont,
               side: Qt.AlignmentFlag) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(look().colour(role))
        painter.drawText(
            rect, int(side), QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        )
