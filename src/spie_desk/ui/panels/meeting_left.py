"""At the left of a meeting: its situations in order, and the time that the present one has taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from spie_desk.services.reviews import Situation
from spie_desk.texts import _
from spie_desk.ui.panels.meeting_mask import NAME, Mask
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, row
from spie_desk.ui.widgets.buttons import Button, IconButton


class Situations(Card):
    """A button for each situation; the present one is checked, those seen bear a tick."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(gap=4, padding=10)
        self._count = Words("", Type.CARD, wrap=False)
        self.add(self._count)
        self._buttons: list[Button] = []
        self._said: list[tuple[str, str, bool]] = []

    def show_situations(self, situations: Sequence[Situation], current: int, mask: Mask) -> None:
        self._count.say(_("Situation {n} sur {total}").format(n=current + 1, total=len(situations)))
        said = [(_ranked(at, one, mask), mask.under(one), one.passage.record.status == "done")
                for at, one in enumerate(situations, start=1)]  # fmt: skip
        if said != self._said:
            self._build(said)
        for at, button in enumerate(self._buttons):
            button.setChecked(at == current)

    def _build(self, said: list[tuple[str, str, bool]]) -> None:
        for button in self._buttons:
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._said, self._buttons = said, []
        for at, (title, under, done) in enumerate(said):
            button = Button(title, partial(self.chosen.emit, at), look_="place",
                            icon="circle-check" if done else "circle")  # fmt: skip
            name = ", ".join(part for part in (title, under, _("vue") if done else _("à voir")) if part)
            button.setAccessibleName(name)
            button.setToolTip(under)
            button.setCheckable(True)
            self._buttons.append(button)
            self.add(button)


class Chrono(Card):
    """Minutes and seconds on the present situation; a pause stops them."""

    def __init__(self) -> None:
        super().__init__(sort="sunken", gap=4, padding=12)
        self._spent: dict[bytes, int] = {}
        self._passage, self._minutes, self._over = b"", 12, False
        self._of = Words("", Type.TEXT, "muted", wrap=False)
        self._time = Words("00:00", Type.TIMER, wrap=False, tabular=True)
        self._pause = IconButton("pause", _("Arrêter le temps (F6)"), self.turn)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        head = row(Icon("timer", "muted", 18), self._of)
        head.lines.setStretch(1, 1)
        line = row(self._time, self._pause)
        line.lines.setStretch(0, 1)
        for widget in (head, line, self._bar):
            self.add(widget)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def show_passage(self, passage: bytes, minutes: int) -> None:
        self._passage, self._minutes = passage, max(minutes, 1)
        self._say()

    def turn(self) -> None:
        """Stop the time, or let it go on."""
        if self._timer.isActive():
            self._timer.stop()
            self._pause.show_icon("play", _("Reprendre le temps (F6)"))
        else:
            self._timer.start()
            self._pause.show_icon("pause", _("Arrêter le temps (F6)"))

    def spent(self, passage: bytes) -> int:
        """Seconds on that situation since the screen opened."""
        return self._spent.get(passage, 0)

    def _tick(self) -> None:
        if self._passage and self.isVisible():
            self._spent[self._passage] = self.spent(self._passage) + 1
            self._say()

    def _say(self) -> None:
        spent, whole = self.spent(self._passage), self._minutes * 60
        self._time.say(f"{spent // 60:02d}:{spent % 60:02d}")
        self._bar.setRange(0, whole)
        self._bar.setValue(min(spent, whole))
        self._bar.setAccessibleName(_("Temps de cette situation"))
        over = spent > whole
        self._of.say(_("Dépassé, sur {n} min").format(n=self._minutes) if over
                     else _("Temps, sur {n} min").format(n=self._minutes))  # fmt: skip
        if over is not self._over:
            self._over = over
            self._time.ink("warn" if over else "text")
            self._time.wear(look())


def _ranked(rank: int, situation: Situation, mask: Mask) -> str:
    title = mask.title(rank, situation)
    return f"{rank}\u2002{title}" if mask.shows(NAME) else title
