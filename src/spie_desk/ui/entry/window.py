"""The window before any profile is open: the promise at the left, at the right what one has to do to come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from spie_desk import __version__
from spie_desk.texts import _
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.entry.unlock import UnlockPanel
from spie_desk.ui.focus import FocusRing
from spie_desk.ui.notices import NoticeBar, Notices, Snack
from spie_desk.ui.shell.size import WANTED
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Icon, Words, column, row, space

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.services.cards import ProfileCard
    from spie_desk.services.doorway import Doorway


class _Promise(QFrame):
    """The dark side: the product, what it promises, its version; it leaves when the text is large."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("side", "true")
        self._lines = QVBoxLayout(self)
        product = Words("SPIE Desk", Type.TITLE, "sideStrong", wrap=False)
        self._lines.addWidget(row(Icon("route", "sideMark", 30), product, gap=10))
        self._lines.addStretch(1)
        said = column(
            Words(_("Les dossiers sont chiffrés ici."), Type.TITLE, "sideStrong"),
            Words(_("Sans votre phrase de passe ou votre kit de secours, personne ne peut les lire\u00a0: ni sur ce "
                    "disque, ni sur une clé."), Type.TEXT, "sideText"),
            _line("wifi-off", _("Aucune connexion n’est nécessaire.")),
            _line("file-pen-line", _("Votre travail en cours vous attend, tel quel.")), gap=12,
        )  # fmt: skip
        self._lines.addWidget(said)
        self._lines.addStretch(1)
        self._lines.addWidget(Words(_("Version {version}").format(version=__version__), Type.LABEL, "sideMuted"))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 16, (48, 40, 48, 32))
        self.setFixedWidth(now.px(480) if not now.narrow else 0)


def _line(icon: str, text: str) -> Box:
    words = Words(text, Type.TEXT, "sideText")
    box = Box(Icon(icon, "sideMark", 22), gap=10)
    box.add(words, 1)
    return box


def _left(panel: QWidget) -> None:
    if isinstance(panel, EntryPanel):
        panel.leave()


class EntryWindow(QMainWindow):
    """Shows one panel at a time. ``entered`` brings the profile that was opened; ``warm`` is run in a thread once the
    window is painted, to load what unlocking needs."""

    entered = Signal(object)

    def __init__(self, door: Doorway, porch: Callable[[Porch], Porch] | None = None, *, last: str = "",
                 warm: Callable[[], object] | None = None) -> None:  # fmt: skip
        super().__init__()
        self.setWindowTitle("SPIE Desk")  # not words: the name
        self._warm, self._last = warm, last
        self._stack = QStackedWidget()
        bar = NoticeBar()
        self._notices = Notices(bar, Snack(self._stack), lambda _deed: None)
        self.tasks = Tasks(None, self._notices.tell_failure, self)
        plain = Porch(door, self.tasks, self._notices, self.show_panel, self.start, self.entered.emit)
        self.porch = porch(plain) if porch is not None else plain
        self._lay_out(bar)
        self.ring = FocusRing(self)
        self._act(_("Urgence"), "F8", self._urgent)
        self.resize(WANTED)

    def start(self) -> None:
        """Unlock, or the first run when there is nobody yet."""
        cards = list(self.porch.door.profiles())
        if cards:
            self.show_panel(UnlockPanel(self.porch, cards, self._last))
        else:
            from spie_desk.ui.entry.first_run import FirstRun  # noqa: PLC0415 — its forms are not for every start

            self.show_panel(FirstRun(self.porch, alone=True))

    def panel(self) -> EntryPanel | None:
        found = self._area.widget()
        return found if isinstance(found, EntryPanel) else None

    def unlock_panel(self, card: ProfileCard) -> UnlockPanel:
        """The panel of one profile, chosen beforehand."""
        panel = UnlockPanel(self.porch, list(self.porch.door.profiles()), card.id)
        self.show_panel(panel)
        return panel

    def show_panel(self, panel: EntryPanel) -> None:
        old = self._area.takeWidget()
        self._area.setWidget(panel)
        if old is not None:
            _left(old)
            old.deleteLater()
        self._area.verticalScrollBar().setValue(0)
        if (first := panel.first_focus()) is not None:
            first.setFocus()

    def painted(self) -> None:
        """Called after the first paint: now the rest may load."""
        if self._warm is not None:
            warm, self._warm = self._warm, None
            self.tasks.work(warm, lambda _done: None)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if (panel := self._area.widget()) is not None:
            _left(panel)
        self.tasks.close()

    def _lay_out(self, bar: NoticeBar) -> None:
        frame = QWidget()
        across = QHBoxLayout(frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(_Promise())
        self._area = QScrollArea()
        # made here: to learn what sort of widget Qt made by itself, every sort there is would be loaded
        self._area.setViewport(QWidget())
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.addWidget(self._area)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(bar)
        across.addLayout(right, 1)
        self.setCentralWidget(frame)

    def _act(self, text: str, keys: str, slot: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)

    def _urgent(self) -> None:
        from spie_desk.ui.entry.urgent import UrgentDialog  # noqa: PLC0415 — seldom, and nothing to load at start

        UrgentDialog(self).open()
