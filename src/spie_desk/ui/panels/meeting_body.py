"""One situation as the table sees it: question, tour de table, minutes, decisions, presence, next step; or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.review import CONTRIBUTION, DECISION, PASSAGE, Passage
from spie_desk.domain.shown import Shown
from spie_desk.services import meetings
from spie_desk.services.directory import Directory
from spie_desk.services.meetings import Table
from spie_desk.services.reviews import Situation
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels import meeting_mask as parts
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.panels.meeting_decisions import Decisions
from spie_desk.ui.panels.meeting_mask import Mask, legible
from spie_desk.ui.panels.meeting_presence import Presence, roster
from spie_desk.ui.panels.review_words import full_day
from spie_desk.ui.panels.round_table import RoundTable, Row, Voice
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button, only_one

MINUTES = (Section("", ("minutes",), columns=1),)
NEXT = (Section("", ("next_step", "next_on")),)


@dataclass(frozen=True, slots=True)
class Session:
    """What the page is answered: the meeting, what is being typed in it, and what it takes to say it."""

    table: Table
    known: Directory
    lists: Lists
    me: bytes
    mine: bytes

    def structures(self, situation: Situation) -> list[bytes]:
        """Who speaks: the structures of the review, of those present, and of what was already handed in."""
        found = dict.fromkeys((self.mine, *self.table.meeting.review.record.structures))
        found |= dict.fromkeys(one.record.structure for one in situation.attendances if one.record.structure)
        found |= dict.fromkeys(one.record.structure for one in situation.contributions)
        return [one for one in found if one]


class Body(QScrollArea):
    """Made anew for each situation and each change of what is shown, so that what is hidden is nowhere."""

    def __init__(self, page: Page, session: Session, rank: int, mask: Mask) -> None:
        super().__init__()
        self._page, self.rank, self.seen = page, rank, mask
        self.situation = session.table.meeting.situations[rank]
        self._drafts = [one for one in session.table.drafts if one.circle == self.situation.passage.circle]
        self._forms: list[KeptForm] = []
        self.table: RoundTable | None = None
        self.minutes: KeptForm | None = None
        self.next: KeptForm | None = None
        self.decisions: Decisions | None = None
        self.presence: Presence | None = None
        bare_area(self)
        inner = QWidget()
        inner.setProperty("page", "true")  # not words
        self._across = QHBoxLayout(inner)
        self._columns = (self._middle(session), self._right(session))
        for part, share in zip(self._columns, (65, 35), strict=True):
            self._across.addWidget(part, share)
        self.setWidget(inner)
        self.tell(session)

    def wear(self, now: Look) -> None:
        space(self._across, now, 12, (16, 12, 16, 12))
        narrow = now.narrow
        self._across.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)
        for part in self._columns:
            # large text: one column, which scrolls as a whole
            held = part.widget()
            part.setMinimumHeight(held.sizeHint().height() if narrow and held is not None else 0)

    def tell(self, session: Session) -> None:
        """Refresh what others, or this screen, have written; what is being typed is left alone."""
        self.situation = session.table.meeting.situations[self.rank]
        if self.table is not None:
            self.table.show_voices(self.situation, self._voices(session))
        if self.decisions is not None:
            self.decisions.tell(self.situation)
        if self.presence is not None:
            people = roster(session.table.meeting, session.known, session.me)
            self.presence.show_presence(self.situation, people, session.known)
        legible(self)
        self.wear(look())

    def keep_now(self) -> None:
        """Everything typed is on its way to disk."""
        if self.table is not None:
            self.table.keep_now()
        for form in self._every_form():
            form.keep_now()

    def to_conclude(self) -> tuple[Shown[Passage], Passage, list[Row], list[bytes]] | None:
        """The passage as typed with its bases, the rows to hand in, the drafts to drop; None when unreadable."""
        shown = self.situation.passage
        passage, listed, drafts = shown.record, dict(shown.bases.listed), []
        for form, register, names in ((self.minutes, "minutes", ("minutes",)),
                                      (self.next, "next", ("next_step", "next_on"))):  # fmt: skip
            if form is None or not form.is_touched():
                continue
            record = form.check()
            if record is None:
                return None
            passage = replace(passage, **{name: getattr(record, name) for name in names})
            listed[register] = form.form.bases.of(register)
            drafts += [one for one in (form.drop(),) if one is not None]
        rows = [row for row in self.table.rows if row.is_touched()] if self.table is not None else []
        drafts += [one for one in (row.drop() for row in rows) if one is not None]
        return replace(shown, bases=replace(shown.bases, listed=listed)), passage, rows, drafts

    # ---- building

    def _middle(self, session: Session) -> QScrollArea:
        title = Words(self.seen.title(self.rank + 1, self.situation), Type.PROJECTION)
        under = Words(self.seen.under(self.situation), Type.SECTION, "muted", weight=400)
        head = Box(title, under, None, gap=12)
        self._talk = self._round_table() if self.seen.shows(parts.TABLE) else _hidden(_("Tour de table"))
        self._minutes = self._minutes_card() if self.seen.shows(parts.MINUTES) else _hidden(_("Compte rendu"))
        self._extracts = self._shown(session) if self.seen.shows(parts.SHOWN) else _hidden(_("Éléments du dossier"))
        tabs = _tabs((_("Tour de table"), self._talk), (_("Compte rendu"), self._minutes),
                     (_("Ce qui est montré"), self._extracts))  # fmt: skip
        self._middle_tabs = tabs
        return scrolled(column(head, *self._question(), row(*tabs, None, gap=16), self._talk, self._minutes,
                                self._extracts, None, gap=10))  # fmt: skip

    def _question(self) -> list[QWidget]:
        passage = self.situation.passage.record
        if not self.seen.shows(parts.QUESTION):
            return [_hidden(_("Question posée"))]
        question = Words(passage.question or _("Pas de question écrite."), Type.QUESTION)
        asked = Card(Words(_("Question posée"), Type.TEXT, "accent", weight=600), question, sort="soft", gap=4)
        told = _("Pas encore informée de cette revue.")
        if passage.informed_on is not None:
            told = _("Informée le {day}.").format(day=full_day(passage.informed_on))
        if passage.her_words:
            told = _("{told} Ses mots\u00a0: «\u00a0{words}\u00a0»").format(told=told, words=passage.her_words)
        icon = "user-round-check" if passage.informed_on else "user-round-x"
        line = Box(Icon(icon, "ok" if passage.informed_on else "warn", 20), Words(told), gap=8)
        line.lines.setStretch(1, 1)
        return [asked, line]

    def _round_table(self) -> QWidget:
        self.table = RoundTable(self._page.room.tasks, self._page.nothing_to_add)  # type: ignore[attr-defined]
        return Card(self.table, padding=12)

    def _minutes_card(self) -> QWidget:
        self.minutes = self._form(MINUTES, "minutes")
        return Card(self.minutes.form, padding=12)

    def _shown(self, session: Session) -> QWidget:
        card = Card(SectionTitle(_("Ce qui a été coché pour cette table"), len(self.situation.extracts)), gap=8)
        for one in self.situation.extracts:
            card.add(Words(one.record.title, Type.VALUE))
            if one.record.text:
                card.add(Words(one.record.text, ink="muted"))
        if not self.situation.extracts:
            card.add(Words(_("Rien n’a été coché\u00a0: le dossier reste fermé."), ink="muted"))
        return card

    def _right(self, session: Session) -> QScrollArea:
        if not self.seen.shows(parts.DECISIONS):
            side: QWidget = _hidden(_("Décisions et suite"))
            return scrolled(column(side, None))
        draft = next((one for one in self._drafts if one.kind == DECISION.name), None)
        self.decisions = Decisions(self._page, self.situation, self.seen, session.known, session.lists, draft)
        self.next = self._form(NEXT, "next")
        following = Card(SectionTitle(_("Suite"), icon="calendar-clock"), self.next.form, padding=12)
        decided = column(self.decisions, following, None, gap=10)
        if not self.seen.shows(parts.WHO):
            return scrolled(column(decided, None))
        self.presence = Presence(self._page, self._page.room.sources.lookups["professional"])
        tabs = _tabs((_("Décisions"), decided), (_("Présences"), self.presence))
        self._right_tabs = tabs
        return scrolled(column(row(*tabs, None, gap=16), decided, self.presence, None, gap=10))

    def _form(self, sections: Sequence[Section], register: str) -> KeptForm:
        shown = self.situation.passage
        draft = next((one for one in self._drafts if one.kind == PASSAGE.name and register in one.values), None)
        form: Form[Passage] = Form(PASSAGE, sections, shown, self._page.room.sources, draft=draft)
        desk = self._page.room.tasks.desk
        opened = draft or Draft(id=desk.chance.id() if desk else b"", form=meetings.FORM, kind=PASSAGE.name,
                                record=shown.record.id, circle=shown.circle, person=shown.record.person)  # fmt: skip
        return KeptForm(self._page.room.tasks, form, opened, stored=draft is not None)

    def _every_form(self) -> list[KeptForm]:
        decision = self.decisions.kept if self.decisions is not None else None
        return [one for one in (self.minutes, self.next, decision) if one is not None]

    def _voices(self, session: Session) -> list[Voice]:
        handed = {one.record.structure: one for one in self.situation.contributions}
        typed = {draft.record: draft for draft in self._drafts if draft.kind == CONTRIBUTION.name}
        voices = []
        for rank, structure in enumerate(session.structures(self.situation), start=1):
            known = session.known.structures.get(structure)
            shown = handed.get(structure)
            name = self.seen.structure(rank, known.name if known else _("(pas sur ce poste)"))
            record = meetings.contribution_of(self.situation.passage.record.id, structure)
            voices.append(Voice(structure, name, shown, typed.get(record),
                                shown is None or shown.last.person == session.me))  # fmt: skip
        return voices

    def turn_to(self, which: int) -> None:
        """Bring one of the panels forward: tour de table, minutes, what is shown, decisions, presence."""
        tabs = [*self._middle_tabs, *getattr(self, "_right_tabs", [])]
        if which < len(tabs):
            tabs[which].setChecked(True)
            tabs[which].setFocus()


def _tabs(*said: tuple[str, QWidget]) -> list[Button]:
    """Buttons of which one is down, and the panel it shows."""
    buttons = [Button(title, look_="tab") for title, _panel in said]
    only_one(*buttons)
    for button, (_title, panel) in zip(buttons, said, strict=True):
        button.toggled.connect(partial(_show, panel))
        if not button.isChecked():
            # never shown by hand before it has a parent: that would open a window
            panel.hide()
    return buttons


def _show(panel: QWidget, on: bool) -> None:  # noqa: FBT001 — a Qt signal's argument
    panel.setHidden(not on)


def _hidden(what: str) -> Card:
    """A part that the table does not see yet."""
    told = _("{what}\u00a0: masqué. «\u00a0Montrer\u00a0» l’affiche pour cette situation.").format(what=what)
    found = Box(Icon("eye-off", "muted", 18), Words(told, ink="muted"), gap=8)
    found.lines.setStretch(1, 1)
    return Card(found, sort="sunken", padding=12)


def scrolled(inner: QWidget) -> QScrollArea:
    """A column that scrolls by itself, with room for the focus ring."""
    area = QScrollArea()
    bare_area(area)
    area.setWidget(column(inner, None, margins=(5, 5, 10, 5)))
    if (holder := area.widget()) is not None:
        holder.setProperty("page", "true")  # not words
    return area


def bare_area(area: QScrollArea) -> None:
    """It scrolls down only, without frame, and leaves Tab to what it holds."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
