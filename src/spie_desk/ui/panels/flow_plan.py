"""CAF/MSA flow: what it would change for the people followed, what must be ticked, what was refused or only counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spie_desk.domain.benefit_flow import BadHousehold
from spie_desk.domain.benefit_plan import FlowPlan, FlowUpdate, Option
from spie_desk.domain.errors import N_
from spie_desk.texts import _, n_
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.panels.import_trial import CountCard
from spie_desk.ui.panels.import_updates import AllUpdates, Changed, ChangeRow
from spie_desk.ui.panels.import_words import change_words, said
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Box, Card, SectionTitle, Words, rule
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

FEW, MOST_DOUBTS, _SHORT = 4, 60, 34


def _why(row: BadHousehold) -> str:
    return _(row.why)


BAD = ListSpec(
    "bad-households", title=N_("Foyers refusés"), leaves=False, empty=N_("Aucun foyer refusé."),
    spoken=lambda row: _("Ligne {line}, champ {field}\u00a0: {why}").format(
        line=row.line, field=row.field, why=_why(row)),
    columns=(Column("line", N_("Ligne"), width=110, say=lambda row: f"{row.line:,}".replace(",", "\u202f")),
             Column("field", N_("Champ"), width=200),
             Column("why", N_("Pourquoi"), stretch=True, say=_why)),
    key=lambda row: (row.line, row.field),
)  # fmt: skip


class FlowPlanStep(Box):
    """The dry run. ``answered(person, option)`` when a doubt is ticked, -1 when it is unticked."""

    answered = Signal(object, int)

    def __init__(self, sources: Sources) -> None:
        super().__init__(upright=True, gap=12)
        self._sources = sources
        self._update = CountCard("to-update", "refresh-cw", "info")
        self._doubt = CountCard("in-doubt", "circle-help", "warn")
        self._others = CountCard("others", "eye-off", "ok")
        self._bad = CountCard("refused", "circle-x", "danger")
        self.add(Beside(self._update, self._doubt, self._others, self._bad))
        self._body = Box(upright=True, gap=12)
        self.add(self._body)
        self.add(None)
        self._first: QWidget | None = None

    def show_plan(self, plan: FlowPlan) -> None:
        """Counts, then a card for each thing there is to say."""
        self._first = None
        while (item := self._body.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        same = n_("{n} sans changement", "{n} sans changement", plan.unchanged)
        self._update.say(len(plan.updates), _("à mettre à jour"), same)
        self._doubt.say(len(plan.doubts), _("en doute"), _("à cocher une par une"))
        self._others.say(plan.others, n_("autre", "autres", plan.others), _("non lues, rien n’en est gardé"))
        self._bad.say(plan.bad_count, n_("foyer refusé", "foyers refusés", plan.bad_count), _("les autres continuent"))
        for card in self._cards(plan):
            self._body.add(card)

    def first(self) -> QWidget | None:
        return self._first

    def _cards(self, plan: FlowPlan) -> Iterator[QWidget]:
        if plan.announced is not None and plan.announced != plan.households:
            yield Card(Words(_(
                "Le flux annonce {announced} foyers et en contient {found}\u00a0: il est peut-être incomplet."
            ).format(announced=plan.announced, found=plan.households), Type.TEXT, "warn", weight=500),
                sort="warn", padding=12)  # fmt: skip
        if not plan.updates and not plan.doubts:
            yield Card(Words(_(
                "Ce flux ne change rien pour les personnes accompagnées ici. Vérifiez que leur nom et leur date de"
                " naissance sont écrits comme à la CAF ou à la MSA, ou notez leur numéro d’allocataire."
            ), Type.TEXT), padding=16)  # fmt: skip
        if plan.doubts:
            yield self._doubts(plan)
        if plan.updates:
            yield self._updates(plan)
        if plan.bad:
            found = ListView(BAD, fits=True)
            found.show_rows(plan.bad)
            yield Card(SectionTitle(_("Foyers refusés"), plan.bad_count), found, gap=6, padding=12)

    def _doubts(self, plan: FlowPlan) -> Card:
        card = Card(SectionTitle(_("En doute"), len(plan.doubts)), gap=10, padding=12)
        card.add(Words(_("Cochez seulement ce que vous avez vérifié. Sans réponse, rien ne change."),
                       Type.SECOND, "muted"))  # fmt: skip
        for at, doubt in enumerate(plan.doubts[:MOST_DOUBTS]):
            if at:
                card.add(rule())
            card.add(self._doubt_of(doubt))
        if len(plan.doubts) > MOST_DOUBTS:
            card.add(Words(n_("Et {n} autre, après celles-ci\u00a0: reprenez le même flux.",
                              "Et {n} autres, après celles-ci\u00a0: reprenez le même flux.",
                              len(plan.doubts) - MOST_DOUBTS), Type.SECOND, "muted"))  # fmt: skip
        return card

    def _doubt_of(self, doubt: FlowUpdate) -> QWidget:
        block = Box(Words(_who(doubt), Type.TEXT, weight=600), upright=True, gap=6)
        block.add(Flow(*(Chip(said(one.says, one.parameters), "warn") for one in doubt.reasons)))
        ticks: list[Tick] = []
        for at, option in enumerate(doubt.options):
            words = _("Prendre ce que dit le flux") if doubt.who_is_sure else _said_of(option)
            tick = Tick(words)
            # several doubts say the same: whose is ticked must be heard
            tick.setAccessibleName(f"{_who(doubt)}. {words}")
            tick.toggled.connect(partial(self._ticked, doubt.person, at, ticks))
            ticks.append(tick)
            self._first = self._first or tick
            block.add(tick)
            block.add(self._changes(option))
        return block

    def _ticked(self, person: bytes, at: int, ticks: list[Tick], on: bool) -> None:  # noqa: FBT001 — Qt's signal
        if on:
            for place, other in enumerate(ticks):
                if place != at and other.isChecked():
                    other.blockSignals(True)
                    other.setChecked(False)
                    other.blockSignals(False)
        self.answered.emit(person, at if on else -1)

    def _updates(self, plan: FlowPlan) -> Card:
        rows = list(_rows(plan, self._sources))
        button = Button(_("Tout voir"), lambda: AllUpdates(rows, self.window()).open(), look_="link")
        title = SectionTitle(_("À mettre à jour"), end=button)
        if len(plan.updates) > FEW:
            title.say_count(_("{few} sur {total}").format(few=FEW, total=len(plan.updates)))
        card = Card(title, gap=8, padding=12)
        for at, update in enumerate(plan.updates[:FEW]):
            if at:
                card.add(rule())
            card.add(Box(Words(_who(update), Type.TEXT, weight=600), self._changes(update.options[0]),
                         upright=True, gap=4))  # fmt: skip
        self._first = self._first or button
        return card

    def _changes(self, option: Option) -> QWidget:
        lines = Box(upright=True, gap=2, margins=(0, 0, 0, 2))
        for change in option.changes:
            field, old, new = change_words(change, self._sources)
            if max(len(old), len(new)) <= _SHORT:
                lines.add(Changed(field, old, new or _("vide")))
            else:
                lines.add(Words(_("{field}\u00a0: {old} → {new}").format(
                    field=field, old=old or _("vide"), new=new or _("vide")), Type.SECOND))  # fmt: skip
        return lines


def _who(update: FlowUpdate) -> str:
    """The person as she is known here, told from a homonym."""
    year = f", {update.birth_year}" if update.birth_year else ""
    return f"{update.name}{year} · {update.number}" if update.number else f"{update.name}{year}"


def _said_of(option: Option) -> str:
    name = f"{option.first_name} {option.last_name}".strip()
    if option.born_on is None:
        return _("C’est la même personne que ligne {line} du flux\u00a0: {name}").format(line=option.line, name=name)
    return _("C’est la même personne que ligne {line} du flux\u00a0: {name}, {born}").format(
        line=option.line, name=name, born=f"{option.born_on:%d/%m/%Y}"
    )


def _rows(plan: FlowPlan, sources: Sources) -> Iterator[ChangeRow]:
    for update in plan.updates:
        for change in update.options[0].changes:
            yield ChangeRow(update.options[0].line, update.name, *change_words(change, sources))
