"""Import: what the file would change on people already here, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.import_plan import ImportPlan, Outcome, RowPlan
from spie_desk.texts import _, n_
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.panels.import_words import change_words, name_of_row
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, row, rule, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

FEW, MOST, MOST_CHANGES = 3, 500, 2


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of one person."""

    line: int
    name: str
    field: str
    old: str
    new: str


def _spoken(row: ChangeRow) -> str:
    old = row.old or _("vide")
    return _("Ligne {line}, {name}, {field}\u00a0: {old}, devient {new}").format(
        line=row.line, name=row.name, field=row.field, old=old, new=row.new
    )


ALL = ListSpec(
    "updates", spoken=_spoken, empty=N_("Rien à mettre à jour."), title=N_("À mettre à jour"),
    columns=(Column("line", N_("Ligne"), width=62, say=lambda row: str(row.line)),
             Column("name", N_("Personne"), width=190),
             Column("field", N_("Champ"), width=190), Column("old", N_("Sur ce poste"), stretch=True),
             Column("new", N_("Dans le fichier"), stretch=True)),
    key=lambda row: (row.line, row.field),
)  # fmt: skip


def changed_rows(plan: ImportPlan) -> list[RowPlan]:
    """The rows that change something on someone already here."""
    return [one for one in plan.rows if one.outcome is Outcome.UPDATE and one.chosen and one.chosen.changes]


def change_rows(plan: ImportPlan, sources: Sources) -> Iterator[ChangeRow]:
    """Every field that would change, in the order of the file."""
    for one in changed_rows(plan):
        for change in one.chosen.changes if one.chosen else ():
            if not change.typed or TAKEN in one.answer:
                yield ChangeRow(one.line, name_of_row(one), *change_words(change, sources))


TAKEN = "take"


class UpdatesCard(Card):
    """The first updates, old struck out and new in bold; « Tout voir » opens the whole list."""

    def __init__(self, sources: Sources) -> None:
        super().__init__(gap=8, padding=12)
        self._sources = sources
        self._plan: ImportPlan | None = None
        self.all = Button(_("Tout voir"), self._open, look_="link")
        self._title = SectionTitle(_("À mettre à jour"), end=self.all)
        self._body = Box(upright=True, gap=8)
        self.add(self._title)
        self.add(self._body)
        self.add(None)

    def show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        while (item := self._body.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = changed_rows(plan)
        shown = found[:FEW]
        told = _("{few} sur {total}").format(few=len(shown), total=len(found)) if len(found) > FEW else ""
        same = n_("{n} sans changement", "{n} sans changement", plan.unchanged) if plan.unchanged else ""
        self._title.say_count(" · ".join(part for part in (told, same) if part))
        self.all.setVisible(bool(found))
        for at, one in enumerate(shown):
            if at:
                self._body.add(rule())
            self._body.add(self._entry(one))
        if not shown:
            self._body.add(Words(_("Rien à mettre à jour."), Type.TEXT, "muted"))

    def _entry(self, one: RowPlan) -> QWidget:
        entry = Box(Words(name_of_row(one), Type.TEXT, weight=600), upright=True, gap=2)
        changes = one.chosen.changes if one.chosen else ()
        for change in changes[:MOST_CHANGES]:
            field, old, new = change_words(change, self._sources)
            entry.add(Changed(field, old, new))
        if len(changes) > MOST_CHANGES:
            more = n_("et {n} autre champ", "et {n} autres champs", len(changes) - MOST_CHANGES)
            entry.add(Words(more, Type.SECOND, "muted"))
        return entry

    def _open(self) -> None:
        if self._plan is not None:
            AllUpdates(list(change_rows(self._plan, self._sources)), self.window()).open()


class Changed(Flow):
    """« Téléphone : ancien → nouveau »; the words are said whole to a screen reader."""

    def __init__(self, field: str, old: str, new: str) -> None:
        self._old = Words(_short(old), Type.SECOND, "muted")
        self._new = Words(_short(new), Type.SECOND, weight=600)
        label = Words(_("{field}\u00a0:").format(field=field), Type.SECOND, "muted")
        before = [self._old, Icon("arrow-right", "muted", 14)] if old else [Icon("plus", "ok", 14)]
        parts = [label, *before, self._new]
        for part in (label, self._old, self._new):
            part.setWordWrap(False)
        if not old:
            self._old.hide()
        super().__init__(*parts, gap=5)
        self._new.setAccessibleName(_("{old}, devient {new}").format(old=old or _("vide"), new=new))

    def wear(self, now: Look) -> None:
        super().wear(now)
        font = now.font(Type.SECOND)
        font.setStrikeOut(True)
        self._old.setFont(font)


def _short(text: str) -> str:
    return text if len(text) <= 34 else f"{text[:33]}…"


class AllUpdates(QDialog):
    """Every field that would change, as a table."""

    def __init__(self, rows: list[ChangeRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("À mettre à jour"))
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(Words(n_("{n} champ changé", "{n} champs changés", len(rows)), Type.SECTION))
        found = ListView(ALL)
        found.show_rows(rows[:MOST], total=len(rows), more=lambda offset: found.add_rows(offset, rows[offset:][:MOST]))
        self._lines.addWidget(found, 1)
        self._lines.addWidget(row(None, Button(_("Fermer"), self.accept)))
        self.finished.connect(lambda _result: self.deleteLater())
        now = look()
        space(self._lines, now, 12, (20, 20, 20, 20))
        self.resize(min(now.px(980), parent.width() - 60), min(now.px(560), parent.height() - 60))
        found.setFocus()
