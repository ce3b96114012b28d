"""The profile's health, checked against its journal, and the versions and licences of what runs here."""

from __future__ import annotations

from collections.abc import Sequence

from spie_desk.shipped import open_shipped
from spie_desk.texts import _, n_
from spie_desk.ui.panels.settings_panel import SettingsPanel
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


class AboutPanel(SettingsPanel):
    def build(self) -> None:
        check = self.card(_("Vérifier le profil"), _(
            "Tout ce que montrent les écrans est refait à part, à partir de ce que chacun a écrit, puis comparé. "
            "Rien n’est modifié."), "shield-check")  # fmt: skip
        self._go = Button(_("Vérifier maintenant"), self._check, icon="refresh-cw")
        check.add(Flow(self._go))
        self._told = named(Words(""), "check-told")
        check.add(self._told)
        self._told.hide()
        about = self.card(_("Versions"), icon="info")
        for name, version in self.home.versions.items():
            about.add(Words(f"{name}\u2002{version}"))
        licences = self.card(_("Licences"), _("SPIE Desk est un logiciel libre, sous licence EUPL-1.2."), "scale")
        for line in _licences():
            licences.add(Words(line, Type.SECOND))

    def _check(self) -> None:
        keeper = self.home.keeper
        self._go.setEnabled(False)
        under_way = self.room.tasks.long(keeper.rebuild_check, _("Vérification du profil"), self._checked)
        under_way.ended.connect(lambda: self._go.setEnabled(True))

    def _checked(self, differences: Sequence[str]) -> None:
        n = len(differences)
        self._told.say(
            _("Tout est en ordre.") if not n else n_(
                "{n} différence. Vos écrits sont intacts\u00a0: prévenez la personne qui suit vos ordinateurs. "
                "«\u00a0spie-desk rebuild\u00a0» refait ce que montrent les écrans.",
                "{n} différences. Vos écrits sont intacts\u00a0: prévenez la personne qui suit vos ordinateurs. "
                "«\u00a0spie-desk rebuild\u00a0» refait ce que montrent les écrans.", n)
        )  # fmt: skip
        self._told.ink("ok" if not n else "danger")
        self._told.show()


def _licences() -> list[str]:
    """What is shipped, read off its own notice: name, source, licence."""
    found = []
    for line in open_shipped("NOTICE.md").decode().splitlines():
        cells = [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]
        if len(cells) == 4 and not cells[0].startswith(("---", "Dossier")):
            found.append(
                _("{what}\u00a0: {source}. {licence}.").format(what=cells[1], source=cells[2], licence=cells[3])
            )
    return found
