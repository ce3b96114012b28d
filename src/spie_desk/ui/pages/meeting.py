"""Holding a review: one situation at a time, projected without a name, everything typed on disk within a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from spie_desk.domain.errors import N_
from spie_desk.domain.records.review import Attendance
from spie_desk.services import meetings, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.directory import directory
from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.page import Page
from spie_desk.ui.panels.meeting_body import Body, Session, scrolled
from spie_desk.ui.panels.meeting_left import Chrono, Situations
from spie_desk.ui.panels.meeting_mask import PARTS, Mask, legible
from spie_desk.ui.panels.meeting_presence import roster, unwritten
from spie_desk.ui.panels.review_words import said_when
from spie_desk.ui.panels.round_table import Row
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow

_SIDE = Qt.KeyboardModifier.ControlModifier


class MeetingPage(Page):
    """No sidebar: the situations at the left, the table in the middle, decisions at the right."""

    title, bare = N_("Revue de situations"), True
    touches = ("review", "passage", "contribution", "decision", "attendance", "action", "extract")

    def build(self) -> None:
        self._review = b""
        self._session: Session | None = None
        self._at = -1
        self._keeping = False
        self._mask = Mask()
        self._open: Body | None = None
        self._when = Words("", Type.TEXT, "sideText", wrap=False)
        self._project = Button(_("Mode projection (F5)"), self.project, look_="side", icon="projector")
        self._project.setCheckable(True)
        quit_ = Button(_("Quitter la séance"), self._quit, look_="side", icon="x")
        head = Box(Words(_("Revue"), Type.SECTION, "sideStrong"), self._when, self._project, quit_, gap=16,
                   margins=(20, 6, 20, 6))  # fmt: skip
        head.lines.setStretch(1, 1)
        self.add(Card(head, sort="top", padding=0))
        self._reveals: dict[str, Button] = {}
        self._reveal_card = self.add(Card(self._revealing(), sort="panel", padding=6))
        self._reveal_card.hide()
        self._left, self.chrono = Situations(), Chrono()
        self._left.chosen.connect(self._go_to)
        self.next = Button(_("Situation suivante"), self.advance, look_="filled", icon="arrow-right",
                           tip=_("Ctrl Droite"))  # fmt: skip
        self._side = Box(scrolled(self._left), self.chrono, self.next, upright=True, gap=8, margins=(7, 7, 0, 12))
        self._place, self._across = QVBoxLayout(), QHBoxLayout()
        self._across.addWidget(self._side)
        self._across.addLayout(self._place, 1)
        self.add_layout(self._across, 1)
        self._shortcuts()
        self.wear(look())

    def _revealing(self) -> Flow:
        """What may be shown to the table, part by part."""
        told = Words(_("Montrer pour cette situation\u00a0:"), weight=600, wrap=False)
        told.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        flow = Flow(told, gap=8)
        for part, label in PARTS:
            button = self._reveals[part] = Button(_(label), look_="place", icon="eye-off")
            button.setCheckable(True)
            button.toggled.connect(partial(self._show_part, part))
            flow.add(button)
        return flow

    def _shortcuts(self) -> None:
        self.act(_("Mode projection"), "F5", self.project, icon="projector")
        self.act(_("Situation suivante"), "Ctrl+Right", self.advance, icon="arrow-right")
        self.act(_("Situation précédente"), "Ctrl+Left", lambda: self._go_to(self._at - 1), icon="arrow-left")
        self.act(_("Arrêter ou reprendre le temps"), "F6", self.chrono.turn, icon="pause")
        self.act(_("Ajouter la décision"), "Ctrl+Return", self._decide, icon="plus")
        for which, (text, keys) in enumerate(((_("Tour de table"), "Alt+1"), (_("Compte rendu"), "Alt+2"),
                                              (_("Ce qui est montré"), "Alt+3"), (_("Décisions"), "Alt+4"),
                                              (_("Présences"), "Alt+5"))):  # fmt: skip
            self.act(text, keys, partial(self._turn_to, which))

    def _turn_to(self, which: int) -> None:
        if self._open is not None:
            self._open.turn_to(which)

    # ---- the four verbs

    def arrive(self, **route: Any) -> None:
        self._review = route["review"]

    def ask(self, desk: Desk) -> Session | None:
        table = meetings.open_table(desk, self._review)
        if table is None:
            return None
        return Session(table, directory(desk), desk.lists, desk.me.id, desk.structure.id)

    def show_answer(self, answer: Any) -> None:
        if self._keeping:
            # asked before what was typed reached the disk: a view built on it would never show that
            return
        if answer is None or not answer.table.meeting.situations:
            self.room.notices.warn(_("Cette revue n’a pas (encore) de situation ici."))
            self.back()
            return
        self._session = answer
        if self._at < 0:
            seen = [one.passage.record.status == "done" for one in answer.table.meeting.situations]
            self._at = seen.index(False) if False in seen else 0
        self._at = min(self._at, len(answer.table.meeting.situations) - 1)
        same = self._open is not None and self._open.rank == self._at and self._open.seen == self._mask
        if same and self._open is not None and self._open.situation.passage.record.id == self._current_id():
            self._open.tell(answer)
        else:
            self._build_open(answer)
        self._frame_up(answer)

    def save(self) -> None:
        if self._open is not None:
            self._open.keep_now()

    def first_focus(self) -> QWidget | None:
        if self._open is not None and self._open.table is not None and self._open.table.rows:
            return self._open.table.rows[0].speech
        return None

    def leave(self) -> None:
        super().leave()
        self._lay_bare(bare=False)

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_side"):
            self._side.setFixedWidth(now.px(216))
            self._across.setSpacing(0)
            self._lines.setSpacing(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_bare(bare=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._lay_bare(bare=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and an arrow change the situation, also while one types: editors would take it for a word's jump."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            turns = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and event.modifiers() == _SIDE
            if turns:
                event.ignore()
                return True
        return False

    # ---- deeds

    def project(self) -> None:
        """On or off; nothing is revealed to begin with."""
        self._mask = Mask(projecting=not self._mask.projecting)
        self._again()

    def advance(self) -> None:
        """The situation has been seen: everything is handed in, and the next one opens."""
        self._conclude("done", self._follow)

    def nothing_to_add(self, row: Row) -> None:
        """One structure passes."""
        if self._open is None:
            return
        shown = self._open.situation.passage
        handed, draft = row.handed(nothing=True), row.drop()
        drafts = [draft] if draft is not None else []
        self.do(lambda desk: meetings.conclude(desk, shown, shown.record, handed=[handed], drafts=drafts),
                _("Rien à ajouter\u00a0: noté."))  # fmt: skip

    def _conclude(self, status: str, then: Callable[[], object]) -> None:
        if self._open is None:
            return
        found = self._open.to_conclude()
        if found is None:
            return
        shown, passage, rows, drafts = found
        presence = self._open.presence
        present = presence.unwritten() if presence is not None else self._unwritten()
        handed = [row.handed() for row in rows]
        done = replace(passage, status=status)
        self._drop()
        self.do(lambda desk: meetings.conclude(desk, shown, done, handed=handed, present=present, drafts=drafts),
                _("Situation vue. Ce qui a été dit est enregistré."), then=then)  # fmt: skip

    def _unwritten(self) -> list[Attendance]:
        """Who is present at a situation projected without its professionals."""
        if self._session is None or self._open is None:
            return []
        people = roster(self._session.table.meeting, self._session.known, self._session.me)
        return unwritten(self._open.situation, people)

    def _follow(self) -> None:
        if self._session is None:
            return
        if self._at + 1 < len(self._session.table.meeting.situations):
            self._at += 1
            self._mask = Mask(projecting=self._mask.projecting)
            self.refresh()
        else:
            self._close()

    def _close(self) -> None:
        if self._session is None:
            return
        review, shown = self._review, self._session.table.meeting.review
        said = _("Revue close. Les comptes rendus sont prêts, un par personne.")
        self.do(lambda desk: reviews.close(desk, shown), said,
                then=lambda: self.go("review", review=review))  # fmt: skip

    def _go_to(self, at: int) -> None:
        if self._session is None or at == self._at or not 0 <= at < len(self._session.table.meeting.situations):
            return
        self._at = at
        self._mask = Mask(projecting=self._mask.projecting)
        self._again()

    def _decide(self) -> None:
        if self._open is not None and self._open.decisions is not None:
            self._open.decisions.decide()

    def _quit(self) -> None:
        self.back()

    def _show_part(self, part: str, on: bool) -> None:  # noqa: FBT001 — a Qt signal's argument
        revealed = self._mask.revealed | {part} if on else self._mask.revealed - {part}
        if revealed != self._mask.revealed:
            self._mask = replace(self._mask, revealed=revealed)
            self._again()

    # ---- what is on screen

    def _again(self) -> None:
        """What is typed goes to disk first, the old view goes at once, and the new one is read from there."""
        self._drop()
        self._keeping = self.room.tasks.desk is not None
        self.room.tasks.do(lambda _desk: None, then=lambda _none: self._read_anew(), owner=self)

    def _read_anew(self) -> None:
        self._keeping = False
        self.refresh()

    def _drop(self) -> None:
        if self._open is not None:
            self._open.keep_now()
            if self._open.isAncestorOf(QApplication.focusWidget() or self):
                self.next.setFocus()
            self._open.hide()
            self._open.setParent(None)
            self._open.deleteLater()
            self._open = None

    def _build_open(self, session: Session) -> None:
        self._drop()
        self._open = Body(self, session, self._at, self._mask)
        if self._open.decisions is not None:
            self._open.decisions.on_decided = self._again
        self._place.addWidget(self._open)
        legible(self._open)
        for sort in (QLineEdit, QPlainTextEdit, QTextEdit):
            for editor in self._open.findChildren(sort):
                editor.installEventFilter(self)
        if self.isVisible():
            # never nowhere: the page's shortcuts hold only while the keyboard is in it
            first = self.first_focus() or self.next
            QTimer.singleShot(0, first, first.setFocus)

    def _frame_up(self, session: Session) -> None:
        situations = session.table.meeting.situations
        review = session.table.meeting.review.record
        projecting = self._mask.projecting
        told = said_when(review) if projecting or not review.place else f"{said_when(review)} · {review.place}"
        self._when.say(told)
        self._project.setChecked(projecting)
        self._project.say(_("Quitter la projection (F5)") if projecting else _("Mode projection (F5)"))
        self._reveal_card.setVisible(projecting)
        for part, button in self._reveals.items():
            button.setChecked(part in self._mask.revealed)
            icons.dress(button, "eye" if part in self._mask.revealed else "eye-off", "text", 18)
        self._left.show_situations(situations, self._at, self._mask)
        self.chrono.show_passage(situations[self._at].passage.record.id, review.minutes_each)
        last = self._at + 1 == len(situations)
        self.next.say(_("Clore la revue") if last else _("Situation suivante"))
        self._lay_bare(bare=True)

    def _current_id(self) -> bytes:
        return self._session.table.meeting.situations[self._at].passage.record.id if self._session else b""

    def _lay_bare(self, *, bare: bool) -> None:
        lay = getattr(self.window(), "lay_bare", None)
        if callable(lay):
            lay(bare=bare, title="SPIE Desk" if self._mask.projecting and bare else "")
