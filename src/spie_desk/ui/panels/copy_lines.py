"""The lines of a copy to go through: each given unless one says otherwise, what may be someone else's to examine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.errors import N_
from spie_desk.services.copies import Review
from spie_desk.services.copy_lines import GIVE, MASKED, SUGGESTED, TO_EXAMINE, WITHHOLD, Choice, DataLine
from spie_desk.texts import _, n_
from spie_desk.ui.models.rows import Line, ListSpec
from spie_desk.ui.panels.file_words import full_day
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Card, Words, named, space
from spie_desk.ui.widgets.buttons import Button, FilterPill, only_one
from spie_desk.ui.widgets.choices import CardChoice, RadioCards
from spie_desk.ui.widgets.choices import Choice as Pick
from spie_desk.ui.widgets.flow import Flow
from spie_desk.ui.widgets.list_view import ListView

Fits = Callable[["CopyLines", DataLine], bool]
FILTERS: tuple[tuple[str, Fits], ...] = (
    (N_("Toutes"), lambda panel, line: True),
    (N_("À examiner"), lambda panel, line: not panel.choice(line).settled),
    (N_("Signalées"), lambda panel, line: bool(line.flags)),
    (N_("Retenues"), lambda panel, line: panel.choice(line).do == WITHHOLD),
)


class CopyLines(QWidget):
    """``decided`` carries a line's key and what was chosen; an empty key says that several changed."""

    decided = Signal(str, Choice)

    def __init__(self, choices: Callable[[str], Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self._found: Sequence[DataLine] = ()
        self._choices: dict[str, Choice] = {}
        self._pills = [FilterPill(_(name), self._again) for name, _fits in FILTERS]
        only_one(*self._pills)
        self._all = Button(_("Masquer les noms dans toutes les lignes signalées"), self._mask_all, look_="small",
                           icon="eye-off")  # fmt: skip
        self.list = ListView(ListSpec(
            "copy-lines", title=N_("Ce que ce poste sait d’elle"), leaves=False, shape="task", line=self._line,
            spoken=self._spoken,
            empty=N_("Rien ici. Choisissez «\u00a0Toutes\u00a0»."), key=lambda one: one.key,
        ))  # fmt: skip
        self.list.current_changed.connect(lambda _row: self._say())
        self.list.ticked.connect(self._turn)
        self._what, self._body = Words("", Type.TEXT, weight=600), Words("")
        self._flags = Words("", Type.SECOND, "warn", weight=500)
        self._do = RadioCards([
            CardChoice(GIVE, _("La donner"), _("entière")),
            CardChoice(MASKED, _("Masquer les noms"), _("«\u00a0[autre personne]\u00a0» à leur place")),
            CardChoice(WITHHOLD, _("La retenir"), _("avec un motif")),
        ], shares=(120, 190, 130))  # fmt: skip
        self._do.chosen.connect(lambda _code: self._chose())
        self._why = named(Pick(list(choices("withheld_reason")), empty=_("Motif de la retenue")), "why",
                          _("Motif de la retenue"))  # fmt: skip
        self._why.chosen.connect(self._chose)
        self._detail = Card(self._what, self._body, self._flags, self._do, self._why, gap=8, padding=14)
        self._lines = QVBoxLayout(self)
        for widget in (Flow(*self._pills, self._all), Card(self.list, padding=6), self._detail):
            self._lines.addWidget(widget)
        self.wear(look())

    def wear(self, now: Look) -> None:
        space(self._lines, now, 10)
        self.list.setMinimumHeight(now.px(250))

    def show_lines(self, lines: Sequence[DataLine], choices: Mapping[str, Choice]) -> None:
        self._found, self._choices = lines, dict(choices)
        self._again()

    def choices(self) -> Mapping[str, Choice]:
        return self._choices

    def choice(self, line: DataLine) -> Choice:
        return self._choices.get(line.key, Choice())

    def reviewed(self, found: Review | None) -> Review | None:
        """The review with what is decided by now."""
        return replace(found, choices=dict(self._choices)) if found is not None else None

    # ---- inside

    def _again(self) -> None:
        fits = next(fits for pill, (_name, fits) in zip(self._pills, FILTERS, strict=True) if pill.isChecked())
        for pill, (_name, one) in zip(self._pills, FILTERS, strict=True):
            pill.show_count(sum(one(self, line) for line in self._found))
        self.list.show_rows([line for line in self._found if fits(self, line)])
        self._all.setVisible(any(line.names and not self.choice(line).settled for line in self._found))
        self._say()

    def _line(self, one: DataLine) -> Line:
        badge, role = self._badge(one)
        title = one.head or _(one.label)
        return Line(" ".join(title.split()), middle=_(one.label), badge=badge, role=role,
                    ticked=self.choice(one).do in {GIVE, MASKED})  # fmt: skip

    def _badge(self, one: DataLine) -> tuple[str, str]:
        chosen = self.choice(one)
        if one.apart and not chosen.settled:
            return _("Retenue, à examiner"), "danger"
        if not chosen.settled:
            return _("À examiner"), "warn"
        if chosen.do == MASKED:
            return _("Noms masqués"), "info"
        if chosen.do == WITHHOLD:
            return _("Retenue"), "danger"
        return (_("Ancienne valeur"), "muted") if one.former else (_(one.volet), "muted")

    def _spoken(self, one: DataLine) -> str:
        badge, _role = self._badge(one)
        state = _("donnée") if self.choice(one).do in {GIVE, MASKED} else _("pas donnée")
        return ", ".join(part for part in (_(one.label), one.text, state, badge) if part)

    def _say(self) -> None:
        one: DataLine | None = self.list.current()
        self._detail.setVisible(one is not None)
        if one is None:
            return
        chosen = self.choice(one)
        volet = "" if one.apart else _(one.volet)
        where = (_(one.label), volet, full_day(one.on) if one.on else "", one.author)
        self._what.say(" · ".join(part for part in where if part))
        self._body.say("\n".join(f"{_(label)}\u00a0: {value}" for label, value in one.parts))
        self._body.setVisible(bool(one.parts))
        self._flags.say(self._why_flagged(one))
        self._flags.setVisible(bool(self._flags.said()))
        quiet = (QSignalBlocker(self._do), QSignalBlocker(self._why))
        self._do.choose(chosen.do)
        self._do.allow(MASKED, "" if one.names else _("Aucun nom n’est signalé dans cette ligne."))
        for code in (GIVE, MASKED):
            if one.apart:
                self._do.allow(code, _("Elle n’est pas dans le dossier\u00a0: elle ne se remet pas d’ici."))
            elif code == GIVE:
                self._do.allow(code)
        self._why.choose(chosen.why or next((SUGGESTED[flag] for flag in one.flags if flag in SUGGESTED), ""))
        self._why.setVisible(chosen.do == WITHHOLD)
        del quiet

    def _why_flagged(self, one: DataLine) -> str:
        if one.apart:
            return _("Retenu, à examiner\u00a0: vous êtes la seule personne à voir cette ligne. Ni la copie ni son "
                     "compte n’en disent rien. Dites pourquoi elle est retenue.")  # fmt: skip
        said = ", ".join(_(flag) for flag in one.flags)
        names = ", ".join(dict.fromkeys(one.names))
        if names:
            said = _("{why}\u00a0: {names}").format(why=said, names=names)
        return said[:1].upper() + said[1:]

    def _turn(self, one: DataLine) -> None:
        """Space: given or not; not given asks why."""
        given = self.choice(one).do in {GIVE, MASKED}
        if not one.apart:
            self.list.choose(one.key)
            self._settle(one, Choice(WITHHOLD) if given else Choice(GIVE))

    def _chose(self) -> None:
        one = self.list.current()
        if one is not None and self._do.code() != TO_EXAMINE:
            code = self._do.code()
            self._why.setVisible(code == WITHHOLD)
            self._settle(one, Choice(code, self._why.code() if code == WITHHOLD else ""))

    def _settle(self, one: DataLine, chosen: Choice) -> None:
        if chosen == self.choice(one):
            return
        self._choices[one.key] = chosen
        self._again()
        self.decided.emit(one.key, chosen)

    def _mask_all(self) -> None:
        flagged = [line for line in self._found if line.names and not self.choice(line).settled]
        self._choices.update({line.key: Choice(MASKED) for line in flagged})
        self._again()
        self.decided.emit("", Choice(MASKED))


def lines_said(n: int) -> str:
    return n_("{n} ligne", "{n} lignes", n)


