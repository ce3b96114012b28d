"""What every speller of one window asks: words judged once, proposed, accepted; off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from spie_desk.domain.errors import DeskError
from spie_desk.domain.shown import Touched
from spie_desk.domain.spelling import core
from spie_desk.services import wording
from spie_desk.services.desk import Desk
from spie_desk.services.wording import LooksLikeANameError, Wording
from spie_desk.texts import _, sentence
from spie_desk.ui.panels.confirm import Confirm
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.writing.dictionary import Dictionary


class Words(QObject):
    """What every speller of the window asks: judged once, off the screen's thread; names of people are never wrong."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._dictionary = Dictionary()
        self._known: Wording | None = None
        self._judged: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._waiting: list[Callable[[], None]] = []

    def learn(self, found: Wording) -> None:
        """The words accepted changed: what was wrong may be right by now, and the other way round."""
        self._known = found
        self._judged.clear()

    def on(self) -> bool:
        return self._known is not None and self._known.wishes.spell

    def judged(self) -> Mapping[str, bool]:
        return self._judged

    def ask(self, words: Sequence[str], then: Callable[[], None]) -> None:
        known, new = self._known, [word for word in words if word not in self._asked]
        self._waiting.append(then)
        if known is None or not new:
            return
        self._asked.update(new)
        self._tasks.work(lambda: self._dictionary.judge(new, known.accepted, known.proposed), self._answer, owner=self,
                         failed=partial(self._failed, new))  # fmt: skip

    def propose(self, word: str, then: Callable[[Sequence[str]], None]) -> None:
        self._tasks.work(lambda: self._dictionary.propose(word), then, owner=self)

    def ignore(self, word: str) -> None:
        """Until the profile closes: kept nowhere."""
        self._judged[word] = True
        self._call_back()

    def accept(self, word: str, *, shared: bool, even_a_name: bool = False) -> None:
        """Write it; the name of somebody is shared only once that was said and answered."""

        def add(desk: Desk) -> Touched:
            return wording.add_word(desk, word, shared=shared, even_a_name=even_a_name)

        def failed(error: BaseException) -> None:
            if isinstance(error, LooksLikeANameError):
                self._ask_about(word, error)
            else:
                self._tasks.tell_failure(error)

        told = _("Mot ajouté au dictionnaire de la structure.") if shared else _("Mot ajouté à votre dictionnaire.")

        def done(touched: Touched | None) -> None:
            self._window.notices.said(told, touched.deed if touched is not None and touched.undoable else b"")

        self._tasks.do(add, then=done, failed=failed)

    def nothing(self) -> None:
        self._window.notices.said(_("Rien à vérifier dans ce texte."))

    # ---- inside

    def _answer(self, found: Mapping[str, bool]) -> None:
        """What begins with a capital may be somebody's name: asked before it is called wrong."""
        names = sorted({core(word) for word, fine in found.items() if not fine and core(word)[:1].isupper()})
        if not names or self._tasks.desk is None:
            self._settle(found, frozenset())
            return
        self._tasks.ask(self, lambda desk: wording.names_among(desk, names), partial(self._settle, found),
                        about=f"names {names[0]} {len(names)}")  # fmt: skip

    def _settle(self, found: Mapping[str, bool], names: frozenset[str]) -> None:
        self._judged.update({word: fine or core(word) in names for word, fine in found.items()})
        self._asked.difference_update(found)
        self._call_back()

    def _failed(self, words: Sequence[str], error: BaseException) -> None:
        """Without its dictionary the text is still written: said once, nothing is underlined."""
        self._judged.update(dict.fromkeys(words, True))
        self._asked.difference_update(words)
        self._waiting.clear()
        self._tasks.tell_failure(error)

    def _call_back(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            owner = getattr(then, "__self__", None)
            if not isinstance(owner, QObject) or isValid(owner):
                then()

    def _ask_about(self, word: str, error: DeskError) -> None:
        Confirm(_("Un nom dans le dictionnaire de la structure\u00a0?"), sentence(error),
                _("L’ajouter pour toute la structure"),
                lambda: self.accept(word, shared=True, even_a_name=True), self._window).open()  # fmt: skip
