"""The only threads: one writes, a few read; screens hand in values and get values back, and no failure is silent."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from spie_desk.domain.errors import DeskError, N_

if TYPE_CHECKING:
    # names of types only: the first window comes up before the rest is loaded
    from spie_desk.domain.shown import Touched
    from spie_desk.services.desk import Desk

T = TypeVar("T")
Deed: TypeAlias = "Callable[[Desk], Touched | None]"
Failed = Callable[[BaseException], None]
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class StoppedError(DeskError):
    """Raised by long work that the user cancelled; told nowhere, since the user knows."""

    says = N_("Arrêté à votre demande. Rien n’a été écrit.")


class LockedError(DeskError):
    says = N_("Le poste est verrouillé.")
    next_step = N_("Ouvrez votre profil, puis recommencez.")


@dataclass(frozen=True)
class _Job:
    """What the main thread remembers of one piece of work; closures live and die here, never on a worker."""

    run: Callable[[], Any]
    owner: QObject | None
    then: Callable[[Any], None] | None
    failed: Failed
    about: tuple[int, str] | None = None
    on_end: Callable[[], None] | None = None


class LongWork(QObject):
    """Long work under way: its title, its progress, and the wish to stop it."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()
        self.latest: tuple[int, int] = (0, 0)

    def cancel(self) -> None:
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()


