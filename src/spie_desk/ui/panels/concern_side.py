"""Beside an information préoccupante: who to call first, who reads it, those already written; and whose file it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from spie_desk.domain.errors import N_
from spie_desk.domain.records.concern import CONCERN
from spie_desk.services.concerns import Brief, Opening
from spie_desk.texts import _
from spie_desk.ui.emergency import emergency
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_words import full_day
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Icon, SectionTitle, Words, named, row
from spie_desk.ui.widgets.list_view import ListView
from spie_desk.ui.widgets.pick import Lookup, PickField

STATUS = {"written": N_("Écrite, pas encore transmise"), "sent": N_("Transmise"),
          "received": N_("Accusé de réception reçu"), "followed": N_("Suites connues"),
          "closed": N_("Close")}  # fmt: skip


class Alarm(Card):
    """The numbers that come before any writing; they are data."""

    def __init__(self) -> None:
        super().__init__(sort="danger", gap=6, padding=14)
        head = Words(_("Ce logiciel ne prévient personne à votre place."), Type.CARD, "danger")
        line = row(Icon("siren", "danger", 18), head)
        line.lines.setStretchFactor(head, 1)
        self.add(line)
        for group in emergency()["groups"]:
            if group.get("child"):
                numbers = ", ".join(str(one["number"]) for one in group["numbers"])
                title = group["title"]
                said = _("{title}\u00a0: {numbers}").format(title=_(title), numbers=numbers)
                self.add(Words(said, Type.TEXT, weight=600))
        self.add(Words(_("Écrire ici n’envoie rien\u00a0: transmettez vous-même, par la voie prévue dans votre "
                         "département, puis notez à qui et quand."), Type.SECOND))  # fmt: skip


class WhoReadsIt(Card):
    """Named before anything is written."""

    def __init__(self) -> None:
        super().__init__(gap=6, padding=14)
        self._names = Words("", Type.TEXT, weight=600)
        self._lack = Words(_("Aucun chef de service n’est connu de ce poste. Indiquez-le d’abord dans «\u00a0Réglages"
                             "\u00a0»\u00a0: une fois l’information enregistrée, ses lecteurs ne changent plus."),
                           Type.SECOND, "warn")  # fmt: skip
        self._lack.hide()
        self.add(SectionTitle(_("Qui lira ceci"), icon="eye"))
        self.add(self._names)
        self.add(self._lack)
        self.add(Words(_("Elle n’est pas dans le dossier\u00a0: ni fiche, ni chronologie, ni compte rendu, ni foyer, "
                         "ni chiffres, ni export, ni recherche."), Type.SECOND, "muted"))  # fmt: skip

    def show_names(self, opening: Opening) -> None:
        people = [_("{name} (qui l’écrit)").format(name=opening.author),
                  *(f"{name} ({title or _('chef de service')})" for name, title in opening.chiefs)]  # fmt: skip
        self._names.say("\n".join(people))
        self._lack.setVisible(not opening.chiefs)


class Earlier(Card):
    """Those I read already; a line opens one, none shows a word of it."""

    opened = Signal(bytes)

    def __init__(self) -> None:
        super().__init__(gap=6, padding=14)
        self._with_names = False
        self.list = ListView(ListSpec(
            "concerns", title=N_("Déjà écrites"), leaves=False, shape="person", line=self._line, spoken=self._spoken,
            empty=N_("Aucune autre que vous puissiez lire."), key=lambda one: one.id,
        ), fits=True)  # fmt: skip
        self.list.activated.connect(lambda one: self.opened.emit(one.id))
        self.add(SectionTitle(_("Déjà écrites"), icon="shield-alert"))
        self.add(self.list)

    def show_rows(self, rows: Sequence[Brief], *, named: bool) -> None:
        self._with_names = named
        self.list.show_rows(rows)

    def _line(self, one: Brief) -> Line:
        day = full_day(one.noted_on) if one.noted_on else ""
        who = one.person_name if self._with_names else ""
        return Line(", ".join(part for part in (who, day) if part), _(STATUS.get(one.status, one.status)),
                    icon="shield-alert", icon_role="danger")  # fmt: skip

    def _spoken(self, one: Brief) -> str:
        line = self._line(one)
        return f"{line.title}, {line.second}"


class Which(Card):
    """Opened from « Urgence »: whose file is it written from?"""

    picked = Signal(bytes)

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(gap=8)
        self.field = named(PickField(lookup), "whose-file", _("À partir de quel dossier l’écrivez-vous\u00a0?"))
        label = Words(_("À partir de quel dossier l’écrivez-vous\u00a0?"), Type.SECTION)
        label.setBuddy(self.field)
        self.add(label)
        self.add(self.field)
        self.add(Words(_("Le parent ou l’adulte que vous accompagnez. S’il n’a pas de dossier, créez-le d’abord dans "
                         "«\u00a0Personnes\u00a0»."), Type.SECOND, "muted"))  # fmt: skip
        self.field.picked.connect(self._chosen)

    def _chosen(self) -> None:
        if self.field.value():
            self.picked.emit(self.field.value())


def others_said(opening: Opening, choices: Callable[[str], Sequence[tuple[str, str]]]) -> str:
    """What was written beside, without being seen: saving settles it, so it is read first."""
    said = [_("Une autre réponse a été écrite sans voir celle-ci. Reprenez-en ce qu’il faut\u00a0: enregistrer "
              "garde ce que montre le formulaire.")]  # fmt: skip
    for register, values in opening.beside:
        parts = []
        for item in CONCERN.fields_of(register):
            value = values.get(item.name) if isinstance(values, dict) else None
            if value and item.trait.label:
                words: Any = dict(choices(item.trait.choices)).get(value, value) if item.trait.choices else value
                parts.append(_("{label}\u00a0: {value}").format(label=_(item.trait.label), value=words))
        said.append(" · ".join(parts))
    return "\n".join(said)
