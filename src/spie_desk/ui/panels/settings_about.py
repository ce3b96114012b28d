"""The profile's health, checked against its journal, and the versions and licences of what runs here."""

from __future__ import annotations

from collections.abc import Sequence

from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Touched
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
        self._mend = Button(_("Refaire ce que montrent les écrans"), self._rebuild, look_="filled", icon="refresh-cw")
        self._mend.hide()
        check.add(Flow(self._go, self._mend))
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
        self._say(
            _("Tout est en ordre.") if not n else n_(
                "{n} différence. Vos écrits sont intacts\u00a0: ce que montrent les écrans peut être refait à partir "
                "d’eux.",
                "{n} différences. Vos écrits sont intacts\u00a0: ce que montrent les écrans peut être refait à partir "
                "d’eux.", n), "ok" if not n else "danger"
        )  # fmt: skip
        self._mend.setVisible(bool(n))
        if n:
            self._mend.setFocus()

    def _rebuild(self) -> None:
        """Whole or not at all: stopped in the middle, nothing has changed."""
        keeper = self.home.keeper
        self._mend.setEnabled(False)
        self._go.setEnabled(False)
        under_way = self.room.tasks.long(keeper.rebuild, _("Remise en ordre"), self._rebuilt, writes=True)
        under_way.ended.connect(lambda: self._mend.setEnabled(True))
        under_way.ended.connect(lambda: self._go.setEnabled(True))

    def _rebuilt(self, records: int) -> None:
        self._mend.hide()
        self._say(n_("C’est refait\u00a0: {n} écrit relu, aucun n’a changé.",
                     "C’est refait\u00a0: {n} écrits relus, aucun n’a changé.", records), "ok")  # fmt: skip
        # every page on screen asks again
        self.room.tasks.touched.emit(Touched(kinds=frozenset(KIND)))
        self._go.setFocus()

    def _say(self, text: str, ink: str) -> None:
        self._told.say(text)
        self._told.ink(ink)
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
