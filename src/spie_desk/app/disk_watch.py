"""What the window says of its disk: slow, short of room, refusing; and the drafts it refused, tried again by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from spie_desk.domain.errors import DeskError
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import Keeper
from spie_desk.texts import _, n_
from spie_desk.ui.notices import Notices
from spie_desk.ui.tasks import Tasks

SLOW_MS = 3_000
AGAIN_MS = 10_000
LOW = 500 * 1024 * 1024
_MEGA = 1024 * 1024


class DiskWatch(QObject):
    """Hears when writing begins and ends, and asks the keeper what the disk still owes."""

    def __init__(self, tasks: Tasks, keeper: Keeper, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._keeper, self._notices = tasks, keeper, notices
        self._told_slow = False
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.settle)
        self._again.start()
        tasks.busy.connect(self._hear)

    def ask_room(self) -> None:
        """At the opening: room is kept aside, and too little of it is said."""
        self._tasks.work(self._keeper.room, self._judge, owner=self)

    def settle(self) -> None:
        """Try again what was refused, if anything was."""
        if not self._keeper.waiting() or self._tasks.desk is None:
            return
        taken: list[int] = []

        def again(_desk: Desk) -> None:
            taken.append(self._keeper.settle())

        self._tasks.do(again, then=lambda _touched: self._taken(sum(taken)), failed=self._still, owner=self)

    def lets_go(self) -> bool:
        """Before a lock: whether nothing stands in memory alone, once it was tried again here and now."""
        if not self._keeper.waiting():
            return True
        try:
            self._keeper.settle()
        except DeskError:
            return False
        return True

    def stop(self) -> None:
        self._slow.stop()
        self._again.stop()

    def _hear(self, busy: bool) -> None:  # noqa: FBT001 — a Qt slot
        if busy and not self._slow.isActive():
            self._slow.start()
        elif not busy:
            self._slow.stop()
            if self._told_slow:
                self._told_slow = False
                self._notices.inform(_("Le disque a répondu\u00a0: ce qui attendait est enregistré."))

    def _say_slow(self) -> None:
        self._told_slow = True
        self._notices.inform(
            _("Le disque répond lentement\u00a0: l’enregistrement continue. Votre texte est à l’écran, ne fermez pas.")
        )

    def _judge(self, room: int) -> None:
        if room < LOW:
            said = _("Il ne reste que {n} Mo sur ce poste. Libérez de la place avant que le disque ne soit plein.")
            self._notices.warn(said.format(n=room // _MEGA))

    def _taken(self, n: int) -> None:
        if n:
            self._notices.inform(
                n_("Le disque a repris\u00a0: {n} brouillon qui attendait est enregistré.",
                   "Le disque a repris\u00a0: {n} brouillons qui attendaient sont enregistrés.", n)
            )  # fmt: skip

    def _still(self, error: BaseException) -> None:
        """Said when it was refused; a bug is always said."""
        if not isinstance(error, DeskError):
            self._notices.tell_failure(error)
