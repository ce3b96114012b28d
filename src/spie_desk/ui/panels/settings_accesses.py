"""« Journal des accès » : opened with the kit's code, read by line, narrowed to one person, exported for the DPO."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from spie_desk.domain.accesses import DEEDS, PURGED, AccessRegister
from spie_desk.domain.errors import DeskError, N_
from spie_desk.services import accesses
from spie_desk.services.accesses import AccessRow
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.models.leaving import as_wish
from spie_desk.ui.models.rows import Column, Line, ListSpec
from spie_desk.ui.panels.settings_panel import SettingsPanel, asked
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

NAMED = 3
SHEETS = {
    "fiche-personne": N_("Fiche de la personne"), "note": N_("Note"), "rendez-vous": N_("Papier d’un rendez-vous"),
    "semaine": N_("Semaine de rendez-vous"), "ordre-du-jour": N_("Ordre du jour d’une revue"),
    "compte-rendu-situation": N_("Compte rendu d’une situation"),
    "papiers-a-apporter": N_("Papiers à apporter"),
}  # fmt: skip


def when(row: AccessRow) -> str:
    return f"{row.at:%d/%m/%Y}\u00a0{row.at:%H:%M}"


def about(row: AccessRow) -> str:
    """A few names, then how many more; people whose file is no longer here are counted."""
    known = [name for name in row.names if name]
    away = len(row.names) - len(known)
    gone = n_("{n} dossier absent", "{n} dossiers absents", away) if away else ""
    more = n_("et {n} autre", "et {n} autres", len(known) - NAMED) if len(known) > NAMED else ""
    return ", ".join(part for part in (*known[:NAMED], more, gone) if part)


def everyone(row: AccessRow) -> str:
    """Every name: what the data-protection officer is given."""
    return ", ".join(name or _("dossier absent") for name in row.names)


def what(row: AccessRow) -> str:
    """The list, the field or the sheet; sheets are kept under their file's name."""
    name = row.what.rstrip("0123456789").rstrip("-")
    return _(SHEETS.get(name, row.what)) if row.what else ""


def reason(row: AccessRow) -> str:
    return _(row.reason) if row.reason else ""


def deed(row: AccessRow) -> str:
    return _(DEEDS.get(row.deed, row.deed))


def count(row: AccessRow) -> str:
    return str(row.rows) if row.rows and row.deed != PURGED else ""


def spoken(row: AccessRow) -> str:
    lines = n_("{n} ligne", "{n} lignes", row.rows) if count(row) else ""
    return ", ".join(
        part for part in (when(row), row.who, deed(row), about(row), what(row), reason(row), lines) if part
    )


def line(row: AccessRow) -> Line:
    more = (when(row), row.who, what(row), reason(row))
    return Line(" · ".join(part for part in (deed(row), about(row)) if part),
                second=" · ".join(part for part in more if part), badge=count(row))  # fmt: skip


EMPTY = N_("Aucune ligne pour ce choix.")
LINES = ListSpec(
    name="accesses", title=N_("Journal des accès"),
    columns=(
        Column("at", N_("Quand"), width=138, say=when), Column("who", N_("Qui"), width=130),
        Column("deed", N_("Acte"), width=176, say=deed), Column("people", N_("À propos de"), stretch=True, say=about),
        Column("what", N_("Quoi"), width=150, say=what), Column("reason", N_("Motif"), stretch=True, say=reason),
        Column("rows", N_("Lignes"), width=64, say=count, right=True),
    ),
    spoken=spoken, empty=EMPTY, key=lambda row: row.n,
)  # fmt: skip
TALL = ListSpec(name="accesses", title=N_("Journal des accès"), shape="person", line=line, spoken=spoken, empty=EMPTY,
                key=lambda row: row.n)  # fmt: skip
WHOLE = replace(LINES, columns=tuple(
    replace(one, say=everyone) if one.name == "people" else one for one in LINES.columns
))  # fmt: skip
"""What leaves for the officer: every name."""


