"""« Fiches à remplir à la main » : a button that offers them, printed, kept as PDF or left to wait."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from spie_desk.domain.sheets.blank_sheets import FORMS
from spie_desk.services import sheets
from spie_desk.texts import _
from spie_desk.ui.page import Page
from spie_desk.ui.panels.paper import open_preview
from spie_desk.ui.widgets.buttons import Button


class BlankForms(Button):
    """One entry per form; with a single form named, it prints that one."""

    def __init__(self, page: Page, only: str = "") -> None:
        text = _(FORMS[only]) if only else _("Fiches à remplir à la main")
        super().__init__(text, self.offer, icon="printer")
        self._page, self._only = page, only
        self._menu = QMenu(self)
        for form, title in FORMS.items():
            self._menu.addAction(_(title)).triggered.connect(partial(self._print, form))

    def offer(self) -> None:
        if self._only:
            self._print(self._only)
        else:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _print(self, form: str, _checked: bool = False) -> None:  # noqa: FBT001,FBT002 — Qt's
        self._page.query(lambda desk: sheets.blank(desk, form), partial(open_preview, self._page), "blank")
