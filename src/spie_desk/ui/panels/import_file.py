"""Import, first step: choose or drop a file; what is wrong with it is said here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from spie_desk.texts import _
from spie_desk.ui.notices import announce
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.ask_file import ask_to_open
from spie_desk.ui.widgets.basics import Box, Card, Icon, Words, column, marked, row
from spie_desk.ui.widgets.buttons import Button


class FileStep(Box):
    """Where a file is dropped or chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(upright=True, gap=12)
        self.setAcceptDrops(True)
        self._refused = Card(sort="danger", gap=10, padding=12, upright=False)
        self._why = Words("", Type.TEXT, "danger", weight=500)
        self._refused.add(Icon("file-x", "danger", 20))
        self._refused.add(self._why, 1)
        self._refused.hide()
        self.choose = Button(_("Choisir un fichier…"), self.ask, look_="filled", icon="folder-open")
        self._waiting = Words("", Type.SECOND, "muted")
        self._zone = Card(sort="choice", gap=12, padding=32)
        self._zone.add(row(None, Icon("file-spreadsheet", "accent", 40), None))
        self._zone.add(_middle(_("Déposez ici votre fichier, ou choisissez-le."), Type.SECTION))
        kinds = _("Personnes, structures ou professionnels en CSV, XLSX ou ODS\u00a0; flux CAF ou MSA en XML.")
        self._zone.add(_middle(kinds, Type.TEXT, "muted"))
        self._zone.add(row(None, self.choose, None))
        self.add(self._refused)
        self.add(self._zone)
        self.add(_promises())
        self.add(None)

    def ask(self) -> None:
        """Let the user choose a file."""
        kinds = f"{_('Tableaux')} (*.csv *.txt *.tsv *.xlsx *.xlsm *.ods *.xls *.xml);;{_('Tous les fichiers')} (*)"
        ask_to_open(self, _("Choisir le fichier à importer"), kinds, self.chosen.emit)

    def refuse(self, why: str) -> None:
        """Say why the file cannot be taken; nothing when it can."""
        self._why.say(why)
        self._refused.setVisible(bool(why))
        if why:
            announce(self, why)
            self.choose.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData().urls()) is not None:
            marked(self._zone, card="chosen")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        marked(self._zone, card="choice")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        marked(self._zone, card="choice")
        path = _file_of(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)


def _file_of(urls: list[QUrl]) -> Path | None:
    """One file of this computer; several at once say nothing."""
    local = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return Path(local[0]) if len(local) == 1 else None


def _middle(text: str, step: Type, ink: str = "text") -> QWidget:
    words = Words(text, step, ink, wrap=False)
    return row(None, words, None) if len(text) < 40 else _centred(text, step, ink)


def _centred(text: str, step: Type, ink: str) -> Words:
    from PySide6.QtCore import Qt  # noqa: PLC0415

    words = Words(text, step, ink)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return words


def _promises() -> QWidget:
    """What happens and what never does, before anything is chosen."""
    said = (
        ("shield-check", _("Un essai à blanc d’abord\u00a0: rien n’est écrit avant votre accord.")),
        ("pen-line", _("Ce que vous avez saisi à la main n’est jamais remplacé sans vous le demander.")),
        ("ban", _("Le numéro de sécurité sociale n’est jamais importé\u00a0: la colonne est écartée.")),
        ("undo-2", _("L’import entier s’annule en une fois.")),
    )
    return column(*(row(Icon(icon, "ok", 18), Words(text), gap=10) for icon, text in said), gap=8)
