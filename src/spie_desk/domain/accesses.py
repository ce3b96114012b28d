"""What the register of accesses keeps of one deed: who, when, about whom, through which list, why; never a content."""

from __future__ import annotations

from dataclasses import dataclass

from spie_desk.domain.errors import DeskError, N_

VIEWED, REVEALED, PRINTED, EXPORTED, READ, PURGED = "viewed", "revealed", "printed", "exported", "read", "purged"
"""A file opened, something hidden shown, paper or PDF, a file in the clear, the register read, its old lines gone."""

KEPT_DAYS = 366
"""Twelve months: enough for a control, no longer than the recommendation for such registers."""

SEVERAL = 200
"""People named in one line; beyond, the number of rows says how many."""

DEEDS = {
    VIEWED: N_("Dossier ouvert"), REVEALED: N_("Donnée masquée affichée"), PRINTED: N_("Impression ou PDF"),
    EXPORTED: N_("Export"), READ: N_("Journal consulté"), PURGED: N_("Lignes de plus de douze mois effacées"),
}  # fmt: skip

REASONS = (
    N_("Remplacement pendant une absence"), N_("Accueil ou appel de la personne"), N_("Préparation d’une revue"),
    N_("Demande de la personne ou de son représentant"), N_("Encadrement ou contrôle de la structure"),
)  # fmt: skip
"""What is proposed when a file outside one's caseload opens; any other reason may be typed."""

EXPORT_REASONS = (
    N_("Réunion ou revue"), N_("Bilan pour la direction ou le financeur"), N_("Travail hors de ce poste"),
    N_("Demande de la personne ou de son représentant"), N_("Changement de logiciel ou archivage"),
)  # fmt: skip
"""What is proposed before a file leaves protection."""


class NoReasonError(DeskError):
    says = N_("Il manque le motif.")
    next_step = N_("Choisissez un motif, ou écrivez-le en quelques mots.")


class NoKitYetError(DeskError):
    says = N_("Ce profil n’a pas encore de kit de secours\u00a0: le journal des accès ne s’ouvre qu’avec lui.")
    next_step = N_("Faites le kit dans «\u00a0Mon profil\u00a0», puis revenez ici.")


CALENDAR_REASONS = (
    N_("Agenda de la structure"), N_("Agenda du téléphone professionnel"), N_("Partage avec l’accueil"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One line. ``what`` names the list, the document or the field; ``rows`` how many lines left."""

    at_ms: int
    who: bytes
    deed: str
    people: tuple[bytes, ...] = ()
    what: str = ""
    reason: str = ""
    rows: int = 0
    n: int = 0
    """Its number in the register, given when it is written."""


@dataclass(frozen=True, slots=True)
class AccessRegister:
    """What a kit's code reads: the lines, oldest first; how many are gone without a trace of their purge; how many
    were sealed to a former kit; and the first line that does not fit what follows it (0: all fit)."""

    lines: tuple[Access, ...]
    missing: int = 0
    of_former_kit: int = 0
    altered_from: int = 0
