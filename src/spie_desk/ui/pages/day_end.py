"""« Fin de journée »: sign one note after another, attach, answer presences, and see what comes tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.lists import Lists
from spie_desk.services import actions, appointments, day_end
from spie_desk.services.appointments import AppointmentRow
from spie_desk.services.day_end import DayEnd, ToSign
from spie_desk.services.desk import Desk
from spie_desk.services.today import Task
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.models.days import long_day, short_day
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels import meetings
from spie_desk.ui.panels.day_rows import DayRow, DayWords, person_of
from spie_desk.ui.panels.drafts_told import DRAFT, tell_drafts
from spie_desk.ui.panels.evening import MOST, EveningList, meeting_spec, waiting_spec
from spie_desk.ui.panels.file_words import excerpt
from spie_desk.ui.panels.meetings import ago
from spie_desk.ui.panels.sign_card import SignCard, whose
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Beside, Card, EmptyState, column, named
from spie_desk.ui.widgets.buttons import Button

SIGNED = N_("Note signée\u00a0: {who}. {left}")


class DayEndPage(Page):
    """Ctrl+Return signs the current note and passes to the next; what stays is first in « Travail en cours »."""

    title = N_("Fin de journée")
    touches = (DRAFT, "note", "action", "appointment", "person", "membership", "relay")

    def build(self) -> None:
        self._lists: Lists | None = None
        self._me, self._wanted = b"", b""
        self._day = self.room.today()
        words = DayWords({}, self.room.today)
        self._notes = EveningList(N_("Notes à signer"), "file-text", self._note_spec())
        self._waiting = EveningList(N_("À rattacher"), "user-round-search", waiting_spec())
        self._presences = EveningList(N_("Présences à noter"), "calendar-check",
                                      words.spec("evening-presences", N_("Présences à noter")))  # fmt: skip
        self._tasks = EveningList(N_("À faire, pas encore fait"), "list-checks",
                                  words.spec("evening-tasks", N_("À faire, pas encore fait")))  # fmt: skip
        self._next = EveningList(N_("Demain"), "calendar-days", meeting_spec())
        self._card = named(SignCard(self._label, lambda: self._me), "sign-card")
        self._clear = EmptyState(_("Tout est signé, rattaché et noté. Bonne soirée."), "moon",
                                 Button(_("Revenir à la journée"), lambda: self.go("today")))  # fmt: skip
        parts = (self._notes, self._waiting, self._presences, self._tasks, self._next)
        self._done = self.add(Card(self._clear, padding=12))
        self._done.hide()
        self.add(Beside(column(*parts, None, gap=12), self._card, shares=(52, 48)), 1)
        self._card.hide()
        self._wire()

    def arrive(self, **route: Any) -> None:
        self._wanted = route.get("draft", b"")

    def place(self) -> dict[str, Any]:
        """Back from a note that was opened, one goes on from where one was."""
        row: ToSign | None = self._notes.list.current() if self._notes.list.rows() else None
        return {"draft": row.draft.id} if row is not None else {}

    def first_focus(self) -> QWidget | None:
        parts = (self._notes, self._waiting, self._presences, self._tasks, self._next)
        return next((one.list for one in parts if one.list.rows()), self._clear)

    def ask(self, desk: Desk) -> tuple[DayEnd, Lists, bytes]:
        return day_end.day_end(desk), desk.lists, desk.me.id

    def show_answer(self, answer: tuple[DayEnd, Lists, bytes]) -> None:
        found, self._lists, self._me = answer
        self._day = found.day
        self._keep_place(found.to_sign)
        self._notes.hold(found.to_sign)
        if self._wanted:
            self._notes.list.choose(self._wanted)
            self._wanted = b""
        self._waiting.hold(found.unattached)
        self._presences.hold(found.unanswered)
        self._tasks.hold(found.tasks, MOST)
        tomorrow = (found.next_day - found.day).days == 1
        self._next.entitle(_("Demain") if tomorrow else long_day(found.next_day, _).capitalize())
        self._next.hold(found.meetings)
        self._done.setVisible(found.clear)
        said = [n_("{n} note à signer", "{n} notes à signer", len(found.to_sign))]
        if found.unattached:
            said.append(n_("{n} à rattacher", "{n} à rattacher", len(found.unattached)))
        if found.unanswered:
            said.append(n_("{n} présence à noter", "{n} présences à noter", len(found.unanswered)))
        day = long_day(found.day, _)
        self.retitle(_("Fin de journée"), f"{day[0].upper()}{day[1:]} · {', '.join(said)}")
        self._show_current()

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_card"):
            self._show_current()

    # ---- inside

    def _wire(self) -> None:
        self._notes.list.current_changed.connect(lambda _row: self._show_current())
        self._notes.list.activated.connect(self._open_note)
        self._waiting.list.activated.connect(lambda _row: self.go("unattached"))
        for view in (self._presences.list, self._tasks.list, self._next.list):
            view.activated.connect(lambda row: self.go("file", person=person_of(row)))
        self._presences.list.ticked.connect(lambda row: self._answer("present", row))
        self._tasks.list.ticked.connect(self._finish)
        self._tasks.more.clicked.connect(lambda _on=False: self.go("today"))
        self._card.sign_wished.connect(self._sign)
        self._card.open_wished.connect(lambda: self._open_note(self._notes.list.current()))
        EveningList.link(self._notes, self._waiting, self._presences, self._tasks, self._next)
        self.act(_("Signer et passer à la suivante"), "Ctrl+Return", self._sign, icon="signature")
        answers = (("P", "present", _("Présence")), ("A", "absent", _("Absence")),
                   ("E", "excused", _("Absence excusée")))  # fmt: skip
        for keys, status, words in answers:
            self.act(words, keys, lambda status=status: self._answer(status), icon="user-round-check")  # type: ignore[misc]
        self.act(_("Revenir à la journée"), "Esc", lambda: self.go("today"), icon="sun")

    def _note_spec(self) -> ListSpec:
        def line(one: ToSign) -> Line:
            who = one.person.name if one.person is not None else ""
            when = one.note.at if one.note.on == self._day else ago(one.note.on, self._day) if one.note.on else ""
            words = excerpt(one.note.text) or _("Rien n’est encore écrit.")
            role = "warn" if one.why_open or not one.of_today else "muted"
            return Line(whose(one), second=words, badge=when, role=role, avatar=who, icon="file-text")

        def spoken(one: ToSign) -> str:
            day = short_day(one.note.on, _) if one.note.on else ""
            to_open = _("à ouvrir avant de signer") if one.why_open else ""
            return ", ".join(part for part in (whose(one), one.note.text, day, one.note.at, to_open) if part)

        return ListSpec(name="to-sign", title=N_("Notes à signer"), shape="person", line=line, spoken=spoken,
                        empty=N_("Aucune note n’attend votre signature."), key=lambda one: one.draft.id)  # fmt: skip

    def _label(self, name: str, code: str) -> str:
        return _(self._lists.label(name, code)) if self._lists is not None else ""

    def _show_current(self) -> None:
        current: ToSign | None = self._notes.list.current() if self._notes.list.rows() else None
        self._card.setVisible(current is not None and not look().narrow)
        if current is not None:
            self._card.show_note(current)

    def _keep_place(self, rows: Sequence[ToSign]) -> None:
        """The signed row is gone: the one that followed it takes its place, not the first of the list."""
        before: list[ToSign] = self._notes.list.rows()
        current: ToSign | None = self._notes.list.current()
        keys = {one.draft.id for one in rows}
        if current is None or current.draft.id in keys:
            return
        at = next((place for place, one in enumerate(before) if one.draft.id == current.draft.id), 0)
        following = [one.draft.id for one in (*before[at + 1 :], *reversed(before[:at])) if one.draft.id in keys]
        if following:
            self._notes.list.choose(following[0])

    def _sign(self) -> None:
        row: ToSign | None = self._notes.list.current() if self._notes.list.rows() else None
        if row is None:
            return
        # in large text the card stands aside: nobody signs what she does not see
        if row.why_open or look().narrow:
            self._open_note(row)
            return
        left = len(self._notes.list.rows()) - 1
        rest = n_("Il en reste {n}.", "Il en reste {n}.", left) if left else _("C’était la dernière.")
        self.do(lambda desk: day_end.sign(desk, row), _(SIGNED).format(who=whose(row), left=rest),
                then=self._signed, failed=self._refused)  # fmt: skip

    def _signed(self) -> None:
        tell_drafts(self.room.tasks)

    def _refused(self, error: DeskError) -> bool:
        self.room.notices.warn(sentence(error))
        self.refresh()
        return True

    def _open_note(self, row: Any) -> None:
        if isinstance(row, ToSign):
            self.go("note", draft=row.draft.id)

    def _answer(self, status: str, row: DayRow | None = None) -> None:
        row = row or (self._presences.list.current() if self._presences.list.table().hasFocus() else None)
        if isinstance(row, AppointmentRow):
            said = _("{name}\u00a0: {status}.").format(name=row.person_name, status=meetings.status_said(status))
            shown = row.shown
            self.do(lambda desk: appointments.mark(desk, shown, status), said)

    def _finish(self, row: DayRow) -> None:
        if isinstance(row, Task):
            shown = row.shown
            self.do(lambda desk: actions.finish(desk, shown), _("Action faite."))
