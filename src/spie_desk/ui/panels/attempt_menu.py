"""« Appelé, sans réponse » in two keys: Ctrl+T, then one letter or Return."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.records.attempt import MESSAGE, NO_ANSWER, RETURNED, TEXT, VISIT
from spie_desk.services import attempts
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.panels.attempts_said import ICONS

KEYS = "Ctrl+T"
SORTS = (
    (NO_ANSWER, "A", N_("Appelé, sans réponse")),
    (MESSAGE, "M", N_("Message laissé")),
    (TEXT, "S", N_("SMS envoyé, sans réponse")),
    (VISIT, "V", N_("Visite sans rencontre")),
    (RETURNED, "C", N_("Courrier revenu")),
)


class Doer(Protocol):
    """What the menu needs of its page."""

    def do(self, deed: Any, said: str = ...) -> None: ...
    def query(self, question: Any, then: Any, about: str) -> None: ...


class AttemptMenu(QObject):
    """Opens at once, its first line chosen; what the person asked about calls is said in it a moment later."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page: Any = page
        self._person = b""
        self.menu = QMenu(page)
        self.menu.setAccessibleName(_("Tentative"))
        self._who = self.menu.addAction("")
        self._who.setEnabled(False)
        self._lines = {sort: self._line(sort, key, words) for sort, key, words in SORTS}
        self._rule = self.menu.addAction("")
        self._rule.setEnabled(False)

    def open(self, person: bytes, at: QWidget | None = None) -> None:
        """For that person, under a widget or in the middle of the page."""
        if not person:
            return
        self._person = person
        self._who.setText(_("Tentative"))
        self._rule.setVisible(False)
        self._lines[MESSAGE].setEnabled(True)
        under = at if at is not None else self._page
        corner = under.rect().bottomLeft() if at is not None else self._page.rect().center() - QPoint(140, 90)
        self.menu.popup(under.mapToGlobal(corner))
        self.menu.setActiveAction(self._lines[NO_ANSWER])
        self._page.query(lambda desk: desk.store.records.get("person", person), self._say_rules, "attempt")

    def _line(self, sort: str, key: str, words: str) -> QAction:
        # the letter is typed in the menu: it is no shortcut of the page
        line = self.menu.addAction(f"&{_(words)}\t{key}")
        line.setIcon(icons.icon(ICONS[sort], "text"))
        line.triggered.connect(partial(self._note, sort))
        return line

    def _say_rules(self, shown: Any) -> None:
        """Whose it is, with the birth year, and the rules that forbid or warn."""
        if shown is None or shown.record.id != self._person:
            return
        record = shown.record
        name = f"{record.name}, {record.year}" if record.year else record.name
        self._who.setText(_("Tentative\u00a0: {name}").format(name=name).replace("&", "&&"))
        said = []
        if record.no_message:
            self._lines[MESSAGE].setEnabled(False)
            said.append(_("ne pas laisser de message"))
        if record.call_from:
            said.append(_("ne pas appeler avant {hour}").format(hour=record.call_from))
        self._rule.setText(_("Consigne\u00a0: {rules}").format(rules=", ".join(said)))
        self._rule.setVisible(bool(said))

    def _note(self, sort: str) -> None:
        person = self._person

        def deed(desk: Desk) -> Any:
            return attempts.note(desk, person, sort)

        said = next(words for code, _key, words in SORTS if code == sort)
        self._page.do(deed, _("Noté\u00a0: {what}. Le dernier contact ne change pas.").format(what=_lower(_(said))))


def _lower(words: str) -> str:
    return words if words.startswith("SMS") else words[:1].lower() + words[1:]  # not words
