"""The first run, and each further person: who I am, for whom, a passphrase, the kit; or fictitious people."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.texts import _, sentence
from spie_desk.ui.entry.panel import EntryPanel, Porch
from spie_desk.ui.entry.questions import AboutMe, AboutStructure, Invited, Question, WhatFor
from spie_desk.ui.panels.kit import KitPanel
from spie_desk.ui.panels.passphrase import PassphraseChoice
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Words, row
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.steps import ProgressLine, StepsHeader


class Secret(Question):
    """The passphrase, as one of the questions."""

    def __init__(self, porch: Porch, *, strict: bool) -> None:
        super().__init__(_("Votre phrase de passe"))
        self.choice = PassphraseChoice(porch.door, porch.tasks, strict=strict)
        self.lines.addWidget(self.choice)

    def first_focus(self) -> QWidget | None:
        return self.choice.first_focus()

    def answer(self, wish: NewProfile) -> NewProfile | None:
        phrase = self.choice.phrase()
        return None if phrase is None else replace(wish, passphrase=phrase)


class FirstRun(EntryPanel):
    """One question at a time; nothing is on the disk before the last answer, and then all of it or nothing."""

    wide = 620

    def __init__(self, porch: Porch, *, alone: bool) -> None:
        title = _("Bienvenue") if alone else _("Ajouter une personne")
        super().__init__(porch, title)
        self._alone, self._opened = alone, None
        self._wish = NewProfile(label="", colour="teal", passphrase="")
        self._steps = StepsHeader([_("Commencer")])
        self._lines.insertWidget(0, self._steps)
        self._questions: list[Question] = [WhatFor(porch)]
        self._stack = self.add(QStackedWidget())
        self._stack.addWidget(self._questions[0])
        self._wrong = self.add(Words("", Type.SECOND, "danger", weight=500))
        self._wrong.hide()
        self._back = Button(_("Revenir"), self._step_back)
        self._on = Button(_("Continuer"), self._step_on, look_="filled")
        self._buttons = self.add(row(self._back, None, self._on))
        self._at = 0
        self._show()

    _opened: Opened | None

    def first_focus(self) -> QWidget | None:
        return self._questions[self._at].first_focus()

    def question(self) -> Question:
        return self._questions[self._at]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return in a field or on a choice goes on, as on every form of this kind."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._buttons.isVisible():
            self._step_on()
            return
        super().keyPressEvent(event)

    def leave(self) -> None:
        """The window closes during the kit: the profile stands, and is let go of."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            opened.keeper.close()

    def _show(self) -> None:
        question = self._questions[self._at]
        for other in self._questions:
            # a stack is as tall as its tallest page: those that wait must not stretch the one on screen
            wanted = QSizePolicy.Policy.Preferred if other is question else QSizePolicy.Policy.Ignored
            other.setSizePolicy(QSizePolicy.Policy.Preferred, wanted)
        self._stack.setCurrentWidget(question)
        self.retitle(question.title, question.under)
        self._steps.show_step(self._at)
        self._back.setVisible(self._at > 0 or not self._alone)
        self._wrong.hide()
        if (first := question.first_focus()) is not None:
            first.setFocus()

    def _step_back(self) -> None:
        if self._at == 0:
            self.porch.home()
            return
        self._at -= 1
        self._show()

    def _step_on(self) -> None:
        question = self._questions[self._at]
        try:
            answered = question.answer(self._wish)
        except DeskError as error:
            self._wrong.say(sentence(error))
            self._wrong.show()
            return
        if answered is None:
            return
        self._wish = answered
        if self._at == 0 and isinstance(question, WhatFor):
            self._plan(question)
        if self._at == len(self._questions) - 1:
            self._create()
            return
        self._at += 1
        self._show()

    def _plan(self, first: WhatFor) -> None:
        """The questions that follow from the first answer."""
        for old in self._questions[1:]:
            self._stack.removeWidget(old)
            old.deleteLater()
        what = first.chosen()
        rest: list[Question] = []
        if what != "training":
            rest.append(AboutMe(self.porch))
            rest.append(Invited(self.porch) if what == "join" else AboutStructure(self.porch))
        rest.append(Secret(self.porch, strict=what != "training"))
        self._questions = [first, *rest]
        for question in rest:
            self._stack.addWidget(question)
        names = [_("Commencer"), *(question.short for question in rest)]
        if what != "training":
            names.append(_("Kit de secours"))
        self._steps.deleteLater()
        self._steps = StepsHeader(names)
        self._lines.insertWidget(0, self._steps)

    def _create(self) -> None:
        wish, door = self._wish, self.porch.door
        self._stack.hide()
        self._buttons.hide()
        self.retitle(_("Création du profil"), _("La clé se fabrique\u00a0: quelques secondes sur cet ordinateur."))
        under_way = self.porch.tasks.long(
            lambda progress, _cancelled: door.create(wish, progress), _("Clé, fichier chiffré, premières fiches"),
            self._made, failed=self._no,
        )  # fmt: skip
        line = ProgressLine(under_way)
        line.stop.hide()
        self.add(line)

    def _made(self, opened: Opened) -> None:
        self._wish = NewProfile(label="", colour="teal", passphrase="")
        if opened.keeper.card.training:
            self.porch.enter(opened)
            return
        self._opened = opened
        self.retitle(_("Votre kit de secours"))
        self._steps.show_step(len(self._questions))
        kit = KitPanel(opened.keeper, self.porch.tasks, may_wait=True)
        kit.made.connect(self._enter)
        kit.later.connect(self._enter)
        self.add(kit)
        kit.first_focus().setFocus()

    def _enter(self) -> None:
        if self._opened is not None:
            opened, self._opened = self._opened, None
            self.porch.enter(opened)

    def _no(self, error: BaseException) -> None:
        self._stack.show()
        self._buttons.show()
        self._show()
        if isinstance(error, DeskError):
            self._wrong.say(sentence(error))
            self._wrong.show()
        else:
            self.porch.notices.tell_failure(error)
