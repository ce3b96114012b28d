"""« Information préoccupante »: written and read here only; who to call first, and that nothing is sent to anybody."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.records.concern import CONCERN, Concern
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.shown import Shown
from spie_desk.services import accesses, concerns
from spie_desk.services.concerns import Opening
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.concern_side import Alarm, Earlier, Which, WhoReadsIt, others_said
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.printing.preview import PrintPreview, watermark
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Beside, Card, Words, column
from spie_desk.ui.widgets.buttons import Button

FIELDS = (
    Section(N_("Les faits"), ("noted_on", "source", "told_by", "children", "facts")),
    Section(N_("Information des parents"), ("parents", "parents_on", "parents_how", "parents_why")),
    Section(N_("Transmission"), ("sent_to", "sent_to_more", "sent_on", "status")),
)
REQUIRED = ("source", "children", "facts", "parents")


class ConcernPage(Page):
    """Routes here: ``concern(person=b"", concern=None, draft=None)``; without any, one says whose file first."""

    title, touches = N_("Information préoccupante"), ("concern", "professional")

    def build(self) -> None:
        self._person = b""
        self._concern: bytes | None = None
        self._draft: bytes | None = None
        self._kept: KeptForm | None = None
        self._over = False
        self._save = Button(_("Enregistrer"), self._write, look_="filled", icon="check", tip=_("Ctrl Entrée"))
        self._withdraw = Button(_("Retirer"), self._take_away, look_="danger", icon="trash-2")
        self._close = Button(_("Fermer"), self.back, tip=_("Échap"))
        self._print = Button(_("Imprimer pour transmettre…"), self._to_paper, icon="printer")
        for button in (self._withdraw, self._print, self._close, self._save):
            self.at_end(button)
        self._save.hide()
        self._print.hide()
        self._withdraw.hide()
        self._which = Which(self.room.sources.lookups["person"])
        self._which.picked.connect(self._choose)
        self._which.hide()
        self._who, self._earlier = WhoReadsIt(), Earlier()
        self._earlier.opened.connect(lambda one: self.go("concern", concern=one))
        self._others = Card(sort="warn", gap=6, padding=12)
        self._other = Words("", Type.SECOND)
        self._others.add(self._other)
        self._others.hide()
        self._place_ = column(gap=0)
        self._alarm = Alarm()
        self.add(Beside(column(self._which, self._others, self._place_, None, gap=12),
                        column(self._alarm, self._who, self._earlier, None, gap=12), shares=(64, 36)), 1)  # fmt: skip
        self.act(_("Enregistrer l’information préoccupante"), "Ctrl+Return", self._write, icon="check")
        self.act(_("Fermer, garder le brouillon"), "Esc", self.back, icon="x")

    def arrive(self, person: bytes = b"", concern: bytes | None = None, draft: bytes | None = None,
               **_more: Any) -> None:  # fmt: skip
        self._person, self._concern, self._draft = person, concern, draft

    def first_focus(self) -> QWidget | None:
        if self._kept is None:
            return self._which.field
        form = self._kept.form
        return self.focusWidget() if self._draft else form.editors["source"].widget

    def ask(self, desk: Desk) -> Opening:
        return concerns.opening(desk, self._person, self._concern, self._draft)

    def show_answer(self, opening: Opening) -> None:
        self._who.show_names(opening)
        self._earlier.show_rows(opening.earlier, named=not self._named(opening))
        if self._kept is not None or self._over:
            return
        self._which.setVisible(not self._named(opening))
        if self._named(opening):
            self._open_form(opening)

    def save(self) -> None:
        if self._kept is not None and not self._over:
            self._kept.keep_now()

    def place(self) -> dict[str, Any]:
        draft = self._kept.drop() if self._kept is not None and not self._over else None
        return {"person": self._person, "concern": self._concern, "draft": draft}

    # ---- inside

    @staticmethod
    def _named(opening: Opening) -> bool:
        start = opening.start.record if isinstance(opening.start, Shown) else opening.start
        return bool(start.about)

    def _open_form(self, opening: Opening) -> None:
        stands = isinstance(opening.start, Shown)
        self.retitle(_("Information préoccupante"),
                     _("À partir du dossier «\u00a0{name}\u00a0»").format(name=opening.person_name))  # fmt: skip
        form: Form[Concern] = Form(CONCERN, FIELDS, opening.start, self.room.sources,
                                   draft=opening.draft if opening.stored else None, required=REQUIRED)  # fmt: skip
        self._kept = KeptForm(self.room.tasks, form, opening.draft, stored=opening.stored)
        form.changed.connect(self._say_close)
        for name, least in (("children", 64), ("facts", 150)):
            form.editors[name].widget.setFixedHeight(look().px(least))
        self._place_.lines.addWidget(form)
        self._save.show()
        self._withdraw.setVisible(stands)
        self._print.setVisible(stands)
        self._other.say(others_said(opening, self.room.sources.choices))
        self._others.setVisible(bool(opening.beside))
        self._say_close()
        if stands and isinstance(opening.start, Shown):
            person = opening.start.record.about
            self.room.tasks.do(lambda desk: accesses.viewed(desk, person))

    def _choose(self, person: bytes) -> None:
        self._person = person
        self.refresh()

    def _say_close(self) -> None:
        touched = self._kept is not None and self._kept.is_touched()
        self._close.say(_("Fermer, garder le brouillon") if touched else _("Fermer"))

    def _write(self) -> None:
        if self._kept is None or self._over or (record := self._kept.check()) is None:
            return
        shown, draft = self._kept.shown(), self._kept.drop()
        self._over = True
        said = _("Information préoccupante enregistrée sur ce poste. Rien n’a été envoyé.")
        self.do(lambda desk: concerns.save(desk, record, shown, draft=draft), said, then=self._done,
                failed=self._refused)  # fmt: skip

    def _done(self) -> None:
        tell_drafts(self.room.tasks)
        self.back()

    def _refused(self, error: Any) -> bool:
        self._over = False
        return self._kept is not None and self._kept.form.tell(error)

    def _to_paper(self) -> None:
        """What stands, not what is being typed; paper or PDF only: it waits in no list."""
        if self._kept is None or (shown := self._kept.form.shown) is None:
            return

        def left(desk: Desk) -> None:
            concerns.came_out(desk, shown)

        def show(sheet: Sheet) -> None:
            preview = PrintPreview(sheet, self.window(), watermark=watermark(self.room.home))
            preview.came_out.connect(lambda _how, _ticked: self.do(left))
            preview.finished.connect(preview.deleteLater)
            preview.open()

        self.query(lambda desk: concerns.sheet(desk, shown), show, "paper")

    def _take_away(self) -> None:
        if self._kept is None or (shown := self._kept.shown()) is None:
            return
        draft = self._kept.drop()
        self._over = True
        self.do(lambda desk: concerns.withdraw(desk, shown, draft=draft), _("Information préoccupante retirée."),
                then=self._done, failed=self._refused)  # fmt: skip
