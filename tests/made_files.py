"""Files of fictitious people made on the spot: every case that an import tells apart, for a desk that knows some."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from spie_desk.app.shipped_lists import example_people

HEADS = (
    "N° dossier",
    "Nom",
    "Prénom",
    "Date de naissance",
    "Téléphone",
    "Code postal",
    "Ville",
    "RSA",
    "NIR",
    "Quartier",
)
CREATED, UPDATED, DOUBTED, REFUSED = 212, 48, 6, 4


@dataclass(frozen=True)
class Someone:
    """A row of a made file, cell by cell."""

    number: str
    last: str
    first: str
    born: str
    phone: str
    postcode: str = "61120"
    town: str = "Vimoutiers"
    rsa: str = "oui"
    nir: str = ""
    quarter: str = "Centre"

    def cells(self) -> tuple[str, ...]:
        return (self.number, self.last, self.first, self.born, self.phone, self.postcode, self.town, self.rsa, self.nir,
                self.quarter)  # fmt: skip


def people(count: int, seed: int = 5) -> list[Someone]:
    """People nobody of whom looks like another: no name twice, no birth date twice."""
    material, chance = example_people(), Random(seed)
    firsts = [one for one in (*material["women"], *material["men"]) if _windows(one)]
    names = [(last, first) for last in material["names"] for first in firsts if _windows(last)]
    chance.shuffle(names)
    born = [date(1955, 1, 3) + timedelta(days=61 * at) for at in range(count)]
    chance.shuffle(born)
    return [
        Someone(f"SI-{at:04d}", last.upper(), first, f"{born[at]:%d/%m/%Y}", f"06 39 98 {at // 100:02d} {at % 100:02d}")
        for at, (last, first) in enumerate(names[:count])
    ]  # fmt: skip


def _windows(name: str) -> bool:
    """A name that Windows' own encoding can write, as these files are written."""
    return name.encode("cp1252", errors="ignore").decode("cp1252") == name


def write(path: Path, rows: Sequence[Someone], heads: Sequence[str] = HEADS) -> Path:
    """A CSV as Excel in French saves it."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heads)
        writer.writerows(one.cells() for one in rows)
    return path


def october(path: Path) -> Path:
    """The first file: 54 people, all new."""
    return write(path, people(CREATED + UPDATED + DOUBTED)[: UPDATED + DOUBTED])


def november(path: Path) -> Path:
    """The file a month later, 270 rows: 212 new, 48 changed, 6 in doubt (a typed phone is the test's), 4 refused."""
    everyone = people(CREATED + UPDATED + DOUBTED)
    known, new = everyone[: UPDATED + DOUBTED], everyone[UPDATED + DOUBTED :]
    rows = [*_changed(known[:UPDATED]), *_doubted(known[UPDATED:]), *new]
    Random(11).shuffle(rows)
    for place, bad in zip((17, 102, 149, 201), _refused(), strict=True):
        rows.insert(place, bad)
    return write(path, rows)


def _changed(known: Sequence[Someone]) -> Iterator[Someone]:
    for at, one in enumerate(known):
        kept = dict(zip(Someone.__dataclass_fields__, one.cells(), strict=True))
        kept["phone"] = f"06 39 98 80 {at:02d}"
        if at % 4 == 0:
            kept |= {"rsa": "suspendu", "town": "Camembert"}
        yield Someone(**kept)


def _doubted(known: Sequence[Someone]) -> Iterator[Someone]:
    """Another number for the same identity; day and month swapped; the same number for another name."""
    for at, one in enumerate(known):
        day, month, year = one.born.split("/")
        number = f"SI-9{at:03d}"
        if at % 3 == 0:
            yield Someone(number, one.last, one.first, one.born, one.phone, nir="1 85 05 78 006 084 91")
        elif at % 3 == 1 and int(day) <= 12:
            yield Someone(number, one.last, one.first, f"{month}/{day}/{year}", one.phone)
        else:
            yield Someone(one.number, one.last, f"{one.first}-Ange", one.born, "")


def _refused() -> tuple[Someone, ...]:
    return (Someone("SI-8001", "VASSEUR", "Lina", "31/02/1990", ""), Someone("SI-8002", "", "", "04/05/1991", ""),
            Someone("SI-8003", "MOREL", "Théo", "06/07/1978", "", postcode="5999", town=""),
            Someone("SI-8004", "RIVIÈRE", "Anna", "12/11/1966", "", rsa="peut-être"))  # fmt: skip
