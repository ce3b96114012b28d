"""When the screen masks itself, and the two ways to close: the veil, and the full lock."""

from __future__ import annotations

from spie_desk.texts import _
from spie_desk.ui.panels.settings_panel import SettingsPanel, asked
from spie_desk.ui.widgets.basics import Words
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice
from spie_desk.ui.widgets.flow import Flow

MINUTES = (5, 10, 15, 20, 30, 45, 60)


class LockPanel(SettingsPanel):
    def build(self) -> None:
        veil = self.card(_("Masquer l’écran"), _("L’écran se couvre tout de suite. Votre code du jour, six "
                                                 "chiffres, le "
                         "rouvre\u00a0; cinq erreurs, et la phrase de passe est demandée."), "eye-off")  # fmt: skip
        self._minutes = Choice([(str(n), _("{n} minutes").format(n=n)) for n in MINUTES], empty=None)
        self._minutes.choose(str(self.home.idle_minutes()))
        self._minutes.chosen.connect(lambda: self.home.veil_minutes(int(self._minutes.code())))
        self._minutes.setObjectName("veil-minutes")
        veil.add(asked(self._minutes, _("Sans toucher au clavier ni à la souris, l’écran se masque après")))
        veil.add(Flow(Button(_("Masquer maintenant (Ctrl+L)"), self.home.veil, icon="eye-off")))
        lock = self.card(_("Verrouiller"), _("Tout se ferme et la clé quitte la mémoire. Vos brouillons sont "
                                             "gardés\u00a0; les "
                         "mêmes écrans se rouvrent avec votre phrase de passe."), "lock")  # fmt: skip
        lock.add(Words(_("Le capot fermé ou la mise en veille verrouillent toujours. Une note ouverte n’est "
                         "jamais fermée par "
                         "le temps qui passe\u00a0: l’écran se masque seulement.")))  # fmt: skip
        lock.add(Flow(Button(_("Verrouiller maintenant (Ctrl+Maj+L)"), self.home.lock, icon="lock")))
