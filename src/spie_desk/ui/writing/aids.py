"""The aids of one window: each long text gets them when it first takes the focus, never before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from spie_desk.services import wording
from spie_desk.services.wording import PhraseRow, Wishes, Wording
from spie_desk.texts import _
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.writing.expander import Expander
from spie_desk.ui.writing.picker import PhrasePicker
from spie_desk.ui.writing.speller import Speller
from spie_desk.ui.writing.texts_edited import Editor, editor_of, insert
from spie_desk.ui.writing.words import Words

PHRASE_KEYS, SPELL_KEYS = "F4", "F7"


class WritingAids(QObject):
    """Hung on a window by ``hang_writing_aids``."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._wording = Wording({}, frozenset(), frozenset(), Wishes())
        self._asked = False
        self._last: Editor | None = None
        self.words = Words(window, tasks)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)
        tasks.touched.connect(lambda touched: self.refresh() if touched.touches("phrase", "word") else None)
        window.actions_table.add(_("Insérer une phrase type"), PHRASE_KEYS, self.choose_phrase, icon="quote")
        window.actions_table.add(_("Mot suivant à vérifier"), SPELL_KEYS, self.next_word, icon="text-search")

    def next_word(self) -> None:
        editor = editor_of(QApplication.focusWidget()) or self._still_there()
        speller = editor.findChild(Speller) if editor is not None else None
        if speller is None:
            self._window.notices.inform(_("Placez-vous d’abord dans un texte."))
        elif not self.words.on():
            self._window.notices.inform(
                _("Le correcteur est arrêté\u00a0: «\u00a0Réglages\u00a0», «\u00a0Écriture\u00a0» le remet.")
            )
        else:
            speller.go_next()

    def refresh(self) -> None:
        """Phrases, words or wishes changed; before anything was written, nothing was read."""
        if self._asked and self._tasks.desk is not None:
            self._tasks.ask(self, wording.wording, self._known, about="wording")

    def choose_phrase(self) -> None:
        """Over the editor one writes in, or the last one; said when there is none."""
        editor = editor_of(QApplication.focusWidget()) or self._still_there()
        if editor is None:
            self._window.notices.inform(_("Placez-vous d’abord dans un texte."))
            return
        self._last = editor
        self._tasks.ask(self, wording.phrases, self._pick, about="phrases")

    # ---- inside

    def _focused(self, _old: QWidget | None, now: QWidget | None) -> None:
        editor = editor_of(now)
        if editor is None or editor.window() is not self._window:
            return
        self._last = editor
        if not self._asked:
            self._asked = True
            self.refresh()
        if editor.findChild(Expander) is None:
            Expander(editor, self._phrases)
            Speller(editor, self.words)

    def _phrases(self) -> Mapping[str, str]:
        return self._wording.phrases if self._wording.wishes.expand else {}

    def _known(self, found: Wording) -> None:
        self._wording = found
        self.words.learn(found)
        for editor in (one for one in QApplication.allWidgets() if editor_of(one) is not None):
            if (speller := editor.findChild(Speller)) is not None:
                speller.look_over()

    def _still_there(self) -> Editor | None:
        last = self._last
        return last if last is not None and isValid(last) and last.isVisible() else None

    def _pick(self, rows: Sequence[PhraseRow]) -> None:
        picker = PhrasePicker(rows, self._insert, lambda: self._window.navigator.go("settings", tab="writing"),
                              self._window)  # fmt: skip
        picker.finished.connect(picker.deleteLater)
        picker.open()

    def _insert(self, text: str) -> None:
        if (editor := self._still_there()) is not None:
            editor.setFocus()
            insert(editor, text)


def hang_writing_aids(window: MainWindow, tasks: Tasks) -> WritingAids:
    """Make them and give them their keys."""
    return WritingAids(window, tasks)
