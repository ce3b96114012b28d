"""Decisions of one situation: what, who, by when; each becomes an action of the file; earlier ones below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.review import DECISION, Decision
from spie_desk.domain.shown import Shown
from spie_desk.services import meetings, reviews
from spie_desk.services.directory import Directory
from spie_desk.services.reviews import PastDecision, Situation
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.models.days import short_day
from spie_desk.ui.page import Page
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.panels.meeting_mask import WHO, Mask
from spie_desk.ui.panels.passage_panel import outcome, outcome_icon
from spie_desk.ui.panels.review_words import full_day
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, column, row, rule
from spie_desk.ui.widgets.buttons import Button, IconButton

FIELDS = (Section("", ("what",), columns=1), Section("", ("owner", "due_on", "owner_name")))


class Decisions(Card):
    """The list, the form of the next one, what earlier reviews decided."""

    def __init__(self, page: Page, situation: Situation, mask: Mask, known: Directory, lists: Lists,
                 draft: Draft | None) -> None:  # fmt: skip
        super().__init__(gap=8)
        self._page, self._situation, self._mask, self._known = page, situation, mask, known
        self._title = SectionTitle(_("Décisions"), 0)
        self._list = column(gap=6)
        self._earlier = column(gap=6)
        desk = page.room.tasks.desk
        fresh = desk.chance.id() if desk is not None else b""
        start = Decision(id=(draft.record if draft else None) or fresh, passage=situation.passage.record.id, what="")
        form: Form[Decision] = Form(DECISION, FIELDS, start, page.room.sources, draft=draft)
        opened = draft or Draft(id=start.id, form=meetings.FORM, kind=DECISION.name, record=start.id,
                                circle=situation.passage.circle, person=situation.passage.record.person)  # fmt: skip
        self.kept = KeptForm(page.room.tasks, form, opened, stored=draft is not None)
        self.add(self._title)
        self.add(self._list)
        self.add(form)
        self.add(row(None, Button(_("Ajouter la décision"), self.decide, icon="plus", tip=_("Ctrl Entrée"))))
        if situation.earlier:
            self.add(rule())
            self.add(Words(_("Décidé auparavant"), Type.TEXT, "muted", weight=600))
            for past in situation.earlier:
                self._earlier.add(self._past(past, lists))
            self.add(self._earlier)
        self.tell(situation)

    def tell(self, situation: Situation) -> None:
        """The decisions as they stand; what is being typed is left alone."""
        self._situation = situation
        self._title.show_count(len(situation.decisions))
        while (item := self._list.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for rank, shown in enumerate(situation.decisions, start=1):
            self._list.add(self._line(rank, shown))

    def decide(self) -> None:
        """Write it, and the action it makes in the file."""
        record = self.kept.check()
        if record is None:
            return
        shown, draft = self._situation.passage, self.kept.drop()
        self._page.do(
            lambda desk: reviews.decide(desk, shown, record.what, record.owner, record.owner_name, record.due_on,
                                        draft=draft),
            _("Décision prise\u00a0: elle est dans les choses à faire du dossier."), then=self.on_decided,
            failed=self.kept.form.tell,
        )  # fmt: skip

    on_decided: Callable[[], object] = staticmethod(lambda: None)
    """What the page does then: another empty form."""

    def is_dirty(self) -> bool:
        return self.kept.form.dirty()

    def _line(self, rank: int, shown: Shown[Decision]) -> QWidget:
        record = shown.record
        owner = self._known.name(record.owner) or record.owner_name
        if record.owner and (place := self._known.structure_name(record.owner)):
            owner = f"{owner}, {place}"
        due = f"{short_day(record.due_on, _)} {record.due_on.year}" if record.due_on else _("sans date")
        who = owner or _("personne de désignée")
        under = f"{who} · {due}" if self._mask.shows(WHO) else due
        out = IconButton("x", _("Retirer la décision {n}").format(n=rank), partial(self._take_back, shown))
        said = column(Words(record.what, Type.VALUE), Words(under, Type.TEXT, "muted"), gap=0)
        found = Box(Words(str(rank), Type.VALUE, "accent"), said, out, gap=10)
        found.lines.setStretch(1, 1)
        return found

    def _past(self, past: PastDecision, lists: Lists) -> QWidget:
        icon, role = outcome_icon(past)
        when = _("revue du {day}").format(day=full_day(past.review_on)) if past.review_on else ""
        under = " · ".join(part for part in (outcome(past, lists), when) if part)
        found = Box(Icon(icon, role, 18), column(Words(past.decision.what), Words(under, Type.TEXT, "muted"), gap=0))
        found.lines.setStretch(1, 1)
        return found

    def _take_back(self, shown: Shown[Decision]) -> None:
        self._page.do(lambda desk: meetings.take_back(desk, shown), _("Décision retirée, avec ce qu’elle avait créé."))
