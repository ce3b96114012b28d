"""The sheet shown large on screen, to be read across a desk or photographed, when there is no printer."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser, QWidget

from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.texts import _
from spie_desk.ui.printing.document import document
from spie_desk.ui.printing.voice import Voice
from spie_desk.ui.theme import Look, look

LARGE = 1.5
"""Times the size of paper, before the user's own text size."""


class LargeSheet(QTextBrowser):
    """What is ticked of the sheet, large, in the colours of the screen."""

    def __init__(self, sheet: Sheet, ticked: frozenset[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet.only(sheet.at_first() if ticked is None else ticked)
        self.setOpenLinks(False)
        self.setAccessibleName(_("Fiche en grand"))
        self.wear(look())

    def wear(self, now: Look) -> None:
        theme = now.name if now.styled else "light"
        # The house paints read-only texts sunken; this one is a page.
        self.setStyleSheet(f"background: {now.colours['surface']}; border: 0;")
        shown = document(self._sheet, Voice(LARGE * now.scale / 100, theme))
        shown.setParent(self)
        shown.setDocumentMargin(now.px(32))
        self.setDocument(shown)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Only what the document itself holds; nothing is ever read from a file or fetched."""
        return self.document().resource(kind, QUrl(name)) if QUrl(name).scheme() == "" else None
