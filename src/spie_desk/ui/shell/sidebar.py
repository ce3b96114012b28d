"""The sidebar: where one is, how much waits where, whose files these are, who works, and the lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui import icons
from spie_desk.ui.profile_colours import COLOURS
from spie_desk.ui.route import Entry
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Avatar, Words, space
from spie_desk.ui.widgets.buttons import Button, IconButton

GROUPS = (("main", ""), ("exchanges", N_("Échanges")), ("foot", ""))


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose files these are, and who works on them; ``practice`` marks « Entraînement » on fictitious people."""

    structure: str
    person: str
    function: str
    colour: str = "teal"
    practice: bool = False


class NavButton(Button):
    """One entry: icon, label, counter; the counter is spoken with the label."""

    def __init__(self, entry: Entry, slot: Callable[[], object]) -> None:
        super().__init__(_(entry.label), slot, look_="nav", icon=entry.icon)
        self._label, self._count, self._alert = _(entry.label), 0, False
        self.setObjectName(f"nav-{entry.route}")
        self.setCheckable(True)
        self.toggled.connect(lambda _on: self.wear(look()))
        self.show_count(0)

    def show_count(self, count: int, *, alert: bool = False) -> None:
        """A counter; ``alert`` for what calls for a choice."""
        self._count, self._alert = count, alert
        self.setAccessibleName(f"{self._label}, {count}" if count else self._label)
        self.setToolTip(self.accessibleName())
        self.update()

    def wear(self, now: Look) -> None:
        self._ink = "sideStrong" if self.isChecked() else "sideText"
        super().wear(now)
        self.setFont(now.font(Type.TEXT, 600 if self.isChecked() else 400))
        self.setText("" if now.narrow else f"\u2009{self._said}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = now.font(Type.LABEL)
        text = str(self._count) if self._count < 1000 else "999+"
        wide = max(QFontMetrics(font).horizontalAdvance(text) + now.px(14), now.px(24))
        high = now.px(20) if not now.narrow else now.px(15)
        badge = QRectF(self.width() - wide - now.px(8 if not now.narrow else 1), (self.height() - high) / 2, wide, high)
        if now.narrow:
            badge.moveTop(1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("alertBadge" if self._alert else "sideBadge"))
        painter.drawRoundedRect(badge, high / 2, high / 2)
        painter.setPen(now.colour("alertBadgeText" if self._alert else "sideBadgeText"))
        painter.setFont(font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class SeekButton(Button):
    """« Chercher ou agir  Ctrl K »."""

    def __init__(self, slot: Callable[[], object]) -> None:
        super().__init__(_("Chercher ou agir"), slot, look_="seek", icon="search")
        self.setAccessibleName(_("Chercher ou agir (Ctrl+K)"))

    def wear(self, now: Look) -> None:
        super().wear(now)
        self.setFont(now.font(Type.SECOND))
        self.setText("" if now.narrow else self._said)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = look()
        if now.narrow:
            return
        painter = QPainter(self)
        painter.setFont(now.font(Type.LABEL, 500))
        painter.setPen(now.colour("sideText"))
        keys = self.rect().adjusted(0, 0, -now.px(10), 0)
        painter.drawText(keys, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _("Ctrl K"))


class _Mark(QWidget):
    """The product's sign, and a bar of the structure's colour under it."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFixedSize(now.px(22), now.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "route", "sideMark", QRectF(self.rect()))


class _Colour(QWidget):
    """The structure's colour: a band that people learn to recognise, beside its written name."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFixedSize(now.px(12), now.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("sideMark"))
        if look().name in {"light", "dark"}:
            painter.setBrush(COLOURS.get(self._colour, COLOURS["teal"]))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)


class Banner(QFrame):
    """The structure's name and colour over the page, when the sidebar has only room for icons."""

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self.setProperty("side", "true")
        said = f"{identity.structure} · {identity.person}"
        if identity.practice:
            said = f"{_('Entraînement')} · {said}"
        self._lines = QHBoxLayout(self)
        self._lines.addWidget(_Colour(identity.colour))
        self._lines.addWidget(Words(said, Type.LABEL, "sideStrong", wrap=False), 1)
        self._aside = False
        self.wear(look())

    def stand_aside(self, *, aside: bool) -> None:
        """A meeting takes the whole window: whatever the text size, nothing says who works here."""
        self._aside = aside
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8, (12, 4, 12, 4))
        seen = now.narrow and not self._aside
        if self.parentWidget() is not None or not seen:
            # without a parent yet, showing would open a window
            self.setVisible(seen)


