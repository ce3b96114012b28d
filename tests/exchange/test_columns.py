"""What each column is taken for: Carnet de bord's layout, and other people's."""

from datetime import date

import pytest

from spie_desk.domain.nir import key_of
from spie_desk.domain.tables import NIR, NOTE, ColumnMap, Table, TableRow, readable_map
from spie_desk.exchange.columns import proposed
from spie_desk.exchange.headers import target_of
from spie_desk.exchange.table_files import read_table
from spie_desk.shipped import shipped

TODAY = date(2026, 12, 9)


def table(heads, *rows):
    return Table(name="x.csv", columns=tuple(heads), header_line=1,
                 rows=tuple(TableRow(at, tuple(cells)) for at, cells in enumerate(rows, start=2)))  # fmt: skip


def test_the_layout_of_carnet_de_bord():
    found = proposed(read_table(shipped("examples/import_beneficiaires.csv")), TODAY)
    assert found.targets == (
        "local", "first_name", "last_name", "born_on", NIR, "birth_place", "phone", "email", "street", "street_more",
        "postcode", "town", "work", "caf", "france_travail", "right.rsa", "right.are", "right.ass",
        "right.prime_activite", "right.rqth", "radius_km", "project", "education", NOTE, "members",
    )  # fmt: skip
    assert found.sure.count(False) == 1


@pytest.mark.parametrize(("header", "target"), [
    ("nom de naissance", "birth_name"), ("NOM D'USAGE", "last_name"), ("Tel portable", "phone"), ("Tél. fixe", "phone"),
    ("date naiss.", "born_on"), ("Né(e) le", "born_on"), ("CP", "postcode"), ("Prénom(s)", "first_name"),
    ("First name", "first_name"), ("Surname", "last_name"), ("Date of birth", "born_on"), ("ZIP code", "postcode"),
    ("N° allocataire CAF", "caf"), ("N° Sécurité sociale", NIR), ("N°SS", NIR), ("Num. secu", NIR),
    ("RQTH", "right.rqth"),
    ("Bénéficiaire du RSA", "right.rsa"), ("Prime d’activité", "right.prime_activite"), ("Courriel", "email"),
    ("E-mail", "email"), ("Adresse (complément)", "street_more"), ("N° dossier", "local"), ("Civilité", "civility"),
    ("Date de naissance (JJ/MM/AAAA)", "born_on"), ("CP / Ville", "postcode_town"), ("Observations", ""), ("", ""),
    ("Identifiant France Travail", "france_travail"), ("Ville de naissance", "birth_place"),
    ("Niveau d’études", "education"),
])  # fmt: skip
def test_names_of_columns(header, target):
    assert target_of(header) == target


def test_name_and_first_name_in_one_column():
    for heads in (["NOM Prénom", "CP"], ["Bénéficiaire", "CP"], ["Nom", "CP"]):
        assert proposed(table(heads, ["DIOP Awa", "31000"], ["BA Ali", "31000"]), TODAY).targets[0] == "full_name"


def test_values_tell_where_names_do_not():
    heads = ["Nom", "Prénom", "A", "B", "C", "D", "E"]
    rows = [["Diop", "Awa", "a@example.org", "06 39 98 00 01", "31000 Toulouse", "12/05/1980", "libre"],
            ["Ba", "Ali", "b@example.org", "0639980002", "31200 Toulouse", "01/01/1975", "12"]]  # fmt: skip
    assert proposed(table(heads, *rows), TODAY).targets == (
        "last_name", "first_name", "email", "phone", "postcode_town", "born_on", NOTE)  # fmt: skip


def test_an_interview_is_no_birth_and_five_digits_are_no_postcode():
    found = proposed(table(["Nom", "Vu le", "Code"], ["Diop", "12/05/2026", "93015"]), TODAY)
    assert found.targets[1:] == (NOTE, NOTE)


def test_social_security_numbers_are_seen_under_any_name():
    numbers = [f"{one}{key_of(one):02d}" for one in ("2850577505612", "1980561120003")]
    found = proposed(table(["Nom", "Identifiant"], ["Diop", numbers[0]], ["Ba", numbers[1]]), TODAY)
    assert found.targets == ("last_name", NIR)


def test_two_columns_never_share_a_field_that_holds_one_value():
    found = proposed(table(["Nom", "Nom", "Tel", "Portable"], ["Diop", "Diop", "0639980001", "0639980002"]), TODAY)
    assert found.targets == ("last_name", NOTE, "phone", "phone")
    changed = ColumnMap(("last_name", "first_name", NOTE), (True, True, False)).with_target(2, "last_name")
    assert changed.targets == (NOTE, "first_name", "last_name")


def test_a_remembered_map_must_fit():
    assert readable_map(["last_name", NOTE], 2) == ColumnMap(("last_name", NOTE), (True, True), remembered=True)
    assert readable_map(["last_name"], 2) is None
    assert readable_map(["last_name", "unknown"], 2) is None
