"""One way to paper for every page: tick, then print, keep as PDF, let it wait in « À imprimer », or show it large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from spie_desk.domain.sheets.blocks import Sheet
from spie_desk.domain.shown import Touched
from spie_desk.services import basket
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.page import Page
from spie_desk.ui.panels.large_view import LargeView
from spie_desk.ui.printing.preview import Elsewhere, PrintPreview, watermark
from spie_desk.ui.tasks import Tasks

PAPER = "paper"
"""The kind that pages listing waiting sheets put in their ``touches``; a paper leaves no change in the journal."""


def open_preview(page: Page, sheet: Sheet | None, came_out: Callable[[], None] | None = None) -> None:
    """The tick-list over this page; ``came_out`` is called when it left on paper or as PDF. No sheet, no preview."""
    if sheet is None:
        return
    elsewhere = Elsewhere(partial(put_aside, page), partial(enlarge, page))
    preview = PrintPreview(sheet, page.window(), watermark=watermark(page.room.home), elsewhere=elsewhere)

    def left(_how: str, _ticked: frozenset[str]) -> None:
        page.do(lambda desk: basket.log(desk, [sheet]))
        if came_out is not None:
            came_out()

    preview.came_out.connect(left)
    preview.finished.connect(preview.deleteLater)
    preview.open()


def enlarge(page: Page, sheet: Sheet) -> None:
    """Over the whole screen; the register of accesses hears it, as of paper."""
    LargeView(sheet, page.window())
    page.do(lambda desk: basket.enlarged(desk, sheet))


def put_aside(page: Page, sheet: Sheet) -> None:
    """It waits, encrypted, for a printer."""

    def put(desk: Desk) -> None:
        basket.put(desk, sheet)

    said = _("Mis dans «\u00a0À imprimer\u00a0», chiffré sur ce poste.")
    page.do(put, said, then=partial(tell_papers, page.room.tasks))


def tell_papers(tasks: Tasks) -> None:
    """A sheet was put, printed or taken out."""
    tasks.touched.emit(Touched(kinds=frozenset({PAPER})))
