"""Read one table out of a file as users have them: CSV of any make, XLSX or ODS; a sentence for everything else."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

from python_calamine import CalamineError, CalamineWorkbook

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.tables import Table, TableRow
from spie_desk.exchange.csv_text import decoded, delimiter_of, records
from spie_desk.exchange.headers import header_at
from spie_desk.exchange.workbook_size import most_cells

MOST_BYTES = 60_000_000
MOST_UNPACKED = 400_000_000
MOST_PARTS = 5_000
MOST_ROWS = 100_000
MOST_COLUMNS = 300
MOST_SIGNS = 32_767
MOST_CELLS = 10_000_000
"""The limits of a file, as room for the largest real ones; a cell's is the spreadsheets' own."""

_SAVE_AS = N_("Ouvrez-le dans votre tableur, puis «\u00a0Enregistrer sous\u00a0» au format XLSX ou CSV.")


class TableFileError(DeskError):
    """A file that holds no table we can read; parameters ``file`` and often ``line``."""


class NoSuchFileError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» n’a pas pu être lu\u00a0: il n’est plus là, ou cet ordinateur refuse de l’ouvrir.")
    next_step = N_("Vérifiez qu’il existe et qu’aucun autre logiciel ne le tient ouvert.")


class FolderError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est un dossier, pas un fichier.")
    next_step = N_("Choisissez le fichier qui est dedans.")


class EmptyFileError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est vide.")
    next_step = N_("Vérifiez que c’est le bon fichier.")


class TooBigError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est trop gros pour une liste de personnes.")
    next_step = N_("Gardez les lignes utiles, ou partagez-le en plusieurs fichiers.")


class TooManyRowsError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» a plus de {most} lignes.")
    next_step = N_("Partagez-le en plusieurs fichiers.")


class TooManyColumnsError(TableFileError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: {columns} colonnes. Ce n’est pas une liste de personnes.")
    next_step = _SAVE_AS


class TooLongCellError(TableFileError):
    says = N_(
        "«\u00a0{file}\u00a0», ligne {line}\u00a0: une case est trop longue. Un guillemet n’est peut-être pas refermé."
    )
    next_step = N_("Corrigez cette ligne dans votre tableur.")


class OldExcelError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est au format «\u00a0.xls\u00a0», d’avant 2007, qui ne se lit pas ici.")
    next_step = _SAVE_AS


class ProtectedFileError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est protégé par un mot de passe.")
    next_step = N_("Ouvrez-le dans votre tableur et enregistrez-le sans mot de passe.")


class NotATableError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» n’est pas un tableau que l’on sait lire (CSV, XLSX ou ODS).")
    next_step = _SAVE_AS


class DamagedFileError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» est abîmé\u00a0: il ne s’ouvre pas comme un classeur.")
    next_step = N_("Demandez-le de nouveau, ou ouvrez-le dans votre tableur puis enregistrez-le sous un autre nom.")


class NoHeaderError(TableFileError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: on ne trouve pas les noms des colonnes.")
    next_step = N_("Mettez en première ligne un nom au-dessus de chaque colonne\u00a0: Nom, Prénom, Date de naissance…")


class NoRowError(TableFileError):
    says = N_("«\u00a0{file}\u00a0» a des noms de colonnes (ligne {line}), mais aucune ligne dessous.")
    next_step = N_("Vérifiez que c’est le bon fichier.")


class DamagedTextError(TableFileError):
    says = N_("«\u00a0{file}\u00a0», ligne {line}\u00a0: des signes qui ne sont pas du texte.")
    next_step = _SAVE_AS


Lines = list[tuple[int, list[str]]]


def read_table(path: Path, sheet: str = "") -> Table:
    """The table of a file; of a workbook, the named sheet or the first that holds one."""
    data = _bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise (ProtectedFileError if "EncryptedPackage".encode("utf-16-le") in data else OldExcelError)(file=path.name)
    if data.startswith(b"PK"):
        return _workbook(path, sheet)
    if path.suffix.casefold() in {".xlsx", ".xlsm", ".ods"}:
        raise DamagedFileError(file=path.name)
    return _text(path.name, data)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FolderError(file=path.name)
        if path.stat().st_size > MOST_BYTES:
            raise TooBigError(file=path.name)
        if not path.is_file():
            raise NoSuchFileError(file=path.name)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NoSuchFileError(file=path.name) from error
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise EmptyFileError(file=path.name)
    return data


def _text(name: str, data: bytes) -> Table:
    if data[:4] in {b"%PDF", b"\x89PNG", b"{\\rt", b"GIF8"} or data[:3] == b"\xff\xd8\xff" or data[:2] == b"\x1f\x8b":
        raise NotATableError(file=name)
    text, encoding = decoded(data)
    if "\x00" in text:
        raise DamagedTextError(file=name, line=text[: text.index("\x00")].count("\n") + 1)
    if text.lstrip()[:1] in {"<", "{", "["}:
        raise NotATableError(file=name)
    delimiter = delimiter_of(text)
    lines: Lines = []
    for line, cells in records(text, delimiter):
        _within_limits(name, line, cells)
        if len(lines) > MOST_ROWS:
            raise TooManyRowsError(file=name, most=MOST_ROWS)
        lines.append((line, cells))
    return _table(name, lines, encoding=encoding, delimiter=delimiter)


def _workbook(path: Path, sheet: str) -> Table:
    _no_bomb(path)
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        wanted = [sheet] if sheet in names else names
        first: TableFileError | None = None
        for name in wanted:
            try:
                return _sheet(path.name, book, name, tuple(other for other in names if other != name))
            except (NoHeaderError, NoRowError, EmptyFileError) as error:
                first = first or error
        _refuse(first or EmptyFileError(file=path.name))
    except CalamineError as error:
        raise DamagedFileError(file=path.name) from error
    except DeskError:
        raise
    except BaseException as error:
        # The reader is compiled: what it does not foresee arrives as a panic, which is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise DamagedFileError(file=path.name) from error


def _refuse(error: TableFileError) -> NoReturn:
    raise error


def _no_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            encrypted = any(part.flag_bits & 1 for part in parts.infolist())
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFileError(file=path.name) from error
    if sum(sizes) > MOST_UNPACKED or len(sizes) > MOST_PARTS:
        raise TooBigError(file=path.name)
    if encrypted:
        raise ProtectedFileError(file=path.name)
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise NotATableError(file=path.name)
    try:
        cells = most_cells(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError) as error:
        raise DamagedFileError(file=path.name) from error
    if cells > MOST_CELLS:
        raise TooBigError(file=path.name)


def _sheet(file: str, book: CalamineWorkbook, name: str, others: tuple[str, ...]) -> Table:
    found = book.get_sheet_by_name(name)
    # A sheet may say it is a million rows high and hold ten: its declared size is looked at before its cells.
    if found.total_height > MOST_ROWS * 11:
        raise TooManyRowsError(file=file, most=MOST_ROWS)
    if found.total_width > MOST_COLUMNS * 60:
        raise TooManyColumnsError(file=file, line=1, columns=found.total_width)
    lines: Lines = []
    for line, cells in enumerate(found.iter_rows(), start=(found.start or (0, 0))[0] + 1):
        texts = _trimmed([_spelled(cell) for cell in cells])
        if not texts:
            continue
        _within_limits(file, line, texts)
        if len(lines) > MOST_ROWS:
            raise TooManyRowsError(file=file, most=MOST_ROWS)
        lines.append((line, texts))
    return _table(file, lines, sheet=name, others=others)


def _within_limits(file: str, line: int, cells: Sequence[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise TooManyColumnsError(file=file, line=line, columns=len(cells))
    if any(len(cell) > MOST_SIGNS for cell in cells):
        raise TooLongCellError(file=file, line=line)


def _table(
    file: str, lines: Lines, *, encoding: str = "", delimiter: str = "", sheet: str = "", others: tuple[str, ...] = ()
) -> Table:
    filled = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise EmptyFileError(file=file)
    at = header_at([cells for _, cells in filled[:30]])
    if at is None:
        raise NoHeaderError(file=file, line=filled[0][0])
    line, heads = filled[at]
    width = len(_trimmed(heads))
    below = filled[at + 1 :]
    if not below:
        raise NoRowError(file=file, line=line)
    width = max(width, *(len(_trimmed(cells)) for _, cells in below))
    rows = tuple(TableRow(number, _fitted(cells, width)) for number, cells in below)
    return Table(name=file, columns=_fitted(heads, width), rows=rows, header_line=line, encoding=encoding,
                 delimiter=delimiter, sheet=sheet, other_sheets=others)  # fmt: skip


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    cut = [cell.strip() for cell in cells[:width]]
    return tuple(cut + [""] * (width - len(cut)))


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _spelled(cell: Any) -> str:
    """A workbook's cell as it would stand in a text file."""
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
