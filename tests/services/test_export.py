"""One whole file in the clear: everything it holds, what was erased only as a mark, and sums that tell."""

import json
from dataclasses import replace

import pytest

from spie_desk.domain.errors import NotHereError
from spie_desk.domain.records.note import Note
from spie_desk.exchange import export_file
from spie_desk.exchange.table_files import read_table
from spie_desk.services import export, imports, notes, people, records
from spie_desk.shipped import shipped
from tests.services.test_imports import REAL, desk, empty_store, everyone, planned, stores  # noqa: F401 — fixtures


@pytest.fixture
def charlie(desk):  # noqa: F811
    imports.apply(desk, planned(desk, read_table(shipped(REAL))))
    return everyone(desk)["Charlie Fondue"].record.id


def test_a_document_holds_every_record_with_its_history(desk, charlie, tmp_path):  # noqa: F811
    shown = desk.store.records.get("person", charlie)
    records.save(desk, "person", replace(shown.record, email="neuve@example.org"), shown)
    notes.sign(desk, Note(id=b"n" * 16, person=charlie, on=desk.clock.now().date(), authors=(desk.me.id,), text="Vue."))
    written = export_file.write(tmp_path, export.document(desk, charlie), {"fiche.pdf": b"%PDF"})
    read = json.loads((written.folder / "dossier.json").read_bytes())
    kinds = [one["kind"] for one in read["records"]]
    assert {"person", "phone", "identifier", "right", "request", "membership", "note"} <= set(kinds)
    person = read["records"][0]
    assert person["values"]["email"] == "neuve@example.org"
    emails = [one for one in person["history"] if one["register"] == "email"]
    assert [(one["value"], one["how"], one["shown"]) for one in emails] == [
        ("neuve@example.org", "typed", True), ("charlie@ovh.fr", "imported", False)]  # fmt: skip
    assert read["professionals"][desk.me.id.hex()]["name"] == "Claire Dubois"
    assert read["kinds"]["person"]["registers"]["birth"] == "Naissance"
    assert read["number"] == written.folder.name
    assert export_file.verify(written.folder) == []


def test_what_was_erased_is_a_mark_without_its_words(desk, charlie):  # noqa: F811
    shown = desk.store.records.get("person", charlie)
    records.erase(desk, shown, frozenset({"email"}))
    document = export.document(desk, charlie)
    assert "charlie@ovh.fr" not in json.dumps(document)
    marks = [one for one in document["records"][0]["history"] if "erased" in one]
    (mark,) = marks
    assert (mark["register"], mark["value"], mark["erased"]["by"]) == ("email", None, desk.me.id.hex())


def test_both_sides_of_a_clash_and_what_was_withdrawn(desk, charlie):  # noqa: F811
    shown = desk.store.records.get("person", charlie)
    records.save(desk, "person", replace(shown.record, email="une@example.org"), shown)
    records.save(desk, "person", replace(shown.record, email="autre@example.org"), shown)
    (phone,) = records.of_person(desk, "phone", charlie)
    records.withdraw(desk, phone)
    document = export.document(desk, charlie)
    (clash,) = [one for one in document["clashes"] if one["sort"] == "values"]
    assert {one["value"] for one in clash["versions"]} == {"une@example.org", "autre@example.org"}
    assert [one["kind"] for one in document["records"] if one["withdrawn"]] == ["phone"]


def test_an_exported_note_is_no_longer_signed_again(desk, charlie):  # noqa: F811
    note = Note(id=b"n" * 16, person=charlie, on=desk.clock.now().date(), authors=(desk.me.id,), text="Vue.")
    notes.sign(desk, note)
    assert not notes.has_left(desk, note.id)
    export.mark_left(desk, export.document(desk, charlie))
    assert notes.has_left(desk, note.id)


def test_everyone_has_a_folder_by_number_and_a_change_is_seen(desk, charlie, tmp_path):  # noqa: F811
    numbers = dict(export.people_to_export(desk))
    written = export_file.write_all(tmp_path / "tout", (export.document(desk, one) for one in numbers))
    assert {one.folder.name for one in written} == set(numbers.values())
    assert not any("fondue" in str(path).casefold() for path in (tmp_path / "tout").rglob("*"))
    assert export_file.verify(tmp_path / "tout") == []
    (written[0].folder / "dossier.json").write_text("{}")
    assert export_file.verify(tmp_path / "tout") == [f"{written[0].folder.name}/dossier.json"]


def test_an_export_never_replaces_another_and_a_refusal_is_a_sentence(desk, charlie, tmp_path):  # noqa: F811
    document = export.document(desk, charlie)
    export_file.write(tmp_path, document)
    with pytest.raises(export_file.AlreadyThereError):
        export_file.write(tmp_path, document)
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    with pytest.raises(export_file.ExportFolderError):
        export_file.write(blocked, document)
    with pytest.raises(NotHereError):
        export.document(desk, b"?" * 16)


def test_names_climb_out_of_no_folder(desk, charlie, tmp_path):  # noqa: F811
    document = {**export.document(desk, charlie), "number": "../../K7/0132"}
    written = export_file.write(tmp_path, document, {"../x/é.pdf": b"1"})
    assert written.folder.parent == tmp_path
    assert sorted(path.name for path in written.folder.iterdir()) == ["_x_é.pdf", "dossier.json", "manifest.json"]


def test_people_created_by_hand_are_exported_too(desk, tmp_path):  # noqa: F811
    from spie_desk.domain.records.person import Person  # noqa: PLC0415

    people.create(desk, Person(id=b"d" * 16, nickname="Monsieur au chien"))
    ((person, number),) = export.people_to_export(desk)
    assert export_file.write(tmp_path, export.document(desk, person)).folder.name == number


def test_what_is_written_is_for_its_owner_alone_and_follows_no_link_laid_in_wait(tmp_path):
    victim, here = tmp_path / "victim", tmp_path / "K7-0001"
    victim.write_text("intact")
    here.mkdir()
    for name in ("dossier.json", "dossier.json.part", "fiche.pdf"):
        (here / name).symlink_to(victim)
    written = export_file.write(tmp_path, {"number": "K7-0001", "made_at": ""}, {"fiche.pdf": b"%PDF"})
    assert victim.read_text() == "intact"
    made = [written.folder / name for name in ("dossier.json", "fiche.pdf", "manifest.json")]
    assert [(one.is_symlink(), one.stat().st_mode & 0o777) for one in made] == [(False, 0o600)] * 3
