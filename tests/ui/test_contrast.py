"""Every pair of colours that meets on screen can be read: WCAG contrast, computed here from the shipped tokens."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from spie_desk.app.shipped_lists import value_lists
from spie_desk.ui.profile_colours import COLOURS
from spie_desk.ui.theme import Look, colours_of, palette_of, tokens

THEMES = ("light", "dark", "high-contrast")
STATES = ("neutral", "warn", "danger", "ok", "info", "accent")
OURS = (
    # pairs that our widgets make beside those that the tokens list
    *((state, f"{state}Soft", 4.5) for state in STATES),
    ("accent", "neutralSoft", 3.0), ("neutral", "neutralSoft", 4.5), ("accent", "accentSoft", 4.5),
    ("ok", "select", 4.5),
    ("snackLink", "snack", 4.5), ("accentText", "accent", 4.5), ("text", "dangerSoft", 4.5), ("info", "infoSoft", 4.5),
    ("sideMuted", "side", 4.5), ("sideText", "sideSel", 4.5), ("field", "surface", 3.0), ("danger", "dangerSoft", 3.0),
    ("accent", "sunken", 4.5), ("muted", "neutralSoft", 4.5), ("text", "infoSoft", 4.5),
    ("muted", "warnSoft", 4.5),
)  # fmt: skip


def luminance(hexadecimal: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str) -> float:
    high, low = sorted((luminance(front), luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_the_tokens_list_is_as_readable_as_they_say(theme: str) -> None:
    colours = colours_of(theme)
    weak = [f"{pair['front']} on {pair['back']}: {contrast(colours[pair['front']], colours[pair['back']]):.2f}"
            for pair in tokens()["contrast"][theme]
            if contrast(colours[pair["front"]], colours[pair["back"]]) < pair["min"]
            or abs(contrast(colours[pair["front"]], colours[pair["back"]]) - pair["ratio"]) > 0.01]  # fmt: skip
    assert weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_our_widgets_make_can_be_read(theme: str) -> None:
    colours = colours_of(theme)
    weak = [f"{front} on {back}: {contrast(colours[front], colours[back]):.2f}" for front, back, least in OURS
            if contrast(colours[front], colours[back]) < least]  # fmt: skip
    assert weak == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_structures_colour_stands_out_on_the_sidebar(theme: str) -> None:
    side = colours_of(theme)["side"]
    assert set(COLOURS) == {entry.code for entry in value_lists()["structure_colour"].entries}
    assert {name: contrast(colour, side) >= 3 for name, colour in COLOURS.items()} == dict.fromkeys(COLOURS, True)


@pytest.mark.parametrize("theme", THEMES)
def test_the_palette_under_the_style_sheet_can_be_read_too(theme: str) -> None:
    palette = palette_of(Look(theme, colours_of(theme)))
    part = QPalette.ColorRole
    for front, back in ((part.WindowText, part.Window), (part.Text, part.Base), (part.ButtonText, part.Button),
                        (part.HighlightedText, part.Highlight), (part.PlaceholderText, part.Base),
                        (part.ToolTipText, part.ToolTipBase), (part.Link, part.Base)):  # fmt: skip
        assert contrast(QColor.name(palette.color(front)), QColor.name(palette.color(back))) >= 4.5, (front, back)
