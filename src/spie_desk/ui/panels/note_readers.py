"""« Qui lira cette note »: four widths, each with its number, the readers by name, and what the narrow ones ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from spie_desk.domain.records.note import CIRCLE, ME, OWN, RESERVED
from spie_desk.services.note_form import Reading
from spie_desk.services.readers import Reader
from spie_desk.texts import _, n_
from spie_desk.ui.panels.names_dialog import NamesDialog
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, named, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import CardChoice, RadioCards
from spie_desk.ui.widgets.pick import Lookup, Option, PickMany

SHARES = {ME: 150, OWN: 200, CIRCLE: 230, RESERVED: 198}


class WhoReads(QWidget):
    """Cards, the names under them, and the named readers of réservé."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reading: Reading | None = None
        self._person = False
        self.cards: RadioCards | None = None
        self._title = Words(_("Qui lira cette note"), Type.SECOND, weight=600, wrap=False)
        self._names = Words("", Type.SECOND, "muted", wrap=False)
        self._see = Button(_("Voir les noms"), self._show_names, look_="link")
        self.named = named(PickMany(self._lookup(), _("Ajouter une personne tenue au secret"), across=True), "readers")
        self.named.field.setAccessibleName(_("Personnes qui pourront lire cette note"))
        self._lines = QVBoxLayout(self)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        names = row(self._title, self._names, self._see)
        names.lines.setStretchFactor(self._names, 1)
        for widget in (names, self.named):
            self._lines.addWidget(widget)
        self.named.hide()
        self.named.picked.connect(self._moved)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 6)

    def show_reading(self, reading: Reading, *, person: bool) -> None:
        """Say who each width reaches; called again when someone joins the file."""
        self._reading, self._person = reading, person
        if self.cards is None:
            self._make_cards()
        self._say()

    def choose(self, width: str, readers: Sequence[bytes]) -> None:
        """Show what the note says."""
        if self.cards is not None:
            self.cards.choose(width)
        self.named.show_values([one for one in readers if one != self._me()])
        self._say()

    def narrow(self) -> None:
        """Open at the narrowest: named readers, me alone to begin with."""
        if self._person and self.width_() in {OWN, CIRCLE}:
            self.choose(RESERVED, ())
            self.changed.emit()

    def fix(self) -> None:
        """A signed note keeps its readers: what was read was read."""
        self.setEnabled(False)
        self._title.say(_("Qui lit cette note. Ses lecteurs ne changent plus."))

    def width_(self) -> str:
        return self.cards.code() if self.cards is not None else OWN

    def readers(self) -> tuple[bytes, ...]:
        """The named readers, me among them; none where the width says who reads."""
        if self.width_() == RESERVED:
            return (self._me(), *self.named.values())
        return ()

    # ---- inside

    def _me(self) -> bytes:
        return self._reading.me if self._reading is not None else b""

    def _make_cards(self) -> None:
        choices = [CardChoice(ME, _("Moi")), CardChoice(OWN, _("Ma structure"))]
        if self._person:
            choices += [CardChoice(CIRCLE, _("L’équipe autour d’elle")), CardChoice(RESERVED, _("Réservé"))]
        self.cards = RadioCards(choices, shares=[SHARES[one.code] for one in choices])
        self.cards.chosen.connect(lambda _code: self._moved())
        self._lines.insertWidget(1, self.cards)

    def _moved(self) -> None:
        self._say()
        self.changed.emit()

    def _people(self, width: str) -> tuple[Reader, ...]:
        if self._reading is None:
            return ()
        if width in self._reading.by_width:
            return self._reading.by_width[width].people
        known = {one.id: one for one in (*self._reading.by_width[ME].people, *self._reading.bound)}
        return tuple(known[one] for one in (self._me(), *self.named.values()) if one in known)

    def _say(self) -> None:
        if self.cards is None or self._reading is None:
            return
        self.cards.tell(ME, _("elle peut en demander copie") if self._person else _("sur vos postes"))
        self._number(OWN, _("Ma structure ({count})"))
        self.cards.tell(OWN, n_("{n} personne", "{n} personnes", len(self._people(OWN))))
        if self._person:
            self._say_narrow(self.cards, self._reading)
        width = self.width_()
        self.named.setVisible(width == RESERVED)
        people = self._people(width)
        self._names.say(", ".join(self._called(one) for one in people))
        self._see.setVisible(bool(people))

    def _say_narrow(self, cards: RadioCards, reading: Reading) -> None:
        self._number(CIRCLE, _("L’équipe autour d’elle ({count})"))
        cards.tell(CIRCLE, n_("dans {n} structure", "dans {n} structures", reading.by_width[CIRCLE].structures))
        self._number(RESERVED, _("Réservé ({count})"))
        cards.tell(RESERVED, _("personnes nommées"))

    def _number(self, width: str, title: str) -> None:
        if self.cards is not None:
            self.cards.entitle(width, title.format(count=len(self._people(width))))

    def _called(self, one: Reader) -> str:
        return _("vous") if one.id == self._me() else one.name

    def _show_names(self) -> None:
        NamesDialog(_("Qui lira cette note"), self._people(self.width_()), self._me(), self.window()).open()

    def _lookup(self) -> Lookup:
        def find(_owner: QObject, words: str, then: object) -> None:
            wanted = words.casefold()
            people = self._reading.bound if self._reading is not None else ()
            found = [Option(one.id, one.name, one.structure) for one in people
                     if wanted in f"{one.name} {one.structure}".casefold() and one.id != self._me()]  # fmt: skip
            then(found[:20])  # type: ignore[operator]

        def name(_owner: QObject, value: bytes, then: object) -> None:
            people = self._reading.bound if self._reading is not None else ()
            then(next((one.name for one in people if one.id == value), ""))  # type: ignore[operator]

        return Lookup(find, name)
