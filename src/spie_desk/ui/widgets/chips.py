"""Chips: an icon, a word and a colour that say one state; never the colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from spie_desk.ui import icons
from spie_desk.ui.theme import Look, Type, look

ROLES = ("neutral", "warn", "danger", "ok", "info", "accent")


class Chip(QWidget):
    """A small label on a soft ground; ``flat`` leaves the ground out (a receipt under an entry)."""

    def __init__(self, text: str, role: str = "neutral", icon: str = "", *, flat: bool = False) -> None:
        super().__init__()
        self._text, self._role, self._icon, self._flat = text, role, icon, flat
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.wear(look())

    def say(self, text: str, role: str = "", icon: str = "") -> None:
        """Change the words, and the role and icon when given."""
        self._text, self._role, self._icon = text, role or self._role, icon or self._icon
        self.wear(look())

    def show_state(self, text: str, role: str, icon: str) -> None:
        """Another state altogether, with no icon when none is given."""
        if (text, role, icon) != (self._text, self._role, self._icon):
            self._text, self._role, self._icon = text, role, icon
            self.wear(look())

    def text(self) -> str:
        return self._text

    def wear(self, now: Look) -> None:
        self.setFont(now.font(Type.LABEL))
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = look()
        icon = now.px(19) if self._icon else 0
        padding = 0 if self._flat else now.px(18)
        words = QFontMetrics(now.font(Type.LABEL)).horizontalAdvance(self._text)
        return QSize(words + icon + padding + 2, now.height("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_chip(QPainter(self), QRectF(self.rect()), self._text, self._role, self._icon, flat=self._flat)


def draw_chip(painter: QPainter, rect: QRectF, text: str, role: str, icon: str = "", *, flat: bool = False) -> None:
    """Paint a chip: shared by the widget and the list rows."""
    now = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = rect.left()
    if not flat:
        painter.setBrush(now.colour(f"{role}Soft"))
        painter.setPen(now.colour(role) if now.name == "high-contrast" else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2)
        left += now.px(9)
    if icon:
        side = now.px(14)
        icons.draw(painter, icon, role, QRectF(left, rect.center().y() - side / 2, side, side))
        left += now.px(19)
    painter.setPen(now.colour(role))
    painter.setFont(now.font(Type.LABEL))
    painter.drawText(QRectF(left, rect.top(), rect.right() - left, rect.height()),
                     Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)  # fmt: skip
    painter.restore()
