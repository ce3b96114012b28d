"""Everyone whose file is here: found as one types, narrowed by views, opened by Return."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.view import View
from spie_desk.services import records, views
from spie_desk.services.desk import Desk
from spie_desk.services.people import wanted_by
from spie_desk.texts import _, n_
from spie_desk.ui.page import Page
from spie_desk.ui.panels.attempt_menu import AttemptMenu
from spie_desk.ui.panels.people_list import PeopleList
from spie_desk.ui.panels.people_rows import side_spec, wide_spec
from spie_desk.ui.panels.people_views import PeopleViews
from spie_desk.ui.theme import look
from spie_desk.ui.widgets.basics import Card
from spie_desk.ui.widgets.buttons import Button


class PeoplePage(Page):
    """The list of people over the whole width; the same list stands beside an open file."""

    title, touches = N_("Personnes"), ("person", "same_as", "view", "note", "membership", "action", "phone")

    def build(self) -> None:
        spec = (side_spec if look().narrow else wide_spec)(self.room.today)
        self._views = self.add(PeopleViews(self.room.sources))
        self._people = PeopleList(self.room, spec)
        card = self.add(Card(gap=10, padding=12), 1)
        card.add(self._people, 1)
        self._views.chosen.connect(self._show_view)
        self._views.kept.connect(self._keep)
        self._views.renamed.connect(self._rename)
        self._views.delete_wished.connect(self._delete)
        self._people.opened.connect(lambda person: self.go("file", person=person))
        self._people.counted.connect(self._count)
        self._tries = AttemptMenu(self)
        self._first: bytes = b""
        self.at_end(Button(_("Exporter…"), self.room.export, icon="file-down", tip=_("Ctrl Maj E")))
        self.at_end(Button(_("Importer"), lambda: self.go("import"), icon="file-up"))
        self.at_end(Button(_("Nouvelle personne"), self._new, look_="filled", icon="user-plus"))
        self.act(_("Nouvelle personne"), "Ctrl+N", self._new, icon="user-plus")
        self.act(_("Chercher une personne"), "Ctrl+F", self._people.search.setFocus, icon="search")
        self.act(_("Appelé, sans réponse…"), "Ctrl+T", self._note_attempt, icon="phone-missed")
        self.act(_("Même personne\u00a0: choisir deux dossiers"), "Ctrl+Shift+U", self._same, icon="link")
        self.act(_("Garder cette vue"), "Ctrl+Shift+G", self._views.wish_to_keep, icon="bookmark")
        self.act(_("Renommer la vue"), "F2", self._views.wish_to_rename, icon="pencil")
        self.act(_("Supprimer la vue"), "Ctrl+Shift+Del", self._delete, icon="trash-2")
        for at, code in enumerate(views.BUILT_IN, 1):
            self.act(_("Personnes\u00a0: {view}").format(view=_(views.BUILT_IN[code].name)), f"Alt+{at}",
                     lambda code=code: self._views.open(code))  # type: ignore[misc]  # fmt: skip

    def arrive(self, **route: Any) -> None:
        self._views.open(route.get("view") or "mine")

    def first_focus(self) -> QWidget:
        return self._people.search

    def ask(self, desk: Desk) -> views.Overview:
        return views.overview(desk)

    def show_answer(self, found: views.Overview) -> None:
        self._views.show_overview(found)

    def _show_view(self) -> None:
        view = self._views.view()
        self._people.view_name = view.name

        def read(desk: Desk) -> tuple[PersonFilter, str]:
            return wanted_by(desk, view), views.town_name(desk, view.town_code)

        self.query(read, self._show_filter, "view")

    def _show_filter(self, found: tuple[PersonFilter, str]) -> None:
        wanted, town = found
        self._views.show_town(town)
        self._people.show_filter(wanted)

    def _count(self, total: int) -> None:
        said = n_("{n} personne dans cette liste", "{n} personnes dans cette liste", total)
        self.retitle(_("Personnes"), said)
        self.announce(said)

    def _present(self) -> View:
        """The filter as it stands, with what is typed in the search."""
        view = self._views.view()
        typed = self._people.search.text().strip()
        return replace(view, words=" ".join(part for part in (view.words, typed) if part))

    def _keep(self, name: str) -> None:
        view = self._present()
        self.do(lambda desk: views.keep(desk, view, name), _("Vue gardée."), then=self._people.search.setFocus)

    def _rename(self, name: str) -> None:
        if (shown := self._views.shown()) is not None:
            self.do(lambda desk: views.rename(desk, shown, name), _("Vue renommée."))

    def _delete(self) -> None:
        if (shown := self._views.shown()) is not None:
            self._views.open("mine")
            self.do(lambda desk: records.withdraw(desk, shown, shown.record.name), _("Vue supprimée."))

    def _note_attempt(self) -> None:
        """About the current line: calling down the list of the silent leaves it nowhere."""
        if (row := self._people.current()) is not None:
            self._tries.open(row.id)

    def _same(self) -> None:
        """Once on each of two lines: the first is remembered until the second, or until one leaves the page."""
        row = self._people.current()
        if row is None:
            return
        if self._first in {b"", row.id}:
            self._first = row.id
            said = _("Premier dossier\u00a0: {name}. Allez sur l’autre et refaites Ctrl Maj U.")
            self.room.notices.inform(said.format(name=row.name))
        else:
            first, self._first = self._first, b""
            self.go("same-person", person=first, other=row.id)

    def _new(self) -> None:
        self.go("person-new")
