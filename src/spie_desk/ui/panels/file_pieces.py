"""« Pièces à fournir »: the papers that her steps need, asked for several at once, received in one key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.piece import ASKING, NOT_NEEDED, RECEIVED, Asking, Piece, remind_from
from spie_desk.domain.shown import Shown
from spie_desk.services import pieces, sheets
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_words import FileShown, near_day
from spie_desk.ui.panels.hands import Edit, Hands
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

NOTHING = N_("Aucune pièce notée. Demandez-en plusieurs à la fois\u00a0: chacune est cochée à son arrivée, et le "
             "rappel vient dans «\u00a0Aujourd’hui\u00a0».")  # fmt: skip


def asking_for(shown: FileShown, action: bytes = b"") -> Edit:
    """The form that asks for several papers, for that step or for none."""
    today = shown.file.today
    return Edit(ASKING.name, fresh=Asking(id=action or shown.person.id, person=shown.person.id, asked_on=today,
                                          remind_on=remind_from(today)))  # fmt: skip


def title_of(shown: FileShown, asking: bytes) -> str:
    """For which step one asks."""
    what = step(shown, asking)
    return _("Pièces à demander pour «\u00a0{what}\u00a0»").format(what=what) if what else _("Pièces à demander")


def step(shown: FileShown, action: bytes) -> str:
    return next((one.record.what for one in shown.file.actions if one.record.id == action), "")


def waited(shown: FileShown, action: bytes) -> str:
    """« 2 pièces à fournir », or nothing: what its line says of a step."""
    count = sum(1 for one in shown.file.pieces if one.record.action == action and one.record.waits)
    return n_("{n} pièce à fournir", "{n} pièces à fournir", count) if count else ""


def line_of(shown: FileShown, one: Shown[Piece]) -> Line:
    """One paper: its name, what it is for, and since when or until when it is waited for."""
    record, today = one.record, shown.file.today
    badge, role = shown.label("piece_status", record.status), "muted"
    if record.status == RECEIVED and record.received_on:
        badge = _("reçue le {day}").format(day=near_day(record.received_on, today))
    elif record.waits and record.remind_on is not None:
        late = (today - record.remind_on).days
        badge = _("rappel le {day}").format(day=near_day(record.remind_on, today))
        if late >= 0:
            badge = _("à rappeler depuis {n} j").format(n=late) if late else _("à rappeler aujourd’hui")
        role = "muted" if late < 0 else "warn"
    asked = _("demandée le {day}").format(day=near_day(record.asked_on, today)) if record.asked_on and record.waits \
        else "" if not record.waits else _("pas encore demandée")  # fmt: skip
    second = " · ".join(part for part in (step(shown, record.action), asked, record.remark) if part)
    return Line(record.name, second, badge=badge, role=role, ticked=record.status == RECEIVED)


class FilePieces(QWidget):
    """The list, and the deeds on its current line."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._shown: FileShown | None = None
        self.add = Button(_("Demander des pièces"), self.ask_for, look_="small", icon="plus", tip=_("Ctrl Maj D"))
        self._title = SectionTitle(_("Pièces à fournir"), icon="file-check", end=self.add)
        self._none = Words(_(NOTHING), Type.SECOND, "muted")
        self.list = ListView(ListSpec(
            "file-pieces", spoken=self._spoken, line=self._line, shape="person", title=_("Pièces à fournir"),
            empty=NOTHING, key=lambda one: one.record.id), fits=True)  # fmt: skip
        self.list.ticked.connect(self.turn)
        self.list.activated.connect(lambda one: hands.edit(Edit("piece", one)))
        self.list.current_changed.connect(lambda _row: self._allow())
        current = self.list.current
        self._got = Button(_("Reçue"), lambda: self.turn(current()), look_="small", icon="check", tip=_("Espace"))
        self._later = Button(_("Rappeler dans une semaine"), self._remind, look_="small", icon="alarm-clock")
        self._aside = Button(_("Sans objet"), self._set_aside, look_="small", icon="ban")
        self._open = Button(_("Modifier"), lambda: hands.edit(Edit("piece", current())), look_="small", icon="pencil")
        self._slip = Button(_("Liste à donner"), self._print, look_="small", icon="printer")
        self._lines = QVBoxLayout(self)
        deeds = Flow(self._got, self._later, self._aside, self._open, self._slip)
        self._lines.addWidget(Card(self._title, self._none, self.list, deeds, padding=14))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 0)

    def show_file(self, shown: FileShown) -> None:
        self._shown = shown
        found = shown.file.pieces
        self.list.show_rows(found)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self._title.show_count(sum(1 for one in found if one.record.waits) or None)
        self._allow()

    def ask_for(self, action: Shown[Action] | None = None) -> None:
        if self._shown is not None:
            self._hands.edit(asking_for(self._shown, action.record.id if action is not None else b""))

    def turn(self, one: Shown[Piece] | None) -> None:
        """Received, or waited for again: one key, undone by Ctrl Z."""
        if one is None:
            return
        name = one.record.name
        if one.record.status == RECEIVED:
            said = _("Attendue de nouveau\u00a0: {name}").format(name=name)
            self._hands.do(partial(_deed, pieces.wait_again, one), said)
        else:
            self._hands.do(partial(_deed, pieces.receive, one), _("Reçue\u00a0: {name}").format(name=name))

    def _remind(self) -> None:
        if (one := self.list.current()) is None:
            return
        today = self._hands.room.today()
        until = max(one.record.remind_on or today, today) + timedelta(days=7)
        said = _("{name}\u00a0: rappel le {day}.").format(name=one.record.name, day=near_day(until, today))
        self._hands.do(lambda desk: pieces.ask_again(desk, [one], until), said)

    def _set_aside(self) -> None:
        if (one := self.list.current()) is not None:
            said = _("Sans objet\u00a0: {name}").format(name=one.record.name)
            self._hands.do(partial(_deed, pieces.set_aside, one), said)

    def _print(self) -> None:
        if self._shown is not None:
            person = self._shown.person.id
            self._hands.print_sheet(lambda desk: sheets.of_pieces(desk, person))

    def _allow(self) -> None:
        one = self.list.current()
        for button in (self._got, self._later, self._aside, self._open):
            button.setVisible(one is not None)
        self._slip.setVisible(any(row.record.waits for row in self.list.rows()))
        if one is not None:
            self._got.say(_("Attendue de nouveau") if one.record.status == RECEIVED else _("Reçue"))
            self._later.setVisible(one.record.waits)
            self._aside.setVisible(one.record.status != NOT_NEEDED)

    def _line(self, one: Shown[Piece]) -> Line:
        return line_of(self._shown, one) if self._shown is not None else Line(one.record.name)

    def _spoken(self, one: Shown[Piece]) -> str:
        line = self._line(one)
        return ", ".join(part for part in (line.title, line.second, line.badge) if part)


def _deed(deed: Any, one: Shown[Piece], desk: Any) -> Any:
    found: Sequence[Shown[Piece]] = [one]
    return deed(desk, found)
