"""Text size and theme: switched at once, on every screen, and remembered for the first one."""

from __future__ import annotations

from functools import partial

from spie_desk.domain.errors import N_
from spie_desk.texts import _
from spie_desk.ui.panels.settings_panel import SettingsPanel
from spie_desk.ui.theme import SCALES
from spie_desk.ui.widgets.buttons import FilterPill, only_one
from spie_desk.ui.widgets.choices import CardChoice, RadioCards
from spie_desk.ui.widgets.flow import Flow

THEMES = (
    ("system", N_("Comme l’ordinateur"), N_("Clair ou sombre selon ses réglages"), "monitor"),
    ("light", N_("Clair"), N_("De jour, au bureau"), "sun"),
    ("dark", N_("Sombre"), N_("Le soir, en maraude"), "moon"),
    ("high-contrast", N_("Contraste élevé"), N_("Noir sur blanc, contours francs"), "contrast"),
)


class LookPanel(SettingsPanel):
    def build(self) -> None:
        theme = self.home.theme
        sizes = self.card(
            _("Taille du texte"), _("À partir de 150 %, une seule colonne avec «\u00a0Revenir\u00a0»."), "a-large-small"
        )
        pills = []
        for scale in SCALES:
            pill = FilterPill(_("{n} %").format(n=scale), partial(self.home.wear, None, scale), on=scale == theme.scale)
            pill.setObjectName(f"scale-{scale}")
            pills.append(pill)
        only_one(*pills)
        sizes.add(Flow(*pills))
        self._themes = RadioCards([CardChoice(code, _(words), _(under), icon) for code, words, under, icon in THEMES],
                                  upright=True)  # fmt: skip
        self._themes.choose(theme.wanted)
        self._themes.chosen.connect(lambda code: self.home.wear(code, None))
        self.card(_("Couleurs"), icon="contrast").add(self._themes)
