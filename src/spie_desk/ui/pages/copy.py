"""« Copie de ses données »: the request and its due date, every line to go through, the copy that is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_
from spie_desk.domain.records.copy_of_data import COPY_REQUEST, CopyRequest
from spie_desk.domain.shown import Touched
from spie_desk.services import copies
from spie_desk.services.copies import Review
from spie_desk.services.copy_lines import Choice, DataLine
from spie_desk.services.desk import Desk
from spie_desk.services.past import KINDS_OF_A_FILE
from spie_desk.texts import _, n_
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.copy_lines import CopyLines
from spie_desk.ui.panels.copy_side import Answered, HandOver, WhoElse
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.file_words import full_day
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.printing.pages import pdf_bytes
from spie_desk.ui.printing.preview import watermark
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, row
from spie_desk.ui.widgets.buttons import Button

FIELDS = (Section("", ("received_on", "channel")), Section("", ("asked_by",), columns=1))
PDF = "copie.pdf"


class CopyPage(Page):
    """Routes here: ``copy(person, draft=None)``."""

    title = N_("Copie de ses données")
    touches = (*KINDS_OF_A_FILE, "copy_request", "copy_answer", "concern", "passage", "contribution")

    def build(self) -> None:
        self._person = b""
        self._draft: bytes | None = None
        self._found: Review | None = None
        self._kept: KeptForm | None = None
        self._close = self.at_end(Button(_("Fermer"), self.back, tip=_("Échap")))
        self._new = Card(gap=10)
        self._review = CopyLines(self.room.sources.choices)
        self._review.decided.connect(self._decide)
        self._else, self._given = WhoElse(), Answered()
        self._hand = HandOver(self.room.sources.choices, self._hand_over, self._extend)
        self._going = column(self._review, gap=12)
        right = column(self._hand, self._else, self._given, None, gap=12)
        self.add(Beside(column(self._new, self._going, None, gap=12), right, shares=(66, 34)), 1)
        for part in (self._new, self._going, self._hand):
            part.hide()
        self.act(_("Fermer"), "Esc", self.back, icon="x")

    def arrive(self, person: bytes = b"", draft: bytes | None = None, **_more: Any) -> None:
        self._person, self._draft = person, draft

    def first_focus(self) -> QWidget | None:
        if self._kept is not None:
            return self._kept.form.editors["received_on"].widget
        return self._review.list

    def ask(self, desk: Desk) -> Review:
        return copies.review(desk, self._person, self._draft)

    def show_answer(self, found: Review) -> None:
        self._found, self._person = found, found.person.id
        waiting = found.waiting
        self._else.show_others(found.others)
        self._given.show_requests(found.requests)
        self._new.setVisible(waiting is None)
        self._going.setVisible(waiting is not None)
        self._hand.setVisible(waiting is not None)
        if waiting is None:
            self.retitle(_(self.title), found.person.name)
            self._open_form(found)
            return
        first, self._kept = self._kept is not None, None
        self.retitle(_(self.title), f"{found.person.name} · {_said_due(found)}")
        self._review.show_lines(found.lines, found.choices)
        self._hand.show_review(found)
        if first:
            self._review.list.table().setFocus()

    def save(self) -> None:
        if self._kept is not None:
            self._kept.keep_now()

    def place(self) -> dict[str, Any]:
        return {"person": self._person}

    def choose_channel(self, code: str) -> None:
        """How she asked, in the form of a new request."""
        if self._kept is not None:
            self._kept.form.put("channel", code)

    def lines(self) -> Sequence[DataLine]:
        """What is in view of what this desk knows of her."""
        return self._review.list.rows()

    def ask_where(self) -> Path | None:
        """Where the copy is written: the person's own stick, a folder."""
        chosen = QFileDialog.getExistingDirectory(self, _("Où écrire la copie"))
        return Path(chosen) if chosen else None

    # ---- inside

    def _open_form(self, found: Review) -> None:
        if self._kept is not None:
            return
        begun = found.begun
        record = CopyRequest(id=begun.record if begun is not None and begun.record else self._fresh(),
                             person=found.person.id, received_on=self.room.today())  # fmt: skip
        form: Form[CopyRequest] = Form(COPY_REQUEST, FIELDS, record, self.room.sources, draft=begun,
                                       required=("channel",))  # fmt: skip
        draft = begun or Draft(id=self._fresh(), form=copies.FORM, kind=COPY_REQUEST.name, record=record.id,
                               person=found.person.id)  # fmt: skip
        self._kept = KeptForm(self.room.tasks, form, draft, stored=begun is not None)
        said = _("La personne peut demander ce qui est noté sur elle, sans dire pourquoi. La copie lui est due dans le "
                 "mois, gratuitement. Vérifiez seulement que c’est bien elle, ou qui parle pour elle.")  # fmt: skip
        self._new.add(SectionTitle(_("Nouvelle demande"), icon="inbox"))
        self._new.add(Words(said, Type.SECOND, "muted"))
        self._new.add(form)
        self._new.add(row(Button(_("Enregistrer la demande"), self._record, look_="filled", icon="check"), None))

    def _record(self) -> None:
        if self._kept is None or (request := self._kept.check()) is None:
            return
        draft = self._kept.drop()
        said = _("Demande enregistrée. «\u00a0{what}\u00a0» est dans les choses à faire, avec sa date.")
        said = said.format(what=copies.ANSWER)
        self.do(lambda desk: copies.receive(desk, request, draft=draft), said, then=self._recorded,
                failed=self._kept.form.tell)  # fmt: skip

    def _recorded(self) -> None:
        tell_drafts(self.room.tasks)
        self.refresh()

    def _decide(self, key: str, choice: Choice) -> None:
        found = self._found
        if found is None or found.waiting is None:
            return
        request, changed = found.waiting.shown, {key: choice} if key else dict(self._review.choices())
        self._hand.show_choices(found.lines, self._review.choices())

        def keep(desk: Desk) -> None:
            copies.decide(desk, request, changed)

        self.do(keep)

    def _hand_over(self, how: str) -> None:
        found = self._review.reviewed(self._found)
        folder = self.ask_where() if found is not None else None
        if found is None or folder is None:
            return

        def paper(desk: Desk) -> Any:
            return copies.sheet(desk, copies.given(desk, found))

        def write(sheet: Any) -> None:
            pdf = pdf_bytes(sheet, sheet.at_first(), watermark(self.room.home))
            said = _("Copie écrite dans «\u00a0{folder}\u00a0». Elle n’est plus protégée.").format(folder=folder.name)

            def give(desk: Desk) -> Touched:
                return copies.give(desk, found, folder, {PDF: pdf}, how=how)

            self.do(give, said, then=self._recorded)

        self.query(paper, write, "paper")

    def _extend(self, why: str) -> None:
        if self._found is not None and (waiting := self._found.waiting) is not None:
            self.do(lambda desk: copies.extend(desk, waiting.shown, why), _("Délai prolongé de deux mois."))

    def _fresh(self) -> bytes:
        desk = self.room.tasks.desk
        return desk.chance.id() if desk is not None else b""


def _said_due(found: Review) -> str:
    waiting = found.waiting
    if waiting is None or (received := waiting.shown.record.received_on) is None:
        return ""
    due = waiting.shown.record.due_on
    left = n_("{n} jour", "{n} jours", waiting.days_left) if waiting.days_left >= 0 else _("en retard")
    return _("demande reçue le {day}, à rendre au plus tard le {due} ({left})").format(
        day=full_day(received), due=full_day(due) if due else "", left=left)  # fmt: skip
