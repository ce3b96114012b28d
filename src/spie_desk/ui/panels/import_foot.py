"""Import: the foot of the page — what is written so far, the way back and the way on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from spie_desk.domain.import_plan import ImportPlan
from spie_desk.texts import _, n_
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Icon, Words, row, space
from spie_desk.ui.widgets.buttons import Button


class ImportFoot(QWidget):
    """« Rien n’est encore écrit », beside the only button that writes."""

    def __init__(self, back: Callable[[], object], forward: Callable[[], object]) -> None:
        super().__init__()
        self.back = Button("", back)
        self.forward = Button("", forward, look_="filled", icon="file-up")
        self._sure = Words(_("Rien n’est encore écrit."), Type.TEXT, weight=600)
        self._undo = Words(_("L’import entier pourra être annulé en une fois."), Type.TEXT, "muted")
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        told = row(Icon("shield-check", "ok", 20), self._sure, self._undo)
        told.lines.setStretch(2, 1)
        self._lines.addWidget(told, 1)
        self._lines.addWidget(row(None, self.back, self.forward))
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8, (5, 0, 5, 6))
        down = now.narrow
        self._lines.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)

    def follow(self, panel: QWidget) -> None:
        """Come after it under Tab: what a step makes later would otherwise stand behind these buttons."""
        # the list that drops from a choice is a window of its own, with its own order
        inside = [one for one in panel.findChildren(QWidget) if _stops(one) and one.window() is self.window()]
        for before, after in pairwise([*inside, self.back, self.forward]):
            QWidget.setTabOrder(before, after)

    def show_columns(self) -> None:
        """The columns are being looked at."""
        self.setVisible(True)
        self.back.say(_("Choisir un autre fichier"))
        self.forward.setEnabled(True)
        self.forward.say(_("Essayer à blanc"))

    def show_plan(self, plan: ImportPlan) -> None:
        """The dry run is being looked at."""
        self.setVisible(True)
        self.back.say(_("Revenir aux colonnes"))
        rows = len(plan.acts)
        self.forward.setEnabled(bool(rows))
        self.forward.say(n_("Importer {n} ligne", "Importer {n} lignes", rows) if rows else _lacking(plan))


def _stops(widget: QWidget) -> bool:
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus and widget.focusProxy() is None


def _lacking(plan: ImportPlan) -> str:
    """A button that cannot be pressed says why."""
    if plan.in_doubt:
        return _("Importer\u00a0: il manque une réponse aux doutes")
    return _("Importer\u00a0: rien ne change")
