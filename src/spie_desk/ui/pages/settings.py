"""Settings: how it looks, when it locks, its copies, my profile, my structure and its people, its health."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.page import Page
from spie_desk.ui.pages.settings_tabs import TABS
from spie_desk.ui.panels.file_tabs import FileTabs
from spie_desk.ui.panels.settings_panel import SettingsPanel


class SettingsPage(Page):
    """Tabs; each panel is made when it is first shown and takes effect at once, without a « save » of its own."""

    title, touches = N_("Réglages"), ("structure", "professional", "phrase", "word", "template")

    def build(self) -> None:
        self._tabs = self.add(FileTabs([(code, _(words)) for code, words, _name in TABS]))
        self._body_lines = QVBoxLayout()
        self.add_layout(self._body_lines)
        self.fill()
        self._panel: SettingsPanel | None = None
        self._tabs.chosen.connect(self._open)

    def arrive(self, **route: Any) -> None:
        tab = str(route.get("tab") or TABS[0][0])
        self._tabs.choose(tab)
        self._open(tab, route.get("draft"))

    def place(self) -> dict[str, Any]:
        draft = self._panel.draft() if self._panel is not None else None
        return {"tab": self._tabs.code(), "draft": draft}

    def panel(self) -> SettingsPanel | None:
        return self._panel

    def first_focus(self) -> QWidget | None:
        return self._tabs.current()

    def save(self) -> None:
        if self._panel is not None:
            self._panel.save()

    def refresh(self) -> None:
        super().refresh()
        if self._panel is not None:
            self._panel.refresh()

    def _open(self, code: str, draft: bytes | None = None) -> None:
        if self._panel is not None:
            if self._panel.code == code and draft is None:
                return
            self._panel.save()
            self._body_lines.removeWidget(self._panel)
            self._panel.hide()
            self._panel.deleteLater()
        self._panel = _panel(code)(self.room)
        self._panel.code = code
        self._body_lines.addWidget(self._panel)
        self._panel.open(draft)


def _panel(code: str) -> Callable[..., SettingsPanel]:
    name = next(name for one, _words, name in TABS if one == code)
    found: Callable[..., SettingsPanel] = getattr(import_module(f"spie_desk.ui.panels.settings_{code}"), name)
    return found
