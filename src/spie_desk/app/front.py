"""The life of the window: entry, then one open profile, then the lock, which replaces the whole process."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from spie_desk.app.start import Stage
from spie_desk.domain.vaults import ProfileInUseError
from spie_desk.ui.entry.panel import Porch
from spie_desk.ui.entry.window import EntryWindow
from spie_desk.ui.shell.size import come_up

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.app.window import Session
    from spie_desk.services.doorway import Doorway, Opened

LOGGER = logging.getLogger("spie_desk")


def start_again(arguments: Sequence[str]) -> None:
    """A fresh process in the place of this one: what Python held of the files in memory goes with it."""
    import subprocess  # noqa: PLC0415 — not before the first window

    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "spie_desk.app.main"]
    subprocess.Popen([*own, *arguments], start_new_session=True, close_fds=True)  # noqa: S603 — ourselves


class Front(QObject):
    """Shows the entry, then the profile that was opened there. ``again`` starts the fresh process at a full lock."""

    def __init__(self, stage: Stage, door: Doorway, again: Callable[[], None], warm: Callable[[], object],
                 porch: Callable[[Porch], Porch]) -> None:  # fmt: skip
        super().__init__()
        self.stage, self._door, self._again, self._warm, self._porch = stage, door, again, warm, porch
        self.entry: EntryWindow | None = None
        self.session: Session | None = None

    def come(self, last: str = "") -> None:
        """The first window."""
        entry = EntryWindow(self._door, self._porch, last=last or self.stage.appearance.read().last, warm=self._warm)
        self.entry = entry
        entry.entered.connect(self.enter)
        entry.start()
        entry.installEventFilter(self)
        come_up(entry)

    def open_at_once(self, open_it: Callable[[], Opened]) -> None:
        """Without the entry: the example, or a passphrase handed in by a file."""
        try:
            self.enter(open_it())
        except ProfileInUseError:
            LOGGER.info("profile: already open, its window was asked to come forward")
            QTimer.singleShot(0, self.stage.app.quit)

    def enter(self, opened: Opened) -> None:
        from spie_desk.app.system_lock import SystemLock  # noqa: PLC0415
        from spie_desk.app.window import Session  # noqa: PLC0415 — the pages' room, loaded while a person types

        self.stage.appearance.change(last=opened.keeper.card.id)
        session = self.session = Session(opened, self.stage, self._door)
        session.ended.connect(self._ended)
        self._system = SystemLock(session.suspend)
        session.show()
        if self.entry is not None:
            entry, self.entry = self.entry, None
            # not within its own signal: it closes once the answer that opened the profile is fully heard
            QTimer.singleShot(0, entry, entry.close)
            QTimer.singleShot(0, entry, entry.deleteLater)

    def finish(self) -> None:
        """After the event loop: whatever is open is closed whole."""
        if self.entry is not None:
            self.entry.close()
        if self.session is not None:
            self.session.finish()

    def _ended(self, why: str) -> None:
        session = self.session
        if session is None:
            return
        if why == "locked":
            self._again()
            self.stage.app.quit()
        elif why == "closed":
            self.stage.app.quit()
        else:
            self._come_back(session, why)

    def _come_back(self, session: Session, why: str) -> None:
        """Taking up a copy, or deleting: the profile closes first, then the entry does it and shows how it went."""
        card = session.keeper.card
        session.finish()
        self.session = None
        if why == "delete":
            self._door.delete_profile(card.id)
            self.come()
            return
        backup, passphrase = session.wanted_back
        self.come(card.id)
        if self.entry is not None:
            from spie_desk.ui.entry.damaged import TakingUp  # noqa: PLC0415 — seldom

            self.entry.show_panel(TakingUp(self.entry.porch, card, backup, passphrase, rest=session.damaged))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        if event.type() == QEvent.Type.Paint and watched is self.entry and self.entry is not None:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.entry, self.entry.painted)
        return False


def furnished(porch: Porch) -> Porch:
    """The porch with the value lists and the ids that a first run needs."""
    from spie_desk.app.hands import SystemChance  # noqa: PLC0415
    from spie_desk.app.shipped_lists import value_lists  # noqa: PLC0415

    return replace(porch, lists=value_lists, new_id=SystemChance().id)
