"""« Peut-être déjà suivie » : the people here who resemble the one being typed, each with the reasons why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.duplicates import Verdict
from spie_desk.services.duplicates import Doubt
from spie_desk.texts import _
from spie_desk.ui.theme import Look, Type
from spie_desk.ui.widgets.basics import Avatar, Card, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button


class LikelyPeople(Card):
    """``opened`` carries a person's id. Nobody is chosen beforehand: it is for the one who types to judge."""

    opened = Signal(bytes)
    same = Signal(bytes, bytes)
    """Two of them that may be one person, to be compared."""

    def __init__(self) -> None:
        super().__init__(gap=10, padding=14)
        self._title = SectionTitle(_("Peut-être déjà suivie"), icon="users-round")
        self._none = Words("", Type.SECOND, "muted")
        self._cards = QWidget()
        self._lines = QVBoxLayout(self._cards)
        for widget in (self._title, self._none, self._cards):
            self.add(widget)
        self._doubts: Sequence[Doubt] = ()
        self.show_doubts((), typed=False)

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_lines"):
            space(self._lines, now, 8)

    def doubts(self) -> Sequence[Doubt]:
        return self._doubts

    def first(self) -> QWidget:
        """The way into the likeliest file."""
        return self._cards.findChild(Button) or self

    def show_doubts(self, doubts: Sequence[Doubt], *, typed: bool = True) -> None:
        """The likeliest first; with nobody, say that there is nobody."""
        self._doubts = doubts
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for doubt in doubts:
            self._lines.addWidget(self._card(doubt))
        if len(doubts) > 1:
            one, other = (doubt.shown.record.id for doubt in doubts[:2])
            compare = Button(_("Ces deux dossiers sont la même personne…"), partial(self.same.emit, one, other),
                             look_="small", icon="link")  # fmt: skip
            self._lines.addWidget(row(None, compare))
        self._none.say(
            _("Personne ici ne ressemble à ce qui est écrit.") if typed
            else _("Pendant que vous tapez, les dossiers qui ressemblent s’affichent ici.")
        )  # fmt: skip
        self._none.setVisible(not doubts)
        self._cards.setVisible(bool(doubts))
        self._title.show_count(len(doubts) or None)

    def _card(self, doubt: Doubt) -> QWidget:
        person = doubt.shown.record
        about = " · ".join(part for part in (
            _("naissance en {year}").format(year=person.year) if person.year else _("naissance inconnue"),
            "" if person.undisclosed else person.town, person.number, *doubt.phones[:1]) if part)  # fmt: skip
        reasons = ", ".join(_(reason) for reason in doubt.reasons)
        open_it = Button(
            _("Ouvrir ce dossier"), partial(self.opened.emit, person.id), look_="small", icon="folder-open"
        )
        open_it.setAccessibleName(_("Ouvrir le dossier de {name}, {about}").format(name=person.name, about=about))
        words = column(Words(person.name, weight=600), Words(about, Type.SECOND, "muted"),
                       Words(_("Pourquoi\u00a0: {reasons}").format(reasons=reasons), Type.SECOND), gap=2)  # fmt: skip
        head = row(Avatar(person.name), words, gap=10)
        head.lines.setStretchFactor(words, 1)
        sort = "warn" if doubt.verdict is Verdict.SAME else "sunken"
        return Card(head, row(None, open_it), sort=sort, gap=6, padding=10)


def likeness_said(doubts: Sequence[Doubt]) -> str:
    """Spoken when the answers change, the focus staying where one types."""
    if not doubts:
        return ""
    return _("Peut-être déjà suivie\u00a0: {names}").format(names=", ".join(one.shown.record.name for one in doubts))
