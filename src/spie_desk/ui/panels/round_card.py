"""One outreach round beside the list: its hours, team and numbers, its facts, and its notes that wait for a person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.records.outreach import Outreach
from spie_desk.services.round_rows import RoundRow
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import long_day
from spie_desk.ui.panels.evening import waiting_spec
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, named, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


def hours_said(record: Outreach) -> str:
    """« 20:30 – 23:15 », « depuis 20:30 »."""
    return f"{record.starts_at} – {record.ends_at}" if record.ends_at else _("depuis {hour}").format(
        hour=record.starts_at)  # fmt: skip


def met_said(record: Outreach) -> str:
    if record.met is None:
        return _("Rencontres à compter")
    return n_("{n} personne rencontrée", "{n} personnes rencontrées", record.met)


def notes_said(row: RoundRow) -> str:
    """« 5 notes, dont 2 à rattacher »."""
    waiting = len(row.waiting)
    said = n_("{n} note", "{n} notes", row.signed + waiting)
    return said + (_(", dont {n} à rattacher").format(n=waiting) if waiting else "")


class RoundCard(QWidget):
    """Says what was wished; the page does it."""

    change_wished = Signal()
    end_wished = Signal()
    attach_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = named(Words("", Type.SECTION), "round-place")
        self._when = Words("", Type.SECOND, "muted")
        self._team = Words("", Type.SECOND)
        self._met = Words("", Type.VALUE, weight=600)
        self._text = Words("")
        self._end = Button(_("Terminer la maraude"), self.end_wished.emit, look_="filled", icon="check",
                           tip=_("Ctrl Entrée"))  # fmt: skip
        self._change = Button(_("Modifier"), self.change_wished.emit, icon="pencil")
        card = Card(self._place, self._when, self._team, self._met, self._text, gap=8)
        card.add(Flow(named(self._end, "end-round"), self._change))
        self._title = SectionTitle(_("Notes à rattacher"), icon="user-round-search")
        self.list = ListView(waiting_spec(), fits=True)
        self.list.activated.connect(lambda _row: self.attach_wished.emit())
        self._waiting = Card(self._title, self.list, gap=4, padding=12)
        self._lines = QVBoxLayout(self)
        for widget in (card, self._waiting):
            self._lines.addWidget(widget)
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def show_round(self, row: RoundRow, *, under_way: bool) -> None:
        record = row.shown.record
        self._place.say(record.place or _("Sans lieu"))
        day = long_day(record.on, _).capitalize() if record.on else ""
        self._when.say(" · ".join(part for part in (day, hours_said(record)) if part))
        self._team.say(_("Équipe\u00a0: {names}").format(names=", ".join(row.team)))
        self._met.say(f"{met_said(record)} · {notes_said(row)}")
        self._text.say(record.text)
        self._text.setVisible(bool(record.text.strip()))
        self._end.setVisible(row.is_open)
        self._end.say(_("Terminer la maraude") if under_way else _("Noter la fin"))
        self._title.show_count(len(row.waiting))
        self.list.show_rows(list(row.waiting))
        self._waiting.setVisible(bool(row.waiting))
