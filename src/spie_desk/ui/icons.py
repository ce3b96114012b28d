"""Lucide icons, recoloured from a token when they are drawn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from spie_desk.shipped import open_shipped
from spie_desk.ui.theme import look


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = open_shipped(f"icons/{name}.svg").replace(b"currentColor", colour.encode())
    return QSvgRenderer(QByteArray(drawing))


def draw(painter: QPainter, name: str, role: str, rect: QRectF) -> None:
    """Draw an icon into ``rect`` with the colour of a token."""
    _renderer(name, look().colours[role]).render(painter, rect)


def pixmap(name: str, role: str = "text", size: int = 18) -> QPixmap:
    """An icon of ``size`` px (before the text size), sharp on this screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    side = look().px(size)
    found = QPixmap(round(side * ratio), round(side * ratio))
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    draw(painter, name, role, QRectF(0, 0, side, side))
    painter.end()
    return found


def icon(name: str, role: str = "text", size: int = 18, gap: int = 0) -> QIcon:
    """The same as a QIcon; when disabled it keeps the muted colour instead of a ghost. ``gap`` is room at its right."""
    found = QIcon(_with_gap(pixmap(name, role, size), gap))
    found.addPixmap(_with_gap(pixmap(name, "muted", size), gap), QIcon.Mode.Disabled)
    return found


def _with_gap(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    wider = QPixmap(drawn.width() + round(look().px(gap) * ratio), drawn.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wider


def dress(button: QAbstractButton, name: str, role: str = "text", size: int = 18) -> None:
    """Give a button an icon; call again when the look changes."""
    gap = 6 if button.text() else 0
    button.setIcon(icon(name, role, size, gap))
    side = look().px(size)
    button.setIconSize(QSize(side + look().px(gap), side))
