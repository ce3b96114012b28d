"""What the user is told: an error as a sentence and its next step, « Annuler » after a deed, a bug as a report."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from spie_desk.domain.errors import DeskError
from spie_desk.texts import _, sentence
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Icon, Words, row, space
from spie_desk.ui.widgets.buttons import Button, IconButton

_SNACK_MS = 20_000


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it, without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def report_of(error: BaseException) -> str:
    """A bug as its type and the places it went through: no message, no value, no line of data."""
    lines = [type(error).__name__]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if cause is not error:
            lines.append(_("à cause de {kind}").format(kind=type(cause).__name__))
        lines += [f"  {'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
                  for frame in traceback.extract_tb(cause.__traceback__)]  # fmt: skip
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class NoticeBar(Card):
    """The bar above the bottom strip: one message at a time, closed by Escape or its cross."""

    def __init__(self) -> None:
        super().__init__(sort="danger", gap=10, padding=10, upright=False)
        self._icon = Icon("circle-alert", "danger", 20)
        self._words = Words("", Type.TEXT, "danger", weight=500)
        self.add(self._icon)
        self.add(self._words, 1)
        self.button = Button("", look_="small")
        self.button.hide()
        self.add(self.button)
        self.add(IconButton("x", _("Fermer ce message"), self.hide))
        self._slot: Callable[[], object] | None = None
        self.button.clicked.connect(lambda _checked=False: self._slot() if self._slot else None)
        self.hide()

    def tell(self, text: str, role: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        self.setProperty("card", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.ink(role)
        self._icon.show_icon(
            {"danger": "circle-alert", "warn": "triangle-alert", "ok": "circle-check"}.get(role, "info"), role
        )
        self._words.say(text)
        self.button.say(action)
        self.button.setVisible(bool(action))
        self._slot = slot
        self.show()
        announce(self, text)

    def text(self) -> str:
        return self._words.said() if not self.isHidden() else ""


class Snack(Card):
    """« … Annuler Ctrl Z »: over the page, near its foot; undo stays possible by keyboard after it has gone."""

    undo_wished = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(sort="snack", gap=12, padding=10, upright=False)
        self.setParent(over)
        self._over = over
        self.add(Icon("circle-check", "snackLink", 20))
        self._words = Words("", Type.SECOND, "snackText", weight=500, wrap=False)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.add(self._words)
        self._undo = Button(_("Annuler"), self.undo_wished.emit, look_="snack")
        self._keys = Words(_("Ctrl Z"), Type.LABEL, "snackText", wrap=False)
        self._keys.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.add(self._undo)
        self.add(self._keys)
        self._timer = QTimer(self, singleShot=True, interval=_SNACK_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, *, undoable: bool) -> None:
        self._words.say(text)
        self._undo.setVisible(undoable)
        self._keys.setVisible(undoable)
        self.show()
        self.place()
        self._timer.start()
        said = _("{text} Annuler\u00a0: Ctrl Z.").format(text=text) if undoable else text
        announce(self, said)

    def text(self) -> str:
        return self._words.said() if not self.isHidden() else ""

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_over"):
            self.place()

    def place(self) -> None:
        """Centred at the foot of the page, or at its head when the foot is where one writes."""
        now = look()
        wanted = self.lines.totalSizeHint().width()
        wide, high = min(wanted, self._over.width() - now.px(32)), now.px(44)
        foot = QRect((self._over.width() - wide) // 2, self._over.height() - high - now.px(14), wide, high)
        here = QApplication.focusWidget()
        if here is not None and self._over.isAncestorOf(here) and not self.isAncestorOf(here):
            written = QRect(here.mapTo(self._over, QPoint(0, 0)), here.size())
            # a list or a page-high text leaves no better place
            if written.intersects(foot) and written.height() < self._over.height() // 2:
                foot.moveTop(now.px(14))
        self.setGeometry(foot)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        elif event.type() == QEvent.Type.LayoutRequest and not self.isHidden():
            # another page has come into view, above
            self.raise_()
        return False


class Notices(QObject):
    """Where every outcome ends. ``tell_failure`` is what Tasks calls: nothing that fails stays silent."""

    def __init__(self, bar: NoticeBar, snack: Snack, undo: Callable[[bytes], None]) -> None:
        super().__init__(bar)
        self.bar, self.snack = bar, snack
        self._undo = undo
        self._deed = b""
        snack.undo_wished.connect(self._undo_last)
        self.report: ReportDialog | None = None

    def tell_failure(self, error: BaseException) -> None:
        """A DeskError is said in the bar; anything else is a bug and says so, without any value."""
        if isinstance(error, DeskError):
            self.warn(sentence(error))
        else:
            self.bug(error)

    def warn(self, text: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        """Something could not be done: what happened and what to do, with one action at most."""
        self.bar.tell(text, "danger", action, slot)

    def inform(self, text: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        """Something to know, in the bar."""
        self.bar.tell(text, "info", action, slot)

    def said(self, text: str, deed: bytes = b"") -> None:
        """A deed is done; with its id, « Annuler » is offered."""
        self._deed = deed
        self.bar.hide()
        self.snack.tell(text, undoable=bool(deed))

    def bug(self, error: BaseException) -> None:
        """Show the report; one at a time, the first is the one that matters."""
        if self.report is not None and self.report.isVisible():
            return
        self.report = ReportDialog(report_of(error), self.bar.window())
        self.report.open()

    def _undo_last(self) -> None:
        self.snack.hide()
        if self._deed:
            self._undo(self._deed)
            self._deed = b""


class ReportDialog(QDialog):
    """An unexpected fault: what it was, to copy to whoever helps; it holds no name and no word of a file."""

    def __init__(self, report: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Défaut du logiciel"))
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(_("Rapport à copier"))
        text.setTabChangesFocus(True)
        lines = QVBoxLayout(self)
        space(lines, look(), 12, (24, 24, 24, 24))
        lines.addWidget(Words(_("Le logiciel a un défaut."), Type.SECTION))
        reassuring = _(
            "Ce que vous avez saisi est gardé. Vous pouvez continuer. Copiez ce rapport pour la personne qui vous aide"
            "\u00a0: il ne contient ni nom ni texte de dossier."
        )
        lines.addWidget(Words(reassuring, Type.TEXT, "muted"))
        lines.addWidget(text, 1)
        self.copy = Button(_("Copier le rapport"), self._copy)
        lines.addWidget(row(None, self.copy, Button(_("Fermer"), self.accept, look_="filled")))
        self.resize(look().px(560), look().px(380))

    def report(self) -> str:
        return self._report

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy.say(_("Rapport copié"))
