"""One focus ring for every widget: 2 px, 2 px away, drawn over the window in a blue kept for focus."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QScrollArea, QWidget

from spie_desk.ui.theme import Look, look, tokens

_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ShowToParent,
          QEvent.Type.HideToParent, QEvent.Type.LayoutRequest}  # fmt: skip
_LINE = 8
"""How far from its edge the ring may still draw: its line at a corner."""


class FocusRing(QWidget):
    """The ring of one window; it follows the focused widget when it moves, scrolls or hides.

    It is no larger than what it draws: over the whole window, each of its moves would paint all of it again.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._round: QWidget | None = None
        self._watched: list[QWidget] = []
        self._styled, self._due = True, False
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
        self.wear(look())
        self.follow()

    def wear(self, now: Look) -> None:
        self._styled = now.styled
        self._stand()
        self.follow()

    def target(self) -> QRect:
        """Where the ring stands, in the window; empty when nothing here has the focus."""
        widget = self._round
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            return QRect()
        inner = widget.focus_rect() if hasattr(widget, "focus_rect") else widget.rect()
        found = QRect(widget.mapTo(self._window, inner.topLeft()), inner.size())
        said = tokens()["focus"]
        away = said["width"] + said["offset"]
        seen = self._clipped(widget, found)
        return QRect() if seen.isEmpty() else seen.adjusted(-away, -away, away, away)

    def follow(self) -> None:
        """Look again where the focus is, once what moves has been laid out."""
        if not self._due:
            self._due = True
            QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        self._due = False
        self._stand()

    def _stand(self) -> None:
        if not shiboken6.isValid(self._window):
            return
        rect = self.target()
        self.setVisible(self._styled and not rect.isEmpty())
        if rect.isEmpty():
            return
        if rect != self.geometry():
            self.setGeometry(rect)
            inner = self.rect().adjusted(_LINE, _LINE, -_LINE, -_LINE)
            self.setMask(QRegion(self.rect()) - QRegion(inner))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QScrollArea) and self._round is not None:
            # the page lost room (a message came): what has the focus stays in view
            self._bring_into_view(watched, self._round)
        if event.type() in _MOVES or event.type() == QEvent.Type.ChildAdded:
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        now, said = look(), tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.colour("focus"), said["focus"]["width"]))
        radius = said["radii"]["focus-ring"]
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not (shiboken6.isValid(self) and shiboken6.isValid(self._window)):
            return
        for watched in self._watched:
            if shiboken6.isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        self._round = self._shown_for(now) if now is not None and now.window() is self._window else None
        widget: QWidget | None = self._round
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            if isinstance(widget, QScrollArea) and self._round is not None:
                self._bring_into_view(widget, self._round)
            widget = widget.parentWidget()
        self._stand()
        # and once more when what came with it has been laid out
        self.follow()

    @staticmethod
    def _bring_into_view(area: QScrollArea, widget: QWidget) -> None:
        """What has the focus is seen, however it got it."""
        inner = widget.focus_rect() if hasattr(widget, "focus_rect") else widget.rect()
        if (body := area.widget()) is not None and body.isAncestorOf(widget):
            centre = widget.mapTo(body, inner.center())
            area.ensureVisible(centre.x(), centre.y(), 0, min(inner.height(), area.viewport().height()) // 2 + 8)

    def _shown_for(self, widget: QWidget) -> QWidget | None:
        """The widget to ring: a card for its radio, a frame for its editor; nothing for the bare window."""
        if isinstance(widget, QMainWindow) or widget is self._window:
            return None
        parent: QWidget | None = widget
        for _step in range(3):
            if parent is not None and hasattr(parent, "focus_frame"):
                framed: QWidget = parent.focus_frame()
                return framed
            parent = parent.parentWidget() if parent is not None else None
        return widget

    def _clipped(self, widget: QWidget, rect: QRect) -> QRect:
        parent = widget.parentWidget()
        while parent is not None and parent is not self._window:
            if isinstance(parent, QAbstractScrollArea):
                port = parent.viewport()
                seen = QRect(port.mapTo(self._window, QPoint(0, 0)), port.size())
                rect = rect.intersected(seen)
            parent = parent.parentWidget()
        return rect
