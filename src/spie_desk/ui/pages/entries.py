"""Every page there is and the route that opens it; nothing is in the sidebar that is not here."""

from __future__ import annotations

from spie_desk.ui.pages.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
"""In the order of the sidebar: main, exchanges, foot; then the pages that are only reached from another."""
