"""Choosing: ticks, radios, one of a list, several of a list, and the cards of « Qui lira cette note »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from spie_desk.ui import icons
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Icon, Words, marked, space


def draw_tick(painter: QPainter, box: QRectF, *, on: bool, enabled: bool = True) -> None:
    """A box of 20 px, ticked or not: shared by the widget and the list rows."""
    now = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(now.colour("accent" if on else "field"), 2))
    painter.setBrush(now.colour("accent" if on else "surface" if enabled else "sunken"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), now.px(4), now.px(4))
    if on:
        side = box.width() * 0.75
        icons.draw(
            painter, "check", "accentText", QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        )
    painter.restore()


def draw_radio(painter: QPainter, box: QRectF, *, on: bool) -> None:
    """A ring, with a disc in it when chosen."""
    now = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(now.colour("accent" if on else "field"), 2))
    painter.setBrush(now.colour("surface"))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("accent"))
        painter.drawEllipse(box.adjusted(5, 5, -5, -5))
    painter.restore()


def _paint_mark(button: QCheckBox | QRadioButton) -> None:
    now, painter = look(), QPainter(button)
    side = now.px(20)
    box = QRectF(1, (button.height() - side) / 2, side, side)
    if isinstance(button, QCheckBox):
        draw_tick(painter, box, on=button.isChecked(), enabled=button.isEnabled())
    else:
        draw_radio(painter, box, on=button.isChecked())
    painter.setPen(now.colour("text" if button.isEnabled() else "muted"))
    painter.setFont(button.font())
    words = QRect(side + now.px(10), 0, button.width() - side - now.px(10), button.height())
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextWordWrap
    painter.drawText(words, int(flags), button.text())


def _mark_size(button: QCheckBox | QRadioButton) -> QSize:
    now = look()
    words = QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
    return QSize(words + now.px(34) + 2, max(now.px(28), QFontMetrics(button.font()).height()))


class Tick(QCheckBox):
    """A box to tick, drawn from the tokens."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return _mark_size(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(34), self.sizeHint().height())

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        if look().styled:
            _paint_mark(self)
        else:
            super().paintEvent(event)


class Radio(QRadioButton):
    """One of several, drawn from the tokens."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return _mark_size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        if look().styled:
            _paint_mark(self)
        else:
            super().paintEvent(event)


class Choice(QComboBox):
    """One of a list; codes inside, words on screen. The wheel never changes it: people scroll the page."""

    chosen = Signal()

    def __init__(self, options: Sequence[tuple[str, str]] = (), *, empty: str | None = "—") -> None:
        super().__init__()
        if empty is not None:
            self.addItem(empty, "")
        for code, words in options:
            self.addItem(words, code)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentIndexChanged.connect(lambda _at: self.chosen.emit())
        self.wear(look())

    def code(self) -> str:
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Show the code; one that the list does not know is added, never lost."""
        at = self.findData(code)
        if at < 0 and code:
            self.addItem(code, code)
            at = self.count() - 1
        self.setCurrentIndex(max(at, 0))

    def wear(self, now: Look) -> None:
        self.setFont(now.font())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = look()
        if now.styled:
            side = now.px(18)
            icons.draw(QPainter(self), "chevron-down", "muted" if not self.isEnabled() else "text",
                       QRectF(self.width() - side - now.px(9), (self.height() - side) / 2, side, side))  # fmt: skip


_MANY = 14
"""Beyond that many boxes they stand closer, to be seen at one glance."""


