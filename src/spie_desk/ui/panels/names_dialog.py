"""« Voir les noms »: every reader with the structure he or she works for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.services.readers import Reader
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

NAMES = ListSpec(
    name="reader-names", title=N_("Lecteurs"), leaves=False, shape="person",
    spoken=lambda row: f"{row.name}, {row.structure}",
    line=lambda row: Line(row.name, second=row.structure, avatar=row.name),
    empty=N_("Personne d’autre que vous."),
)  # fmt: skip


class NamesDialog(QDialog):
    """A list to read; Escape closes it."""

    def __init__(self, title: str, people: Sequence[Reader], me: bytes, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        structures = len({one.structure for one in people if one.structure})
        shown = ListView(NAMES)
        shown.show_rows(
            [one if one.id != me else Reader(one.id, _("{name} (vous)").format(name=one.name), one.structure, one.bound)
             for one in people]
        )  # fmt: skip
        counted = n_("{n} personne", "{n} personnes", len(people))
        within = n_("dans {n} structure", "dans {n} structures", structures)
        lines = QVBoxLayout(self)
        space(lines, look(), 12, (20, 20, 20, 20))
        lines.addWidget(Words(title, Type.SECTION))
        lines.addWidget(Words(f"{counted}, {within}", Type.SECOND, "muted"))
        lines.addWidget(shown, 1)
        lines.addWidget(row(None, Button(_("Fermer"), self.accept, look_="filled")))
        self.resize(look().px(420), look().px(420))
        self.finished.connect(lambda _result: self.deleteLater())
