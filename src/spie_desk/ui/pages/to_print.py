"""« À imprimer » : sheets that wait for a printer, shown as they will come out; printed together or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from spie_desk.domain.errors import N_
from spie_desk.services import basket
from spie_desk.services.basket import WaitingPaper
from spie_desk.services.desk import Desk
from spie_desk.texts import _, n_, sentence
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.page import Page
from spie_desk.ui.panels.paper import PAPER, enlarge, tell_papers
from spie_desk.ui.printing.leaves import Leaves
from spie_desk.ui.printing.pages import Pages, all_onto, on_a4
from spie_desk.ui.printing.preview import watermark
from spie_desk.ui.printing.wording import said
from spie_desk.ui.theme import Look, Type
from spie_desk.ui.widgets.basics import Beside, Card, Words, column
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView


@dataclass(frozen=True, slots=True)
class Shown:
    """A waiting sheet, and the zone its hours are said in."""

    line: WaitingPaper
    zone: tzinfo | None


def _title(one: Shown) -> str:
    if one.line.sheet is None:
        return _("Document illisible")
    title = said(one.line.sheet.title)
    # her own sheet is titled by her name: what it is stands under it
    parts = (title, said(one.line.sheet.under)) if title == one.line.who else (title, one.line.who)
    return " · ".join(part for part in parts if part)


def _state(one: Shown) -> str:
    if one.line.printed_ms is not None:
        return _("Imprimé {when}").format(when=_when(one.line.printed_ms, one.zone))
    if one.line.changed:
        return _("A changé depuis\u00a0: à refaire")
    return _("Attend depuis {when}").format(when=_when(one.line.made_ms, one.zone))


def _when(ms: int, zone: tzinfo | None) -> str:
    """« mar. 1er déc., 14 h 32 »."""
    then = datetime.fromtimestamp(ms / 1000, tz=zone)
    return f"{short_day(then.date(), _)}, {then.hour}\u00a0h\u00a0{then.minute:02d}"


def _line(one: Shown) -> Line:
    done = one.line.printed_ms is not None
    role = "warn" if one.line.changed and not done else "muted"
    icon = "circle-check" if done else "printer"
    return Line(_title(one), second=_state(one), icon=icon, icon_role="ok" if done else role, role=role)


PAPERS = ListSpec(
    name="papers", title=N_("Documents à imprimer"), shape="person", line=_line,
    spoken=lambda one: f"{_title(one)}, {_state(one)}",
    empty=N_("Rien n’attend l’imprimante. Avant d’imprimer une fiche, un courrier ou un rendez-vous, "
             "«\u00a0Mettre dans “À imprimer”\u00a0» le garde ici, chiffré."),
    key=lambda one: one.line.id,
)  # fmt: skip


class ToPrintPage(Page):
    """The list, and the current sheet beside it; Suppr takes one out, Ctrl+P prints them all."""

    title, touches = N_("À imprimer"), (PAPER, "appointment", "person", "note")

    def build(self) -> None:
        self._gone: WaitingPaper | None = None
        self._list = ListView(PAPERS, fits=True)
        self._one = Button(_("Imprimer celui-ci"), self._print_one, icon="printer")
        self._large = Button(_("Afficher en grand"), self._enlarge, icon="maximize-2")
        self._out = Button(_("Retirer"), self._take_out, icon="trash-2", tip=_("Suppr"))
        self._back = Button("", self._put_back, look_="link", icon="undo-2")
        self._leaves = Leaves()
        self._deeds = Flow(self._one, self._large, self._out)
        self._all = self.at_end(Button(_("Tout imprimer"), self._print_all, look_="filled", icon="printer"))
        told = _("Une fois imprimé, un document n’est plus protégé, et l’ordinateur peut en garder une copie.")
        self._told = Words(told, Type.SECOND, "muted")
        left = column(Card(self._list, padding=8), self._deeds, self._back, self._told, None, gap=10)
        self._beside = self.add(Beside(left, self._leaves, shares=(46, 54)), 1)
        self._back.hide()
        self._list.current_changed.connect(self._turn_to)
        self._list.activated.connect(lambda _row: self._enlarge())
        self.act(_("Tout imprimer"), "Ctrl+P", self._print_all, icon="printer")
        self.act(_("Imprimer celui-ci"), "Ctrl+Return", self._print_one, icon="printer")
        self.act(_("Afficher en grand"), "Ctrl+Shift+F", self._enlarge, icon="maximize-2")
        self.act(_("Retirer de la liste"), "Del", self._take_out, icon="trash-2")
        self.act(_("Remettre ce qui vient d’être retiré"), "Ctrl+Shift+Z", self._put_back, icon="undo-2")

    def ask(self, desk: Desk) -> Sequence[Shown]:
        zone = desk.clock.now().tzinfo
        return [Shown(one, zone) for one in basket.waiting(desk)]

    def show_answer(self, rows: Sequence[Shown]) -> None:
        self._list.show_rows(rows)
        waits = [one for one in rows if one.line.printed_ms is None]
        self.retitle(_("À imprimer"), n_("{n} document attend", "{n} documents attendent", len(waits)) if waits else "")
        for widget in (self._deeds, self._leaves, self._told):
            widget.setVisible(bool(rows))
        self._all.setVisible(bool(waits))
        self._turn_to(self._list.current())

    def first_focus(self) -> QWidget | None:
        return self._list

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_leaves"):
            self._leaves.setMinimumHeight(now.px(320))

    # ---- inside

    def _turn_to(self, one: Shown | None) -> None:
        sheet = one.line.sheet if one is not None else None
        self._leaves.show_pages(self._pages(one.line) if one is not None and sheet is not None else None)
        for button in (self._one, self._large):
            button.setEnabled(sheet is not None)
        if one is not None and one.line.problem is not None:
            self.room.notices.inform(sentence(one.line.problem))

    def _pages(self, line: WaitingPaper) -> Pages | None:
        return Pages(line.sheet, watermark(self.room.home)) if line.sheet is not None else None

    def _current(self) -> WaitingPaper | None:
        found: Shown | None = self._list.current()
        return found.line if found is not None else None

    def _print_one(self) -> None:
        if (line := self._current()) is not None and line.sheet is not None:
            self._print([line])

    def _print_all(self) -> None:
        self._print([one.line for one in self._list.rows()
                     if one.line.printed_ms is None and one.line.sheet is not None])  # fmt: skip

    def _print(self, lines: Sequence[WaitingPaper]) -> None:
        if not lines:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        on_a4(printer)
        # The spooler shows this to everyone near the printer: never a person, nor what sort of paper waits for her.
        printer.setDocName("SPIE Desk")  # not words
        dialog = QPrintDialog(printer, self.window())
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._onto(printer, lines)

    def _onto(self, printer: QPrinter, lines: Sequence[WaitingPaper]) -> None:
        """Onto that printer; what it refused still waits."""
        if not all_onto(printer, [pages for line in lines if (pages := self._pages(line)) is not None]):
            self.room.notices.warn(_("L’imprimante n’a pas répondu. Rien n’est retiré de la liste."))
            return
        told = n_("{n} document envoyé à l’imprimante. Il reste ici jusqu’à demain.",
                  "{n} documents envoyés à l’imprimante. Ils restent ici jusqu’à demain.", len(lines))  # fmt: skip
        self.do(partial(basket.came_out, lines=lines), told, then=self._told_all)

    def _enlarge(self) -> None:
        if (line := self._current()) is not None and line.sheet is not None:
            enlarge(self, line.sheet)

    def _take_out(self) -> None:
        if (line := self._current()) is None:
            return
        self._gone = line
        self.do(partial(basket.take_out, paper=line.id), _("Retiré de la liste."), then=self._offer_back)

    def _offer_back(self) -> None:
        self._told_all()
        line = self._gone
        if line is not None and line.sheet is not None:
            self._back.say(_("Remettre «\u00a0{title}\u00a0»").format(title=_title(Shown(line, None))))
            self._back.show()

    def _put_back(self) -> None:
        line, self._gone = self._gone, None
        self._back.hide()
        if line is not None:
            self.do(partial(basket.put_back, line=line), _("Remis dans la liste."), then=self._told_all)

    def _told_all(self) -> None:
        tell_papers(self.room.tasks)
