"""The form of a relay: who is away, who answers, from when to when, for all files or for those that are ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonRow
from spie_desk.domain.records.relay import RELAY, Relay
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import relays
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.page import Page
from spie_desk.ui.panels.kept_card import KeptCard
from spie_desk.ui.panels.kept_form import KeptForm
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import SectionTitle, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick, TickList
from spie_desk.ui.widgets.flow import Flow

FORM = "relay"
FIELDS = (Section("", ("absent", "cover"), columns=1), Section("", ("starts_on", "ends_on")))


class RelayForm(KeptCard):
    """Ctrl+Return saves, Escape closes and keeps the draft."""

    def __init__(self, page: Page, start: Relay | Shown[Relay], draft: Draft | None = None) -> None:
        super().__init__(gap=12)
        self._page = page
        is_new = not isinstance(start, Shown)
        record = start.record if isinstance(start, Shown) else start
        self._form: Form[Relay] = Form(RELAY, FIELDS, start, page.room.sources, draft=draft)
        desk = page.room.tasks.desk
        fresh = desk.chance.id() if desk is not None else b""
        opened = draft or Draft(id=record.id if is_new else fresh, form=FORM, kind=RELAY.name, record=record.id)
        self.kept = KeptForm(page.room.tasks, self._form, opened, stored=draft is not None)
        self._people = _people_of(draft, record)
        self._some = named(Tick(_("Certains dossiers seulement")), "some-files")
        self._some.setChecked(bool(self._people))
        self._some.toggled.connect(lambda _on: self._turn())
        self._ticks = TickList()
        self._none = Words(_("Cette personne ne coordonne aucun dossier ici."), Type.SECOND, "muted")
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self.add(SectionTitle(_("Nouveau relais") if is_new else _("Le relais"), icon="handshake"))
        told = _("Le relais finit de lui-même au soir du dernier jour. Il est écrit dans votre structure\u00a0: "
                 "qui répond pour qui, sans aucun nom de personne accompagnée.")  # fmt: skip
        self.add(Words(told, Type.SECOND, "muted"))
        self._save = Button(_("Enregistrer"), self.save, look_="filled", icon="check", tip=_("Ctrl Entrée"))
        # above the files to tick, where they are seen without scrolling
        buttons = Flow(self._save, Button(_("Fermer"), self.close_it, tip=_("Échap")),
                       Button(_("Jeter la saisie"), self.throw_away, look_="link"))  # fmt: skip
        for part in (self._form, self._wrong, buttons, self._some, self._none, self._ticks):
            self.add(part)
        self._wrong.hide()
        self._whose = b""
        self._form.changed.connect(self._read_files)
        self._read_files()

    def start(self) -> None:
        form = self._form
        form.focus_field("ends_on" if form.editors["cover"].read() else "cover")

    def save(self) -> None:
        self._wrong.hide()
        people = tuple(bytes.fromhex(one) for one in self._ticks.codes()) if self._some.isChecked() else ()
        if self._some.isChecked() and not people:
            self._wrong.say(_("Cochez au moins un dossier, ou laissez le relais pour tous."))
            self._wrong.show()
            return
        self._form.put("people", people)
        record: Relay | None = self.kept.check()
        if record is None:
            return
        shown, draft = self.kept.shown(), self.kept.drop()
        self._page.do(_deed(record, shown, draft), _("Relais enregistré."), then=self.closed.emit,
                      failed=self._form.tell)  # fmt: skip

    # ---- inside

    def _read_files(self) -> None:
        """The files of whoever is away: asked again when that is someone else."""
        whose = self._form.editors["absent"].read() or b""
        if whose != self._whose:
            self._whose = whose
            self._page.query(lambda desk: relays.files_of(desk, whose), partial(self._show_files, whose), "files")

    def _show_files(self, whose: bytes, rows: Sequence[PersonRow]) -> None:
        if whose != self._whose:
            return
        options = [(row.id.hex(), f"{row.name}, {row.birth_year}" if row.birth_year else row.name) for row in rows]
        before, self._ticks = self._ticks, TickList(options, columns=2)
        self._ticks.choose([one.hex() for one in self._people])
        self._ticks.changed.connect(self._ticked)
        self.lines.replaceWidget(before, self._ticks)
        before.hide()
        before.deleteLater()
        self._turn()

    def _turn(self) -> None:
        some, any_file = self._some.isChecked(), bool(self._ticks.findChildren(Tick))
        self._ticks.setVisible(some and any_file)
        self._none.setVisible(some and not any_file)

    def _ticked(self) -> None:
        self._form.put("people", tuple(bytes.fromhex(one) for one in self._ticks.codes()))


def _people_of(draft: Draft | None, record: Relay) -> tuple[bytes, ...]:
    """The files ticked so far: the draft's when it holds some."""
    kept = draft.values.get("people") if draft is not None else None
    if isinstance(kept, list):
        return tuple(bytes.fromhex(one) for one in kept if isinstance(one, str))
    return record.people


def _deed(record: Relay, shown: Shown[Relay] | None, draft: bytes | None) -> Callable[[Desk], Touched]:
    def deed(desk: Desk) -> Touched:
        return relays.save(desk, record, shown, draft)

    return deed
