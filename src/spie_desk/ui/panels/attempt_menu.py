"""« Appelé, sans réponse » in two keys: Ctrl+T, then Return or one letter."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.records.attempt import MESSAGE, NO_ANSWER, RETURNED, TEXT, VISIT
from spie_desk.services import attempts
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.panels.attempts_said import ICONS
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, Words, named
from spie_desk.ui.widgets.buttons import Button

SORTS = (
    (NO_ANSWER, "A", N_("Appelé, sans réponse")),
    (MESSAGE, "M", N_("Message laissé")),
    (TEXT, "S", N_("SMS envoyé, sans réponse")),
    (VISIT, "V", N_("Visite sans rencontre")),
    (RETURNED, "C", N_("Courrier revenu")),
)


class AttemptMenu(Card):
    """Laid over the page, so that the veil covers it too. What the person asked about calls comes a moment later."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(gap=4, padding=12)
        self.setParent(page)
        self._page: Any = page
        self._person = b""
        self._before: QWidget | None = None
        self.setAutoFillBackground(True)
        self._who = Words("", Type.CARD)
        self._rule = Words("", Type.SECOND, "warn", weight=500)
        self.add(self._who)
        self.add(self._rule)
        self._buttons = {sort: self._button(sort, key, words) for sort, key, words in SORTS}
        self.hide()

    def open(self, person: bytes, under: QWidget | None = None) -> None:
        """For that person, under a button or in the middle of the page, the first line ready for Return."""
        if not person:
            return
        self._person, self._before = person, self.window().focusWidget()
        self._who.say(_("Tentative"))
        self._rule.hide()
        self._buttons[MESSAGE].say(_("Message laissé (M)"))
        self._buttons[MESSAGE].setEnabled(True)
        self.show()
        self._place(under)
        self.raise_()
        self._buttons[NO_ANSWER].setFocus()
        self._page.query(lambda desk: desk.store.records.get("person", person),
                         partial(self._say_rules, under), "attempt")  # fmt: skip

    def close_it(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def forget(self) -> None:
        """Closed, and about nobody."""
        self._person, self._before = b"", None
        self._who.say("")
        self._rule.say("")
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        sort = next((code for code, key, _words in SORTS if event.text().upper() == key), "")
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif sort:
            self._buttons[sort].click()
        elif event.key() in steps:
            self.focusNextPrevChild(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # these letters and Escape are the card's while it is open, not shortcuts of the page below
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            letters = {key for _code, key, _words in SORTS}
            if event.matches(QKeySequence.StandardKey.Cancel) or (
                event.text().upper() in letters and not event.modifiers()
            ):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 — Qt's signature
        """Tab turns inside."""
        stops: list[QWidget] = [one for one in self._buttons.values() if one.isEnabled()]
        at = next((place for place, one in enumerate(stops) if one.hasFocus()), 0)
        stops[(at + (1 if next_ else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # ---- inside

    def _button(self, sort: str, key: str, words: str) -> Button:
        said = _("{action} ({key})").format(action=_(words), key=key)
        button = Button(said, partial(self._note, sort), icon=ICONS[sort])
        self.add(named(button, f"attempt-{sort}"))
        return button

    def _place(self, under: QWidget | None) -> None:
        """Whole in view, whatever the text size."""
        now, page = look(), self._page
        wide = min(now.px(330), page.width() - now.px(16))
        self.setFixedWidth(wide)
        high = max(self.sizeHint().height(), self.lines.totalHeightForWidth(wide))
        corner = (under.mapTo(page, under.rect().bottomRight()) - QPoint(wide, -now.px(6)) if under is not None
                  else page.rect().center() - QPoint(wide // 2, high // 2))  # fmt: skip
        left = max(now.px(8), min(corner.x(), page.width() - wide - now.px(8)))
        top = max(now.px(8), min(corner.y(), page.height() - high - now.px(8)))
        self.setGeometry(left, top, wide, high)

    def _say_rules(self, under: QWidget | None, shown: Any) -> None:
        """Whose it is, with the birth year, and the rules that forbid or warn."""
        if shown is None or shown.record.id != self._person or self.isHidden():
            return
        record = shown.record
        self._who.say(f"{record.name}, {record.year}" if record.year else record.name)
        said = []
        if record.no_message:
            message = self._buttons[MESSAGE]
            message.say(_("Message laissé\u00a0: la consigne l’interdit"))
            if message.hasFocus():
                self._buttons[NO_ANSWER].setFocus()
            message.setEnabled(False)
            said.append(_("ne pas laisser de message"))
        if record.call_from:
            said.append(_("ne pas appeler avant {hour}").format(hour=record.call_from))
        self._rule.say(_("Consigne\u00a0: {rules}").format(rules=", ".join(said)))
        self._rule.setVisible(bool(said))
        self._place(under)

    def _note(self, sort: str) -> None:
        person = self._person

        def deed(desk: Desk) -> Any:
            return attempts.note(desk, person, sort)

        said = _(next(words for code, _key, words in SORTS if code == sort))
        said = said if sort == TEXT else said[:1].lower() + said[1:]
        self.close_it()
        self._page.do(deed, _("Noté\u00a0: {what}. Le dernier contact ne change pas.").format(what=said))
