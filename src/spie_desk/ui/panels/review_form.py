"""The form of a review: when, where, of what sort, which structures; nobody's name."""

from __future__ import annotations

from collections.abc import Callable

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.review import REVIEW, Review
from spie_desk.domain.shown import Shown
from spie_desk.services import records
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.kept_card import KeptCard
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import SectionTitle, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

FORM = "review"
FIELDS = (Section("", ("on", "at")), Section("", ("sort", "place", "structures", "minutes_each"), columns=1))


class ReviewForm(KeptCard):
    """Plans a review or changes one; Ctrl+Return saves, Escape closes and keeps the draft."""

    def __init__(self, page: Page, start: Review | Shown[Review], draft: Draft | None = None, *,
                 saved: Callable[[bytes], object] | None = None) -> None:  # fmt: skip
        super().__init__(gap=12)
        self._page, self._saved = page, saved
        is_new = not isinstance(start, Shown)
        record = start.record if isinstance(start, Shown) else start
        form: Form[Review] = Form(REVIEW, FIELDS, start, page.room.sources, draft=draft)
        opened = draft or Draft(id=record.id if is_new else _fresh(page), form=FORM, kind=REVIEW.name,
                                record=record.id)  # fmt: skip
        self.kept = KeptForm(page.room.tasks, form, opened, stored=draft is not None)
        self.add(SectionTitle(_("Nouvelle revue") if is_new else _("La revue")))
        self.add(Words(_("Aucun nom ici\u00a0: votre structure voit la date, le lieu et le nombre de situations."),
                       Type.SECOND, "muted"))  # fmt: skip
        self.add(form)
        self._save = Button(_("Enregistrer"), self.save, look_="filled", icon="check", tip=_("Ctrl Entrée"))
        self.add(Flow(self._save, Button(_("Fermer"), self.close_it, tip=_("Échap")),
                      Button(_("Jeter la saisie"), self.throw_away, look_="link")))  # fmt: skip

    def start(self) -> None:
        """The caret goes to the first field."""
        self.kept.form.focus_field("on")

    def save(self) -> None:
        record = self.kept.check()
        if record is None:
            return
        shown, draft = self.kept.shown(), self.kept.drop()
        self._page.do(
            lambda desk: records.save(desk, REVIEW.name, record, shown, draft=draft),
            _("Revue enregistrée."), then=lambda: self._done(record.id), failed=self.kept.form.tell,
        )  # fmt: skip

    def _done(self, review: bytes) -> None:
        self.closed.emit()
        if self._saved is not None:
            self._saved(review)


def _fresh(page: Page) -> bytes:
    desk = page.room.tasks.desk
    return desk.chance.id() if desk is not None else b""
