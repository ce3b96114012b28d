"""One page of help as it is read: its text, its pictures no wider than the page, and what each one shows in words."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QTextBrowser

from spie_desk.shipped import open_shipped
from spie_desk.texts import _
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import named

PICTURE = re.compile(r"^!\[(?P<said>[^\]]+)\]\((?P<path>pictures/[a-z0-9-]+\.png)\)$", re.MULTILINE)
"""A picture stands on a line of its own; what it shows is said under it, for whoever sees it and whoever does not."""
_MARGIN = 24


@cache
def _shipped(path: str) -> QImage:
    """Empty when it is not there yet: a page that names a new picture must open for the tour to make it."""
    try:
        return QImage.fromData(open_shipped(f"help/{path}"))
    except FileNotFoundError:
        return QImage()


def captioned(text: str) -> str:
    """The Markdown with each picture's words under it."""
    return PICTURE.sub(lambda found: f"{found[0]}\n\n*{found['said']}*", text)


class HelpSheet(QTextBrowser):
    """``followed`` carries the name of another page: links lead nowhere else, nothing is fetched."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "help-text", _("Texte de l’aide"))
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.setProperty("look", "bare")
        self.anchorClicked.connect(self._follow)

    def show_markdown(self, text: str) -> None:
        self.setMarkdown(captioned(text))
        self._fit()

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        self.document().setDefaultFont(now.font())
        self.setMinimumHeight(now.px(260))
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures come from what is shipped, and from nowhere else."""
        found = PICTURE.match(f"![-]({QUrl(name).path()})")
        if kind == QTextDocument.ResourceType.ImageResource.value and found is not None:
            return _shipped(found["path"])
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As large as the text asks, and never wider than the page."""
        room = self.viewport().width() - look().px(_MARGIN)
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                if piece.charFormat().isImageFormat():
                    self._size(piece.position(), piece.charFormat(), room)
                pieces += 1
            block = block.next()

    def _size(self, at: int, now: QTextCharFormat, room: int) -> None:
        shape: QTextImageFormat = now.toImageFormat()
        picture = _shipped(shape.name())
        wide = max(1, min(room, look().px(picture.width())))
        if picture.isNull() or shape.width() == wide:
            return
        shape.setWidth(wide)
        shape.setHeight(wide * picture.height() / picture.width())
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(shape)

    def _follow(self, link: QUrl) -> None:
        self.followed.emit(link.path().removesuffix(".md").rsplit("/", 1)[-1])
