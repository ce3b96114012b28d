"""« Noter vite » hung on a window: one key from anywhere, nothing under the veil."""

from __future__ import annotations

from spie_desk.texts import _
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.panels.quick_note import QuickNote
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks

KEYS = "Ctrl+Shift+N"


def hang_quick_note(window: MainWindow, tasks: Tasks, sources: Sources) -> QuickNote:
    """Make it and give it its key; call ``save`` on what comes back before the profile closes."""
    quick = QuickNote(window, tasks, window.notices, sources.lookups["professional"])

    def open_it() -> None:
        if window.veil.isHidden():
            quick.open()

    window.actions_table.add(_("Noter vite"), KEYS, open_it, icon="notebook-pen")
    return quick
