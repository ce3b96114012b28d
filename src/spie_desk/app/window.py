"""One open profile on screen: window, threads, pages, undo, search, veil and lock put together; ended whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from spie_desk.app.counts import Counts
from spie_desk.app.day_code import DayCode
from spie_desk.app.disk_watch import DiskWatch
from spie_desk.app.idle import Idle
from spie_desk.app.standing import tell_backup, tell_standing
from spie_desk.app.start import Stage
from spie_desk.app.trail import keep_trail, kept_trail
from spie_desk.app.versions import versions
from spie_desk.domain.errors import DeskError
from spie_desk.services import people
from spie_desk.services import undo as undoing
from spie_desk.services.doorway import BackupCard, Doorway, Opened
from spie_desk.services.undo import Undone
from spie_desk.texts import _
from spie_desk.ui.clipboard import empty_now
from spie_desk.ui.forms.sources import sources_of
from spie_desk.ui.home import Home
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.main_window import MainWindow, Wishes
from spie_desk.ui.shell.palette import Proposal
from spie_desk.ui.shell.quick import hang_quick_note
from spie_desk.ui.shell.sidebar import Identity
from spie_desk.ui.shell.size import come_up
from spie_desk.ui.shell.veil import VeilKeys
from spie_desk.ui.tasks import Cancelled, Progress, StoppedError, Tasks
from spie_desk.ui.writing.aids import hang_writing_aids

LOGGER = logging.getLogger("spie_desk")
VEIL_MINUTES = "veil_minutes"
USUAL_MINUTES = 15
AWAY_SECONDS = 20 * 60
"""How long the veil stays down before the profile locks fully, if no note is open."""
TIDY_SECONDS = 120
_RAISE_MS = 500
_NOTE_ROUTES = frozenset({"note", "meeting", "concern"})


class Session(QObject):
    """What stands between an unlock and the next lock."""

    ended = Signal(str)
    """« locked », « closed », « restore » or « delete »: the profile is closed, nothing of it is usable."""

    def __init__(self, opened: Opened, stage: Stage, door: Doorway, entries: tuple[Entry, ...] = ENTRIES,
                 seconds: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        super().__init__()
        self.desk, self.keeper, self._stage, self._door = opened.desk, opened.keeper, stage, door
        self.damaged = False
        """The file was found damaged: a copy is then taken up with what can still be read of it."""
        self.code = DayCode(opened.desk.clock)
        self._ending, self._tidied, self._done, self._warned = "", False, False, False
        self.window = self._window(opened)
        self.tasks = Tasks(opened.desk, self._fault, self)
        self.home = self._home()
        sources = sources_of(self.tasks, opened.desk)
        self.window.furnish(self.tasks, entries, lambda: self.desk.clock.now().date(), sources, self.home)
        self.quick = hang_quick_note(self.window, self.tasks, sources)
        hang_writing_aids(self.window, self.tasks)
        self.counts = Counts(self.tasks, self.window)
        self.disk = DiskWatch(self.tasks, self.keeper, self.window.notices, self)
        kept = opened.desk.store.settings.get(VEIL_MINUTES)
        minutes = kept if isinstance(kept, int) else USUAL_MINUTES
        self.idle = Idle(seconds, lambda: self.window.veil.fall(by_hand=False), self._resting, minutes)
        self._asked = QTimer(self, interval=_RAISE_MS)
        self._asked.timeout.connect(self._come_forward)
        self._asked.start()

    def show(self) -> None:
        """Open where one was, or the first page there is; then say where the work stands."""
        trail = kept_trail(self.desk)
        if not self.window.navigator.retrace(trail):
            first = next((entry.route for entry in ENTRIES if entry.group), "")
            if first:
                self.window.navigator.go(first)
        come_up(self.window)
        self.window.raise_()
        self.window.activateWindow()
        self.tell_standing()
        self.counts.ask()
        self._remind_of_kit()
        self.tasks.work(self.keeper.check_if_due, self._judge_file)
        self.disk.ask_room()

    def tell_standing(self) -> None:
        """The bottom strip, the one place of these sentences."""
        tell_standing(self.window.strip, training=self.keeper.card.training)
        tell_backup(self.window.strip, self.keeper, self.desk.clock.now())

    def _judge_file(self, sound: bool) -> None:  # noqa: FBT001 — an answer
        if not sound:
            self.damaged = True
            self.window.notices.warn(
                _("Le fichier des dossiers est abîmé par endroits. Vos sauvegardes sont gardées\u00a0: "
                  "reprenez la dernière."),
                _("Voir les sauvegardes"), lambda: self.window.navigator.go("settings", tab="backups"))  # fmt: skip

    def _remind_of_kit(self) -> None:
        """Put off by a day, three times at most; then asked at each opening."""
        until = self.keeper.kit_reminder()
        if self.keeper.card.training or self.keeper.kit_made_at() is not None:
            return
        now = self.desk.clock.now()
        if until is None or not now < until <= now + timedelta(days=1):
            self.window.notices.inform(
                _("Votre kit de secours n’est pas fait. Sans lui ni phrase de passe, ce qui n’est que sur ce "
                  "poste est perdu."),
                _("Faire mon kit"), lambda: self.window.navigator.go("settings", tab="profile"),
            )  # fmt: skip

    def note_open(self) -> bool:
        """An interview is being written: the profile never closes over it."""
        return self.window.navigator.route() in _NOTE_ROUTES

    def lock(self) -> None:
        """The full lock: save, close, forget; the caller starts a fresh process."""
        self.end("locked")

    def end(self, why: str) -> None:
        """Let everything typed reach the disk, remember where one was, close the profile. Twice is harmless."""
        if self._ending:
            return
        if why == "locked" and not self.disk.lets_go():
            self._mask_only()
            return
        self._ending = why
        navigator = self.window.navigator
        trail = navigator.trail() if why == "locked" else []
        navigator.leave()
        self.quick.save()
        empty_now()
        keep_trail(self.tasks, trail)
        self.idle.stop()
        self.disk.stop()
        self._asked.stop()
        self.window.hide()
        self.ended.emit(why)

    def _mask_only(self) -> None:
        """A lock would let go of words that the disk has not taken: they stay in memory, behind the veil."""
        self.window.veil.fall(by_hand=False)
        self.window.notices.warn(
            _("Le disque n’a pas encore pris votre dernier texte\u00a0: l’écran est masqué, le profil reste ouvert.")
        )

    def _may_close(self) -> bool:
        """Once, a window that closes is held back for words that the disk has not taken."""
        if self._warned or self.disk.lets_go():
            return True
        self._warned = True
        self.window.notices.warn(
            _("Le disque n’a pas pris votre dernier texte. Libérez de la place, ou copiez-le. Si vous "
              "fermez de nouveau, il sera perdu."))  # fmt: skip
        return False

    def finish(self) -> None:
        """The slow part, once nothing of it shows any more: last writes, a backup if due, the key forgotten."""
        if self._done:
            return
        self._done = True
        self.end("closed")
        self.tasks.close()
        self.tasks.shut()
        try:
            self.keeper.close()
        except DeskError as error:
            # closed all the same; no screen is left to say it, and the strip tells how old the last copy is
            LOGGER.warning("close: no backup, %s", type(error).__name__)
        self.code.forget()

    def suspend(self) -> None:
        """The lid, the system's own lock: full lock, drafts saved, whatever is open."""
        self.lock()

    # ---- what is handed to the window

    def _window(self, opened: Opened) -> MainWindow:
        me, structure, card = opened.desk.me, opened.desk.structure, opened.keeper.card
        identity = Identity(structure.name, me.name, me.function, structure.colour, practice=card.training)
        keys = VeilKeys(self.code.fits, self.code.ready, self.code.choose, self._judge, self.note_open)
        wishes = Wishes(self._undo, self.lock, self.code.fits, lambda: self.end("closed"), keys, self._may_close)
        return MainWindow(identity, wishes, self._search)

    def _home(self) -> Home:
        return Home(
            self.keeper, self._door, self._stage.theme, self._stage.wear, self.window.veil.fall, self.lock,
            self._set_minutes,
            lambda: self.idle.minutes, self._restore, lambda: self.end("delete"), self.tell_standing, versions(),
        )  # fmt: skip

    def _fault(self, error: BaseException) -> None:
        self.window.notices.tell_failure(error)

    def _judge(self, passphrase: str, then: Callable[[bool], None]) -> None:
        self.tasks.work(lambda: self.keeper.fits(passphrase), then)

    def _set_minutes(self, minutes: int) -> None:
        self.idle.minutes = minutes
        self.tasks.do(lambda desk: desk.store.settings.set(VEIL_MINUTES, minutes))

    def _restore(self, backup: BackupCard, passphrase: str) -> None:
        self.wanted_back = (backup, passphrase)
        self.end("restore")

    # ---- undo

    def _undo(self, deed: bytes | None) -> None:
        """A whole import takes its time: it tells its progress, and can be stopped before anything is written."""
        desk = self.desk

        def undo_it(progress: Progress, cancelled: Cancelled) -> Undone:
            def told(done: int, total: int) -> None:
                if cancelled():
                    raise StoppedError
                progress(done, total)

            return undoing.undo_one(desk, deed, told) if deed is not None else undoing.undo_last(desk, told)

        self.tasks.long(undo_it, _("Annulation en cours"), self._tell_undone, writes=True)

    def _tell_undone(self, done: Undone) -> None:
        if not done.left:
            self.window.notices.said(_("Acte annulé."))
            return
        named = ", ".join(f"{_(label)} ({title})" if title else _(label) for label, title in done.left_alone if label)
        self.window.notices.inform(
            _("Acte annulé, sauf ce qui a changé depuis, laissé tel quel\u00a0: {what}.").format(what=named)
        )

    # ---- the palette

    def _search(self, words: str, then: Callable[[Sequence[Proposal]], None]) -> None:
        def shown(found: Sequence[Any]) -> None:
            then([self._proposal(one) for one in found if one.person and self.window.navigator.knows("file")])

        self.tasks.ask(self.window.palette_box, lambda desk: people.search(desk, words), shown, about="palette")

    def _proposal(self, found: Any) -> Proposal:
        # a note is read in its file: its own page would begin a rectificatif
        name = f"{found.title} · {found.birth_year}" if found.birth_year else found.title
        return Proposal(name, found.excerpt, lambda: self.window.navigator.go("file", person=found.person),
                        "file-text", person=found.kind == "person")  # fmt: skip

    # ---- time passing

    def _resting(self, rest: float) -> None:
        if rest >= TIDY_SECONDS and not self._tidied:
            self._tidied = True
            self.tasks.work(self.keeper.tidy, lambda _done: None, failed=self._quiet)
        elif rest < TIDY_SECONDS:
            self._tidied = False
        if not self.window.veil.isHidden() and rest >= AWAY_SECONDS + self.idle.minutes * 60 and not self.note_open():
            self.lock()

    def _quiet(self, error: BaseException) -> None:
        """Tidying is not worth a message; a bug is."""
        if not isinstance(error, DeskError):
            self._fault(error)

    def _come_forward(self) -> None:
        if self.keeper.take_request():
            self.window.showNormal()
            self.window.raise_()
            self.window.activateWindow()
