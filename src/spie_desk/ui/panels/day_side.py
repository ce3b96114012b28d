"""At the right of the day: silences, drafts, quick notes, rights that end, reviews to prepare, the kit to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.room_for_rows import share
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, SectionTitle, Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

TITLES = {
    "relays": N_("Relais en cours"),
    "silent": N_("Sans nouvelles depuis 60 jours"),
    "drafts": N_("Brouillons"),
    "unattached": N_("À rattacher"),
    "rights": N_("Droits qui finissent"),
    "reviews": N_("Revues à préparer"),
}
_AT_LARGE = 4


@dataclass(frozen=True, slots=True)
class SideRow:
    """One line at the right: what it says, and what it opens (a route and its arguments)."""

    id: bytes
    title: str
    second: str = ""
    badge: str = ""
    role: str = "muted"
    icon: str = ""
    avatar: str = ""
    route: str = "file"
    arguments: tuple[tuple[str, object], ...] = ()


def _line(one: SideRow) -> Line:
    return Line(one.title, badge=one.badge, role=one.role, icon=one.icon, avatar=one.avatar)


def _spoken(one: SideRow) -> str:
    return ", ".join(part for part in (one.title, one.second, one.badge) if part)


class _Group(Card):
    """One card: a title with its count, some rows, and the link to all of them."""

    def __init__(self, code: str) -> None:
        super().__init__(gap=2, padding=12)
        self.code, self.total = code, 0
        self.all: list[SideRow] = []
        self._title = SectionTitle(_(TITLES[code]))
        self.list = ListView(ListSpec(name=f"side-{code}", title=TITLES[code], shape="task", line=_line,
                                      spoken=_spoken, empty=N_("Rien ici.")), fits=True)  # fmt: skip
        self.more = Button("", look_="link")
        self.more.setObjectName(f"more-{code}")
        for widget in (self._title, self.list, self.more):
            self.add(widget)

    def hold(self, rows: Sequence[SideRow], total: int) -> None:
        self.all, self.total = list(rows), total
        self._title.show_count(total)
        self.setVisible(bool(rows))

    def cut(self, most: int) -> None:
        rest = self.total - min(most, len(self.all))
        if self.list.rows() != self.all[:most]:
            self.list.show_rows(self.all[:most])
        answers = self.code == "rights"  # what is answered there is answered in the whole list, row by row
        self.more.setVisible(rest > 0 or answers)
        self.more.say(n_("… et {n} autre", "… et {n} autres", rest) if rest > 0 else _("Renouveler, reporter…"))


class DaySide(QWidget):
    """``opened`` carries a row, ``whole`` the code of a group to see entirely; ``kit_wished``: to make the kit now."""

    opened = Signal(object)
    whole = Signal(str)
    kit_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kit = Card(
            row(Icon("life-buoy", "warn", 20), Words(_("Votre kit de secours reste à faire."), weight=600), gap=8),
            Words(_("Sans lui ni phrase de passe, ce qui n’est que sur ce poste est perdu."), Type.SECOND),
            Button(_("Faire le kit"), self.kit_wished.emit, look_="small"), sort="warn", gap=6, padding=12,
        )  # fmt: skip
        self._groups = {code: _Group(code) for code in TITLES}
        self._calm = Card(row(Icon("circle-check", "muted", 20), Words(_("Rien d’autre à signaler."), ink="muted")))
        self._lines = QVBoxLayout(self)
        for widget in (self._kit, *self._groups.values(), self._calm):
            self._lines.addWidget(widget)
        self._lines.addStretch(1)
        for code, group in self._groups.items():
            group.list.activated.connect(self.opened)
            group.more.clicked.connect(lambda _on=False, code=code: self.whole.emit(code))
        self._kit.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.wear(look())

    def show_groups(self, groups: dict[str, tuple[Sequence[SideRow], int]], *, kit_due: bool) -> None:
        """The rows of each group and how many there are in all; empty groups are not shown."""
        self._kit.setVisible(kit_due)
        for code, (rows, total) in groups.items():
            self._groups[code].hold(rows, total)
        self._calm.setVisible(not kit_due and not any(rows for rows, _total in groups.values()))
        self._cut()

    def current(self) -> SideRow | None:
        """The row under the keyboard."""
        held = next((group.list for group in self._groups.values() if group.list.table().hasFocus()), None)
        under: SideRow | None = held.current() if held is not None else None
        return under

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)
        policy = QSizePolicy.Policy.Preferred if now.narrow else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        now = look()
        kit = self._kit.sizeHint().height() + now.px(10) if not self._kit.isHidden() else 0
        counts = [group.total for group in self._groups.values()]
        held = [min(group.total, len(group.all)) for group in self._groups.values()]
        most = [min(n, _AT_LARGE) for n in held] if now.narrow else share(
            counts, self.height() - kit, now.height("row"), now.px(60), now.px(26))  # fmt: skip
        for group, n in zip(self._groups.values(), most, strict=True):
            group.cut(min(n, len(group.all)))
