"""One appointment beside the week: when, where, with whom, what it falls on, and the answers about presence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from spie_desk.services.agenda import Week
from spie_desk.services.appointments import AppointmentRow
from spie_desk.texts import _
from spie_desk.ui.panels.meetings import STATUSES, status_said, when_said
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.flow import Flow

ROLES = {"present": "ok", "absent": "danger", "coming": "info"}
ANSWERS = (("present", "P"), ("absent", "A"), ("excused", "E"), ("postponed", "T"), ("cancelled", "X"), ("coming", "V"))
"""Each presence and the key that gives it."""


class MeetingCard(Card):
    """``marked`` carries a presence; the other signals say what is wished for the appointment shown."""

    marked = Signal(str)
    change = Signal()
    file = Signal()
    slip = Signal()
    large = Signal()
    reminder = Signal()

    def __init__(self) -> None:
        super().__init__(gap=10, padding=16)
        self._name = Words("", Type.SECTION, wrap=False)
        self._chip = Chip("", "info")
        self._when = Words("", Type.VALUE)
        self._where = Words("", Type.SECOND, "muted")
        self._subject = Words("")
        self._overlap = Words("", Type.SECOND, "warn", weight=500)
        self._ask = Words(_("Présence"), Type.LABEL, "muted", wrap=False)
        self._answers = {
            code: Button(_(STATUSES[code][0]).capitalize(), partial(self.marked.emit, code), look_="small",
                         tip=f"{_(STATUSES[code][0])} ({key})")
            for code, key in ANSWERS
        }  # fmt: skip
        self._deeds = Flow(
            Button(_("Déplacer ou modifier"), self.change.emit, icon="calendar-clock"),
            Button(_("Ouvrir le dossier"), self.file.emit, icon="folder-open"),
            Button(_("Papier pour la personne"), self.slip.emit, icon="printer"),
            Button(_("Afficher en grand"), self.large.emit, icon="maximize-2"),
            Button(_("Copier le rappel"), self.reminder.emit, icon="copy"),
        )
        head = row(self._name, self._chip)
        head.lines.setStretchFactor(self._name, 1)
        self._flow = Flow(*self._answers.values())
        self._parts = (head, self._when, self._where, self._subject, self._overlap, self._ask, self._flow, self._deeds)
        self._none = Words(_("Choisissez un rendez-vous, ou un jour vide pour en écrire un."), ink="muted")
        for widget in (self._none, *self._parts):
            self.add(widget)
        self.add(None)
        self.show_row(None, None)

    def show_row(self, row_: AppointmentRow | None, week: Week | None) -> None:
        """The appointment under the keyboard, or the sentence that there is none."""
        for widget in self._parts:
            widget.setVisible(row_ is not None)
        self._none.setVisible(row_ is None)
        if row_ is None or week is None:
            return
        record = row_.shown.record
        self._name.say(row_.person_name)
        self._chip.say(status_said(record.status), ROLES.get(record.status, "neutral"))
        length = _("{n} min").format(n=record.minutes) if record.minutes else ""
        self._when.say(", ".join(part for part in (when_said(row_), length) if part))
        with_ = _("avec vous") if record.with_ in {week.me, b""} else week.names.get(record.with_, "")
        self._where.say(" · ".join(part for part in (record.place, with_) if part))
        self._where.setVisible(bool(record.place or with_))
        self._subject.say(record.subject)
        self._subject.setVisible(bool(record.subject))
        others = ", ".join(f"{one.shown.record.at} {one.person_name}" for one in week.overlaps.get(record.id, ()))
        self._overlap.say(_("En même temps que\u00a0: {others}").format(others=others))
        self._overlap.setVisible(bool(others))
        for code, button in self._answers.items():
            button.setVisible(code != record.status)
