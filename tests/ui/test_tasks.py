"""One writer, a few readers: stale answers are dropped, failures are always heard, no widget dies on a worker."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import EmptyTextError
from spie_desk.domain.records.person import Person
from spie_desk.domain.shown import Touched
from spie_desk.services.desk import Desk
from spie_desk.ui.tasks import Cancelled, LockedError, Progress, StoppedError, Sweeper, Tasks
from tests.ui.drivers import turn, wait_until


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def tasks(desk: Desk, failures: list[BaseException], qapp: object) -> Iterator[Tasks]:
    found = Tasks(desk, failures.append)
    yield found
    found.close()


def add(desk: Desk, name: str) -> Touched:
    with desk.store.unit() as unit:
        unit.put("person", Person(id=desk.chance.id(), last_name=name))
    return desk.store.touched()


def test_a_deed_is_written_elsewhere_and_every_screen_hears_of_it_once(tasks: Tasks, desk: Desk) -> None:
    heard: list[Touched] = []
    where: list[str] = []
    tasks.touched.connect(heard.append)

    def deed(desk: Desk) -> Touched:
        where.append(threading.current_thread().name)
        return add(desk, "Traoré")

    tasks.do(deed)
    wait_until(tasks.quiet)
    assert where == ["writer"]
    assert [touched.kinds for touched in heard] == [frozenset({"person"})]
    assert desk.store.records.count("person") == 1


def test_deeds_are_written_in_the_order_they_were_asked(tasks: Tasks, desk: Desk) -> None:
    order: list[int] = []
    for n in range(20):
        tasks.do(lambda desk, n=n: order.append(n))
    wait_until(tasks.quiet)
    assert order == list(range(20))


def test_only_the_latest_question_about_one_thing_is_answered(tasks: Tasks) -> None:
    owner, answers = QObject(), []
    first_may_end = threading.Event()

    def slow(desk: Desk) -> str:
        first_may_end.wait(5)
        return "older"

    tasks.ask(owner, slow, answers.append)
    tasks.ask(owner, lambda desk: "newer", answers.append)
    tasks.ask(owner, lambda desk: "beside", answers.append, about="else")
    wait_until(lambda: len(answers) == 2)
    first_may_end.set()
    wait_until(tasks.quiet)
    assert sorted(answers) == ["beside", "newer"]


def test_a_closed_owner_hears_neither_answer_nor_failure(tasks: Tasks, failures: list[BaseException]) -> None:
    gone, left, answers = QWidget(), QWidget(), []
    may_end = threading.Event()

    def slow(desk: Desk) -> None:
        may_end.wait(5)
        raise EmptyTextError

    tasks.ask(gone, slow, answers.append)
    tasks.ask(left, slow, answers.append)
    gone.deleteLater()
    tasks.forget(left)
    turn()
    may_end.set()
    wait_until(tasks.quiet)
    assert (answers, failures) == ([], [])


def test_no_failure_is_silent(tasks: Tasks, failures: list[BaseException]) -> None:
    def fail(*_any: object) -> None:
        raise EmptyTextError

    tasks.do(fail)
    tasks.ask(QObject(tasks), fail, lambda _answer: None)
    tasks.work(lambda: 1 // 0, lambda _answer: None)
    tasks.long(fail, "Long")
    wait_until(tasks.quiet)
    assert sorted(type(error).__name__ for error in failures) == ["EmptyTextError"] * 3 + ["ZeroDivisionError"]


def test_a_failure_may_be_claimed_by_who_asked(tasks: Tasks, failures: list[BaseException]) -> None:
    claimed: list[BaseException] = []

    def fail(desk: Desk) -> None:
        raise EmptyTextError

    tasks.do(fail, failed=claimed.append)
    wait_until(tasks.quiet)
    assert ([type(error) for error in claimed], failures) == ([EmptyTextError], [])


def test_long_work_tells_its_progress_and_stops_when_told(tasks: Tasks, failures: list[BaseException]) -> None:
    told: list[tuple[int, int]] = []
    ended: list[str] = []

    def work(progress: Progress, cancelled: Cancelled) -> None:
        for n in range(10_000):
            if cancelled():
                raise StoppedError
            progress(n, 10_000)
            threading.Event().wait(0.001)

    under_way = tasks.long(work, "Importer")
    under_way.progressed.connect(lambda done, total: told.append((done, total)))
    under_way.ended.connect(lambda: ended.append("ended"))
    wait_until(lambda: len(told) > 3)
    under_way.cancel()
    wait_until(tasks.quiet)
    assert ended == ["ended"]
    assert told == sorted(told)
    assert failures == []


def test_a_locked_desk_refuses_with_a_sentence(failures: list[BaseException], qapp: object) -> None:
    tasks = Tasks(None, failures.append)
    tasks.do(lambda desk: None)
    tasks.ask(tasks, lambda desk: None, lambda _answer: None)
    tasks.close()
    assert [type(error) for error in failures] == [LockedError, LockedError]


def test_closures_and_the_widgets_they_hold_die_on_the_main_thread(tasks: Tasks) -> None:
    died: list[str] = []

    def ask_once() -> None:
        widget = QWidget()
        weakref.finalize(widget, lambda: died.append(threading.current_thread().name))
        tasks.ask(tasks, lambda desk: str(widget) and None, lambda _answer: None, about="held")

    for _time in range(50):
        ask_once()
        wait_until(tasks.quiet)
    gc.collect()
    assert died == ["MainThread"] * 50


def test_garbage_is_swept_on_the_main_thread_only(tasks: Tasks, failures: list[BaseException]) -> None:
    died: list[str] = []

    class Ring:
        def __init__(self) -> None:
            self.me = self
            weakref.finalize(self, lambda: died.append(threading.current_thread().name))

    sweeper = Sweeper(tasks, every_ms=5)

    def litter(desk: Desk) -> int:
        for _time in range(5_000):
            Ring()
        return 0

    try:
        tasks.ask(tasks, litter, lambda _answer: None)
        wait_until(tasks.quiet)
        # what is left may sit just under the threshold, as with Python's own collector
        wait_until(lambda: len(died) > 2_000, f"swept: {gc.get_count()} of {gc.get_threshold()}")
    finally:
        sweeper.stop()
    assert set(died) == {"MainThread"}
    assert failures == []
    assert gc.isenabled()
