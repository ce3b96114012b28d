"""Forms to fill in by hand, when there is no computer: a first meeting, a round, attendance, a situation in review.

They ask for what the files hold and nothing more: no national number, no diagnosis, no word of a child.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spie_desk.domain.errors import N_
from spie_desk.domain.sheets.around import Setting
from spie_desk.domain.sheets.blocks import (
    NOBODY,
    Block,
    Fact,
    Facts,
    Line,
    Lines,
    Paragraph,
    Row,
    Section,
    Sheet,
    Table,
    Text,
    say,
)

DOTS = "…" * 40
TALL = "\u00a0\u2028\u00a0"
"""An empty cell high enough for a hand."""


def _to_fill(*labels: str) -> Facts:
    return Facts(tuple(Fact(say(one), DOTS) for one in labels))


def _room(lines: int) -> tuple[Block, ...]:
    """Ruled lines."""
    return (Table(("\u00a0",), tuple(Row((TALL,)) for _ in range(lines)), (100,)),)


def _boxes(*labels: str) -> Lines:
    return Lines(tuple(Line(say(one), box=True) for one in labels))


def _grid(head: tuple[str, ...], rows: int, widths: tuple[int, ...]) -> Table:
    return Table(tuple(say(one) for one in head), tuple(Row((TALL,) * len(head)) for _ in range(rows)), widths)


def first_meeting(setting: Setting) -> Sheet:
    return _sheet(setting, "premiere-rencontre", FORMS["premiere-rencontre"], (
        _to_fill(N_("Date, lieu"), N_("Nom, prénom (ou surnom)"), N_("Date ou année de naissance"), N_("Adresse, ou "
                 "domiciliation"), N_("Téléphone, à qui il est"), N_("Langue, interprète")),
        _boxes(N_("Adresse à ne pas divulguer"), N_("Ne pas laisser de message"), N_("A besoin d’aide pour lire")),
        Section(say(N_("Ce qu’elle demande, dans ses mots")), _room(2)),
        Section(say(N_("Situation utile, démarches en cours, droits et échéances")), _room(3)),
        Section(say(N_("Ce qui est convenu")), (_grid((N_("Quoi"), N_("Qui"), N_("Pour quand")), 2, (54, 24, 22)),)),
        Section(say(N_("Information donnée")), (
            Facts((Fact(say(N_("Informée le, par qui, comment")), DOTS),)),
            _boxes(N_("S’oppose au partage avec une structure (laquelle)"), N_("S’oppose au dossier informatique")),
        )),
    ))  # fmt: skip


def round_form(setting: Setting) -> Sheet:
    return _sheet(setting, "maraude", FORMS["maraude"], (
        _to_fill(N_("Date, horaires"), N_("Lieux"), N_("Équipe"),
                 N_("Nombre de personnes rencontrées")),
        _grid((N_("Prénom ou surnom"), N_("Lieu, heure"), N_("Besoin, ce qui a été fait"), N_("Suite")), 11,
              (22, 20, 38, 20)),
        Paragraph(say(N_("Ni diagnostic, ni origine. Personne n’a à dire son nom.")), "small"),
    ))  # fmt: skip


def attendance(setting: Setting) -> Sheet:
    return _sheet(setting, "emargement", FORMS["emargement"], (
        _to_fill(N_("Atelier ou réunion"), N_("Date, horaires"), N_("Lieu"), N_("Animé par")),
        _grid((N_("Nom, prénom"), N_("Matin"), N_("Après-midi")), 15, (48, 26, 26)),
    ))  # fmt: skip


def review_form(setting: Setting) -> Sheet:
    return _sheet(setting, "revue-de-situation", FORMS["revue-de-situation"], (
        _to_fill(N_("Date et lieu de la revue"), N_("Situation n°"), N_("Présentée par"), N_("Présences pour cette "
                 "situation")),
        Paragraph(say(N_("Une fiche par situation\u00a0: elle ne parle que d’une personne, par son numéro.")), "small"),
        Section(say(N_("La question posée")), _room(1)),
        Section(say(N_("Ce que la personne en dit")), _room(1)),
        Section(say(N_("Ce qui a été dit d’utile")), _room(3)),
        Section(say(N_("Décisions")), (_grid((N_("Quoi"), N_("Qui"), N_("Pour quand")), 4, (54, 24, 22)),)),
        _to_fill(N_("Qui le dit à la personne, et quand")),
    ))  # fmt: skip


FORMS: Mapping[str, str] = {
    "premiere-rencontre": N_("Fiche de première rencontre"),
    "maraude": N_("Fiche de maraude"),
    "emargement": N_("Feuille d’émargement"),
    "revue-de-situation": N_("Fiche de revue, une situation"),
}
MADE: Mapping[str, Callable[[Setting], Sheet]] = {
    "premiere-rencontre": first_meeting, "maraude": round_form, "emargement": attendance,
    "revue-de-situation": review_form,
}  # fmt: skip


def _sheet(setting: Setting, name: str, title: str, blocks: tuple[Block, ...]) -> Sheet:
    heading: Text = say(title)
    return Sheet(name=name, title=heading, under="", header=setting.header, footer=setting.footer, blocks=blocks,
                 about=(NOBODY,))  # fmt: skip
