"""« À départager » : what was written without being seen, every value kept until a person settles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.records import KIND
from spie_desk.services import clashes
from spie_desk.services.clashes import Question, Settled
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.past import DELETED
from spie_desk.texts import _
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.clash_card import ClashCard
from spie_desk.ui.panels.clash_words import Voice, sort_said
from spie_desk.ui.panels.file_reveal import log_reveal
from spie_desk.ui.panels.meeting_body import bare_area
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, EmptyState, Words
from spie_desk.ui.widgets.list_and_file import ListAndFile
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Answer:
    questions: Sequence[Question]
    settled: Sequence[Settled]
    known: Directory
    lists: Lists
    me: bytes
    zone: tzinfo | None


def _label(kind: str, register: str) -> str:
    declared = KIND[kind]
    return _(declared.label) if register == DELETED else _(declared.label_of(register)) or _(declared.label)


def _of(question: Question) -> str:
    return " · ".join(name for _id, name in question.names if name) or _("Sans dossier")


def _is_plain(question: Question) -> bool:
    return question.clash.sort == "values" and not question.is_signed


ICONS = {"values": "git-compare-arrows", "deleted": "trash-2"}
WAITING = ListSpec(
    name="to-settle", title=N_("À départager"), shape="person", key=lambda one: one.key,
    line=lambda one: Line(_label(one.clash.kind, one.clash.register),
                          _of(one) if _is_plain(one) else f"{sort_said(one)} · {_of(one)}",
                          icon=ICONS.get(one.clash.sort, "circle-alert"), icon_role="warn"),
    spoken=lambda one: _("{label}, {who}, {sort}").format(
        label=_label(one.clash.kind, one.clash.register), who=_of(one), sort=sort_said(one).lower()),
    empty=N_("Rien à départager."),
)  # fmt: skip
RECENT = ListSpec(
    name="settled", title=N_("Tranchés récemment"), shape="person", key=lambda one: one.deed.id,
    line=lambda one: Line(_label(one.kind, one.register), _("{who} · vous").format(who=one.person_name or "—"),
                          icon="check", icon_role="ok"),
    spoken=lambda one: _("{label}, {who}, tranché par vous").format(label=_label(one.kind, one.register),
                                                                     who=one.person_name or "—"),
    empty=N_("Rien de tranché récemment."),
)  # fmt: skip


class ClashesPage(Page):
    """The questions at the left, one card at the right; the focus never starts on an answer."""

    title, bare = N_("À départager"), True
    touches = tuple(KIND)

    def build(self) -> None:
        self._answer: Answer | None = None
        self._card: ClashCard | None = None
        self._seen: object = None
        self._filling = False
        self._bared: object = None
        self._wanted: bytes | None = None
        self.list, self.recent = ListView(WAITING), ListView(RECENT, fits=True)
        self.list.current_changed.connect(self._choose)
        self.list.activated.connect(self._enter)
        self._past = Words(_("Tranchés récemment"), Type.LABEL, "muted")
        told = _("Rien n’est perdu\u00a0: les valeurs sont gardées jusqu’à votre choix.")
        left = Card(Words(_("À départager"), Type.SECTION), Words(told, Type.SECOND, "muted"), sort="panel", padding=12)
        left.add(self.list, 1)
        left.add(self._past)
        left.add(self.recent)
        self._right = QScrollArea()
        bare_area(self._right)
        self._nothing = EmptyState(_("Rien à départager. Quand deux personnes écrivent la même chose sans se voir, les "
                                     "deux réponses attendent ici."), "circle-check")  # fmt: skip
        self._holder = Card(sort="bare", padding=0, gap=0)
        self._holder.add(self._nothing)
        self._holder.add(None)
        self._right.setWidget(self._holder)
        self.split = self.add(ListAndFile(left, self._right, width="side-panel"), 1)
        self.recent.activated.connect(self._open_settled)
        self.act(_("Enregistrer cette réponse"), "Ctrl+Return", self._write, icon="check")
        self.act(_("Ouvrir le dossier"), "", self._open, icon="arrow-right")

    def arrive(self, **route: Any) -> None:
        self._wanted = route.get("draft")

    def first_focus(self) -> QWidget | None:
        return self.list

    def ask(self, desk: Desk) -> Answer:
        return Answer(clashes.waiting(desk), clashes.recent(desk), directory(desk), desk.lists, desk.me.id,
                      desk.clock.now().tzinfo)  # fmt: skip

    def show_answer(self, answer: Any) -> None:
        self._answer = answer
        order = sorted(answer.questions, key=lambda one: one.is_signed or one.clash.sort == "equal")
        self._filling = True
        self.list.show_rows(order)
        begun = next((one for one in order if self._wanted in {draft.id for draft in one.drafts}), None)
        if begun is not None:
            self.list.choose(begun.key)
            self.split.open_file()
        self._wanted = None
        self._filling = False
        self.recent.show_rows(answer.settled)
        self._past.setVisible(bool(answer.settled))
        self.recent.setVisible(bool(answer.settled))
        self._choose(self.list.current())

    def save(self) -> None:
        if self._card is not None:
            self._card.keep_now()

    def _choose(self, question: Question | None) -> None:
        """A card is made anew when its question, or what it holds, changed; otherwise it is left as it is."""
        if self._filling or self._answer is None:
            return
        seen = None if question is None else (question.key, [one.dot for one in question.clash.versions],
                                              question.clash.complete, len(question.clash.before))  # fmt: skip
        if seen == self._seen and self._card is not None:
            return
        self._seen = seen
        if self._card is not None:
            self._card.keep_now()
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self._nothing.setVisible(question is None)
        if question is not None:
            people = dict(question.names)
            voice = Voice(self._answer.lists, self._answer.known, self._answer.me, self._answer.zone, people,
                          shows_address=self._bared == question.key)  # fmt: skip
            self._card = ClashCard(self, question, voice)
            self._card.settled.connect(self._settled)
            self._card.address_turned.connect(self._turn_address)
            self._holder.lines.insertWidget(0, self._card)

    def _turn_address(self) -> None:
        question = self.list.current()
        if question is not None:
            self._bared = None if self._bared == question.key else question.key
            if self._bared is not None and question.clash.person:
                log_reveal(self.do, question.clash.person)
            self._seen = None
            self._choose(question)
            self.list.setFocus()

    def _enter(self, _question: Question) -> None:
        self.split.open_file()

    def _settled(self) -> None:
        """The focus goes back to the list, never to the next question's answers."""
        self.split.show_list()
        self.list.setFocus()

    def _write(self) -> None:
        if self._card is not None:
            self._card.write_now()

    def _open(self) -> None:
        question = self.list.current()
        if question is not None and question.clash.person:
            self.go("file", person=question.clash.person)

    def _open_settled(self, one: Settled) -> None:
        if one.person:
            self.go("file", person=one.person)
