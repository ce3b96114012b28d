"""Doing something in several steps, and long work under way with its Cancel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.tasks import LongWork
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, row
from spie_desk.ui.widgets.buttons import Button


class StepsHeader(QWidget):
    """1 — 2 — 3 — 4: what is done, where one is, what comes."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names, self._at = list(names), 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Count from 0; past the last, everything is done."""
        self._at = at
        name = self._names[min(at, len(self._names) - 1)]
        said = _("Étape {n} sur {total}\u00a0: {name}").format(
            n=min(at + 1, len(self._names)), total=len(self._names), name=name
        )
        self.setAccessibleName(said)
        self.update()

    def step(self) -> int:
        return self._at

    def wear(self, now: Look) -> None:
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        now = look()
        bold = QFontMetrics(now.font(Type.SECOND, 600))
        return [now.px(32) + bold.horizontalAdvance(name) for name in self._names]

    def sizeHint(self) -> QSize:
        now = look()
        return QSize(sum(self._widths()) + now.px(48) * (len(self._names) - 1), now.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.width() < self.sizeHint().width():
            painter.setFont(now.font(Type.SECOND, 600))
            painter.setPen(now.colour("text"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self.accessibleName())
            return
        left = 0
        for at, (name, wide) in enumerate(zip(self._names, self._widths(), strict=True)):
            self._disc(painter, QRectF(left, self.height() / 2 - now.px(12), now.px(24), now.px(24)), at)
            painter.setFont(now.font(Type.SECOND, 600 if at == self._at else 400))
            painter.setPen(now.colour("text" if at == self._at else "muted"))
            words = QRectF(left + now.px(32), 0, wide, self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), name)
            left += wide
            if at < len(self._names) - 1:
                painter.setPen(QPen(now.colour("field"), 1))
                painter.drawLine(left + now.px(10), self.height() // 2, left + now.px(38), self.height() // 2)
            left += now.px(48)

    def _disc(self, painter: QPainter, disc: QRectF, at: int) -> None:
        now = look()
        if at < self._at:
            icons.draw(painter, "circle-check", "ok", disc)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("accent" if at == self._at else "neutralSoft"))
        painter.drawEllipse(disc)
        painter.setPen(now.colour("accentText" if at == self._at else "neutral"))
        painter.setFont(now.font(Type.LABEL))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(at + 1))


class ProgressLine(Card):
    """Long work: what it does, how far it is, and Cancel; it goes away when the work ends."""

    def __init__(self, work: LongWork) -> None:
        super().__init__(gap=8, padding=12)
        self._work = work
        self._words = Words(work.title, Type.TEXT, weight=500)
        self._count = Words("", Type.SECOND, "muted", tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(work.title)
        self._bar.setRange(0, 0)
        self.stop = Button(_("Arrêter"), self._stop, look_="small")
        self.add(row(self._words, None, self._count, self.stop))
        self.add(self._bar)
        work.progressed.connect(self._tell)
        work.ended.connect(self.deleteLater)

    def _tell(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.say(_("{done} sur {total}").format(done=done, total=total) if total else "")

    def _stop(self) -> None:
        self._work.cancel()
        self.stop.say(_("Arrêt demandé"))
        self.stop.setEnabled(False)
