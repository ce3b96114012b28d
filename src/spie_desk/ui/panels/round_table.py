"""The tour de table: one contribution per structure, typed live, on disk within a second, handed in together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.review import CONTRIBUTION, Contribution, contribution_id
from spie_desk.domain.shown import Bases, Shown
from spie_desk.domain.values import registers_of
from spie_desk.services import meetings, work
from spie_desk.services.desk import Desk
from spie_desk.services.meetings import Handed
from spie_desk.services.reviews import Situation
from spie_desk.texts import _
from spie_desk.ui.forms.editors import exact_text
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, column, rule, space
from spie_desk.ui.widgets.buttons import Button

SAVE_MS = 700


class Speech(QPlainTextEdit):
    """A text at 18 px that grows with what is said; Tab leaves it."""

    grown = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)
        self.wear(look())

    def wear(self, now: Look) -> None:
        self.setFont(now.font(Type.SECTION, 400))
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        # a plain text document counts its height in lines
        lines = max(1, round(self.document().size().height()))
        high = lines * self.fontMetrics().lineSpacing() + look().px(24)
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)
            self.grown.emit()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a row is for: the structure, its name as the table sees it, what stands handed in, what was typed."""

    structure: bytes
    name: str
    shown: Shown[Contribution] | None
    draft: Draft | None
    mine: bool


class Row(QWidget):
    """One structure's contribution."""

    def __init__(self, tasks: Tasks, situation: Situation, voice: Voice, nothing: Callable[[Row], object]) -> None:
        super().__init__()
        self._tasks, self._situation, self.voice = tasks, situation, voice
        self.shown = voice.shown
        self.label = Words(voice.name, Type.CARD)
        self.speech = Speech(_("Contribution, {structure}").format(structure=voice.name))
        self._nothing = Button(_("Rien à ajouter"), lambda: nothing(self), look_="link")
        self._nothing.setAccessibleName(_("Rien à ajouter, {structure}").format(structure=voice.name))
        self._draft = voice.draft
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._nothing, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.speech, 0, 1, 2, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)
        self._fill()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self._keep)
        self.speech.textChanged.connect(self._typed)
        self.speech.grown.connect(self._fit)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._grid, now, 2)
        self._grid.setHorizontalSpacing(now.px(10))
        self._grid.setColumnMinimumWidth(0, now.px(172))
        self.label.setFixedWidth(now.px(172))
        self._fit()

    def _fit(self) -> None:
        """As tall as the taller side: a layout of spanning cells squeezes wrapped labels instead."""
        named = self.label.heightForWidth(self.label.width()) + self._nothing.sizeHint().height() + look().px(2)
        self.setMinimumHeight(max(named, self.speech.minimumHeight()) + look().px(2))

    def text(self) -> str:
        return exact_text(self.speech).strip()

    def is_touched(self) -> bool:
        return self.text() != (self.shown.record.text if self.shown is not None else "")

    def handed(self, *, nothing: bool = False) -> Handed:
        """What is handed in, on what stood there when the row opened."""
        passage = self._situation.passage.record.id
        text = "" if nothing else self.text()
        before = self.shown.record if self.shown is not None else None
        record = Contribution(id=contribution_id(passage, self.voice.structure), passage=passage,
                              structure=self.voice.structure, text=text, by=before.by if before else b"")  # fmt: skip
        return Handed(record, self._on_screen())

    def drop(self) -> bytes | None:
        """The draft to remove with the write; nothing more is kept."""
        self._timer.stop()
        return self._draft.id if self._draft is not None else None

    def keep_now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def take_over(self, other: Row) -> None:
        """What is being typed goes on, with its draft and its caret."""
        at = other.speech.textCursor().position()
        self._draft = other._draft
        self.speech.setPlainText(exact_text(other.speech))
        self._put_caret(at)

    def _put_caret(self, at: int) -> None:
        cursor = self.speech.textCursor()
        cursor.setPosition(min(at, max(0, self.speech.document().characterCount() - 1)))
        self.speech.setTextCursor(cursor)

    def _fill(self) -> None:
        text = self.shown.record.text if self.shown is not None else ""
        content = self._draft.values.get("content") if self._draft is not None else None
        if isinstance(content, dict):
            text = str(content.get("text", ""))
        self.speech.setPlainText(text)
        if self._draft is not None:
            self._put_caret(self._draft.cursor)
        self.speech.setReadOnly(not self.voice.mine)
        said_nothing = self.shown is not None and not self.shown.record.text
        self.speech.setPlaceholderText(_("Rien à ajouter") if said_nothing else _("À son tour"))
        self._nothing.setVisible(self.shown is None)

    def _on_screen(self) -> Shown[Contribution] | None:
        if self.shown is None or self._draft is None:
            return self.shown
        return replace(self.shown, bases=self._draft.bases)

    def _typed(self) -> None:
        if not self._timer.isActive():
            # started once and never pushed back: typing without a pause is kept all the same
            self._timer.start()

    def _keep(self) -> None:
        desk = self._tasks.desk
        if desk is None or (self._draft is None and not self.is_touched()):
            return
        record = self.handed().record
        opened = self._draft or Draft(
            id=desk.chance.id(), form=meetings.FORM, kind=CONTRIBUTION.name, record=record.id,
            circle=self._situation.passage.circle, person=self._situation.passage.record.person,
            bases=self.shown.bases if self.shown is not None else Bases(),
        )  # fmt: skip
        typed = self._draft = replace(opened, values=registers_of(CONTRIBUTION, record), focus="text",
                                      cursor=self.speech.textCursor().position())  # fmt: skip

        def keep(desk: Desk) -> None:
            work.keep(desk, typed)

        self._tasks.do(keep)


class RoundTable(QWidget):
    """The rows of one situation; a refresh leaves what is being typed alone."""

    def __init__(self, tasks: Tasks, nothing: Callable[[Row], object]) -> None:
        super().__init__()
        self._tasks, self._nothing = tasks, nothing
        self.rows: list[Row] = []
        self._list = column(gap=6)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._list)
        lines.addStretch(1)

    def show_voices(self, situation: Situation, voices: Sequence[Voice]) -> None:
        """Rows that are already there keep their text; what was handed in meanwhile opens anew."""
        here = [(row.voice.structure, _dots(row.shown)) for row in self.rows]
        if here == [(voice.structure, _dots(voice.shown)) for voice in voices]:
            return
        focused = next((row.voice.structure for row in self.rows if row.speech.hasFocus()), None)
        kept: Mapping[bytes, Row] = {row.voice.structure: row for row in self.rows}
        typed = {key: row for key, row in kept.items() if row.is_touched()}
        self.clear()
        for voice in voices:
            row = Row(self._tasks, situation, voice, self._nothing)
            if voice.structure in typed and _dots(typed[voice.structure].shown) == _dots(voice.shown):
                row.take_over(typed[voice.structure])
            self.rows.append(row)
            self._list.add(row)
            self._list.add(rule())
            if voice.structure == focused:
                row.speech.setFocus()

    def clear(self) -> None:
        for row in self.rows:
            row.keep_now()
        self.rows = []
        while (item := self._list.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def keep_now(self) -> None:
        for row in self.rows:
            row.keep_now()


def _dots(shown: Shown[Contribution] | None) -> object:
    return None if shown is None else (shown.bases.sole, tuple(sorted(shown.bases.of("content"))))
