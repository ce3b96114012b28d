"""« À rattacher »: quick notes without a person, the oldest first, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_
from spie_desk.domain.shown import Touched
from spie_desk.services import quick, unattached
from spie_desk.services.desk import Desk
from spie_desk.services.unattached import Waiting
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.confirm import Confirm
from spie_desk.ui.panels.drafts_told import DRAFT, tell_drafts
from spie_desk.ui.panels.quick_words import told, waited
from spie_desk.ui.panels.unattached_note import UnattachedNote
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Card, Icon, Words, column
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

WAITING = ListSpec(
    name="unattached", title=N_("Notes à rattacher"), shape="person",
    line=lambda row: Line(" ".join(row.note.text.split()), second=told(row), badge=waited(row),
                          role="warn" if row.old else "muted", icon="footprints"),
    spoken=lambda row: f"{row.note.text}, {told(row)}, {waited(row)}",
    empty=N_("Aucune note n’attend. «\u00a0Noter vite\u00a0» (Ctrl+Maj+N) en écrit une, "
             "même sans savoir de qui elle parle."),
    key=lambda row: row.draft.id,
)  # fmt: skip


class UnattachedPage(Page):
    """The list, and the current note beside it."""

    title = N_("À rattacher")
    touches = (DRAFT,)

    def build(self) -> None:
        self._old = Words("", Type.SECOND, "warn", weight=500)
        self._proposal = Card(Icon("hourglass", "warn", 18), sort="warn", gap=10, padding=10, upright=False)
        self._proposal.add(self._old, 1)
        self._proposal.hide()
        self._list = ListView(WAITING, fits=True)
        self._note = UnattachedNote(self.room.sources.lookups["person"])
        self.add(self._proposal)
        self.add(Beside(column(Card(self._list, padding=8), None), self._note, shares=(46, 54)), 1)
        self.at_end(Button(_("Maraudes"), lambda: self.go("rounds"), icon="footprints", tip=_("Ctrl 9")))
        self._list.current_changed.connect(self._turn_to)
        self._list.activated.connect(lambda _row: self._note.person.setFocus())
        self._note.attach.connect(self._attach)
        self._note.attach_new.connect(self._attach_new)
        self._note.anonymous.connect(self._make_anonymous)
        self._note.erase.connect(self._ask_to_erase)
        self._note.hide()

    def ask(self, desk: Desk) -> Sequence[Waiting]:
        return unattached.waiting(desk)

    def show_answer(self, rows: Sequence[Waiting]) -> None:
        before = self._list.current()
        self._list.show_rows(rows)
        old = sum(row.old for row in rows)
        self._old.say(n_(
            "{n} note attend depuis 30 jours ou plus\u00a0: rattachez-la, rendez-la anonyme ou effacez-la.",
            "{n} notes attendent depuis 30 jours ou plus\u00a0: rattachez-les, rendez-les anonymes ou effacez-les.",
            old,
        ))  # fmt: skip
        self._proposal.setVisible(bool(old))
        self._note.setVisible(bool(rows))
        now = self._list.current()
        if now is not None and (before is None or before.draft.id != now.draft.id):
            self._note.show_note(now)

    def first_focus(self) -> QWidget | None:
        return self._list

    # ---- what becomes of a note

    def _turn_to(self, row: Waiting | None) -> None:
        if row is not None:
            self._note.show_note(row)

    def _attach(self, person: bytes) -> None:
        self._then_open(lambda desk, draft: quick.attach(desk, draft, person))

    def _attach_new(self, nickname: str) -> None:
        self._then_open(lambda desk, draft: quick.attach_to_new(desk, draft, nickname))

    def _then_open(self, attach: Callable[[Desk, bytes], Draft]) -> None:
        """The note gets its person, then opens to be read again and signed."""
        row = self._list.current()
        if row is None:
            return
        draft = row.draft.id

        def deed(desk: Desk) -> None:
            attach(desk, draft)

        self.do(deed, then=lambda: self._opened(draft))

    def _opened(self, draft: bytes) -> None:
        tell_drafts(self.room.tasks)
        self.go("note", draft=draft)

    def _make_anonymous(self, text: str) -> None:
        row = self._list.current()
        if row is None:
            return
        draft = row.draft

        def deed(desk: Desk) -> Touched:
            return quick.make_anonymous(desk, draft, text)

        self.do(deed, _("La rencontre est gardée, sans personne."), then=self._told)

    def _ask_to_erase(self) -> None:
        row = self._list.current()
        if row is None:
            return
        draft = row.draft.id
        Confirm(
            _("Effacer cette note\u00a0?"),
            _("Ses mots disparaîtront de ce profil pour toujours\u00a0: ni «\u00a0Travail en cours\u00a0», ni "
              "«\u00a0Annuler\u00a0» ne les rendront. Les sauvegardes déjà faites les gardent jusqu’à leur "
              "renouvellement."),
            _("Effacer pour toujours"), lambda: self._erase(draft), self.window(),
        ).open()  # fmt: skip

    def _erase(self, draft: bytes) -> None:
        self.do(lambda desk: quick.erase(desk, draft), _("Note effacée."), then=self._told)

    def _told(self) -> None:
        tell_drafts(self.room.tasks)
