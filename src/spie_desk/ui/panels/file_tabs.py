"""The tabs of a file: one button each, arrows move among them, and the panel that stands below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import rule, space
from spie_desk.ui.widgets.buttons import Button, only_one
from spie_desk.ui.widgets.flow import Flow


class FileTabs(QWidget):
    """``chosen`` carries the tab's code."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._words = dict(tabs)
        self._buttons = {code: Button(words, look_="tab") for code, words in tabs}
        only_one(*self._buttons.values())
        for code, button in self._buttons.items():
            button.setObjectName(f"tab-{code}")
            button.toggled.connect(lambda on, code=code: self.chosen.emit(code) if on else None)
        self._flow = Flow(*self._buttons.values(), gap=16)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self._flow)
        self._lines.addWidget(rule())
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 0)

    def code(self) -> str:
        return next(code for code, button in self._buttons.items() if button.isChecked())

    def choose(self, code: str) -> None:
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def count(self, code: str, number: int) -> None:
        """A counter beside the words; nothing for none."""
        words = self._words[code]
        self._buttons[code].say(f"{words}\u2002{number}" if number else words)
        self._buttons[code].setAccessibleName(_("{tab}, {n}").format(tab=words, n=number) if number else words)

    def current(self) -> Button:
        return self._buttons[self.code()]

    def focus_tab(self) -> None:
        self.current().setFocus()
