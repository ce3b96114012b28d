"""Import: the doubts one by one, both sides in view, all the reasons, answers of equal weight."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from spie_desk.domain.import_plan import LATER, ImportPlan, RowPlan
from spie_desk.domain.import_sides import Sides, sides
from spie_desk.texts import _, n_
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.notices import announce
from spie_desk.ui.panels.import_words import head_words, said, side_words, way_words
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Box, Card, SectionTitle, Words, marked, row, rule, space
from spie_desk.ui.widgets.buttons import Button, IconButton
from spie_desk.ui.widgets.chips import Chip
from spie_desk.ui.widgets.flow import Flow


class DoubtCard(Card):
    """One doubt at a time. ``answered(line, code)`` after each answer; the card stays on it, so that it is seen."""

    answered = Signal(int, str)

    def __init__(self, sources: Sources) -> None:
        super().__init__(gap=6, padding=12)
        self._sources = sources
        self._plan: ImportPlan | None = None
        self._at = 0
        self._told = _on_one_line("", 400)
        self.before = IconButton("chevron-left", _("Doute précédent"), lambda: self.step(-1))
        self.after = IconButton("chevron-right", _("Doute suivant"), lambda: self.step(1))
        self._title = SectionTitle(_("En doute"), end=row(self.before, self.after, gap=4))
        self._body = Box(upright=True, gap=8)
        self.add(self._title)
        self.add(self._body)
        self.add(None)

    def show_plan(self, plan: ImportPlan) -> None:
        """The doubts of a plan, from the first without an answer; the same doubt stays when an answer came."""
        same = self._plan is not None and len(self._plan.doubts) == len(plan.doubts)
        self._plan = plan
        if not same:
            unanswered = (at for at, one in enumerate(plan.doubts) if not one.answer)
            self._at = next(unanswered, 0)
            self._show()
        else:
            self._say_where()
            self._say_answer()

    def step(self, by: int) -> None:
        """Go to another doubt; beyond the ends, stay."""
        if self._plan is None or not self._plan.doubts:
            return
        self._at = max(0, min(len(self._plan.doubts) - 1, self._at + by))
        self._show()
        announce(self, self._where())

    def current(self) -> RowPlan | None:
        return self._plan.doubts[self._at] if self._plan is not None and self._plan.doubts else None

    def _where(self) -> str:
        assert self._plan is not None  # noqa: S101 — called once there is one
        left = sum(1 for one in self._plan.doubts if not one.answer or one.answer == LATER)
        told = _("{at} sur {total}").format(at=self._at + 1, total=len(self._plan.doubts))
        waiting = n_("{n} sans réponse", "{n} sans réponse", left) if left else _("toutes ont une réponse")
        return f"{told} · {waiting}"

    def _say_where(self) -> None:
        assert self._plan is not None  # noqa: S101 — called once there is one
        self._title.say_count(self._where())
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._plan.doubts) - 1)

    def _show(self) -> None:
        doubt = self.current()
        while (item := self._body.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if doubt is None or self._plan is None:
            return
        self._say_where()
        self._body.add(_SidesGrid(sides(self._plan, doubt), self._sources))
        reasons = [Chip(said(one.says, one.parameters), "warn") for one in doubt.reasons]
        self._body.add(Flow(_on_one_line(_("Pourquoi ce doute")), *reasons))
        self._body.add(self._ways(doubt))

    def _ways(self, doubt: RowPlan) -> QWidget:
        """The answers, none filled, none chosen beforehand."""
        buttons = []
        for way in doubt.ways:
            button = Button(way_words(doubt, way), partial(self.answered.emit, doubt.line, way.code))
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(doubt.answer == way.code)
            buttons.append(button)
        self._told = _on_one_line("", 400)
        self._say_answer()
        return Flow(*buttons, self._told)

    def _say_answer(self) -> None:
        """Beside the answers, whether one was heard: the ground of a button alone is easily missed."""
        doubt = self.current()
        if doubt is None:
            return
        waits = not doubt.answer or doubt.answer == LATER
        said = _("Ligne {line}\u00a0: sans réponse, elle attend.") if waits else _(
            "Ligne {line}\u00a0: réponse gardée, vous pouvez en changer.")  # fmt: skip
        self._told.say(said.format(line=doubt.line))


def _on_one_line(text: str, weight: int | None = None) -> Words:
    words = Words(text, Type.LABEL, "muted", weight=weight)
    words.setWordWrap(False)
    return words


class _SidesGrid(QWidget):
    """Fields down, sides across; one under the other when the text is large."""

    def __init__(self, found: Sides, sources: Sources) -> None:
        super().__init__()
        self._found, self._sources = found, sources
        self._lines = QGridLayout(self)
        self._narrow: bool | None = None
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 2)
        self._lines.setHorizontalSpacing(now.px(14))
        if self._narrow != now.narrow:
            self._narrow = now.narrow
            self._fill(across=not now.narrow)

    def _fill(self, *, across: bool) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        rows = len(self._found.lines) + 1
        for side, head in enumerate(self._found.heads):
            top, left = (0, 2 * side) if across else (side * (rows + 1), 0)
            self._lines.addWidget(Words(head_words(head), Type.LABEL, "muted"), top, left, 1, 2)
            self._lines.setColumnStretch(left + 1, 1)
            for at, line in enumerate(self._found.lines, start=1):
                label, values = side_words(line, self._sources)
                name = Words(label, Type.SECOND, "muted")
                value = Words(values[side], Type.TEXT)
                if line.differs and values[side] != "—":
                    marked(value, ink="markText", mark="true")
                    value.setAccessibleName(_("{value}, différent").format(value=values[side]))
                self._lines.addWidget(name, top + at, left)
                self._lines.addWidget(value, top + at, left + 1)
            if not across and side < len(self._found.heads) - 1:
                self._lines.addWidget(rule(), top + rows, 0, 1, 2)
