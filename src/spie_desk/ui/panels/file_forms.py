"""The forms of a file: which fields each one edits, its title, and the deed that saves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any

from spie_desk.domain.deadlines import reminder_for
from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.record import Kind
from spie_desk.domain.records import KIND
from spie_desk.domain.records.piece import ASKING, remind_from
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import appointments, deadlines, oppositions, people, pieces, records
from spie_desk.services.desk import Desk
from spie_desk.ui.forms.form import Section

Save = Callable[[Desk, Any, Shown[Any] | None, bytes], Touched]


def _save(kind: str) -> Save:
    def save(desk: Desk, record: Any, shown: Shown[Any] | None, draft: bytes) -> Touched:
        return records.save(desk, kind, record, shown, draft=draft)

    return save


def _membership(desk: Desk, record: Any, shown: Shown[Any] | None, draft: bytes) -> Touched:
    return oppositions.join(desk, record, shown, draft=draft)


def _appointment(desk: Desk, record: Any, shown: Shown[Any] | None, draft: bytes) -> Touched:
    appointments.refuse_too_early(record, desk.clock.now())
    return records.save(desk, "appointment", record, shown, draft=draft)


def _asking(desk: Desk, record: Any, _shown: Shown[Any] | None, draft: bytes) -> Touched:
    return pieces.ask(desk, record, draft)


def reminder_proposed(today: Callable[[], date]) -> Callable[[Any], None]:
    """An end that is typed brings its reminder along, until another one is typed there."""
    mine: list[date | None] = [None]

    def propose(form: Any) -> None:
        try:
            ends, remind = form.editors["ends_on"].read(), form.editors["remind_on"].read()
        except DeskError:
            return
        before = form.shown.record.ends_on if form.shown is not None else None
        if ends is None or ends == before or remind not in {None, *mine}:
            return
        wanted = reminder_for(ends, today())
        if wanted != remind:
            mine[0] = wanted
            form.put("remind_on", wanted)

    return propose


def _referent(desk: Desk, record: Any, shown: Shown[Any] | None, draft: bytes) -> Touched:
    if shown is None:
        return records.save(desk, "person", record, None, draft=draft)
    return people.change_referent(desk, shown, record.referent, draft=draft)


@dataclass(frozen=True, slots=True)
class FileForm:
    """One form: its kind, its fields, its title for a new record and for one that stands, what it warns of."""

    kind: Kind
    sections: tuple[Section, ...]
    new: str
    standing: str
    save: Save
    said: str
    warning: str = ""
    may_withdraw: bool = True
    required: tuple[str, ...] = ()
    proposes: Callable[[Callable[[], date]], Callable[[Any], None]] | None = None
    """What typing one field proposes for another; told how to know today."""


def _form(kind: str, fields: tuple[str, ...], new: str, standing: str, said: str, **more: Any) -> FileForm:
    return FileForm(KIND[kind], (Section("", fields),), new, standing, more.pop("save", _save(kind)), said, **more)


PERSON_SECTIONS = (
    Section(N_("Identité"), ("last_name", "first_name", "birth_name", "nickname", "civility", "born_on", "birth_year",
                             "birth_place")),
    Section(N_("Consignes de contact"), ("email", "call_from", "no_message", "contact_note")),
    Section(N_("Adresse"), ("street", "street_more", "postcode", "town", "undisclosed")),
    Section(N_("Domiciliation"), ("domiciled_at", "domiciled_until", "domiciled_remind")),
    Section(N_("Langue"), ("language", "reads", "interpreter")),
    Section(N_("Mandataire"), ("guardian_kind", "guardian_name", "guardian_phone")),
)  # fmt: skip

FORMS: Mapping[str, FileForm] = {
    "person": FileForm(KIND["person"], PERSON_SECTIONS, N_("Identité et contact"), N_("Identité et contact"),
                       _save("person"), N_("Identité et contact enregistrés."), may_withdraw=False),
    "end": _form("person", ("ended_on", "end_reason"), "", N_("Fin de l’accompagnement"),
                 N_("Fin de l’accompagnement enregistrée."), may_withdraw=False,
                 warning=N_("Le dossier reste lisible ici. Les actions ouvertes et les rendez-vous à venir ne sont pas "
                            "annulés\u00a0: passez-les en revue.")),
    "referent": _form("person", ("referent",), "", N_("Référent de parcours"), N_("Référent de parcours changé."),
                      save=_referent, may_withdraw=False,
                      warning=N_("La personne qui était référente reste parmi les interlocuteurs, jusqu’à ce que vous "
                                 "mettiez fin à son accompagnement.")),
    "phone": _form("phone", ("number", "whose", "wrong_since"), N_("Nouveau téléphone"), N_("Téléphone"),
                   N_("Téléphone enregistré.")),
    "identifier": _form("identifier", ("scheme", "value"), N_("Nouvel identifiant"), N_("Identifiant"),
                        N_("Identifiant enregistré."),
                        warning=N_("Le numéro de sécurité sociale ne se note nulle part.")),
    "relative": _form("relative", ("link", "other", "first_name", "birth_year", "until"),
                      N_("Nouveau membre du foyer"), N_("Membre du foyer"), N_("Foyer enregistré."),
                      warning=N_("D’un enfant, le prénom et l’année de naissance seulement. Un adulte a son propre "
                                 "dossier\u00a0: ni adresse, ni téléphone, ni note ne passent par ce lien.")),
    "informed": _form("informed", ("given_on", "how", "by", "interpreter", "notice"), N_("Information donnée"),
                      N_("Information donnée"), N_("Information enregistrée.")),
    "opposition": _form("opposition", ("to", "structure", "on", "lifted_on"), N_("Nouvelle opposition"),
                        N_("Opposition"), N_("Opposition enregistrée."),
                        warning=N_("S’opposer au partage ne change rien à ses droits.")),
    "right": _form("right", ("scheme", "status", "starts_on", "ends_on", "remind_on", "remark"),
                   N_("Nouveau droit"), N_("Droit"), N_("Droit enregistré."), save=deadlines.save,
                   proposes=reminder_proposed),
    "membership": _form("membership", ("professional", "function", "since", "until", "stand_in"),
                        N_("Nouvel interlocuteur"), N_("Interlocuteur"), N_("Interlocuteur enregistré."),
                        save=_membership),
    "request": _form("request", ("words", "said_on", "work", "education", "project", "radius_km"),
                     N_("Sa demande et sa situation"), N_("Sa demande et sa situation"), N_("Situation enregistrée."),
                     may_withdraw=False),
    "finding": _form("finding", ("what", "theme", "polarity", "noted_on", "ended_on"), N_("Nouvelle situation notée"),
                     N_("Situation notée"), N_("Situation enregistrée."),
                     warning=N_("Rien de médical ici\u00a0: la santé se note en réservé, sans diagnostic.")),
    "action": _form("action", ("what", "due_on", "owner", "owner_name", "status", "theme"), N_("Nouvelle action"),
                    N_("Action"), N_("Action enregistrée.")),
    "piece": _form("piece", ("name", "status", "asked_on", "remind_on", "received_on", "remark"), N_("Pièce à fournir"),
                   N_("Pièce à fournir"), N_("Pièce enregistrée."),
                   warning=N_("Le nom de la pièce seulement\u00a0: ni ce qu’elle contient, ni son numéro.")),
    "asking": FileForm(ASKING, (Section("", ("names", "others", "asked_on", "remind_on")),), N_("Pièces à demander"),
                       N_("Pièces à demander"), _asking, N_("Pièces notées."), may_withdraw=False,
                       warning=N_("Cochez ce qui manque, puis Ctrl Entrée. Pas de pièce médicale ici\u00a0: la santé "
                                  "se note en réservé.")),
    "appointment": _form("appointment", ("on", "at", "minutes", "place", "with_", "subject", "status"),
                         N_("Nouveau rendez-vous"), N_("Rendez-vous"), N_("Rendez-vous enregistré."),
                         save=_appointment),
    "attempt": _form("attempt", ("sort", "on", "at", "by", "remark"), N_("Nouvelle tentative"), N_("Tentative"),
                     N_("Tentative enregistrée."),
                     warning=N_("Une tentative n’est pas un contact\u00a0: la date du dernier contact ne change pas.")),
}  # fmt: skip

DRAFTS = "file"
"""What the drafts of these forms are named: the file's page reopens them."""


