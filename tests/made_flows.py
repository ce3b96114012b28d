"""Fictitious CAF/MSA flows, whole and valid, or wrong in one place: only what a test says differs from a plain one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

SECRET = "285017550112345"
"""A social security number of nobody: it must be found nowhere."""


@dataclass(frozen=True)
class Who:
    last: str
    first: str
    born: str
    birth_name: str = ""
    role: str = "DEM"
    bound: str = "1"
    certain: str = "N"
    sex: str = "2"

    def xml(self) -> str:
        bound = f"<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>{self.bound}</TOPPERSDRODEVORSA>" \
                "</MontantCalculDroitRSAPersonne>" if self.bound else ""  # fmt: skip
        return f"""<Personne><Identification><QUAL>MME</QUAL><NOM>{self.last}</NOM>
<NOMNAI>{self.birth_name or self.last}</NOMNAI><PRENOM>{self.first}</PRENOM><NOMCOMNAI>VIMOUTIERS</NOMCOMNAI>
<DTNAI>{self.born}</DTNAI><TYPEDTNAI>{self.certain}</TYPEDTNAI><NIR>{SECRET[:13]}</NIR><TOPVALIEC>1</TOPVALIEC>
<SEXE>{self.sex}</SEXE></Identification>
<DossierCAF><TOPRESPDOS>1</TOPRESPDOS><DDRATDOS>2020-01-01</DDRATDOS></DossierCAF>
<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>{self.role}</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS></Prestations>
<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>{self.role}</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>
{bound}</Personne>
"""


@dataclass(frozen=True)
class Foyer:
    people: Sequence[Who]
    number: str = "999999900000000"
    state: str = "2"
    more: str = ""
    """What follows the state: <SuspensionVersement>…, <FinDroit>…"""
    asked: str = "2021-03-01"
    body: str = "CAF"

    def xml(self) -> str:
        return f"""<InfosFoyerRSA><IdentificationRSA>
<Organisme><FONORG>{self.body}</FONORG><NUMORG>611</NUMORG><MATRICULE>{self.number}</MATRICULE></Organisme>
<Partenaire><TYPEPARTE>CG</TYPEPARTE><IDEPARTE>061</IDEPARTE></Partenaire>
<DemandeRSA><DTDEMRSA>{self.asked}</DTDEMRSA><NUMDEMRSA>01024041061</NUMDEMRSA></DemandeRSA></IdentificationRSA>
{"".join(one.xml() for one in self.people)}<DonneesAdministratives><SituationFamille><SITFAM>CEL</SITFAM>
<DDSITFAM>1994-10-27</DDSITFAM></SituationFamille><Adresse><TroncCommunAdresse><RGADR>01</RGADR>
<DTEMM>2021-05-26</DTEMM><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR><ETATADR>CO</ETATADR></TroncCommunAdresse>
<AdresseDetailleeFrance><COMPLIDEADR /><COMPLADR /><NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE>
<NOMVOIE>DE LA GRANGE</NOMVOIE><LIEUDIST /><NUMCOM>61508</NUMCOM><CODEPOS>61120</CODEPOS><NOMCOM>VIMOUTIERS</NOMCOM>
</AdresseDetailleeFrance></Adresse></DonneesAdministratives>
<PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>{self.state}</ETATDOSRSA></EtatDossierRSA>{self.more}
</SituationDossierRSA><DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>0</TOPSANSDOMFIXE><ORIDEMRSA>DEM</ORIDEMRSA>
<DTORIDEMRSA>2020-11-07</DTORIDEMRSA></TroncCommunDroitRSA></DetailDroitRSA></PrestationRSA></InfosFoyerRSA>
"""

    def closed(self, on: str, why: str = "ECH", state: str = "5") -> Foyer:
        block = "FinDroit" if state == "5" else "FinDroitMoisAnterieur"
        more = f"<{block}><MOTICLORSA>{why}</MOTICLORSA><DTCLORSA>{on}</DTCLORSA></{block}>"
        return replace(self, state=state, more=more)

    def suspended(self, on: str, why: str = "06") -> Foyer:
        more = f"<SuspensionVersement><MOTISUSVERSRSA>{why}</MOTISUSVERSRSA><DDSUSVERSRSA>{on}</DDSUSVERSRSA>" \
               "</SuspensionVersement>"  # fmt: skip
        return replace(self, state="4", more=more)


def head(on: str) -> str:
    return f"""<?xml version="1.0" encoding="windows-1252"?>
<Racine xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
\txsi:noNamespaceSchemaLocation="../../ailleurs/vrsb0801.xsd"><IdentificationFlux><APPLIEME>CRI</APPLIEME>
<NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>{on}</DTCREAFLUX>
<HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX><DTREF>{on}</DTREF></IdentificationFlux>
"""


def foot(count: int) -> str:
    return f"""<TransmissionFlux><NBTOTDOSRSATRANSM>{count:08d}</NBTOTDOSRSATRANSM>
<NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux></Racine>
"""


def flow(*foyers: Foyer, on: str = "2026-11-30", encoding: str = "cp1252") -> bytes:
    return (head(on) + "".join(one.xml() for one in foyers) + foot(len(foyers))).encode(encoding)


def written(path: Path, foyers: Iterable[Foyer], on: str = "2026-11-30") -> Path:
    """The same on disk, household by household: a large one takes no memory."""
    count = 0
    with path.open("wb") as file:
        file.write(head(on).encode("cp1252"))
        for one in foyers:
            file.write(one.xml().encode("cp1252"))
            count += 1
        file.write(foot(count).encode("cp1252"))
    return path


AMINA = Who("BELKACEM", "AMINA", "1988-03-04")
PAUL = Who("EKAMBI", "PAUL", "1990-06-12", sex="1")
STRANGER = Who("ZQXVINCONNU", "ODILONWZ", "1971-01-02")
"""Followed by nobody: a name that must be found nowhere."""
SPOUSE = Who("BELKACEM", "YANISQZW", "1985-09-09", role="CJT", sex="1")
CHILD = Who("BELKACEM", "LINAQZW", "2015-09-09", role="ENF", bound="")
