"""Write a few lines of a table as CSV that a French spreadsheet opens, with no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from spie_desk.domain.errors import DeskError, N_

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotSavedError(DeskError):
    """The file cannot be written; parameter ``file`` is its name."""

    says = N_("«\u00a0{file}\u00a0» n’a pas pu être écrit.")
    next_step = N_("Choisissez un autre dossier, ou fermez le logiciel qui tient ce fichier ouvert.")


def harmless(cell: str) -> str:
    """The cell as text for every spreadsheet: an apostrophe before what would be a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Semicolons and a byte order mark, as Excel in French wants them; the whole file or none."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([[harmless(cell) for cell in cells] for cells in rows])
    waiting = path.with_name(path.name + ".part")
    try:
        with waiting.open("wb") as file:
            file.write(text.getvalue().encode("utf-8-sig"))
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise NotSavedError(file=path.name) from error
