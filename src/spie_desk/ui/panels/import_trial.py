"""Import, third step: the dry run — four counts that add up to the file, doubts, updates, refusals."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import N_
from spie_desk.domain.import_plan import ImportPlan
from spie_desk.domain.tables import PEOPLE, PROFESSIONALS, STRUCTURES
from spie_desk.texts import _, n_
from spie_desk.ui.forms.sources import Sources
from spie_desk.ui.panels.import_doubt import DoubtCard
from spie_desk.ui.panels.import_refused import RefusedCard
from spie_desk.ui.panels.import_updates import UpdatesCard
from spie_desk.ui.theme import Type
from spie_desk.ui.widgets.basics import Beside, Box, Card, Icon, Words, named, row

NEW = {PEOPLE: N_("nouvelles personnes"), STRUCTURES: N_("structures, responsables"),
       PROFESSIONALS: N_("nouveaux professionnels")}  # fmt: skip


class CountCard(Card):
    """A number, what it counts, and a line under."""

    def __init__(self, name: str, icon: str, role: str) -> None:
        super().__init__(gap=8, padding=9, upright=False)
        named(self, name)
        self._number = Words("0", Type.NUMBER, wrap=False, tabular=True)
        self._what = Words("", Type.TEXT, role, weight=600, wrap=False)
        self._under = Words("", Type.SECOND, "muted", wrap=False)
        self.add(Icon(icon, role, 22))
        words = Box(row(self._number, self._what), self._under, upright=True, gap=0)
        self._number.setSizePolicy(self._number.sizePolicy().Policy.Fixed, self._number.sizePolicy().Policy.Preferred)
        self.add(words, 1)

    def say(self, number: int, what: str, under: str) -> None:
        self._number.say(f"{number:,}".replace(",", "\u202f"))
        self._number.setMinimumWidth(self._number.sizeHint().width())
        self._what.say(what)
        self._under.say(under)


class TrialStep(Box):
    """What the import would do. ``answered(line, code)`` when a doubt is settled, ``to_export(path)`` the refusals."""

    answered = Signal(int, str)
    to_export = Signal(object)

    def __init__(self, sources: Sources) -> None:
        super().__init__(upright=True, gap=12)
        self._create = CountCard("to-create", "user-plus", "ok")
        self._update = CountCard("to-update", "refresh-cw", "info")
        self._doubt = CountCard("in-doubt", "circle-help", "warn")
        self._refused = CountCard("refused", "circle-x", "danger")
        self.doubts, self.updates, self.refusals = DoubtCard(sources), UpdatesCard(sources), RefusedCard()
        self.doubts.answered.connect(self.answered)
        self.refusals.to_export.connect(self.to_export)
        self._aside = Words("", Type.SECOND, "muted")
        self.add(Beside(self._create, self._update, self._doubt, self._refused))
        self._middle = Beside(self.doubts, self.updates, shares=(68, 32))
        self.add(self._middle)
        self.add(self.refusals)
        self.add(self._aside)
        self.add(None)

    def show_plan(self, plan: ImportPlan) -> None:
        """Counts and cards of a plan; cards with nothing to say are not there."""
        fields = n_("{n} champ changé", "{n} champs changés", plan.changed_fields)
        self._create.say(plan.to_create, _("à créer"), _(NEW[plan.sort]))
        self._update.say(plan.to_update, _("déjà sur ce poste"), fields)
        self._doubt.say(plan.in_doubt, _("en doute"), _("sans réponse pour l’instant"))
        self._refused.say(plan.refused, n_("refusée", "refusées", plan.refused), _("à corriger dans le fichier"))
        self._say_aside(plan)
        self.doubts.setVisible(bool(plan.doubts))
        self.doubts.show_plan(plan)
        self.updates.setVisible(bool(plan.to_update))
        self.updates.show_plan(plan)
        self.refusals.setVisible(bool(plan.refused))
        self.refusals.show_plan(plan)

    def first(self) -> QWidget | None:
        """Where the keyboard begins: never on an answer."""
        return self.doubts.after if self.doubts.isVisibleTo(self) and self.doubts.after.isEnabled() else None

    def _say_aside(self, plan: ImportPlan) -> None:
        """What is dropped, kept in a note, or looks odd."""
        told = []
        if plan.nirs:
            told.append(n_("{n} numéro de sécurité sociale écarté, gardé nulle part.",
                           "{n} numéros de sécurité sociale écartés, gardés nulle part.", plan.nirs))  # fmt: skip
        if plan.kept_columns:
            columns = ", ".join(f"«\u00a0{one}\u00a0»" for one in plan.kept_columns)
            told.append(_("Gardé dans une note «\u00a0ma structure\u00a0»\u00a0: {columns}.").format(columns=columns))
        if plan.odd_phones:
            told.append(n_("{n} téléphone à vérifier.", "{n} téléphones à vérifier.", plan.odd_phones))
        if plan.kept_by_hand:
            told.append(n_("{n} valeur saisie à la main est gardée, le fichier dit autre chose.",
                           "{n} valeurs saisies à la main sont gardées, le fichier dit autre chose.",
                           plan.kept_by_hand))  # fmt: skip
        self._aside.say(" ".join(told))
        self._aside.setVisible(bool(told))
