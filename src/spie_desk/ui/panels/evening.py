"""The lists of « Fin de journée »: a title with its count, its rows, and how many others there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels import meetings
from spie_desk.ui.panels.quick_words import told, waited
from spie_desk.ui.widgets.basics import Card, SectionTitle
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

MOST = 6
"""Rows of what « Aujourd’hui » already shows whole."""


def waiting_spec() -> ListSpec:
    """Quick notes without a person."""
    return ListSpec(
        name="evening-unattached", title=N_("À rattacher"), shape="person",
        line=lambda row: Line(" ".join(row.note.text.split()), second=told(row), badge=waited(row),
                              role="warn" if row.old else "muted", icon="footprints"),
        spoken=lambda row: f"{row.note.text}, {told(row)}, {waited(row)}", empty=N_("Rien ici."),
        key=lambda row: row.draft.id,
    )  # fmt: skip


def meeting_spec() -> ListSpec:
    """Tomorrow's appointments: hour, who, where."""
    return ListSpec(
        name="evening-tomorrow", title=N_("Demain"), shape="task",
        line=lambda row: Line(" · ".join(part for part in (row.shown.record.at, row.shown.record.subject) if part)
                              or _("Rendez-vous"), middle=row.person_name, badge=row.shown.record.place,
                              icon="calendar-days"),
        spoken=meetings.spoken, empty=N_("Aucun rendez-vous prévu."), key=meetings.key_of,
    )  # fmt: skip


class EveningList(Card):
    """Hidden while it holds nothing."""

    def __init__(self, title: str, icon: str, spec: ListSpec) -> None:
        super().__init__(gap=4, padding=12)
        self._title = SectionTitle(_(title), icon=icon)
        self.list = ListView(spec, fits=True)
        self.more = Button("", look_="link")
        for widget in (self._title, self.list, self.more):
            self.add(widget)
        self.hide()

    def entitle(self, title: str) -> None:
        self._title.say(title)

    def hold(self, rows: Sequence[Any], most: int = 0) -> None:
        """These rows, the first ``most`` of them if that is said."""
        rest = len(rows) - most if most else 0
        self._title.show_count(len(rows))
        self.list.show_rows(list(rows[:most] if most else rows))
        self.more.setVisible(rest > 0)
        self.more.say(n_("… et {n} autre", "… et {n} autres", rest))
        self.setVisible(bool(rows))

    @staticmethod
    def link(*lists: EveningList) -> None:
        """Up from the top of a list goes to the one above, Down from its end to the one below."""
        for at, one in enumerate(lists):
            one.list.left_bottom.connect(partial(_step, lists[at + 1 :], 0))
            one.list.left_top.connect(partial(_step, tuple(reversed(lists[:at])), -1))


def _step(others: Sequence[EveningList], end: int) -> None:
    """The nearest list that holds something, at its first or its last row."""
    found: QWidget | None = next((one for one in others if one.list.rows()), None)
    if isinstance(found, EveningList):
        table = found.list.table()
        found.list.setFocus()
        table.setCurrentIndex(table.model().index(0 if end == 0 else table.model().rowCount() - 1, 0))
