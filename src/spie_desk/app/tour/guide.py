"""What every step of the tour is handed: the profile, its window, pictures, papers, and what the summary will say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.front import Front
from spie_desk.app.start import Stage
from spie_desk.app.tour.hands import NeverCameError, turn, wait
from spie_desk.app.window import Session
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.shown import Touched
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.printing.pages import pdf
from spie_desk.ui.shell.main_window import MainWindow

T = TypeVar("T")
SIZE = (1366, 768)


class FaultError(DeskError):
    """The window showed a fault of the software; parameter ``what`` is its report, which holds no value."""

    says = N_("Le logiciel a un défaut\u00a0: {what}")


class NotPicturedError(DeskError):
    says = N_("L’image «\u00a0{name}\u00a0» n’a pas pu être écrite.")


@dataclass
class Guide:
    """One tour under way. ``facts`` is what the summary says besides times; no name and no word of a file."""

    stage: Stage
    door: LocalDoorway
    front: Front
    file: Path
    out: Path
    people: int
    phrase: str
    facts: dict[str, Any] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    durations: dict[str, float] = field(default_factory=dict)
    person: bytes = b""
    note: bytes = b""
    review: bytes = b""

    @property
    def session(self) -> Session:
        if self.front.session is None:
            raise NeverCameError(what=N_("un profil ouvert"))
        return self.front.session

    @property
    def window(self) -> MainWindow:
        return self.session.window

    @property
    def page(self) -> Page:
        found = self.window.navigator.page()
        if found is None:
            raise NeverCameError(what=N_("une page"))
        return found

    def settle(self) -> None:
        """Wait until nothing is read or written any more, and see that no fault was shown on the way."""
        for _again in range(2):
            wait(self.session.tasks.quiet, N_("la fin des lectures et des écritures"))
            turn(12)
        report = self.window.notices.report
        if report is not None and report.isVisible():
            raise FaultError(what=report.report())

    def open(self, route: str, **arguments: Any) -> bool:
        """Go to a page; false when this version has none of that name."""
        if not self.window.navigator.knows(route):
            return False
        self.window.notices.snack.hide()
        self.window.navigator.go(route, **arguments)
        self.settle()
        return True

    def do(self, deed: Callable[[Desk], Touched | None]) -> Touched | None:
        """A deed through the one writer, awaited; its error is the step's."""
        answers: list[Touched | None] = []
        errors: list[BaseException] = []
        self.session.tasks.do(deed, then=answers.append, failed=errors.append)
        wait(lambda: bool(answers or errors), N_("la fin d’une écriture"))
        if errors:
            raise errors[0]
        self.settle()
        return answers[0]

    def ask(self, query: Callable[[Desk], T]) -> T:
        """A question on a reader thread, awaited."""
        answers: list[T] = []
        errors: list[BaseException] = []
        self.session.tasks.ask(self.window, query, answers.append, about="tour", failed=errors.append)
        wait(lambda: bool(answers or errors), N_("une réponse"))
        if errors:
            raise errors[0]
        return answers[0]

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """NN-name.png of the window, at one size."""
        shown = widget or (self.front.entry if self.front.session is None else self.window)
        if shown is None:
            raise NeverCameError(what=N_("une fenêtre"))
        shown.resize(*SIZE)
        turn(40)
        file = f"{len(self.pictures) + 1:02d}-{name}.png"
        if not shown.grab().save(str(self.out / file)):
            raise NotPicturedError(name=file)
        self.pictures.append(file)

    def paper(self, sheet: Sheet | None, name: str) -> None:
        """A sheet as a PDF; the file's name says the sort of paper, never the person."""
        if sheet is None:
            raise NeverCameError(what=name)
        pdf(sheet, self.out / name)
        self.papers.append(name)

    def timed(self, name: str, step: Callable[[Guide], None]) -> None:
        """Run a step and remember how long it took."""
        begun = time.monotonic()
        step(self)
        self.durations[name] = round(time.monotonic() - begun, 3)
