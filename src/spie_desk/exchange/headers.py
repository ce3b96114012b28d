"""The names people give their columns, and where in a file those names stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spie_desk.domain.nir import is_nir
from spie_desk.domain.tables import IGNORE, NIR
from spie_desk.domain.words import fold, phone_digits

_NAMES: dict[str, tuple[str, ...]] = {
    "last_name": ("nom", "nom usuel", "nom d usage", "nom usage", "nom de famille", "nom marital", "last name",
                  "lastname", "surname", "family name", "nom beneficiaire", "nom du beneficiaire", "nom allocataire",
                  "nom personne"),
    "first_name": ("prenom", "prenoms", "first name", "firstname", "given name", "prenom beneficiaire",
                   "prenom du beneficiaire", "prenom usuel", "prenom personne", "1er prenom"),
    "full_name": ("nom prenom", "nom et prenom", "nom prenoms", "prenom nom", "prenom et nom", "name", "full name",
                  "identite", "beneficiaire", "personne", "nom complet", "usager", "allocataire"),
    "birth_name": ("nom de naissance", "nom naissance", "nom de jeune fille", "nom jf", "njf", "birth name",
                   "maiden name", "nom patronymique"),
    "nickname": ("surnom", "nickname", "dit", "alias", "pseudo"),
    "civility": ("civilite", "civ", "titre", "sexe", "genre", "title", "gender", "sex", "m mme", "mme m"),
    "born_on": ("date de naissance", "date naissance", "date naiss", "date de naiss", "ddn", "ne le", "nee le",
                "ne e le", "naissance", "birth date", "birthdate", "date of birth", "dob", "birthday", "dt naissance",
                "dat naiss", "date nais"),
    "birth_year": ("annee de naissance", "annee naissance", "annee naiss", "birth year", "year of birth"),
    "birth_place": ("lieu de naissance", "lieu naissance", "ville de naissance", "commune de naissance", "birth place",
                    "place of birth", "ne e a", "nee a", "ne a"),
    "phone": ("telephone", "tel", "telephones", "tel portable", "portable", "mobile", "tel mobile", "tel fixe", "fixe",
              "telephone portable", "telephone fixe", "telephone mobile", "tel 1", "tel 2", "telephone 1",
              "telephone 2", "phone", "phone number", "numero de telephone", "n tel", "n de telephone", "num tel",
              "gsm", "telephone domicile", "tel domicile", "mobile phone", "cell phone"),
    "email": ("email", "e mail", "mail", "courriel", "adresse mail", "adresse email", "adresse e mail",
              "adresse electronique", "email address"),
    "street": ("adresse", "rue", "adresse 1", "adresse1", "adresse postale", "address", "street", "voie", "n et voie",
               "numero et voie", "adresse ligne 1", "address 1", "address line 1", "domicile", "adresse ligne4"),
    "street_more": ("adresse complement", "complement d adresse", "complement adresse", "complement", "adresse 2",
                    "adresse2", "adresse ligne 2", "address 2", "address line 2", "batiment", "residence", "lieu dit",
                    "adresse 3", "etage", "adresse ligne2", "adresse ligne3", "adresse ligne5"),
    "postcode": ("code postal", "cp", "codepostal", "c p", "zip", "zip code", "postcode", "postal code", "code post"),
    "town": ("ville", "commune", "localite", "city", "town", "commune de residence", "ville de residence"),
    "postcode_town": ("cp ville", "cp et ville", "code postal ville", "code postal et ville", "cp commune",
                      "code postal commune", "adresse ligne6"),
    "language": ("langue", "langue parlee", "langues", "language"),
    "local": ("identifiant dans le si", "identifiant si", "id si", "identifiant", "id", "n dossier", "numero dossier",
              "numero de dossier", "n de dossier", "matricule", "reference", "ref", "id interne", "numero interne",
              "identifiant unique de", "external id", "case number", "num dossier", "n usager", "identifiant local"),
    "caf": ("numero allocataire caf msa", "numero allocataire", "n allocataire", "n caf", "numero caf", "caf", "msa",
            "n msa", "numero msa", "matricule caf", "caf msa", "n allocataire caf", "num caf", "allocataire caf",
            "numero allocataire caf", "matricule allocataire"),
    "france_travail": ("identifiant pole emploi", "identifiant france travail", "n pole emploi", "n france travail",
                       "id pole emploi", "id france travail", "numero pole emploi", "numero france travail", "n pe",
                       "id pe", "identifiant pe", "identifiant ft", "n ft", "numero de", "n demandeur d emploi"),
    "right.rsa": ("droits rsa", "rsa", "droit rsa", "brsa", "beneficiaire rsa", "beneficiaire du rsa", "statut rsa"),
    "right.are": ("droits are", "are", "droit are", "allocation chomage", "chomage"),
    "right.ass": ("droits ass", "ass", "droit ass"),
    "right.prime_activite": ("prime d activite", "prime activite", "ppa"),
    "right.rqth": ("rqth", "travailleur handicape", "reconnaissance travailleur handicape", "th"),
    "right.aah": ("aah", "droits aah"), "right.css": ("css", "cmu", "cmu c", "complementaire sante solidaire", "c2s"),
    "work": ("situation", "situation professionnelle", "statut professionnel", "situation emploi",
             "situation socioprofessionnelle", "situation socio professionnelle", "employment status"),
    "education": ("niveau de formation", "niveau formation", "niveau d etudes", "niveau etudes", "niveau scolaire",
                  "niveau de qualification", "diplome", "education level", "education"),
    "project": ("emploi recherche", "emploi recherche code rome", "metier recherche", "metier vise", "rome",
                "code rome",
                "projet professionnel", "projet", "appelation rome 1", "appellation rome", "job sought"),
    "radius_km": ("zone de mobilite", "mobilite km", "rayon de mobilite", "rayon", "mobilite en km", "rayon km"),
    "entered_on": ("date d entree", "date entree", "suivi depuis", "suivi depuis le", "date d inscription",
                   "date de debut", "debut de suivi", "date debut", "debut accompagnement", "suivi debut"),
    "members": ("accompagnateurs", "accompagnateur", "courriel referent", "mail referent", "email referent",
                "referent mail", "email du referent", "courriel du referent"),
    NIR: ("nir", "numero de securite sociale", "n securite sociale", "numero securite sociale", "n ss", "nss",
          "n de securite sociale", "numero ss", "securite sociale", "num secu", "n secu", "numero de secu", "no ss",
          "social security number", "ssn", "n insee", "numero insee"),
    IGNORE: ("ligne", "n ligne", "numero de ligne", "refusee parce que", "comment corriger"),
}  # fmt: skip

_BY_NAME = {name: target for target, names in _NAMES.items() for name in names}
_NOISE = re.compile(r"[*:()\[\]/.,;°º#?\"«»]+")
_OPTIONAL = re.compile(r"\(s\)|\((?:facultatif|obligatoire|optionnel|requis|si connue?|jj.*|format.*|oui.*)\)")


def plain_header(text: str) -> str:
    """A column's name as it is compared: folded, stars, brackets and « n° » evened out."""
    folded = _OPTIONAL.sub(" ", fold(text.replace("N°", "n ").replace("n°", "n ").replace("№", "n ")))
    return " ".join(_NOISE.sub(" ", folded).split())


