"""The numbers to call in an emergency: shown without a network, and nothing is sent to anybody."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.emergency import emergency
from spie_desk.ui.page import Page
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, Icon, SectionTitle, Words, row
from spie_desk.ui.widgets.buttons import Button


class _Number(Box):
    """One number, large, and what it is for; read as one sentence."""

    def __init__(self, number: str, what: str) -> None:
        super().__init__(gap=12)
        self._number = Words(number, Type.NUMBER, tabular=True)
        self.add(self._number)
        self.add(Words(what), 1)
        self.wear(look())
        self.setAccessibleName(f"{number}, {what}")

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_number"):
            self._number.setFixedWidth(now.px(74))


class UrgencePage(Page):
    """F8 from anywhere, and one is there; Alt+Left comes back to what one was writing."""

    title = N_("Urgence")

    def build(self) -> None:
        told = emergency()
        self._back = self.at_end(Button(_("Revenir"), self.back, icon="arrow-left"))
        warning = Words(_("Ce logiciel ne prévient personne à votre place."), Type.SECTION, "danger")
        under = Words(_("Rien n’est envoyé, rien n’est enregistré quand vous ouvrez cette page."), Type.TEXT, "danger")
        head = Card(sort="danger", gap=4, padding=16)
        head.add(row(Icon("siren", "danger", 22), warning))
        head.lines.addWidget(under)
        self.add(head)
        # after the numbers in the order of reading, before them on screen: one key opens it
        self.at_end(Button(_("Écrire une information préoccupante…"), self._write, icon="shield-alert"))
        self.act(_("Écrire une information préoccupante"), "Ctrl+Shift+I", self._write, icon="shield-alert")
        groups = told["groups"]
        for group in groups:
            self.add(self._group(group, first=group is groups[0]))
        checked = _("Numéros recopiés le {day}. Vérifiez-les une fois par an\u00a0: un numéro peut changer.")
        self.add(Words(checked.format(day=_day(told["written_on"])), Type.SECOND, "muted"))
        self.fill()

    def first_focus(self) -> QWidget | None:
        return self._back

    def _write(self) -> None:
        self.go("concern")

    @staticmethod
    def _group(group: dict[str, Any], *, first: bool) -> Card:
        title = group["title"]
        card = Card(SectionTitle(_(title), ink="danger" if first else "text"), gap=8, padding=14)
        for one in group["numbers"]:
            what = one["what"]
            card.add(_Number(one["number"], _(what)))
        return card


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"
