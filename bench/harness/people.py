"""Invented people, the same at every run: each file and each note by its rank alone, so that building resumes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from hashlib import blake2b
from random import Random
from typing import Any

from bench.harness.prose import FIRST_NAMES, SURNAMES, TOWNS, Prose, Zipf
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Identifier, Informed, Phone, Right
from spie_desk.domain.records.diagnosis import Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import CIRCLE, ME, OWN, RESERVED, Note, digest_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure

VERSION = 1
"""Raised whenever the same rank would give other records: the stores kept in the cache are then made again."""

TODAY = datetime(2026, 11, 4, 9, 30, tzinfo=timezone(timedelta(hours=1)))
"""The morning on which every measure is made, whatever the machine's own date."""

PER_PERSON = 10
"""Records of one file besides its notes: with as many notes, twenty changes for each person."""
NOTES_EACH = 10

Made = tuple[str, Any]

_STREETS = Zipf([f"{way} {of}" for way in ("rue", "impasse", "allée", "chemin", "avenue") for of in (
    "du Lavoir", "de la Gare", "des Tilleuls", "des Écoles", "du Moulin", "des Pommiers", "de l’Abbaye", "du Stade",
    "de la Fontaine", "des Lilas", "du Marché", "de la Mairie",
)])  # fmt: skip
_NAMES = Zipf(SURNAMES, 60)
_WORK = ("recherche_emploi", "recherche_emploi", "recherche_emploi", "iae", "")
_VOLETS = (*(OWN,) * 14, *(CIRCLE,) * 4, RESERVED, ME)
_SORTS = ("entretien", "entretien", "appel", "appel", "visite", "demarche", "coordination")
_HOURS = ("09:00", "10:30", "14:00", "15:30", "17:00")


def id_of(what: str, rank: int) -> bytes:
    """The id of a record by its rank: anyone may name it without asking the store."""
    return blake2b(f"{VERSION} {what} {rank}".encode(), digest_size=16).digest()


@dataclass(frozen=True)
class World:
    """Who writes, and all that the records are drawn from."""

    material: Any
    seed: int = 1
    prose: Prose = field(default_factory=Prose)

    @cached_property
    def founders(self) -> tuple[Professional, Structure]:
        return founders(self.material)

    @cached_property
    def team(self) -> list[Professional]:
        me, structure = self.founders
        return [me, *(
            Professional(id=id_of("professional", rank), structure=structure.id, first_name=FIRST_NAMES[rank * 7],
                         last_name=SURNAMES[rank * 31], function="Assistante de service social",
                         bound_by="casf_l411_3", email=f"agent{rank}@example.org")
            for rank in range(1, 9)
        )]  # fmt: skip

    def colleagues(self) -> Iterator[Made]:
        yield from (("professional", one) for one in self.team[1:])

    def person(self, rank: int) -> list[Made]:
        """One file: the person and what hangs around her, ``PER_PERSON`` records."""
        chance = Random(f"{self.seed} person {rank}")
        person = self._person(chance, rank)
        entered = person.entered_on or TODAY.date()
        mine, other = (self.team[0], chance.choice(self.team[1:]))

        def made(what: str, turn: int = 0) -> bytes:
            return id_of(what, rank * 4 + turn)

        ends = TODAY.date() + timedelta(days=chance.randrange(-60, 400))
        return [
            ("person", person),
            ("membership", Membership(id=made("membership"), person=person.id, professional=mine.id,
                                      function="referent", since=entered)),
            ("membership", Membership(id=made("membership", 1), person=person.id, professional=other.id,
                                      function="social", since=entered)),
            ("phone", Phone(id=made("phone"), person=person.id, number=phone(chance))),
            ("identifier", Identifier(id=made("identifier"), person=person.id, scheme="caf",
                                      value=str(1_000_000 + rank * 7))),
            ("identifier", Identifier(id=made("identifier", 1), person=person.id, scheme="france_travail",
                                      value=f"{2_000_000 + rank * 3}{chance.choice('ABCDEFGH')}")),
            ("informed", Informed(id=made("informed"), person=person.id, given_on=entered, by=mine.id,
                                  notice="2026-1", how="entretien")),
            ("right", Right(id=made("right"), person=person.id, scheme="rsa", status="open", ends_on=ends,
                            remind_on=ends - timedelta(days=60))),
            ("request", Request(id=made("request"), person=person.id, words=self.prose.line(chance), said_on=entered,
                                work=chance.choice(_WORK), radius_km=chance.choice((5, 10, 20, 30)))),
            ("action", Action(id=made("action"), person=person.id, what=self.prose.line(chance), owner=mine.id,
                              due_on=TODAY.date() + timedelta(days=chance.randrange(-20, 90)))),
        ]  # fmt: skip

    def _person(self, chance: Random, rank: int) -> Person:
        woman = chance.random() < 0.5
        town, postcode, code = chance.choice(TOWNS)
        first, last = chance.choice(FIRST_NAMES), _NAMES.draw(chance)
        entered = TODAY.date() - timedelta(days=chance.randrange(30, 1500))
        return Person(
            id=id_of("person", rank), number=f"B0-{rank + 1:05d}", first_name=first, last_name=last,
            civility="mme" if woman else "m", born_on=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
            street=f"{chance.randrange(1, 99)} {_STREETS.draw(chance)}", postcode=postcode, town=town, town_code=code,
            email=f"personne{rank}@example.org" if chance.random() < 0.5 else "", entered_on=entered,
            no_message=chance.random() < 0.08, referent=chance.choice(self.team[:3]).id, referent_since=entered,
        )  # fmt: skip

    def note(self, rank: int, people: int) -> Made:
        """The note of that rank, in the order of time: anybody's, so that one file's notes lie far apart."""
        chance = Random(f"{self.seed} note {rank}")
        person = id_of("person", int(chance.random() * people))
        volet = chance.choice(_VOLETS)
        many = people * NOTES_EACH
        day = TODAY.date() - timedelta(days=1 + (many - 1 - rank) * 1095 // many)
        me = self.team[0].id
        note = Note(
            id=id_of("note", rank), person=person, sort=chance.choice(_SORTS), on=day, at=chance.choice(_HOURS),
            minutes=chance.choice((15, 30, 45)), authors=(me,), compartment=volet,
            readers=(me, self.team[1].id) if volet == RESERVED else (), text=self.prose.note(chance),
        )  # fmt: skip
        return "note", _signed(note)


def _signed(note: Note) -> Note:
    return replace(note, digest=digest_of(note))


def phone(chance: Random) -> str:
    return f"06 39 98 {chance.randrange(100):02d} {chance.randrange(100):02d}"
