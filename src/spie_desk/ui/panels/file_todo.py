"""« À faire »: what was agreed, by whom and when; done with one key, put off, given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.shown import Shown
from spie_desk.services import actions, records
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_pieces import FilePieces, waited
from spie_desk.ui.panels.file_words import FileShown, near_day
from spie_desk.ui.panels.hands import Edit, Hands
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


def line_of(shown: FileShown, one: Shown[Action]) -> Line:
    """One action: what, who, when and in which state; late ones say by how many days."""
    record, today = one.record, shown.file.today
    done = record.status == "done"
    owner = shown.who(record.owner) if record.owner else record.owner_name or _("à préciser")
    badge, role = "", "muted"
    if done:
        badge = _("fait le {day}").format(day=near_day(record.done_on, today)) if record.done_on else _("fait")
    elif record.status not in OPEN_STATUSES:
        badge = shown.label("action_status", record.status)
    elif record.due_on is not None:
        late = (today - record.due_on).days
        badge = _("Retard de {n} j").format(n=late) if late > 0 else near_day(record.due_on, today)
        role = "danger" if late > 0 else "warn" if late == 0 else "muted"
        badge = _("aujourd’hui") if late == 0 else badge
    state = shown.label("action_status", record.status) if record.status in {"standby", "in_progress"} else ""
    return Line(record.what, " · ".join(part for part in (owner[:1].upper() + owner[1:], state,
                                                                 waited(shown, record.id)) if part), badge=badge,
                role=role, ticked=done)  # fmt: skip


class FileToDo(QWidget):
    """The list, and the deeds on its current line."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._shown: FileShown | None = None
        add = Button(_("Ajouter une action"), self.add_one, icon="plus", look_="small")
        self._title = SectionTitle(_("À faire"), icon="list-checks", end=add)
        spec = ListSpec("file-to-do", spoken=self._spoken, line=self._line, shape="person", title=_("À faire"),
                        empty=_("Rien à faire. Ajoutez ce que vous avez décidé ensemble."),
                        key=lambda one: one.record.id)  # fmt: skip
        self.list = ListView(spec, fits=True)
        self.list.ticked.connect(self.turn)
        self.list.activated.connect(lambda one: self._hands.edit(Edit("action", one)))
        self.list.current_changed.connect(lambda _row: self._allow())
        self._done = Button(
            _("Fait"), lambda: self.turn(self.list.current()), look_="small", icon="check", tip=_("Espace")
        )
        self._later = Button(_("Reporter d’une semaine"), self.postpone, look_="small", icon="alarm-clock")
        self._state = Button(_("Changer l’état…"), self._choose, look_="small", icon="circle-dot")
        self._open = Button(_("Modifier"), lambda: self._hands.edit(Edit("action", self.list.current())), look_="small",
                            icon="pencil")  # fmt: skip
        self._ask = Button(_("Demander des pièces…"), self.ask_for, look_="small", icon="file-check")
        self.pieces = FilePieces(hands)
        self._menu = QMenu(self._state)
        self._lines = QVBoxLayout(self)
        self._deeds = Flow(self._done, self._later, self._state, self._ask, self._open)
        self._lines.addWidget(Card(self._title, self.list, self._deeds, padding=14))
        self._lines.addWidget(self.pieces)
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        self.list.show_rows(shown.file.actions)
        self.pieces.show_file(shown)
        self._title.show_count(sum(1 for one in shown.file.actions if one.record.status in OPEN_STATUSES) or None)
        self._allow()

    def add_one(self) -> None:
        if self._shown is not None:
            fresh = Action(id=self._hands.fresh_id(), person=self._shown.person.id, what="", owner=self._shown.me)
            self._hands.edit(Edit("action", fresh=fresh))

    def ask_for(self) -> None:
        """The papers that the current step needs, or papers for none when the keyboard is elsewhere."""
        here = self.list.current() if self.list.table().hasFocus() or self._ask.hasFocus() else None
        self.pieces.ask_for(here)

    def turn(self, one: Shown[Action] | None) -> None:
        """Done, or to do again: one key, undone by Ctrl Z."""
        if one is None:
            return
        what = one.record.what
        if one.record.status == "done":
            self._hands.do(
                lambda desk: actions.reopen(desk, one), _("À faire de nouveau\u00a0: {what}").format(what=what)
            )
        else:
            self._hands.do(lambda desk: actions.finish(desk, one), _("Fait\u00a0: {what}").format(what=what))

    def postpone(self) -> None:
        one = self.list.current()
        if one is None:
            return
        today = self._hands.room.today()
        until = max(one.record.due_on or today, today) + timedelta(days=7)
        said = _("{what}\u00a0: reporté au {day}.").format(what=one.record.what, day=near_day(until, today))
        self._hands.do(lambda desk: actions.postpone(desk, one, until), said)

    def _choose(self) -> None:
        one = self.list.current()
        if one is None or self._shown is None:
            return
        self._menu.clear()
        for code, words in self._hands.room.sources.choices("action_status"):
            act = self._menu.addAction(words)
            act.triggered.connect(partial(self._chosen, one, code))
            act.setCheckable(True)
            act.setChecked(code == one.record.status)
        self._menu.popup(self._state.mapToGlobal(self._state.rect().bottomLeft()))

    def _chosen(self, one: Shown[Action], status: str, _checked: bool = False) -> None:  # noqa: FBT001,FBT002 — Qt's
        self._put(one, status)

    def _put(self, one: Shown[Action], status: str) -> None:
        if status == "done":
            self.turn(one)
            return
        after = replace(one.record, status=status, done_on=None)
        self._hands.do(lambda desk: records.save(desk, "action", after, one, label=after.what), _("État enregistré."))

    def _allow(self) -> None:
        one = self.list.current()
        for button in (self._done, self._later, self._state, self._ask, self._open):
            button.setVisible(one is not None)
        if one is not None:
            self._done.say(_("À refaire") if one.record.status == "done" else _("Fait"))
            self._later.setVisible(one.record.status in OPEN_STATUSES)

    def _line(self, one: Shown[Action]) -> Line:
        return line_of(self._shown, one) if self._shown is not None else Line(one.record.what)

    def _spoken(self, one: Shown[Action]) -> str:
        line = self._line(one)
        return ", ".join(part for part in (line.title, line.second, line.badge) if part)
