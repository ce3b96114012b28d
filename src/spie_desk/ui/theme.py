"""The look: tokens turned into a palette, fonts and one style sheet, for every theme and text size, switched live."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from spie_desk.shipped import open_shipped
from spie_desk.ui.style_sheet import style_sheet

THEMES = ("system", "light", "dark", "high-contrast")
SCALES = (100, 125, 150, 175, 200)
FONT_STYLES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}


class Type(StrEnum):
    """The steps of the type scale, by their use; the values are the names of tokens.json."""

    PROJECTION = "projection"
    TIMER = "chrono"
    NUMBER = "nombre"
    TITLE = "titre"
    QUESTION = "question"
    SECTION = "section"
    VALUE = "valeur"
    CARD = "carte"
    TEXT = "texte"
    SECOND = "second"
    LABEL = "étiquette"  # not words: a name of tokens.json


@cache
def tokens() -> Mapping[str, Any]:
    """The tokens as shipped."""
    found: dict[str, Any] = json.loads(open_shipped("look/tokens.json"))
    return found


@dataclass(frozen=True)
class Look:
    """One theme at one text size: what a widget asks before it paints. ``styled`` is false under the system's own
    high contrast, where neither style sheet nor palette of ours is used."""

    name: str
    colours: Mapping[str, str]
    scale: int = 100
    styled: bool = True

    def colour(self, role: str) -> QColor:
        return QColor(self.colours[role])

    def px(self, size: float) -> int:
        """A length of the tokens at this text size."""
        return round(size * self.scale / 100)

    def height(self, name: str) -> int:
        return self.px(tokens()["heights"][name])

    def width(self, name: str) -> int:
        return self.px(tokens()["widths"][name])

    def font(self, step: Type = Type.TEXT, weight: int | None = None, *, tabular: bool = False) -> QFont:
        """The font of one step of the scale; ``tabular`` gives figures of one width, for hours and columns."""
        said = tokens()["type"][step.value]
        font = QFont(tokens()["font"]["family"])
        font.setPixelSize(self.px(said["px"]))
        font.setWeight(WEIGHTS[weight or said["weight"]])
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @property
    def narrow(self) -> bool:
        """Above 140 % a list and what it opens take turns in one column."""
        return self.scale > 140


_now: list[Look] = []


def look() -> Look:
    """The look in force."""
    if not _now:
        _now.append(Look("light", colours_of("light")))
    return _now[0]


def colours_of(name: str) -> Mapping[str, str]:
    """The colours of one theme, by role."""
    return {role: said["hex"] for role, said in tokens()["themes"][name].items()}


def load_fonts() -> None:
    """Register the shipped fonts, so that text and pictures look the same everywhere."""
    for style in FONT_STYLES:
        QFontDatabase.addApplicationFontFromData(open_shipped(f"fonts/AtkinsonHyperlegibleNext-{style}.ttf"))


class Theme(QObject):
    """Applies a look to the application and keeps it in step with the system's wishes."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._wanted, self._scale = "system", 100
        load_fonts()
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    @property
    def wanted(self) -> str:
        return self._wanted

    @property
    def scale(self) -> int:
        return self._scale

    def apply(self, wanted: str | None = None, scale: int | None = None) -> None:
        """Switch now: ``wanted`` is one of THEMES, ``scale`` a percentage from 100 to 200; None keeps."""
        self._wanted = wanted or self._wanted
        self._scale = max(100, min(200, scale or self._scale))
        name = self._name()
        _now[:] = [self._system_look() if name == "system-contrast" else Look(name, colours_of(name), self._scale)]
        now = look()
        if now.styled:
            self._app.setPalette(palette_of(now))
        else:
            # the system's own high contrast: an empty palette gives the platform's back
            self._app.setPalette(QPalette())
        self._app.setFont(now.font())
        self._app.setStyleSheet(style_sheet(now.colours, now.px) if now.styled else "")
        for widget in QApplication.allWidgets():
            restyle(widget)
        self.changed.emit()

    def _follow(self) -> None:
        if self._wanted == "system":
            self.apply()

    def _name(self) -> str:
        if self._wanted != "system":
            return self._wanted
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "system-contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _system_look(self) -> Look:
        """Our roles read off the system's palette: what our own painting uses when the system decides."""
        palette = self._app.style().standardPalette()
        return Look("system-contrast", _from_palette(palette), self._scale, styled=False)


def restyle(widget: QWidget) -> None:
    """Let a widget that knows how take the look in force."""
    wear = getattr(widget, "wear", None)
    if callable(wear):
        wear(look())


def palette_of(now: Look) -> QPalette:
    """The Qt palette of a look: what the style sheet does not name follows it."""
    part = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (part.Window, "bg"), (part.WindowText, "text"), (part.Base, "surface"), (part.AlternateBase, "sunken"),
        (part.Text, "text"), (part.Button, "surface"), (part.ButtonText, "text"), (part.BrightText, "danger"),
        (part.Highlight, "select"), (part.HighlightedText, "text"), (part.Link, "accent"),
        (part.LinkVisited, "accent"), (part.PlaceholderText, "muted"), (part.ToolTipBase, "snack"),
        (part.ToolTipText, "snackText"), (part.Light, "surface"), (part.Midlight, "line"), (part.Mid, "field"),
        (part.Dark, "field"), (part.Shadow, "line"), (part.Accent, "accent"),
    ):  # fmt: skip
        palette.setColor(role, now.colour(name))
    for role in (part.WindowText, part.Text, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, now.colour("muted"))
    return palette


_BACKS = ("bg", "surface", "sunken", "side", "sideLine", "sideBadge", "snack", "alertBadge", "scrim", "accentText",
          "chartText", "chart2Text")  # fmt: skip
_CHOSEN = ("select", "sideSel", "mark")


def _from_palette(palette: QPalette) -> Mapping[str, str]:
    back, front = palette.color(QPalette.ColorRole.Window).name(), palette.color(QPalette.ColorRole.WindowText).name()
    chosen = palette.color(QPalette.ColorRole.Highlight).name()
    over = palette.color(QPalette.ColorRole.HighlightedText).name()
    found = dict.fromkeys(tokens()["themes"]["light"], front)
    found.update(dict.fromkeys((*_BACKS, *(role for role in found if role.endswith("Soft"))), back))
    found.update(dict.fromkeys(_CHOSEN, chosen))
    return {**found, "markText": over, "onSelect": over}
