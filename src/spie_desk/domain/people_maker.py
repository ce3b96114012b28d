"""Fictitious people and their whole life, for « Entraînement », for the example profile and for the tour.

Pure and seeded: the same material, seed and day make the same records. The material (names, stories, notes) is
``resources/examples/people.json``, handed in by the application.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from spie_desk.domain.life_maker import Life, hanging
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.review_maker import TICKED, Told, reviews
from spie_desk.domain.team_maker import shared
from spie_desk.domain.waiting_maker import waiting

Made = tuple[str, Any]
"""A kind's name and a record of it; the order they come in is one they can be put in."""


@dataclass(frozen=True, slots=True)
class Team:
    """The professionals around: my own structure's first, then each partner by what he or she does."""

    me: Professional
    structure: Structure
    colleagues: tuple[Professional, ...] = ()
    structures: tuple[Structure, ...] = ()
    partners: Mapping[str, tuple[Professional, ...]] = field(default_factory=dict)

    @property
    def manager(self) -> Professional:
        return next((one for one in self.colleagues if one.manager), self.me)

    def who(self, does: str, chance: Random) -> Professional | None:
        found = self.partners.get(does)
        return chance.choice(found) if found else None


def founders(material: Mapping[str, Any], seed: int = 1) -> tuple[Professional, Structure]:
    """Who works on the example profile, and for whom."""
    chance = Random(f"founders {seed}")
    structure = Structure(id=chance.randbytes(16), **material["structure"])
    return Professional(id=chance.randbytes(16), structure=structure.id, **material["me"]), structure


def make(material: Mapping[str, Any], seed: int, today: date, count: int,
         me: Professional, structure: Structure) -> Iterator[Made]:  # fmt: skip
    """Structures, colleagues, then ``count`` people with all that hangs around them, then the reviews."""
    chance = Random(seed)
    team = _team(material, chance, me, structure)
    yield from (("structure", one) for one in team.structures)
    yield from (("professional", one) for one in team.colleagues)
    yield from (("professional", one) for group in team.partners.values() for one in group)
    if count and team.colleagues:
        yield from shared(material, chance, today, team)
    told: list[Told] = []
    cast = _Cast(material, chance, today, team, _Names(material, chance))
    for rank in range(count):
        story = material["stories"][_story_of(rank, len(material["stories"]))]
        person = _person(cast, story, rank)
        yield "person", person
        life = Life(person, story, team, today, chance, rank)
        around = list(hanging(life))
        yield from around
        yield from waiting(life, [one for kind, one in around if kind == "action"])
        if "passage" in story:
            told.append(Told(person, story["passage"], [one for one in around if one[0] in TICKED]))
    yield from reviews(told, team, today, chance)


def _story_of(rank: int, many: int) -> int:
    """Each story in turn; the outreach one once in forty people, for most people have a roof."""
    street = 8
    turn = rank % 40
    if turn == street:
        return street
    others = [place for place in range(many) if place != street]
    return others[(turn if turn < street else turn - 1) % len(others)]


def _team(material: Mapping[str, Any], chance: Random, me: Professional, structure: Structure) -> Team:
    def known(one: Mapping[str, Any], of: bytes) -> Professional:
        return Professional(
            id=chance.randbytes(16), structure=of, phone=_phone(chance), first_name=one["first_name"],
            last_name=one["last_name"], function=one["function"], bound_by=one["bound_by"],
            manager=one.get("manager", False),
        )  # fmt: skip

    structures: list[Structure] = []
    partners: dict[str, tuple[Professional, ...]] = {}
    for one in material["partners"]:
        partner = Structure(id=chance.randbytes(16), name=one["name"], sort=one["sort"], sensitive=one["sensitive"])
        structures.append(partner)
        for who in one["people"]:
            partners[who["does"]] = (*partners.get(who["does"], ()), known(who, partner.id))
    colleagues = tuple(known(one, structure.id) for one in material["colleagues"])
    return Team(me, structure, colleagues, tuple(structures), partners)