class TickList(QWidget):
    """Several of a list, all in view: what is shown in a review, what is printed."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]] = (), *, columns: int = 1) -> None:
        super().__init__()
        self._columns = QHBoxLayout(self)
        self._ticks: dict[str, Tick] = {}
        per = -(-len(options) // columns) if options else 1
        for start in range(0, len(options), per):
            lines = QVBoxLayout()
            for code, words in options[start : start + per]:
                tick = self._ticks[code] = Tick(words)
                tick.toggled.connect(lambda _on: self.changed.emit())
                lines.addWidget(tick)
            lines.addStretch(1)
            self._columns.addLayout(lines, 1)
        if self._ticks:
            self.setFocusProxy(next(iter(self._ticks.values())))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._columns, now, 16)
        for at in range(self._columns.count()) if len(self._ticks) > _MANY else ():
            item = self._columns.itemAt(at)
            if item is not None and (lines := item.layout()) is not None:
                lines.setSpacing(now.px(4))

    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, tick in self._ticks.items() if tick.isChecked())

    def choose(self, codes: Sequence[str]) -> None:
        for code, tick in self._ticks.items():
            tick.setChecked(code in codes)

    def tick(self, code: str) -> Tick:
        """The box of one code, to disable it or to give it a tip."""
        return self._ticks[code]


@dataclass(frozen=True, slots=True)
class CardChoice:
    """One card: its code, icon, title, and who or what it means."""

    code: str
    title: str
    detail: str = ""
    icon: str = ""


class _Card(QFrame):
    """One radio card; the whole card answers to the mouse, the radio to the keyboard."""

    def __init__(self, said: CardChoice) -> None:
        super().__init__()
        self.radio = Radio()
        self.radio.setAccessibleName(said.title)
        self.radio.setAccessibleDescription(said.detail)
        self._head = QHBoxLayout()
        self._head.addWidget(self.radio)
        if said.icon:
            self._head.addWidget(Icon(said.icon, "text", 18))
        self.title = Words(said.title, Type.TEXT, weight=600)
        self._head.addWidget(self.title, 1)
        self._lines = QVBoxLayout(self)
        self._lines.addLayout(self._head)
        self.detail = Words(said.detail, Type.LABEL, "muted", weight=400)
        self._lines.addWidget(self.detail)
        self._lines.addStretch(1)
        self.radio.toggled.connect(self._mark)
        self._mark()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 4, (12, 8, 12, 8))
        self._head.setSpacing(now.px(8))
        self.radio.setFixedWidth(now.px(22))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.setChecked(True)

    def focus_frame(self) -> QWidget:
        return self

    def _mark(self) -> None:
        marked(self, card="chosen" if self.radio.isChecked() else "choice")


class RadioCards(QWidget):
    """Cards side by side (``shares`` are their parts of the width; one under the other when the text is large) of
    which one is chosen; arrows move, each card is read with its detail."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[CardChoice], *, upright: bool = False, shares: Sequence[int] = ()) -> None:
        super().__init__()
        self._cards: dict[str, _Card] = {}
        self._group = QButtonGroup(self)
        self._upright = upright
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        for at, said in enumerate(options):
            card = self._cards[said.code] = _Card(said)
            self._group.addButton(card.radio)
            card.radio.toggled.connect(lambda on, code=said.code: self.chosen.emit(code) if on else None)
            self._lines.addWidget(card, shares[at] if shares else 1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)
        down = self._upright or now.narrow
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)

    def code(self) -> str:
        return next((code for code, card in self._cards.items() if card.radio.isChecked()), "")

    def choose(self, code: str) -> None:
        """Show that one as chosen; empty: none yet."""
        if code in self._cards:
            self._cards[code].radio.setChecked(True)
        elif not code and self.code():
            self._group.setExclusive(False)
            self._cards[self.code()].radio.setChecked(False)
            self._group.setExclusive(True)

    def entitle(self, code: str, title: str) -> None:
        """Change a card's title (a number in it)."""
        self._cards[code].title.say(title)
        self._cards[code].radio.setAccessibleName(title)

    def radio(self) -> QWidget:
        """The chosen card's radio, or the first one: where the focus goes."""
        return self._cards[self.code() or next(iter(self._cards))].radio

    def tell(self, code: str, detail: str) -> None:
        """Change who a card names; readers hear the new detail."""
        self._cards[code].detail.say(detail)
        self._cards[code].radio.setAccessibleDescription(detail)

    def allow(self, code: str, why_not: str = "") -> None:
        """Forbid a card and say why, or allow it again."""
        self._cards[code].setEnabled(not why_not)
        self._cards[code].setToolTip(why_not)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self._cards)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is None or self.code() not in codes:
            super().keyPressEvent(event)
            return
        radio = self._cards[codes[(codes.index(self.code()) + step) % len(codes)]].radio
        radio.setChecked(True)
        radio.setFocus(Qt.FocusReason.TabFocusReason)
