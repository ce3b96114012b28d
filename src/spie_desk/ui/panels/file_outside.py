"""Before a file outside one's caseload opens: who accompanies, and why one opens it; nothing of the file is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spie_desk.domain.accesses import REASONS
from spie_desk.services import accesses
from spie_desk.services.accesses import Outside
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.reason import ReasonField


class OutsidePanel(FileAside):
    """Answered: the reason is kept in the register of accesses, then the file opens. Escape leaves."""

    def __init__(self, hands: Hands, found: Outside, leave: Callable[[], None]) -> None:
        super().__init__()
        self._hands, self._person, self._leave = hands, found.person, leave
        whose = " · ".join(part for part in (found.name, found.number) if part)
        card = Card(Words(_("Pourquoi ouvrir ce dossier\u00a0?"), Type.SECTION), gap=12)
        card.add(Words(whose, Type.VALUE, weight=600))
        names = ", ".join(found.followed_by) or _("d’autres personnes")
        card.add(Words(_("Ce dossier est suivi par {names}, pas par vous.").format(names=names)))
        card.add(Words(_("Votre motif est inscrit au journal des accès, que la personne et le délégué à la protection "
                         "des données peuvent demander. Il ne sert jamais à évaluer votre travail."),
                       Type.SECOND, "muted"))  # fmt: skip
        self._why = ReasonField(REASONS, _("Motif"))
        self._go = Button(_("Ouvrir le dossier"), self._open, look_="filled", icon="folder")
        self._why.changed.connect(self._allow)
        self._why.done.connect(self._open)
        card.add(self._why)
        card.add(Flow(self._go, Button(_("Ne pas l’ouvrir"), leave)))
        self.hold(card)
        self._allow()

    def field(self) -> QWidget:
        """Where the keyboard goes."""
        return self._why

    def start(self) -> None:
        self._why.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _allow(self) -> None:
        self._go.lacks("" if self._why.reason() else _("le motif"))

    def _open(self) -> None:
        reason, person = self._why.reason(), self._person
        if not reason:
            return

        def opened(desk: Desk) -> None:
            accesses.viewed(desk, person, reason)

        self._hands.do(opened, then=self.closed.emit)