class _Names:
    """First and last names without two people of the same whole name, as long as the lists allow it."""

    def __init__(self, material: Mapping[str, Any], chance: Random) -> None:
        self._taken: set[tuple[str, str]] = set()
        self._material = material
        self._chance = chance

    def next(self, sex: str) -> tuple[str, str]:
        firsts: Sequence[str] = self._material["women" if sex == "f" else "men"]
        lasts: Sequence[str] = self._material["names"]
        for _ in range(40):
            name = self._chance.choice(firsts), self._chance.choice(lasts)
            if name not in self._taken:
                break
        self._taken.add(name)
        return name


@dataclass(frozen=True, slots=True)
class _Cast:
    """All that a new person is drawn from."""

    material: Mapping[str, Any]
    chance: Random
    today: date
    team: Team
    names: _Names


def _person(cast: _Cast, story: Mapping[str, Any], rank: int) -> Person:
    chance, today = cast.chance, cast.today
    sex = story.get("sex") or chance.choice("fm")
    first, last = cast.names.next(sex)
    entered = today - timedelta(days=max(note["ago"] for note in story["notes"]) + chance.randrange(2, 40))
    person = Person(
        id=chance.randbytes(16), number=f"EX-{rank + 1:04d}", first_name=first, last_name=last,
        civility="mme" if sex == "f" else "m", born_on=_born(chance, story["age"], today), entered_on=entered,
    )  # fmt: skip
    if story.get("nickname"):
        return replace(person, first_name="", last_name="", nickname="Monsieur au chien", born_on=None)
    person = _housed(cast.material, story, chance, person)
    person = _told(story, cast.material, chance, person)
    return replace(person, **_referent(chance, cast.team, entered, rank))


def _housed(material: Mapping[str, Any], story: Mapping[str, Any], chance: Random, person: Person) -> Person:
    town, postcode, code = chance.choice(material["towns"])
    if story.get("foreign") and chance.random() < 0.5:
        return replace(person, domiciled_at="CCAS de Saint-Aubin", postcode=postcode, town=town, town_code=code)
    street = f"{chance.randrange(1, 60)} {chance.choice(material['streets'])}"
    return replace(person, street=street, postcode=postcode, town=town, town_code=code,
                   undisclosed=bool(story.get("undisclosed")), email=_email(person, chance))  # fmt: skip


def _told(story: Mapping[str, Any], material: Mapping[str, Any], chance: Random, person: Person) -> Person:
    """Contact rules, language and reading, as the story or chance has them."""
    if story.get("foreign"):
        language = chance.choice(material["languages"])
        return replace(person, language=language, interpreter=True, reads="other")
    if story.get("undisclosed"):
        return replace(person, no_message=True, contact_note="Appeler d’un numéro masqué.")
    return replace(
        person, reads=story.get("reads", ""), no_message=chance.random() < 0.08,
        call_from=chance.choice(("", "", "", "", "17:00", "14:00")),
    )  # fmt: skip


def _referent(chance: Random, team: Team, entered: date, rank: int) -> dict[str, Any]:
    """Mostly mine, sometimes a colleague's, now and then nobody's yet."""
    draw = chance.random()
    if rank >= 6 and draw > 0.93:
        return {}
    other = team.colleagues and rank >= 6 and draw > 0.78
    who = chance.choice(team.colleagues) if other else team.me
    return {"referent": who.id, "referent_since": entered}


def _born(chance: Random, age: Sequence[int], today: date) -> date:
    years = chance.randrange(age[0], age[1] + 1)
    return date(today.year - years, 1, 1) + timedelta(days=chance.randrange(365))


def _email(person: Person, chance: Random) -> str:
    if chance.random() < 0.35:
        return ""
    plain = (person.first_name + "." + person.last_name).lower().translate(_PLAIN)
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign == ".")) + "@example.org"


_PLAIN = str.maketrans("éèêëîïôöûüùâàäçñãțşğıæÉÇÖ", "eeeeiioouuuaaacnatsgiaeco")


def _phone(chance: Random) -> str:
    return f"06 39 98 {chance.randrange(10, 100)} {chance.randrange(100):02d}"
