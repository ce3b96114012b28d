"""Two files of one person: shown as one, nothing rewritten, nothing lost, and taken apart again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from spie_desk.domain.duplicates import Identity
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.around import Identifier, Informed, Opposition, Phone, Right
from spie_desk.domain.records.diagnosis import Finding, Request
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.same_as import OneFileError
from spie_desk.services import (
    accesses,
    attempts,
    casefile,
    clashes,
    copies,
    duplicates,
    export,
    exports,
    letters,
    merging,
    notes,
    oppositions,
    past,
    people,
    records,
    sheets,
    today,
    undo,
)
from spie_desk.services.attempts import NoMessageError
from spie_desk.services.copy_lines import lines_of
from spie_desk.services.desk import Desk
from spie_desk.services.merging import AlreadyOneError, NotTogetherError
from spie_desk.services.one_file import main_of, members, merged
from spie_desk.store.open import EncryptedStore

DAY = date(2026, 11, 3)


def a_file(desk: Desk, **values: Any) -> bytes:
    one = Person(id=desk.chance.id(), **values)
    people.create(desk, one)
    return one.id


@pytest.fixture
def main(desk: Desk) -> bytes:
    """The file of before: no birth date, an address that may be said, a note, a phone, a late action."""
    person = a_file(desk, last_name="Benali", first_name="Amina", town="Valmont", street="1 rue du Four",
                    email="amina@example.org")  # fmt: skip
    notes.sign(desk, replace(notes.blank(desk, person), text="Note du premier dossier.", on=DAY))
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=person, number="06 39 98 11 11"))
    records.save(desk, "action", Action(id=desk.chance.id(), person=person, what="Appeler la CAF", owner=desk.me.id,
                                        due_on=DAY))  # fmt: skip
    return person


@pytest.fixture
def other(desk: Desk) -> bytes:
    """The second one, opened by a colleague: another spelling, an address that is not to be given out."""
    person = a_file(desk, last_name="Ben Ali", first_name="Mina", born_on=date(1988, 4, 2), town="Rives",
                    street="9 impasse Cachée", undisclosed=True, no_message=True)  # fmt: skip
    notes.sign(desk, replace(notes.blank(desk, person), text="Note du second dossier.", on=date(2026, 11, 5)))
    for kind, record in (
        ("phone", Phone(id=desk.chance.id(), person=person, number="06 39 98 22 22")),
        ("identifier", Identifier(id=desk.chance.id(), person=person, scheme="caf", value="7654321Z")),
        ("right", Right(id=desk.chance.id(), person=person, scheme="rsa", status="open")),
        ("informed", Informed(id=desk.chance.id(), person=person, given_on=DAY, how="oral")),
        ("finding", Finding(id=desk.chance.id(), person=person, theme="logement", what="Hébergée", noted_on=DAY)),
        ("request", Request(id=desk.chance.id(), person=person, words="Un logement à moi", said_on=DAY)),
        ("appointment", Appointment(id=desk.chance.id(), person=person, on=date(2027, 1, 4), at="09:30",
                                    with_=desk.me.id)),
        ("action", Action(id=desk.chance.id(), person=person, what="Écrire au bailleur", owner=desk.me.id,
                          due_on=date(2026, 10, 1))),
    ):  # fmt: skip
        records.save(desk, kind, record)
    return person


def everything(desk: Desk) -> dict[str, list[Any]]:
    """All that stands of both files, but the link itself."""
    kinds = ("person", "note", "phone", "identifier", "right", "informed", "finding", "request", "appointment",
             "action", "membership")  # fmt: skip
    return {kind: desk.store.records.find(kind) for kind in kinds}


def opened(desk: Desk, person: bytes) -> casefile.CaseFile:
    found = casefile.open_file(desk, person)
    assert found is not None
    return found


def rows(desk: Desk, **wanted: Any) -> list[bytes]:
    found = people.rows(desk, PersonFilter(**wanted))
    assert people.count(desk, PersonFilter(**wanted)) == len(found)
    return [row.id for row in found]


def test_one_line_in_lists_with_the_life_of_both(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    (row,) = people.rows(desk, PersonFilter())
    assert rows(desk) == [main]
    assert (row.name, row.birth_year, row.last_contact) == ("Amina Benali", 1988, date(2026, 11, 5))
    assert (row.late, row.late_since, row.next_on) == (2, date(2026, 10, 1), date(2027, 1, 4))
    assert row.town == "", "one file says that the address is not to be given out"
    assert today.today(desk).followed == 1
    assert {one.person_name for one in today.today(desk).late} == {"Amina Benali"}
    assert sorted(rows(desk, referent=desk.me.id)) == [main]
    assert rows(desk, commune="76") == []


@pytest.mark.parametrize("words", ["benali", "ben ali", "mina", "amina", "06 39 98 11 11", "0639982222", "7654321Z",
                                   "amina 06 39 98 22 22", "mina 0639981111"])  # fmt: skip
def test_the_words_and_numbers_of_either_find_the_one_file(desk: Desk, main: bytes, other: bytes, words: str) -> None:
    a_file(desk, last_name="Tiers", first_name="Zoé")
    merging.link(desk, main, other)
    assert rows(desk, words=words) == [main]
    found = [one for one in people.search(desk, words) if one.kind == "person"]
    assert [(one.record, one.title) for one in found] == [(main, "Amina Benali")]
    assert rows(desk, words=f"{words} zoé") == []


def test_an_address_hidden_in_one_file_leads_to_nobody_by_the_other(desk: Desk, main: bytes, other: bytes) -> None:
    """Nor once it is told again, nor after a rebuild; taken apart, each file says what it says."""
    assert isinstance(desk.store, EncryptedStore)
    assert rows(desk, words="valmont") == [main]
    merging.link(desk, main, other)
    assert (rows(desk, words="valmont"), people.search(desk, "valmont")) == ([], [])
    for person in (other, main):
        shown = desk.store.records.get("person", person)
        assert shown is not None
        records.save(desk, "person", replace(shown.record, nickname="Minou"), shown)
        assert (rows(desk, words="valmont"), rows(desk, words="minou benali mina")) == ([], [main])
    assert desk.store.check() == []
    desk.store.rebuild()
    assert people.search(desk, "valmont") == []
    merging.separate(desk, main)
    assert rows(desk, words="valmont") == [main]
    assert rows(desk, words="amina 7654321Z") == []
    assert desk.store.check() == []


def test_a_file_withdrawn_takes_its_words_from_the_other(desk: Desk, main: bytes, other: bytes) -> None:
    assert isinstance(desk.store, EncryptedStore)
    merging.link(desk, main, other)
    shown = desk.store.records.get("person", other)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.withdraw(shown)
    assert (rows(desk), rows(desk, words="amina"), rows(desk, words="7654321Z")) == ([main], [main], [])
    assert desk.store.check() == []


def test_a_note_of_either_bears_the_one_name(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    (found,) = [one for one in people.search(desk, "second") if one.kind == "note"]
    assert found.title == "Amina Benali"


def test_what_one_file_lacks_both_must_lack(desk: Desk, main: bytes, other: bytes) -> None:
    shown = desk.store.records.get("person", other)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, referent=b""), shown)
    assert rows(desk, without_referent=True) == [other]
    merging.link(desk, main, other)
    assert rows(desk, without_referent=True) == []
    assert rows(desk, silent_since=date(2026, 11, 4)) == []


def test_the_page_shows_both_files(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    for file in (opened(desk, main), opened(desk, other)):
        assert file.person.record.id == main
        assert {one.shown.record.text for one in file.timeline if one.kind == "note"} == {
            "Note du premier dossier.", "Note du second dossier."}  # fmt: skip
        assert (len(file.phones), len(file.identifiers), len(file.rights), len(file.findings)) == (2, 1, 1, 1)
        assert (len(file.informed), len(file.actions), len(file.memberships)) == (1, 2, 2)
        assert file.next_appointment is not None
        assert file.request is not None
        assert {one.file for one in file.volets} == {main, other}
        assert file.face.born_on == date(1988, 4, 2), "what the main one lacks, the other says"
        assert (file.face.undisclosed, file.face.no_message) == (True, True)


def test_what_they_say_differently_is_chosen_and_the_rest_stays(desk: Desk, main: bytes, other: bytes) -> None:
    before = everything(desk)
    merging.link(desk, main, other)
    found = merged(desk, main)
    assert found is not None
    assert {one.register for one in found.differences} == {"name", "address"}
    merging.choose(desk, main, "name", other)
    file = opened(desk, main)
    assert (file.face.name, file.person.record.name) == ("Mina Ben Ali", "Amina Benali")
    assert people.rows(desk, PersonFilter())[0].name == "Mina Ben Ali"
    assert file.merged is not None
    assert {one.register for one in file.merged.differences} == {"name", "address"}
    assert everything(desk) == before, "nothing is rewritten"


def test_new_records_go_to_the_main_one(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    assert (main_of(desk, other), main_of(desk, main)) == (main, main)
    attempts.note(desk, other, "no_answer")
    (attempt,) = desk.store.records.find("attempt")
    assert attempt.record.person == main
    with pytest.raises(NoMessageError):
        attempts.note(desk, main, "message")
    merging.make_main(desk, main, other)
    assert main_of(desk, main) == other
    assert rows(desk) == [other]


def test_oppositions_copies_exports_and_prints_respect_both(desk: Desk, main: bytes, other: bytes) -> None:
    house = desk.chance.id()
    records.save(desk, "opposition", Opposition(id=desk.chance.id(), person=other, to="partage", structure=house))
    merging.link(desk, main, other)
    assert house in oppositions.opposed(desk, main)
    shown = desk.store.records.get("person", main)
    assert shown is not None
    said = " ".join(one.text for one in lines_of(desk, shown))
    assert "Note du premier dossier." in said
    assert "Note du second dossier." in said
    document = export.document(desk, other)
    assert {one["id"] for one in document["records"] if one["kind"] == "person"} == {main.hex(), other.hex()}
    assert "Cachée" not in str(export.without_address(document))
    assert "Four" not in str(export.without_address(document))
    assert [number for _person, number in export.people_to_export(desk)] == [document["number"]]
    caseload = exports.caseload(desk, PersonFilter())
    assert (len(caseload.grid.rows), caseload.hidden) == (1, 1)
    assert not {"Valmont", "Rives"} & set(caseload.grid.rows[0])
    sheet = sheets.of_person(desk, other)
    assert sheet is not None
    assert set(sheet.about) == {main, other}
    assert "address" not in sheet.at_first()
    # what is erased of either file goes from every paper that waits
    met, note = desk.store.records.find("appointment", {"person": other}), desk.store.records.find("note")
    letter = letters.prepare(desk, letters.choices(desk)[0], other)
    assert letter is not None
    papers = [sheets.of_appointment(desk, met[0].record.id), sheets.of_week(desk, date(2027, 1, 4)),
              sheets.of_note(desk, note[0].record.id), letters.as_sheet(desk, letter, {})]  # fmt: skip
    assert all(paper is not None and {main, other} <= set(paper.about) for paper in papers)
    texts = {str(one.version.value) for one in past.of_file(desk, main)}
    assert any("second dossier" in text for text in texts)
    assert copies.must_answer(desk, main) == []


def test_separated_everything_is_as_before(desk: Desk, main: bytes, other: bytes) -> None:
    before, lines = everything(desk), people.rows(desk, PersonFilter())
    merging.link(desk, main, other)
    merging.separate(desk, other)
    assert everything(desk) == before
    assert people.rows(desk, PersonFilter()) == lines
    assert opened(desk, main).merged is None
    with pytest.raises(NotTogetherError):
        merging.separate(desk, other)
    merging.link(desk, other, main)
    assert rows(desk) == [other]


def test_what_was_written_since_goes_where_she_says(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    desk.clock.move(hours=1)  # type: ignore[attr-defined]
    for text in ("Reste ici.", "Va là-bas."):
        notes.sign(desk, replace(notes.blank(desk, main), text=text))
    since = merging.since(desk, main)
    assert [one.file for one in since] == [main, main]
    assert len(since) == 2, "nothing of before is listed"
    (moved,) = [one for one in since if "là-bas" in one.line.text]
    merging.separate(desk, other, [(one, other if one is moved else main) for one in since])
    texts = {one.record.text: one.record.person for one in desk.store.records.find("note")}
    assert (texts["Reste ici."], texts["Va là-bas."]) == (main, other)
    assert members(desk, main) == (main,)


def test_undone_the_link_is_gone_and_may_be_made_again(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    undo.undo_last(desk)
    assert sorted(rows(desk)) == sorted((main, other))
    merging.link(desk, main, other)
    assert rows(desk) == [main]
    merging.separate(desk, other)
    undo.undo_last(desk)
    assert rows(desk) == [main]


def test_refused_with_a_sentence(desk: Desk, main: bytes, other: bytes) -> None:
    with pytest.raises(OneFileError):
        merging.link(desk, main, main)
    merging.link(desk, main, other)
    with pytest.raises(AlreadyOneError):
        merging.link(desk, other, main)


def test_three_files_in_a_chain_are_one_and_one_may_leave(desk: Desk, main: bytes, other: bytes) -> None:
    third = a_file(desk, last_name="Benaly")
    merging.link(desk, main, other)
    merging.link(desk, other, third)
    assert set(members(desk, third)) == {main, other, third}
    assert rows(desk) == [main]
    merging.separate(desk, other)
    assert members(desk, third) == (main, third)
    assert sorted(rows(desk)) == sorted((main, other))


def test_a_round_of_links_is_harmless(desk: Desk, main: bytes, other: bytes) -> None:
    third = a_file(desk, last_name="Benaly")
    for one, two in ((main, other), (other, third), (third, main)):
        with desk.store.unit() as unit:
            merging._join(desk, unit, one, two, "")
    assert rows(desk) == [min(main, other, third)]
    assert isinstance(desk.store, EncryptedStore)
    assert desk.store.check() == []


def test_one_side_deleted_the_other_stands_alone(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    shown = desk.store.records.get("person", main)
    assert shown is not None
    records.withdraw(desk, shown)
    assert rows(desk) == [other]
    assert opened(desk, other).person.record.id == other
    undo.undo_last(desk)
    assert rows(desk) == [main]
    assert isinstance(desk.store, EncryptedStore)
    assert desk.store.check() == []


def test_one_number_in_both_is_a_question_no_longer(desk: Desk, main: bytes, other: bytes) -> None:
    records.save(desk, "identifier", Identifier(id=desk.chance.id(), person=main, scheme="caf", value="7654321Z"))
    assert [one.clash.sort for one in clashes.waiting(desk)] == ["equal"]
    merging.link(desk, main, other)
    assert clashes.waiting(desk) == []
    assert people.rows(desk, PersonFilter())[0].clashes == 0
    assert rows(desk, clashing=True) == []
    merging.separate(desk, other)
    assert len(clashes.waiting(desk)) == 1


def test_who_is_typed_again_finds_them_once(desk: Desk, main: bytes, other: bytes) -> None:
    merging.link(desk, main, other)
    found = duplicates.like(desk, Identity(last_name="Benali", first_name="Amina",
                                                      phones=frozenset({"0639982222"})))  # fmt: skip
    assert [one.shown.record.id for one in found] == [main]


def test_before_linking_it_says_why_and_who_reads_what(desk: Desk, main: bytes, other: bytes) -> None:
    found = merging.before(desk, main, other)
    assert [side.shown.record.id for side in found.sides] == [main, other]
    assert {one.register for one in found.differences} == {"name", "address"}
    assert (found.only(0), found.only(1)) == ([], [])


def test_a_link_opens_no_file_without_its_reason(desk: Desk, main: bytes, other: bytes) -> None:
    stranger = desk.chance.id()
    with desk.store.unit() as unit:
        for one in desk.store.records.find("membership", {"person": other}):
            unit.put("membership", replace(one.record, professional=stranger), shown=one)
        head = desk.store.records.get("person", other)
        assert head is not None
        unit.put("person", replace(head.record, referent=stranger), shown=head)
    merging.link(desk, main, other)
    found = accesses.outside(desk, main)
    assert found is not None
    assert found.person == other
    accesses.viewed(desk, other, "remplacement")
    assert accesses.outside(desk, main) is None
