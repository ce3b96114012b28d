"""What is being typed about this person and was left aside: taken up again, or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.drafts import Draft
from spie_desk.texts import _
from spie_desk.ui.panels.file_forms import DRAFTS, FORMS, form_of
from spie_desk.ui.panels.file_words import FileShown, said_hour
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, row, space
from spie_desk.ui.widgets.buttons import Button


class WaitingDrafts(QWidget):
    """One line per draft; nothing when there is none."""

    def __init__(self, resume: Callable[[Draft], object], discard: Callable[[Draft], object]) -> None:
        super().__init__()
        self._resume, self._discard = resume, discard
        self._lines = QVBoxLayout(self)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 8)

    def empty(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()

    def show_file(self, shown: FileShown, *, but: bytes = b"") -> None:
        self.empty()
        found = [one for one in shown.drafts if one.id != but and self._name(one)]
        for one in found:
            self._lines.addWidget(self._line(shown, one))
        self.setVisible(bool(found))

    def _line(self, shown: FileShown, one: Draft) -> QWidget:
        then = datetime.fromtimestamp(one.touched_ms / 1000, tz=shown.zone)
        kept = said_hour(then) if then.date() == shown.file.today else shown.moment(one.touched_ms).removeprefix("le ")
        words = Words(_("{what}\u00a0: saisie en cours, gardée sur ce poste à {hour}.").format(
            what=self._name(one), hour=kept), Type.SECOND)  # fmt: skip
        resume = Button(_("Reprendre"), lambda: self._resume(one), look_="small", icon="pen-line")
        line = row(Icon("pencil-line", "info", 18), words, resume,
                   Button(_("Jeter"), lambda: self._discard(one), look_="link"))  # fmt: skip
        line.lines.setStretchFactor(words, 1)
        return Card(line, sort="info", padding=8)

    @staticmethod
    def _name(one: Draft) -> str:
        if one.form == "note":
            return _("Note")
        key = form_of(one) if one.form == DRAFTS else ""
        return _(FORMS[key].standing) if key else ""