def form_of(draft: Draft) -> str:
    """Which form a draft was typed in: a person's registers say whether it was her end, her référent or the rest."""
    if draft.kind == "person":
        typed = set(draft.values) - {"_typed"}
        if typed and typed <= {"end"}:
            return "end"
        if typed and typed <= {"referent"}:
            return "referent"
    return draft.kind if draft.kind in FORMS else ""


def on_screen(shown: Shown[Any] | None, bases: Any) -> Shown[Any] | None:
    """The record as it stood when the form first opened: a draft taken up again keeps its own bases."""
    return None if shown is None else replace(shown, bases=bases)


def fresh_for(draft: Draft, person: bytes, today: date) -> Any:
    """A new record of the draft's kind under that person, with nothing in it yet but what its form proposes."""
    kind = FORMS[draft.kind].kind
    if kind is ASKING:
        return kind.type(id=draft.record or person, person=person, asked_on=today, remind_on=remind_from(today))
    missing = {
        item.name: None if item.optional else _EMPTY.get(item.type, "") for item in kind.fields
        if item.name != "person" and item.name in _without_default(kind)
    }  # fmt: skip
    return kind.type(id=draft.record or draft.id, person=person, **missing)


_EMPTY: Mapping[Any, Any] = {bytes: b"", str: "", bool: False, int: 0}


def _without_default(kind: Kind) -> set[str]:
    return {item.name for item in fields(kind.type) if item.default is MISSING and item.default_factory is MISSING}
