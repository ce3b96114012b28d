"""The person's own sheet, « Où j’en suis, qui m’accompagne, la suite »: her words first, no jargon, one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.records.action import OPEN_STATUSES, Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Phone, Right
from spie_desk.domain.records.diagnosis import Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.around import PARTNER, SENSITIVE, Setting, phone, when
from spie_desk.domain.sheets.blocks import (
    Block,
    Fact,
    Facts,
    Item,
    Key,
    Line,
    Lines,
    Paragraph,
    Row,
    Sheet,
    Table,
    Text,
    say,
    section,
)

DONE_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the sheet is made of; nothing of réservé, of « ma structure » or of the household is ever asked for."""

    person: Person
    phones: Sequence[Phone] = ()
    rights: Sequence[Right] = ()
    memberships: Sequence[Membership] = ()
    request: Request | None = None
    actions: Sequence[Action] = ()
    appointment: Appointment | None = None


def person_sheet(facts: PersonFacts, setting: Setting) -> Sheet:
    """The sheet with its tick-list: undisclosed address, health and sensitive structures are off at first."""
    made = _Maker(facts, setting)
    blocks: tuple[Block, ...] = (
        *made.words(),
        *made.standing(),
        *made.around(),
        *made.next(),
        *made.done(),
        made.rights_text(),
    )
    return Sheet(
        name="fiche-personne", title=facts.person.name,
        under=say(N_("Où j’en suis, qui m’accompagne, la suite")),
        header=setting.header, footer=setting.footer, blocks=blocks, items=tuple(made.items),
    )  # fmt: skip


