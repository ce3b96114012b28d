"""Two files side by side before they are linked: which one is the main one, what they share, who reads each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from spie_desk.domain.duplicates import Verdict
from spie_desk.domain.records.person import PERSON
from spie_desk.services.merging import Before, Side
from spie_desk.texts import _
from spie_desk.ui.panels.file_words import phone_said
from spie_desk.ui.panels.merged_words import Says, file_said
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Avatar, Beside, Card, Icon, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.choices import Radio

_FACTS = ("birth", "address", "domiciliation", "email", "referent", "entered_on", "end")


class TwoFiles(QWidget):
    """Nothing is chosen beforehand: ``main`` is empty until one of them is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before: Before | None = None
        self._radios: list[Radio] = []
        self._group = QButtonGroup(self)
        self._lines = QVBoxLayout(self)
        self.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12)

    def forget(self) -> None:
        self._before = None
        self._radios = []
        self.hide()

    def first(self) -> QWidget:
        return self._radios[0] if self._radios else self

    def main(self) -> bytes:
        at = next((at for at, one in enumerate(self._radios) if one.isChecked()), None)
        if at is None or self._before is None:
            return b""
        main: bytes = self._before.sides[at].shown.record.id
        return main

    def other(self) -> bytes:
        sides = self._before.sides if self._before is not None else ()
        return next((one.shown.record.id for one in sides if one.shown.record.id != self.main()), b"")

    def why(self) -> str:
        """What makes one say so, kept with the link."""
        reasons = self._before.likeness.reasons if self._before is not None else ()
        return ", ".join(_(one) for one in reasons)

    def show_both(self, before: Before, says: Says) -> None:
        """The same two again keep what was chosen, and the keyboard where it is."""
        kept, focused = self.main(), next((at for at, one in enumerate(self._radios) if one.hasFocus()), None)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._before, self._radios = before, []
        self._lines.addWidget(self._reasons(before))
        which = _("Lequel donne le nom et le numéro, et reçoit ce qui sera écrit\u00a0?")
        self._lines.addWidget(Words(which, weight=600))
        self._lines.addWidget(Beside(*(self._side(one, says) for one in before.sides)))
        self._lines.addWidget(self._readers(before))
        for side, radio in zip(before.sides, self._radios, strict=True):
            radio.setChecked(side.shown.record.id == kept)
        if focused is not None:
            self._radios[focused].setFocus()

    # ---- inside

    def _reasons(self, before: Before) -> Card:
        likely = before.likeness.verdict is not Verdict.DIFFERENT
        said = _("Ces deux dossiers ne se ressemblent pas. Ne les réunissez que si la personne, ou un papier, vous "
                 "l’a dit.")  # fmt: skip
        if likely and before.likeness.reasons:
            said = _("En commun\u00a0: {reasons}.").format(reasons=self.why())
        differ = ", ".join(_(one.label).lower() for one in before.differences)
        lines = [Words(said)]
        if differ:
            told = _("Ils ne disent pas la même chose\u00a0: {what}. Vous choisirez ce qui s’affiche\u00a0; l’autre "
                     "valeur restera lisible.")  # fmt: skip
            lines.append(Words(told.format(what=differ), Type.SECOND))
        icon, sort = ("info", "info") if likely else ("circle-alert", "warn")
        words = row(Icon(icon, sort), column(*lines, gap=2), gap=10)
        words.lines.setStretch(1, 1)
        return Card(words, sort=sort, padding=12)

    def _side(self, side: Side, says: Says) -> Card:
        person = side.shown.record
        radio = Radio(_("Dossier principal"))
        radio.setAccessibleName(_("Dossier principal\u00a0: {name}, {file}").format(name=person.name,
                                                                                 file=file_said(person)))  # fmt: skip
        self._group.addButton(radio)
        radio.toggled.connect(lambda _on: self.changed.emit())
        self._radios.append(radio)
        who = column(Words(person.name, Type.SECTION), Words(file_said(person), Type.SECOND, "muted"), gap=0)
        head = row(Avatar(person.name), who, gap=10)
        head.lines.setStretch(1, 1)
        card = Card(head, radio, gap=6, padding=14)
        facts = [(_(PERSON.label_of(name)), says.of(name, person)) for name in _FACTS]
        facts.insert(1, (_("Téléphones"), ", ".join(phone_said(one) for one in side.phones) or _("(vide)")))
        for label, value in facts:
            if value != _("(vide)"):
                card.add(column(Words(label, Type.SECOND, "muted"), Words(value), gap=0))
        names = sorted({one.name for volet in side.readers for one in volet.people if one.name})
        reads = Words(_("Qui lit ce dossier aujourd’hui"), Type.SECOND, "muted")
        card.add(column(reads, Words(", ".join(names)), gap=0))
        card.add(None)
        return card

    def _readers(self, before: Before) -> Card:
        card = Card(SectionTitle(_("Réunir n’ouvre rien à personne"), icon="eye"), gap=6, padding=14)
        card.add(Words(_("Chacun continue de lire ce qu’il lisait, dans le dossier où c’est écrit. Seul un poste qui a "
                         "les deux dossiers les montre ensemble. Ce qui sera écrit ira dans le dossier principal, et "
                         "sera lu par qui lit celui-là."), Type.SECOND))  # fmt: skip
        for at, side in enumerate(before.sides):
            if names := before.only(at):
                file, other = file_said(side.shown.record), file_said(before.sides[1 - at].shown.record)
                card.add(Words(_("Lit seulement le {file}, et ne lira rien du {other}\u00a0: {names}.").format(
                    file=file, other=other, names=", ".join(names)), Type.SECOND, "warn"))  # fmt: skip
        return card
