"""« Dossier »: one person's file beside the list of people, with its header always in view and its tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_
from spie_desk.domain.records import KIND
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.piece import ASKING
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.services import accesses, casefile, pieces, sheets, work
from spie_desk.services.accesses import Outside
from spie_desk.services.casefile import Entry
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.models.leaving import ListWish, of_person
from spie_desk.ui.page import Page
from spie_desk.ui.panels.attempt_menu import AttemptMenu
from spie_desk.ui.panels.file_body import FileBody, tab_acts
from spie_desk.ui.panels.file_export import ExportFile
from spie_desk.ui.panels.file_forms import DRAFTS, fresh_for
from spie_desk.ui.panels.file_header import FileHeader
from spie_desk.ui.panels.file_letter import LetterPanel
from spie_desk.ui.panels.file_outside import OutsidePanel
from spie_desk.ui.panels.file_pieces import title_of
from spie_desk.ui.panels.file_words import FileShown
from spie_desk.ui.panels.hands import Edit, Question
from spie_desk.ui.panels.move_several import MoveSeveral
from spie_desk.ui.panels.note_reader import NoteReader
from spie_desk.ui.panels.paper import enlarge, open_preview
from spie_desk.ui.panels.people_list import PeopleList
from spie_desk.ui.panels.record_editor import ConfirmCard, RecordEditor, resumed
from spie_desk.ui.panels.reminder_copy import copy_reminder
from spie_desk.ui.panels.separate_files import SeparateFiles
from spie_desk.ui.panels.waiting_drafts import WaitingDrafts
from spie_desk.ui.printing.preview import watermark
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.list_and_file import ListAndFile

REST_MS = 180
"""How long the list rests on a line before its file is read."""


class FilePage(Page):
    """Routes here: ``file(person, tab="", draft=None)``."""

    title, bare, kept = N_("Dossier"), True, True
    touches = ("person", "phone", "identifier", "relative", "informed", "opposition", "right", "membership", "request",
               "finding", "action", "piece", "same_as", "appointment", "attempt", "note", "relay", "professional",
               "structure")  # fmt: skip

    def build(self) -> None:
        self._person, self._logged = b"", b""
        self._draft: bytes | None = None
        self._shown: FileShown | None = None
        note = Button(_("Nouvelle note"), self._new_note, look_="filled", icon="notebook-pen", tip=_("Ctrl N"))
        printing = IconButton("printer", _("Imprimer sa fiche (Ctrl+P)"), self._print, look_="icon")
        self._tries = AttemptMenu(self)
        self._tried = IconButton("phone-missed", _("Appelé, sans réponse… (Ctrl+T)"), self._note_attempt, look_="icon")
        drafts = WaitingDrafts(self._resume, self._discard)
        self.people = PeopleList(self.room)
        self.people.opened.connect(self._switch)
        self.people.current_changed.connect(self._glance_at)
        self._next, self._rest = b"", QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(lambda: self._show_person(self._next))
        self.body = FileBody(self, FileHeader(note, printing, self._acts(), self._tried), drafts)
        self.body.header.settle_wished.connect(lambda: self.go("clashes"))
        self.body.timeline.opened.connect(self._open_entry)
        self.body.left_panel.connect(self._left_panel)
        beside = Card(Words(_("Personnes"), Type.SECTION), sort="panel", gap=10)
        beside.add(self.people, 1)
        self._split = self.add(ListAndFile(beside, self.body), 1)

    def arrive(self, person: bytes = b"", tab: str = "", draft: bytes | None = None, **_more: Any) -> None:
        self._person, self._draft = person, draft
        self.body.choose(tab)
        self.people.choose(person)
        self._split.open_file()
        self.people.refresh()

    def empty(self) -> None:
        """Nothing stays here of whom was looked at."""
        self._rest.stop()
        self._person, self._logged, self._next, self._draft, self._shown = b"", b"", b"", None, None
        self._tries.forget()
        self.body.empty()
        self.people.sleep()
        self._heading.say(_(self.title))

    def ask(self, desk: Desk) -> FileShown | Outside | None:
        if (outside := accesses.outside(desk, self._person)) is not None:
            return outside
        file = casefile.open_file(desk, self._person)
        if file is None:
            return None
        drafts = [one for one in work.drafts(desk) if one.person in file.files]
        return FileShown(file, drafts, desk.lists, desk.me.id, desk.clock.now().tzinfo)

    def show_answer(self, answer: FileShown | Outside | None) -> None:
        if isinstance(answer, Outside):
            self._ask_why(answer)
            return
        if isinstance(self.body.over, OutsidePanel):
            self.body.take_off()
        self._shown = shown = answer
        typing = self.body.over.draft_id() if isinstance(self.body.over, RecordEditor) else b""
        self.body.show_file(shown, typing=typing)
        if shown is not None:
            self._person = shown.file.person.record.id  # of two files that are one, the main one
            self.people.choose(self._person)
            self.retitle(shown.person.name)
            self._log_view()
            wanted, self._draft = self._draft, None
            if (found := next((one for one in shown.drafts if one.id == wanted), None)) is not None:
                self._resume(found)

    def _left_panel(self) -> None:
        """Ask behind the draft on its way to the disk: read before it, the file would not say that something waits."""
        self.room.tasks.do(lambda _desk: None, then=lambda _none: self.refresh(), owner=self)

    def _ask_why(self, outside: Outside) -> None:
        self._shown = None
        if not isinstance(self.body.over, OutsidePanel):
            self.body.stand_before(OutsidePanel(self, outside, self.back))

    def _log_view(self) -> None:
        """Once per sitting, after the file is on screen, on the writing thread."""
        if self._logged == self._person:
            return
        self._logged = person = self._person

        def log(desk: Desk) -> None:
            accesses.viewed(desk, person)

        self.room.tasks.do(log)

    def place(self) -> dict[str, Any]:
        over = self.body.over
        draft = over.kept_draft() if isinstance(over, RecordEditor) else None
        return {"person": self._person, "tab": self.body.tabs.code(), "draft": draft}

    def first_focus(self) -> QWidget | None:
        return self.body.over.field() if isinstance(self.body.over, OutsidePanel) else self.body.tabs.current()

    def save(self) -> None:
        if self.body.over is not None:
            self.body.over.keep_now()

    def to_export(self) -> ListWish | None:
        wish = super().to_export()
        return of_person(wish, self._person) if wish is not None and wish.at_first is None else wish

    # ---- what the panels ask

    def fresh_id(self) -> bytes:
        desk = self.room.tasks.desk
        return desk.chance.id() if desk is not None else b""

    def edit(self, wish: Edit) -> None:
        if self._shown is not None and (wish.shown is not None or wish.fresh is not None):
            shown = self._shown
            if wish.form == ASKING.name:
                self._ask_for(shown, wish)
                return
            self.show_panel(RecordEditor(self, wish, self._person, shown.person.name, shown.zone))

    def _ask_for(self, shown: FileShown, wish: Edit) -> None:
        """The usual papers are read first: those shipped, and this desk's own words."""
        wish = replace(wish, title=title_of(shown, wish.fresh.id))

        def show(usual: list[tuple[str, str]]) -> None:
            sources = replace(self.room.sources, choices=lambda _name: usual)
            self.show_panel(RecordEditor(self, wish, self._person, shown.person.name, shown.zone, sources))

        self.query(pieces.usual, show, "pieces")

    def ask_first(self, question: Question) -> None:
        self.show_panel(ConfirmCard(question))

    def show_panel(self, panel: Any) -> None:
        self.body.put_over(panel)

    def close_panel(self) -> None:
        self.body.leave_panel()

    def print_sheet(self, sheet_of: Callable[[Desk], Any]) -> None:
        """The tick-list, then paper, PDF or « À imprimer »."""
        self.query(sheet_of, partial(open_preview, self), "sheet")

    # ---- the page's own deeds

    def _acts(self) -> list[QAction]:
        self.act(_("Nouvelle note"), "Ctrl+N", self._new_note, icon="notebook-pen")
        self.act(_("Imprimer sa fiche"), "Ctrl+P", self._print, icon="printer")
        self.act(_("Appelé, sans réponse…"), "Ctrl+T", self._note_attempt, icon="phone-missed")
        tab_acts(self.act, self._go_tab)
        return [
            self.act(_("Nouveau rendez-vous"), "Ctrl+Shift+R", self._new_appointment, icon="calendar-plus"),
            self.act(_("Copier le rappel du prochain rendez-vous"), "Ctrl+Shift+C", self._copy_reminder, icon="copy"),
            self.act(_("Nouvelle action"), "Ctrl+Shift+A", self._new_action, icon="list-checks"),
            self.act(_("Demander des pièces…"), "Ctrl+Shift+D", self._ask_pieces, icon="file-check"),
            self.act(_("Modifier l’identité et le contact"), "Ctrl+E", self._edit_person, icon="pencil"),
            self.act(_("Afficher la fiche en grand"), "Ctrl+Shift+F", self._large, icon="maximize-2"),
            self.act(_("Courrier ou attestation…"), "Ctrl+Shift+O", self._write_letter, icon="scroll-text"),
            self.act(_("Exporter le dossier…"), "", self._export, icon="file-down"),
            self.act(_("C’est la même personne que…"), "Ctrl+Shift+U",
                     lambda: self.go("same-person", person=self._person), icon="link"),
            self.act(_("Séparer les deux dossiers…"), "", self.separate, icon="link-2-off"),
            self.act(_("Pas le bon dossier, pour plusieurs éléments…"), "", self._move, icon="folder-input"),
            self.act(_("Copie de ses données…"), "", self._copy, icon="scroll-text"),
            self.act(_("Information préoccupante…"), "", self._concern, icon="shield-alert"),
            self.act(_("Fin de l’accompagnement…"), "", self._end, icon="door-closed"),
        ]

    def _new_action(self) -> None:
        if self._shown is not None:
            to_do = self.body.panel("a-faire")
            to_do.show_file(self._shown)
            to_do.add_one()

    def _ask_pieces(self) -> None:
        if self._shown is not None:
            to_do = self.body.panel("a-faire")
            if self.body.tabs.code() != "a-faire":
                to_do.show_file(self._shown)
            to_do.ask_for()

    def _go_tab(self, tab: str) -> None:
        if self.body.over is None:
            self.body.choose(tab)
            self.body.tabs.focus_tab()

    def _switch(self, person: bytes) -> None:
        self._show_person(person)
        self._split.open_file()
        if self.body.over is None:
            self.body.tabs.focus_tab()

    def _glance_at(self, person: bytes) -> None:
        """Moving through the list shows each file, the keyboard staying there; a list that reloads opens nothing."""
        if self.people.list.table().hasFocus() and not look().narrow:
            self._next = person
            self._rest.start()

    def _show_person(self, person: bytes) -> None:
        """Another file in the same place: what was typed in this one is kept."""
        self._rest.stop()
        if person and person != self._person:
            self.save()
            self.body.take_off()
            self._person, self._draft, self._shown = person, None, None
            self.refresh()

    def _new_note(self) -> None:
        self.go("note", person=self._person)

    def _note_attempt(self) -> None:
        self._tries.open(self._person, self._tried)

    def _print(self) -> None:
        person = self._person
        self.print_sheet(lambda desk: sheets.of_person(desk, person))

    def _large(self) -> None:
        person = self._person
        self.query(lambda desk: sheets.of_person(desk, person),
                   self._show_large, "sheet")  # fmt: skip

    def _show_large(self, sheet: Sheet | None) -> None:
        if sheet is not None:
            enlarge(self, sheet)

    def _edit_person(self) -> None:
        if self._shown is not None:
            self.edit(Edit("person", self._shown.file.person))

    def _new_appointment(self) -> None:
        me = self._shown.me if self._shown is not None else b""
        self.edit(Edit("appointment", fresh=Appointment(id=self.fresh_id(), person=self._person, on=None, with_=me)))

    def _copy_reminder(self) -> None:
        if self._shown is not None and (coming := self._shown.file.next_appointment) is not None:
            copy_reminder(self, coming.record.id)
        else:
            self.room.notices.inform(_("Aucun rendez-vous à venir."))

    def _write_letter(self) -> None:
        if self._shown is not None:
            self.show_panel(LetterPanel(self, self._shown))

    def _export(self) -> None:
        if self._shown is not None:
            self.show_panel(ExportFile(self, self._shown, watermark=watermark(self.room.home)))

    def _move(self) -> None:
        if self._shown is not None:
            self.show_panel(MoveSeveral(self, self._shown))

    def separate(self) -> None:
        """Of files that were linked; of one alone there is nothing to separate."""
        if self._shown is None:
            return
        if self._shown.file.merged is None:
            self.room.notices.inform(_("Ce dossier n’est réuni à aucun autre."))
        else:
            self.show_panel(SeparateFiles(self, self._shown, self._shown.file.merged))

    def _copy(self) -> None:
        self.go("copy", person=self._person)

    def _concern(self) -> None:
        self.go("concern", person=self._person)

    def _end(self) -> None:
        if self._shown is not None:
            self.edit(Edit("end", self._shown.file.person))

    def _open_entry(self, one: Entry) -> None:
        if self._shown is None:
            return
        if one.kind == "note":
            self.show_panel(NoteReader(self, self._shown, one.shown, editable=one.editable))
        else:
            self.edit(Edit(one.kind, one.shown))

    def _resume(self, draft: Draft) -> None:
        if draft.form != DRAFTS:
            self.go("note", person=self._person, draft=draft.id)
            return

        def taken_up(desk: Desk) -> Any:
            return desk.store.records.get(draft.kind, draft.record) if draft.record and draft.kind in KIND else None

        def show(shown: Any) -> None:
            self.edit(resumed(draft, shown, lambda: fresh_for(draft, self._person, self.room.today())))

        self.query(taken_up, show, "draft")

    def _discard(self, draft: Draft) -> None:
        said = _("Saisie jetée. Vous pouvez la reprendre pendant 30 jours.")
        self.do(lambda desk: work.discard(desk, draft.id), said, then=self.refresh)
