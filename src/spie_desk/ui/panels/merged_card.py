"""« Deux dossiers réunis »: the files that are one person's, what they say differently and which value is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spie_desk.domain.one_person import Difference
from spie_desk.services import merging
from spie_desk.services.one_file import Merged
from spie_desk.texts import _, n_
from spie_desk.ui.panels.file_words import FileShown, full_day
from spie_desk.ui.panels.hands import Hands
from spie_desk.ui.panels.merged_words import Says, file_said
from spie_desk.ui.theme import Look, Type, look
from spie_desk.ui.widgets.basics import Beside, Card, SectionTitle, Words, column, row, space
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.flow import Flow


class MergedCard(Card):
    """Shown only for files that were linked; each difference is two values of equal weight."""

    def __init__(self, hands: Hands, separate: Callable[[], object]) -> None:
        super().__init__(gap=10, padding=14)
        self._hands, self._separate = hands, separate
        self._title = SectionTitle(_("Deux dossiers réunis"), icon="link")
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.add(self._title)
        self.add(self._holder)
        self._shown: FileShown | None = None
        self.hide()
        self.wear(look())

    def wear(self, now: Look) -> None:
        super().wear(now)
        if hasattr(self, "_lines"):
            space(self._lines, now, 10)

    def show_file(self, shown: FileShown) -> None:
        self._shown, merged = shown, shown.file.merged
        focused = next((one.objectName() for one in self._holder.findChildren(Button) if one.hasFocus()), "")
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(merged is not None)
        if merged is not None:
            self._fill(shown, merged)
        if focused and (found := self.findChild(Button, focused)) is not None:
            found.setFocus()

    # ---- inside

    def _fill(self, shown: FileShown, merged: Merged) -> None:
        numbers = ", ".join(one.record.number or _("sans numéro") for one in merged.files)
        main = merged.files[0].record
        said = _("Dossiers {numbers}. Rien n’a été réécrit\u00a0: chacun garde ce qui y est écrit, et ses lecteurs. Ce "
                 "qui s’écrit maintenant va dans le {file}.").format(numbers=numbers, file=file_said(main))  # fmt: skip
        self._lines.addWidget(Words(said, Type.SECOND, "muted"))
        if merged.remark:
            self._lines.addWidget(Words(_("Réunis parce que\u00a0: {why}.").format(why=merged.remark), Type.SECOND))
        says = Says(shown.lists, shown.who, hidden=shown.person.undisclosed)
        count = len(merged.differences)
        if count:
            self._lines.addWidget(Words(n_("{n} réponse différente\u00a0: choisissez celle qui s’affiche.",
                                           "{n} réponses différentes\u00a0: choisissez celles qui s’affichent.", count),
                                        weight=600))  # fmt: skip
        for one in merged.differences:
            self._lines.addWidget(self._difference(one, says))
        for asked in shown.file.requests:
            if asked.record.words.strip():
                day = full_day(asked.record.said_on) if asked.record.said_on else ""
                told = _("Sa demande dans l’autre dossier\u00a0: «\u00a0{words}\u00a0» {day}")
                self._lines.addWidget(Words(told.format(words=asked.record.words.strip(), day=day).strip()))
        buttons = [self._button("separate", _("Séparer les deux dossiers…"), self._separate, icon="link-2-off")]
        buttons += [
            self._button(f"main-{at}", _("Prendre le {file} comme principal").format(file=file_said(one.record)),
                         partial(self._make_main, one.record.id), icon="star")
            for at, one in enumerate(merged.files) if at
        ]  # fmt: skip
        self._lines.addWidget(Flow(*buttons))

    def _button(self, name: str, text: str, slot: Callable[[], object], icon: str = "") -> Button:
        made = Button(text, slot, look_="small", icon=icon)
        made.setObjectName(name)
        return made

    def _difference(self, one: Difference, says: Says) -> QWidget:
        cards = []
        for file, person in one.values:
            value, whose = says.of(one.register, person), file_said(person)
            words = column(Words(value, weight=600), Words(whose, Type.SECOND, "muted"), gap=0)
            if file == one.shown:
                end: QWidget = Words(_("Affichée"), Type.SECOND, "ok")
            else:
                end = self._button(f"{one.register}-{file.hex()}", _("Afficher celle-ci"),
                                   partial(self._choose, one.register, file))  # fmt: skip
                end.setAccessibleName(_("{label}\u00a0: afficher {value}, {file}").format(
                    label=_(one.label), value=value, file=whose))  # fmt: skip
            line = row(words, end, gap=10)
            line.lines.setStretch(0, 1)
            cards.append(Card(line, sort="sunken", padding=10))
        return column(Words(_(one.label), Type.SECOND, "muted", weight=500),
                      Beside(*cards) if len(cards) == 2 else column(*cards, gap=8), gap=4)  # fmt: skip

    def _choose(self, register: str, file: bytes) -> None:
        if (person := self._person()) is not None:
            self._hands.do(lambda desk: merging.choose(desk, person, register, file),
                           _("C’est cette valeur qui s’affiche. L’autre reste lisible ici."))  # fmt: skip

    def _make_main(self, file: bytes) -> None:
        if (person := self._person()) is not None:
            self._hands.do(lambda desk: merging.make_main(desk, person, file), _("Dossier principal changé."))

    def _person(self) -> bytes | None:
        return self._shown.file.person.record.id if self._shown is not None else None
