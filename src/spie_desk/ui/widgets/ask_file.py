"""Asking for a file to read or to write, and leaving no trace of its name or folder on this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from spie_desk.texts import _

Then = Callable[[Path], None]


def ask_to_open(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """One existing file; ``kinds`` as Qt writes them: « Tableaux (*.csv *.xlsx) »."""
    dialog = _dialog(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, then)


def ask_to_save(parent: QWidget, title: str, kinds: str, name: str, then: Then) -> QFileDialog:
    """Where to write, under a proposed name; writing over another file is asked by Qt."""
    dialog = _dialog(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    return _opened(dialog, then)


def _dialog(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, documents, kinds)
    # The system's own dialog adds the file to its recent ones; Qt's keeps a history that is emptied below.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setHistory([])
    _dress(dialog)
    return dialog


def _dress(dialog: QFileDialog) -> None:
    """Words that Qt's own French lacks, and a ground under the names it proposes while one types."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Dossier"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Type de fichier"))
    for edit in dialog.findChildren(QLineEdit):
        if (completer := edit.completer()) is not None and (proposed := completer.popup()) is not None:
            proposed.setProperty("look", "popup")


def _opened(dialog: QFileDialog, then: Then) -> QFileDialog:
    chosen: list[Path] = []
    dialog.fileSelected.connect(lambda path: chosen.append(Path(path)))

    def done(_result: int) -> None:
        # after Qt is through with the dialog's own end
        QTimer.singleShot(0, dialog, lambda: _forget(dialog, chosen, then))

    dialog.finished.connect(done)
    dialog.open()
    return dialog


def _forget(dialog: QFileDialog, chosen: list[Path], then: Then) -> None:
    dialog.setHistory([])
    shiboken6.delete(dialog)
    # Qt writes the folder last seen when a dialog goes
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")  # not words
    kept.remove("FileDialog")
    kept.sync()
    if chosen:
        then(chosen[0])
