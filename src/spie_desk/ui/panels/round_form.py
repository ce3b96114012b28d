"""The form of an outreach round: begun in a few keys, ended with the number met; kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.outreach import OUTREACH, Outreach
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records, rounds
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.kept_card import KeptCard
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

FORM = "round"
BEGIN = (Section("", ("place", "team"), columns=1), Section("", ("on", "starts_at")))
END = (Section("", ("met", "ends_at")), Section("", ("text", "place", "team"), columns=1),
       Section("", ("on", "starts_at")))  # fmt: skip


class RoundForm(KeptCard):
    """``ending`` is what the end proposes: put into the fields, so that saving writes it. Escape keeps the draft."""

    def __init__(self, page: Page, start: Outreach | Shown[Outreach], draft: Draft | None = None, *,
                 ending: Outreach | None = None) -> None:  # fmt: skip
        super().__init__(gap=12)
        self._page = page
        is_new = not isinstance(start, Shown)
        self._first = "place" if is_new else "met"
        record = start.record if isinstance(start, Shown) else start
        form: Form[Outreach] = Form(OUTREACH, BEGIN if is_new else END, start, page.room.sources, draft=draft)
        desk = page.room.tasks.desk
        fresh = desk.chance.id() if desk is not None else b""
        opened = draft or Draft(id=record.id if is_new else fresh, form=FORM, kind=OUTREACH.name, record=record.id)
        self.kept = KeptForm(page.room.tasks, form, opened, stored=draft is not None)
        self._is_new = is_new
        if ending is not None and draft is None:
            form.put("ends_at", ending.ends_at)
            form.put("met", ending.met)
            # what is only proposed is no typing of hers: leaving it leaves no draft
            self.kept.drop()
        title = _("Nouvelle maraude") if is_new else _("La maraude")
        self.add(SectionTitle(title, icon="footprints"))
        self.add(Words(_("Aucun nom ici\u00a0: toute votre structure lit le lieu, les heures, l’équipe et les nombres. "
                         "Ce qui concerne une personne s’écrit dans «\u00a0Noter vite\u00a0» (Ctrl+Maj+N)."),
                       Type.SECOND, "muted"))  # fmt: skip
        words = _("Commencer") if is_new else _("Terminer") if ending is not None else _("Enregistrer")
        self._save = Button(words, self.save, look_="filled", icon="check", tip=_("Ctrl Entrée"))
        buttons = Flow(self._save, Button(_("Fermer"), self.close_it, tip=_("Échap")),
                       Button(_("Jeter la saisie"), self.throw_away, look_="link"))  # fmt: skip
        # the long form keeps its buttons above, where they are seen without scrolling
        for part in (form, buttons) if is_new else (buttons, form):
            self.add(part)

    def start(self) -> None:
        form = self.kept.form
        form.focus_field(self._first)
        field = form.editors[self._first].widget
        if isinstance(field, QLineEdit):
            field.selectAll()

    def save(self) -> None:
        record: Outreach | None = self.kept.check()
        if record is None:
            return
        shown, draft = self.kept.shown(), self.kept.drop()
        said = _("Maraude commencée. «\u00a0Noter vite\u00a0» prend son lieu et son équipe.") if self._is_new \
            else _("Maraude enregistrée.")  # fmt: skip
        self._page.do(_deed(record, shown, draft), said, then=self.closed.emit, failed=self.kept.form.tell)


def _deed(record: Outreach, shown: Shown[Outreach] | None, draft: bytes | None) -> Callable[[Desk], Touched]:
    """Begin a new round, or write one that stands."""

    def deed(desk: Desk) -> Touched:
        if shown is None:
            return rounds.start(desk, record, draft)
        return records.save(desk, OUTREACH.name, record, shown, draft=draft, label=record.place)

    return deed
