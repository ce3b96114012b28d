"""One note to sign in the evening: for whom, who will read it, its words; signed here, or opened when it must be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.records import note as notes
from spie_desk.services.day_end import AGAIN, NUMBER, READERS, TEXT, TO_DO, UNREAD, ToSign
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.panels.file_words import ICON_OF_READERS, plain_text
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, named, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


def whose(one: ToSign) -> str:
    """« Amina Belkacem, 1988, Valmont »: what tells her from a homonym."""
    if one.person is None:
        return _("Note de structure, sans personne")
    person = one.person
    year = str(person.year) if person.year else _("année de naissance inconnue")
    town = "" if person.undisclosed else person.town
    return ", ".join(part for part in (person.name, year, town) if part)


def why_said(why: str) -> str:
    """What stands in the way of signing from the list."""
    return {
        TEXT: _("Elle est encore vide."),
        UNREAD: _("Une date, une heure ou une durée reste à relire."),
        TO_DO: _("Elle contient des choses à faire\u00a0: relisez-les avec elle."),
        NUMBER: _("Elle contient un numéro de sécurité sociale, qui n’a pas sa place ici."),
        AGAIN: _("Elle reprend une note qui n’est plus là."),
        READERS: _("Ses lecteurs, sa date ou sa personne restent à choisir."),
    }.get(why, "")


class SignCard(QWidget):
    """``sign_wished`` and ``open_wished``; the page knows which note is shown."""

    sign_wished = Signal()
    open_wished = Signal()

    def __init__(self, label: Callable[[str, str], str], me: Callable[[], bytes]) -> None:
        super().__init__()
        self._label, self._me = label, me
        self._whose = named(Words("", Type.SECTION), "sign-whose")
        self._facts = Words("", Type.SECOND, "muted")
        self._icon = Icon("building-2", "accent", 18)
        self._readers = named(Words("", Type.SECOND, weight=500), "sign-readers")
        self._text = named(Words(""), "sign-text")
        self._why = Words("", Type.SECOND, "warn", weight=500)
        self._sign = Button(_("Signer"), self.sign_wished.emit, look_="filled", icon="signature", tip=_("Ctrl Entrée"))
        self._open = Button(_("Ouvrir la note"), self.open_wished.emit, icon="pen-line", tip=_("Entrée"))
        readers = row(self._icon, self._readers, gap=8)
        readers.lines.setStretchFactor(self._readers, 1)
        card = Card(self._whose, self._facts, readers, self._text, gap=8)
        hint = Words(_("Ctrl Entrée signe et passe à la suivante. Flèche bas la laisse en brouillon. "
                       "Vous pourrez la corriger jusqu’à ce soir si elle n’est pas partie. Ensuite, un rectificatif "
                       "s’ajoutera."), Type.SECOND, "muted")  # fmt: skip
        card.add(self._why)
        card.add(Flow(named(self._sign, "sign-it"), named(self._open, "open-it")))
        card.add(hint)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(card)
        self._lines.addStretch(1)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 0)

    def show_note(self, one: ToSign) -> None:
        note = one.note
        self._whose.say(whose(one))
        sort = self._label("note_sort", note.sort)
        theme = self._label("note_theme", note.theme) if note.theme else ""
        when = _when(note.on, note.at)
        lasted = _("{n} min").format(n=note.minutes) if note.minutes else ""
        self._facts.say(" · ".join(part for part in (sort, theme, when, note.place, lasted) if part))
        self._icon.show_icon(ICON_OF_READERS.get(note.compartment, "users-round"), "accent")
        self._readers.say(self._who_reads(one))
        self._text.say(plain_text(note.text, 1_000_000) or _("Rien n’est encore écrit."))
        self._why.say(why_said(one.why_open))
        self._why.setVisible(bool(one.why_open))
        self._sign.setVisible(not one.why_open)

    def _who_reads(self, one: ToSign) -> str:
        if one.note.compartment == notes.ME:
            return _("Vous êtes la seule personne à pouvoir la lire. La personne accompagnée peut en demander copie.")
        names = [_("vous") if reader.id == self._me() else reader.name for reader in one.readers.people]
        count = n_("{n} personne", "{n} personnes", len(names))
        where = n_("{n} structure", "{n} structures", one.readers.structures)
        said = _("Pourront la lire\u00a0: {names} ({count}, {where}).")
        return said.format(names=", ".join(names), count=count, where=where)


def _when(on: date | None, at: str) -> str:
    day = short_day(on, _) if on else ""
    return _("{day} à {hour}").format(day=day, hour=at) if day and at else day
