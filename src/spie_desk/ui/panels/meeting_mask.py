"""What the table may see: everything, or, while projecting, only what someone chose to show for this situation."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.services.reviews import Situation
from spie_desk.texts import _
from spie_desk.ui.panels.review_words import age_band
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Words

QUESTION, TABLE, SHOWN, MINUTES, DECISIONS, WHO, NAME = (
    "question", "table", "shown", "minutes", "decisions", "who", "name")  # fmt: skip
PARTS = ((QUESTION, N_("Question")), (TABLE, N_("Tour de table")), (SHOWN, N_("Éléments du dossier")),
         (MINUTES, N_("Compte rendu")), (DECISIONS, N_("Décisions et suite")),
         (WHO, N_("Structures et professionnels")), (NAME, N_("Nom")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mask:
    """``projecting`` hides every part that is not ``revealed``; a new situation reveals nothing."""

    projecting: bool = False
    revealed: frozenset[str] = field(default_factory=frozenset)

    def shows(self, part: str) -> bool:
        return not self.projecting or part in self.revealed

    def title(self, rank: int, situation: Situation) -> str:
        """A name, or « Situation 3 »."""
        if self.shows(NAME):
            return situation.person_name or _("(pas sur ce poste)")
        return _("Situation {n}").format(n=rank)

    def under(self, situation: Situation) -> str:
        """A file number, or an age band."""
        return situation.number if self.shows(NAME) else age_band(situation.age)

    def structure(self, rank: int, name: str) -> str:
        return name if self.shows(WHO) else _("Structure {n}").format(n=rank)


def legible(widget: QWidget) -> None:
    """Nothing smaller than the running text: a table is read from afar."""
    least = look().font(Type.TEXT).pixelSize()
    for words in (one for one in widget.findChildren(QWidget) if isinstance(one, Words)):
        if words.font().pixelSize() < least:
            words.grow_to(Type.TEXT)
