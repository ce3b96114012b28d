"""The help never lies: its pictures come from the tour, its keys and its words from the screens themselves."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QKeySequence, QTextImageFormat

from spie_desk.app.window import Session
from spie_desk.shipped import open_shipped, shipped
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.pages.help import HelpPage, HelpText, help_texts
from spie_desk.ui.panels.help_sheet import PICTURE, captioned
from spie_desk.ui.theme import Theme
from tests.ui.drivers import PageDriver, clipped, nameless, turn, wait_until
from tests.ui.test_every_page import arguments, session  # noqa: F401 — a fixture

PAGES = pytest.mark.parametrize("page", help_texts(), ids=lambda one: one.name)
WIDEST, HEAVIEST = 900, 60_000
BARE = {"flux-caf-msa", "importer-annuaire"}
"""What their screens read is a file of somebody else's, which is not shipped; « importer » shows the same steps."""

KEY = re.compile(r"(?:(?:Ctrl|Alt|Maj)\+)+(?:Page suivante|Page précédente|[^\s+).,;:»*|]+|,)|\bF\d{1,2}\b")
ENGLISH = {"Maj": "Shift", "Entrée": "Return", "Suppr": "Del", "Échap": "Esc", "Droite": "Right", "Gauche": "Left",
           "Page suivante": "PgDown", "Page précédente": "PgUp"}  # fmt: skip
OF_QT = {"Shift+Tab", "Shift+Return"}
"""Keys of every form, which no table lists."""
QUOTED = re.compile("«\u00a0([^«»]+)\u00a0»")
EXAMPLES = frozenset((
    # what a person types or reads in an example
    "Monsieur au chien", "lundi", "rdv", "rendez-vous", "RDV", "Situation 1", "Situation 3",
    "… et 12 autres", "valeur effacée le… par…", "retenu, à examiner", "Où j’en suis, qui m’accompagne, la suite",
    "RSABEM",
))  # fmt: skip


# Pictures


def named(page: HelpText) -> list[tuple[str, str]]:
    return [(found["path"], found["said"]) for found in PICTURE.finditer(page.text)]


@PAGES
def test_each_page_shows_a_screen_and_says_it_in_words(page: HelpText) -> None:
    found = named(page)
    assert bool(found) is (page.name not in BARE), "name a picture of the tour, then: python3 dev.py pictures"
    for path, said in found:
        data = open_shipped(f"help/{path}")
        picture = QImage.fromData(data)
        assert 300 < picture.width() <= WIDEST
        assert len(data) <= HEAVIEST, f"{path}: {len(data)} bytes"
        assert len(said) > 25
        assert said.endswith(".")
        assert f"*{said}*" in captioned(page.text)
    assert page.text.count("](pictures/") == len(found), "a picture is not on a line of its own, or has no words"


def test_no_picture_is_shipped_that_no_page_shows() -> None:
    used = {path for page in help_texts() for path, _said in named(page)}
    assert {f"pictures/{one.name}" for one in shipped("help/pictures").iterdir()} == used


@pytest.mark.parametrize("scale", [100, 200])
def test_a_picture_is_never_wider_than_the_page(
    open_page: Callable[..., PageDriver], theming: Theme, scale: int
) -> None:
    theming.apply("light", scale)
    driver = open_page(HelpPage)
    driver.window.resize(1366, 768)
    for page in help_texts():
        driver.page._show(page.name)
        turn(20)
        text = driver.page._text
        for wide, high in _sizes(driver):
            assert 200 < wide <= text.viewport().width()
            assert high > 0
        assert text.horizontalScrollBar().maximum() == 0, page.name
        shown = driver.page.shown_text().replace("\u00a0", " ")
        assert all(said.replace("\u00a0", " ") in shown for _path, said in named(page))
        assert nameless(driver.window) == []
    assert clipped(driver.window) == []
    theming.apply("light", 100)


def _sizes(driver: PageDriver) -> Iterator[tuple[float, float]]:
    block = driver.page._text.document().begin()
    while block.isValid():
        for piece in block:
            shape: QTextImageFormat = piece.fragment().charFormat().toImageFormat()
            if shape.isValid():
                yield shape.width(), shape.height()
        block = block.next()


# Keys


def keys_in(page: HelpText) -> set[str]:
    found = set()
    for said in KEY.findall(page.text):
        parts = said.split("+")
        found.add("+".join(ENGLISH.get(part, part) for part in parts))
    return found


def test_every_shortcut_of_the_help_is_in_the_action_table_of_some_page(session: Session) -> None:  # noqa: F811
    window, given = session.window, arguments(session.desk)
    known: set[str] = set()
    for entry in ENTRIES:
        window.navigator.go(entry.route, **given.get(entry.route, {}))
        wait_until(session.tasks.quiet, entry.route)
        turn()
        known |= {one.toString() for action in window.actions_table.all() for one in action.shortcuts()}
    assert QKeySequence("Ctrl+Shift+F12").toString() not in known
    assert len({key for page in help_texts() for key in keys_in(page)}) > 20
    said = {page.name: {key for key in keys_in(page) if QKeySequence(key).toString() not in known | OF_QT}
            for page in help_texts()}  # fmt: skip
    assert {name: keys for name, keys in said.items() if keys} == {}


# Words


def _said_by_screens() -> list[str]:
    """Every text of the source and of the value lists, and the first sentence of each; the titles of the help."""
    tree = Path(__file__).resolve().parents[2]
    spec = importlib.util.spec_from_file_location("catalogue", tree / "tools" / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    catalogue = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogue)
    texts = [text for message in catalogue.extract() for text in catalogue.texts_of(message) if text]
    return [*texts, *(text.split(". ")[0] for text in texts), *(page.title for page in help_texts())]


def _is_said(quoted: str, known: list[str]) -> bool:
    """Whole, its parameters open; what ends with « … » may be the beginning of a longer text."""
    words = quoted.removesuffix("…").rstrip()
    if any(text.removesuffix("…") == words or (quoted.endswith("…") and text.startswith(words)) for text in known):
        return True
    return any(one.fullmatch(words) for one in _open(tuple(known)))


@cache
def _open(known: tuple[str, ...]) -> list[re.Pattern[str]]:
    """The texts that have parameters, and words of their own beside them."""
    split = [re.split(r"\{\w*[^{}]*\}", text.removesuffix("…")) for text in known if "{" in text]
    return [re.compile(".+".join(map(re.escape, parts))) for parts in split if any(len(one) > 3 for one in parts)]


def test_every_button_page_or_heading_that_the_help_quotes_is_said_by_a_screen() -> None:
    known = _said_by_screens()
    quoted = {(page.name, said) for page in help_texts() for said in QUOTED.findall(page.text)}
    assert len(quoted) > 60
    assert sorted(one for one in quoted if one[1] not in EXAMPLES and not _is_said(one[1], known)) == []
    assert not _is_said("Rendre invisible", known)


def test_the_examples_are_still_in_the_help() -> None:
    told = "\n".join(page.text for page in help_texts())
    assert [one for one in EXAMPLES if f"«\u00a0{one}\u00a0»" not in told] == []
