"""The one list of the interface: a spec's rows, painted at fixed heights, moved through by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QWidget,
)

from spie_desk.texts import _
from spie_desk.ui.models.leaving import ListWish, as_wish
from spie_desk.ui.models.rows import ListSpec, RowTable
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import EmptyState
from spie_desk.ui.widgets.rows_painted import RowPainter, row_height, tick_box


class _Table(QTableView):
    """The view itself: one row is current, the arrows move it, Return opens it, Space ticks it."""

    opened = Signal()
    ticked = Signal(int)
    left_top = Signal()
    left_bottom = Signal()

    def __init__(self, spec: ListSpec) -> None:
        super().__init__()
        self._spec = spec
        self.setObjectName(spec.name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setVisible(bool(spec.columns))
        self.setMouseTracking(True)

    def focus_rect(self) -> QRect:
        """The ring goes round the current row, not round the whole list."""
        index = self.currentIndex()
        if not index.isValid():
            return self.rect()
        line = self.visualRect(index.siblingAtColumn(0))
        line.setWidth(self.viewport().width())
        return line.translated(self.viewport().pos()).intersected(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Space and current.isValid():
            self.ticked.emit(current.row())
        elif event.key() == Qt.Key.Key_Up and current.row() <= 0:
            self.left_top.emit()
        elif event.key() == Qt.Key.Key_Down and current.row() >= self.model().rowCount() - 1:
            self.left_bottom.emit()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self.model().rowCount():
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._spec.shape == "task" and tick_box(self.visualRect(index)).contains(event.position()):
            self.ticked.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Fixed widths, the rest to the columns that stretch: never ResizeToContents, which reads every row."""
        columns, now = self._spec.columns, look()
        if not columns:
            self.setColumnWidth(0, self.viewport().width())
            return
        fixed = sum(now.px(column.width) for column in columns if not column.stretch)
        elastic = max(sum(column.stretch for column in columns), 1)
        rest = max((self.viewport().width() - fixed) // elastic, now.px(80))
        for at, column in enumerate(columns):
            self.setColumnWidth(at, rest if column.stretch else now.px(column.width))


class ListView(QWidget):
    """Shows the rows of one spec. ``fits`` makes it as tall as its rows (inside a card that scrolls by itself).

    ``activated`` (Return, double click), ``current_changed`` and ``ticked`` carry the row.
    """

    activated = Signal(object)
    current_changed = Signal(object)
    ticked = Signal(object)
    left_top = Signal()
    left_bottom = Signal()

    def __init__(self, spec: ListSpec, *, fits: bool = False) -> None:
        super().__init__()
        self._spec, self._fits = spec, fits
        self.whole: Callable[[], ListWish] | None = None
        self._model = RowTable(spec)
        self._view = _Table(spec)
        self._view.setModel(self._model)
        self._view.setProperty("fits", fits)
        self._view.setItemDelegate(RowPainter(spec, self._view))
        self._view.setAccessibleName(_(spec.title) or _("Liste"))
        self._empty = EmptyState(_(spec.empty))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        self.setFocusProxy(self._empty)
        self._view.opened.connect(self._open)
        self._view.doubleClicked.connect(lambda _index: self._open())
        self._view.ticked.connect(lambda at: self.ticked.emit(self._model.rows()[at]))
        self._view.left_top.connect(self.left_top)
        self._view.left_bottom.connect(self.left_bottom)
        self._view.selectionModel().currentRowChanged.connect(self._moved)
        if fits:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wear(look())

    def show_rows(
        self, rows: Sequence[Any], *, total: int | None = None, more: Callable[[int], None] | None = None
    ) -> None:
        """Show these rows, keeping the current one current; ``more(offset)`` asks for the next window when needed."""
        kept = self.current()
        self._model.show_rows(rows, total, more)
        self._bring(self._view if rows else self._empty)
        if rows:
            key = None if kept is None else self._spec.key(kept)
            keys = [self._spec.key(row) for row in rows] if kept is not None else []
            self._view.setCurrentIndex(self._model.index(keys.index(key) if key in keys else 0, 0))
        self._resize()

    def add_rows(self, offset: int, rows: Sequence[Any]) -> None:
        """The next window of a long list."""
        self._model.add_rows(offset, rows)
        self._resize()

    def rows(self) -> list[Any]:
        return self._model.rows()

    def current(self) -> Any:
        """The current row, or None."""
        return self._model.row_at(self._view.currentIndex())

    def choose(self, key: Any) -> bool:
        """Make the row of that key current; false when it is not here."""
        for at, row in enumerate(self._model.rows()):
            if self._spec.key(row) == key:
                self._view.setCurrentIndex(self._model.index(at, 0))
                return True
        return False

    def say_empty(self, text: str) -> None:
        """Change what an empty list says (a search that found nothing)."""
        self._empty.say(text)

    def spoken(self) -> list[str]:
        """Every row as a screen reader says it."""
        return [self._spec.spoken(row) for row in self._model.rows()]

    def wish(self) -> ListWish | None:
        """This list for an export: as it stands, or read whole where only a window of it is shown."""
        if not self._spec.leaves:
            return None
        return self.whole() if self.whole is not None else as_wish(self._spec, self._model.rows())

    def table(self) -> QTableView:
        """The Qt view, for what only Qt knows (header, scroll)."""
        return self._view

    def wear(self, now: Look) -> None:
        self._view.setFont(now.font())
        self._view.horizontalHeader().setFont(now.font(Type.LABEL))
        self._view.verticalHeader().setDefaultSectionSize(row_height(self._spec))
        self._view.verticalHeader().setMinimumSectionSize(now.px(20))
        self._view.share_width()
        self._resize()

    def _resize(self) -> None:
        if not self._fits:
            return
        now = look()
        header = now.px(34) if self._spec.columns else 0
        rows = self._model.rowCount() * row_height(self._spec) + header
        # the sentence of an empty list wraps: its height follows from the width there is
        empty = max(self._empty.heightForWidth(max(self.width(), 1)), self._empty.sizeHint().height())
        self.setFixedHeight(rows if self._model.rowCount() else empty)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key, or the right button."""
        room = next((found for one in _above(self) if (found := getattr(one, "room", None)) is not None), None)
        if room is None or not (self._spec.leaves and self._model.rows()):
            return
        self._view.setFocus()
        menu = QMenu(self)
        menu.addAction(_("Exporter la liste…"), room.export)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self._resize()

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(240))

    def _bring(self, shown: QWidget) -> None:
        """Rows or the sentence that there are none; the keyboard stays in the list either way."""
        other = self._empty if shown is self._view else self._view
        here = other.hasFocus()
        self.setFocusProxy(shown)
        self._stack.setCurrentWidget(shown)
        if here:
            shown.setFocus()

    def _open(self) -> None:
        if (row := self.current()) is not None:
            self.activated.emit(row)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self._model.row_at(now))
        window = self.window()
        if (ring := getattr(window, "ring", None)) is not None:
            ring.follow()


def _above(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()
