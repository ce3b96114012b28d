"""The views over the list of people: built-in, of one's own, the commune, and what can be done with a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.records.view import View
from spie_desk.domain.shown import Shown
from spie_desk.services.views import BUILT_IN, Overview
from spie_desk.texts import _
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Words, named, row, space
from spie_desk.ui.widgets.buttons import Button, FilterPill
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.pick import PickField


class NameLine(Box):
    """A name to type: Return keeps it, Escape leaves it; the focus goes where it was."""

    kept = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=8)
        self._field = named(LineField(_("Nom de la vue")), "view-name", _("Nom de la vue"))
        self._field.returnPressed.connect(self._keep)
        self.add(self._field, 1)
        self.add(Button(_("Garder"), self._keep, look_="filled"))
        self.add(Button(_("Annuler"), self.hide))
        self.hide()

    def open(self, text: str) -> None:
        self._field.setText(text)
        self.show()
        self._field.setFocus()
        self._field.selectAll()

    def _keep(self) -> None:
        if self._field.text().strip():
            self.hide()
            self.kept.emit(self._field.text())
        else:
            self._field.setFocus()


class PeopleViews(QWidget):
    """``chosen`` when the filter changes: ``view()`` says to what; ``kept`` and ``renamed`` carry a name."""

    chosen = Signal()
    kept = Signal(str)
    renamed = Signal(str)
    delete_wished = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._view: View = BUILT_IN["mine"]
        self._shown: Shown[View] | None = None
        self._pills: dict[object, FilterPill] = {}
        self._flow = Flow()
        self._own = Flow()
        self._commune = named(PickField(sources.lookups["commune"], _("Toutes les communes"), icon="map-pin"),
                              "commune", _("Commune"))  # fmt: skip
        self._commune.picked.connect(self._town)
        self._keep = Button(_("Garder cette vue"), self.wish_to_keep, look_="small", icon="bookmark")
        self._rename = Button(_("Renommer"), self.wish_to_rename, look_="small", icon="pencil")
        self._delete = Button(_("Supprimer"), self.delete_wished.emit, look_="small", icon="trash-2")
        self._name = NameLine()
        self._name.kept.connect(self._named)
        self._renaming = False
        self._own_words = Words(_("Mes vues"), Type.LABEL, "muted", wrap=False)
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(self._flow)
        self._lines.addWidget(self._own_words)
        self._lines.addWidget(self._own)
        self._lines.addWidget(row(self._commune, self._keep, self._rename, self._delete, None))
        self._lines.addWidget(self._name)
        for code, view in BUILT_IN.items():
            self._pill(self._flow, code, _(view.name), lambda view=view: self._choose(view, None))  # type: ignore[misc]
        self._mark()
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)
        self._commune.setMinimumWidth(now.px(230))

    def view(self) -> View:
        """The filter in force."""
        return self._view

    def shown(self) -> Shown[View] | None:
        """The saved view in force, if it is one."""
        return self._shown

    def open(self, code: str) -> None:
        """Choose a built-in view by its code."""
        if code in BUILT_IN:
            self._choose(BUILT_IN[code], None)

    def show_overview(self, found: Overview) -> None:
        """The counts, and one's own views as they are now."""
        for one in found.built_in:
            self._pills[one.code].show_count(one.count)
        focused = next((key for key, pill in self._pills.items() if pill.hasFocus()), None)
        for key in [key for key in self._pills if isinstance(key, bytes)]:
            del self._pills[key]
        self._own.clear()
        for own in found.own:
            if (shown := own.shown) is not None:
                pill = self._pill(self._own, shown.record.id, own.name, self._chooser(shown))
                pill.show_count(own.count)
                if self._shown is not None and self._shown.record.id == shown.record.id:
                    self._shown = shown
        if self._shown is not None and self._shown.record.id not in self._pills:
            self._shown = None
        if focused in self._pills:
            self._pills[focused].setFocus()
        self._own_words.setVisible(bool(found.own))
        self._own.setVisible(bool(found.own))
        self._mark()

    def show_town(self, name: str) -> None:
        if not self._commune.hasFocus():
            self._commune.setText(name)

    def wish_to_keep(self) -> None:
        self._renaming = False
        self._name.open("")

    def wish_to_rename(self) -> None:
        if self._shown is not None:
            self._renaming = True
            self._name.open(self._shown.record.name)

    def _chooser(self, shown: Shown[View]) -> Callable[[], None]:
        return lambda: self._choose(shown.record, shown)

    def _pill(self, flow: Flow, key: object, text: str, slot: Callable[[], None]) -> FilterPill:
        pill = self._pills[key] = FilterPill(text, slot)
        flow.add(pill)
        pill.show()
        return pill

    def _choose(self, view: View, shown: Shown[View] | None) -> None:
        self._view, self._shown = view, shown
        self._mark()
        self.chosen.emit()

    def _town(self) -> None:
        code = str(self._commune.implied.get("town_code") or "")
        if code or not self._commune.text().strip():
            self._choose(replace(self._view, town_code=code), None)

    def _mark(self) -> None:
        """The pill in force; a filter that is no view yet can be kept as one."""
        plain = replace(self._view, town_code="")
        for key, pill in self._pills.items():
            mine = self._shown is not None and key == self._shown.record.id
            pill.setChecked(mine or (self._shown is None and isinstance(key, str) and BUILT_IN[key] == plain))
        self._rename.setVisible(self._shown is not None)
        self._delete.setVisible(self._shown is not None)

    def _named(self, name: str) -> None:
        (self.renamed if self._renaming else self.kept).emit(name)
