"""Editing one record of a file: its form, the draft kept while one types, and what saving or leaving it means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.shown import Shown
from spie_desk.services import records, work
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_forms import DRAFTS, FORMS, form_of, on_screen
from spie_desk.ui.panels.file_words import said_hour
from spie_desk.ui.panels.hands import Edit, Hands, Question
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


class RecordEditor(QWidget):
    """One form in the file's place; Ctrl+Return saves, Escape closes and keeps the draft."""

    closed = Signal()

    def __init__(self, hands: Hands, wish: Edit, person: bytes, name: str, zone: tzinfo | None,
                 sources: Sources | None = None) -> None:  # fmt: skip
        super().__init__()
        self._hands, self._person, self._zone, self._name = hands, person, zone, name
        self._spec = FORMS[wish.form]
        start = wish.shown if wish.shown is not None else wish.fresh
        self._draft = wish.draft or Draft(
            id=hands.fresh_id(), form=DRAFTS, kind=self._spec.kind.name, person=person,
            record=(wish.shown.record if wish.shown is not None else wish.fresh).id,
            circle=wish.shown.circle if wish.shown is not None else None,
        )  # fmt: skip
        self._kept = wish.draft is not None
        one = len(self._spec.sections) == 1
        sections = [Section("", self._spec.sections[0].fields)] if one else list(self._spec.sections)
        self.form: Form[Any] = Form(self._spec.kind, sections, start, sources or hands.room.sources, draft=wish.draft)
        if self._spec.proposes is not None:
            self.form.changed.connect(partial(self._spec.proposes(hands.room.today), self.form))
        self.form.to_save.connect(self._keep)
        self.form.changed.connect(self._say_close)
        self._state = Words("", Type.SECOND, "muted")
        self._lines = QVBoxLayout(self)
        self._build(wish)
        self._first = wish.focus
        self._say_close()
        self.wear(look())

    def _build(self, wish: Edit) -> None:
        title = self._spec.standing if wish.shown is not None else self._spec.new
        self._lines.addWidget(Words(wish.title or _(title), Type.SECTION))
        if self._spec.warning:
            self._lines.addWidget(Card(Words(_(self._spec.warning), Type.SECOND, "info"), sort="info", padding=10))
        self._save = Button(_("Enregistrer"), self.save, look_="filled", icon="check", tip=_("Ctrl Entrée"))
        self._close = Button(_("Fermer"), self.close_it, tip=_("Échap"))
        self._throw = Button(_("Jeter la saisie"), self._discard, look_="link")
        self._buttons = Flow(self._save, self._close, self._throw)
        if wish.shown is not None and self._spec.may_withdraw:
            self._buttons.add(Button(_("Retirer du dossier"), lambda: self._withdraw(wish.shown), look_="danger"))
        # a long form keeps its buttons above, where they are seen without scrolling
        alone = len(self._spec.sections) == 1
        parts = (Card(self.form), self._buttons, self._state) if alone else (self._buttons, self._state, self.form)
        for part in parts:
            self._lines.addWidget(part)
        self._lines.addStretch(1)

    def wear(self, now: Look) -> None:
        space(self._lines, now, 12, (5, 5, 5, 5))

    def start(self) -> None:
        """Put the caret in the first field, or in the one that was asked for."""
        if self._first in self.form.editors:
            self.form.focus_field(self._first)
        elif not self._draft.focus:
            next(iter(self.form.editors.values())).widget.setFocus()

    def draft_id(self) -> bytes:
        return self._draft.id

    def kept_draft(self) -> bytes | None:
        """The draft that would reopen this form, once something was kept."""
        return self._draft.id if self._kept else None

    def save(self) -> None:
        """Draft to record, in one transaction, on what was on screen when the form opened."""
        record = self.form.check()
        if record is None:
            return
        shown, draft, deed = on_screen(self.form.shown, self.form.bases), self._draft.id, self._spec.save
        self.form.draft_of(self._draft)  # what is typed goes into the record: the waiting draft need not follow
        self._hands.do(lambda desk: deed(desk, record, shown, draft), _(self._spec.said), then=self.closed.emit,
                       failed=self._refused)  # fmt: skip

    def keep_now(self) -> None:
        """The page hides or closes: hand over what the timer still holds."""
        self.form.save_now()

    def close_it(self) -> None:
        self.keep_now()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.save()
        else:
            super().keyPressEvent(event)

    def _refused(self, error: DeskError) -> bool:
        return self.form.tell(error)

    def _keep(self) -> None:
        if not self.form.dirty() and not self._kept:
            return
        form, opened = self.form, self._draft
        typed, self._draft = form.draft_of(opened), form.draft_of(opened)
        self._kept = True

        kept: list[Draft] = []
        self._hands.room.tasks.do(lambda desk: kept.append(work.keep(desk, typed)),
                                  then=lambda _none: self._say_kept(kept[0].touched_ms), owner=self)  # fmt: skip

    def _say_kept(self, ms: int) -> None:
        now = datetime.fromtimestamp(ms / 1000, tz=self._zone)
        self._state.say(_("Brouillon gardé sur ce poste à {hour}. Vous êtes la seule personne à le voir.").format(
            hour=said_hour(now)))  # fmt: skip

    def _say_close(self) -> None:
        dirty = self._kept or self.form.dirty()
        self._close.say(_("Fermer, garder le brouillon") if dirty else _("Fermer"))
        self._throw.setVisible(dirty)

    def _discard(self) -> None:
        self.form.draft_of(self._draft)
        if self._kept:
            draft = self._draft.id
            self._hands.do(lambda desk: work.discard(desk, draft),
                           _("Saisie jetée. Vous pouvez la reprendre pendant 30 jours."))  # fmt: skip
        self.closed.emit()

    def _withdraw(self, shown: Shown[Any] | None) -> None:
        if shown is None:
            return
        draft = self._draft.id if self._kept else None

        def deed(desk: Desk) -> Any:
            if draft is not None:
                work.discard(desk, draft)
            return records.withdraw(desk, shown, self._name)

        self._hands.do(deed, _("Retiré du dossier."), then=self.closed.emit)


def resumed(draft: Draft, shown: Shown[Any] | None, fresh: Callable[[], Any]) -> Edit:
    """The wish that takes a draft up again, on the record as it stands now or on a new one."""
    return Edit(form_of(draft), shown, None if shown is not None else fresh(), draft)


class ConfirmCard(FileAside):
    """What cannot be undone, asked in the page itself: the veil still falls over it."""


    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._no = Button(question.no or _("Ne rien faire"), self.closed.emit)
        self._yes = Button(question.yes, self._go, look_="danger" if question.danger else "filled")
        card = Card(Words(question.title, Type.SECTION), Words(question.text), gap=12)
        card.add(Flow(self._no, self._yes))
        self.hold(card)
        self.setAccessibleName(question.title)

    def start(self) -> None:
        """The focus starts on the answer that changes nothing."""
        self._no.setFocus()

    def _go(self) -> None:
        self.closed.emit()
        self._question.deed()
