"""Who is at the table during one situation: an elected member who leaves for it is not present at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spie_desk.domain.records.review import Attendance, attendance_id
from spie_desk.domain.shown import Shown
from spie_desk.services import reviews
from spie_desk.services.directory import Directory
from spie_desk.services.reviews import Meeting, Situation
from spie_desk.texts import _, n_
from spie_desk.ui.page import Page
from spie_desk.ui.widgets.basics import Card, SectionTitle, Words, column
from spie_desk.ui.widgets.choices import Tick
from spie_desk.ui.widgets.pick import Lookup, PickField


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at the table: a professional of the directory, or a name."""

    professional: bytes
    name: str
    structure: bytes
    label: str

    @property
    def key(self) -> bytes:
        return self.professional or self.name.encode()

    def line(self, passage: bytes, *, present: bool) -> Attendance:
        return Attendance(id=attendance_id(passage, self.key), passage=passage, professional=self.professional,
                          name=self.name, structure=self.structure, present=present)  # fmt: skip


def roster(meeting: Meeting, known: Directory, me: bytes) -> list[Person]:
    """Everyone noted at any situation of this review, its presenters and its guests, once each."""
    found: dict[bytes, Person] = {}
    for professional in _named(meeting, me):
        found[professional] = of_professional(known, professional)
    for situation in meeting.situations:
        for one in (shown.record for shown in situation.attendances):
            if one.professional:
                found.setdefault(one.professional, of_professional(known, one.professional))
            else:
                found.setdefault(one.name.encode(), Person(b"", one.name, one.structure, one.name))
    return list(found.values())


def _named(meeting: Meeting, me: bytes) -> Iterable[bytes]:
    yield me
    for situation in meeting.situations:
        passage = situation.passage.record
        yield from (one for one in (passage.presenter, *passage.guests) if one)


def of_professional(known: Directory, professional: bytes) -> Person:
    record = known.professionals.get(professional)
    name, place = known.name(professional) or _("(pas sur ce poste)"), known.structure_name(professional)
    return Person(professional, "", record.structure if record else b"", f"{name}, {place}" if place else name)


def noted_at(situation: Situation) -> dict[bytes, Shown[Attendance]]:
    """The presence already written for this situation, by whom it is about."""
    return {one.record.professional or one.record.name.encode(): one for one in situation.attendances}


def unwritten(situation: Situation, people: Sequence[Person]) -> list[Attendance]:
    """Present without having been noted one by one."""
    noted, passage = noted_at(situation), situation.passage.record.id
    return [one.line(passage, present=True) for one in people if one.key not in noted]


class Presence(Card):
    """A tick for each person; a change is written at once, for this situation alone."""

    def __init__(self, page: Page, lookup: Lookup) -> None:
        super().__init__(gap=8)
        self._page = page
        self._situation: Situation | None = None
        self._people: list[Person] = []
        self._ticks: dict[bytes, Tick] = {}
        self._known: Directory | None = None
        self._title = SectionTitle(_("Présences à cette situation"), 0)
        self._list = column(gap=2)
        self.search = PickField(lookup, _("Ajouter une personne présente"), icon="user-plus", clears=True)
        self.search.setAccessibleName(_("Ajouter une personne présente"))
        self.search.picked.connect(self._picked)
        self.search.returnPressed.connect(self._named)
        self.add(self._title)
        self.add(Words(_("Décochez qui sort pour cette situation."), ink="muted"))
        self.add(self._list)
        self.add(self.search)

    def show_presence(self, situation: Situation, people: Sequence[Person], known: Directory) -> None:
        self._situation, self._known = situation, known
        if [one.key for one in self._people] != [one.key for one in people]:
            self._build(people)
        self._people = list(people)
        noted = self._noted()
        for key, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(noted[key].record.present if key in noted else True)
            tick.blockSignals(False)
        self._title.show_count(sum(tick.isChecked() for tick in self._ticks.values()))

    def counted(self) -> str:
        present = sum(tick.isChecked() for tick in self._ticks.values())
        return n_("{n} personne présente", "{n} personnes présentes", present)

    def unwritten(self) -> list[Attendance]:
        """Present without having been noted one by one: written when the situation has been seen."""
        if self._situation is None:
            return []
        return unwritten(self._situation, self._people)

    def _noted(self) -> dict[bytes, Shown[Attendance]]:
        return noted_at(self._situation) if self._situation is not None else {}

    def _build(self, people: Sequence[Person]) -> None:
        for tick in self._ticks.values():
            tick.hide()
            tick.setParent(None)
            tick.deleteLater()
        self._ticks = {}
        for person in people:
            tick = self._ticks[person.key] = Tick(person.label.replace("&", "&&"))
            tick.setAccessibleName(person.label)
            tick.toggled.connect(lambda on, person=person: self._turn(person, present=on))
            self._list.add(tick)

    def _turn(self, person: Person, *, present: bool) -> None:
        if self._situation is None:
            return
        passage, shown = self._situation.passage.record.id, self._noted().get(person.key)
        self._page.do(
            lambda desk: reviews.attend(desk, passage, professional=person.professional, name=person.name,
                                        structure=person.structure, present=present, shown=shown),
            _("Présence notée pour cette situation."),
        )  # fmt: skip

    def _picked(self) -> None:
        value = self.search.value()
        if isinstance(value, bytes) and self._known is not None:
            self.search.show_value(None)
            self._join(of_professional(self._known, value))

    def _named(self) -> None:
        """Someone whom the directory does not know: « Élue à l’action sociale »."""
        name = self.search.text().strip()
        self.search.show_value(None)
        if name:
            self._join(Person(b"", name, b"", name))

    def _join(self, person: Person) -> None:
        if person.key not in self._ticks:
            self._turn(person, present=True)
