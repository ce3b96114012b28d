"""Buttons: filled, plain, danger, small, link, icon alone, filter pill; a disabled one says what is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.theme import Look, Type, look

_INK = {"filled": "accentText", "large": "accentText", "danger": "danger", "link": "accent", "snack": "snackText",
        "nav": "sideText", "side": "sideText", "seek": "sideMuted"}  # fmt: skip
_WEIGHT = {"plain": 500, "filled": 600, "large": 600, "danger": 600, "link": 600, "snack": 600, "tab": 600}
_STEP = {"small": Type.SECOND, "filter": Type.SECOND, "snack": Type.SECOND}


class Button(QPushButton):
    """A button of one look: plain, filled, danger, small, large, link, tab, snack, nav, side or seek.

    At most one filled button per panel. ``lacks`` disables it and says why in its own text.
    """

    def __init__(self, text: str, slot: Callable[[], object] | None = None, *, look_: str = "plain", icon: str = "",
                 tip: str = "") -> None:  # fmt: skip
        super().__init__(text.replace("&", "&&"))
        self._said, self._look, self._icon = text, look_, icon
        self._ink = _INK.get(look_, "text")
        self.setProperty("look", look_)
        self.setAutoDefault(False)
        if tip:
            self.setToolTip(tip)
        if slot is not None:
            # clicked carries a bool that no deed wants
            self.clicked.connect(lambda _checked=False: slot())
        self.wear(look())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt leaves Return to the platform's theme, and most press with Space alone: a hand expects both
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def say(self, text: str) -> None:
        """Change the words."""
        first = not self.text()
        self._said = text
        self.setText(text.replace("&", "&&"))
        if first and self._icon:
            # an icon keeps its distance from words only
            self.wear(look())

    def lacks(self, what: str = "") -> None:
        """Disable and say what is missing (« la date »), or enable again with nothing."""
        self.setEnabled(not what)
        said = _("{action}\u00a0: il manque {what}").format(action=self._said, what=what) if what else self._said
        self.setText(said.replace("&", "&&"))

    def wear(self, now: Look) -> None:
        self.setFont(now.font(_STEP.get(self._look, Type.TEXT), _WEIGHT.get(self._look, 400)))
        if self._icon:
            icons.dress(self, self._icon, self._ink, 16 if self._look == "small" else 18)


class IconButton(Button):
    """An icon alone: its name is spoken and shown as a tip."""

    def __init__(self, icon: str, name: str, slot: Callable[[], object] | None = None, *, look_: str = "bare",
                 ink: str = "") -> None:  # fmt: skip
        super().__init__("", slot, look_=look_, icon=icon, tip=name)
        self._ink = ink or self._ink
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.wear(look())

    def show_icon(self, icon: str, name: str) -> None:
        """Change the icon and its name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.wear(look())

    def sizeHint(self) -> QSize:
        now = look()
        side = now.height("control") if self._look == "icon" else now.px(24 if self._look == "side" else 30)
        return QSize(side, side)


class FilterPill(Button):
    """A filter that is on or off, with an optional count; the state is the border, the ground and « checked »."""

    def __init__(self, text: str, slot: Callable[[], object] | None = None, *, count: int | None = None,
                 icon: str = "", on: bool = False) -> None:  # fmt: skip
        super().__init__(text, slot, look_="filter", icon=icon)
        self._text = text
        self.setCheckable(True)
        self.setChecked(on)
        self.toggled.connect(lambda _on: self.wear(look()))
        self.show_count(count)
        self.wear(look())

    def show_count(self, count: int | None) -> None:
        self.say(self._text if count is None else f"{self._text}\u2002{count}")

    def wear(self, now: Look) -> None:
        self._ink = "accent" if self.isChecked() else "text"
        super().wear(now)
        self.setFont(now.font(Type.SECOND, 600 if self.isChecked() else 400))
        self.setFixedHeight(now.height("filter"))


def only_one(*pills: Button) -> None:
    """Make buttons exclusive: exactly one stays on, arrows move among them."""
    for pill in pills:
        pill.setCheckable(True)
        pill.setAutoExclusive(True)
    if pills and not any(pill.isChecked() for pill in pills):
        pills[0].setChecked(True)
