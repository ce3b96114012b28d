"""Import, last step: what was done, what still waits, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from spie_desk.domain.import_plan import Report
from spie_desk.domain.tables import PEOPLE
from spie_desk.texts import _, n_
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Box, Card, Icon, Words, row
from spie_desk.ui.widgets.buttons import Button


class ReportStep(Box):
    """The report, its undo, and where to go from here."""

    def __init__(self, undo: Callable[[], object], people: Callable[[], object], again: Callable[[], object]) -> None:
        super().__init__(upright=True, gap=12)
        self._icon = Icon("circle-check", "ok", 28)
        self._title = Words("", Type.SECTION)
        self._lines = Box(upright=True, gap=6)
        self.undo = Button(_("Annuler cet import"), undo, icon="undo-2")
        self.people = Button(_("Voir les personnes"), people, look_="filled", icon="users")
        self.add(Card(row(self._icon, self._title, gap=12), self._lines,
                      row(self.people, Button(_("Importer un autre fichier"), again, icon="file-up"), self.undo, None),
                      gap=14, padding=24))  # fmt: skip
        self.add(None)

    def show_report(self, report: Report) -> None:
        """What the import did, in the words of the counts."""
        self._icon.show_icon("circle-check", "ok")
        self._title.say(_("Import terminé\u00a0: {file}").format(file=report.name))
        self.undo.setEnabled(True)
        people = report.sort == PEOPLE
        self.people.say(_("Voir les personnes") if people else _("Voir la structure et l’équipe"))
        created = n_("{n} personne créée", "{n} personnes créées", report.created) if people else \
            n_("{n} ligne ajoutée à l’annuaire", "{n} lignes ajoutées à l’annuaire", report.created)
        updated = n_("{n} dossier mis à jour", "{n} dossiers mis à jour", report.updated) if people else \
            n_("{n} ligne a complété l’annuaire", "{n} lignes ont complété l’annuaire", report.updated)
        counts = ((report.created, created), (report.updated, updated),
                  (report.unchanged, n_("{n} ligne sans changement", "{n} lignes sans changement", report.unchanged)))
        told = [words for number, words in counts if number]
        if report.in_doubt:
            told.append(n_("{n} ligne en doute n’est pas importée\u00a0: reprenez le même fichier pour y répondre.",
                           "{n} lignes en doute ne sont pas importées\u00a0: reprenez le même fichier pour y répondre.",
                           report.in_doubt))  # fmt: skip
        if report.refused:
            told.append(n_("{n} ligne refusée\u00a0: corrigez-la dans le fichier, puis importez-le de nouveau.",
                           "{n} lignes refusées\u00a0: corrigez-les dans le fichier, puis importez-le de nouveau.",
                           report.refused))  # fmt: skip
        if report.nirs:
            told.append(n_("{n} numéro de sécurité sociale écarté, gardé nulle part.",
                           "{n} numéros de sécurité sociale écartés, gardés nulle part.", report.nirs))  # fmt: skip
        self._say(told)

    def show_undone(self) -> None:
        """The import was undone, here or by Ctrl+Z."""
        self._icon.show_icon("undo-2", "info")
        self._title.say(_("Import annulé"))
        self.undo.setEnabled(False)
        self._say([_("Tout est comme avant. Ce qui a été écrit depuis à la main est resté.")])

    def _say(self, told: list[str]) -> None:
        while (item := self._lines.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for text in told:
            self._lines.add(Words(text, Type.TEXT))
