"""Refuse the builds of Qt for Python that lose references to None, then abort: 6.12.0 before Python 3.12."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

from spie_desk.texts import _

CALLS = 1000
TOLERATED = 100


def references_lost(calls: int = CALLS) -> int:
    """How many references to None that many Qt calls without an answer have lost; about none in a sound build."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _call in range(calls):
        thing.setObjectName("x")
    return before - sys.getrefcount(None)


def refuse_broken_qt() -> None:
    """Stop at start-up, in plain words, rather than abort in the middle of an interview.

    From Python 3.12 on None is immortal: its count tells nothing, and nothing can be lost.
    """
    if sys.version_info < (3, 12) and references_lost() > TOLERATED:
        import PySide6  # noqa: PLC0415 — its version is of interest in this case only

        told = _("PySide6 {qt} perd des références avec Python {python}. Installez la version que nomme le projet.")
        sys.exit(told.format(qt=PySide6.__version__, python=sys.version.split()[0]))
