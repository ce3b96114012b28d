"""A route as the sidebar, the palette and the navigation read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spie_desk.ui.page import Page, Room


@dataclass(frozen=True)
class Entry:
    """A route: the page it makes and, if it stands in the sidebar, its label (a msgid), icon and group.

    ``group`` is main, exchanges or foot; empty for a page that is only reached from another.
    """

    route: str
    make: Callable[[Room], Page]
    label: str = ""
    icon: str = ""
    group: str = ""
    shortcut: str = ""
    under: str = ""
    """The sidebar entry that stays lit while this page is open."""
    tabs: tuple[tuple[str, str], ...] = ()
    """Parts of the page that the palette opens by name: the code its ``tab`` takes, and its words (a msgid)."""
