"""Structures and professionals imported into the directory of a real encrypted store, faulty lines said one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spie_desk.domain.directory_rows import is_siret
from spie_desk.domain.import_plan import ImportPlan, Outcome
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.tables import PEOPLE, PROFESSIONALS, STRUCTURES
from spie_desk.services import imports, undo
from spie_desk.services.desk import Desk
from spie_desk.services.ports import Deed

HEADS = (
    "Nom;Description;Téléphones;Adresse;Adresse (complément);Code postal;Ville;Site web;Courriel;Siret;"
    "Courriel responsable;Prénom responsable;Nom responsable;Fonction responsable;Téléphones responsable"
)
SIRET, OTHER = "73282932000074", "40483304800022"
LOCALE = f"Mission locale du Vexin;Jeunes;06 39 98 00 01, 06 39 98 00 02;3 rue du Four;Bât. B;61120;Vimoutiers;" \
    f"https://ml.example.org;accueil@ml.example.org;{SIRET};zoe@ml.example.org;Zoé;Lacaze;Directrice;0639980003"
PEOPLE_HEADS = "Courriel*;Prénom*;Nom*;Téléphone;Fonction;Structure"


def planned(desk: Desk, tmp_path: Path, *lines: str, sort: str = "") -> ImportPlan:
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    table = desk.files.read_table(path)
    columns = desk.files.proposed(table, desk.clock.now().date(), sort)
    return imports.plan(desk, table, columns, towns=desk.files.towns)


def houses(desk: Desk) -> dict[str, Structure]:
    return {one.record.name: one.record for one in desk.store.records.find("structure")}


def team(desk: Desk) -> dict[str, Professional]:
    return {one.record.name: one.record for one in desk.store.records.find("professional")}


def put(desk: Desk, kind: str, record: object) -> None:
    with desk.store.unit(Deed()) as unit:
        unit.put(kind, record)


def test_a_list_of_structures_brings_them_and_who_answers_for_them(desk: Desk, tmp_path: Path) -> None:
    other = LOCALE.replace("zoe@", "rene@").replace("Zoé;Lacaze", "René;Ducos")
    made = planned(desk, tmp_path, HEADS, LOCALE, other)
    assert (made.sort, made.to_create, made.refused, made.in_doubt) == (STRUCTURES, 2, 0, 0)
    before = len(houses(desk))
    report = imports.apply(desk, made)
    assert report.sort == STRUCTURES
    house = houses(desk)["Mission locale du Vexin"]
    assert len(houses(desk)) == before + 1
    assert (house.siret, house.postcode, house.town, house.street, house.phone, house.email) == (
        SIRET, "61120", "Vimoutiers", "3 rue du Four, Bât. B", "06 39 98 00 01, 06 39 98 00 02",
        "accueil@ml.example.org")  # fmt: skip
    head = team(desk)["Zoé Lacaze"]
    assert (head.structure, head.function, head.phone, head.email, head.manager) == (
        house.id, "Directrice", "06 39 98 00 03", "zoe@ml.example.org", False)  # fmt: skip
    assert team(desk)["René Ducos"].structure == house.id
    again = planned(desk, tmp_path, HEADS, LOCALE, other)
    assert (again.to_create, again.unchanged) == (0, 2)
    undo.undo_one(desk, report.deed)
    assert "Mission locale du Vexin" not in houses(desk)
    assert "Zoé Lacaze" not in team(desk)
    assert desk.store.check() == []


def test_each_faulty_line_has_its_sentence_and_the_others_come_in(desk: Desk, tmp_path: Path) -> None:
    nameless = LOCALE.replace("Mission locale du Vexin", "")
    wrong = LOCALE.replace(SIRET, "12312312312311").replace("accueil@ml.example.org", "accueil@ml").replace(
        "zoe@ml.example.org", "zoe.ml.example.org").replace(";61120;", ";6112;")  # fmt: skip
    phone = LOCALE.replace("0639980003", "999999")
    made = planned(desk, tmp_path, HEADS, LOCALE, nameless, wrong, phone)
    assert (made.to_create, made.refused) == (1, 3)
    assert [(one.line, one.column, one.value) for one in made.refusals] == [
        (3, "Nom", ""), (4, "Siret", "12312312312311"), (4, "Code postal", "6112"), (4, "Courriel", "accueil@ml"),
        (4, "Courriel responsable", "zoe.ml.example.org"), (5, "Téléphones responsable", "999999")]  # fmt: skip
    assert all(one.why and one.mend for one in made.refusals)


def test_a_known_structure_is_met_by_siret_then_by_name_and_town(desk: Desk, tmp_path: Path) -> None:
    put(desk, "structure", Structure(id=b"1" * 16, name="ML du Vexin", siret=SIRET))
    put(desk, "structure", Structure(id=b"2" * 16, name="CAF", town="Alençon"))
    put(desk, "structure", Structure(id=b"3" * 16, name="CAF", town="Caen", siret=OTHER))
    heads = "Nom;SIRET;Ville;Téléphone"
    made = planned(desk, tmp_path, heads, f"Mission locale du Vexin;{SIRET};Vimoutiers;",
                   "caf;;ALENCON;06 39 98 00 09", f"CAF;{OTHER};Lisieux;", sort=STRUCTURES)  # fmt: skip
    assert [row.outcome for row in made.rows] == [Outcome.UPDATE, Outcome.UPDATE, Outcome.UNCHANGED]
    # written by hand: the name stays, and it is said; the town was blank
    assert made.kept_by_hand == 2
    imports.apply(desk, made)
    found = {one.record.id: one.record for one in desk.store.records.find("structure")}
    assert (found[b"1" * 16].name, found[b"1" * 16].town) == ("ML du Vexin", "Vimoutiers")
    assert found[b"2" * 16].phone == "06 39 98 00 09"
    assert found[b"3" * 16].town == "Caen"


def test_what_an_import_wrote_is_replaced_and_what_a_hand_wrote_since_is_not(desk: Desk, tmp_path: Path) -> None:
    imports.apply(desk, planned(desk, tmp_path, HEADS, LOCALE))
    (shown,) = desk.store.records.find("structure", {"name": "Mission locale du Vexin"})
    with desk.store.unit(Deed()) as unit:
        unit.put("structure", replace(shown.record, email="direct@ml.example.org"), shown=shown)
    made = planned(desk, tmp_path, HEADS, LOCALE.replace("06 39 98 00 01, 06 39 98 00 02", "06 39 98 00 44").replace(
        "accueil@", "bonjour@"))  # fmt: skip
    assert [(one.label, one.new) for row in made.rows for one in row.act.changes] == [("Téléphone", "06 39 98 00 44")]
    assert made.kept_by_hand == 1
    imports.apply(desk, made)
    house = houses(desk)["Mission locale du Vexin"]
    assert (house.phone, house.email) == ("06 39 98 00 44", "direct@ml.example.org")


def test_professionals_come_with_their_structure_or_say_that_it_is_unknown(desk: Desk, tmp_path: Path) -> None:
    put(desk, "structure", Structure(id=b"1" * 16, name="Mission locale du Vexin", siret=SIRET))
    made = planned(desk, tmp_path, PEOPLE_HEADS,
                   "Salome@example.org;Salomé;Légase;639980011;Conseillère en insertion;mission locale du vexin",
                   f"sofia@example.org;Sofia;Poltroné;;;{SIRET}", "luc@example.org;Luc;Bry;;;Structure perdue",
                   ";Ana;Roy;;Éducatrice;")  # fmt: skip
    assert (made.sort, made.to_create, made.refused) == (PROFESSIONALS, 3, 1)
    assert [(one.line, one.column, one.value) for one in made.refusals] == [(4, "Structure", "Structure perdue")]
    imports.apply(desk, made)
    one = team(desk)["Salomé Légase"]
    assert (one.structure, one.function, one.phone, one.email) == (
        b"1" * 16, "Conseillère en insertion", "06 39 98 00 11", "salome@example.org")  # fmt: skip
    assert team(desk)["Sofia Poltroné"].structure == b"1" * 16
    assert team(desk)["Ana Roy"].structure == b""
    put(desk, "structure", Structure(id=b"2" * 16, name="MISSION LOCALE DU VEXIN"))
    twice = planned(desk, tmp_path, PEOPLE_HEADS, "a@example.org;Abel;Roy;;;Mission locale du Vexin")
    assert [one.why for one in twice.refusals] == ["Plusieurs structures portent ce nom."]


def test_a_known_professional_is_met_by_email_or_by_name_and_structure(desk: Desk, tmp_path: Path) -> None:
    put(desk, "structure", Structure(id=b"1" * 16, name="Mission locale du Vexin"))
    put(desk, "professional", Professional(id=b"p" * 16, first_name="Zoé", last_name="Légase", email="s@example.org"))
    put(desk, "professional", Professional(id=b"q" * 16, first_name="Luc", last_name="Bry", structure=b"1" * 16))
    put(desk, "professional", Professional(id=b"r" * 16, first_name="Ana", last_name="Roy", email="ana@example.org"))
    made = planned(desk, tmp_path, PEOPLE_HEADS, "S@EXAMPLE.ORG;Zoé;Légase-Dru;0639980011;Conseillère;",
                   "luc@example.org;LUC;BRY;;;Mission locale du Vexin", "autre@example.org;Ana;Roy;;;")  # fmt: skip
    assert [row.outcome for row in made.rows] == [Outcome.UPDATE, Outcome.UPDATE, Outcome.CREATE]
    imports.apply(desk, made)
    found = {one.record.id: one.record for one in desk.store.records.find("professional")}
    assert (found[b"p" * 16].last_name, found[b"p" * 16].phone) == ("Légase", "06 39 98 00 11")
    assert found[b"q" * 16].email == "luc@example.org"


@pytest.mark.parametrize(
    ("heads", "sort"),
    [(HEADS, STRUCTURES), ("Raison sociale;SIRET;Ville", STRUCTURES), (PEOPLE_HEADS, PROFESSIONALS),
     ("Courriel*;Prénom;Nom;Téléphones", PROFESSIONALS), ("Nom;Prénom;Date de naissance;Fonction;Courriel", PEOPLE),
     ("Nom;Prénom;Téléphone;Ville", PEOPLE), ("Nom;Prénom;RSA;Courriel;Structure;SIRET", PEOPLE)],
)  # fmt: skip
def test_what_a_file_is_a_list_of_is_told_by_its_headers(desk: Desk, tmp_path: Path, heads: str, sort: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(heads + "\n" + ";".join("x" for _ in heads.split(";")) + "\n", encoding="utf-8")
    assert desk.files.proposed(desk.files.read_table(path), desk.clock.now().date()).sort == sort


def test_a_layout_is_remembered_with_what_it_is_a_list_of(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;Courriel\nRoy;Ana;ana@example.org\n", encoding="utf-8")
    table = desk.files.read_table(path)
    chosen = desk.files.proposed(table, desk.clock.now().date(), PROFESSIONALS)
    imports.remember(desk, table, chosen.with_target(1, "professional.last_name"))
    known = imports.remembered(desk, table)
    assert known is not None
    assert (known.sort, known.targets) == (PROFESSIONALS, ("ignore", "professional.last_name", "professional.email"))


def test_a_siret_is_told_by_its_key() -> None:
    assert is_siret(SIRET)
    assert is_siret("35600000000048")
    assert is_siret("35600000049837")
    assert not is_siret("35600000000049")
    assert not is_siret(SIRET[:-1] + "5")
    assert not is_siret("7328293200007")
