"""How printed words look: sizes, weights, colours, the cells they stand in; one voice for paper and screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextFrameFormat,
    QTextTableCellFormat,
)

from spie_desk.ui.theme import colours_of, tokens


@dataclass(frozen=True, slots=True)
class Dress:
    """How a cell looks: room above and below, a line under it, a ground."""

    pad: float
    under: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Sizes in px of 96 to the inch. Paper is always light; ``scale`` is for the sheet shown large."""

    scale: float = 1.0
    theme: str = "light"

    def px(self, size: float) -> float:
        return size * self.scale

    def colour(self, role: str) -> QColor:
        return QColor(colours_of(self.theme)[role])

    def chars(
        self, size: float = 14, weight: int = 400, role: str = "text", *, italic: bool = False
    ) -> QTextCharFormat:
        font = QFont(tokens()["font"]["family"])
        font.setPixelSize(max(1, round(self.px(size))))
        font.setWeight(QFont.Weight(weight))
        font.setItalic(italic)
        # No tabular figures here: their glyphs have no letter behind them in a PDF, and a phone number that cannot
        # be searched, copied or read aloud is worse than a column that wavers by a hair.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        found = QTextCharFormat()
        found.setFont(font)
        found.setForeground(QBrush(self.colour(role)))
        return found

    def dressed(self, dress: Dress) -> QTextTableCellFormat:
        shape = QTextTableCellFormat()
        shape.setTopPadding(self.px(dress.pad))
        shape.setBottomPadding(self.px(dress.pad))
        shape.setLeftPadding(self.px(6 if dress.back or dress.under else 0))
        shape.setRightPadding(self.px(8))
        if dress.under:
            shape.setBottomBorder(self.px(1))
            shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setBottomBorderBrush(QBrush(self.colour(dress.under)))
        if dress.back:
            shape.setBackground(self.colour(dress.back))
        return shape

    def box(self) -> QImage:
        """Drawn eight times larger than it is shown, to be sharp on paper."""
        found = QImage(96, 96, QImage.Format.Format_ARGB32)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour("muted"), 9))
        painter.drawRoundedRect(8, 8, 80, 80, 14, 14)
        painter.end()
        return found
