"""My appointments of a period for a calendar elsewhere: when and how long; initials and places only if ticked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.accesses import CALENDAR_REASONS
from spie_desk.domain.errors import DeskError, N_
from spie_desk.services import exports
from spie_desk.services.desk import Desk
from spie_desk.services.exports import Leaving, Period
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.page import Page
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.ask_file import ask_to_save
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.fields import DateField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.reason import ReasonField

WEEKS = 4


class CalendarOutPage(Page):
    """Reached from the agenda; a summary names nobody, and the subject of an appointment never leaves."""

    title, touches = N_("Mes rendez-vous pour un autre agenda"), ("appointment",)

    def build(self) -> None:
        self._fields = [named(DateField(self.room.today), name) for name in ("first", "last")]
        what = Card(SectionTitle(_("Ce qui sera écrit"), icon="calendar-days"), gap=10)
        for field, label in zip(self._fields, (_("Du"), _("Au")), strict=True):
            words = Words(label, Type.SECOND, weight=600)
            words.setBuddy(field)
            field.setAccessibleName(label)
            field.textChanged.connect(lambda _text: self._changed())
            what.add(column(words, field, gap=4))
        what.add(Words(_("Chaque rendez-vous s’appelle «\u00a0Rendez-vous\u00a0»\u00a0: ni nom, ni objet. Un agenda "
                         "de téléphone est souvent recopié sur des serveurs lointains."),
                       Type.SECOND, "muted"))  # fmt: skip
        self._initials = named(Tick(_("Écrire les initiales de la personne")), "initials")
        self._places = named(Tick(_("Écrire le lieu (il peut en dire long)")), "places")
        for tick in (self._initials, self._places):
            tick.toggled.connect(lambda _on: self._changed())
            what.add(tick)
        what.add(None)
        self.add(Beside(what, self._why_card(), shares=(50, 50)))
        self.fill()
        self.act(_("Choisir où écrire l’agenda"), "Ctrl+Return", self._ask_where, icon="file-down")
        self.choose_file = ask_to_save
        """What asks where to write; a test answers in its place."""
        self._count = 0

    def _why_card(self) -> Card:
        card = Card(SectionTitle(_("Comment et pourquoi"), icon="file-down"), gap=10)
        self._told = named(Words("", Type.TEXT, weight=600), "told")
        self._why = ReasonField(CALENDAR_REASONS, _("Motif (inscrit au journal des accès)"))
        self._why.changed.connect(self._allow)
        self._go = Button(_("Choisir où l’écrire…"), self._ask_where, look_="filled", icon="file-down")
        warning = _("Ce fichier (.ics) ne sera plus protégé\u00a0: quiconque l’ouvre peut le lire.")
        for widget in (self._told, self._why, Words(warning, Type.TEXT, "warn", weight=500),
                       Flow(Button(_("Ne rien exporter"), self.back), self._go), None):  # fmt: skip
            card.add(widget)
        return card

    def arrive(self, day: str = "", **_more: Any) -> None:
        first = date.fromisoformat(day) if day else self.room.today()
        for field, on in zip(self._fields, (first, first + timedelta(weeks=WEEKS)), strict=True):
            field.show_day(on)

    def first_focus(self) -> QWidget | None:
        return self._fields[0]

    def ask(self, desk: Desk) -> int | str:
        period = self._period
        try:
            return len(exports.meetings(desk, period)) if period is not None else ""
        except DeskError as error:
            return sentence(error)

    def show_answer(self, found: int | str) -> None:
        self._count = found if isinstance(found, int) else 0
        held = n_("{n} rendez-vous à venir ou tenu", "{n} rendez-vous à venir ou tenus", self._count)
        self._told.say(found if isinstance(found, str) else held)
        self._allow()

    @property
    def _period(self) -> Period | None:
        try:
            days = [field.day() for field in self._fields]
        except DeskError:
            return None
        if days[0] is None or days[1] is None:
            return None
        return Period(days[0], days[1], self._initials.isChecked(), self._places.isChecked(), _(exports.CALENDAR))

    def _changed(self) -> None:
        self.refresh()

    def _allow(self) -> None:
        missing = "" if self._period is not None and self._count else _("un rendez-vous dans la période")
        self._go.lacks(missing or ("" if self._why.reason() else _("le motif")))

    def _ask_where(self) -> None:
        if self._period is not None and self._count and self._why.reason():
            name = f"rendez-vous-{self._period.first.isoformat()}.ics"
            self.choose_file(self, _("Où écrire l’agenda"), _("Agenda (*.ics)"), name, self._write)

    def _write(self, path: Path) -> None:
        period, reason = self._period, self._why.reason()

        def write(desk: Desk) -> None:
            if period is not None:
                leaving = Leaving(exports.CALENDAR_FILE, reason, replace=path.exists())
                exports.write_calendar(desk, path, exports.meetings(desk, period), leaving)

        said = _("Agenda écrit dans «\u00a0{file}\u00a0». Ce fichier n’est plus protégé.").format(file=path.name)
        self.do(write, said, then=self.back)
