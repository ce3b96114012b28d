"""Beside the chronology, what is asked for most: what is to do next, and who accompanies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.shown import Shown
from spie_desk.services import actions
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_timeline import FileTimeline
from spie_desk.ui.panels.file_todo import line_of
from spie_desk.ui.panels.file_words import FileShown, referent_word
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, column, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

FEW = 5


class Glance(QWidget):
    """The timeline, and when there is room two short cards at its right; each leads to its tab."""

    def __init__(self, timeline: FileTimeline, hands: Hands, turn_to: Callable[[str], object]) -> None:
        super().__init__()
        self._timeline, self._hands = timeline, hands
        self._shown: FileShown | None = None
        self._to_do = ListView(ListSpec(
            "glance-to-do", spoken=self._spoken, line=self._line, shape="person", title=_("À faire, en bref"),
            empty=_("Rien à faire."), key=lambda one: one.record.id), fits=True)  # fmt: skip
        self._to_do.ticked.connect(self._done)
        self._to_do.activated.connect(lambda _one: turn_to("a-faire"))
        self._around = ListView(ListSpec(
            "glance-around", spoken=lambda line: f"{line.title}, {line.second}", line=lambda line: line, shape="person",
            title=_("Qui accompagne, en bref"), empty=_("Personne encore."), key=lambda line: line.title),
            fits=True)  # fmt: skip
        self._around.activated.connect(lambda _line: turn_to("autour"))
        self._left = SectionTitle(_("À faire"), end=Button(_("Tout voir"), lambda: turn_to("a-faire"), look_="link"))
        self._right = SectionTitle(
            _("Qui accompagne"), end=Button(_("Tout voir"), lambda: turn_to("autour"), look_="link")
        )
        self._side = column(Card(self._left, self._to_do, gap=4, padding=12), Card(self._right, self._around, gap=4,
                            padding=12), None, gap=12)  # fmt: skip
        self._lines = QHBoxLayout(self)
        self._lines.addWidget(timeline, 1)
        self._lines.addWidget(self._side)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 16)
        self._side.setFixedWidth(now.width("side-panel"))
        self._side.setVisible(not now.narrow)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        self._timeline.show_file(shown)
        open_ones = [one for one in shown.file.actions if one.record.status in OPEN_STATUSES]
        self._to_do.show_rows(open_ones[:FEW])
        self._left.show_count(len(open_ones) or None)
        known, referent = shown.file.known, shown.person.referent
        roles = {one.record.professional: one.record.function for one in shown.file.memberships}
        around = sorted(shown.file.active, key=lambda one: (one != referent, known.name(one)))
        self._around.show_rows([self._who(shown, one, roles.get(one, "")) for one in around])
        self._right.show_count(len(around) or None)

    def empty(self) -> None:
        self._shown = None
        self._timeline.empty()
        for rows, title in ((self._to_do, self._left), (self._around, self._right)):
            rows.show_rows([])
            title.show_count(None)

    @staticmethod
    def _who(shown: FileShown, one: bytes, function: str) -> Line:
        name = shown.file.known.name(one) or _("quelqu’un d’un autre poste")
        role = shown.label("membership_function", function) if function else ""
        if one == shown.person.referent:
            role = referent_word(shown)
        return Line(
            name, " · ".join(part for part in (role, shown.file.known.structure_name(one)) if part), avatar=name
        )

    def _done(self, one: Shown[Action]) -> None:
        what = one.record.what
        self._hands.do(lambda desk: actions.finish(desk, one), _("Fait\u00a0: {what}").format(what=what))

    def _line(self, one: Shown[Action]) -> Line:
        """The due day goes under what is to be done, which needs the width; only lateness stands out."""
        line = line_of(self._shown, one) if self._shown is not None else Line(one.record.what)
        if line.role == "danger":
            return line
        return replace(line, second=" · ".join(part for part in (line.second, line.badge) if part), badge="")

    def _spoken(self, one: Shown[Action]) -> str:
        line = self._line(one)
        return ", ".join(part for part in (line.title, line.second, line.badge) if part)
