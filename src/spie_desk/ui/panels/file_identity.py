"""Identity, contact, address, domiciliation, language, mandataire; an address not to be given out waits to be asked."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from spie_desk.texts import _
from spie_desk.ui.panels.file_reveal import log_reveal
from spie_desk.ui.panels.file_words import FileShown, address_of, full_day, phone_said
from spie_desk.ui.panels.hands import Edit, Hands
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


class IdentityCard(Card):
    """Labels and values; « Modifier » opens the form."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(gap=8, padding=14)
        self._hands = hands
        self._shown: FileShown | None = None
        self._open = False
        edit = Button(_("Modifier"), self._edit, look_="small", icon="pencil")
        edit.setAccessibleName(_("Modifier l’identité et le contact"))
        self.add(SectionTitle(_("Identité et contact"), icon="contact-round", end=edit))
        self._facts = QWidget()
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.add(self._facts)
        self._reveal = Button(_("Afficher l’adresse"), self._turn, look_="small", icon="eye")
        self.add(Flow(self._reveal))

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_grid"):
            self._grid.setHorizontalSpacing(now.px(12))
            self._grid.setVerticalSpacing(now.px(6))
            if self._shown is not None:
                self._fill(self._shown)

    def show_file(self, shown: FileShown) -> None:
        if self._shown is None or self._shown.person.id != shown.person.id:
            self._open = False
        self._shown = shown
        self._fill(shown)

    def _edit(self) -> None:
        if self._shown is not None:
            self._hands.edit(Edit("person", self._shown.file.person))

    def _turn(self) -> None:
        self._open = not self._open
        if self._open and self._shown is not None:
            log_reveal(self._hands.do, self._shown.person.id)
        if self._shown is not None:
            self._fill(self._shown)

    def _fill(self, shown: FileShown) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        narrow = look().narrow
        for at, (label, value) in enumerate(self._lines_of(shown)):
            self._grid.addWidget(Words(label, Type.SECOND, "muted"), at * 2 if narrow else at, 0)
            self._grid.addWidget(Words(value), at * 2 + 1 if narrow else at, 0 if narrow else 1)
        hidden = shown.person.undisclosed and bool(address_of(shown.person))
        self._reveal.setVisible(hidden)
        self._reveal.say(_("Masquer l’adresse") if self._open else _("Afficher l’adresse"))

    def _lines_of(self, shown: FileShown) -> list[tuple[str, str]]:
        person = shown.person
        born = full_day(person.born_on) if person.born_on else str(person.birth_year or "")
        where = _("à {place}").format(place=person.birth_place) if person.birth_place else ""
        address = address_of(person)
        if person.undisclosed and not self._open:
            address = _("À ne pas divulguer")
        until = _("jusqu’au {day}").format(day=full_day(person.domiciled_until)) if person.domiciled_until else ""
        guardian = [shown.label("guardianship", person.guardian_kind) if person.guardian_kind else "",
                    person.guardian_name, phone_said(person.guardian_phone)]  # fmt: skip
        speaks = [person.language, _("interprète nécessaire") if person.interpreter else "",
                  shown.label("reading", person.reads) if person.reads else ""]  # fmt: skip
        lines = [
            (_("Civilité"), shown.label("civility", person.civility) if person.civility else ""),
            (_("Nom de naissance"), person.birth_name), (_("Surnom"), person.nickname),
            (_("Naissance"), " ".join(part for part in (born, where) if part)), (_("Courriel"), person.email),
            (_("Adresse"), address),
            (_("Domiciliation"), ", ".join(part for part in (person.domiciled_at, until) if part)),
            (_("Langue"), " · ".join(part for part in speaks if part)),
            (_("Mandataire"), " · ".join(part for part in guardian if part)),
            (_("Suivi depuis le"), full_day(person.entered_on) if person.entered_on else ""),
        ]  # fmt: skip
        return [(label, value) for label, value in lines if value]
