"""Papers that a step needs: asked for together, reminded of once, received one by one, and never said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from spie_desk.domain.errors import MissingFieldError
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.piece import ASKED, MISSING, RECEIVED, Asking, Piece, remind_from
from spie_desk.domain.shown import Shown
from spie_desk.services import basket, people, pieces, records, reminders, sheets, today
from spie_desk.services.desk import Desk
from tests.clock import FakeClock

DAY = date(2026, 12, 9)
AMINA, PAUL = b"a" * 16, b"p" * 16


@pytest.fixture
def followed(desk: Desk) -> Desk:
    for one, first in ((AMINA, "Amina"), (PAUL, "Paul")):
        people.create(desk, Person(id=one, first_name=first, last_name="Belkacem", referent=desk.me.id))
    return desk


def _asked(desk: Desk, *names: str, person: bytes = AMINA, step: bytes = b"", **more: object) -> list[Shown[Piece]]:
    values = {"asked_on": DAY, "remind_on": DAY, **more}
    pieces.ask(desk, Asking(id=step or person, person=person, names=names, **values))  # type: ignore[arg-type]
    return pieces.of_her(desk, person)


def test_several_are_asked_for_at_once_each_named_once(followed: Desk) -> None:
    pieces.ask(followed, Asking(id=AMINA, person=AMINA, names=("RIB", "Bail"), others="- rib\nJugement de divorce\n\n",
                                asked_on=DAY, remind_on=DAY))  # fmt: skip
    assert [one.record.name for one in pieces.of_her(followed, AMINA)] == ["Bail", "Jugement de divorce", "RIB"]
    assert {one.record.status for one in pieces.of_her(followed, AMINA)} == {ASKED}
    _asked(followed, "Bail", "Quittance de loyer")
    assert len(pieces.of_her(followed, AMINA)) == 4
    with pytest.raises(MissingFieldError):
        pieces.ask(followed, Asking(id=AMINA, person=AMINA, others=" \n"))


def test_one_that_nobody_asked_for_is_only_missing(followed: Desk) -> None:
    (one,) = _asked(followed, "RIB", asked_on=None, remind_on=None)
    assert one.record.status == MISSING
    assert today.today(followed).pieces == []


def test_the_usual_day_to_remind_is_a_working_day() -> None:
    assert remind_from(DAY) == DAY + timedelta(days=14)
    assert remind_from(date(2026, 12, 5)) == date(2026, 12, 21)


def test_a_reminder_comes_in_the_day_for_one_step_at_once_and_the_counter_agrees(followed: Desk) -> None:
    step = Action(id=b"s" * 16, person=AMINA, what="Demande de FSL", owner=followed.me.id)
    records.save(followed, "action", step)
    _asked(followed, "RIB", "Bail", step=step.id)
    _asked(followed, "Avis d’imposition", person=PAUL)
    _asked(followed, "Titre de séjour", person=PAUL, remind_on=DAY + timedelta(days=1))
    shown = today.today(followed)
    assert sorted((row.person_name, len(row.all)) for row in shown.pieces) == [
        ("Amina Belkacem", 2), ("Paul Belkacem", 1)]  # fmt: skip
    assert shown.to_do == today.counters(followed).today == 2
    row = next(row for row in shown.pieces if len(row.all) == 2)
    pieces.ask_again(followed, row.all, DAY + timedelta(days=7))
    assert [row.person_name for row in today.today(followed).pieces] == ["Paul Belkacem"]


def test_received_or_of_no_object_nothing_is_reminded_any_more(followed: Desk) -> None:
    rib, bail = sorted(_asked(followed, "RIB", "Bail"), key=lambda one: one.record.name, reverse=True)
    pieces.receive(followed, [rib])
    pieces.set_aside(followed, [bail])
    assert today.today(followed).pieces == []
    shown = followed.store.records.get("piece", rib.record.id)
    assert shown is not None
    assert (shown.record.status, shown.record.received_on) == (RECEIVED, DAY)
    pieces.wait_again(followed, [shown])
    assert [one.record.name for one in pieces.of_her(followed, AMINA)] == ["RIB"]


def test_a_colleague_s_people_are_not_mine_to_remind(followed: Desk) -> None:
    _asked(followed, "RIB")
    shown = followed.store.records.get("person", AMINA)
    (piece,) = followed.store.records.find("piece")
    assert shown is not None
    with followed.store.unit() as unit:
        unit.put("person", replace(shown.record, referent=b"k" * 16), shown=shown)
    # I asked for it: it stays mine until it comes
    assert piece.first.person == followed.me.id
    assert len(today.today(followed).pieces) == 1


def test_own_words_are_proposed_once_they_came_back(followed: Desk) -> None:
    names = [name for name, _label in pieces.usual(followed)]
    assert "Pièce d’identité" in names
    _asked(followed, "Carte de bus")
    assert "Carte de bus" not in [name for name, _label in pieces.usual(followed)]
    _asked(followed, "Carte de bus", person=PAUL)
    assert pieces.usual(followed)[-1] == ("Carte de bus", "Carte de bus")
    assert len(pieces.usual(followed)) == len(names) + 1


def test_the_slip_lists_what_is_waited_for_and_hides_what_it_is_for(followed: Desk, clock: FakeClock) -> None:
    assert sheets.of_pieces(followed, AMINA) is None
    step = Action(id=b"s" * 16, person=AMINA, what="Dossier de surendettement", owner=followed.me.id)
    records.save(followed, "action", step)
    rib, _bail = sorted(_asked(followed, "RIB", "Bail", step=step.id), key=lambda one: one.record.name, reverse=True)
    records.save(followed, "appointment", Appointment(id=b"m" * 16, person=AMINA, on=DAY, at="15:30", place="Mairie"))
    sheet = sheets.of_pieces(followed, AMINA)
    assert sheet is not None
    out = repr(sheet.only(sheet.at_first()).blocks)
    assert "RIB" in out
    assert "Bail" in out
    assert "Mairie" in out
    assert "surendettement" not in out
    assert "surendettement" in repr(sheet.only(sheet.at_first() | {"step"}).blocks)
    basket.put(followed, sheet)
    assert not basket.waiting(followed)[0].changed
    clock.move(hours=1)
    pieces.receive(followed, [rib])
    assert basket.waiting(followed)[0].changed
    assert "RIB" not in repr(sheets.of_pieces(followed, AMINA))


def test_a_reminder_names_papers_only_when_asked_to(followed: Desk) -> None:
    _asked(followed, "RIB", "Bail")
    records.save(followed, "appointment", Appointment(id=b"m" * 16, person=AMINA, on=DAY, at="15:30"))
    found = reminders.of_appointment(followed, b"m" * 16)
    assert found is not None
    assert "RIB" not in repr(found.lines)
    assert found.to_bring == ("Bail", "RIB")
