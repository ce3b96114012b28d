"""Absence: the binôme opens the day and the file of whoever is away, and answers; the relay ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import DeskError
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.domain.records.structure import Structure
from spie_desk.services import accesses, appointments, casefile, people, records, relays, today
from spie_desk.services.desk import Desk
from spie_desk.services.relays import OtherStructureError
from spie_desk.ui.page import Page
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.pages.relays import RelaysPage
from spie_desk.ui.pages.today import TodayPage
from spie_desk.ui.route import Entry
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, wait_until

Frame = Callable[..., PageDriver]


class Elsewhere(Page):
    """Somewhere to go to."""

    title = "Ailleurs"


def _karim(desk: Desk, **more: object) -> bytes:
    values = {"first_name": "Karim", "last_name": "Haddad", "structure": desk.structure.id, **more}
    karim = Professional(id=desk.chance.id(), **values)  # type: ignore[arg-type]
    records.save(desk, "professional", karim)
    return karim.id


def _his(desk: Desk, karim: bytes, first: str = "Amina") -> bytes:
    person = Person(id=desk.chance.id(), first_name=first, last_name="Belkacem", birth_year=1988, referent=karim)
    with desk.store.unit() as unit:
        unit.put("person", person)
        unit.put("membership", Membership(id=desk.chance.id(), person=person.id, professional=karim))
    return person.id


def _meeting(desk: Desk, person: bytes, with_: bytes, in_days: int) -> bytes:
    on = desk.clock.now().date() + timedelta(days=in_days)
    one = Appointment(id=desk.chance.id(), person=person, on=on, at="17:30", with_=with_, subject="Point")
    records.save(desk, "appointment", one)
    return one.id


def _relay(desk: Desk, karim: bytes, days: int = 2, *only: bytes) -> Relay:
    day = desk.clock.now().date()
    relay = Relay(id=desk.chance.id(), absent=karim, cover=desk.me.id, starts_on=day,
                  ends_on=day + timedelta(days=days), people=only)  # fmt: skip
    relays.save(desk, relay)
    return relay


def _week(desk: Desk) -> set[bytes]:
    day = desk.clock.now().date()
    return {one.shown.record.id for one in appointments.between(desk, day, day + timedelta(days=7))}


def test_the_day_of_whoever_is_away_is_mine_until_the_relay_ends_by_itself(desk: Desk, clock: FakeClock) -> None:
    karim = _karim(desk)
    person = _his(desk, karim)
    inside, after = _meeting(desk, person, karim, 1), _meeting(desk, person, karim, 5)
    due = desk.clock.now().date()
    owed = Action(id=desk.chance.id(), person=person, what="Appeler la CAF", owner=karim, due_on=due)
    records.save(desk, "action", owed)
    assert _week(desk) == set()
    assert [one.shown.record.what for one in today.today(desk).waiting] == ["Appeler la CAF"]

    _relay(desk, karim)
    assert _week(desk) == {inside}, "not what comes once he is back"
    day = today.today(desk)
    assert [(one.shown.record.what, one.relay_of) for one in day.due] == [("Appeler la CAF", "Karim Haddad")]
    assert day.waiting == []
    assert today.counters(desk).today == day.to_do == 1
    assert accesses.outside(desk, person) is None, "whoever answers is expected there"

    clock.move(days=3)
    assert _week(desk) == set()
    assert today.today(desk).late == []
    assert today.today(desk).relays == []
    assert accesses.outside(desk, person) is not None
    assert after


def test_only_the_ticked_files_are_covered(desk: Desk) -> None:
    karim = _karim(desk)
    ticked, other = _his(desk, karim), _his(desk, karim, "Bruno")
    hers, his = _meeting(desk, ticked, karim, 1), _meeting(desk, other, karim, 1)
    _relay(desk, karim, 2, ticked)
    assert _week(desk) == {hers}
    assert his not in _week(desk)
    files = [casefile.open_file(desk, one) for one in (ticked, other)]
    assert [one.relay is not None for one in files if one is not None] == [True, False]


def test_ending_early_gives_everything_back_and_is_undone(desk: Desk, frame: Frame) -> None:
    karim = _karim(desk)
    _his(desk, karim)
    _relay(desk, karim)
    driver = _open(frame).shows("Claire Dubois répond pour Karim Haddad").shows("Amina Belkacem").is_accessible()
    driver.press("Ctrl+Shift+T").tells("Relais terminé.").shows("terminé")
    assert relays.standing(desk) == []
    driver.press("Ctrl+Z")
    wait_until(lambda: len(relays.standing(desk)) == 1, "the undo")


def _open(frame: Frame) -> PageDriver:
    driver = frame(Entry("relays", RelaysPage, "Relais", "handshake", "main"), Entry("file", FilePage),
                   Entry("today", TodayPage), Entry("note", Elsewhere), Entry("clashes", Elsewhere))  # fmt: skip
    driver.window.navigator.go("relays")
    return driver.settle()


def test_a_relay_is_agreed_by_keyboard_with_the_usual_binome_proposed(desk: Desk, frame: Frame) -> None:
    karim = _karim(desk)
    me = desk.store.records.get("professional", desk.me.id)
    assert me is not None
    records.save(desk, "professional", replace(me.record, stand_in=karim), me)
    people.create(desk, Person(id=desk.chance.id(), first_name="Nadia", last_name="Khelifi", birth_year=1990))
    driver = _open(frame).shows("Aucun relais.").press("Ctrl+N")
    driver.types("demain").press("Ctrl+Return")
    driver.tells("Relais enregistré.").shows("Karim Haddad répond pour Claire Dubois").shows("tous (1 dossier)")
    kept = relays.standing(desk)[0]
    assert (kept.record.absent, kept.record.cover, kept.record.people) == (desk.me.id, karim, ())
    circle = desk.store.circles.get(kept.circle)
    assert circle is not None
    assert circle.sort is Sort.STRUCTURE
    driver.window.navigator.go("today")
    driver.settle().shows("Karim Haddad vous relaie, 1 dossier, jusqu’au 10 déc.")


def test_some_files_are_ticked_and_kept_as_a_draft(desk: Desk, frame: Frame) -> None:
    karim = _karim(desk)
    first, _second = _his(desk, karim), _his(desk, karim, "Bruno")
    relay = _relay(desk, karim)
    driver = _open(frame).press("Return").click("some-files")
    driver.click("Amina Belkacem, 1988").press("Escape").settle()
    wait_until(lambda: [one.form for one in desk.store.drafts.all()] == ["relay"], "the draft")
    driver.window.navigator.go("relays", draft=desk.store.drafts.all()[0].id)
    driver.settle().press("Ctrl+Return").tells("Relais enregistré.")
    assert desk.store.records.get("relay", relay.id).record.people == (first,)  # type: ignore[union-attr]
    assert desk.store.drafts.all() == []


def test_the_file_says_who_answers_and_until_when(desk: Desk, frame: Frame) -> None:
    karim = _karim(desk, stand_in=desk.me.id)
    person = _his(desk, karim)
    _relay(desk, karim)
    driver = _open(frame)
    driver.window.navigator.go("file", person=person, tab="autour")
    driver.settle().shows("En relais jusqu’au 11 déc. 2026\u00a0: vous répondez")
    driver.shows("En relais jusqu’au 11 déc. 2026\u00a0: vous répondez à la place de Karim Haddad.")


def test_the_binome_is_the_usual_one_unless_the_file_names_another(desk: Desk) -> None:
    other = _karim(desk, first_name="Odile", last_name="Martel")
    karim = _karim(desk, stand_in=desk.me.id)
    person = _his(desk, karim)
    assert _stand_in(desk, person) == desk.me.id
    records.save(desk, "membership", Membership(id=desk.chance.id(), person=person, professional=other, stand_in=True))
    assert _stand_in(desk, person) == other


def test_a_usual_binome_of_another_structure_is_none(desk: Desk) -> None:
    elsewhere = Structure(id=desk.chance.id(), name="Mission locale")
    records.save(desk, "structure", elsewhere)
    stranger = _karim(desk, first_name="Odile", structure=elsewhere.id)
    karim = _karim(desk, stand_in=stranger)
    assert _stand_in(desk, _his(desk, karim)) == b""
    with pytest.raises(OtherStructureError):
        relays.save(desk, Relay(id=desk.chance.id(), absent=karim, cover=stranger, starts_on=desk.clock.now().date(),
                                ends_on=desk.clock.now().date()))  # fmt: skip


def _stand_in(desk: Desk, person: bytes) -> bytes:
    file = casefile.open_file(desk, person)
    assert file is not None
    return file.stand_in


@pytest.mark.parametrize("wrong", [{"cover": b""}, {"absent": b""}, {"ends_on": None}, {"cover": "same"}, {"back": 1}])
def test_a_relay_that_says_too_little_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    karim, day = _karim(desk), desk.clock.now().date()
    fields: dict[str, object] = {"absent": karim, "cover": desk.me.id, "starts_on": day, "ends_on": day, **wrong}
    if fields.pop("back", 0):
        fields["ends_on"] = day - timedelta(days=1)
    if fields["cover"] == "same":
        fields["cover"] = karim
    with pytest.raises(DeskError):
        relays.save(desk, Relay(id=desk.chance.id(), **fields))  # type: ignore[arg-type]
