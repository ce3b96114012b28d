"""Importing people into a real encrypted store: the dry run, the doubts, all or nothing, the same file again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from spie_desk.app.files import LocalFiles
from spie_desk.domain import import_plan as plans
from spie_desk.domain.import_sides import sides
from spie_desk.domain.lists import lists_from
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.tables import Table, TableRow
from spie_desk.exchange.columns import proposed
from spie_desk.exchange.communes import Communes
from spie_desk.exchange.table_files import read_table
from spie_desk.services import founding, imports, people, records, undo
from spie_desk.services.desk import Desk
from spie_desk.shipped import shipped
from tests.store.conftest import empty_store, stores  # noqa: F401 — the fixtures

REAL = "examples/import_beneficiaires.csv"
TOWNS = Communes()


def shipped_lists():
    return lists_from({path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
                       for path in shipped("lists").iterdir() if path.name.endswith(".json")})  # fmt: skip


@pytest.fixture
def desk(stores):  # noqa: F811
    opened = stores("imports")
    structure = Structure(id=b"s" * 16, name="CCAS de Saint-Aubin")
    me = Professional(id=b"m" * 16, first_name="Claire", last_name="Dubois", structure=structure.id)
    founding.found(opened.store, me, structure)
    return Desk(opened.store, opened.clock, opened.chance, me, structure, shipped_lists(), LocalFiles())


def table(heads, *rows, name="liste.csv"):
    wide = [tuple(cells) + ("",) * (len(heads) - len(cells)) for cells in rows]
    return Table(name=name, columns=tuple(heads), header_line=1,
                 rows=tuple(TableRow(at, cells) for at, cells in enumerate(wide, start=2)))  # fmt: skip


def planned(desk, read, answers=None):
    return imports.plan(desk, read, proposed(read, desk.clock.now().date()), answers, towns=TOWNS)


def imported(desk, read, answers=None):
    made = planned(desk, read)
    imports.apply(desk, made, answers)
    return made


def counts(made):
    total = (made.to_create, made.to_update, made.in_doubt, made.refused)
    assert sum(total) == len(made.rows)
    return total


def everyone(desk):
    return {one.record.name: one for one in desk.store.records.find("person")}


def of(desk, kind, person):
    return [one.record for one in records.of_person(desk, kind, person.record.id)]


SIMPLE = ("Nom", "Prénom", "Date de naissance", "Téléphone", "Ville")
AMINA = ("Belkacem", "Amina", "03/04/1988", "06 39 98 12 34", "Camembert")


def test_the_real_file_is_tried_without_writing_anything(desk):
    before = desk.store.counters()
    made = planned(desk, read_table(shipped(REAL)))
    assert counts(made) == (2, 0, 2, 0)
    assert desk.store.counters() == before
    assert [row.outcome for row in made.rows] == ["create", "create", "doubt", "doubt"]
    assert made.nir_columns == ("NIR",)
    assert made.kept_columns == ("Structure",)
    third = made.rows[2]
    assert {reason.says for reason in third.reasons} == {
        "déjà dans ce fichier, ligne {line}", "même nom", "même date de naissance", "même téléphone"}  # fmt: skip
    assert [way.label for way in third.ways] == ["C’est la même personne", "Deux personnes", "Décider plus tard"]
    assert [one.line for one in made.rows[3].candidates] == [3, 4]


def test_the_real_file_becomes_files_rights_phones_numbers_and_one_note(desk):
    made = imported(desk, read_table(shipped(REAL)), {4: f"{plans.SAME}:line 3"})
    found = everyone(desk)
    assert set(found) == {"Charlotte Fondue", "Charlie Fondue"}
    charlotte, charlie = found["Charlotte Fondue"], found["Charlie Fondue"]
    person = charlotte.record
    assert (person.born_on, person.town, person.town_code) == (date(1998, 5, 25), "Camembert", "61071")
    assert person.street_more == 'Lieu-dit "Le sandwich"'
    assert (person.referent, person.referent_since) == (desk.me.id, date(2026, 12, 9))
    assert person.number.endswith("-0001")
    assert [one.number for one in of(desk, "phone", charlotte)] == ["06 01 23 45 67", "071234567"]
    assert {(one.scheme, one.status) for one in of(desk, "right", charlotte)} == {
        ("rsa", "rsa_droit_ouvert_et_suspendu"), ("ass", "open")}  # fmt: skip
    assert {(one.scheme, one.value) for one in of(desk, "identifier", charlotte)} == {
        ("local", "1234"), ("caf", "2055990"), ("france_travail", "300000L")}  # fmt: skip
    (request,) = of(desk, "request", charlotte)
    assert (request.work, request.education, request.radius_km) == ("recherche_emploi", "NV5", 30)
    assert request.project.startswith("Pontier élingueur")
    (note,) = of(desk, "note", charlotte)
    assert (note.compartment, note.authors, bool(note.digest)) == ("ma-structure", (desk.me.id,), True)
    assert note.text == "Repris d’un fichier importé\u00a0:\n\n- Structure\u00a0: CD 26"
    assert {one.value for one in of(desk, "identifier", charlie) if one.scheme == "local"} == {"12345", "123456"}
    assert "sofia@cd26.fr" in of(desk, "note", charlie)[0].text
    assert made.odd_phones == 1
    assert desk.store.check() == []


def test_the_same_file_again_changes_nothing_and_asks_nothing_more(desk):
    read = read_table(shipped(REAL))
    imported(desk, read, {4: plans.NEW, 5: plans.NEW})
    before, written = desk.store.counters(), desk.store.records.count("person")
    desk.clock.move(days=30)
    again = planned(desk, replace(read, name="decembre.csv"))
    assert counts(again) == (0, 4, 0, 0)
    assert (again.unchanged, again.changed_fields) == (4, 0)
    with pytest.raises(imports.NothingToImportError):
        imports.apply(desk, again)
    assert (desk.store.counters(), desk.store.records.count("person")) == (before, written)


def test_the_workbook_of_the_same_people_changes_nothing_either(desk):
    imported(desk, read_table(shipped(REAL)), {4: plans.NEW, 5: plans.NEW})
    again = planned(desk, read_table(shipped("examples/import_beneficiaires.xlsx")))
    assert (counts(again), again.unchanged) == ((0, 4, 0, 0), 4)


def test_the_partial_file_drops_its_social_security_numbers_for_good(desk):
    read = read_table(shipped("examples/import_beneficiaires_partial.csv"))
    made = imported(desk, read, {4: plans.NEW, 5: plans.NEW})
    assert (made.nirs, made.nir_columns) == (4, ("NIR",))
    for kind in ("person", "identifier", "note", "phone"):
        for shown in desk.store.records.find(kind):
            for number in ("185077505612324", "12345678901234", "200000000000094", "100000000000047"):
                assert number not in repr(shown.record)


def test_what_an_import_wrote_is_updated_field_by_field(desk):
    imported(desk, table(SIMPLE, AMINA))
    made = planned(desk, table(SIMPLE, ("BELKACEM", "amina", "1988-04-03", "06 39 98 55 20", "Toulouse")))
    assert counts(made) == (0, 1, 0, 0)
    assert [(one.label, one.old, one.new) for one in made.rows[0].act.changes] == [
        ("Commune", "Camembert", "Toulouse"), ("Téléphone", "", "06 39 98 55 20")]  # fmt: skip
    imports.apply(desk, made)
    (amina,) = everyone(desk).values()
    assert (amina.record.last_name, amina.record.town) == ("Belkacem", "Toulouse")
    assert len(of(desk, "phone", amina)) == 2
    assert desk.store.check() == []


def test_what_a_hand_typed_is_never_overwritten(desk):
    imported(desk, table(SIMPLE, AMINA))
    (shown,) = everyone(desk).values()
    records.save(desk, "person", replace(shown.record, town="Vimoutiers", town_code=""), shown)
    newer = table(SIMPLE, (*AMINA[:4], "Toulouse"))
    made = planned(desk, newer)
    assert counts(made) == (0, 0, 1, 0)
    row = made.rows[0]
    assert row.reasons == (plans.Reason("saisi à la main\u00a0: {field}", {"field": "Commune"}),)
    assert [way.code for way in row.ways] == [plans.KEEP, plans.TAKE, plans.LATER]
    with pytest.raises(imports.NothingToImportError):
        imports.apply(desk, made, {2: plans.KEEP})
    assert next(iter(everyone(desk).values())).record.town == "Vimoutiers"
    imports.apply(desk, made, {2: plans.TAKE})
    assert next(iter(everyone(desk).values())).record.town == "Toulouse"


def test_a_blank_left_by_a_hand_is_filled(desk):
    people.create(desk, Person(id=desk.chance.id(), last_name="Belkacem", first_name="Amina", born_on=date(1988, 4, 3)))
    made = planned(desk, table(SIMPLE, AMINA))
    assert counts(made) == (0, 1, 0, 0)
    imports.apply(desk, made)
    assert everyone(desk)["Amina Belkacem"].record.town == "Camembert"


@pytest.mark.parametrize(("row", "reasons"), [
    (("BELKACEM", "Amina", "04/03/1988", "06 39 98 12 34"), {"même nom", "jour et mois inversés", "même téléphone"}),
    (("Amina", "Belkacem", "03/04/1988"), {"nom et prénom inversés", "même date de naissance"}),
    (("Belkassem", "Aminna", "03/04/1988"), {"nom qui se prononce pareil", "même date de naissance"}),
    (("Belkacem", "Amina", ""), {"même nom", "date de naissance inconnue"}),
])  # fmt: skip
def test_likenesses_are_doubts_and_wait_for_an_answer(desk, row, reasons):
    person = Person(id=desk.chance.id(), last_name="Belkacem", first_name="Amina", born_on=date(1988, 4, 3))
    people.create(desk, person, [("phone", Phone(id=b"p" * 16, person=person.id, number="06 39 98 12 34"))])
    made = planned(desk, table(SIMPLE, row))
    assert counts(made) == (0, 0, 1, 0)
    assert {one.says for one in made.rows[0].reasons} == reasons
    with pytest.raises(imports.NothingToImportError):
        imports.apply(desk, made, {2: plans.LATER})
    imports.apply(desk, made, {2: plans.NEW})
    assert desk.store.records.count("person") == 2


def test_local_number_and_identity_must_both_be_equal(desk):
    heads = ("N° dossier", "Nom", "Prénom", "Date de naissance")
    imported(desk, table(heads, ("7", "Diop", "Awa", "01/02/1990"), ("8", "Ba", "Ali", "")))
    made = planned(desk, table(heads, ("7", "Diop", "Awa", "01/02/1990"), ("8", "Ba", "Ali", ""),
                               ("7", "Nguyen", "Linh", "05/06/1975"), ("9", "Diop", "Awa", "01/02/1990")))  # fmt: skip
    assert counts(made) == (0, 2, 2, 0)
    assert made.rows[2].reasons[0].says == "même numéro, identité différente"
    assert made.rows[3].reasons[0].says == "même identité, autre numéro"


@pytest.mark.parametrize(("row", "column", "why", "mend"), [
    (("Diop", "Awa", "31/02/1990"), "Date de naissance", "Cette date n’existe pas.", "Vérifier sur une pièce"),
    (("Diop", "Awa", "05/25/1998"), "Date de naissance", "Le jour et le mois semblent inversés.", "jour d’abord"),
    (("Diop", "Awa", "01/01/2031"), "Date de naissance", "Cette date est dans l’avenir.", "Vérifier l’année"),
    (("", "", "01/02/1990"), "Nom", "Ni nom, ni prénom, ni surnom.", "au moins un nom"),
    (("Diop", "Awa", "", "5999"), "Code postal", "Quatre chiffres au lieu de cinq.", "05999"),
    (("Diop", "Awa", "", "Paris"), "Code postal", "Ce n’est pas un code postal.", "cinq chiffres"),
    (("Diop", "Awa", "", "", "peut-être"), "Droits RSA", "Oui ou Non attendu.", "Écrire Oui, Non"),
    (("Diop", "Awa", "", "", "", "awa chez exemple"), "Email", "Ce n’est pas une adresse de courriel.", "corriger"),
])  # fmt: skip
def test_refused_rows_say_line_column_value_why_and_how_to_mend(desk, row, column, why, mend):
    heads = ("Nom", "Prénom", "Date de naissance", "Code postal", "Droits RSA", "Email")
    made = planned(desk, table(heads, ("Ba", "Ali"), row))
    assert counts(made) == (1, 0, 0, 1)
    (refusal,) = made.refusals
    assert (refusal.line, refusal.column, refusal.why) == (3, column, why)
    assert refusal.value in (*row, "")
    assert mend in refusal.mend.format(**refusal.parameters)
    imports.apply(desk, made)
    assert set(everyone(desk)) == {"Ali Ba"}


def test_the_zero_that_a_spreadsheet_took_is_given_back_when_the_town_agrees(desk):
    heads = ("Nom", "Code postal", "Ville")
    imported(desk, table(heads, ("Ba", "1400", "L'Abergement-Clémenciat")))
    (ba,) = everyone(desk).values()
    assert (ba.record.postcode, ba.record.town_code) == ("01400", "01001")


def test_two_people_on_one_row_are_offered_as_two(desk):
    heads = ("Civilité", "Nom", "Prénom", "Tél")
    read = table(heads, ("M. et Mme", "Diop", "Ali et Awa", "0639980001"), ("", "M. ou Mme Ba", "", ""))
    made = planned(desk, read)
    assert counts(made) == (0, 0, 2, 0)
    assert [way.code for way in made.rows[0].ways] == [plans.SPLIT, plans.SWAP, plans.NEW, plans.LATER]
    assert [way.code for way in made.rows[1].ways] == [plans.SPLIT, plans.NEW, plans.LATER]
    imports.apply(desk, made, {2: plans.SPLIT, 3: plans.SPLIT})
    found = everyone(desk)
    assert {(one.record.first_name, one.record.civility) for one in found.values()} == {
        ("Ali", "m"), ("Awa", "mme"), ("", "m"), ("", "mme")} or len(found) == 3  # fmt: skip
    assert {one.record.last_name for one in found.values()} == {"Diop", "Ba"}
    assert desk.store.records.count("person") == 4
    assert len({one.record.number for one in desk.store.records.find("person")}) == 4


@pytest.mark.parametrize(("title", "firsts", "answer", "expected"), [
    ("M. et Mme", "Ali et Awa", plans.SPLIT, {("Ali", "m"), ("Awa", "mme")}),
    ("Mme et M.", "Awa et Ali", plans.SPLIT, {("Ali", "m"), ("Awa", "mme")}),
    ("M. et Mme", "Awa et Ali", plans.SWAP, {("Ali", "m"), ("Awa", "mme")}),
])  # fmt: skip
def test_whose_first_name_is_whose_is_shown_and_chosen(desk, title, firsts, answer, expected):
    read = table(("Civilité", "Nom", "Prénom"), (title, "Diop", firsts))
    made = planned(desk, read)
    (row,) = made.rows
    seen = {line.label: line.values for line in sides(made, row).lines}
    assert set(zip(seen["Prénom"][1:], seen["Civilité"][1:], strict=True)) == (
        expected if answer == plans.SPLIT else {("Awa", "m"), ("Ali", "mme")})  # fmt: skip
    imports.apply(desk, made, {2: answer})
    assert {(one.record.first_name, one.record.civility) for one in everyone(desk).values()} == expected
    again = planned(desk, read)
    assert again.unchanged == 1


def test_a_first_name_that_may_be_of_either_is_kept_in_their_notes(desk):
    read = table(("Civilité", "Nom", "Prénom"), ("M. et Mme", "Diop", "Ali"))
    imports.apply(desk, planned(desk, read), {2: plans.SPLIT})
    notes = [one.record.text for one in desk.store.records.find("note")]
    assert len(notes) == 2
    assert all("- Prénom\u00a0: Ali" in text for text in notes)


def test_other_peoples_layout(desk):
    heads = ("NOM Prénom", "nom de naissance", "date naiss.", "Tel portable", "Tel fixe", "CP", "commune", "RQTH",
             "Remarques")  # fmt: skip
    row = ("EL AMRANI Fatima", "Zidi", "1988", "639980001 / 06 39 98 00 02", "", "61120", "CAMEMBERT", "non",
           "vue le 12/05, n° 2 85 05 77 505 612 54")  # fmt: skip
    imported(desk, table(heads, row))
    (fatima,) = everyone(desk).values()
    person = fatima.record
    assert (person.first_name, person.last_name, person.birth_name) == ("Fatima", "EL AMRANI", "Zidi")
    assert (person.born_on, person.birth_year, person.town_code) == (None, 1988, "61071")
    assert [one.number for one in of(desk, "phone", fatima)] == ["06 39 98 00 01", "06 39 98 00 02"]
    assert of(desk, "right", fatima) == []
    assert "Remarques\u00a0: vue le 12/05" in of(desk, "note", fatima)[0].text


def test_a_colleague_named_by_e_mail_becomes_a_member(desk):
    sofia = Professional(id=b"f" * 16, first_name="Sofia", last_name="P", email="Sofia@example.org")
    records.save(desk, "professional", sofia)
    heads = ("Nom", "Accompagnateurs")
    imported(desk, table(heads, ("Diop", "sofia@example.org, inconnu@example.org")))
    (diop,) = everyone(desk).values()
    assert {one.professional for one in of(desk, "membership", diop)} == {desk.me.id, sofia.id}
    assert diop.record.referent == b""
    assert "inconnu@example.org" in of(desk, "note", diop)[0].text
    assert "sofia@example.org" not in of(desk, "note", diop)[0].text


def test_a_right_that_ended_is_said_and_no_right_is_not_a_record(desk):
    heads = ("Nom", "Prénom", "Date de naissance", "RSA", "RQTH")
    imported(desk, table(heads, ("Diop", "Awa", "01/02/1990", "oui", "non")))
    made = planned(desk, table(heads, ("Diop", "Awa", "01/02/1990", "non", "non")))
    assert (counts(made), made.changed_fields) == ((0, 1, 0, 0), 1)
    imports.apply(desk, made)
    (diop,) = everyone(desk).values()
    assert [(one.scheme, one.status) for one in of(desk, "right", diop)] == [("rsa", "none")]


def test_a_new_remark_makes_a_new_note_with_what_is_new_alone(desk):
    heads = ("Nom", "Prénom", "Date de naissance", "Remarque", "Atelier")
    imported(desk, table(heads, ("Diop", "Awa", "01/02/1990", "vue", "cuisine")))
    imported(desk, table(heads, ("Diop", "Awa", "01/02/1990", "revue", "cuisine")))
    (diop,) = everyone(desk).values()
    assert sorted(one.text.splitlines()[2:] for one in of(desk, "note", diop)) == [
        ["- Remarque\u00a0: revue"], ["- Remarque\u00a0: vue", "- Atelier\u00a0: cuisine"]]  # fmt: skip


def test_nothing_is_half_applied(desk):
    read = table(SIMPLE, *((f"Nom{n}", "Awa", "", "", "") for n in range(200)))
    made = planned(desk, read)
    before = desk.store.counters()
    seen = []

    def stop():
        seen.append(1)
        return len(seen) > 2

    with pytest.raises(imports.ImportCancelledError):
        imports.apply(desk, made, cancelled=stop)
    assert (desk.store.counters(), desk.store.records.count("person")) == (before, 0)

    def break_down(done, total):
        if done >= 100:
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        imports.apply(desk, made, progress=break_down)
    assert (desk.store.counters(), desk.store.records.count("person")) == (before, 0)
    assert desk.store.check() == []


def test_the_whole_import_is_undone_in_one_act(desk):
    imported(desk, table(SIMPLE, AMINA))
    made = planned(desk, table(SIMPLE, (*AMINA[:4], "Toulouse"), ("Diop", "Awa", "01/02/1990", "0639980009", "")))
    report = imports.apply(desk, made)
    assert (report.created, report.updated) == (1, 1)
    assert imports.report_of(desk, report.deed) == report
    assert desk.store.records.count("person") == 2
    undo.undo_last(desk)
    assert {name: one.record.town for name, one in everyone(desk).items()} == {"Amina Belkacem": "Camembert"}
    assert desk.store.records.count("phone") == 1
    assert desk.store.check() == []


def test_what_changed_since_the_dry_run_is_not_overwritten_in_silence(desk):
    imported(desk, table(SIMPLE, AMINA))
    made = planned(desk, table(SIMPLE, (*AMINA[:4], "Toulouse")))
    (shown,) = everyone(desk).values()
    records.save(desk, "person", replace(shown.record, town="Vimoutiers"), shown)
    imports.apply(desk, made)
    (clash,) = desk.store.records.clashes(shown.record.id)
    assert clash.register == "address"
    assert {version.value["town"] for version in clash.versions} == {"Vimoutiers", "Toulouse"}


def test_the_mapping_of_a_layout_is_remembered(desk):
    read = table(SIMPLE, AMINA)
    assert imports.remembered(desk, read) is None
    columns = proposed(read, date(2026, 12, 9)).with_target(4, "birth_place")
    imports.remember(desk, read, columns)
    again = imports.remembered(desk, table(SIMPLE, ("Autre", "Mois", "", "", ""), name="juin.csv"))
    assert again is not None
    assert (again.targets, again.remembered) == (columns.targets, True)
    assert imports.remembered(desk, table(SIMPLE[:3], AMINA[:3])) is None
