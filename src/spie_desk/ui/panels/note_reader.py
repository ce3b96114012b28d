"""One note of the timeline, whole: its text, its readers by name, and what may still be done with it."""

from __future__ import annotations

from functools import partial

from spie_desk.domain.records import note as notes
from spie_desk.domain.records.note import Note
from spie_desk.domain.shown import Shown
from spie_desk.services import notes as deeds
from spie_desk.services import readers as reading
from spie_desk.services import records, sheets
from spie_desk.services.readers import Readers
from spie_desk.texts import _, n_
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import ICON_OF_READERS, FileShown, near_day, of_note, plain_text, who_reads
from spie_desk.ui.panels.hands import Hands, Question
from spie_desk.ui.panels.move_note import MoveNote
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.flow import Flow


class NoteReader(FileAside):
    """Escape goes back to the timeline; each deed says first what it means."""


    def __init__(self, hands: Hands, shown: FileShown, one: Shown[Note], *, editable: bool) -> None:
        super().__init__()
        self._hands, self._shown, self._one = hands, shown, one
        record = one.record
        self._names = Words("", Type.SECOND, "muted")
        chip = Chip(who_reads(shown, record.compartment, record.readers), "neutral",
                    ICON_OF_READERS.get(record.compartment, "users-round"))  # fmt: skip
        title = Words(of_note(shown, one), Type.SECTION)
        head = row(title, chip)
        head.lines.setStretchFactor(title, 1)
        card = Card(head, Words(self._when(), Type.SECOND, "muted"), gap=8)
        self._say_kin(card)
        card.add(Words(plain_text(record.text, 1_000_000)))
        card.add(self._names)
        self._back = Button(_("Retour à la chronologie"), self.closed.emit, look_="link", icon="chevron-left")
        self._deeds = Flow()
        self.hold(Flow(self._back), card, self._deeds)
        self._offer(editable=editable)
        person, chosen, compartment = record.person, record.readers, record.compartment
        hands.query(lambda desk: reading.readers(desk, compartment, person, chosen), self._say_names, "note-readers")

    def start(self) -> None:
        self._back.setFocus()

    def _when(self) -> str:
        record, shown = self._one.record, self._shown
        day = near_day(record.on, shown.file.today) if record.on else ""
        when = _("{day} à {hour}").format(day=day, hour=record.at) if record.at else day
        signed = _("signée {by}").format(by=shown.by(self._one.last)) if record.digest else ""
        names = ", ".join(shown.who(author) for author in record.authors)
        lasted = _("{n} min").format(n=record.minutes) if record.minutes else ""
        return " · ".join(part for part in (when, names, record.place, lasted, signed) if part)

    def _say_kin(self, card: Card) -> None:
        """What this note rectifies or copies, and what rectifies it."""
        all_notes = {one.shown.record.id: one for one in self._shown.file.timeline if one.kind == "note"}
        record = self._one.record
        for key, words in (
            (record.corrects, _("Rectifie la note du {day}.")),
            (record.copy_of, _("Copie de la note du {day}.")),
        ):
            if key and key in all_notes:
                card.add(
                    Words(words.format(day=near_day(all_notes[key].on, self._shown.file.today)), Type.SECOND, "info")
                )
        for other in all_notes.values():
            if other.shown.record.corrects == record.id:
                day = near_day(other.on, self._shown.file.today)
                card.add(Words(_("Rectifiée par la note du {day}.").format(day=day), Type.SECOND, "warn", weight=500))

    def _say_names(self, found: Readers) -> None:
        names = ", ".join(_("vous") if one.id == self._shown.me else one.name for one in found.people)
        where = n_("{n} structure", "{n} structures", found.structures)
        if self._one.record.compartment == notes.ME:
            self._names.say(
                _("Vous êtes la seule personne à pouvoir la lire. La personne accompagnée peut en demander copie.")
            )
        else:
            self._names.say(_("Peuvent lire cette note\u00a0: {names} ({where}).").format(names=names, where=where))

    def _offer(self, *, editable: bool) -> None:
        record = self._one.record
        if "content" in self._one.erased:
            return
        words, icon = (_("Corriger"), "pencil") if editable else (_("Ajouter un rectificatif"), "file-pen-line")
        self._deeds.add(Button(words, self._correct, icon=icon))
        self._deeds.add(Button(_("Imprimer…"), self._print, icon="printer"))
        for compartment, said in (
            (notes.OWN, _("Élargir à ma structure…")),
            (notes.CIRCLE, _("Élargir à l’équipe…")),
        ):
            if deeds.WIDTH[compartment] > deeds.WIDTH[record.compartment]:
                self._deeds.add(Button(said, partial(self._widen, compartment), icon="users-round"))
        for link, name in self._shown.file.linked:
            said = _("Copier pour {name}…").format(name=name)
            self._deeds.add(Button(said, partial(self._copy, link.record.other, name), icon="copy"))
        self._deeds.add(Button(_("Pas le bon dossier…"), self._move, icon="folder-input"))
        self._deeds.add(Button(_("Effacer…"), self._erase, look_="danger", icon="eraser"))

    def _correct(self) -> None:
        self._hands.go("note", person=self._one.record.person, note=self._one.record.id)

    def _print(self) -> None:
        note = self._one.record.id
        self._hands.print_sheet(lambda desk: sheets.of_note(desk, note))

    def _widen(self, compartment: str) -> None:
        person, one = self._one.record.person, self._one

        def ask(found: Readers) -> None:
            names = ", ".join(_("vous") if reader.id == self._shown.me else reader.name for reader in found.people)
            text = _("Pourront la lire\u00a0: {names}. Une copie de même texte s’ajoute au dossier\u00a0; ce qui aura "
                     "été lu ne pourra pas être repris.").format(names=names)  # fmt: skip
            self._hands.ask_first(Question(
                _("Élargir cette note\u00a0?"), text, _("Élargir"),
                lambda: self._hands.do(lambda desk: deeds.widen(desk, one, compartment), _("Note élargie.")),
                danger=False,
            ))  # fmt: skip

        self._hands.query(lambda desk: reading.readers(desk, compartment, person), ask, "widen")

    def _copy(self, other: bytes, name: str) -> None:
        one = self._one
        text = _("Le texte entier sera aussi dans le dossier «\u00a0{name}\u00a0», lu par celles et ceux qui "
                 "accompagnent cette personne. Vérifiez qu’il ne dit rien qui ne doive pas s’y trouver\u00a0: "
                 "adresse, téléphone, confidence.")  # fmt: skip
        self._hands.ask_first(Question(
            _("Copier cette note pour {name}\u00a0?").format(name=name), text.format(name=name), _("Copier"),
            lambda: self._hands.do(lambda desk: deeds.copy_for(desk, one, other), _("Note copiée.")), danger=False,
        ))  # fmt: skip

    def _move(self) -> None:
        self._hands.show_panel(MoveNote(self._hands, self._shown, self._one))

    def _erase(self) -> None:
        one = self._one
        text = _("Ses mots seront effacés partout sur ce poste\u00a0: dossier, recherche, brouillons. Une sauvegarde "
                 "reprise les effacera de nouveau. Il restera qui l’a écrite, qui l’a effacée et quand. "
                 "Cela ne s’annule pas.")  # fmt: skip
        self._hands.ask_first(Question(
            _("Effacer cette note\u00a0?"), text, _("Effacer la note"),
            lambda: self._hands.do(lambda desk: records.erase(desk, one), _("Note effacée.")), no=_("Ne rien effacer"),
        ))  # fmt: skip
