"""« C’est la même personne » : two files side by side, why they may be one, who reads each, then the link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.records.person import Person
from spie_desk.services import merging
from spie_desk.services.desk import Desk
from spie_desk.services.directory import Directory, directory
from spie_desk.services.merging import Before
from spie_desk.services.past import KINDS_OF_A_FILE
from spie_desk.texts import _, sentence
from spie_desk.ui.page import Page
from spie_desk.ui.panels.merged_words import Says
from spie_desk.ui.panels.two_files import TwoFiles
from spie_desk.ui.theme import Type, look
from spie_desk.ui.widgets.basics import Card, EmptyState, Words, column, named, scrolling
from spie_desk.ui.widgets.buttons import Button
from spie_desk.ui.widgets.pick import PickField


@dataclass(frozen=True, slots=True)
class Compared:
    """What the page was answered: who is in hand, and both files once the other one is chosen, or why not."""

    person: Person | None
    before: Before | None
    known: Directory
    lists: Lists
    why_not: str = ""


class SamePersonPage(Page):
    """Routes here: ``same-person(person=b"", other=b"")``."""

    title, touches = N_("C’est la même personne"), (*KINDS_OF_A_FILE, "professional", "structure")

    def build(self) -> None:
        self._person, self._other = b"", b""
        self._link = self.at_end(Button(_("Réunir les deux dossiers"), self._join, look_="filled", icon="link",
                                        tip=_("Ctrl Entrée")))  # fmt: skip
        self.at_end(Button(_("Ne pas réunir"), self.back, tip=_("Échap")))
        self._fields = {
            "one": self._field("one-file", _("Un dossier"), "_person"),
            "other": self._field("other-file", _("L’autre dossier"), "_other"),
        }
        self._pick = Card(gap=6, padding=12)
        labels = {"one": _("Un dossier"), "other": _("L’autre dossier\u00a0: nom, téléphone ou numéro")}
        for name, label in labels.items():
            said = Words(label, Type.SECOND, "muted", weight=500)
            said.setBuddy(self._fields[name])
            self._pick.add(said)
            self._pick.add(self._fields[name])
            if name == "one":
                self._one_label = said
        self._why_not = Words("", Type.TEXT, "danger")
        self._files = TwoFiles()
        self._files.changed.connect(self._allow)
        self._nothing = EmptyState(
            _("Choisissez l’autre dossier\u00a0: les deux s’affichent côte à côte avant que vous décidiez. Rien n’est "
              "réécrit, et vous pourrez les séparer."), "users-round")  # fmt: skip
        inside = column(self._pick, self._why_not, self._nothing, self._files, None, gap=12)
        self._area = self.add(scrolling(inside), 1)
        self.act(_("Réunir les deux dossiers"), "Ctrl+Return", self._join, icon="link")
        self.act(_("Ne pas réunir"), "Esc", self.back, icon="x")

    def arrive(self, person: bytes = b"", other: bytes = b"", **_more: Any) -> None:
        self._person, self._other = person, other
        self._files.forget()

    def first_focus(self) -> QWidget | None:
        if self._person and self._other:
            return self._files.first()
        return self._fields["other" if self._person else "one"]

    def place(self) -> dict[str, Any]:
        return {"person": self._person, "other": self._other}

    def ask(self, desk: Desk) -> Compared:
        found = desk.store.records.get("person", self._person) if self._person else None
        person, before, why = found.record if found is not None else None, None, ""
        if person is not None and self._other:
            try:
                before = merging.before(desk, self._person, self._other)
            except DeskError as error:
                why = sentence(error)
        return Compared(person, before, directory(desk), desk.lists, why)

    def show_answer(self, found: Compared) -> None:
        typing = any(field.hasFocus() for field in self._fields.values())
        self.retitle(_("C’est la même personne"), found.person.name if found.person is not None else "")
        self._why_not.say(found.why_not)
        self._why_not.setVisible(bool(found.why_not))
        self._files.setVisible(found.before is not None)
        self._nothing.setVisible(found.before is None)
        if found.before is not None:
            people = [side.shown.record for side in found.before.sides]
            says = Says(found.lists, lambda one: found.known.name(one) or _("quelqu’un d’un autre poste"),
                        hidden=any(one.undisclosed for one in people))  # fmt: skip
            self._files.show_both(found.before, says)
            if typing:
                self._files.first().setFocus()
            QTimer.singleShot(0, self, self._bring)
        # once the keyboard is elsewhere: what is hidden would give it away
        for part in (self._fields["one"], self._one_label):
            part.setVisible(found.person is None)
        self._pick.setVisible(found.before is None)
        self._allow()

    # ---- inside

    def _field(self, name: str, spoken: str, place: str) -> PickField:
        field = named(PickField(self.room.sources.lookups["person"]), name, spoken)

        def picked() -> None:
            setattr(self, place, field.value() or b"")
            self.refresh()

        field.picked.connect(picked)
        return field

    def _bring(self) -> None:
        """What has the keyboard is in view, in large text too."""
        if self._files.first().hasFocus():
            self._area.ensureWidgetVisible(self._files.first(), 0, look().px(48))

    def _allow(self) -> None:
        both = not self._files.isHidden()
        self._link.lacks(_("l’autre dossier") if not both else "" if self._files.main() else _("le dossier principal"))

    def _join(self) -> None:
        main = self._files.main()
        if self._files.isHidden() or not main:
            return
        other, why = self._files.other(), self._files.why()
        said = _("Les deux dossiers sont réunis. Vous pouvez les séparer quand vous voulez.")
        self.do(lambda desk: merging.link(desk, main, other, why), said, then=lambda: self._opened(main))

    def _opened(self, main: bytes) -> None:
        self._person = self._other = b""
        self.go("file", person=main, tab="situation")