class AccessesPanel(SettingsPanel):
    """Shut until the kit's code is typed; what was read goes with the page."""

    def build(self) -> None:
        card = self.card(_("Journal des accès"), _(
            "Dossiers ouverts, adresses affichées, impressions et exports, gardés douze mois. Chaque ligne est "
            "chiffrée pour le kit de secours\u00a0: sans lui, ni vous ni personne ne peut la lire. Une ligne retirée "
            "ou modifiée se voit."), "shield-check")  # fmt: skip
        card.add(Words(_("Ce journal répond à la personne et au délégué à la protection des données. "
                         "Il ne sert jamais à mesurer le travail de quelqu’un."), Type.TEXT, weight=500))  # fmt: skip
        self._code = named(LineField(_("Les huit groupes du kit")), "kit-code")
        self._code.returnPressed.connect(self._open)
        self._wrong = named(Words("", Type.SECOND, "danger", weight=500), "kit-wrong")
        self._wrong.hide()
        self._go = Button(_("Ouvrir le journal"), self._open, look_="filled", icon="lock-open")
        self._shut = Card(asked(self._code, _("Code du kit de secours")), self._wrong, Flow(self._go), sort="panel",
                          gap=8, padding=0)  # fmt: skip
        card.add(self._shut)
        self._rows: Sequence[AccessRow] = ()
        self._opened = Card(sort="panel", gap=10, padding=0)
        self._warned = named(Words("", Type.TEXT, "danger", weight=500), "register-warned")
        self._whom = named(Choice([], empty=_("Toutes les personnes")), "register-person")
        self._whom.chosen.connect(self._narrow)
        self._list = ListView(TALL if look().narrow else LINES, fits=True)
        self._list.whole = lambda: as_wish(WHOLE, self._list.rows())
        self._fill_opened()
        card.add(self._opened)

    def _fill_opened(self) -> None:
        export = Button(_("Exporter pour le délégué…"), self.room.export, icon="file-down")
        for widget in (self._warned, asked(self._whom, _("Personne")), Flow(export), self._list):
            self._opened.add(widget)
        self._opened.hide()
        self._warned.hide()

    def open(self, draft: bytes | None) -> None:
        if self.home.keeper.kit_made_at() is None:
            self._say_wrong(_("Ce profil n’a pas encore de kit de secours. Faites-le dans «\u00a0Mon profil\u00a0». "
                              "Les lignes déjà écrites se liront avec lui."))  # fmt: skip
            self._go.lacks(_("le kit de secours"))

    def first_focus(self) -> QWidget:
        return self._code

    def _open(self) -> None:
        code, keeper = self._code.text(), self.home.keeper
        if keeper.kit_made_at() is not None:
            self._go.setEnabled(False)
            self.room.tasks.work(lambda: keeper.read_accesses(code), self._name, owner=self, failed=self._failed)

    def _name(self, register: AccessRegister) -> None:
        self.room.tasks.ask(self, lambda desk: accesses.named(desk, register.lines),
                            lambda rows: self._show(register, rows), about="names")  # fmt: skip

    def _show(self, register: AccessRegister, rows: Sequence[AccessRow]) -> None:
        self._rows = rows
        self._code.clear()
        self._shut.hide()
        self._warned.say(warning(register))
        self._warned.setVisible(bool(warning(register)))
        people = sorted({pair for row in rows for pair in zip(row.names, row.people, strict=True) if pair[0]})
        for name, one in people:
            self._whom.addItem(name, one.hex())
        self._opened.show()
        self._narrow()
        self._list.setFocus()

    def _narrow(self) -> None:
        wanted = bytes.fromhex(self._whom.code())
        self._list.show_rows([row for row in self._rows if not wanted or wanted in row.people])

    def _failed(self, error: BaseException) -> None:
        self._go.setEnabled(True)
        if isinstance(error, DeskError):
            self._say_wrong(sentence(error))
            self._code.setFocus()
        else:
            self.room.tasks.tell_failure(error)

    def _say_wrong(self, text: str) -> None:
        self._wrong.say(text)
        self._wrong.show()


def warning(register: AccessRegister) -> str:
    """What does not fit, in a sentence each."""
    found = []
    if register.missing:
        found.append(n_("{n} ligne manque à ce journal sans avoir douze mois.",
                        "{n} lignes manquent à ce journal sans avoir douze mois.", register.missing))  # fmt: skip
    if register.altered_from:
        found.append(_("Ce journal a été modifié à partir de la ligne {n}\u00a0: prévenez le délégué à la protection "
                       "des données.").format(n=register.altered_from))  # fmt: skip
    if register.of_former_kit:
        former = register.of_former_kit
        found.append(n_("{n} ligne ne se lit qu’avec un kit d’avant celui-ci.",
                        "{n} lignes ne se lisent qu’avec un kit d’avant celui-ci.", former))  # fmt: skip
    return " ".join(found)
