"""The bottom strip: the one place of the sentence that says where the work stands, and of the last backup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.ui.tasks import LongWork
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Icon, Words, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.steps import ProgressLine

_LONG_MS = 300


class _Sentence(Words):
    """Asks for one line, and wraps only when there is no room for it."""

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self.font()).horizontalAdvance(self.said()) + 4
        return QSize(wide, super().sizeHint().height() if not self.said() else QFontMetrics(self.font()).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(80) if self.said() else 0, QFontMetrics(self.font()).height())


class Strip(QFrame):
    """Icon, sentence, one link; at the right, the backup. The words are handed in: they come from the facts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("strip", "true")
        self._icon = Icon("cloud-off", "warn", 16)
        self._words = _Sentence("", Type.SECOND)
        self._link = Button("", self._follow, look_="link")
        self._link.hide()
        self._slot: Callable[[], object] | None = None
        self._backup_icon = Icon("shield-check", "muted", 16)
        self._backup = _Sentence("", Type.SECOND, "muted")
        self._backup.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._lines = QHBoxLayout(self)
        for widget in (self._icon, self._words, self._link):
            self._lines.addWidget(widget)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._lines.addStretch(1)
        self._lines.addWidget(self._backup_icon)
        self._lines.addWidget(self._backup)
        self.tell("", "circle-check", "ok")
        self.tell_backup("")
        self.wear(look())

    def tell(self, text: str, icon: str, role: str, link: str = "", slot: Callable[[], object] | None = None) -> None:
        """Say where the work stands; ``link`` opens what it counts."""
        self._icon.show_icon(icon, role)
        self._icon.setVisible(bool(text))
        self._words.say(text)
        self._link.say(link)
        self._link.setVisible(bool(link))
        self._slot = slot

    def tell_backup(self, text: str, role: str = "muted") -> None:
        self._backup.say(text)
        self._backup.ink(role)
        self._backup_icon.show_icon("shield-check" if role == "muted" else "triangle-alert", role)
        self._backup_icon.setVisible(bool(text))

    def text(self) -> str:
        return self._words.said()

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8, (20, 0, 20, 0))
        self.setMinimumHeight(now.height("status-strip"))

    def _follow(self) -> None:
        if self._slot is not None:
            self._slot()


class LongWorks(QWidget):
    """Long work under way, a line each, over the strip; no room taken when there is none, nor for what ends at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)

    def show_work(self, work: LongWork) -> None:
        line = ProgressLine(work)
        line.hide()
        self._lines.addWidget(line)
        QTimer.singleShot(_LONG_MS, line, line.show)
