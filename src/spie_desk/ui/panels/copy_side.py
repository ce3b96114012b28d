"""Beside the lines of a copy: what this desk can give, how it is handed over, who else must answer, past answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spie_desk.services.copies import Asked, MustAnswer, Review
from spie_desk.services.copy_lines import MASKED, WITHHOLD, Choice, DataLine
from spie_desk.texts import _, n_
from spie_desk.ui.panels.copy_lines import lines_said
from spie_desk.ui.panels.file_words import full_day
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, named
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.choices import Choice as Pick
from spie_desk.ui.widgets.fields import LineField
from spie_desk.ui.widgets.flow import Flow


class HandOver(Card):
    """Counts, the warning that paper and files leave protection, and the one button that gives."""

    def __init__(self, choices: Callable[[str], Sequence[tuple[str, str]]], give: Callable[[str], object],
                 extend: Callable[[str], object]) -> None:  # fmt: skip
        super().__init__(gap=8, padding=14)
        self._counts = Words("", Type.TEXT)
        self._how = named(Pick(list(choices("handing_over")), empty=_("Comment elle est remise")), "how",
                          _("Comment elle est remise"))  # fmt: skip
        self._give = Button(_("Remettre la copie…"), lambda: give(self._how.code()), look_="filled", icon="file-down")
        self._why = named(LineField(_("Demande complexe\u00a0: pourquoi prolonger")), "why-longer",
                          _("Pourquoi prolonger de deux mois"))  # fmt: skip
        self._longer = Button(_("Prolonger de deux mois"), lambda: extend(self._why.text()), look_="small",
                              icon="calendar-clock")  # fmt: skip
        self.add(SectionTitle(_("Ce que ce poste peut donner"), icon="scroll-text"))
        self.add(self._counts)
        self.add(Words(_("Un PDF à lire et un fichier JSON. Ils ne seront plus protégés\u00a0: remettez-les en main "
                         "propre."), Type.SECOND, "warn"))  # fmt: skip
        self.add(self._how)
        self.add(Flow(self._give))
        self.add(self._why)
        self.add(Flow(self._longer))

    def show_review(self, found: Review) -> None:
        waiting = found.waiting
        may = waiting is not None and waiting.shown.record.extended_on is None
        self._why.setVisible(may)
        self._longer.setVisible(may)
        self.show_choices(found.lines, found.choices)

    def show_choices(self, lines: Sequence[DataLine], choices: Mapping[str, Choice]) -> None:
        """A line kept apart is in no count."""
        mine = [line for line in lines if not line.apart]
        chosen = [choices.get(line.key, Choice()) for line in mine]
        withheld = sum(one.do == WITHHOLD for one in chosen)
        masked = sum(one.do == MASKED for one in chosen)
        volets = len({line.volet for line in mine})
        where = n_("{n} volet", "{n} volets", volets)
        said = [
            _("{lines} dans {where}").format(lines=lines_said(len(mine)), where=where),
            n_("{n} aux noms masqués", "{n} aux noms masqués", masked) if masked else "",
            n_("{n} retenue", "{n} retenues", withheld) if withheld else "",
        ]
        self._counts.say(" · ".join(part for part in said if part))
        left = sum(not choices.get(line.key, Choice()).settled for line in lines)
        self._give.lacks(n_("{n} ligne à examiner", "{n} lignes à examiner", left) if left else "")


class WhoElse(Card):
    """The other structures around her: this copy does not speak for them."""

    def __init__(self) -> None:
        super().__init__(gap=6, padding=14)
        self._names = Words("", Type.TEXT)
        self.add(SectionTitle(_("Qui d’autre doit répondre"), icon="building-2"))
        self.add(self._names)
        self.add(Words(_("Chaque structure remet ce qu’elle détient. La copie dit à la personne à qui demander."),
                       Type.SECOND, "muted"))  # fmt: skip

    def show_others(self, others: Sequence[MustAnswer]) -> None:
        said = [_("{structure} ({names})").format(structure=one.structure or "—", names=", ".join(one.names))
                for one in others]  # fmt: skip
        self._names.say("\n".join(said) or _("Aucune autre structure n’accompagne cette personne."))


class Answered(Card):
    """Requests already answered, by their dates and numbers."""

    def __init__(self) -> None:
        super().__init__(gap=6, padding=14)
        self._said = Words("", Type.TEXT)
        self.add(SectionTitle(_("Déjà remises"), icon="history"))
        self.add(self._said)

    def show_requests(self, requests: Sequence[Asked]) -> None:
        said = []
        for one in requests:
            answer = one.answer.record if one.answer is not None else None
            if answer is None or answer.given_on is None:
                continue
            parts = [_("Remise le {day}").format(day=full_day(answer.given_on)), lines_said(answer.lines),
                     n_("{n} retenue", "{n} retenues", len(answer.withheld)) if answer.withheld else ""]  # fmt: skip
            said.append(" · ".join(part for part in parts if part))
            said += [_("n°\u00a0{n}\u00a0: {why}").format(n=n, why=why) for n, why in enumerate(answer.withheld, 1)]
        self._said.say("\n".join(said))
        self.setVisible(bool(said))
