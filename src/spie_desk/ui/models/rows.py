"""Any list as a table of frozen rows: columns named once, a sentence per row for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from spie_desk.texts import _

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
LINE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's attribute, its heading (a msgid), and how its value is said."""

    name: str
    label: str = ""
    stretch: bool = False
    width: int = 120
    say: Callable[[Any], str] | None = None
    right: bool = False
    ink: Callable[[Any], str] | None = None

    def words(self, row: Any) -> str:
        """The cell's text: ``say`` gets the whole row, otherwise the attribute is said plainly."""
        return self.say(row) if self.say is not None else plainly(getattr(row, self.name))


@dataclass(frozen=True, slots=True)
class Line:
    """How a row is painted: title, second line, a badge at the right in a role’s colour, a tick, an avatar (the name).

    ``middle`` is a task's second column (for whom); ``icon`` stands at the left where there are neither tick nor
    avatar; ``ticked`` None shows no box.
    """

    title: str
    second: str = ""
    middle: str = ""
    badge: str = ""
    role: str = "muted"
    avatar: str = ""
    icon: str = ""
    icon_role: str = "muted"
    ticked: bool | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list as data: ``columns`` for a table, or ``line`` for one-line (``shape`` task) or two-line (person) rows.

    ``spoken`` is the whole row as one sentence; ``key`` names what makes a row itself, so that the current one stays
    current when the list is asked again.
    """

    name: str
    spoken: Callable[[Any], str]
    empty: str
    columns: tuple[Column, ...] = ()
    line: Callable[[Any], Line] | None = None
    shape: str = "table"
    title: str = ""
    leaves: bool = True
    """Whether it may be exported: what is said of the software itself never is."""
    key: Callable[[Any], Any] = field(default=lambda row: getattr(row, "id", row))


def plainly(value: Any) -> str:
    """A value as a cell shows it: dates the French way, nothing for nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("oui")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


class RowTable(QAbstractTableModel):
    """Rows as they came from a reader thread; a window of a longer list when ``more`` can fetch what follows."""

    def __init__(self, spec: ListSpec) -> None:
        super().__init__()
        self._spec = spec
        self._rows: list[Any] = []
        self._total = 0
        self._more: Callable[[int], None] | None = None
        self._asked = -1

    def show_rows(
        self, rows: Sequence[Any], total: int | None = None, more: Callable[[int], None] | None = None
    ) -> None:
        """Replace everything; ``more`` is called with the offset when the end comes into view."""
        self.beginResetModel()
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._more, self._asked = more, -1
        self.endResetModel()

    def add_rows(self, offset: int, rows: Sequence[Any]) -> None:
        """Append the next window; one that no longer fits (the list was asked again) is dropped."""
        if offset != len(self._rows) or not rows:
            return
        self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def rows(self) -> list[Any]:
        return self._rows

    def row_at(self, index: Index) -> Any:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else max(len(self._spec.columns), 1)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None and len(self._rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self._more is not None and self._asked != len(self._rows):
            self._asked = len(self._rows)
            self._more(self._asked)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return self._spec.spoken(row)
        if role == LINE:
            return None if self._spec.line is None else self._spec.line(row)
        shows_text = role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and self._spec.columns)
        return self._text(row, index.column()) if shows_text else None

    def _text(self, row: Any, column: int) -> str:
        if self._spec.line is not None:
            return self._spec.line(row).title
        return self._spec.columns[column].words(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._spec.columns):
            return None
        column = self._spec.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
