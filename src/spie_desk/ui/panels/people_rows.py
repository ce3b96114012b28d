"""How a person is said in a list: name with birth year, what comes next, and one badge; words only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from spie_desk.domain.errors import N_
from spie_desk.domain.listing import PersonRow
from spie_desk.services.today import SILENCE_DAYS
from spie_desk.texts import _, n_
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import Column, Line, ListSpec

EMPTY = N_("Aucune personne. Importez votre fichier ou créez un dossier.")
NOT_FOUND = N_("Personne ne correspond. Essayez moins de lettres, ou un numéro de téléphone.")
NONE_IN_VIEW = N_(
    "Personne dans cette liste. «\u00a0Toutes\u00a0» montre tout le monde\u00a0; "
    "si elle est vide aussi, importez votre fichier."
)


def born_first(row: PersonRow, today: date) -> str:
    """The second line of a narrow row: the birth year where nothing cuts it, so that no homonym is opened instead."""
    said = under(row, today)
    return f"{row.birth_year} · {said}" if row.birth_year else said


def silent_for(row: PersonRow, today: date) -> int:
    """Days without news, 0 below the threshold."""
    days = (today - row.last_contact).days if row.last_contact else 0
    return days if days >= SILENCE_DAYS else 0


def last_contact(row: PersonRow, today: date) -> str:
    if row.last_contact is None:
        return _("Aucun contact noté")
    if days := silent_for(row, today):
        return n_("Sans nouvelles, {n} jour", "Sans nouvelles, {n} jours", days)
    return _("Dernier contact {day}").format(day=short_day(row.last_contact, _))


def next_meeting(row: PersonRow, today: date) -> str:
    """« aujourd’hui 15:30 », « jeu. 26 nov. 10:00 », or nothing."""
    if row.next_on is None:
        return ""
    day = _("aujourd’hui") if row.next_on == today else short_day(row.next_on, _)
    return f"{day} {row.next_at}".strip()


def under(row: PersonRow, today: date) -> str:
    """The second line: silence first, then what is to do, then when one meets, then the last contact."""
    if silent_for(row, today) or not (row.next_step or row.next_on):
        return last_contact(row, today)
    return row.next_step or _("Rendez-vous {when}").format(when=next_meeting(row, today))


def badge(row: PersonRow, today: date) -> tuple[str, str]:
    """One badge and its role: a question to settle, lateness, or the hour of today's appointment."""
    if row.clashes:
        return _("à départager"), "warn"
    if row.late_since is not None:
        return _("retard {n} j").format(n=(today - row.late_since).days), "danger"
    if row.next_on == today:
        return row.next_at or _("aujourd’hui"), "text"
    return "", "muted"


def spoken(row: PersonRow, today: date) -> str:
    """The whole line as one sentence."""
    born = _("naissance en {year}").format(year=row.birth_year) if row.birth_year else ""
    said = badge(row, today)[0]
    return ", ".join(part for part in (row.name, born, row.town, under(row, today), said) if part)


def side_spec(today: Callable[[], date]) -> ListSpec:
    """Two lines per person: the list beside a file, and everywhere the text is large."""

    def line(row: PersonRow) -> Line:
        said, role = badge(row, today())
        return Line(row.name, second=born_first(row, today()), badge=said, role=role, avatar=row.name)

    return ListSpec(name="people", title=N_("Personnes"), shape="person", line=line, empty=EMPTY,
                    spoken=lambda row: spoken(row, today()))  # fmt: skip


def wide_spec(today: Callable[[], date]) -> ListSpec:
    """A table that uses the whole width of the page."""
    columns = (
        Column("name", N_("Nom"), width=176, say=lambda row: row.name),
        Column("birth_year", N_("Naissance"), width=84, say=lambda row: str(row.birth_year or _("inconnue"))),
        Column("town", N_("Commune"), width=124),
        Column("next_step", N_("À faire"), stretch=True),
        Column("next_on", N_("Prochain rendez-vous"), width=158, say=lambda row: next_meeting(row, today())),
        Column("last_contact", N_("Dernier contact"), width=120, say=lambda row: _contact_cell(row, today()),
               ink=lambda row: "warn" if silent_for(row, today()) else "muted"),
        Column("late", N_("À voir"), width=104, say=lambda row: _to_see(row, today())[0],
               ink=lambda row: _to_see(row, today())[1]),
    )  # fmt: skip
    return ListSpec(name="people", title=N_("Personnes"), columns=columns, empty=EMPTY,
                    spoken=lambda row: spoken(row, today()))  # fmt: skip


def _to_see(row: PersonRow, today: date) -> tuple[str, str]:
    """The badge of the table, where the hour has a column of its own."""
    return badge(replace(row, next_on=None), today)


def _contact_cell(row: PersonRow, today: date) -> str:
    if row.last_contact is None:
        return _("aucun noté")
    if days := silent_for(row, today):
        return _("il y a {n} j").format(n=days)
    return short_day(row.last_contact, _)
