"""From the list on screen to the export page, with what it shows."""

from __future__ import annotations

from spie_desk.texts import _
from spie_desk.ui.notices import Notices
from spie_desk.ui.shell.navigation import Navigator


def take_to_export(navigator: Navigator, notices: Notices) -> None:
    from spie_desk.ui.pages.export import ExportPage  # noqa: PLC0415 — imported when it is first opened

    page = navigator.page()
    if page is None or isinstance(page, ExportPage):
        return
    wish = page.to_export()
    if wish is None:
        notices.inform(_("Aucune liste à exporter sur cet écran."))
        return
    navigator.go("export")
    found = navigator.page()
    if isinstance(found, ExportPage):
        found.take(wish)