class Tasks(QObject):
    """``do`` writes, ``ask`` reads, ``work`` and ``long`` do what needs no store; answers come on the main thread.

    ``failed`` hears every failure that its caller did not claim: without it there is no Tasks.
    """

    touched = Signal(object)
    """A ``Touched``: records changed, here or elsewhere; the one signal screens refresh on."""
    busy = Signal(bool)
    """A deed is being written, or none any more."""
    long_started = Signal(LongWork)
    _came_home = Signal()

    def __init__(self, desk: Desk | None, failed: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._failed = failed
        self._jobs: dict[int, _Job] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._writing, self._next = 0, 0
        self._deeds: SimpleQueue[int | None] = SimpleQueue()
        self._questions: SimpleQueue[int | None] = SimpleQueue()
        self._works: SimpleQueue[int | None] = SimpleQueue()
        self._home: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._came_home.connect(self._welcome, Qt.ConnectionType.QueuedConnection)
        lanes = ((self._deeds, "writer"), (self._questions, "reader-1"), (self._questions, "reader-2"),
                 (self._works, "worker"))  # fmt: skip
        self._threads = [
            threading.Thread(target=self._labour, args=(lane,), name=name, daemon=True) for lane, name in lanes
        ]
        for thread in self._threads:
            thread.start()
        if desk is not None:
            self.open(desk)

    @property
    def desk(self) -> Desk | None:
        return self._desk

    def open(self, desk: Desk) -> None:
        """Work on this desk from now on, and hear what its store changes."""
        self._desk = desk
        desk.store.subscribe(lambda touched: self._send(lambda: self.touched.emit(touched)))

    def shut(self) -> None:
        """Forget the desk (full lock): later answers are dropped, later deeds refused."""
        self._desk = None
        self._jobs = {ticket: job for ticket, job in self._jobs.items() if job.about is None}

    def do(self, deed: Deed, *, then: Callable[[Touched | None], None] | None = None, failed: Failed | None = None,
           owner: QObject | None = None) -> None:  # fmt: skip
        """Write: run the deed on the one writer thread, in the order they were asked."""
        desk = self._desk
        if desk is None:
            (failed or self._failed)(LockedError())
            return
        self._writing += 1
        self.busy.emit(True)
        self._hand(self._deeds, _Job(lambda: deed(desk), owner, then, failed or self._failed, None, self._written))

    def ask(self, owner: QObject, query: Callable[[Desk], T], then: Callable[[T], None], *, about: str = "",
            failed: Failed | None = None) -> None:  # fmt: skip
        """Read: only the latest question ``about`` one thing is answered; a closed owner's never is."""
        desk = self._desk
        if desk is None:
            (failed or self._failed)(LockedError())
            return
        about_what = (id(owner), about)
        ticket = self._hand(self._questions, _Job(lambda: query(desk), owner, then, failed or self._failed, about_what))
        self._latest[about_what] = ticket

    def work(self, job: Callable[[], T], then: Callable[[T], None], *, owner: QObject | None = None,
             failed: Failed | None = None) -> None:  # fmt: skip
        """Do something slow that needs no store (a key, a file), off the screen."""
        self._hand(self._works, _Job(job, owner, then, failed or self._failed))

    def long(self, work: Callable[[Progress, Cancelled], T], title: str, then: Callable[[T], None] | None = None, *,
             failed: Failed | None = None, writes: bool = False) -> LongWork:  # fmt: skip
        """Long work that tells its progress and can be cancelled; ``writes`` runs it on the writer thread."""
        under_way = LongWork(title, self)

        def tell(done: int, total: int) -> None:
            self._send(lambda: self._tell(under_way, done, total))

        def end() -> None:
            under_way.ended.emit()
            under_way.deleteLater()

        cancelled = under_way.cancelled
        job = _Job(lambda: work(tell, cancelled), None, then, failed or self._failed, None, end)
        self._hand(self._deeds if writes else self._works, job)
        self.long_started.emit(under_way)
        return under_way

    def forget(self, owner: QObject) -> None:
        """Drop the answers this owner still waits for: it closes."""
        gone = [ticket for ticket, job in self._jobs.items() if job.owner is owner and job.about is not None]
        for ticket in gone:
            # the worker may still be running the closure: it is let go of here, once the answer is back
            job = self._jobs[ticket]
            self._jobs[ticket] = _Job(job.run, None, None, _quiet)
        self._latest = {key: ticket for key, ticket in self._latest.items() if key[0] != id(owner)}

    def tell_failure(self, error: BaseException) -> None:
        """Hand on a failure that its caller had claimed."""
        self._failed(error)

    def quiet(self) -> bool:
        """Nothing under way and nothing waiting to be heard."""
        return not self._jobs and self._home.empty()

    def close(self) -> None:
        """Finish what was asked, then end the threads."""
        for lane in (self._deeds, self._questions, self._questions, self._works):
            lane.put(None)
        for thread in self._threads:
            thread.join()
        self._welcome()

    def _hand(self, lane: SimpleQueue[int | None], job: _Job) -> int:
        self._next += 1
        self._jobs[self._next] = job
        lane.put(self._next)
        return self._next

    def _labour(self, lane: SimpleQueue[int | None]) -> None:
        while (ticket := lane.get()) is not None:
            answer: Any = None
            error: BaseException | None = None
            try:
                answer = self._jobs[ticket].run()
            except BaseException as fault:  # noqa: BLE001 — every failure must reach the screen, whatever it is
                error = fault
            self._send(_Homecoming(self, ticket, answer, error))
            del answer, error

    def _send(self, news: Callable[[], None]) -> None:
        self._home.put(news)
        if shiboken6.isValid(self):
            self._came_home.emit()

    def _welcome(self) -> None:
        while not self._home.empty():
            self._home.get()()

    def _finish(self, ticket: int, answer: Any, error: BaseException | None) -> None:
        job = self._jobs.pop(ticket, None)
        if job is None:
            return
        if job.on_end is not None:
            job.on_end()
        if not self._awaited(ticket, job):
            return
        if error is None:
            if job.then is not None:
                job.then(answer)
        elif not isinstance(error, StoppedError):
            job.failed(error)

    def _awaited(self, ticket: int, job: _Job) -> bool:
        """Whether someone still waits: the owner lives and asked nothing newer about the same thing."""
        if job.about is not None:
            if self._latest.get(job.about) != ticket:
                return False
            del self._latest[job.about]
        return job.owner is None or shiboken6.isValid(job.owner)

    def _written(self) -> None:
        self._writing -= 1
        if not self._writing:
            self.busy.emit(False)

    @staticmethod
    def _tell(under_way: LongWork, done: int, total: int) -> None:
        if shiboken6.isValid(under_way):
            under_way.latest = (done, total)
            under_way.progressed.emit(done, total)


@dataclass(frozen=True)
class _Homecoming:
    """An answer on its way to the main thread."""

    tasks: Tasks
    ticket: int
    answer: Any
    error: BaseException | None

    def __call__(self) -> None:
        self.tasks._finish(self.ticket, self.answer, self.error)  # noqa: SLF001 — one class in two halves


def _quiet(_error: BaseException) -> None:
    """A closed screen's question failed: nobody waits for it."""


class Sweeper(QObject):
    """Collects garbage on the main thread only: a cycle holding a widget must never be freed by a worker."""

    def __init__(self, parent: QObject, every_ms: int = 1000) -> None:
        super().__init__(parent)
        gc.freeze()
        self._limits = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """What Python would have done by itself, here and now."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._limits[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
