"""« Pas le bon dossier » for several things at once: tick them, choose the right person, see who she is, move all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.shown import Touched
from spie_desk.services import moving
from spie_desk.services.copy_lines import DataLine
from spie_desk.services.desk import Desk
from spie_desk.services.moving import Moved
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown, full_day
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.panels.right_file import RightFile
from spie_desk.ui.theme import Look, Type
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line and whether it goes."""

    line: DataLine
    on: bool


class MoveSeveral(FileAside):
    """Nothing is ticked at first; what was moved can be put back in one act while the bar says so."""

    def __init__(self, hands: Hands, shown: FileShown) -> None:
        super().__init__()
        self._hands, self._shown = hands, shown
        self._found: Sequence[DataLine] = ()
        self._chosen: set[str] = set()
        self.list = ListView(ListSpec(
            "to-move", title=N_("À déplacer"), leaves=False, shape="task", line=self._line, spoken=self._spoken,
            empty=N_("Rien à déplacer dans ce dossier."), key=lambda one: one.line.key,
        ))  # fmt: skip
        self.list.ticked.connect(self._turn)
        self.list.activated.connect(self._turn)
        self._right = RightFile(hands, but=shown.person.id, several=True)
        self._right.changed.connect(self._allow)
        self._move = Button(_("Déplacer"), self._go, look_="filled", icon="folder-input")
        why = _("Tout sera entier dans le bon dossier. Ici les mots seront effacés\u00a0: historique, recherche, "
                "brouillons, revues. Il restera qui et quand, pas quoi. Une note part avec ses rectificatifs. Si une "
                "de ces lignes a été imprimée ou exportée, prévenez votre délégué à la protection des "
                "données.")  # fmt: skip
        card = Card(Words(_("Pas le bon dossier"), Type.SECTION),
                    Words(_("De\u00a0: {name}. Cochez ce qui n’est pas à cette personne.").format(
                        name=shown.person.name)), self.list, self._right, Words(why, Type.SECOND, "warn"),
                    gap=10)  # fmt: skip
        card.add(Flow(self._move, Button(_("Ne rien déplacer"), self.closed.emit)))
        self.hold(card)
        self._allow()
        person = shown.person.id
        hands.query(lambda desk: moving.candidates(desk, person), self._show, "to-move")

    def wear(self, now: Look) -> None:
        super().wear(now)
        self.list.setMinimumHeight(now.px(230 if now.narrow else 330))

    def start(self) -> None:
        self.list.table().setFocus()

    # ---- inside

    def _show(self, lines: Sequence[DataLine]) -> None:
        self._found = lines
        self._again()

    def _again(self) -> None:
        self.list.show_rows([Ticked(line, line.key in self._chosen) for line in self._found])
        self._allow()

    def _turn(self, one: Ticked) -> None:
        self._chosen ^= {one.line.key}
        self._again()

    def _line(self, one: Ticked) -> Line:
        line = one.line
        return Line(" ".join((line.head or _(line.label)).split()), middle=_(line.label),
                    badge=full_day(line.on) if line.on else "", ticked=one.on)  # fmt: skip

    def _spoken(self, one: Ticked) -> str:
        state = _("à déplacer") if one.on else _("reste ici")
        said = self._line(one)
        return ", ".join(part for part in (said.middle, said.title, said.badge, state) if part)

    def _allow(self) -> None:
        count = len(self._chosen)
        self._move.say(n_("Déplacer {n} élément", "Déplacer {n} éléments", count) if count else _("Déplacer"))
        self._move.lacks(_("ce qui est à déplacer") if not count else self._right.lacks())

    def _go(self) -> None:
        origin, person = self._shown.person.id, self._right.value()
        chosen = [line for line in self._found if line.key in self._chosen]
        notices, do = self._hands.room.notices, self._hands.room.tasks.do
        done: list[Moved] = []

        def deed(desk: Desk) -> Touched:
            done.append(moving.move_lines(desk, origin, chosen, person))
            return done[0].touched

        def told() -> None:
            said = n_("{n} élément déplacé dans le bon dossier.", "{n} éléments déplacés dans le bon dossier.",
                      len(chosen))  # fmt: skip
            notices.inform(said, _("Tout remettre ici"), _back(done[0], do, notices.inform))
            self.closed.emit()

        self._hands.do(deed, then=told)


def _back(moved: Moved, do: Callable[..., object], inform: Callable[[str], object]) -> Callable[[], object]:
    """Put all of it back, wherever one is by then."""

    def back() -> None:
        do(lambda desk: moving.move_back(desk, moved).touched,
           then=lambda _done: inform(_("Tout est revenu dans le premier dossier.")))  # fmt: skip

    return back


