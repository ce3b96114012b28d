"""What an opening may have to do first: tables that another version made are made again, and one sees how far."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from spie_desk.texts import _
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, Words


class Tidying(Card):
    """Hidden until something has to be made again."""

    def __init__(self) -> None:
        super().__init__(sort="soft", gap=8, padding=12)
        self._words = Words("", Type.TEXT, weight=500, tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Remise en ordre du profil"))
        self.add(self._words)
        self.add(self._bar)
        self.add(Words(_("Vous pouvez fermer la fenêtre\u00a0: rien ne sera fait à moitié, et cela reprendra à la "
                         "prochaine ouverture."), Type.SECOND, "muted"))  # fmt: skip
        self.hide()

    def tell(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.say(_("Le profil se remet en ordre\u00a0: {done} sur {total}").format(
            done=_spaced(done), total=_spaced(total)))  # fmt: skip
        self.show()


def _spaced(number: int) -> str:
    """« 1 200 »."""
    return f"{number:,}".replace(",", "\u202f")
