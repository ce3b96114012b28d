"""Import structures and professionals into the directory: what each row would do, a hand's work never replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from spie_desk.domain.directory_rows import DirectoryRow, is_siret, read_directory_row
from spie_desk.domain.errors import N_
from spie_desk.domain.import_compare import Hand, alike
from spie_desk.domain.import_plan import Act, FieldChange, ImportPlan, RowPlan, Write
from spie_desk.domain.import_rows import Bundle, Refusal
from spie_desk.domain.records import KIND
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.shown import Shown
from spie_desk.domain.tables import PROFESSIONALS, STRUCTURES, ColumnMap, Table
from spie_desk.domain.words import fold
from spie_desk.services.desk import Desk
from spie_desk.services.import_here import Here

_HOUSE = f"{PROFESSIONALS}.structure"


def plan(desk: Desk, table: Table, columns: ColumnMap) -> ImportPlan:
    """The dry run of a list of structures or professionals against the directory of this desk."""
    work = _Directory(desk)
    rows = []
    for row in table.rows:
        read = read_directory_row(row, table, columns)
        if isinstance(read, DirectoryRow):
            rows.append(work.planned(read, table, columns))
        else:
            rows.append(RowPlan(line=row.line, refusals=read))
    return ImportPlan(table.name, tuple(rows), sort=columns.sort, kept_by_hand=work.kept)


class _Directory:
    """The directory as it will stand row after row: what an earlier row creates, a later one finds."""

    def __init__(self, desk: Desk) -> None:
        self._new_id, self.kept = desk.chance.id, 0
        hand = Hand(me=desk.me.id, today=desk.clock.now().date(), new_id=desk.chance.id)
        self._by_hand = Here(desk, hand).hand.by_hand
        self._shown: dict[bytes, Shown[Any]] = {}
        self._records: dict[bytes, Any] = {}
        self._houses: list[Structure] = []
        self._people: list[Professional] = []
        for kind, known in ((STRUCTURES, self._houses), (PROFESSIONALS, self._people)):
            for shown in desk.store.records.find(kind):
                self._shown[shown.record.id] = shown
                known.append(shown.record)

    def planned(self, row: DirectoryRow, table: Table, columns: ColumnMap) -> RowPlan:
        """One row: what it creates or changes, or why the structure it names cannot be told."""
        writes: list[Write] = []
        changes: list[FieldChange] = []
        created, house, about = 0, b"", b""
        if row.structure:
            found = self._house_of(row.structure)
            record = found or Structure(id=self._new_id(), **row.structure)
            created += self._take("structure", found, record, row.structure, writes, changes)
            house = about = record.id
        elif row.house:
            houses = self._houses_called(row.house)
            if len(houses) != 1:
                return RowPlan(line=row.line, refusals=(_which_house(row, table, columns, len(houses)),))
            house = houses[0].id
        if row.professional:
            known = self._professional_of(row.professional, house)
            fresh = Professional(id=self._new_id(), structure=house, **row.professional)
            said: dict[str, Any] = {**row.professional, **({"structure": house} if house else {})}
            created += self._take("professional", known, known or fresh, said, writes, changes)
            about = about or (known or fresh).id
        return RowPlan(line=row.line, bundle=Bundle(line=row.line, person=_called(row)),
                       act=Act(about, tuple(writes), tuple(changes), creates=created))  # fmt: skip

    def _take(self, kind: str, found: Any, record: Any, said: Mapping[str, Any], writes: list[Write],
              changes: list[FieldChange]) -> int:  # fmt: skip
        """A new record, or what a known one lacks; 1 when it is created."""
        if found is None:
            (self._houses if kind == STRUCTURES else self._people).append(record)
            writes.append(Write(kind, record))
            return 1
        shown = self._shown.get(record.id)
        if shown is not None and (taken := self._wanted(kind, shown, said, changes)):
            writes.append(Write(kind, replace(shown.record, **taken), shown))
            # once: what a later row says of it would be written on values that no one has seen
            del self._shown[record.id]
        return 0

    def _wanted(self, kind: str, shown: Shown[Any], said: Mapping[str, Any],
                changes: list[FieldChange]) -> dict[str, Any]:  # fmt: skip
        """Blanks are filled, what an import wrote is replaced, what a hand wrote stays and is counted."""
        taken: dict[str, Any] = {}
        for name, new in said.items():
            old, field = getattr(shown.record, name), KIND[kind].by_name[name]
            if alike(old, new):
                continue
            if old and self._by_hand(shown, field.register):
                self.kept += 1
                continue
            taken[name] = new
            if name != "structure":
                changes.append(FieldChange(field.trait.label, old, new))
            else:
                changes.append(FieldChange(field.trait.label, self._house_name(old), self._house_name(new)))
        return taken

    def _house_name(self, house: bytes) -> str:
        return next((one.name for one in self._houses if one.id == house), "")

    def _house_of(self, said: Mapping[str, str]) -> Structure | None:
        """By SIRET; else by name and town, unless their SIRETs differ."""
        siret, name, town = said.get("siret", ""), fold(said["name"]), fold(said.get("town", ""))
        by_siret = next((one for one in self._houses if siret and one.siret == siret), None)
        alike_ = (one for one in self._houses if (fold(one.name), fold(one.town)) == (name, town)
                  and not (siret and one.siret and one.siret != siret))  # fmt: skip
        return by_siret or next(alike_, None)

    def _houses_called(self, words: str) -> list[Structure]:
        digits = "".join(words.split())
        if is_siret(digits):
            return [one for one in self._houses if one.siret == digits]
        return [one for one in self._houses if fold(one.name) == fold(words)]

    def _professional_of(self, said: Mapping[str, str], house: bytes) -> Professional | None:
        """By e-mail; else by name and structure, unless their e-mails differ."""
        email = said.get("email", "")
        name = (fold(said.get("first_name", "")), fold(said.get("last_name", "")))
        by_email = [one for one in self._people if email and one.email.casefold() == email]
        same_name = [one for one in self._people if (fold(one.first_name), fold(one.last_name)) == name
                     and (not house or one.structure == house)
                     and not (email and one.email and one.email.casefold() != email)]  # fmt: skip
        found = by_email or same_name
        return found[0] if len(found) == 1 or by_email else None


def _called(row: DirectoryRow) -> dict[str, str]:
    """What the row is called on screen."""
    if row.structure:
        return {"last_name": row.structure["name"]}
    return {name: row.professional[name] for name in ("first_name", "last_name") if name in row.professional}


def _which_house(row: DirectoryRow, table: Table, columns: ColumnMap, found: int) -> Refusal:
    place = columns.columns_for(_HOUSE)[0]
    if found:
        return Refusal(row.line, table.columns[place], row.house, N_("Plusieurs structures portent ce nom."),
                       N_("Écrire son SIRET à la place."))  # fmt: skip
    return Refusal(row.line, table.columns[place], row.house, N_("Cette structure n’est pas dans l’annuaire."),
                   N_("Importer d’abord les structures, ou corriger son nom."))  # fmt: skip
