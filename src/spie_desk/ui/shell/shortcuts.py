"""The keys, as help: what each one does here, read off the action table."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.models.rows import Column, ListSpec
from spie_desk.ui.shell.actions import ActionTable, keys_of
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

KEYS = ListSpec(
    name="keys",
    title=N_("Raccourcis clavier"), leaves=False,
    columns=(Column("keys", N_("Touches"), width=170, say=keys_of), Column("text", N_("Ce qu’elles font"), stretch=True,
             say=lambda action: action.text())),
    spoken=lambda action: f"{action.text()}, {keys_of(action)}",
    empty=N_("Aucun raccourci ici."),
    key=lambda action: action.text(),
)  # fmt: skip


class ShortcutsHelp(QDialog):
    """Closes on Escape; holds nothing to fill in."""

    def __init__(self, actions: ActionTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Raccourcis clavier"))
        keys = ListView(KEYS)
        keys.show_rows([action for action in actions.all() if not action.shortcut().isEmpty()])
        lines = QVBoxLayout(self)
        space(lines, look(), 12, (24, 20, 24, 20))
        lines.addWidget(Words(_("Raccourcis clavier"), Type.SECTION))
        lines.addWidget(keys, 1)
        lines.addWidget(row(None, Button(_("Fermer"), self.accept, look_="filled")))
        self.resize(look().px(520), min(look().px(480), parent.height() - 40))
