"""How two files of one person are said: which file, what each says of a field, why they may be one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spie_desk.domain.lists import Lists
from spie_desk.domain.records.person import Person
from spie_desk.texts import _
from spie_desk.ui.panels.file_words import address_of, full_day, phone_said


@dataclass(frozen=True, slots=True)
class Says:
    """What it takes to say a value; ``hidden``: one of the files keeps its address from being given out."""

    lists: Lists
    who: Callable[[bytes], str]
    hidden: bool = False

    def of(self, register: str, person: Person) -> str:
        """A register of one file in one line; « (vide) » when it holds nothing."""
        return " · ".join(part for part in self._parts(register, person) if part) or _("(vide)")

    def _parts(self, register: str, person: Person) -> list[str]:
        if register in _PLAIN:
            return [str(getattr(person, register))]
        parts: Callable[[Person], list[str]] = getattr(self, f"_{register}")
        return parts(person)

    def _label(self, name: str, code: str) -> str:
        return _(self.lists.label(name, code)) if code else ""

    def _name(self, person: Person) -> list[str]:
        birth = _("naissance\u00a0: {name}").format(name=person.birth_name) if person.birth_name else ""
        return [self._label("civility", person.civility), person.name, birth]

    def _birth(self, person: Person) -> list[str]:
        born = full_day(person.born_on) if person.born_on else str(person.birth_year or "")
        return [born, _("à {place}").format(place=person.birth_place) if person.birth_place else ""]

    def _address(self, person: Person) -> list[str]:
        return [_("À ne pas divulguer")] if self.hidden else [address_of(person)]

    def _domiciliation(self, person: Person) -> list[str]:
        until = person.domiciled_until
        return [person.domiciled_at, _("jusqu’au {day}").format(day=full_day(until)) if until else ""]

    def _contact_rules(self, person: Person) -> list[str]:
        return [_("Ne pas laisser de message") if person.no_message else "", person.call_from, person.contact_note]

    def _language(self, person: Person) -> list[str]:
        return [person.language, _("interprète nécessaire") if person.interpreter else "",
                self._label("reading", person.reads)]  # fmt: skip

    def _guardian(self, person: Person) -> list[str]:
        return [self._label("guardianship", person.guardian_kind), person.guardian_name,
                phone_said(person.guardian_phone)]  # fmt: skip

    def _referent(self, person: Person) -> list[str]:
        since = person.referent_since
        return [self.who(person.referent) if person.referent else "",
                _("depuis le {day}").format(day=full_day(since)) if since else ""]  # fmt: skip

    def _entered_on(self, person: Person) -> list[str]:
        return [full_day(person.entered_on)] if person.entered_on else []

    def _end(self, person: Person) -> list[str]:
        if person.ended_on is None:
            return [_("en cours")]
        ended = _("terminé le {day}").format(day=full_day(person.ended_on))
        return [ended, self._label("end_reason", person.end_reason)]


_PLAIN = frozenset({"nickname", "email"})


def file_said(person: Person) -> str:
    """« dossier K7-0132 »: what tells two files of one name."""
    return _("dossier {number}").format(number=person.number) if person.number else _("dossier sans numéro")
