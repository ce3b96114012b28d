"""The kit: eight groups to print or copy by hand, two of them typed back, and only then in force."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from spie_desk.services.doorway import Keeper, KitSheet
from spie_desk.texts import _
from spie_desk.ui.tasks import Tasks
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Words, column, marked, named, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow


def kit_sentence() -> str:
    return _("Imprimez ce kit ou recopiez-le à la main, puis rangez-le loin de l’ordinateur. Qui le possède peut "
             "ouvrir vos dossiers. Sans lui ni phrase de passe, ce qui n’est que sur ce poste est perdu.")  # fmt: skip


class KitPanel(QWidget):
    """``made`` when two groups were typed back and the kit opened the vault; ``later`` when it is put off."""

    made = Signal()
    later = Signal()

    def __init__(self, keeper: Keeper, tasks: Tasks, *, may_wait: bool) -> None:
        super().__init__()
        self._keeper, self._tasks = keeper, tasks
        self._sheet = keeper.make_kit()
        self._stack = QStackedWidget()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._stack)
        self._copied = Button(_("Je l’ai recopié"), self._ask, look_="filled")
        self._stack.addWidget(self._shown(may_wait=may_wait))
        self._fields = [LineField(_("cinq signes")), LineField(_("cinq signes"))]
        self._wrong = Words("", Type.SECOND, "danger", weight=500)
        self._verify = Button(_("Vérifier"), self._check, look_="filled")
        self._stack.addWidget(self._asked())

    def first_focus(self) -> QWidget:
        return self._copied

    def sheet(self) -> KitSheet:
        return self._sheet

    def _shown(self, *, may_wait: bool) -> QWidget:
        panel = column(Words(kit_sentence()), gap=12)
        panel.add(_Groups(self._sheet.groups))
        buttons = Flow(self._copied, Button(_("Imprimer…"), self._print, icon="printer"))
        if may_wait:
            buttons.add(Button(_("Me le rappeler demain"), self._put_off, icon="alarm-clock"))
        panel.add(buttons)
        panel.add(None)
        return panel

    def _asked(self) -> QWidget:
        panel = column(Words(_("Pour être sûr que votre copie est juste, retapez deux groupes en la lisant.")), gap=10)
        for place, field in zip(self._sheet.asked, self._fields, strict=True):
            label = _("Groupe {n}").format(n=place + 1)
            field.setAccessibleName(label)
            field.setMaxLength(12)
            field.returnPressed.connect(self._check)
            words = Words(label, Type.SECOND, weight=600)
            words.setBuddy(field)
            panel.add(column(words, field, gap=4))
        panel.add(self._wrong)
        panel.add(Flow(self._verify, Button(_("Revoir le kit"), self._again)))
        panel.add(None)
        self._wrong.hide()
        return panel

    def _ask(self) -> None:
        self._stack.setCurrentIndex(1)
        self._fields[0].setFocus()

    def _again(self) -> None:
        self._stack.setCurrentIndex(0)
        self._copied.setFocus()

    def _check(self) -> None:
        sheet, first, second = self._sheet, self._fields[0].text(), self._fields[1].text()
        keeper = self._keeper
        self._verify.setEnabled(False)
        self._tasks.work(lambda: keeper.confirm_kit(sheet, first, second), self._told, owner=self, failed=self._failed)

    def _told(self, right: bool) -> None:  # noqa: FBT001 — the answer to one question
        self._verify.setEnabled(True)
        for field in self._fields:
            marked(field, wrong="false" if right else "true")
        if right:
            self.made.emit()
            return
        self._wrong.say(
            _("Un des deux groupes n’est pas le bon. Relisez votre copie, signe par signe, ou revoyez le kit.")
        )
        self._wrong.show()
        self._fields[0].setFocus()

    def _failed(self, error: BaseException) -> None:
        self._verify.setEnabled(True)
        self._tasks.tell_failure(error)

    def _put_off(self) -> None:
        keeper = self._keeper
        self._tasks.work(keeper.postpone_kit, lambda _until: self.later.emit(), owner=self)

    def _print(self) -> None:
        print_kit(self._sheet, self.window())


class _Groups(QFrame):
    """Large, numbered, in two rows; read one by one by a screen reader."""

    def __init__(self, groups: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("card", "sunken")
        self.setAccessibleName(_("Kit de secours, huit groupes"))
        self._grid = QGridLayout(self)
        self._cells = []
        for at, group in enumerate(groups):
            words = named(Words(group, Type.TITLE, tabular=True, wrap=False), f"group-{at + 1}")
            words.setAccessibleName(_("Groupe {n}\u00a0: {signs}").format(n=at + 1, signs=" ".join(group)))
            cell = column(Words(_("Groupe {n}").format(n=at + 1), Type.LABEL, "muted", wrap=False), words, gap=0)
            self._cells.append(cell)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._grid, now, 12, (16, 12, 16, 12))
        across = 2 if now.narrow else 4
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // across, at % across)


def print_kit(sheet: KitSheet, parent: QWidget) -> None:
    """To paper only: a file would be the kit beside the lock."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter  # noqa: PLC0415 — on use

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setModal(True)
    dialog.accepted.connect(lambda: paper(sheet).print_(printer))
    dialog.show()


def paper(sheet: KitSheet) -> QTextDocument:
    """The sheet: what it is, its groups, what to do with it; no name on it."""
    document = QTextDocument()
    document.setDefaultFont(QGuiApplication.font())
    cells = "".join(
        f"<td style='padding:8px'><small>{at + 1}</small><br><span style='font-size:20pt'>{group}</span></td>"
        + ("</tr><tr>" if at == 3 else "")
        for at, group in enumerate(sheet.groups)
    )
    title, made = _("Kit de secours"), f"{sheet.made_at:%d/%m/%Y}"
    told = _("Coffre {vault}, fait le {day}.").format(vault=sheet.vault, day=made)
    use = _(
        "En cas d’oubli\u00a0: sur l’écran d’ouverture, «\u00a0Utiliser le kit\u00a0», puis tapez les huit groupes."
    )
    document.setHtml(f"<h1>{title}</h1><p>{told}</p><table><tr>{cells}</tr></table><p>{kit_sentence()}</p><p>{use}</p>")
    return document