class _Maker:
    """Collects the tick-list while the blocks are made."""

    def __init__(self, facts: PersonFacts, setting: Setting) -> None:
        self._facts = facts
        self._set = setting
        self.items: list[Item] = []

    def _tick(self, item: str, label: Text, off: Text = "") -> str:
        self.items.append(Item(item, label, ticked=not off, why_off=off))
        return item

    def words(self) -> tuple[Block, ...]:
        request = self._facts.request
        if request is None or not request.words.strip():
            return ()
        item = self._tick("words", say(N_("Mes mots")))
        return section(say(N_("Ce que je demande")), [Paragraph(request.words.strip(), "quote", item)])

    def standing(self) -> tuple[Block, ...]:
        person, request = self._facts.person, self._facts.request
        rows = [*self._entered(), *self._reach()]
        if request and request.project:
            item = self._tick("project", say(N_("Emploi recherché")))
            rows.append(Fact(say(N_("Emploi recherché")), request.project, item))
        if person.domiciled_at:
            item = self._tick("domiciled", say(N_("Domiciliation")))
            rows.append(Fact(say(N_("Domiciliation")), self._domiciled(), item))
        rows += [self._right(right) for right in self._facts.rights if right.status not in {"none", "refused"}]
        return section(say(N_("Où j’en suis")), [Facts(tuple(rows))])

    def _entered(self) -> list[Fact]:
        entered = self._facts.person.entered_on
        if entered is None:
            return []
        item = self._tick("entered", say(N_("Accompagnement depuis le")))
        return [Fact(say(N_("Accompagnement depuis le")), entered, item)]

    def _reach(self) -> list[Fact]:
        person = self._facts.person
        found = []
        town = f"{person.postcode} {person.town}".strip()
        lines = ", ".join(part for part in (person.street, person.street_more, town) if part)
        if person.street:
            off: Text = say(N_("Adresse à ne pas divulguer.")) if person.undisclosed else ""
            found.append(Fact(say(N_("Adresse")), lines, self._tick("address", say(N_("Adresse")), off)))
        for one in self._facts.phones:
            if one.wrong_since is None:
                item = self._tick(f"phone:{one.id.hex()}", say(N_("Téléphone {number}"), number=one.number))
                shown: Text = phone(one.number) + (f" ({one.whose})" if one.whose else "")
                found.append(Fact(say(N_("Téléphone")), shown, item))
        return found

    def _domiciled(self) -> Text:
        person = self._facts.person
        if person.domiciled_until is None:
            return person.domiciled_at
        return say(N_("{where}, jusqu’au {day}"), where=person.domiciled_at, day=person.domiciled_until)

    def _right(self, right: Right) -> Fact:
        label = self._set.lists.label("right_scheme", right.scheme)
        health = right.scheme in self._set.lists["right_scheme"].flagged("health")
        off: Text = say(N_("Ce droit dit quelque chose de sa santé.")) if health else ""
        item = self._tick(f"right:{right.id.hex()}", label, off)
        state = self._set.lists.label("right_status", right.status).removeprefix("RSA\u00a0:").strip()
        state = state[:1].upper() + state[1:]
        if right.ends_on is None:
            return Fact(label, state, item)
        return Fact(label, say(N_("{state}, jusqu’au {day}"), state=state, day=right.ends_on), item)

    def around(self) -> tuple[Block, ...]:
        rows = [self._referent()] if self._facts.person.referent else []
        rows += [
            self._member(one) for one in self._facts.memberships
            if one.active_on(self._set.today) and one.professional != self._facts.person.referent
        ]  # fmt: skip
        head = (say(N_("Qui")), say(N_("Fonction")), say(N_("Pour quoi")), say(N_("Téléphone")))
        return section(say(N_("Qui m’accompagne")), [Table(head, tuple(rows), (24, 32, 22, 22))])

    def _referent(self) -> Row:
        return self._row(self._facts.person.referent, say(N_("Coordonne mon parcours")), strong=True)

    def _member(self, one: Membership) -> Row:
        role = self._set.lists.label("membership_function", one.function)
        return self._row(one.professional, say(N_("Répond en cas d’absence")) if one.stand_in else role)

    def _row(self, who: bytes, role: Text, *, strong: bool = False) -> Row:
        found = self._set.professional(who)
        name, structure = self._set.name(who), self._set.structure_of(who)
        label = f"{name} ({structure.name})" if structure else name
        sensitive = self._set.is_sensitive(who)
        item = self._tick(f"around:{who.hex()}", label, SENSITIVE if sensitive else "")
        if sensitive or found is None:
            return Row((PARTNER, "", "", ""), strong, item)
        number = found.phone or (structure.phone if structure else "")
        function = ", ".join(part for part in (found.function, structure.name if structure else "") if part)
        return Row((name, function, role, phone(number)), strong, item)

    def next(self) -> tuple[Block, ...]:
        todo = sorted((one for one in self._facts.actions if one.status in OPEN_STATUSES),
                      key=lambda one: (one.due_on is None, one.due_on or self._set.today))  # fmt: skip
        lines = tuple(self._line(one, strong=rank == 0) for rank, one in enumerate(todo))
        return section(say(N_("La suite, ce qui est convenu")), [self._key(), Lines(lines)])

    def _key(self) -> Key | None:
        one = self._facts.appointment
        if one is None:
            return None
        sensitive = self._set.is_sensitive(one.with_)
        item = self._tick("appointment", say(N_("Prochain rendez-vous")), SENSITIVE if sensitive else "")
        more: list[Text] = [] if sensitive else [part for part in (one.place, one.subject) if part]
        if one.with_:
            more.insert(0, say(N_("avec {name}"), name=self._set.public_name(one.with_)))
        return Key(say(N_("Prochain rendez-vous\u00a0: {when}"), when=when(one.on, one.at)), tuple(more), item)

    def _line(self, one: Action, *, strong: bool) -> Line:
        sensitive = bool(one.owner) and self._set.is_sensitive(one.owner)
        item = self._tick(f"action:{one.id.hex()}", one.what, SENSITIVE if sensitive else "")
        who = self._set.public_name(one.owner, one.owner_name) if one.owner else one.owner_name
        return Line(one.what, _who_when(who, one), strong, box=True, item=item)

    def done(self) -> tuple[Block, ...]:
        found = sorted((one for one in self._facts.actions if one.status == "done" and one.done_on),
                       key=lambda one: one.done_on or self._set.today, reverse=True)[:DONE_SHOWN]  # fmt: skip
        lines = tuple(
            Line(one.what, say(N_("fait le {day}"), day=one.done_on),
                 item=self._tick(f"action:{one.id.hex()}", one.what,
                                 SENSITIVE if one.owner and self._set.is_sensitive(one.owner) else ""))
            for one in found
        )  # fmt: skip
        return section(say(N_("Ce qui est déjà fait")), [Lines(lines)])

    def rights_text(self) -> Paragraph:
        return Paragraph(
            say(N_("Je peux demander à voir mon dossier, faire corriger ce qui est faux, m’opposer à un partage. "
                   "Cela ne change rien à mes droits. J’en parle à {name}."),
                name=self._set.name(self._facts.person.referent, self._set.me.name)),
            "small",
        )  # fmt: skip


def _who_when(who: Text, one: Action) -> Text:
    if who and one.due_on:
        return say(N_("{who}, pour le {day}"), who=who, day=one.due_on)
    return say(N_("pour le {day}"), day=one.due_on) if one.due_on else who
