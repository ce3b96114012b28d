"""The look switches live in every theme and size; the ring follows the focus; nothing is clipped or nameless."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.shipped import shipped
from spie_desk.ui import icons
from spie_desk.ui.shell.main_window import MainWindow
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Theme, Type, look, tokens
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.markdown_editor import MarkdownEditor
from tests.ui.drivers import clipped, nameless, picture, turn
from tests.ui.gallery import window


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[MainWindow]:
    made: list[Tasks] = []
    found = window(made)
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    yield found
    found.close()
    made[0].close()
    found.deleteLater()
    turn()


def test_the_shipped_font_is_the_one_used(qapp: QApplication) -> None:
    assert tokens()["font"]["family"] in QFontDatabase.families()
    assert qapp.font().family() == tokens()["font"]["family"]
    assert look().font(Type.TITLE).pixelSize() == 24


@pytest.mark.parametrize("name", tokens()["icons"]["names"])
def test_every_icon_of_the_tokens_is_shipped_and_takes_a_colour(name: str, qapp: QApplication) -> None:
    assert shipped(f"icons/{name}.svg").is_file()
    drawn = icons.pixmap(name, "danger", 24).toImage()
    inked = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())
             if drawn.pixelColor(x, y).alpha() == 255]  # fmt: skip
    assert inked
    wanted = look().colour("danger")
    # a pixel on an edge may be rounded by one step
    assert all(abs(got - want) <= 3 for colour in inked
               for got, want in zip(colour.getRgb(), wanted.getRgb(), strict=True))  # fmt: skip


def ground(image: QImage, at: tuple[int, int]) -> str:
    return image.pixelColor(*at).name().upper()


def test_the_theme_and_the_size_switch_while_the_window_is_open(shell: MainWindow, theming: Theme) -> None:
    shell.navigator.go("pieces")
    seen = {}
    for name in ("light", "dark", "high-contrast"):
        theming.apply(name, 100)
        turn(10)
        seen[name] = ground(shell.grab().toImage(), (218, 300)), ground(shell.grab().toImage(), (4, 300))
    assert seen == {
        name: (tokens()["themes"][name]["bg"]["hex"], tokens()["themes"][name]["side"]["hex"]) for name in seen
    }
    button = shell.findChild(Button)
    before = button.sizeHint().height()
    theming.apply("light", 200)
    turn(10)
    assert button.sizeHint().height() >= 1.9 * before
    assert shell.sidebar.width() == 128


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("route", ["today", "people", "pieces"])
def test_nothing_is_clipped_or_nameless_at_any_size(shell: MainWindow, theming: Theme, route: str, scale: int) -> None:
    theming.apply("light", scale)
    shell.resize(1366, 768)
    shell.navigator.go(route)
    turn(20)
    assert (shell.width(), shell.height()) == (1366, 768)
    assert clipped(shell) == []
    assert nameless(shell) == []


def test_the_systems_high_contrast_gets_no_sheet_and_its_own_palette(
    shell: MainWindow, theming: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theming, "_name", lambda: "system-contrast")
    theming.apply("system")
    assert qapp.styleSheet() == ""
    assert qapp.palette() == qapp.style().standardPalette()
    assert not shell.ring.isVisible()
    shell.navigator.go("pieces")
    turn(10)
    assert nameless(shell) == []
    monkeypatch.undo()
    theming.apply("light")
    assert qapp.styleSheet()


def test_the_ring_goes_round_what_has_the_focus_and_only_that(shell: MainWindow) -> None:
    shell.navigator.go("today")
    turn(10)
    button = next(button for button in shell.navigator.page().findChildren(Button) if "Nouvelle" in button.text())
    button.setFocus()
    around = QRect(button.mapTo(shell, button.rect().topLeft()), button.size()).adjusted(-4, -4, 4, 4)
    assert shell.ring.target() == around
    image = shell.grab().toImage()
    focus = tokens()["themes"]["light"]["focus"]["hex"]
    assert ground(image, (around.left(), around.center().y())) == focus
    assert ground(image, (around.left() + 2, around.center().y())) != focus
    shell.resize(1200, 700)
    turn(10)
    moved = QRect(button.mapTo(shell, button.rect().topLeft()), button.size()).adjusted(-4, -4, 4, 4)
    assert moved != around
    assert shell.ring.target() == moved


def test_a_note_fetches_nothing_and_pastes_words_only(qtbot: QtBot, tmp_path: Path) -> None:
    spy = tmp_path / "spy.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(spy))
    editor = MarkdownEditor()
    qtbot.addWidget(editor)
    editor.show_markdown(f"avant ![x]({spy.as_uri()}) après")
    plain = MarkdownEditor()
    qtbot.addWidget(plain)
    assert editor.text.loadResource(2, spy.as_uri()) is None
    assert editor.text.acceptRichText() is False
    editor.show_markdown("**gras** et *italique*\n\n- un\n- deux")
    editor.text.document().setModified(True)
    assert "**gras**" in editor.markdown()
    assert editor.markdown().count("- ") == 2


def test_pictures_are_the_same_twice(shell: MainWindow, tmp_path: Path) -> None:
    shell.navigator.go("people")
    turn(20)
    first, second = (QImage(str(picture(shell, tmp_path / f"{n}.png"))) for n in (1, 2))
    assert (first.width(), first.height()) == (1366, 768)
    assert first == second
