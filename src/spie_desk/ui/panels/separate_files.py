"""« Séparer les deux dossiers »: everything goes back where it was written; what came since may go to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.services import merging
from spie_desk.services.merging import Since
from spie_desk.services.one_file import Merged
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown, full_day
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.panels.merged_words import file_said
from spie_desk.ui.theme import Look, Type
from spie_desk.ui.widgets.basics import Card, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Goes:
    """Something written since, and whether it goes to the other file."""

    one: Since
    on: bool


class SeparateFiles(FileAside):
    """Nothing is ticked at first: what was written stays where it was written."""

    def __init__(self, hands: Hands, shown: FileShown, merged: Merged) -> None:
        super().__init__()
        self._hands, self._shown, self._merged = hands, shown, merged
        self._found: Sequence[Since] = ()
        self._chosen: set[str] = set()
        others = [(one.record.id.hex(), f"{one.record.name}, {file_said(one.record)}") for one in merged.files[1:]]
        self._which = named(Choice(others, empty=None), "which-file", _("Dossier à séparer"))
        self._which.setVisible(len(others) > 1)
        self._which.currentIndexChanged.connect(lambda _at: self._again())
        self.list = ListView(ListSpec(
            "since", title=N_("Écrit depuis que les dossiers sont réunis"), leaves=False, shape="task", line=self._line,
            spoken=self._spoken, empty=N_("Rien n’a été écrit depuis. Tout revient comme avant."),
            key=lambda one: one.one.line.key,
        ))  # fmt: skip
        self.list.ticked.connect(self._turn)
        self.list.activated.connect(self._turn)
        self._go_button = Button(_("Séparer les deux dossiers"), self._go, look_="filled", icon="link-2-off")
        self._go_button.setObjectName("separate-now")
        self._moves = Words("", Type.SECOND, "warn")
        card = Card(Words(_("Séparer les deux dossiers"), Type.SECTION),
                    Words(_("Chaque dossier reprend ce qui y était écrit, son nom et son numéro. Cochez ce qui, écrit "
                            "depuis, va dans l’autre dossier\u00a0; le reste ne bouge pas.")),
                    self._which, self.list, self._moves, gap=10)  # fmt: skip
        card.add(Flow(self._go_button, Button(_("Laisser réunis"), self.closed.emit)))
        self.hold(card)
        person = shown.file.person.record.id
        hands.query(lambda desk: merging.since(desk, person), self._show, "since")
        self._again()

    def wear(self, now: Look) -> None:
        super().wear(now)
        self.list.setMinimumHeight(now.px(190))

    def start(self) -> None:
        self.list.table().setFocus()

    # ---- inside

    def _leaving(self) -> bytes:
        return bytes.fromhex(self._which.code())

    def _to(self, one: Since) -> bytes:
        """The other file: of two, the one it does not stand in."""
        main = self._merged.files[0].record.id
        return main if one.file == self._leaving() else self._leaving()

    def _named(self, file: bytes) -> str:
        return next((file_said(one.record) for one in self._merged.files if one.record.id == file), "")

    def _show(self, found: Sequence[Since]) -> None:
        self._found = found
        self._again()

    def _again(self) -> None:
        self.list.show_rows([Goes(one, one.line.key in self._chosen) for one in self._found])
        count = len(self._chosen)
        self._moves.say(n_("{n} élément change de dossier\u00a0: ses mots seront effacés du premier, et la séparation "
                           "ne s’annulera pas d’un geste.",
                           "{n} éléments changent de dossier\u00a0: leurs mots seront effacés du premier, et la "
                           "séparation ne s’annulera pas d’un geste.", count) if count else "")  # fmt: skip
        self._moves.setVisible(bool(count))

    def _turn(self, one: Goes) -> None:
        self._chosen ^= {one.one.line.key}
        self._again()

    def _line(self, one: Goes) -> Line:
        line = one.one.line
        where = self._named(self._to(one.one) if one.on else one.one.file)
        said = _("va dans le {file}") if one.on else _("reste dans le {file}")
        return Line(" ".join((line.head or _(line.label)).split()), middle=said.format(file=where),
                    badge=full_day(line.on) if line.on else "", ticked=one.on)  # fmt: skip

    def _spoken(self, one: Goes) -> str:
        said = self._line(one)
        return ", ".join(part for part in (_(one.one.line.label), said.title, said.middle, said.badge) if part)

    def _go(self) -> None:
        leaving = self._leaving()
        goes = [(one, self._to(one)) for one in self._found if one.line.key in self._chosen]
        said = _("Dossiers séparés. Chacun a repris ce qui y est écrit.")
        self._hands.do(lambda desk: merging.separate(desk, leaving, goes), said, then=self.closed.emit)
