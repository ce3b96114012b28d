"""Why: one of a few usual reasons, or one's own words; kept in the register of accesses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, named, space
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import LineField


class ReasonField(QWidget):
    """A list, and a line for a precision or for a reason of one's own; ``done`` when Return is pressed in the line."""

    changed = Signal()
    done = Signal()

    def __init__(self, reasons: Sequence[str], label: str) -> None:
        super().__init__()
        self._choice = named(Choice([(one, _(one)) for one in reasons], empty=_("Choisissez un motif")), "reason")
        self._choice.setAccessibleName(label)
        self._words = named(LineField(_("Précision, ou autre motif")), "reason-words")
        self._words.setAccessibleName(_("Précision, ou autre motif"))
        self._words.setMaxLength(200)
        said = Words(label, Type.SECOND, weight=600)
        said.setBuddy(self._choice)
        self._lines = QVBoxLayout(self)
        for widget in (said, self._choice, self._words):
            self._lines.addWidget(widget)
        self._choice.chosen.connect(self.changed)
        self._words.textChanged.connect(lambda _text: self.changed.emit())
        self._words.returnPressed.connect(self.done)
        self.setFocusProxy(self._choice)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)

    def reason(self) -> str:
        """Both, as they are kept: French msgids stay French; empty when nothing was said."""
        parts = (self._choice.code(), " ".join(self._words.text().split()))
        return "\u00a0: ".join(part for part in parts if part)
