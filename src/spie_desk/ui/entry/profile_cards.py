"""The people of this laptop as cards: the label and colour that each chose, never a name out of a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.profile_colours import COLOURS
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, column, initials, marked, space
from spie_desk.ui.widgets.choices import Radio

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.services.cards import ProfileCard

_INK = QColor("#12313B")
"""Dark ink: each profile colour is light enough for it (they are chosen to stand out on the dark side)."""


class Disc(QWidget):
    """Initials of the label on the profile's colour."""

    def __init__(self, label: str, colour: str, size: int = 40) -> None:
        super().__init__()
        self._label, self._colour, self._size = label, colour, size
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFixedSize(now.px(self._size), now.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain = now.name not in {"light", "dark"}
        painter.setPen(now.colour("text") if plain else Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("surface") if plain else QColor(COLOURS.get(self._colour, COLOURS["teal"])))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(now.colour("text") if plain else _INK)
        painter.setFont(now.font(Type.TEXT, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials(self._label))


class _Card(QFrame):
    def __init__(self, said: ProfileCard) -> None:
        super().__init__()
        under = _("Entraînement\u00a0: personnes fictives, rien n’est envoyé") if said.training else ""
        self.radio = Radio()
        self.radio.setAccessibleName(said.label)
        self.radio.setAccessibleDescription(under)
        self._lines = QHBoxLayout(self)
        self._lines.addWidget(Disc(said.label, said.colour))
        words = column(Words(said.label, Type.CARD, wrap=False), gap=0)
        if under:
            words.add(Words(under, Type.SECOND, "muted", wrap=False))
        self._lines.addWidget(words, 1)
        self._lines.addWidget(self.radio)
        self.radio.toggled.connect(self._mark)
        self._mark()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12, (14, 10, 14, 10))
        self.radio.setFixedWidth(now.px(22))

    def focus_frame(self) -> QWidget:
        return self

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setChecked(True)

    def _mark(self) -> None:
        marked(self, card="chosen" if self.radio.isChecked() else "choice")


class ProfileCards(QWidget):
    """One is chosen; arrows move; ``chosen`` says which."""

    chosen = Signal(str)

    def __init__(self, cards: Sequence[ProfileCard], chosen: str = "") -> None:
        super().__init__()
        self._said = list(cards)
        self._group = QButtonGroup(self)
        self._lines = QVBoxLayout(self)
        self._cards = [_Card(said) for said in cards]
        at = next((place for place, said in enumerate(cards) if said.id == chosen), 0)
        for place, card in enumerate(self._cards):
            self._group.addButton(card.radio, place)
            self._lines.addWidget(card)
        self._cards[at].radio.setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)

    def current(self) -> ProfileCard:
        return self._said[max(self._group.checkedId(), 0)]

    def _toggled(self, at: int, on: bool) -> None:  # noqa: FBT001 — Qt's own signature
        if on:
            self.chosen.emit(self._said[at].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        radio = self._cards[(self._group.checkedId() + step) % len(self._cards)].radio
        radio.setChecked(True)
        radio.setFocus(Qt.FocusReason.TabFocusReason)
