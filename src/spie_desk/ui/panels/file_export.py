"""Exporting one whole file: what leaves is said first, then a folder is chosen, and JSON and PDF are written there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from spie_desk.domain.accesses import EXPORT_REASONS
from spie_desk.domain.errors import N_
from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.shown import Touched
from spie_desk.services import accesses, export, sheets
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.panels.file_aside import FileAside
from spie_desk.ui.panels.file_words import FileShown
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.printing.pages import pdf_bytes
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.reason import ReasonField

PDF = "fiche.pdf"
FILE = N_("Dossier entier")


class ExportFile(FileAside):
    """Never undone: what is written there is out of the software's hands."""


    def __init__(self, hands: Hands, shown: FileShown, choose: Callable[[QWidget], Path | None] | None = None,
                 watermark: str = "") -> None:  # fmt: skip
        super().__init__()
        self._hands, self._shown, self._choose = hands, shown, choose or _ask_where
        self._watermark = watermark
        name = shown.person.name
        card = Card(Words(_("Exporter le dossier\u00a0: {name}").format(name=name), Type.SECTION), gap=12)
        card.add(Words(_("Ce qui sera écrit n’est plus protégé\u00a0: tout le dossier en clair, notes réservées "
                         "comprises, avec ses anciennes valeurs. "
                         "Quiconque ouvre la clé ou le dossier peut le lire. Un export ne "
                         "s’annule pas."), Type.TEXT, "warn"))  # fmt: skip
        card.add(Words(_("Deux fichiers\u00a0: «\u00a0dossier.json\u00a0», que tout logiciel peut relire, "
                         "et «\u00a0fiche.pdf\u00a0», la fiche de la personne."), Type.SECOND, "muted"))  # fmt: skip
        self._address = Tick(_("Inclure l’adresse à ne pas divulguer"))
        card.add(self._address)
        self._address.setVisible(shown.person.undisclosed)
        self._why = ReasonField(EXPORT_REASONS, _("Motif (inscrit au journal des accès)"))
        self._why.changed.connect(self._allow)
        card.add(self._why)
        self._go = Button(_("Choisir où l’écrire…"), self._start, look_="danger", icon="file-down")
        self._no = Button(_("Ne rien exporter"), self.closed.emit)
        card.add(Flow(self._no, self._go))
        self.hold(card)
        self._allow()

    def _allow(self) -> None:
        self._go.lacks("" if self._why.reason() else _("le motif"))

    def start(self) -> None:
        self._no.setFocus()

    def _start(self) -> None:
        folder = self._choose(self) if self._why.reason() else None
        if folder is not None:
            person = self._shown.person.id
            self._hands.query(
                lambda desk: sheets.of_person(desk, person), lambda sheet: self._write(folder, sheet), "export"
            )

    def _write(self, folder: Path, sheet: Sheet | None) -> None:
        person, address = self._shown.person.id, self._address.isChecked() or not self._shown.person.undisclosed
        ticked = sheet.at_first() | ({"address"} if address else set()) if sheet is not None else frozenset()
        extras = {PDF: pdf_bytes(sheet, frozenset(ticked), self._watermark)} if sheet is not None else {}
        said = _("Dossier écrit dans «\u00a0{folder}\u00a0». Il n’est plus protégé.").format(folder=folder.name)
        reason = self._why.reason()

        def leave(desk: Desk) -> None:
            accesses.exported(desk, FILE, 1, reason, (person,))
            _export(desk, person, folder, extras, address=address)

        self._hands.do(leave, said, then=self.closed.emit)


def _export(desk: Desk, person: bytes, folder: Path, extras: dict[str, bytes], *, address: bool) -> Touched | None:
    """Write it, then remember that these notes have left: from now on they are corrected, not signed again."""
    written: dict[str, Any] = export.document(desk, person)
    desk.files.write_export(folder, written if address else export.without_address(written), extras)
    export.mark_left(desk, written)
    return None


def _ask_where(parent: QWidget) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, _("Où écrire l’export"))
    return Path(chosen) if chosen else None
