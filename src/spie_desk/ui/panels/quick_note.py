"""« Noter vite » (Ctrl+Shift+N): text first, Enter keeps it in « À rattacher »; every letter is soon on disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.services import quick
from spie_desk.services.desk import Desk
from spie_desk.services.quick import Round
from spie_desk.texts import _, sentence
from spie_desk.ui.notices import Notices
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.nir_guard import NirGuard
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, column, named, row
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.fields import LineField, TimeField
from spie_desk.ui.widgets.pick import Lookup, PickMany

SAVE_MS = 500


class _Text(QPlainTextEdit):
    """Enter keeps the note, Shift+Enter goes to the next line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText(_("Ce qui s’est passé, en une phrase"))
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFont(now.font())
        self.setFixedHeight(now.px(56 if now.narrow else 104))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        else:
            self.entered.emit()


class QuickNote(QFrame):
    """Over the window, so that the veil covers it too. What was kept last, place and team, is proposed."""

    def __init__(self, window: QWidget, tasks: Tasks, notices: Notices, team: Lookup) -> None:
        super().__init__(window)
        self._window, self._tasks, self._notices = window, tasks, notices
        self._before: QWidget | None = None
        self._draft: bytes | None = None
        self._kept = False
        self.text = named(_Text(), "quick-text", _("Note à écrire vite"))
        self.place, self.at = LineField(), TimeField()
        self.place.setAccessibleName(_("Lieu"))
        self.at.setAccessibleName(_("Heure"))
        self.team = PickMany(team, _("Ajouter"), across=True)
        self.team.field.setAccessibleName(_("Avec qui"))
        self._error = Words("", Type.SECOND, "danger", weight=500)
        self._error.hide()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self._keep)
        self._lay_out()
        self.text.entered.connect(self._finish)
        self.text.textChanged.connect(self._typed)
        for field in (self.place, self.at):
            field.textEdited.connect(lambda _text: self._typed())
        self.team.picked.connect(self._typed)
        window.installEventFilter(self)
        self.wear(look())
        self.hide()

    def open(self) -> None:
        """Empty, with what the last note leaves; already open, it only takes the focus."""
        if not self.isHidden():
            self.text.setFocus()
            return
        self._before = self._window.focusWidget()
        self._draft, self._kept = None, False
        self.text.clear()
        self._timer.stop()
        self._error.hide()
        self.show()
        self.raise_()
        self._place()
        self.text.setFocus()
        self._tasks.ask(self, lambda desk: (quick.last_round(desk), desk.chance.id()), self._begin, about="round")

    def close_it(self) -> None:
        """Escape: what was typed stays in « À rattacher »; nothing typed leaves nothing."""
        if self.text.toPlainText().strip():
            self._keep()
            self._notices.said(_("Gardé dans «\u00a0À rattacher\u00a0»."))
        else:
            self._drop_empty()
        self._leave()

    def save(self) -> None:
        """The window closes: hand over what the timer still holds."""
        if not self.isHidden() and self._timer.isActive():
            self._keep()

    def wear(self, now: Look) -> None:
        self._hint.setVisible(not now.narrow)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._finish()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        # Escape is this window's, not the shortcut of the page below
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Cancel)
            if mine or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 — Qt's signature
        """Tab turns inside: what lies below is not what one is writing."""
        stops = [one for one in self.findChildren(QWidget) if one.isVisible() and one.isEnabled()
                 and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]  # fmt: skip
        chain, widget = [], self.nextInFocusChain()
        while widget is not None and widget is not self:
            if widget in stops:
                chain.append(widget)
            widget = widget.nextInFocusChain()
        focused = self._window.focusWidget()
        if not chain or focused not in chain:
            return bool(super().focusNextPrevChild(next_))
        chain[(chain.index(focused) + (1 if next_ else -1)) % len(chain)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # ---- inside

    def _lay_out(self) -> None:
        title = Words(_("Noter vite"), Type.SECTION, wrap=False)
        head = row(title, IconButton("x", _("Fermer, garder dans «\u00a0À rattacher\u00a0» (Échap)"), self.close_it))
        head.lines.setStretchFactor(title, 1)
        where = row(column(Words(_("Lieu"), Type.SECOND, "muted", weight=500), self.place, gap=3),
                    column(Words(_("Heure"), Type.SECOND, "muted", weight=500), self.at, gap=3))  # fmt: skip
        where.lines.setStretch(0, 4)
        where.lines.setStretch(1, 1)
        keys = _("Entrée garde la note, Maj+Entrée va à la ligne. La personne viendra plus tard, ou jamais.")
        self._hint = hint = Words(keys, Type.LABEL, "muted", weight=400)
        self._out = Words("", Type.SECOND, "info", weight=500)
        self._out.hide()
        foot = row(hint, Button(_("Garder"), self._finish, look_="filled", icon="check"))
        foot.lines.setStretchFactor(hint, 1)
        card = Card(head, self.text, NirGuard(self.text), self._out, where, sort="choice", gap=10, padding=18)
        card.add(column(Words(_("Avec qui"), Type.SECOND, "muted", weight=500), self.team, gap=3))
        card.add(self._error)
        card.add(foot)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(card)

    def _place(self) -> None:
        now = look()
        wide = min(now.px(600), self._window.width() - now.px(32))
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move((self._window.width() - wide) // 2, max(now.px(12), (self._window.height() - self.height()) // 3))

    def _begin(self, answer: tuple[Round, bytes]) -> None:
        last, draft = answer
        self._draft = draft
        if not self.place.isModified() or not self.place.text():
            self.place.setText(last.place)
        under_way = _("Maraude en cours depuis {hour}\u00a0: la note prend son lieu et son équipe.")
        self._out.say(under_way.format(hour=last.since))
        self._out.setVisible(bool(last.since))
        self.at.setText(last.at)
        self.team.show_values(last.team)
        self._place()

    def _typed(self) -> None:
        self._error.hide()
        if not self._timer.isActive():
            # started once and never pushed back: typing without a pause is kept all the same
            self._timer.start()
        QTimer.singleShot(0, self, self._place)

    def _round(self) -> Round:
        return Round(self.place.text().strip(), self.team.values(), self.at.hour())

    def _keep(self) -> None:
        """Put on disk what is typed, readable or not: a wrong hour must not cost the words."""
        self._timer.stop()
        text = self.text.toPlainText()
        if not text.strip() and not self._kept:
            return
        if self._draft is None:
            self._timer.start()
            return
        try:
            where = self._round()
        except DeskError:
            where = Round(self.place.text().strip(), self.team.values())
        draft, self._kept = self._draft, True
        self._tasks.do(_kept(text, where, draft), then=lambda _touched: tell_drafts(self._tasks))

    def _finish(self) -> None:
        if not self.text.toPlainText().strip():
            self._say_wrong(_("Écrivez quelque chose avant d’enregistrer."))
            self.text.setFocus()
            return
        try:
            where = self._round()
        except DeskError as error:
            self._say_wrong(sentence(error))
            self.at.setFocus()
            return
        self._timer.stop()
        text, draft = self.text.toPlainText(), self._draft

        def keep(desk: Desk) -> None:
            quick.note_quickly(desk, text, where, draft=draft)
            quick.remember_round(desk, where)

        self._tasks.do(keep, then=lambda _touched: tell_drafts(self._tasks))
        self._notices.said(_("Gardé dans «\u00a0À rattacher\u00a0»."))
        self._leave()

    def _drop_empty(self) -> None:
        if self._kept and self._draft is not None:
            draft = self._draft
            self._tasks.do(lambda desk: quick.erase(desk, draft), then=lambda _touched: tell_drafts(self._tasks))

    def _leave(self) -> None:
        self._timer.stop()
        self.hide()
        self.text.clear()
        self._timer.stop()
        if self._before is not None:
            self._before.setFocus()

    def _say_wrong(self, text: str) -> None:
        self._error.say(text)
        self._error.show()
        self._place()


def _kept(text: str, where: Round, draft: bytes) -> Callable[[Desk], None]:
    """A deed that carries values only."""

    def keep(desk: Desk) -> None:
        quick.note_quickly(desk, text, where, draft=draft)

    return keep
