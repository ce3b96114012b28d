"""Whole files written out in the clear, JSON and PDF, for the command and for the tour; they then count as left."""

from __future__ import annotations

import os
from pathlib import Path

from spie_desk.domain.errors import DeskError, N_
from spie_desk.exchange import export_file
from spie_desk.services import accesses, export, one_file, sheets
from spie_desk.services.desk import Desk

SHEET = "fiche.pdf"
FILES, COMMAND = N_("Dossiers entiers"), N_("Ligne de commande, sans motif donné")


class NoSuchNumberError(DeskError):
    """Parameter ``number`` is what was asked for."""

    says = N_("Aucun dossier ne porte le numéro «\u00a0{number}\u00a0» dans ce profil.")
    next_step = N_("Le numéro est en haut du dossier, par exemple K7-0132.")


class Leaving:
    """One file on its way out: who, and whether an address stays behind."""

    def __init__(self, desk: Desk, person: bytes, *, addresses: bool, watermark: str = "") -> None:
        self._desk, self._person, self._watermark = desk, person, watermark
        self.person = person
        shown = one_file.shown_as(desk, person)
        self.hidden = shown is not None and shown.undisclosed and not addresses

    def document(self) -> export.Document:
        found = export.document(self._desk, self._person)
        return export.without_address(found) if self.hidden else found

    def sheet(self) -> bytes:
        """Her sheet as a PDF; the address that is not to be given out stays unticked."""
        from spie_desk.ui.printing.pages import pdf_bytes  # noqa: PLC0415 — fonts, hence the application object first

        sheet = sheets.of_person(self._desk, self._person)
        if sheet is None:
            return b""
        ticked = frozenset(sheet.at_first()) | (frozenset() if self.hidden else frozenset({"address"}))
        return pdf_bytes(sheet, ticked, self._watermark)


def write_files(desk: Desk, out: Path, number: str | None = None, *, addresses: bool = False,
                watermark: str = "", reason: str = "") -> list[Leaving]:  # fmt: skip
    """One file, or everyone's, each in a folder named by its number; then these notes count as having left.

    A line of the register of accesses comes first, so that nothing leaves without one.
    """
    _application()
    leaving = [Leaving(desk, person, addresses=addresses, watermark=watermark) for person in _wanted(desk, number)]
    people = tuple(one.person for one in leaving)
    accesses.exported(desk, FILES, len(leaving), reason.strip() or COMMAND, people)
    written = []
    for one in leaving:
        document = one.document()
        written.append(export_file.write(out, document, {SHEET: one.sheet()}))
        # at once: should the stick be full at the next one, these have left all the same
        export.mark_left(desk, document)
    if number is None:
        export_file.seal(out, written, desk.clock.now().isoformat())
    return leaving


def _wanted(desk: Desk, number: str | None) -> list[bytes]:
    if number is None:
        return [person for person, _number in export.people_to_export(desk)]
    found = desk.store.records.find("person", {"number": number})
    if not found:
        raise NoSuchNumberError(number=number)
    return list(dict.fromkeys(one_file.main_of(desk, one.record.id) for one in found))


def _application() -> None:
    """Papers are laid out by Qt: an application object without a display, unless one is there."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 — only for papers

    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from spie_desk.ui.theme import load_fonts  # noqa: PLC0415

        _alive.append(QApplication(["spie-desk"]))
        load_fonts()


_alive: list[object] = []
"""An application object that nobody holds would be gone at once."""
