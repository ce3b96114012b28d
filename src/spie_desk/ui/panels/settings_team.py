"""My structure, and the people and structures around: listed, added, corrected; a form keeps its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import N_
from spie_desk.domain.record import Kind
from spie_desk.domain.records.professional import PROFESSIONAL, Professional
from spie_desk.domain.records.structure import STRUCTURE, Structure
from spie_desk.domain.shown import Bases, Shown
from spie_desk.services import records, team, work
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.forms.form import Form, Section
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.settings_panel import SettingsPanel
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, column
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

FORM = "settings"
"""The route that reopens these drafts."""
ABOUT_STRUCTURE = (
    Section(N_("Structure"), ("name", "sort", "colour", "sensitive")),
    Section(N_("Responsable du traitement"), ("dpo", "notice_version", "active_months", "archive_months")),
    Section(N_("Coordonnées"), ("street", "postcode", "town", "phone", "email", "siret")),
)
ABOUT_PROFESSIONAL = (
    Section(
        "", ("first_name", "last_name", "function", "structure", "bound_by", "manager", "stand_in", "phone", "email",
             "left_on")
    ),
)

PEOPLE = ListSpec(
    name="team", title=N_("Professionnels"), shape="task",
    line=lambda row: Line(row.name, middle=row.function, badge=row.structure, more=row.mine),
    spoken=lambda row: ", ".join(part for part in (row.name, row.function, row.structure) if part),
    empty=N_("Personne encore. Ajoutez les collègues et partenaires que vous nommez dans les dossiers."),
    key=lambda row: row.shown.record.id,
)  # fmt: skip
STRUCTURES = ListSpec(
    name="structures", title=N_("Structures"), shape="task",
    line=lambda row: Line(row.name, middle=row.function, badge=row.structure),
    spoken=lambda row: ", ".join(part for part in (row.name, row.function) if part),
    empty=N_("Aucune structure encore."),
    key=lambda row: row.shown.record.id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Editing:
    """One form under way."""

    kind: Kind
    form: Form[Any]
    draft: Draft


class TeamPanel(SettingsPanel):
    def build(self) -> None:
        self._editing: Editing | None = None
        self._kept = False
        self._people, self._structures = ListView(PEOPLE, fits=True), ListView(STRUCTURES, fits=True)
        self._people.activated.connect(lambda row: self._edit(PROFESSIONAL, row.shown))
        self._structures.activated.connect(lambda row: self._edit(STRUCTURE, row.shown))
        mine = Button(_("Ma structure"), self._edit_mine, icon="building-2")
        add_one = Button(_("Ajouter un professionnel"), lambda: self._new(PROFESSIONAL), icon="user-plus")
        add_place = Button(_("Ajouter une structure"), lambda: self._new(STRUCTURE), icon="plus")
        self._lists = column(
            Flow(mine, add_one, add_place),
            Card(SectionTitle(_("Professionnels")), self._people),
            Card(SectionTitle(_("Structures")), self._structures),
            gap=12,
        )  # fmt: skip
        self._place = Card(gap=12)
        self._place.hide()
        self.lines.addWidget(self._lists)
        self.lines.addWidget(self._place)

    def open(self, draft: bytes | None) -> None:
        self.refresh()
        if draft is not None:
            self.room.tasks.ask(self, lambda desk: team.reopened(desk, draft), self._reopen, about="draft")

    def refresh(self) -> None:
        self.room.tasks.ask(self, team.rows, self._show, about="team")

    def draft(self) -> bytes | None:
        return self._editing.draft.id if self._editing is not None and self._kept else None

    def save(self) -> None:
        if self._editing is not None:
            self._editing.form.save_now()

    def _show(self, found: tuple[Sequence[team.TeamRow], Sequence[team.TeamRow]]) -> None:
        self._people.show_rows(list(found[0]))
        self._structures.show_rows(list(found[1]))

    def _edit_mine(self) -> None:
        self.room.tasks.ask(self, lambda desk: records.get(desk, "structure", desk.structure.id),
                            lambda shown: self._edit(STRUCTURE, shown), about="mine")  # fmt: skip

    def _new(self, kind: Kind) -> None:
        self.room.tasks.ask(self, lambda desk: (desk.chance.id(), desk.structure.id),
                            lambda ids: self._edit(kind, _fresh(kind, *ids)), about="new")  # fmt: skip

    def _reopen(self, found: tuple[Draft, Any] | None) -> None:
        if found is None:
            return
        draft, start = found
        kind = STRUCTURE if draft.kind == STRUCTURE.name else PROFESSIONAL
        if start is None and draft.record is not None:
            start = _fresh(kind, draft.record, b"")
        self._kept = True
        self._edit(kind, start, draft)

    def _edit(self, kind: Kind, start: Any, draft: Draft | None = None) -> None:
        if draft is None:
            then = partial(self._edit, kind, start)
            self.room.tasks.ask(self, lambda desk: _blank(desk, kind, start), then, about="blank")
            return
        sections = ABOUT_STRUCTURE if kind is STRUCTURE else ABOUT_PROFESSIONAL
        form: Form[Any] = Form(kind, sections, start, self.room.sources, draft=draft if self._kept else None)
        self._editing = Editing(kind, form, draft)
        form.to_save.connect(self._keep)
        self._state = Words("", Type.SECOND, "muted")
        self._clear()
        self._place.add(SectionTitle(_(kind.label)))
        self._place.add(form)
        self._place.add(Flow(Button(_("Enregistrer"), self._write, look_="filled", icon="check"),
                             Button(_("Fermer, garder le brouillon"), self._close),
                             Button(_("Jeter la saisie"), self._discard, look_="link")))  # fmt: skip
        self._place.add(self._state)
        self._lists.hide()
        self._place.show()
        if not draft.focus:
            next(iter(form.editors.values())).widget.setFocus()

    def _keep(self) -> None:
        if self._editing is None or not self._editing.form.dirty():
            return
        draft = self._editing.form.draft_of(self._editing.draft)
        self._editing = Editing(self._editing.kind, self._editing.form, draft)
        self._kept = True

        def keep(desk: Desk) -> None:
            work.keep(desk, draft)
            work.opened(desk, draft.id)

        self.room.tasks.do(keep, then=lambda _done: self._say_kept(), owner=self)

    def _say_kept(self) -> None:
        self._state.say(_("Brouillon gardé sur ce poste."))

    def _write(self) -> None:
        editing = self._editing
        record = editing.form.check() if editing is not None else None
        if editing is None or record is None:
            return
        kind, shown, draft = editing.kind.name, editing.form.shown, editing.draft.id
        editing.form.to_save.disconnect(self._keep)

        def deed(desk: Desk) -> Any:
            return records.save(desk, kind, record, shown, draft=draft)

        self.room.tasks.do(deed, then=self._written)

    def _written(self, touched: Any) -> None:
        self._closed()
        self.room.notices.said(_("Enregistré."), touched.deed if touched is not None and touched.undoable else b"")

    def _close(self) -> None:
        self.save()
        self._closed()

    def _discard(self) -> None:
        editing = self._editing
        if editing is not None:
            editing.form.to_save.disconnect(self._keep)
            draft = editing.draft.id
            self.room.tasks.do(lambda desk: work.discard(desk, draft))
        self._closed()

    def _closed(self) -> None:
        self._editing, self._kept = None, False
        self._clear()
        self._place.hide()
        self._lists.show()
        self.refresh()

    def _clear(self) -> None:
        while (item := self._place.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def _fresh(kind: Kind, new: bytes, structure: bytes) -> Any:
    return Structure(id=new, name="") if kind is STRUCTURE else Professional(id=new, structure=structure)


def _blank(desk: Desk, kind: Kind, start: Any) -> Draft:
    record = start.record if isinstance(start, Shown) else start
    circle = start.circle if isinstance(start, Shown) else None
    bases = start.bases if isinstance(start, Shown) else Bases()
    return Draft(id=desk.chance.id(), form=FORM, kind=kind.name, record=record.id, circle=circle, bases=bases)
