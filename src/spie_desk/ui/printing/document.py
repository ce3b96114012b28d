"""A sheet's blocks as a text document: one typographic voice for paper, preview and the large screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from spie_desk.domain.sheets.blocks import Block, Facts, Key, Lines, Markdown, Paragraph, Section, Sheet, Table
from spie_desk.ui.printing.voice import Dress, Voice
from spie_desk.ui.printing.wording import said
from spie_desk.ui.theme import load_fonts


def document(sheet: Sheet, voice: Voice | None = None) -> QTextDocument:
    """The sheet as it reads, with its title; header, footer and page numbers are the page's affair."""
    load_fonts()
    return _Writer(voice or Voice()).write(sheet)


_BOX = "box"


class _Writer:
    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._doc = QTextDocument()
        self._doc.setUndoRedoEnabled(False)
        self._doc.setDocumentMargin(0)
        self._doc.setUseDesignMetrics(True)
        self._doc.setDefaultFont(voice.chars().font())
        self._doc.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(_BOX), self._voice.box())
        self._cursor = QTextCursor(self._doc)
        self._fresh = True

    def write(self, sheet: Sheet) -> QTextDocument:
        self._line(said(sheet.title), self._voice.chars(26, 600), below=2)
        if sheet.under:
            under = said(sheet.under)
            self._line(under[:1].upper() + under[1:], self._voice.chars(15, 400, "muted"), below=10)
        for block in sheet.blocks:
            self._block(block)
        return self._doc

    def _block(self, block: Block) -> None:
        if isinstance(block, Section):
            self._line(said(block.heading), self._voice.chars(16, 600, "accent"), above=16, below=5, level=2)
            for inner in block.blocks:
                self._block(inner)
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Lines):
            self._lines(block)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._text(block)

    def _text(self, block: Paragraph | Markdown | Key) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Markdown):
            self._markdown(block.text)
        else:
            self._key(block)

    def _line(self, text: str, chars: QTextCharFormat, *, above: float = 0, below: float = 4, level: int = 0) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(self._voice.px(above))
        shape.setBottomMargin(self._voice.px(below))
        shape.setHeadingLevel(level)
        shape.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._open(shape, chars)
        self._cursor.insertText(text, chars)

    def _open(self, shape: QTextBlockFormat, chars: QTextCharFormat) -> None:
        """Begin a paragraph; the document starts with one, and a table leaves one behind it."""
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(chars)
            self._fresh = False
        else:
            self._cursor.insertBlock(shape, chars)

    def _paragraph(self, block: Paragraph) -> None:
        text = said(block.text)
        if block.style == "quote":
            self._framed([(f"«\u00a0{text}\u00a0»", self._voice.chars(15, 400, italic=True))], "sunken", "accent")
            return
        chars = {
            "strong": self._voice.chars(14.5, 600),
            "small": self._voice.chars(12, 400, "muted"),
        }.get(block.style, self._voice.chars())
        self._line(text, chars, above=10 if block.style == "small" else 0, below=6)

    def _key(self, block: Key) -> None:
        title = said(block.text)
        lines = [(title[:1].upper() + title[1:], self._voice.chars(16, 600, "accent"))]
        if block.more:
            lines.append((" · ".join(said(part) for part in block.more), self._voice.chars(13.5)))
        self._framed(lines, "accentSoft", "accent", above=8)

    def _framed(self, lines: list[tuple[str, QTextCharFormat]], back: str, edge: str, *, above: float = 0) -> None:
        """A band with a bar at its left: her words, the next appointment."""
        table = self._grid(1, 1, (100,), above=above)
        cell = table.cellAt(0, 0)
        shape = QTextTableCellFormat()
        shape.setBackground(self._voice.colour(back))
        shape.setPadding(self._voice.px(9))
        shape.setLeftPadding(self._voice.px(14))
        shape.setLeftBorder(self._voice.px(3))
        shape.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setLeftBorderBrush(QBrush(self._voice.colour(edge)))
        inside = cell.firstCursorPosition()
        for rank, (text, chars) in enumerate(lines):
            if rank:
                inside.insertBlock()
            self._fill(inside, text, chars)
        cell.setFormat(shape)
        self._after()

    def _facts(self, block: Facts) -> None:
        table = self._grid(len(block.rows), 2, (32, 68))
        for place, row in enumerate(block.rows):
            self._cell(table, (place, 0), (said(row.label), self._voice.chars(13, 400, "muted")), Dress(2.5))
            self._cell(table, (place, 1), (said(row.value), self._voice.chars(14, 500)), Dress(2.5))
        self._after()

    def _lines(self, block: Lines) -> None:
        """A line is its box, its text, and what goes with it at the right: one row each keeps a sheet on one page."""
        boxed, beside = any(line.box for line in block.lines), any(line.more for line in block.lines)
        widths = (*((4,) if boxed else ()), *((54, 42) if beside else (96,)))
        table = self._grid(len(block.lines), len(widths), widths)
        for place, line in enumerate(block.lines):
            if boxed:
                self._tick_box(table, place)
            chars = self._voice.chars(14, 600 if line.strong else 400)
            self._cell(table, (place, int(boxed)), (said(line.text), chars), Dress(3))
            if beside:
                quiet = self._voice.chars(13, 400, "muted")
                self._cell(table, (place, int(boxed) + 1), (said(line.more), quiet), Dress(3))
        self._after()

    def _tick_box(self, table: QTextTable, place: int) -> None:
        """An empty square to tick by hand: the font has no such sign, a small picture stands for it."""
        side = round(self._voice.px(12))
        shape = QTextImageFormat()
        shape.setName(_BOX)
        shape.setWidth(side)
        shape.setHeight(side)
        shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        inside = table.cellAt(place, 0).firstCursorPosition()
        inside.insertImage(shape)
        table.cellAt(place, 0).setFormat(self._voice.dressed(Dress(3)))

    def _table(self, block: Table) -> None:
        table = self._grid(len(block.rows) + 1, len(block.head), block.widths, head=1)
        for column, text in enumerate(block.head):
            self._cell(table, (0, column), (said(text), self._voice.chars(12, 600, "muted")), Dress(5, "field"))
        for place, row in enumerate(block.rows, start=1):
            for column, text in enumerate(row.cells):
                words = said(text)
                chars = self._voice.chars(14, 600 if row.strong else 400)
                dress = Dress(4.5, "line", "accentSoft" if row.strong else "")
                self._cell(table, (place, column), (words[:1].upper() + words[1:], chars), dress)
        self._after()

    def _grid(self, rows: int, columns: int, widths: tuple[int, ...], *, head: int = 0, above: float = 0) -> QTextTable:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellSpacing(0)
        shape.setCellPadding(0)
        shape.setTopMargin(self._voice.px(above))
        shape.setBottomMargin(self._voice.px(7))
        shape.setHeaderRowCount(head)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, part) for part in widths])
        return self._cursor.insertTable(rows, columns, shape)

    def _cell(self, table: QTextTable, at: tuple[int, int], text: tuple[str, QTextCharFormat], dress: Dress) -> None:
        cell = table.cellAt(*at)
        inside = cell.firstCursorPosition()
        self._fill(inside, *text)
        # Last of all: a cell's shape lives in its first block, and filling the block would overwrite it.
        cell.setFormat(self._voice.dressed(dress))

    def _fill(self, inside: QTextCursor, text: str, chars: QTextCharFormat) -> None:
        shape = QTextBlockFormat()
        shape.setLineHeight(112, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setAlignment(Qt.AlignmentFlag.AlignLeft)
        inside.setBlockFormat(shape)
        inside.setBlockCharFormat(chars)
        inside.insertText(text, chars)

    def _after(self) -> None:
        """Leave the table; the empty paragraph that Qt keeps behind it takes no room."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        tiny = QTextBlockFormat()
        tiny.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._cursor.setBlockFormat(tiny)
        self._cursor.setBlockCharFormat(self._voice.chars(1))

    def _markdown(self, text: str) -> None:
        """The user's Markdown, without images nor anything that would be fetched."""
        inner = QTextDocument()
        inner.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        for at in range(inner.blockCount()):
            block = inner.findBlockByNumber(at)
            shape = QTextBlockFormat()
            shape.setBottomMargin(self._voice.px(7))
            shape.setLineHeight(122, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            heading = block.blockFormat().headingLevel()
            listed = block.textList() is not None
            shape.setLeftMargin(self._voice.px(14 if listed else 0))
            self._open(shape, self._voice.chars())
            if listed:
                self._cursor.insertText("–\u00a0", self._voice.chars())
            self._pieces(block, heading=bool(heading))

    def _pieces(self, block: object, *, heading: bool) -> None:
        for piece in block:  # type: ignore[attr-defined]
            found = piece.fragment()
            shape = found.charFormat()
            if shape.isImageFormat():
                continue
            weight = 600 if heading or shape.fontWeight() >= QFont.Weight.DemiBold.value else 400
            chars = self._voice.chars(15 if heading else 13.5, weight, italic=shape.fontItalic())
            self._cursor.insertText(found.text(), chars)
