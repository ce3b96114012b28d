"""The file itself: header in view, facts, tabs, and what stands in their place while one edits or confirms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.panels.file_around import FileAround
from spie_desk.ui.panels.file_header import FileFacts, FileHeader
from spie_desk.ui.panels.file_history import FileHistory
from spie_desk.ui.panels.file_situation import FileSituation
from spie_desk.ui.panels.file_tabs import FileTabs
from spie_desk.ui.panels.file_timeline import FileTimeline
from spie_desk.ui.panels.file_todo import FileToDo
from spie_desk.ui.panels.file_words import FileShown
from spie_desk.ui.panels.glance import Glance
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.panels.waiting_drafts import WaitingDrafts
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import EmptyState, space

TABS = {"chronologie": N_("Chronologie"), "situation": N_("Situation"), "a-faire": N_("À faire"),
        "autour": N_("Qui accompagne et qui lit quoi"), "historique": N_("Historique")}  # fmt: skip


def tab_acts(act: Callable[..., object], go: Callable[[str], object]) -> None:
    """Alt and a figure open a tab; the palette names it by what it holds."""
    for at, (tab, words) in enumerate(TABS.items(), 1):
        title = _(words)
        said = _("Dossier\u00a0: {tab}").format(tab=title[:1].lower() + title[1:])
        act(said, f"Alt+{at}", partial(go, tab), icon="folder")


class FileBody(QWidget):
    """Lays out the parts; knows no deed. ``left_panel`` says that the tabs are back."""

    left_panel = Signal()

    def __init__(self, hands: Hands, header: FileHeader, drafts: WaitingDrafts) -> None:
        super().__init__()
        self.header, self.facts, self.drafts = header, FileFacts(), drafts
        self.tabs = FileTabs([(code, _(words)) for code, words in TABS.items()])
        self.timeline = FileTimeline(lambda: hands.go("note", person=self._person()))
        # a tab is made when it is first looked at: opening a file waits for its chronology alone
        self._makers: dict[str, Callable[[], Any]] = {
            "chronologie": lambda: Glance(self.timeline, hands, self.tabs.choose),
            "situation": lambda: FileSituation(hands), "a-faire": lambda: FileToDo(hands),
            "autour": lambda: FileAround(hands), "historique": lambda: FileHistory(hands),
        }  # fmt: skip
        self._panels: dict[str, Any] = {}
        self._stack = _Stack()
        self.over: Any = None
        self._shown: FileShown | None = None
        self._missing = EmptyState(_("Ce dossier n’est pas sur ce poste."), "folder")
        self._missing.hide()
        self._top, self._lines, self._inner = QVBoxLayout(), QVBoxLayout(self), QVBoxLayout()
        self._area = QScrollArea()
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        self._stack.turn_to(self.panel("chronologie"))
        self.wear(look())

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("page", "true")
        inside.setLayout(self._inner)
        self._inner.addWidget(self.header.quiet)
        self._inner.addWidget(self._stack, 1)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setObjectName("file-area")
        self._lines.addWidget(self.header)
        self._lines.addLayout(self._top)
        self._lines.addWidget(self._missing)
        self._lines.addWidget(self._area, 1)

    def wear(self, now: Look) -> None:
        """Facts and tabs stay in view with the header; when the text is large they scroll with the rest."""
        space(self._lines, now, 10)
        space(self._top, now, 10, (24, 0, 24, 0))
        space(self._inner, now, 10, (24, 5, 19, 16))
        if now.narrow:
            for at, part in enumerate((self.drafts, self.tabs, self.header.quiet, self.facts)):
                self._inner.insertWidget(at, part)
        else:
            for part in (self.facts, self.drafts, self.tabs):
                self._top.addWidget(part)
        self._show_facts()

    def show_file(self, shown: FileShown | None, *, typing: bytes = b"") -> None:
        self._missing.setVisible(shown is None)
        self._shown = shown
        for part in (self.header, self._area):
            part.setVisible(shown is not None)
        self._show_facts()
        if shown is None:
            return
        self.header.show_file(shown)
        self.facts.show_file(shown)
        self.drafts.show_file(shown, but=typing)
        self.tabs.count("a-faire", sum(1 for one in shown.file.actions if one.record.status in
                                       {"planned", "standby", "in_progress"}))  # fmt: skip
        # only the tab in view is filled: the others wait until they are looked at
        self._fill(self.tabs.code())

    def empty(self) -> None:
        """Nobody's file: the chronology alone stays made, and says nothing."""
        self.take_off()
        self._shown = None
        self.tabs.choose("chronologie")
        self.tabs.count("a-faire", 0)
        for code in [one for one in self._panels if one != "chronologie"]:
            panel = self._panels.pop(code)
            self._stack.remove(panel)
            panel.deleteLater()
        for part in (self.header, self.facts, self.drafts, self.panel("chronologie")):
            part.empty()
        self._missing.hide()
        for shown in (self.header, self._area):
            shown.show()
        self._stack.turn_to(self.panel("chronologie"))
        self._area.verticalScrollBar().setValue(0)
        self._show_facts()

    def stand_before(self, panel: Any) -> None:
        """Nothing of the file but this panel, until it has been answered."""
        self._shown = None
        for part in (self.header, self.drafts, self._missing):
            part.hide()
        self._area.show()
        self.put_over(panel)

    def put_over(self, panel: Any) -> None:
        """Show a panel in the tabs' place; it closes by its own signal."""
        self.take_off()
        self.over = panel
        self._stack.add(panel)
        self._stack.turn_to(panel)
        self._show_facts()
        panel.closed.connect(self.leave_panel)
        self._area.verticalScrollBar().setValue(0)
        panel.start()
        # once it is laid out, what has the focus is seen whole, its label with it
        QTimer.singleShot(0, panel, self._bring_into_view)

    def leave_panel(self) -> None:
        """Back to the tabs, with the keyboard on them."""
        self.take_off()
        # another file's words must not come back under a question that was just answered
        self._area.setVisible(self._shown is not None)
        self._turn(self.tabs.code())
        self.tabs.focus_tab()
        self.left_panel.emit()

    def take_off(self) -> None:
        """Close what stands over the tabs; what was typed there is kept."""
        if self.over is not None:
            panel, self.over = self.over, None
            panel.keep_now()
            self._stack.remove(panel)
            panel.hide()
            panel.deleteLater()

    def panel(self, code: str) -> Any:
        """The panel of a tab."""
        if code not in self._panels:
            self._panels[code] = self._makers[code]()
            self._stack.add(self._panels[code])
        return self._panels[code]

    def choose(self, tab: str) -> None:
        self.tabs.choose(tab)

    def _turn(self, code: str) -> None:
        self._show_facts()
        if self.over is None:
            self._fill(code)
            self._stack.turn_to(self.panel(code))
            self._area.verticalScrollBar().setValue(0)

    def _fill(self, code: str) -> None:
        if self._shown is not None and self.over is None:
            self.panel(code).show_file(self._shown)

    def _show_facts(self) -> None:
        """Nothing of the file's overview while one edits; in large text the facts head the chronology alone."""
        here = self._shown is not None and self.over is None
        self.tabs.setVisible(here)
        self.facts.setVisible(here and (not look().narrow or self.tabs.code() == "chronologie"))
        self.header.quiet.setVisible(here and look().narrow)

    def _bring_into_view(self) -> None:
        focused = QApplication.focusWidget()
        inside = self._area.widget()
        if focused is not None and inside is not None and inside.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused, 0, look().px(48))

    def _person(self) -> bytes:
        return self._shown.person.id if self._shown is not None else b""


class _Stack(QWidget):
    """One panel in view, and as tall as that one: the page scrolls no further than what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._panels: list[QWidget] = []

    def add(self, panel: QWidget) -> None:
        panel.hide()
        self._panels.append(panel)
        self._lines.addWidget(panel)

    def remove(self, panel: QWidget) -> None:
        self._panels.remove(panel)
        self._lines.removeWidget(panel)

    def turn_to(self, panel: QWidget) -> None:
        for one in self._panels:
            one.setVisible(one is panel)
