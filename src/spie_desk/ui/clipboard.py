"""What is copied does not stay: the clipboard is emptied after a while, at the veil and at the end."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 90_000
"""Long enough to take up a telephone, short enough that it is not pasted elsewhere an hour later."""

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_KEEP_OUT = {
    # what keepers of past copies look at: KDE and GNOME, then Windows (its history, its copy on other machines)
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
}


class _Copies(QObject):
    """Remembers the last copy; empties the clipboard only while it still holds that one."""

    def __init__(self) -> None:
        super().__init__()
        self._copied = ""
        self._timer = QTimer(self, singleShot=True, interval=KEPT_MS)
        self._timer.timeout.connect(self.empty)

    def copy(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        for kind, value in _KEEP_OUT.items():
            data.setData(kind, QByteArray(value))
        QGuiApplication.clipboard().setMimeData(data)
        self._copied = text
        self._timer.start()

    def empty(self) -> None:
        self._timer.stop()
        board = QGuiApplication.clipboard()
        if self._copied and board.text() == self._copied:
            board.clear()
        self._copied = ""


def copy_for_a_while(text: str) -> None:
    """Copy it; ninety seconds later it is gone, unless something else was copied meanwhile."""
    app = QGuiApplication.instance()
    if app is None:
        return
    found = app.findChild(_Copies)
    if found is None:
        found = _Copies()
        found.setParent(app)
        app.aboutToQuit.connect(found.empty)
    found.copy(text)


def empty_now() -> None:
    """The lock, the end of a profile: nothing copied from it outlives it."""
    app = QGuiApplication.instance()
    found = app.findChild(_Copies) if app is not None else None
    if found is not None:
        found.empty()
