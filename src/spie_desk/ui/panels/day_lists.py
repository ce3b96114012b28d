"""The day's lists in one card: late, today, what others owe; each cut to the room there is, each openable whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.texts import _, n_
from spie_desk.ui.panels.day_rows import DayRow, DayWords
from spie_desk.ui.panels.room_for_rows import share
from spie_desk.ui.panels.row_hands import RowHands
from spie_desk.ui.theme import Look, look
from spie_desk.ui.widgets.basics import Card, EmptyState, SectionTitle, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.list_view import ListView

TITLES = {
    "late": (N_("En retard"), "triangle-alert", "danger"),
    "due": (N_("Aujourd’hui"), "sun", "text"),
    "waiting": (N_("En attente des autres"), "hourglass", "text"),
    "rights": (N_("Droits qui finissent"), "badge-check", "text"),
}
DAILY = ("late", "due", "waiting")
NOTHING = N_("Rien à faire aujourd’hui. Ce qui est décidé avec la personne ou en revue arrive ici à sa date.")
BEGIN = N_("Ce profil ne contient encore personne. Importez votre fichier, ou créez un premier dossier.")
_AT_LARGE = 6
"""Rows of each list when the text is large: the page scrolls then."""


class Section(QWidget):
    """A title with its count, the first rows, and how many others there are."""

    def __init__(self, words: DayWords, code: str) -> None:
        super().__init__()
        title, icon, ink = TITLES[code]
        self.code, self.all = code, list[DayRow]()
        self._title = SectionTitle(_(title), icon=icon, ink=ink)
        self.list = ListView(words.spec(f"day-{code}", title), fits=True)
        self.more = Button("", look_="link")
        self.more.setObjectName(f"more-{code}")
        self._lines = QVBoxLayout(self)
        for widget in (self._title, self.list, self.more):
            self._lines.addWidget(widget)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 2)

    def hold(self, rows: Sequence[DayRow]) -> None:
        self.all = list(rows)
        self._title.show_count(len(rows))
        self.setVisible(bool(rows))

    def cut(self, most: int) -> None:
        """Show that many; the link says the rest."""
        rest = len(self.all) - most
        if self.list.rows() != self.all[:most]:
            self.list.show_rows(self.all[:most])
        self.more.setVisible(rest > 0)
        self.more.say(n_("… et {n} autre", "… et {n} autres", rest))


class DayLists(Card):
    """``opened`` and ``ticked`` carry a row; ``postpone`` where it stands too; ``presence`` a row and a status."""

    opened = Signal(object)
    ticked = Signal(object)
    postpone = Signal(object, QPoint)
    presence = Signal(object, str)
    ending = Signal(object, str)
    import_wished = Signal()
    person_wished = Signal()

    def __init__(self, words: DayWords) -> None:
        super().__init__(gap=6, padding=12)
        self._words = words
        self._whole: str = ""
        self._rows: dict[str, list[DayRow]] = {}
        self.sections = {code: Section(words, code) for code in DAILY}
        self._nothing = EmptyState(_(NOTHING), "circle-check")
        self._import = Button(_("Importer votre fichier"), self.import_wished.emit, look_="filled", icon="file-up")
        self._create = Button(_("Créer un dossier"), self.person_wished.emit, icon="user-plus")
        self._begin = EmptyState(_(BEGIN), "users-round", row(self._import, self._create, gap=12))
        self._nobody = False
        self._back = Button(_("Revenir à la journée"), self.show_day, look_="link", icon="chevron-left")
        self._title = SectionTitle("")
        self._full = {code: ListView(words.spec(f"all-{code}", title)) for code, (title, _icon, _ink) in TITLES.items()}
        for widget in (self._back, *self.sections.values(), self._nothing, self._begin):
            self.add(widget)
        for full in self._full.values():
            self.add(full, 1)
        self.add(None)
        self._hands = RowHands(self)
        self._hands.postpone.connect(self.wish_to_postpone)
        self._hands.presence.connect(self.answer)
        self._hands.ending.connect(self.answer_end)
        for code, section in self.sections.items():
            section.more.clicked.connect(lambda _on=False, code=code: self.show_whole(code))
        for view in self._views():
            self._listen(view)
        self._link_lists()
        # shorter than what it could hold: the lists are cut to the room, the room does not grow with them
        self.setMinimumHeight(0 if look().narrow else look().px(200))
        self.show_day()

    def show_rows(self, rows: dict[str, list[DayRow]], *, nobody: bool) -> None:
        """The day's rows by section; the whole list that is open stays open; with ``nobody``, where to begin."""
        had = self.focus_list() is not None or self._nothing.hasFocus()
        self._rows, self._nobody = rows, nobody
        for code, section in self.sections.items():
            section.hold(rows[code])
        for code, full in self._full.items():
            full.show_rows(rows[code])
        if self._whole and not rows[self._whole]:
            self._whole = ""
        self._arrange()
        if had and self.focus_list() is None:
            self.first().setFocus()

    def show_whole(self, code: str) -> None:
        """One list alone, whole, scrolling."""
        self._whole = code
        self._arrange()
        self._full[code].setFocus()

    def show_day(self) -> None:
        """Back to the day's three lists."""
        here = self._whole
        self._whole = ""
        self._arrange()
        if here in self.sections:
            self.sections[here].list.setFocus()

    def first(self) -> QWidget:
        """What takes the keyboard: the first list that holds something."""
        if self._whole:
            return self._full[self._whole]
        held = [section.list for section in self.sections.values() if section.all]
        return held[0] if held else self._import if self._nobody else self._nothing

    def focus_list(self) -> ListView | None:
        return next((view for view in self._views() if view.table().hasFocus()), None)

    def current(self) -> DayRow | None:
        """The row under the keyboard."""
        view = self.focus_list()
        under: DayRow | None = view.current() if view is not None else None
        return under

    def wish_to_postpone(self) -> None:
        if (view := self.focus_list()) is not None and (row := view.current()) is not None:
            table = view.table()
            corner = table.visualRect(table.currentIndex()).bottomLeft()
            self.postpone.emit(row, table.viewport().mapTo(self.window(), corner))

    def answer(self, status: str) -> None:
        if (row := self.current()) is not None:
            self.presence.emit(row, status)

    def answer_end(self, answer: str) -> None:
        if (row := self.current()) is not None:
            self.ending.emit(row, answer)

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_hands"):
            self.setMinimumHeight(0 if now.narrow else now.px(200))
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize}:
            self._follow()
        return False

    def _views(self) -> list[ListView]:
        return [*(section.list for section in self.sections.values()), *self._full.values()]

    def _listen(self, view: ListView) -> None:
        view.activated.connect(self.opened)
        view.ticked.connect(self.ticked)
        view.current_changed.connect(lambda _row: self._follow())
        view.table().installEventFilter(self)

    def _link_lists(self) -> None:
        """Up from the top of a list goes to the one above, Down from its end to the one below."""
        for at, code in enumerate(DAILY):
            view = self.sections[code].list
            view.left_top.connect(partial(self._step, at, -1))
            view.left_bottom.connect(partial(self._step, at, 1))

    def _step(self, at: int, by: int) -> None:
        at += by
        while 0 <= at < len(DAILY):
            if (section := self.sections[DAILY[at]]).all:
                table = section.list.table()
                section.list.setFocus()
                table.setCurrentIndex(table.model().index(0 if by > 0 else table.model().rowCount() - 1, 0))
                return
            at += by

    def _arrange(self) -> None:
        for code, section in self.sections.items():
            section.setVisible(not self._whole and bool(self._rows.get(code)))
        for code, full in self._full.items():
            full.setVisible(self._whole == code)
        self._back.setVisible(bool(self._whole))
        if self._whole:
            title = _(TITLES[self._whole][0])
            self._back.say(_("Revenir à la journée · {title}, {n}").format(title=title, n=len(self._rows[self._whole])))
        empty = not self._whole and not any(self._rows.get(code) for code in DAILY)
        self._nothing.setVisible(empty and not self._nobody)
        self._begin.setVisible(empty and self._nobody)
        self._cut()

    def _cut(self) -> None:
        """As many rows as there is room for."""
        now = look()
        counts = [len(self._rows.get(code, ())) for code in DAILY]
        room = self.height() - now.px(24)
        most = ([min(count, _AT_LARGE) for count in counts] if now.narrow else
                share(counts, room, now.height("row"), now.px(31), now.px(24)))  # fmt: skip
        for section, n in zip(self.sections.values(), most, strict=True):
            section.cut(n)
        self._follow()

    def _follow(self) -> None:
        if (view := self.focus_list()) is not None:
            self._hands.follow(view, view.current())
        else:
            self._hands.hide()
