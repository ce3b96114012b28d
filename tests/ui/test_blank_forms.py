"""Blank forms: printed from the help by keyboard, one page each, with who printed them and nobody's name."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from spie_desk.domain.sheets.blank_sheets import FORMS
from spie_desk.services import sheets
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.help import HelpPage
from spie_desk.ui.printing.pages import pdf
from spie_desk.ui.printing.preview import PrintPreview
from tests.ui.drivers import PageDriver

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.mark.parametrize("form", list(FORMS))
def test_each_form_stands_on_one_page_and_says_who_printed_it(desk: Desk, tmp_path: Path, form: str) -> None:
    assert pdf(sheets.blank(desk, form), tmp_path / "f.pdf") == 1
    read = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "f.pdf"), "-"], capture_output=True, check=True, text=True
    )
    words = read.stdout.replace("\u00a0", " ")
    assert f"Imprimé par {desk.me.name}" in words
    assert FORMS[form] in words
    for never in ("sécurité sociale", "NIR", "consentement", "religion"):
        assert never not in words


def test_the_help_offers_them(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    page = open_page(HelpPage)
    button = page.find("Fiches à remplir à la main")
    page.click("Fiches à remplir à la main")
    menu = button.findChildren(QMenu)[0]
    assert [one.text() for one in menu.actions()] == list(FORMS.values())
    menu.actions()[1].trigger()
    menu.close()
    page.settle()
    [preview] = page.window.findChildren(PrintPreview)
    assert preview._sheet.name == "maraude"
