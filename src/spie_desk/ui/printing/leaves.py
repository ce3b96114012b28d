"""Pages as they will come out, one under the other, beside what decides of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.printing.pages import PAGE, Pages

WIDE = 520
"""Never larger: an A4 page is read whole at that width."""


class Leaves(QScrollArea):
    """Drawn again when its width changes; the arrows scroll it."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setSpacing(16)
        self._pages: Pages | None = None
        self._drawn = 0
        self.setWidgetResizable(True)
        self.setWidget(inner)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Pages telles qu’elles seront imprimées"))

    def show_pages(self, pages: Pages | None) -> None:
        """None: nothing to show."""
        self._pages = pages
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide() != self._drawn:
            self._draw()

    def _wide(self) -> int:
        margins = self._lines.contentsMargins()
        return max(120, min(WIDE, self.viewport().width() - margins.left() - margins.right()))

    def _draw(self) -> None:
        while (old := self._lines.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        self._drawn = self._wide()
        sharp = self.devicePixelRatioF()
        if (pages := self._pages) is None:
            return
        for page in range(pages.count):
            picture = pages.picture(page, self._drawn / PAGE.width() * sharp)
            picture.setDevicePixelRatio(sharp)
            shown = QLabel()
            shown.setPixmap(QPixmap.fromImage(picture))
            shown.setAccessibleName(_("Page {page} sur {pages}").format(page=page + 1, pages=pages.count))
            self._lines.addWidget(shown, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._lines.addStretch(1)