def target_of(header: str) -> str:
    """What a column's name says it holds, or nothing."""
    plain = plain_header(header)
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    for prefix in ("numero du ", "numero d ", "votre ", "le ", "la ", "num ", "no "):
        if plain.startswith(prefix) and plain.removeprefix(prefix) in _BY_NAME:
            return _BY_NAME[plain.removeprefix(prefix)]
    return ""


def header_at(lines: Sequence[Sequence[str]]) -> int | None:
    """Which of the first lines holds the columns' names: the one with most known names, title lines skipped."""
    scores = [(sum(1 for cell in line if target_of(cell)), -at) for at, line in enumerate(lines)]
    best, at = max(scores, default=(0, 0))
    if best >= 2 or (best == 1 and len(lines[-at]) <= 2):
        return -at
    widest = max((len(line) for line in lines), default=0)
    for place, line in enumerate(lines[:-1] if len(lines) > 1 else lines):
        named = [cell for cell in line if cell.strip()]
        if len(named) >= max(2, 0.6 * widest):
            return place if _looks_like_names(named) else None
    return None


def _looks_like_names(cells: Sequence[str]) -> bool:
    distinct = len({fold(cell) for cell in cells}) == len(cells)
    return distinct and not any(_is_value(cell) for cell in cells)


def _is_value(cell: str) -> bool:
    """True for what no column is called: a date, an e-mail, a phone, a long number."""
    digits = sum(sign.isdigit() for sign in cell)
    return "@" in cell or is_nir(cell) or len(phone_digits(cell)) >= 9 or (digits >= 4 and digits >= len(cell) / 2)
