"""A few records of one sort in a card: a list to move through, Return opens the form, a button adds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from spie_desk.domain.shown import Shown
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says: its title, what stands there when it holds nothing, the name of its « Ajouter », a remark."""

    name: str
    title: str
    empty: str
    add: str
    icon: str
    about: str = ""


class RecordsCard(Card):
    """``line`` says how a record is painted; ``open_`` edits it; ``add`` makes a new one."""

    def __init__(self, said: CardWords, line: Callable[[Shown[Any]], Line], open_: Callable[[Shown[Any]], object],
                 add: Callable[[], object]) -> None:  # fmt: skip
        super().__init__(gap=8, padding=14)
        self._line = line
        # the button says what it adds: « Ajouter » six times on a page names nothing
        end = Button(_("Ajouter"), add, look_="small", icon="plus", tip=said.add)
        end.setObjectName(f"add-{said.name}")
        end.setAccessibleName(said.add)
        self._title = SectionTitle(said.title, icon=said.icon, end=end)
        self.list = ListView(
            ListSpec(said.name, spoken=self._spoken, empty=said.empty, line=line, shape="person", title=said.title,
                     key=lambda shown: shown.record.id), fits=True)  # fmt: skip
        self.list.activated.connect(open_)
        self._none = Words(said.empty, Type.SECOND, "muted")
        self.add_widgets(said.about)

    def add_widgets(self, about: str) -> None:
        self.add(self._title)
        if about:
            self.add(Words(about, Type.SECOND, "muted"))
        self.add(self._none)
        self.add(self.list)
        self.show_records(())

    def show_records(self, records: Sequence[Shown[Any]]) -> None:
        self.list.show_rows(records)
        self.list.setVisible(bool(records))
        self._none.setVisible(not records)
        self._title.show_count(len(records) or None)

    def _spoken(self, shown: Shown[Any]) -> str:
        line = self._line(shown)
        return ", ".join(part for part in (line.title, line.second, line.badge) if part)
