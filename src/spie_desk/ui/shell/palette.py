"""Ctrl+K: everything that can be done, and everyone who can be found, from the keyboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.notices import announce
from spie_desk.ui.shell.actions import ActionTable, keys_of
from spie_desk.ui.shell.everyday import also_said
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Card
from spie_desk.ui.widgets.fields import SearchBox
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the palette: what it says, and what it does."""

    title: str
    detail: str
    run: Callable[[], object]
    icon: str = "arrow-right"
    person: bool = False


Search = Callable[[str, Callable[[Sequence[Proposal]], None]], None]
"""Handed in by the application: finds people and notes off the screen's thread, then calls back."""

PROPOSALS = ListSpec(
    name="palette",
    title=N_("Propositions"), leaves=False,
    spoken=lambda row: f"{row.title}, {row.detail}" if row.detail else row.title,
    line=lambda row: Line(row.title, icon=row.icon, badge=row.detail, avatar=row.title if row.person else ""),
    empty=N_("Rien ne correspond. Essayez un nom, un téléphone ou un verbe."),
    shape="task",
    key=lambda row: row.title,
)


class Palette(QFrame):
    """Over the window, under its top edge; Escape or a click elsewhere closes it, the focus goes back."""

    def __init__(self, window: QWidget, actions: ActionTable, search: Search | None = None) -> None:
        super().__init__(window)
        self._window, self._actions, self._search = window, actions, search
        self._before: QWidget | None = None
        self._asked = ""
        self._waits, self._hurried = False, False
        self.ask_help: Callable[[str], object] | None = None
        self._box = SearchBox(_("Chercher une personne, ou une chose à faire"))
        self._list = ListView(PROPOSALS)
        self._list.table().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = Card(self._box, gap=8, padding=12)
        card.add(self._list, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(card)
        self._box.searched.connect(self._seek)
        self._box.installEventFilter(self)
        self._list.activated.connect(self._run)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        self._before = self._window.focusWidget()
        self._box.clear()
        self._asked, self._waits, self._hurried = "", False, False
        self._list.show_rows(self._deeds(""))
        self._place()
        self.show()
        self.raise_()
        self._box.setFocus()

    def close_it(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def proposals(self) -> list[str]:
        return [row.title for row in self._list.rows()]

    def wear(self, now: Look) -> None:
        self._place()

    def _place(self) -> None:
        now = look()
        wide = min(now.px(560), self._window.width() - now.px(48))
        high = min(now.px(420), self._window.height() - now.px(80))
        self.setGeometry((self._window.width() - wide) // 2, now.px(56), wide, high)

    def _deeds(self, words: str) -> list[Proposal]:
        """Those whose own words match first, then those that one calls otherwise."""
        wanted = _plain(words).split()
        can = self._actions.all()
        named = [action for action in can if _holds(action.text(), wanted)]
        called = [action for action in can if _holds(f"{action.text()} {also_said(action.text())}", wanted)]
        return [Proposal(action.text(), keys_of(action), action.trigger, str(action.property("sign") or "arrow-right"))
                for action in dict.fromkeys((*named, *called))]  # fmt: skip

    def _in_help(self, words: str) -> list[Proposal]:
        """The last line is a way on, so that a word nobody thought of is not a dead end."""
        if self.ask_help is None or len(words) < 3:
            return []
        ask = self.ask_help
        return [Proposal(_("Chercher «\u00a0{words}\u00a0» dans l’aide").format(words=words), "", lambda: ask(words),
                         "circle-help")]  # fmt: skip

    def _seek(self, words: str) -> None:
        if self.isHidden():
            return
        self._hurried = self._hurried and words == self._asked
        self._asked = words
        deeds = self._deeds(words)
        self._waits = self._search is not None and len(words) > 1
        self._list.show_rows(deeds if self._waits else [*deeds, *self._in_help(words)])
        if self._waits and self._search is not None:
            self._search(words, lambda found: self._found(words, deeds, found))
        else:
            self._say()

    def _found(self, words: str, deeds: Sequence[Proposal], found: Sequence[Proposal]) -> None:
        if words == self._asked:
            # a word said in many notes must not bury the deed that bears it
            people, notes = [one for one in found if one.person], [one for one in found if not one.person]
            table = self._list.table()
            chosen = table.currentIndex().row() > 0
            self._list.show_rows([*people, *deeds, *notes, *self._in_help(words)])
            if not chosen:
                # who is found above a deed is what Enter means, unless an arrow chose otherwise
                table.setCurrentIndex(table.model().index(0, 0))
            self._waits = False
            self._say()
            if self._hurried and not self.isHidden():
                self._go()

    def _say(self) -> None:
        """The focus stays in the box: a reader hears here what Enter would do."""
        spoken = self._list.spoken()
        at = max(0, self._list.table().currentIndex().row())
        announce(self._box, spoken[at] if spoken else _(PROPOSALS.empty))

    def _run(self, proposal: Proposal) -> None:
        self.close_it()
        proposal.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self._place()
            return False
        if event.type() == QEvent.Type.FocusOut and not self.isHidden() and self._window.isActiveWindow():
            self.hide()
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        table = self._list.table()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_it()
        elif key in steps and table.model().rowCount():
            self._catch_up()
            row = table.currentIndex().row()
            at = max(0, min(table.model().rowCount() - 1, row + steps[key]))
            table.setCurrentIndex(table.model().index(at, 0))
            self._say()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._catch_up()
            self._go()
        else:
            return False
        return True

    def _catch_up(self) -> None:
        """A key that chooses does so among what was typed, not among what a pause in typing has yet to renew."""
        if (words := self._box.text().strip()) != self._asked:
            self._seek(words)

    def _go(self) -> None:
        """Enter typed before people are found waits for them: it never runs another line than it would have."""
        self._hurried = self._waits
        if not self._waits and (proposal := self._list.current()) is not None:
            self._run(proposal)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    plain = _plain(text)
    return all(word in plain for word in wanted)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign))