class Sidebar(QFrame):
    """212 px of navigation; above 140 % it keeps its icons, and their names are spoken and shown as tips."""

    wished = Signal(str)
    seek = Signal()
    lock = Signal()
    veil = Signal()

    def __init__(self, identity: Identity) -> None:
        super().__init__()
        self.setProperty("side", "true")
        self.setAccessibleName(_("Navigation"))
        self._buttons: dict[str, NavButton] = {}
        self._wide: list[QWidget] = []
        self._lines = QVBoxLayout(self)
        self._lines.addLayout(self._head(identity))
        self._seek = SeekButton(self.seek.emit)
        self._lines.addWidget(self._seek)
        self._entries = QVBoxLayout()
        inside = QWidget()
        inside.setProperty("page", "true")
        inside.setLayout(self._entries)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._lines.addWidget(area, 1)
        self._lines.addWidget(_side_rule())
        self._lines.addLayout(self._profile(identity))
        self.wear(look())

    def furnish(self, entries: tuple[Entry, ...]) -> None:
        """Show the entries that have a page; nothing else is ever on screen."""
        for group, heading in GROUPS:
            own = [entry for entry in entries if entry.group == group]
            if group == "foot":
                self._entries.addStretch(1)
            if heading and own:
                words = Words(_(heading), Type.LABEL, "sideMuted", wrap=False)
                words.setContentsMargins(10, 8, 0, 2)
                self._wide.append(words)
                self._entries.addWidget(words)
            for entry in own:
                button = NavButton(entry, partial(self.wished.emit, entry.route))
                self._buttons[entry.route] = button
                self._entries.addWidget(button)
        self.wear(look())

    def show_route(self, route: str) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == route)

    def show_count(self, route: str, count: int, *, alert: bool = False) -> None:
        if route in self._buttons:
            self._buttons[route].show_count(count, alert=alert)

    def wear(self, now: Look) -> None:
        self.setFixedWidth(now.px(64) if now.narrow else now.width("navigation"))
        side = 6 if now.narrow else 12
        # a bar would cover the counts of a column of icons; the wheel, the arrows and Tab still reach the last one
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if now.narrow else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setVerticalScrollBarPolicy(bar)
        space(self._lines, now, 8, (side, 14, side, 10))
        space(self._entries, now, 2)
        # the names' room, empty in a column of icons, would push the lock aside
        self._bottom.setStretch(1, 0 if now.narrow else 1)
        self._bottom.setSpacing(0 if now.narrow else now.px(6))
        for widget in self._wide:
            widget.setVisible(not now.narrow)

    def _head(self, identity: Identity) -> QHBoxLayout:
        product = Words("SPIE Desk", Type.SECTION, "sideStrong", wrap=False)
        structure = Words(identity.structure, Type.SECOND, "sideText", wrap=False)
        structure.setToolTip(identity.structure)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(product)
        line = QHBoxLayout()
        line.setSpacing(6)
        colour = _Colour(identity.colour)
        line.addWidget(colour)
        line.addWidget(structure, 1)
        names.addLayout(line)
        if identity.practice:
            practice = Words(_("Entraînement"), Type.LABEL, "sideMark", wrap=False)
            names.addWidget(practice)
            self._wide.append(practice)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(_Mark(identity.colour), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        self._wide += [product, structure, colour]
        return head

    def _profile(self, identity: Identity) -> QHBoxLayout:
        avatar = Avatar(identity.person, back="accentSoft", ink="accent", size=32)
        name = Words(identity.person, Type.SECOND, "sideStrong", weight=600, wrap=False)
        function = Words(identity.function, Type.LABEL, "sideMuted", weight=400, wrap=False)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(name)
        names.addWidget(function)
        lock = IconButton("lock", _("Masquer l’écran (Ctrl+L)"), self.veil.emit, look_="side", ink="sideText")
        lock.setObjectName("lock")
        profile = self._bottom = QHBoxLayout()
        profile.setSpacing(6)
        profile.addWidget(avatar)
        profile.addLayout(names, 1)
        profile.addWidget(lock, 0, Qt.AlignmentFlag.AlignCenter)
        self._wide += [avatar, name, function]
        return profile

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), 400)


def _side_rule() -> QFrame:
    line = QFrame()
    line.setProperty("side", "rule")
    return line
