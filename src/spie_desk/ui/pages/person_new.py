"""A new file: a short form, who may already be here beside it, and what is typed kept as it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.services import duplicates, newcomers, work
from spie_desk.services.desk import Desk
from spie_desk.services.duplicates import Doubt
from spie_desk.services.newcomers import Newcomer
from spie_desk.texts import _
from spie_desk.ui.page import Page
from spie_desk.ui.panels.blank_forms import BlankForms
from spie_desk.ui.panels.drafts_told import tell_drafts
from spie_desk.ui.panels.likely_people import LikelyPeople, likeness_said
from spie_desk.ui.panels.newcomer_forms import NewcomerForms
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, row
from spie_desk.ui.widgets.buttons import Button

_REST_MS = 250
TOLD = N_("Dites à la personne ce qui est noté, pourquoi et qui peut le lire. Si ce n’est pas encore fait, laissez "
          "vide\u00a0: vous l’écrirez dans son dossier. S’opposer au partage ne change rien à ses droits.")  # fmt: skip


class NewPersonPage(Page):
    """One name is enough; the rest can be written later, in the file."""

    title, touches = N_("Nouvelle personne"), ()

    def build(self) -> None:
        self._forms: NewcomerForms | None = None
        self._draft: bytes | None = None
        self._stored, self._over = False, False
        self._likely = LikelyPeople()
        self._likely.opened.connect(self._open_other)
        self._likely.same.connect(lambda one, other: self.go("same-person", person=one, other=other))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._compare)
        self._state = Words(_("Un nom, un prénom ou un surnom suffit."), Type.SECOND, "muted")
        # at large text the panel of likenesses is below the form: what it says is said above it too
        self._alert = Button("", lambda: self._likely.first().setFocus(), look_="link", icon="users-round")
        self._alert.hide()
        policy = self._alert.sizePolicy()
        # what is being typed does not move when the answer comes
        policy.setRetainSizeWhenHidden(look().narrow)
        self._alert.setSizePolicy(policy)
        self._create = Button(_("Créer le dossier"), self._make, look_="filled", icon="user-plus")
        self.at_end(Button(_("Fermer, garder le brouillon"), self.back, tip=_("Échap")))
        self.at_end(self._create)
        self.act(_("Créer le dossier"), "Ctrl+Return", self._make, icon="user-plus")
        self.act(_("Fermer, garder le brouillon"), "Esc", self.back, icon="x")
        self.act(_("Jeter ce brouillon"), "Ctrl+Shift+Del", self._discard, icon="trash-2")

    def arrive(self, **route: Any) -> None:
        self._draft = route.get("draft")

    def first_focus(self) -> QWidget | None:
        if self._forms is None or (self._forms.dirty() and self._stored):
            return self.focusWidget()
        return self._forms.first()

    def ask(self, desk: Desk) -> Newcomer:
        return newcomers.opening(desk, self._draft)

    def show_answer(self, opening: Newcomer) -> None:
        if self._forms is not None:
            return
        forms = self._forms = NewcomerForms(opening, self.room.sources, self)
        self._stored = bool(opening.draft.touched_ms)
        left = column(self._state, self._alert, forms.person, None, gap=10)
        phone = Card(SectionTitle(_("Téléphone"), icon="phone"), forms.phone, gap=8, padding=14)
        told = Words(_(TOLD), Type.SECOND, "muted")
        informed = Card(SectionTitle(_("Information donnée"), icon="info"), told, forms.informed, gap=8, padding=14)
        blank = BlankForms(self, "premiere-rencontre")
        right = column(self._likely, phone, informed, row(blank, None), None, gap=12)
        self.add(Beside(left, right, shares=(58, 42)), 1)
        forms.changed.connect(self._rest.start)
        forms.to_save.connect(self._keep)
        self._compare()

    def save(self) -> None:
        if self._forms is not None and not self._over:
            self._forms.save_now()

    def place(self) -> dict[str, Any]:
        """Where a lock reopens it: on its draft."""
        if self._forms is None or not self._stored or self._over:
            return {}
        return {"draft": self._forms.draft().id}

    def _keep(self) -> None:
        if self._forms is None or self._over:
            return
        draft, first = self._forms.draft(), not self._stored
        self._stored = True
        self.do(lambda desk: newcomers.keep(desk, draft), then=lambda: self._kept(first=first))

    def _kept(self, *, first: bool) -> None:
        if first:
            tell_drafts(self.room.tasks)
        self._state.say(_("Brouillon gardé sur ce poste. Vous êtes la seule personne à le voir."))

    def _compare(self) -> None:
        if self._forms is not None:
            identity = self._forms.identity()
            self.query(lambda desk: duplicates.like(desk, identity), self._show_likely, "likely")

    def _show_likely(self, doubts: list[Doubt]) -> None:
        if self._forms is None:
            return
        before = likeness_said(self._likely.doubts())
        self._likely.show_doubts(doubts, typed=bool(self._forms.identity().sounds))
        self._alert.say(likeness_said(doubts))
        self._alert.setVisible(bool(doubts) and look().narrow)
        self._create.say(_("Créer un autre dossier") if doubts else _("Créer le dossier"))
        if doubts and likeness_said(doubts) != before:
            self.announce(likeness_said(doubts))

    def _make(self) -> None:
        if self._forms is None or self._over or (records := self._forms.check()) is None:
            return
        person, phone, informed = records
        draft = self._forms.draft().id
        self._over = True
        said = _("Dossier de {name} créé.").format(name=person.name)
        self.do(lambda desk: newcomers.create(desk, person, phone, informed, draft), said,
                then=lambda: self.go("file", person=person.id), failed=self._refused)  # fmt: skip

    def _refused(self, error: Any) -> bool:
        self._over = False
        return self._forms is not None and self._forms.tell(error)

    def _open_other(self, person: bytes) -> None:
        """The file that is here already; what was typed stays a draft."""
        self.go("file", person=person)

    def _discard(self) -> None:
        if self._forms is None:
            return
        draft, stored = self._forms.draft().id, self._stored
        self._over = True
        if stored:
            tasks = self.room.tasks
            tasks.do(lambda desk: work.discard(desk, draft), then=lambda _done: tell_drafts(tasks))
            self.room.notices.inform(
                _("Brouillon jeté. Il peut revenir pendant 30 jours, dans «\u00a0Travail en cours\u00a0».")
            )
        self.back()
