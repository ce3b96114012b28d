"""A review of situations: the meeting (no name in it), and its passages, each in a circle of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from spie_desk.domain.circles import STRUCTURE, Wish, passage
from spie_desk.domain.errors import EmptyTextError, MissingFieldError, N_
from spie_desk.domain.record import Kind, Trait


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A meeting of professionals: date, place, type, structures. No person's name: it is in the structure's circle."""

    id: bytes
    on: Annotated[date | None, Trait(N_("Date"), "date")]
    at: Annotated[str, Trait(N_("Heure"), "time")] = ""
    sort: Annotated[str, Trait(N_("Type de revue"), "choice", "review_type")] = "revue"
    place: Annotated[str, Trait(N_("Lieu"))] = ""
    structures: Annotated[tuple[bytes, ...], Trait(N_("Structures"), "structures")] = ()
    minutes_each: Annotated[int, Trait(N_("Minutes par situation"), "number")] = 12
    status: Annotated[str, Trait(N_("État"), "choice", "review_status")] = "planned"
    situations: Annotated[int, Trait(N_("Nombre de situations"), "hidden")] = 0
    """All that colleagues who are around none of these people see of them."""

    def check(self) -> None:
        if self.on is None:
            raise MissingFieldError(field=N_("Date"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One person's situation in one review: question, information given, her words, ticked items, next step.

    What the presenter ticked stands beside it as extracts, in the same circle: guests receive that alone.
    """

    id: bytes
    review: Annotated[bytes, Trait(N_("Revue"), "hidden")]
    person: Annotated[bytes, Trait(N_("Personne"), "person")]
    place_in_order: Annotated[int, Trait(N_("Ordre"), "hidden")] = 1
    presenter: Annotated[bytes, Trait(N_("Présentée par"), "professional")] = b""
    question: Annotated[str, Trait(N_("Question posée"), "text")] = ""
    informed_on: Annotated[date | None, Trait(N_("Informée le"), "date")] = None
    informed_how: Annotated[str, Trait(N_("Comment"), "choice", "information_channel")] = ""
    her_words: Annotated[str, Trait(N_("Ses mots"), "text")] = ""
    attends: Annotated[bool, Trait(N_("Elle participe, ou quelqu’un pour elle"), "tick")] = False
    guests: Annotated[tuple[bytes, ...], Trait(N_("Invités tenus au secret"), "professionals")] = ()
    status: Annotated[str, Trait(N_("État"), "choice", "passage_status")] = "planned"
    next_step: Annotated[str, Trait(N_("Suite"))] = ""
    next_on: Annotated[date | None, Trait(N_("Revoir le"), "date")] = None
    minutes: Annotated[str, Trait(N_("Compte rendu"), "markdown")] = ""

    def check(self) -> None:
        if not self.person:
            raise MissingFieldError(field=N_("Personne"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one structure says of one situation, handed in once. Its id is derived from passage and structure."""

    id: bytes
    passage: Annotated[bytes, Trait("", "hidden")]
    structure: Annotated[bytes, Trait(N_("Structure"), "structure")]
    text: Annotated[str, Trait(N_("Contribution"), "text")] = ""
    by: Annotated[bytes, Trait(N_("Par"), "professional")] = b""

    def check(self) -> None:
        """« Rien à ajouter » is an empty text, handed in all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided for one person: becomes an action of her file, with owner and due date."""

    id: bytes
    passage: Annotated[bytes, Trait("", "hidden")]
    what: Annotated[str, Trait(N_("Décision"))]
    owner: Annotated[bytes, Trait(N_("Qui"), "professional")] = b""
    owner_name: Annotated[str, Trait(N_("Qui (si hors liste)"))] = ""
    due_on: Annotated[date | None, Trait(N_("Pour quand"), "date")] = None
    action: Annotated[bytes, Trait("", "hidden")] = b""

    def check(self) -> None:
        if not self.what.strip():
            raise EmptyTextError


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One professional's presence during one passage: an elected member who leaves for it is absent from it."""

    id: bytes
    passage: Annotated[bytes, Trait("", "hidden")]
    professional: Annotated[bytes, Trait(N_("Professionnel"), "professional")] = b""
    name: Annotated[str, Trait(N_("Nom (si hors liste)"))] = ""
    structure: Annotated[bytes, Trait(N_("Structure"), "structure")] = b""
    present: Annotated[bool, Trait(N_("Présence"), "tick")] = True

    def check(self) -> None:
        if not self.professional and not self.name.strip():
            raise MissingFieldError(field=N_("Professionnel"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What the presenter ticked of the file, copied into the passage's circle: its readers never receive the file.

    ``source`` is « kind:record-id » of what was ticked; ``sort`` the volet it comes from (domain/circles.py).
    """

    id: bytes
    passage: Annotated[bytes, Trait("", "hidden")]
    source: Annotated[str, Trait("", "hidden")]
    sort: Annotated[str, Trait("", "hidden")]
    title: Annotated[str, Trait(N_("Ce qui est montré"))]
    text: Annotated[str, Trait(N_("Texte"), "text")] = ""

    def check(self) -> None:
        if not self.title.strip():
            raise EmptyTextError


def contribution_id(passage_id: bytes, structure: bytes) -> bytes:
    """One contribution per structure and passage: two written apart are two heads of one record."""
    return hashlib.blake2b(b"contribution" + passage_id + structure, digest_size=16).digest()


def attendance_id(passage_id: bytes, who: bytes) -> bytes:
    """One attendance line per person present and passage; ``who`` is a professional's id or a name's bytes."""
    return hashlib.blake2b(b"attendance" + passage_id + who, digest_size=16).digest()


def _of_passage(record: Contribution | Decision | Attendance | Extract) -> Wish:
    return passage(record.passage)


REVIEW = Kind(
    "review",
    Review,
    N_("Revue de situations"),
    N_("Revues"),
    circle=lambda record: STRUCTURE,
    registers={"when": ("on", "at"), "where": ("place",)},
    indexed=("on", "status"),
    register_labels={"when": N_("Date et heure"), "where": N_("Lieu")},
)
PASSAGE = Kind(
    "passage",
    Passage,
    N_("Passage en revue"),
    N_("Passages"),
    circle=lambda record: passage(record.id),
    registers={"informed": ("informed_on", "informed_how"), "next": ("next_step", "next_on")},
    register_labels={"informed": N_("Information donnée"), "next": N_("Suite")},
    indexed=("review", "person"),
)
CONTRIBUTION = Kind(
    "contribution",
    Contribution,
    N_("Contribution"),
    N_("Tour de table"),
    circle=_of_passage,
    parent="passage",
    parent_kind="passage",
    registers={"content": ("passage", "structure", "text", "by")},
    once=frozenset({"content"}),
    register_labels={"content": N_("Contribution")},
    indexed=("passage",),
)
DECISION = Kind(
    "decision",
    Decision,
    N_("Décision"),
    N_("Décisions"),
    circle=_of_passage,
    parent="passage",
    parent_kind="passage",
    registers={"owner": ("owner", "owner_name")},
    register_labels={"owner": N_("Qui")},
    several=True,
    indexed=("passage",),
    title=lambda record: record.what,
)
ATTENDANCE = Kind("attendance", Attendance, N_("Présence"), N_("Présences"), circle=_of_passage, parent="passage",
                  parent_kind="passage", indexed=("passage",))  # fmt: skip
EXTRACT = Kind("extract", Extract, N_("Élément montré"), N_("Ce qui est montré"), circle=_of_passage, parent="passage",
               parent_kind="passage", registers={"content": ("passage", "source", "sort", "title", "text")},
               register_labels={"content": N_("Ce qui est montré")}, several=True, indexed=("passage",),
               title=lambda record: record.title)  # fmt: skip
