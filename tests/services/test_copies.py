"""« Copie de mes données »: a month to answer, every line of every volet, nobody else's name unless one says so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Phone, Relative
from spie_desk.domain.records.concern import Concern
from spie_desk.domain.records.copy_of_data import CopyRequest, months_after
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import ME, RESERVED, Note
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.services import concerns, copies, notes, past, people, records, work
from spie_desk.services.copies import StillToExamineError
from spie_desk.services.copy_lines import APART, GIVE, MASKED, NAMES, RELATIVE, SECRET, WITHHOLD, Choice, DataLine
from spie_desk.services.desk import Desk
from tests.stores import example_desk  # noqa: F401 — a fixture

CANARY = "Zébrélune"


@pytest.fixture
def desk(example_desk: Desk) -> Desk:  # noqa: F811 — a fixture
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


def asked(desk: Desk, person: bytes) -> CopyRequest:
    request = CopyRequest(id=desk.chance.id(), person=person, received_on=desk.clock.now().date(), channel="oral")
    copies.receive(desk, request)
    return request


def signed(desk: Desk, person: bytes, text: str, **more: object) -> Note:
    note = replace(notes.blank(desk, person), text=text, **more)  # type: ignore[arg-type]
    notes.sign(desk, note)
    return note


def line_of(found: copies.Review, text: str) -> DataLine:
    return next(one for one in found.lines if text in one.text)


def decided(desk: Desk, person: bytes, **by_text: Choice) -> copies.Review:
    """The review with these choices, and everything else given."""
    found = copies.review(desk, person)
    choices = {line.key: Choice(WITHHOLD, "enquete") if line.apart else Choice(GIVE) for line in found.lines}
    for text, choice in by_text.items():
        choices[line_of(found, text).key] = choice
    waiting = next(one for one in found.requests if one.answer is None)
    copies.decide(desk, waiting.shown, choices)
    return copies.review(desk, person)


@pytest.mark.parametrize(("received", "due"), [
    (date(2026, 1, 31), date(2026, 2, 28)), (date(2028, 1, 30), date(2028, 2, 29)),
    (date(2026, 12, 9), date(2027, 1, 9)), (date(2026, 3, 15), date(2026, 4, 15)),
])  # fmt: skip
def test_it_is_due_in_a_month(received: date, due: date) -> None:
    request = CopyRequest(id=b"r" * 16, person=b"p" * 16, received_on=received)
    assert request.due_on == due
    late = replace(request, extended_on=due + timedelta(days=1), extended_why="Trois volets papier")
    with pytest.raises(DeskError):
        late.check()
    on_time = replace(late, extended_on=due)
    on_time.check()
    assert on_time.due_on == months_after(received, 3)


def test_a_request_is_something_to_do_until_it_is_answered(desk: Desk, person: bytes, tmp_path: Path) -> None:
    request = asked(desk, person)

    def to_do() -> Action:
        (found,) = desk.store.records.find("action", {"person": person, "what": copies.ANSWER})
        action: Action = found.record
        return action

    assert (to_do().due_on, to_do().owner, to_do().status) == (request.due_on, desk.me.id, "planned")
    (waiting,) = copies.review(desk, person).requests
    copies.extend(desk, waiting.shown, "Dossier sur papier à rassembler")
    assert to_do().due_on == months_after(request.received_on or date.min, 3)
    copies.give(desk, decided(desk, person), tmp_path, {})
    assert to_do().status == "done"


def test_every_volet_is_there_me_notes_drafts_and_former_values_too_and_every_line_is_ticked(
    desk: Desk, person: bytes
) -> None:
    signed(desk, person, "pour ma structure")
    signed(desk, person, "pour moi seule", compartment=ME)
    signed(desk, person, "en réservé", compartment=RESERVED, readers=(desk.me.id,))
    shown = desk.store.records.get("person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, street="7 rue des Lilas"), shown)
    again = desk.store.records.get("person", person)
    assert again is not None
    records.save(desk, "person", replace(again.record, street="9 rue des Tilleuls"), again)
    work.keep(desk, Draft(id=desk.chance.id(), form="note", kind="note", person=person, values={"text": "pas signé"}))
    asked(desk, person)
    found = copies.review(desk, person)
    said = {line.volet for line in found.lines}
    assert {"Socle", "Droits", "Situation", "Réservé", "Ma structure", "Moi"} <= said
    for text in ("pour moi seule", "en réservé", "9 rue des Tilleuls", "pas signé"):
        assert found.choices[line_of(found, text).key] == Choice(GIVE), text
    assert line_of(found, "7 rue des Lilas").former
    assert all(found.choices[line.key].do == GIVE for line in found.lines if not line.flags)
    written = json.dumps(copies.document(desk, copies.given(desk, decided(desk, person))), ensure_ascii=False)
    for text in ("pour moi seule", "en réservé", "7 rue des Lilas", "9 rue des Tilleuls", "pas signé"):
        assert text in written


def test_other_people_are_flagged_and_nothing_leaves_before_each_was_examined(
    desk: Desk, person: bytes, tmp_path: Path
) -> None:
    records.save(desk, "relative", Relative(id=desk.chance.id(), person=person, link="child", first_name=CANARY))
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=person, number="06 39 98 11 22", whose="sa sœur"))
    signed(desk, person, f"Elle est hébergée chez sa sœur Fatoumata. {CANARY} dort là aussi.")
    asked(desk, person)
    found = copies.review(desk, person)
    note = line_of(found, "hébergée chez sa sœur")
    assert note.names == ("Fatoumata", CANARY)
    assert note.flags == (NAMES,)
    assert RELATIVE in line_of(found, "06 39 98 11 22").flags
    child = next(line for line in found.lines if line.kind == "relative" and CANARY in line.text)
    assert RELATIVE in child.flags
    assert {one.key for one in copies.to_examine(found.lines, found.choices)} >= {note.key, child.key}
    with pytest.raises(StillToExamineError):
        copies.give(desk, found, tmp_path, {})
    assert not list(tmp_path.rglob("dossier.json"))
    masked = Choice(MASKED)
    ready = decided(desk, person, **{"hébergée chez sa sœur": masked, "06 39 98 11 22": Choice(WITHHOLD, "tiers")})
    choices = {**ready.choices, child.key: masked}
    copies.give(desk, replace(ready, choices=choices), tmp_path, {})
    text = next(tmp_path.rglob("dossier.json")).read_text()
    assert "hébergée chez sa sœur [autre personne]. [autre personne] dort là aussi." in text
    for gone in ("Fatoumata", CANARY, "06 39 98 11 22"):
        assert gone not in text
    assert json.loads(text)["withheld"] == [{"number": 1, "reason": "Protection d’une autre personne"}]


def test_a_reserved_note_of_a_colleague_waits_for_a_decision(desk: Desk, person: bytes) -> None:
    signed(desk, person, "sous le secret", compartment=RESERVED, readers=(desk.me.id,))
    other = replace(desk, me=replace(desk.me, id=desk.chance.id()))
    asked(desk, person)
    found = copies.review(other, person)
    assert SECRET in line_of(found, "sous le secret").flags
    assert SECRET not in line_of(copies.review(desk, person), "sous le secret").flags


def test_an_information_preoccupante_is_withheld_shown_to_its_author_alone_and_counted_nowhere(
    desk: Desk, person: bytes, tmp_path: Path
) -> None:
    opened = concerns.opening(desk, person).start
    assert isinstance(opened, Concern)
    concerns.save(desk, replace(opened, source="observed", children="Ondéline, 2017", facts=CANARY, parents="no",
                                parents_why="danger"))  # fmt: skip
    asked(desk, person)
    found = copies.review(desk, person)
    (line,) = [one for one in found.lines if one.apart]
    assert (line.flags, line.text) == ((APART,), "")
    assert found.choices[line.key] == Choice(WITHHOLD)
    assert line in copies.to_examine(found.lines, found.choices)  # until a reason is written
    chief = replace(desk, me=replace(desk.me, id=desk.chance.id()))
    assert not any(one.apart for one in copies.review(chief, person).lines)
    ready = decided(desk, person)
    sheet = copies.sheet(desk, copies.given(desk, ready))
    copies.give(desk, ready, tmp_path, {})
    text = next(tmp_path.rglob("dossier.json")).read_text()
    (answer,) = desk.store.records.find("copy_answer", {"person": person})
    for said in (text, repr(sheet), repr(answer)):
        assert CANARY not in said
        assert "Ondéline" not in said
        assert "préoccupante" not in said
        assert "concern" not in said
        assert "Enquête" not in said
    assert answer.record.withheld == ()


def test_the_structures_that_must_answer_too_are_those_around_her_but_mine(desk: Desk, person: bytes) -> None:
    house = Structure(id=desk.chance.id(), name="Mission locale de Valmont")
    karim = Professional(id=desk.chance.id(), first_name="Karim", last_name="Benslimane", structure=house.id)
    gone = replace(karim, id=desk.chance.id(), last_name="Parti")
    today = desk.clock.now().date()
    for kind, record in (("structure", house), ("professional", karim), ("professional", gone)):
        records.save(desk, kind, record)
    records.save(desk, "membership", Membership(id=desk.chance.id(), person=person, professional=karim.id, since=today))
    records.save(desk, "membership", Membership(id=desk.chance.id(), person=person, professional=gone.id,
                                                until=today - timedelta(days=1)))  # fmt: skip
    asked(desk, person)
    found = copies.review(desk, person)
    mine = next(one for one in found.others if one.structure == house.name)
    assert mine.names == ("Karim Benslimane",)
    assert desk.structure.name not in {one.structure for one in found.others}


def test_what_was_given_is_logged_counted_and_its_notes_are_corrected_from_then_on(
    desk: Desk, person: bytes, tmp_path: Path
) -> None:
    note = signed(desk, person, "À remettre.")
    asked(desk, person)
    copies.give(desk, decided(desk, person), tmp_path, {"copie.pdf": b"%PDF"}, how="main")
    (answer,) = desk.store.records.find("copy_answer", {"person": person})
    assert answer.record.given_on == desk.clock.now().date()
    assert answer.record.lines > 10
    assert (answer.record.by, answer.record.how) == (desk.me.id, "main")
    assert notes.has_left(desk, note.id)
    assert all(one.form != copies.FORM for one in work.drafts(desk))
    assert copies.review(desk, person).requests[0].answer is not None
    assert next(tmp_path.rglob("copie.pdf")).read_bytes() == b"%PDF"


def test_an_erased_value_is_in_no_line(desk: Desk, person: bytes) -> None:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, contact_note=CANARY), shown)
    wrong = next(one for one in past.of_file(desk, person) if CANARY in str(one.version.value))
    past.erase_value(desk, wrong)
    asked(desk, person)
    assert not any(CANARY in repr(line) for line in copies.review(desk, person).lines)
