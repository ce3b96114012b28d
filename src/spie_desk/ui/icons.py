"""Lucide icons, recoloured from a token when they are drawn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from spie_desk.shipped import open_shipped
from spie_desk.ui.theme import look

_DRESSED = "spieIcon"


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


def icon(name: str, role: str = "text", size: int = 18) -> QIcon:
    """The same as a QIcon; when disabled it keeps the muted colour instead of a ghost."""
    found = QIcon(pixmap(name, role, size))
    found.addPixmap(pixmap(name, "muted", size), QIcon.Mode.Disabled)
    return found


def dress(button: QAbstractButton, name: str, role: str = "text", size: int = 18) -> None:
    """Give a button an icon; call again when the look changes."""
    button.setIcon(icon(name, role, size))
    side = look().px(size)
    button.setIconSize(pixmap(name, role, size).deviceIndependentSize().toSize())
    button.setProperty(_DRESSED, f"{name} {role} {side}")
