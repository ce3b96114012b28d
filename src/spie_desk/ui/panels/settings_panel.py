"""What every tab of the settings is: a column of cards over the open profile."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.home import Home
from spie_desk.ui.page import Room
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button

W = TypeVar("W", bound=QWidget)


class SettingsPanel(QWidget):
    """``open`` is called once it stands on the page, with the draft to reopen if there is one."""

    code = ""

    def __init__(self, room: Room) -> None:
        super().__init__()
        if room.home is None:
            raise RuntimeError("settings need an open profile")
        self.room, self.home = room, room.home
        self.lines = QVBoxLayout(self)
        self.build()
        self.wear(look())

    home: Home

    def build(self) -> None: ...

    def open(self, draft: bytes | None) -> None: ...

    def save(self) -> None: ...

    def refresh(self) -> None: ...

    def draft(self) -> bytes | None:
        return None

    def wear(self, now: Look) -> None:
        space(self.lines, now, 12)

    def card(self, title: str, under: str = "", icon: str = "") -> Card:
        """A card with its title and a line that explains."""
        made = Card(SectionTitle(title, icon=icon), gap=10, padding=16)
        if under:
            made.add(Words(under, Type.SECOND, "muted"))
        self.lines.addWidget(made)
        return made


def asked(widget: W, label: str, under: str = "") -> QWidget:
    """A field with its label above, named for screen readers."""
    words = Words(label, Type.SECOND, weight=600)
    words.setBuddy(widget)
    (widget.focusProxy() or widget).setAccessibleName(label)
    made = column(words, widget, gap=4)
    if under:
        made.add(Words(under, Type.LABEL, "muted", weight=400))
        widget.setAccessibleDescription(under)
    return made


class Confirm(Card):
    """A question beside what it is about: its consequence, the deed, and « Ne rien faire » which has the focus."""

    def __init__(self, text: str, action: str, slot: object, *, sort: str = "danger") -> None:
        super().__init__(sort=sort, gap=10, padding=12)
        self.add(Words(text, Type.TEXT, "danger" if sort == "danger" else "text", weight=500))
        self.no = Button(_("Ne rien faire"), self.close_it)
        self.yes = Button(action, slot, look_="danger")  # type: ignore[arg-type]
        self.add(row(self.no, self.yes, None))

    def ask_for(self, field: QWidget, label: str) -> None:
        """A field between the text and the answers; Tab leads from it to them."""
        self.lines.insertWidget(1, asked(field, label))
        self.setTabOrder(field, self.no)
        self.setTabOrder(self.no, self.yes)

    def close_it(self) -> None:
        self.hide()
        self.deleteLater()
