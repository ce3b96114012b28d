"""One fictitious record of every kind: what the laws that hold for all kinds are tried on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from spie_desk.domain.records import KINDS
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Identifier, Informed, Opposition, Phone, Relative, Right
from spie_desk.domain.records.attempt import Attempt
from spie_desk.domain.records.concern import Concern
from spie_desk.domain.records.copy_of_data import CopyAnswer, CopyRequest
from spie_desk.domain.records.diagnosis import Finding, Request
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import Note
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.records.paper import PaperFollowUp
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.phrase import Phrase
from spie_desk.domain.records.piece import Piece
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.domain.records.review import Attendance, Contribution, Decision, Extract, Passage, Review
from spie_desk.domain.records.same_as import SameAs
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.records.template import Template
from spie_desk.domain.records.view import View
from spie_desk.domain.records.word import Word


def an_id(name: str) -> bytes:
    """The same name gives the same id."""
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


AMINA, REVIEW, PASSAGE = an_id("amina"), an_id("review"), an_id("passage")
CLAIRE, CCAS = an_id("claire"), an_id("ccas")
DAY = date(2026, 3, 12)

EXAMPLES: dict[str, Callable[[bytes], Any]] = {
    "structure": lambda id_: Structure(id=id_, name="CCAS de Valmont", street="1 place du Marché", active_months=24),
    "professional": lambda id_: Professional(id=id_, first_name="Claire", last_name="Lefèvre", function="référente",
                                             structure=CCAS, bound_by="casf_l221_6"),
    "person": lambda id_: Person(id=id_, number="K7-0132", last_name="Benali", first_name="Amina", nickname="Mina",
                                 born_on=date(1988, 4, 2), email="amina@example.org", town="Valmont",
                                 town_code="76719", referent=CLAIRE, referent_since=DAY),
    "same_as": lambda id_: SameAs(id=id_, person=AMINA, other=an_id("mina"), main=AMINA, remark="même téléphone"),
    "phone": lambda id_: Phone(id=id_, person=AMINA, number="06 39 98 01 02", whose="sa sœur"),
    "identifier": lambda id_: Identifier(id=id_, person=AMINA, scheme="caf", value="1234567A"),
    "relative": lambda id_: Relative(id=id_, person=AMINA, link="child", first_name="Yanis", birth_year=2015),
    "informed": lambda id_: Informed(id=id_, person=AMINA, given_on=DAY, how="oral", by=CLAIRE, interpreter=True),
    "opposition": lambda id_: Opposition(id=id_, person=AMINA, to="partage", structure=CCAS, on=DAY),
    "right": lambda id_: Right(id=id_, person=AMINA, scheme="rsa", status="open", starts_on=DAY,
                               ends_on=date(2026, 9, 30)),
    "membership": lambda id_: Membership(id=id_, person=AMINA, professional=CLAIRE, function="coordination", since=DAY),
    "request": lambda id_: Request(id=id_, person=AMINA, words="Je veux un logement à moi.", said_on=DAY, radius_km=20),
    "finding": lambda id_: Finding(id=id_, person=AMINA, theme="logement", what="Hébergée chez un tiers", noted_on=DAY),
    "note": lambda id_: Note(id=id_, person=AMINA, on=DAY, at="14:30", authors=(CLAIRE,), compartment="ma-structure",
                             text="Entretien au sujet du **logement**.\nElle revient jeudi."),
    "action": lambda id_: Action(id=id_, person=AMINA, what="Appeler la préfecture", owner=CLAIRE, due_on=DAY),
    "piece": lambda id_: Piece(id=id_, person=AMINA, name="Avis d’imposition", action=an_id("action"), status="asked",
                               asked_on=DAY, remind_on=date(2026, 3, 26)),
    "appointment": lambda id_: Appointment(id=id_, person=AMINA, on=date(2026, 4, 1), at="09:30", with_=CLAIRE,
                                           subject="Point sur le dossier"),
    "attempt": lambda id_: Attempt(id=id_, person=AMINA, sort="no_answer", on=DAY, at="10:12", by=CLAIRE),
    "round": lambda id_: Outreach(id=id_, on=DAY, starts_at="20:30", ends_at="23:15", place="Gare", team=(CLAIRE,),
                                  met=7),
    "relay": lambda id_: Relay(id=id_, absent=CLAIRE, cover=an_id("karim"), starts_on=DAY, ends_on=date(2026, 3, 20)),
    "review": lambda id_: Review(id=id_, on=date(2026, 5, 4), at="14:00", place="Mairie", structures=(CCAS,)),
    "passage": lambda id_: Passage(id=id_, review=REVIEW, person=AMINA, question="Quel relais pour le logement ?",
                                   guests=(CLAIRE,)),
    "contribution": lambda id_: Contribution(id=id_, passage=PASSAGE, structure=CCAS, text="Rien à ajouter", by=CLAIRE),
    "decision": lambda id_: Decision(id=id_, passage=PASSAGE, what="Demander un bail glissant", due_on=DAY),
    "attendance": lambda id_: Attendance(id=id_, passage=PASSAGE, professional=CLAIRE, structure=CCAS, present=True),
    "extract": lambda id_: Extract(id=id_, passage=PASSAGE, source="finding:00", sort="situation",
                                   title="Hébergée chez un tiers"),
    "concern": lambda id_: Concern(id=id_, about=AMINA, readers=(CLAIRE,), noted_on=DAY, source="observed",
                                   children="Léa, 2017", facts="Seule le soir.", parents="no",
                                   parents_why="Le danger vient de là."),
    "copy_request": lambda id_: CopyRequest(id=id_, person=AMINA, received_on=DAY, channel="oral"),
    "copy_answer": lambda id_: CopyAnswer(id=id_, person=AMINA, request=an_id("copy_request"), given_on=DAY,
                                          by=CLAIRE, lines=12, masked=1, withheld=("tiers",)),
    "phrase": lambda id_: Phrase(id=id_, key="rdv", text="rendez-vous", whose="structure"),
    "word": lambda id_: Word(id=id_, text="PPAE", whose="structure"),
    "template": lambda id_: Template(id=id_, name="Attestation", format="odt", body="UEs="),
    "paper": lambda id_: PaperFollowUp(id=id_, number="K7-PAPIER-001", since=DAY),
    "view": lambda id_: View(id=id_, name="Sans nouvelles", scope="mine", silent_days=60),
}  # fmt: skip

assert set(EXAMPLES) == {kind.name for kind in KINDS}, "every kind has its example, and no other"


def example(kind: str, name: str = "") -> Any:
    """A record of this kind; another name gives another id."""
    ids = {"person": AMINA, "review": REVIEW, "passage": PASSAGE, "professional": CLAIRE, "structure": CCAS}
    return EXAMPLES[kind](an_id(name) if name else ids.get(kind, an_id(kind)))
