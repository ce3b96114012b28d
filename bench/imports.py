"""Import 10,000 rows into 50,000 people, duplicates looked for: reading the file, the dry run, the writing."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.people import TODAY, World, phone
from bench.harness.prose import FIRST_NAMES, SURNAMES, TOWNS
from bench.harness.run import Run
from bench.harness.sampling import Spent, spent
from bench.harness.stores import Stock
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.import_plan import Report
from spie_desk.domain.records.person import Person
from spie_desk.services import imports

ROWS = 10_000
HEADERS = ("Identifiant", "Prénom", "Nom", "Date de naissance", "Téléphone", "Email", "Adresse", "Code postal", "Ville",
           "Numéro allocataire CAF/MSA", "Identifiant Pôle emploi", "Droits RSA")  # fmt: skip


def figures(run: Run) -> Iterator[Figure]:
    with stores.copy(stores.LARGE, deadline=run.deadline) as stock, tempfile.TemporaryDirectory() as folder:
        before = {kind: stock.store.records.count(kind) for kind in ("person", "phone", "identifier", "right")}
        path = Path(folder) / "import.csv"
        write_file(path, stock.people, ROWS)
        parts, report = import_file(stock, path)
        added = sum(stock.store.records.count(kind) - many for kind, many in before.items())
        whole = Spent(sum(one.wall for one in parts.values()), sum(one.cpu for one in parts.values()))
        more = {
            "cpu": whole.cpu, "wall": whole.wall, "rows": ROWS, "created": report.created, "updated": report.updated,
            "unchanged": report.unchanged, "in_doubt": report.in_doubt, "refused": report.refused,
            "records_added": added, "file_mb": stock.megabytes, "samples": 1,
        }  # fmt: skip
        yield Figure("import_10000_rows_cpu", whole.cpu, "s", bar=Bar(8), more=more)
        for name, one in parts.items():
            yield Figure(f"import_{name}_cpu", one.cpu, "s", more={"cpu": one.cpu, "wall": one.wall})


def import_file(stock: Stock, path: Path) -> tuple[dict[str, Spent], Report]:
    """As the assistant does it, with the answers that it proposes: what is in doubt waits."""
    desk = stock.desk
    with spent() as reading:
        table = desk.files.read_table(path)
        columns = desk.files.proposed(table, TODAY.date())
        towns = desk.files.towns
    with spent() as planning:
        plan = imports.plan(desk, table, columns, towns=towns)
    with spent() as writing:
        report = imports.apply(desk, plan)
    return {"read": reading, "dry_run": planning, "write": writing}, report


def write_file(path: Path, people: int, rows: int) -> None:
    """Of ten rows: six newcomers, two already here as they are, one here with a new phone, one spelled otherwise."""
    world, chance = World(example_people()), Random(11)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(HEADERS)
        for rank in range(rows):
            turn = rank % 10
            out.writerow(_newcomer(chance, rank) if turn < 6 else _known(world, chance, rank * 5 % people, turn))


def _newcomer(chance: Random, rank: int) -> list[str]:
    town, postcode, _ = chance.choice(TOWNS)
    born = date(1955, 1, 1).toordinal() + chance.randrange(18_000)
    return [
        f"N{rank}", chance.choice(FIRST_NAMES), chance.choice(SURNAMES), date.fromordinal(born).strftime("%d/%m/%Y"),
        phone(chance), f"nouveau{rank}@example.org", f"{chance.randrange(1, 90)} rue du Stade", postcode, town,
        str(7_000_000 + rank), "", "rsa_droit_ouvert_versable",
    ]  # fmt: skip


def _known(world: World, chance: Random, rank: int, turn: int) -> list[str]:
    records = world.person(rank)
    person: Person = records[0][1]
    known_phone = next(one.number for kind, one in records if kind == "phone")
    if turn == 9:
        person = replace(person, last_name=person.last_name.replace("in", "ain") + "e")
    return [
        "", person.first_name, person.last_name, person.born_on.strftime("%d/%m/%Y") if person.born_on else "",
        phone(chance) if turn == 8 else known_phone, person.email, person.street, person.postcode, person.town,
        str(1_000_000 + rank * 7), "", "",
    ]  # fmt: skip
