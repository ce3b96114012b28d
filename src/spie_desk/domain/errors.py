"""What can go wrong for the user: each error is a sentence, a French msgid and parameters, translated at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


def N_(text: str) -> str:
    """Mark a msgid for the catalogue without translating it here."""
    return text


@dataclass(frozen=True, slots=True)
class Many:
    """A number with its noun, as a parameter of a sentence; put into words at the edge."""

    one: str
    many: str
    n: int


def NN_(one: str, many: str, n: int) -> Many:  # noqa: N802 — gettext’s way, as N_
    """Mark « {n} dossier », « {n} dossiers » for the catalogue, with the number that chooses between them."""
    return Many(one, many, n)


class DeskError(Exception):
    """An error the user can meet: ``says`` what happened, ``next_step`` what to do; parameters by name."""

    says: str = N_("Quelque chose n’a pas pu se faire. Rien n’a été perdu.")
    next_step: str = ""

    def __init__(self, **parameters: Any) -> None:
        super().__init__(type(self).__name__)
        self.parameters = parameters


class EmptyTextError(DeskError):
    says = N_("Écrivez quelque chose avant d’enregistrer.")


class MissingFieldError(DeskError):
    """A field that the record cannot do without; parameter ``field`` is a msgid."""

    says = N_("Il manque : {field}.")


class WrongValueError(DeskError):
    """A value that breaks a rule; parameters ``field`` and ``why`` are msgids."""

    says = N_("{field} : {why}")


class NothingToUndoError(DeskError):
    says = N_("Il n’y a rien à annuler.")


class NotUndoableError(DeskError):
    says = N_("Cet acte ne s’annule pas.")


class NotHereError(DeskError):
    says = N_("Cet élément n’est pas (encore) ici.")
