"""« Historique »: every value of each register, by whom and when; a false one can be erased for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.services import past
from spie_desk.services.past import Past
from spie_desk.texts import _
from spie_desk.ui.models.leaving import ListWish, as_wish
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.panels.file_reveal import log_reveal
from spie_desk.ui.panels.file_words import FileShown
from spie_desk.ui.panels.hands import Hands, Question
from spie_desk.ui.panels.values_said import said_value
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

DEEDS = {"typed": N_("saisi"), "imported": N_("importé"), "settled": N_("départagé"), "undone": N_("annulé"),
         "signed": N_("signé"), "moved": N_("déplacé"), "training": N_("exemple")}  # fmt: skip


class FileHistory(QWidget):
    """A table over all registers of the file; one may be chosen."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self._shown: FileShown | None = None
        self._found: Sequence[Past] = ()
        self._open = False
        self._which = Choice([], empty=_("Tout le dossier"))
        self._which.setAccessibleName(_("De quoi voir l’historique"))
        self._which.chosen.connect(self._again)
        self._reveal = Button(_("Afficher l’adresse"), self._turn, look_="small", icon="eye")
        spec = ListSpec(
            "file-history", spoken=self._spoken, empty=N_("Rien encore."), title=N_("Historique"),
            columns=(
                Column("label", N_("Quoi"), width=170, say=self._what),
                Column("value", N_("Valeur"), stretch=True, say=self._value, ink=self._ink),
                Column("who", N_("Par"), width=130, say=self._who),
                Column("when", N_("Quand"), width=190, say=self._when),
            ),
            key=lambda one: (one.record, one.register, one.version.dot),
        )  # fmt: skip
        self.list = ListView(spec)
        self.list.whole = lambda: self._masked(spec)
        self.list.current_changed.connect(lambda _row: self._say())
        self._whole = Words("", Type.SECOND)
        self._erase = Button(_("Effacer cette valeur…"), self._ask, look_="danger", icon="eraser")
        self._lines = QVBoxLayout(self)
        self._lines.addWidget(Flow(self._which, self._reveal))
        self._lines.addWidget(self.list, 1)
        self._detail = Card(self._whole, Flow(self._erase), sort="sunken", padding=10)
        self._lines.addWidget(self._detail)
        self.wear(look())

    def _masked(self, spec: ListSpec) -> ListWish:
        """What leaves never holds the address, shown or not: it is asked for by name, with the whole file."""
        shown, self._open = self._open, False
        try:
            return as_wish(spec, self.list.rows())
        finally:
            self._open = shown

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)
        self.list.setMinimumHeight(now.px(190))

    def show_file(self, shown: FileShown) -> None:
        if self._shown is None or self._shown.person.id != shown.person.id:
            self._open = False
        self._shown = shown
        person = shown.person.id
        self._hands.query(lambda desk: past.of_file(desk, person), self._show, "past")

    def _show(self, found: Sequence[Past]) -> None:
        self._found = found
        chosen = self._which.code()
        labels = sorted({_(one.label) for one in found if one.label})
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItem(_("Tout le dossier"), "")
        for label in labels:
            self._which.addItem(label, label)
        self._which.choose(chosen if chosen in labels else "")
        self._which.blockSignals(False)
        self._again()

    def _again(self) -> None:
        wanted = self._which.code()
        self.list.show_rows([one for one in self._found if not wanted or _(one.label) == wanted])
        self._reveal.setVisible(any(one.hides_address for one in self._found))
        self._reveal.say(_("Masquer l’adresse") if self._open else _("Afficher l’adresse"))
        self._say()

    def _turn(self) -> None:
        self._open = not self._open
        if self._open and self._shown is not None:
            log_reveal(self._hands.do, self._shown.person.id)
        self._again()

    def _say(self) -> None:
        one = self.list.current()
        self._detail.setVisible(one is not None)
        if one is not None:
            self._whole.say(f"{self._what(one)}\u00a0: {self._value(one)}\n{self._who(one)}, {self._when(one)}")
            self._erase.setVisible(one.may_erase)

    def _ask(self) -> None:
        one = self.list.current()
        if one is None or not one.may_erase:
            return
        now = _("C’est la valeur actuelle\u00a0: le champ restera vide. ") if one.version.is_shown else ""
        text = _("{now}Elle sera effacée partout sur ce poste\u00a0: historique, recherche, brouillons. Une sauvegarde "
                 "reprise l’effacera de nouveau. Il restera qui l’a écrite, qui l’a effacée et quand. Cela ne s’annule "
                 "pas.").format(now=now)  # fmt: skip
        self._hands.ask_first(Question(
            _("Effacer «\u00a0{value}\u00a0»\u00a0?").format(value=self._value(one)), text, _("Effacer cette valeur"),
            lambda: self._hands.do(lambda desk: past.erase_value(desk, one), _("Valeur effacée.")),
            no=_("Ne rien effacer"),
        ))  # fmt: skip

    def _what(self, one: Past) -> str:
        return " · ".join(part for part in (_(one.label), one.title) if part)

    def _value(self, one: Past) -> str:
        if self._shown is None:
            return ""
        if one.version.erased_by is not None:
            gone = one.version.erased_by
            return _("valeur effacée {when} par {who}").format(
                when=self._shown.moment(gone.ms), who=self._shown.who(gone.person))  # fmt: skip
        if one.hides_address and not self._open:
            return _("Adresse à ne pas divulguer")
        return said_value(self._shown, one.kind, one.register, one.version.value)

    def _ink(self, one: Any) -> str:
        if one.version.erased_by is not None:
            return "muted"
        return "text" if one.version.is_shown else "muted"

    def _who(self, one: Past) -> str:
        return self._shown.who(one.version.stamp.person) if self._shown else ""

    def _when(self, one: Past) -> str:
        if self._shown is None:
            return ""
        how = DEEDS.get(one.version.stamp.deed_kind, "")
        when = self._shown.moment(one.version.stamp.ms)
        return f"{when} · {_(how)}" if how and one.version.stamp.deed_kind not in {"typed", "training"} else when

    def _spoken(self, one: Past) -> str:
        now = _("valeur actuelle") if one.version.is_shown and one.version.erased_by is None else _("ancienne valeur")
        return f"{self._what(one)}, {self._value(one)}, {now}, {self._who(one)}, {self._when(one)}"
