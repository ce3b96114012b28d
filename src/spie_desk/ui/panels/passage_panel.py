"""One passage being prepared: the question, what the person was told and said, what is shown, decided before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.review import PASSAGE, Passage
from spie_desk.services import extracts, readers, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.extracts import Item
from spie_desk.services.readers import Readers
from spie_desk.services.reviews import PastDecision, Situation
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.panels.passage_extracts import PassageExtracts
from spie_desk.ui.panels.review_words import full_day
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, row
from spie_desk.ui.widgets.buttons import Button

FORM = "passage"
FIELDS = (Section("", ("question",)), Section("", ("presenter", "attends", "informed_on", "informed_how")),
          Section("", ("her_words", "guests")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """What the panel is answered about one passage."""

    situation: Situation
    items: Sequence[Item]
    readers: Readers
    draft: Draft | None
    lists: Lists


def brief(desk: Desk, situation: Situation) -> Brief:
    """Read one passage with what may be ticked and who would read it."""
    passage = situation.passage.record
    widest = extracts.widest(situation.extracts)
    draft = next((one for one in desk.store.drafts.all() if one.form == FORM and one.record == passage.id), None)
    return Brief(
        situation,
        extracts.items(desk, passage.person),
        readers.of_passage(desk, passage.person, widest, passage.guests),
        draft,
        desk.lists,
    )


class PassagePanel(QScrollArea):
    """Scrolls by itself, so that the agenda beside it stays in view."""

    saved = Signal()

    def __init__(self, page: Page, told: Brief) -> None:
        super().__init__()
        self._page, self.situation = page, told.situation
        shown = told.situation.passage
        form: Form[Passage] = Form(PASSAGE, FIELDS, shown, page.room.sources, draft=told.draft)
        opened = told.draft or Draft(id=_fresh(page), form=FORM, kind=PASSAGE.name, record=shown.record.id,
                                     circle=shown.circle, person=shown.record.person)  # fmt: skip
        self.kept = KeptForm(page.room.tasks, form, opened, stored=told.draft is not None)
        self.extracts = PassageExtracts(page.do)
        self._earlier = Card(SectionTitle(_("Décidé auparavant"), icon="history"), gap=6)
        self._head = row(Words(told.situation.person_name or _("(pas sur ce poste)"), Type.SECTION),
                         Words(told.situation.number, Type.SECOND, "muted"), None,
                         Button(_("Ouvrir le dossier"), self._open_file, look_="link", icon="arrow-right"))  # fmt: skip
        save = Button(_("Enregistrer"), self.save, icon="check", tip=_("Ctrl Entrée"))
        body = Box(self._head, Card(form, row(None, save), gap=12), self.extracts, self._earlier, None,
                   upright=True, gap=12, margins=(14, 5, 14, 5))  # fmt: skip
        body.setProperty("page", "true")  # not words
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._say_earlier(told)
        self.tell(told)
        self.wear(look())

    def wear(self, now: Look) -> None:
        """Three lines in view are enough here: the rest of the passage stays on the page."""
        for name in ("question", "her_words"):
            self.kept.form.editors[name].widget.setFixedHeight(now.px(86))

    def tell(self, told: Brief) -> None:
        """What may change while one types: ticks and readers; the form keeps what was on screen when it opened."""
        self.situation = told.situation
        self.extracts.show_extracts(told.situation.passage.record.id, told.items, told.situation.extracts, told.readers)

    def is_touched(self) -> bool:
        return self.kept.is_touched()

    def save(self, then: Callable[[], object] | None = None) -> bool:
        """Draft to record; ``then`` goes on once it is written (the next passage, the meeting). False: unreadable."""
        if not self.kept.is_touched():
            if then is not None:
                then()
            return True
        record = self.kept.check()
        if record is None:
            return False
        shown, draft = self.kept.shown() or self.situation.passage, self.kept.drop()

        def done() -> None:
            self.saved.emit()
            if then is not None:
                then()

        self._page.do(lambda desk: reviews.put(desk, shown, record, draft=draft), _("Passage enregistré."), then=done,
                      failed=self.kept.form.tell)  # fmt: skip
        return True

    def _open_file(self) -> None:
        self._page.go("file", person=self.situation.passage.record.person)

    def _say_earlier(self, told: Brief) -> None:
        for past in told.situation.earlier:
            self._earlier.add(_past(past, told.lists))
        if not told.situation.earlier:
            self._earlier.add(Words(_("Première revue de cette situation."), Type.SECOND, "muted"))


def _past(past: PastDecision, lists: Lists) -> QWidget:
    icon, role = outcome_icon(past)
    return row(Icon(icon, role, 18), Words(past.decision.what), None,
               Words(outcome(past, lists), Type.SECOND, "muted", wrap=False))  # fmt: skip


def outcome(past: PastDecision, lists: Lists) -> str:
    """« fait le 17 nov. 2026 », « en cours »; what the other desk has not sent is said."""
    if past.status == "done" and past.done_on is not None:
        return _("fait le {day}").format(day=full_day(past.done_on))
    return _(lists.label("action_status", past.status)).lower() if past.status else _("la suite n’est pas (encore) ici")


def outcome_icon(past: PastDecision) -> tuple[str, str]:
    return {"done": ("circle-check", "ok"), "canceled": ("circle-x", "muted"), "abandonned": ("circle-x", "muted")}.get(
        past.status, ("circle-dot", "info")
    )


def _fresh(page: Page) -> bytes:
    desk = page.room.tasks.desk
    return desk.chance.id() if desk is not None else b""
