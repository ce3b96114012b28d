"""Pages out of a document: A4 with the structure at the head, who printed at the foot; to PDF, printer or picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFileDevice, QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.texts import _
from spie_desk.ui.printing.document import document
from spie_desk.ui.printing.voice import Voice
from spie_desk.ui.printing.wording import said

DPI = 96
PAGE = QSizeF(794, 1123)
"""A4 in px of 96 to the inch."""
SIDE, HEAD, FOOT = 68.0, 80.0, 72.0
LARGER = 1.45
"""For a sheet that the person takes home: read without glasses, in a queue."""
TIGHTER = 0.92
ALONE = 112.0
"""A heading with less room than this below it goes to the next page."""


class NotWrittenError(DeskError):
    says = N_("Le fichier n’a pas pu être écrit à cet endroit.")
    next_step = N_("Choisissez un autre dossier, ou vérifiez qu’il reste de la place.")


class Pages:
    """One sheet laid out on A4, ready to be drawn anywhere."""

    def __init__(self, sheet: Sheet, watermark: str = "") -> None:
        self._sheet = sheet
        self._watermark = watermark
        self._voice = Voice()
        self._room = QSizeF(PAGE.width() - 2 * SIDE, PAGE.height() - HEAD - FOOT)
        size = LARGER if sheet.large else 1.0
        self._doc = self._laid_out(Voice(size))
        if self.count > 1:
            # A last page with three lines on it is a page too many: a little smaller, if that is enough.
            tighter = self._laid_out(Voice(size * TIGHTER))
            if tighter.pageCount() < self._doc.pageCount():
                self._doc = tighter

    def _laid_out(self, voice: Voice) -> QTextDocument:
        found = document(self._sheet, voice)
        found.setPageSize(self._room)
        self._keep_headings(found)
        return found

    def _keep_headings(self, doc: QTextDocument) -> None:
        """Send a heading that would stand alone at the foot of a page over to what it announces."""
        layout, tall = doc.documentLayout(), self._room.height()
        for number in range(doc.blockCount()):
            block = doc.findBlockByNumber(number)
            if not block.blockFormat().headingLevel():
                continue
            where = layout.blockBoundingRect(block)
            below = (where.top() // tall + 1) * tall - where.bottom()
            if below < ALONE:
                shape = block.blockFormat()
                shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(shape)

    @property
    def count(self) -> int:
        return max(1, self._doc.pageCount())

    def draw(self, painter: QPainter, page: int) -> None:
        """One page, in px of 96 to the inch; the painter is scaled to its device beforehand."""
        self._edges(painter, page)
        painter.save()
        painter.translate(SIDE, HEAD - page * self._room.height())
        window = QRectF(0, page * self._room.height(), self._room.width(), self._room.height())
        painter.setClipRect(window)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = window
        self._doc.documentLayout().draw(painter, context)
        painter.restore()
        if self._watermark:
            self._stamp(painter)

    def _edges(self, painter: QPainter, page: int) -> None:
        text, muted = self._voice.colour("text"), self._voice.colour("muted")
        wide = PAGE.width() - 2 * SIDE
        painter.setPen(text)
        painter.setFont(self._voice.chars(12, 600).font())
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(SIDE, 38, wide, 20), left, said(self._sheet.header))
        painter.setPen(self._voice.colour("line"))
        painter.drawLine(round(SIDE), 62, round(SIDE + wide), 62)
        painter.drawLine(round(SIDE), round(PAGE.height() - 58), round(SIDE + wide), round(PAGE.height() - 58))
        painter.setPen(muted)
        painter.setFont(self._voice.chars(11).font())
        foot = QRectF(SIDE, PAGE.height() - 50, wide, 18)
        painter.drawText(foot, left, said(self._sheet.footer))
        painter.drawText(foot, right, _("page {page}/{pages}").format(page=page + 1, pages=self.count))

    def _stamp(self, painter: QPainter) -> None:
        """Across the page, so that no training sheet is ever taken for a person's."""
        painter.save()
        painter.translate(PAGE.width() / 2, PAGE.height() / 2)
        painter.rotate(-52)
        faint = self._voice.colour("muted")
        faint.setAlphaF(0.16)
        painter.setPen(faint)
        painter.setFont(self._voice.chars(64, 600).font())
        painter.drawText(QRectF(-560, -60, 1120, 120), Qt.AlignmentFlag.AlignCenter, self._watermark)
        painter.restore()

    def picture(self, page: int, ratio: float = 1.0) -> QImage:
        """One page as a picture, for the preview."""
        found = QImage(round(PAGE.width() * ratio), round(PAGE.height() * ratio), QImage.Format.Format_RGB32)
        found.fill(Qt.GlobalColor.white)
        painter = QPainter(found)
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | smooth)
        painter.scale(ratio, ratio)
        self.draw(painter, page)
        painter.end()
        return found

    def onto(self, device: QPagedPaintDevice, wanted: Callable[[int], bool] = lambda _page: True) -> bool:
        """Every wanted page onto paper or PDF; False when the device refused."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        scale = device.logicalDpiX() / DPI
        first = True
        for page in range(self.count):
            if not wanted(page):
                continue
            if not first:
                device.newPage()
            first = False
            painter.save()
            painter.scale(scale, scale)
            self.draw(painter, page)
            painter.restore()
        return painter.end()


def all_onto(device: QPagedPaintDevice, sheets: Sequence[Pages]) -> bool:
    """Several sheets one after the other, as one job; False when the device refused."""
    painter = QPainter()
    if not sheets or not painter.begin(device):
        return False
    scale = device.logicalDpiX() / DPI
    places = [(pages, page) for pages in sheets for page in range(pages.count)]
    for rank, (pages, page) in enumerate(places):
        if rank:
            device.newPage()
        painter.save()
        painter.scale(scale, scale)
        pages.draw(painter, page)
        painter.restore()
    return painter.end()


def on_a4(device: QPagedPaintDevice) -> None:
    """A4 upright with no margin of the device's: the page draws its own."""
    device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))


def pdf(sheet: Sheet, target: Path | QIODevice, ticked: frozenset[str] | None = None, watermark: str = "") -> int:
    """Write the sheet as a PDF; returns its number of pages. ``ticked`` None: as the tick-list stands at first.

    The file's own title tells the sort of sheet, never the person; nothing is written anywhere else on the way.
    """
    data, count = _made(sheet, ticked, watermark)
    if isinstance(target, Path):
        _put_down(data, target)
    elif not target.isWritable() or target.write(data) != len(data):
        raise NotWrittenError
    return count


def _put_down(data: bytes, target: Path) -> None:
    """Whole or not at all, for its owner alone."""
    file = QSaveFile(str(target))
    owner = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or not file.setPermissions(owner):
        raise NotWrittenError
    if file.write(data) != len(data) or not file.commit():
        raise NotWrittenError


def pdf_bytes(sheet: Sheet, ticked: frozenset[str] | None = None, watermark: str = "") -> bytes:
    """The PDF in memory: for an export that seals it before it touches the disk."""
    return _made(sheet, ticked, watermark)[0]


def _made(sheet: Sheet, ticked: frozenset[str] | None, watermark: str) -> tuple[bytes, int]:
    pages = Pages(sheet.only(sheet.at_first() if ticked is None else ticked), watermark)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setTitle(sheet.name)
    writer.setCreator("SPIE Desk")
    on_a4(writer)
    if not pages.onto(writer):
        raise NotWrittenError
    buffer.close()
    return bytes(held.data()), pages.count
