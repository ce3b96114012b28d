"""How a question to settle is said: each value as lines, who wrote it and when, what each answer is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.domain.lists import Lists
from spie_desk.domain.record import Field, Kind
from spie_desk.domain.records import KIND
from spie_desk.domain.shown import Clash, Version
from spie_desk.domain.values import from_value
from spie_desk.services.clashes import Question
from spie_desk.services.directory import Directory
from spie_desk.services.past import DELETED
from spie_desk.texts import _
from spie_desk.ui.models.days import short_day
from spie_desk.ui.models.rows import plainly

SORTS = {"values": N_("À départager"), "deleted": N_("Supprimé, modifié depuis"), "beside": N_("À régler"),
         "equal": N_("À régler")}  # fmt: skip


def sort_said(question: Question) -> str:
    """A signed text has no right answer to write: it is « à régler »."""
    sort = "beside" if question.is_signed else question.clash.sort
    return _(SORTS[sort])


_LED = {"tick", "date", "number", "time"}
_UNSEEN = {"hidden", "ids"}


@dataclass(frozen=True, slots=True)
class Voice:
    """What it takes to say values: lists, names, whose desk this is, its time zone."""

    lists: Lists
    known: Directory
    me: bytes
    zone: tzinfo | None
    people: Mapping[bytes, str]
    shows_address: bool = False
    """An address not to be given out is in view: somebody asked for it."""

    def who(self, professional: bytes) -> str:
        return self.known.name(professional) or _("quelqu’un d’un autre poste")

    def short_name(self, professional: bytes) -> str:
        """« K. Benali »."""
        found = self.known.professionals.get(professional)
        if found is None:
            return self.who(professional)
        first = f"{found.first_name[0]}. " if found.first_name else ""
        return f"{first}{found.last_name}".strip()

    def moment(self, ms: int) -> str:
        """« mer. 9 déc. 2026 à 14 h 32 »."""
        then = datetime.fromtimestamp(ms / 1000, tz=self.zone)
        day = f"{short_day(then.date(), _)} {then.year}"
        return _("{day} à {hour}").format(day=day, hour=f"{then.hour}\u00a0h\u00a0{then.minute:02d}")

    def label(self, clash: Clash) -> str:
        """The field's name; a whole record's for a withdrawal."""
        kind = KIND[clash.kind]
        return _(kind.label) if clash.register == DELETED else _(kind.label_of(clash.register)) or _(kind.label)

    def lines(self, clash: Clash, version: Version) -> list[str]:
        """A value as a person reads it, one line per field; « (vide) » when there is nothing."""
        if hides_address(clash) and version.register == "address" and not self.shows_address:
            return [_("Adresse à ne pas divulguer")]
        return value_lines(self, KIND[clash.kind], version.register, version.value)


def hides_address(clash: Clash) -> bool:
    """One side, or what stood before, says that this address is not to be given out: none of them shows by itself."""
    return any(
        version.register == "address" and isinstance(version.value, dict) and version.value.get("undisclosed") is True
        for version in (*clash.versions, *clash.before)
    )


def value_lines(voice: Voice, kind: Kind, register: str, value: Any) -> list[str]:
    if register == DELETED:
        return [_("Supprimé") if value else _("Remis")]
    fields = [item for item in kind.fields_of(register) if item.trait.widget not in _UNSEEN]
    found: list[str] = []
    for item in fields:
        raw = value.get(item.name) if register in kind.registers and isinstance(value, dict) else value
        said = _said(voice, item, from_value(item, raw))
        if said and item.trait.widget == "tick":
            said = _(item.trait.label)
        elif said and item.trait.widget in _LED and len(fields) > 1:
            said = f"{_(item.trait.label)}\u00a0: {said}"
        found += said.splitlines()
    return found or [_("(vide)")]


def _said(voice: Voice, item: Field, value: Any) -> str:
    if value in (None, "", b"", (), False):
        return ""
    sort = item.trait.widget
    if sort in {"choice", "choices"}:
        codes = value if isinstance(value, tuple) else (value,)
        return ", ".join(_(voice.lists.label(item.trait.choices, code)) for code in codes)
    if sort in {"professional", "professionals"}:
        return ", ".join(voice.who(one) for one in (value if isinstance(value, tuple) else (value,)))
    if sort in {"structure", "structures"}:
        known, ids = voice.known.structures, value if isinstance(value, tuple) else (value,)
        return ", ".join(known[one].name for one in ids if one in known)
    if sort == "person":
        return voice.people.get(value, _("(pas sur ce poste)"))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return f"{short_day(value, _)} {value.year}"
    return "" if isinstance(value, bytes) else plainly(value)


def titles(voice: Voice, clash: Clash) -> list[tuple[str, str]]:
    """For each version, its heading and what keeping it is called; two of mine are told apart by their hour."""
    mine = [one for one in clash.versions if one.stamp.person == voice.me]
    found = []
    for version in clash.versions:
        when = voice.moment(version.stamp.ms)
        if version.stamp.person != voice.me:
            name = voice.short_name(version.stamp.person)
            several = sum(one.stamp.person == version.stamp.person for one in clash.versions) > 1
            keep = _("Garder celle de {name}, {when}") if several else _("Garder celle de {name}")
            found.append((_("Sa version"), keep.format(name=name, when=when)))
        elif len(mine) > 1:
            found.append((_("Votre version"), _("Garder la mienne, {when}").format(when=when)))
        else:
            found.append((_("Votre version"), _("Garder la mienne")))
    return found


def differing(lines: Sequence[Sequence[str]], at: int) -> list[bool]:
    """Which lines of one value are not in every other."""
    others = [set(one) for rank, one in enumerate(lines) if rank != at]
    return [any(line not in other for other in others) for line in lines[at]]


def said_question(voice: Voice, question: Question) -> str:
    """What happened, in one or two sentences."""
    clash, label = question.clash, voice.label(question.clash)
    if clash.sort == "values" and question.is_signed:
        return _("Cette note a été signée de nouveau sur plusieurs postes qui ne s’étaient pas vus. Chaque texte est "
                 "gardé\u00a0; en attendant, le dossier montre le plus récent.")  # fmt: skip
    if clash.sort == "values":
        several = _("Deux réponses") if len(clash.versions) == 2 else _("Plusieurs réponses")
        return _("{several} pour «\u00a0{label}\u00a0». Elles ont été écrites sans se voir\u00a0; rien n’est perdu. "
                 "En attendant, le dossier montre la plus récente.").format(
                     several=several, label=label)  # fmt: skip
    if clash.sort == "deleted":
        return _("Supprimé par quelqu’un qui n’avait pas vu ces changements. Rien n’est perdu\u00a0: cela reste au "
                 "dossier jusqu’à votre choix.")  # fmt: skip
    if clash.sort == "equal":
        return _("Plusieurs personnes portent le même identifiant. C’est peut-être la même personne, ou une erreur de "
                 "saisie\u00a0: ouvrez les dossiers et corrigez celui qui est faux.")  # fmt: skip
    return _("Ce texte a été écrit une fois pour toutes\u00a0; un autre est arrivé ensuite. Il n’est pas montré à la "
             "place du premier, et il n’est pas perdu.")  # fmt: skip
