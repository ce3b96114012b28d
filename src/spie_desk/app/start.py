"""The application object before any window: fonts, theme, Qt's own words in French, garbage collected in one place."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from spie_desk.app.appearance import AppearanceFile
from spie_desk.shipped import open_shipped
from spie_desk.ui.tasks import Sweeper
from spie_desk.ui.theme import Theme

LOGGER = logging.getLogger("spie_desk")
_TURN_S = 0.001


@dataclass(frozen=True)
class Stage:
    """What every window of the process shares."""

    app: QApplication
    theme: Theme
    appearance: AppearanceFile

    def wear(self, theme: str | None, scale: int | None) -> None:
        """Switch the look now, and remember it for the first screen."""
        self.theme.apply(theme, scale)
        self.appearance.change(theme=self.theme.wanted, scale=self.theme.scale)


def stage(state: Path) -> Stage:
    """Set the application up; the one that already runs (tests) is used as it is."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("spie-desk")
        app.setApplicationDisplayName("SPIE Desk")
        app.setDesktopFileName("spie-desk")
        _speak_french(app)
        Sweeper(app)
        # a thread that computes (an import, a search for duplicates) lets the screen have its turn sooner than usual
        sys.setswitchinterval(_TURN_S)
    icon = QPixmap()
    icon.loadFromData(open_shipped("icons/app.svg"))
    app.setWindowIcon(QIcon(icon))
    appearance = AppearanceFile(state)
    theme = Theme(app)
    known = appearance.read()
    theme.apply(known.theme, known.scale)
    return Stage(app, theme, appearance)


def _speak_french(app: QApplication) -> None:
    """Qt's own buttons and menus; its catalogue is shipped with it."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    words = QTranslator(app)
    if words.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    else:
        LOGGER.info("qt: no French catalogue")
