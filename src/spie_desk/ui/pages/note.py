"""The note's editor: kept while it is typed, signed when it is right, signed again until the evening, or rectified."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.action import Action
from spie_desk.domain.shown import Touched
from spie_desk.services import accesses, note_form, notes, work
from spie_desk.services.accesses import Outside
from spie_desk.services.desk import Desk
from spie_desk.services.note_form import Opening
from spie_desk.texts import _, sentence
from spie_desk.ui.notices import announce
from spie_desk.ui.page import Page
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.file_words import FileShown, said_hour
from spie_desk.ui.panels.note_context import NoteContext
from spie_desk.ui.panels.note_sheet import NoteSheet, owners_of
from spie_desk.ui.panels.note_todo import HERSELF, Todo
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Icon, Words, column, named, row, space
from spie_desk.ui.widgets.buttons import Button, IconButton

SIGNED = N_("Note signée. Vous pourrez la corriger jusqu’à ce soir si elle n’est pas partie. "
            "Ensuite, un rectificatif s’ajoutera.")  # fmt: skip


class NotePage(Page):
    """One note, with its person at the left."""

    title = N_("Nouvelle note")
    touches = ("person", "action", "request", "note", "membership", "professional", "structure")
    bare = True

    def build(self) -> None:
        self._route: dict[str, Any] = {}
        self._opening: Opening | None = None
        self._draft: Any = None
        self._over, self._stored = False, False
        self._context, self._sheet = NoteContext(), NoteSheet(self.room.sources)
        self._state = Words("", Type.SECOND, "ok", weight=500)
        self._for = Words("", Type.SECOND, weight=600)
        self._then = Words("", Type.LABEL, "muted", weight=400)
        self._see = Button(_("Voir son dossier"), self._turn, look_="link", icon="user-round")
        sign = Button(_("Signer"), self._sign, look_="filled", icon="signature", tip=_("Ctrl Entrée"))
        self.sign_ = named(sign, "sign")
        self._lay_out()
        self._sheet.changed.connect(self._judge)
        self._sheet.to_save.connect(self._save_draft)
        self.act(_("Signer la note"), "Ctrl+Return", self._sign, icon="signature")
        self.act(_("Fermer, garder le brouillon"), "Esc", self._close, icon="x")
        self.wear(look())

    def arrive(self, **route: Any) -> None:
        """``person``, ``draft``, ``note`` and ``sort``, as every route to a note gives them."""
        self._route = route

    def ask(self, desk: Desk) -> tuple[Opening, FileShown | Outside | None]:
        # later questions only renew what stands beside the note
        route = self._route if self._opening is None else {"person": self._opening.note.person}
        found = note_form.opening(desk, **route)
        shown: FileShown | Outside | None = None
        if found.file is not None:
            # what stands beside the note is a view of the file: not before one said why
            shown = accesses.outside(desk, found.note.person) or FileShown(
                found.file, (), desk.lists, desk.me.id, desk.clock.now().tzinfo)  # fmt: skip
        return found, shown

    def show_answer(self, answer: tuple[Opening, FileShown | Outside | None]) -> None:
        opening, shown = answer
        if self._opening is None:
            self._open(opening)
            if isinstance(shown, FileShown):
                self.room.tasks.do(partial(accesses.viewed, person=shown.file.person.record.id))
        else:
            # someone joined the file, an action was done: the note being typed stays as it is
            self._sheet.readers.show_reading(opening.reading, person=bool(self._opening.note.person))
        corrects = self._opening.corrects if self._opening is not None else None
        self._context.show_file(shown, corrects.record.text if corrects is not None else "")
        self._judge()

    def save(self) -> None:
        if not self._over:
            self._sheet.save_now()

    def place(self) -> dict[str, Any]:
        return {"draft": self._draft.id} if self._stored and not self._over else {}

    def first_focus(self) -> QWidget | None:
        return self._sheet.text

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_bottom"):
            space(self._bottom, now, 8, (4, 2, 4, 0))
            down = QBoxLayout.Direction.TopToBottom if now.narrow else QBoxLayout.Direction.LeftToRight
            self._bottom.setDirection(down)
            self._then.setVisible(not now.narrow)
            space(self._right, now, 8, (20, 14, 20, 12))
            self._see.setVisible(now.narrow)
            self._across.setDirection(
                QBoxLayout.Direction.BottomToTop if now.narrow else QBoxLayout.Direction.LeftToRight
            )
            self._read(file=not now.narrow, note=True)

    # ---- inside

    def _lay_out(self) -> None:
        self._side = QWidget()
        self._right = QVBoxLayout(self._side)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setProperty("page", "true")
        area.setWidget(self._sheet)
        self._named = Words(_(self.title), Type.TITLE, wrap=False)
        head = row(self._named, self._see, IconButton("x", _("Fermer, garder le brouillon (Échap)"), self._close))
        head.lines.setStretchFactor(self._named, 1)
        self._right.addWidget(head)
        self._right.addWidget(area, 1)
        self._right.addWidget(self._lay_out_foot())
        self._area = area
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(0)
        self._across.addWidget(self._context)
        self._across.addWidget(self._side, 1)
        self._lines.addLayout(self._across, 1)

    def _lay_out_foot(self) -> QWidget:
        """Whose note it is and where it is kept, beside the two ways to leave."""
        self._kept = row(Icon("circle-check", "ok", 16), self._state, gap=6)
        self._kept.lines.setStretchFactor(self._state, 1)
        self._kept.setVisible(False)
        self._deeds = QWidget()
        self._bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._deeds)
        self._bottom.addWidget(column(self._for, self._kept, self._then, gap=3), 1)
        close = Button(_("Fermer, garder le brouillon"), self._close, tip=_("Échap"))
        self._bottom.addWidget(row(None, close, self.sign_))
        return self._deeds

    def _turn(self) -> None:
        """One column: the file or the note."""
        reading = self._context.isHidden()
        self._read(file=reading, note=not reading)
        (self._see if reading else self._sheet.text).setFocus()

    def _read(self, *, file: bool, note: bool) -> None:
        self._context.setVisible(file)
        self._area.setVisible(note)
        self._deeds.setVisible(note)
        self._across.setStretch(0, 0 if note else 1)
        self._across.setStretch(1, 1 if note else 0)
        self._see.say(_("Voir son dossier") if note else _("Retour à la note"))

    def _open(self, opening: Opening) -> None:
        self._opening, self._draft = opening, opening.draft
        title = _("Nouvelle note")
        then = _(
            "Vous pourrez la corriger jusqu’à ce soir si elle n’est pas partie. Ensuite, un rectificatif s’ajoutera."
        )
        if opening.again is not None:
            title = _("Signer de nouveau")
            then = _("Cette note remplacera celle que vous avez signée aujourd’hui.")
        elif opening.corrects is not None:
            title = _("Rectificatif")
            then = _("La note d’origine reste lisible\u00a0; ce rectificatif s’affichera avec elle.")
        self._named.say(title)
        self._then.say(then)
        self._for.say(self._whom())
        self._sheet.show_opening(opening, owners_of(opening))
        if opening.kept_at is not None:
            self._stored = True
            self._say_kept(opening.kept_at)
            self._remember()

    def _whom(self) -> str:
        """Name, year and commune, so that a namesake is seen before signing."""
        if self._opening is None or self._opening.file is None:
            return _("Note de structure, sans personne")
        person = self._opening.file.person.record
        year = _("naissance en {year}").format(year=person.year) if person.year else _("année de naissance inconnue")
        return _("Pour {who}").format(who=", ".join(part for part in (person.name, year, person.town) if part))

    def _judge(self) -> None:
        if self._opening is not None:
            self.sign_.lacks(next(iter(self._sheet.lacks()), ""))

    def _save_draft(self) -> None:
        if self._draft is None or self._over:
            return
        draft = self._draft = self._sheet.draft_of(self._draft)
        self._stored = True
        kept: list[datetime] = []

        def keep(desk: Desk) -> None:
            work.keep(desk, draft)
            work.opened(desk, draft.id)
            kept.append(desk.clock.now())

        self.room.tasks.do(keep, then=lambda _touched: self._say_kept(kept[0]), owner=self)

    def _remember(self) -> None:
        draft = self._draft.id
        self.room.tasks.do(lambda desk: work.opened(desk, draft))

    def _say_kept(self, when: datetime) -> None:
        hour = said_hour(when)
        self._state.say(
            _("Brouillon gardé sur ce poste à {hour}. Vous êtes la seule personne à le voir.").format(hour=hour)
        )
        self._kept.setVisible(True)

    def _close(self) -> None:
        """The draft stays; the form is no longer one to reopen by itself."""
        self._sheet.save_now()
        self._over = True
        self.room.tasks.do(lambda desk: work.opened(desk, None), then=lambda _touched: tell_drafts(self.room.tasks))
        self.back()

    def _sign(self) -> None:
        opening = self._opening
        if opening is None or self._over or self._sheet.lacks():
            self._judge()
            return
        try:
            note, todos = self._sheet.note(), self._sheet.todo.todos()
        except DeskError as error:
            self.room.notices.warn(sentence(error))
            return
        self._sheet.forget()
        self._over = True
        self.sign_.setEnabled(False)
        draft, again = self._draft.id, opening.again
        owner = opening.file.person.record.name if opening.file is not None else ""

        def sign(desk: Desk) -> Touched:
            actions = [_action(desk, note.person, one, owner) for one in todos]
            work.opened(desk, None)
            if again is not None:
                return notes.sign_again(desk, again, note, draft=draft, actions=actions)
            return notes.sign(desk, note, draft=draft, actions=actions)

        self.do(sign, _(SIGNED), then=self._signed, failed=self._refused)

    def _signed(self) -> None:
        announce(self, _(SIGNED))
        tell_drafts(self.room.tasks)
        self.back()

    def _refused(self, error: DeskError) -> bool:
        """Nothing was written: the note stays as it was typed, and is kept."""
        self._over = False
        self._save_draft()
        self._judge()
        self.room.notices.warn(sentence(error))
        return True


def _action(desk: Desk, person: bytes, todo: Todo, name: str) -> Action:
    herself = todo.owner == HERSELF
    return Action(id=desk.chance.id(), person=person, what=todo.what, due_on=todo.due_on,
                  owner=b"" if herself else bytes.fromhex(todo.owner), owner_name=name if herself else "")  # fmt: skip
