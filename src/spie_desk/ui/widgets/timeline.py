"""A file in time: one card per event on a rail, saying what, who, when, who reads it and whether it has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from spie_desk.ui import icons
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Across, Box, Card, Upright, Words, row, space
from spie_desk.ui.widgets.chips import Chip

FIRST = 6
"""As many cards as a screen shows: they come first, those below once these are painted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: ``chip`` says who reads it (or an outcome), ``state`` where it has arrived."""

    key: object
    icon: str
    title: str
    text: str
    when: str
    chip: str = ""
    chip_role: str = "neutral"
    chip_icon: str = ""
    state: str = ""
    state_role: str = "warn"
    state_icon: str = "clock"
    tone: str = "accent"
    spoken: str = ""
    small: bool = False
    """Something that matters little by itself: fewer lines, lighter."""


BLANK = Entry(None, "", "", "", "")


class _Rail(QWidget):
    """The line on the left, with the event's icon on it."""

    def __init__(self, icon: str, tone: str, *, last: bool) -> None:
        super().__init__()
        self._icon, self._tone, self._last = icon, tone, last
        self.wear(look())

    def show_icon(self, icon: str, tone: str, *, last: bool) -> None:
        self._icon, self._tone, self._last = icon, tone, last
        self.update()

    def wear(self, now: Look) -> None:
        self.setFixedWidth(now.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.width() / 2 - now.px(12), now.px(8), now.px(24), now.px(24))
        if not self._last:
            painter.setPen(QPen(now.colour("line"), 2))
            painter.drawLine(self.width() // 2, int(disc.bottom()) + 2, self.width() // 2, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour(f"{self._tone}Soft"))
        painter.drawEllipse(disc)
        side = now.px(15)
        icons.draw(painter, self._icon, self._tone,
                   QRectF(disc.center().x() - side / 2, disc.center().y() - side / 2, side, side))  # fmt: skip


class TimelineCard(Card):
    """One event; Return or a click opens it."""

    opened = Signal(object)

    def __init__(self, said: Entry) -> None:
        super().__init__(gap=2 if said.small else 4, padding=8 if said.small else 12)
        self.key, self.small = said.key, said.small
        self.line: QWidget = self  # what holds it beside its rail
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = Words("", Type.SECOND, weight=600) if said.small else Words("", Type.CARD)
        self._when = Words("", Type.SECOND, "muted")
        self._head, self._foot = row(self._title), row(self._when)
        self._head.lines.setStretchFactor(self._title, 1)
        self._foot.lines.setStretchFactor(self._when, 1)
        self._text: Words | None = None
        self._chip: Chip | None = None
        self._state: Chip | None = None
        self.add(self._head)
        self.add(self._foot)
        self.say(said)

    def say(self, said: Entry) -> None:
        """Another event in the same card: nothing stays of the one before."""
        self.key = said.key
        self.setAccessibleName(said.spoken or ", ".join(
            part for part in (said.title, said.when, said.text, said.chip, said.state) if part))  # fmt: skip
        _tell(self._title, said.title)
        _tell(self._when, said.when)
        if said.text and self._text is None:
            self._text = Words(said.text)
            self.lines.insertWidget(1, self._text)
        if self._text is not None:
            _tell(self._text, said.text)
            self._text.setVisible(bool(said.text))
        self._chip = _told(self._chip, self._head, said.chip, said.chip_role, said.chip_icon)
        self._state = _told(self._state, self._foot, said.state, said.state_role, said.state_icon, flat=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.key)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


def _tell(words: Words, text: str) -> None:
    """The same words again lay nothing out again."""
    if words.said() != text:
        words.say(text)


def _told(chip: Chip | None, beside: Box, text: str, role: str, icon: str, *, flat: bool = False) -> Chip | None:
    """The chip at the end of that row, made when there is first something to say."""
    if chip is None and text:
        chip = Chip(text, role, icon, flat=flat)
        beside.add(chip)
    elif chip is not None:
        chip.show_state(text, role, icon)
        chip.setVisible(bool(text))
    return chip


class Timeline(QFrame):
    """Newest first; give it a window of entries, the page asks for more when the foot is reached."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._lines = Upright(self)
        self._cards: list[TimelineCard] = []
        self._rails: list[_Rail] = []
        self._spare: list[tuple[TimelineCard, _Rail]] = []
        self._entries: list[Entry] = []
        self.wear(look())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """The cards that stand say the new ones; to make them again would cost ten times as much."""
        before, self._entries = self._entries, list(entries)
        self._cut(self._fitting(before))
        for at, said in enumerate(self._entries[: len(self._cards)]):
            self._cards[at].say(said)
            self._rails[at].show_icon(said.icon, said.tone, last=at == len(self._entries) - 1)
        self._make(FIRST)

    def _fitting(self, before: Sequence[Entry]) -> int:
        """How many cards may stay: of their size on the first screen, unchanged below it."""
        for at, (card, said) in enumerate(zip(self._cards, self._entries, strict=False)):
            if card.small != said.small or (at >= FIRST and before[at] != said):
                return at
        return min(len(self._cards), len(self._entries))

    def _cut(self, kept: int) -> None:
        """Away with the cards from there on, and with the stretch below; a few wait, blank, for the next file."""
        while self._lines.count() > kept:
            item = self._lines.takeAt(kept)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
        gone = list(zip(self._cards[kept:], self._rails[kept:], strict=True))
        self._spare = [one for one in gone if not one[0].small] + self._spare
        for card, rail in gone:
            card.say(BLANK)
            rail.show_icon("", "accent", last=True)
        for card, _rail in [one for one in gone if one[0].small] + self._spare[FIRST:]:
            card.line.deleteLater()
        del self._cards[kept:], self._rails[kept:], self._spare[FIRST:]

    def cards(self) -> list[TimelineCard]:
        self._make_rest()
        return self._cards

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if len(self._cards) < len(self._entries):
            QTimer.singleShot(0, self, self._make_rest)

    def _make_rest(self) -> None:
        if len(self._cards) < len(self._entries):
            self._lines.takeAt(len(self._cards))
            self._make(len(self._entries))

    def _make(self, many: int) -> None:
        """The cards up to that one, and the stretch that pushes them up."""
        for at, said in enumerate(self._entries[len(self._cards) : many], len(self._cards)):
            card, rail = self._spare.pop(0) if self._spare and not said.small else self._new(said)
            card.say(said)
            rail.show_icon(said.icon, said.tone, last=at == len(self._entries) - 1)
            if self._cards:
                self.setTabOrder(self._cards[-1], card)
            self._cards.append(card)
            self._rails.append(rail)
            self._lines.addWidget(card.line)
            card.line.show()
        self._lines.addStretch(1)

    def _new(self, said: Entry) -> tuple[TimelineCard, _Rail]:
        line = QWidget(self)
        across = Across(line)
        space(across, look(), 10)
        card, rail = TimelineCard(said), _Rail(said.icon, said.tone, last=False)
        card.line = line
        card.opened.connect(self.opened)
        across.addWidget(rail)
        across.addWidget(card, 1)
        return card, rail

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)
