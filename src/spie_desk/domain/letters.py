"""Letters from templates: the fields a template may name, what they hold for one person, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.sheets.around import Setting, hour, phone
from spie_desk.domain.sheets.blocks import Text, say


class TemplateError(DeskError):
    """A template that is refused; nothing of it was run."""

    next_step = N_("Corrigez le modèle dans votre traitement de texte. L’aide donne la liste des champs.")


class NotATemplateError(TemplateError):
    says = N_("Ce fichier n’est pas un modèle DOCX ou ODT que l’on puisse lire.")


class TooLargeTemplateError(TemplateError):
    says = N_("Ce modèle est trop volumineux\u00a0: 2 Mo au plus, images comprises.")
    next_step = N_("Réduisez le logo, puis recommencez.")


class MacroTemplateError(TemplateError):
    says = N_("Ce modèle contient des macros ou un objet incorporé. Il n’a pas été ouvert.")
    next_step = N_("Enregistrez-le en DOCX ou ODT simple, sans macro ni objet.")


class OutsideTemplateError(TemplateError):
    says = N_("Ce modèle va chercher quelque chose ailleurs (image liée, modèle distant, document inclus). Il n’a pas "
              "été ouvert.")  # fmt: skip
    next_step = N_("Incorporez l’image dans le modèle, et retirez les liaisons.")


class BrokenTemplateError(TemplateError):
    says = N_("Un champ du modèle est mal écrit\u00a0: deux accolades ouvrent, deux accolades ferment.")


class ForbiddenTemplateError(TemplateError):
    says = N_("Le modèle demande autre chose que des champs et des «\u00a0si\u00a0» ({what}). Il n’a pas été rempli.")


class UnknownFieldError(TemplateError):
    says = N_("Le champ «\u00a0{field}\u00a0» n’existe pas.")


FIELDS: Mapping[str, str] = {
    "civilite": N_("Civilité"),
    "appel": N_("Formule d’appel"),
    "prenom": N_("Prénom"),
    "nom": N_("Nom"),
    "nom_complet": N_("Prénom et nom"),
    "date_naissance": N_("Date de naissance"),
    "adresse": N_("Adresse"),
    "code_postal": N_("Code postal"),
    "commune": N_("Commune"),
    "telephone": N_("Téléphone de la personne"),
    "numero_dossier": N_("Numéro de dossier"),
    "suivi_depuis": N_("Suivi depuis le"),
    "referent": N_("Référent de parcours"),
    "structure": N_("Nom de la structure"),
    "structure_adresse": N_("Adresse de la structure"),
    "structure_commune": N_("Commune de la structure"),
    "structure_telephone": N_("Téléphone de la structure"),
    "structure_courriel": N_("Courriel de la structure"),
    "redacteur": N_("Vous"),
    "redacteur_fonction": N_("Votre fonction"),
    "redacteur_telephone": N_("Votre téléphone"),
    "rdv_date": N_("Date du prochain rendez-vous"),
    "rdv_heure": N_("Heure du prochain rendez-vous"),
    "rdv_lieu": N_("Lieu du prochain rendez-vous"),
    "rdv_avec": N_("Prochain rendez-vous avec"),
    "venue_date": N_("Date du dernier rendez-vous honoré"),
    "venue_heure": N_("Heure du dernier rendez-vous honoré"),
    "date_du_jour": N_("Date du jour"),
}
"""Everything a template may name, and how it is said. Nothing of health, resources, notes or kin is in it."""

HIDDEN_ADDRESS = N_("adresse à ne pas divulguer")
BLANK = "…………………"
"""What stands in a letter for a field left empty: to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Named:
    """The fields of a template; those it needs stand outside every « if »."""

    used: frozenset[str]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Filled:
    """One field as the letter will hold it; ``why`` says why it is empty when it must stay so."""

    name: str
    value: Text
    why: str = ""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The next appointment, and the last one she came to: an attestation never speaks of one that is to come."""

    coming: Appointment | None = None
    kept: Appointment | None = None


def fields_for(person: Person, meetings: Meetings, number: str, setting: Setting) -> Mapping[str, Filled]:
    """What each field holds for this person, her appointments, this writer."""
    found = {**_of_person(person, number, setting), **_of_us(setting), **_of_meetings(meetings, setting)}
    hidden = {"adresse", "code_postal", "commune"} if person.undisclosed else set()
    return {name: Filled(name, "" if name in hidden else found.get(name, ""), HIDDEN_ADDRESS if name in hidden else "")
            for name in FIELDS}  # fmt: skip


def _of_person(person: Person, number: str, setting: Setting) -> dict[str, Text]:
    civility = setting.lists.label("civility", person.civility) if person.civility else ""
    street = ", ".join(part for part in (person.street, person.street_more) if part)
    referent = setting.public_name(person.referent) if person.referent else ""
    return {
        "civilite": civility, "appel": civility or say(N_("Madame, Monsieur")), "prenom": person.first_name,
        "nom": person.last_name, "nom_complet": f"{person.first_name} {person.last_name}".strip(),
        "date_naissance": f"{person.born_on:%d/%m/%Y}" if person.born_on else "",
        "adresse": street, "code_postal": person.postcode, "commune": person.town,
        "telephone": phone(number), "numero_dossier": person.number, "suivi_depuis": person.entered_on or "",
        "referent": referent,
    }  # fmt: skip


def _of_us(setting: Setting) -> dict[str, Text]:
    structure, me = setting.structure, setting.me
    place = " ".join(part for part in (structure.postcode, structure.town) if part)
    return {
        "structure": structure.name, "structure_commune": structure.town,
        "structure_adresse": ", ".join(part for part in (structure.street, place) if part),
        "structure_telephone": phone(structure.phone), "structure_courriel": structure.email,
        "redacteur": me.name, "redacteur_fonction": me.function, "redacteur_telephone": phone(me.phone),
        "date_du_jour": setting.today,
    }  # fmt: skip


def _of_meetings(meetings: Meetings, setting: Setting) -> dict[str, Text]:
    found: dict[str, Text] = {}
    if (one := meetings.coming) is not None:
        found = {"rdv_date": one.on or "", "rdv_heure": hour(one.at) if one.at else "", "rdv_lieu": one.place,
                 "rdv_avec": setting.public_name(one.with_) if one.with_ else ""}  # fmt: skip
    if (one := meetings.kept) is not None:
        found |= {"venue_date": one.on or "", "venue_heure": hour(one.at) if one.at else ""}
    return found
