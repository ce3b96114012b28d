"""The three short forms of someone new: who she is, her phone, and what she was told; one draft for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.duplicates import Identity
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records import KIND
from spie_desk.domain.records.around import Informed, Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import newcomers
from spie_desk.services.newcomers import INFORMED, PHONE, Newcomer
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.forms.sources import Sources

_PERSON = (
    Section(N_("Qui est-ce\u00a0?"), ("first_name", "last_name", "nickname", "birth_name", "born_on", "birth_year")),
    Section(N_("Adresse"), ("street", "street_more", "town", "postcode", "undisclosed")),
    Section(N_("Comment la joindre, dans quelle langue"),
            ("no_message", "interpreter", "call_from", "language", "contact_note", "reads")),
)  # fmt: skip
_PHONE = (Section("", ("number", "whose")),)
_INFORMED = (Section("", ("given_on", "how", "by", "interpreter")),)


class NewcomerForms(QObject):
    """``changed`` at every touch, ``to_save`` when what is typed must reach the disk: ``draft()`` then says what."""

    changed = Signal()
    to_save = Signal()

    def __init__(self, opening: Newcomer, sources: Sources, parent: QObject) -> None:
        super().__init__(parent)
        self._opening = opening
        draft = opening.draft if opening.draft.values else None
        own, phone, informed = (None, None, None) if draft is None else (
            newcomers.own_part(draft), newcomers.part(draft, PHONE), newcomers.part(draft, INFORMED))  # fmt: skip
        self.person: Form[Person] = Form(KIND["person"], _PERSON, opening.person, sources, draft=own)
        self.phone: Form[Phone] = Form(KIND["phone"], _PHONE, opening.phone, sources, draft=phone, required=None)
        self.informed: Form[Informed] = Form(KIND["informed"], _INFORMED, opening.informed, sources, draft=informed,
                                             required=None)  # fmt: skip
        for form in self._all():
            form.changed.connect(self.changed)
            form.to_save.connect(self.to_save)

    def first(self) -> QWidget:
        return self.person.editors["first_name"].widget

    def draft(self) -> Draft:
        """Everything that is typed, as one draft; the caret is remembered in the person's own form."""
        kept = self.person.draft_of(self._opening.draft)
        hanging = {
            name: dict(form.draft_of(kept).values) for name, form in ((PHONE, self.phone), (INFORMED, self.informed))
        }
        return replace(kept, values={**kept.values, **{name: typed for name, typed in hanging.items() if typed}})

    def dirty(self) -> bool:
        return any(form.dirty() for form in self._all())

    def save_now(self) -> None:
        for form in self._all():
            form.save_now()

    def identity(self) -> Identity:
        """As much of it as can be read."""
        found: dict[str, Any] = {}
        for name in ("last_name", "first_name", "birth_name", "nickname", "born_on", "birth_year"):
            try:
                found[name] = self.person.editors[name].read()
            except DeskError:
                continue
        return newcomers.identity_of(replace(self._opening.person, **found), self.phone.editors["number"].read())

    def check(self) -> tuple[Person, Phone | None, Informed | None] | None:
        """The records if they can be written; otherwise the errors stand beside their fields."""
        person = self.person.check()
        phone = self.phone.check() if self.phone.dirty() else None
        informed = self.informed.check() if self.informed.dirty() else None
        if person is None or (self.phone.dirty() and phone is None) or (self.informed.dirty() and informed is None):
            return None
        return person, phone, informed

    def tell(self, error: DeskError) -> bool:
        return self.person.tell(error) or self.phone.tell(error) or self.informed.tell(error)

    def _all(self) -> tuple[Form[Any], ...]:
        return self.person, self.phone, self.informed
