"""The form of one appointment, kept as it is typed; Ctrl+Return saves, Escape closes and keeps the draft."""

from __future__ import annotations

from PySide6.QtCore import Signal

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.records import KIND
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.shown import Shown
from spie_desk.services.agenda import Opening
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words, row
from spie_desk.ui.widgets.buttons import Button

_FIELDS = ("person", "on", "at", "minutes", "place", "with_", "subject")


class MeetingForm(Card):
    """``to_save`` when what is typed must reach the disk; ``saved`` carries the record; ``closed`` leaves it."""

    to_save = Signal()
    saved = Signal(object)
    closed = Signal()
    thrown = Signal()

    def __init__(self, opening: Opening, sources: Sources) -> None:
        super().__init__(gap=8, padding=16)
        self._opening = opening
        self.stored = bool(opening.draft.touched_ms)
        known = isinstance(opening.start, Shown)
        # whose appointment it is does not change: it lives in her file
        fields = _FIELDS[1:] if known else _FIELDS
        self.form: Form[Appointment] = Form(
            KIND["appointment"], (Section("", fields, columns=3),), opening.start, sources,
            draft=opening.draft if opening.draft.values else None, required=("on",),
        )  # fmt: skip
        self.form.to_save.connect(self.to_save)
        title = _("Rendez-vous de {name}").format(name=opening.person_name) if known else _("Nouveau rendez-vous")
        self.add(Words(title, Type.SECTION, wrap=False))
        self.add(self.form)
        self.add(row(Button(_("Enregistrer"), self.save, look_="filled", icon="check", tip=_("Ctrl Entrée")),
                     Button(_("Fermer, garder le brouillon"), self.closed.emit, tip=_("Échap")),
                     Button(_("Jeter la saisie"), self.thrown.emit, look_="link"), None))  # fmt: skip
        self.add(None)

    def shown(self) -> Shown[Appointment] | None:
        """The record as it was on screen; None for a new one."""
        start = self._opening.start
        return start if isinstance(start, Shown) else None

    def draft(self) -> Draft:
        return self.form.draft_of(self._opening.draft)

    def first(self) -> None:
        """The keyboard goes to the first field: whose it is, or when."""
        self.form.focus_field("person" if "person" in self.form.editors else "on")

    def save(self) -> None:
        if (record := self.form.check()) is not None:
            self.saved.emit(record)

    def tell(self, error: DeskError) -> bool:
        return self.form.tell(error)
