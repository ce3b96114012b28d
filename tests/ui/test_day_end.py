"""« Fin de journée », by keyboard: eight notes, seven signed, one left; it is first tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.services import day_end, notes, people, quick, records, work
from spie_desk.services.day_end import DraftMovedError
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.day_end import DayEndPage
from spie_desk.ui.pages.note import NotePage
from spie_desk.ui.pages.today import TodayPage
from spie_desk.ui.route import Entry
from spie_desk.ui.theme import Theme
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, words_on

Frame = Callable[..., PageDriver]
WORDS = ("zygene", "xylocope", "quetsche", "jujubier", "wapitis", "zinnia", "kaolin", "yttrium")


class Elsewhere(Page):
    """Somewhere to go to."""

    title = "Ailleurs"


def _person(desk: Desk, first: str = "Amina", **more: object) -> bytes:
    values = {"first_name": first, "last_name": "Belkacem", "birth_year": 1988, "town": "Valmont", **more}
    person = Person(id=desk.chance.id(), referent=desk.me.id, **values)  # type: ignore[arg-type]
    people.create(desk, person)
    return person.id


def _begun(desk: Desk, person: bytes, text: str, **more: object) -> Draft:
    note = replace(notes.blank(desk, person), text=text, **more)  # type: ignore[arg-type]
    draft = Draft(id=desk.chance.id(), form="note", kind="note", record=note.id, person=person or None,
                  values=quick.values_of(note), focus="text")  # fmt: skip
    return work.keep(desk, draft)


def _open(frame: Frame) -> PageDriver:
    driver = frame(Entry("today", TodayPage, "Aujourd’hui", "sun", "main"),
                   Entry("day-end", DayEndPage, "Fin de journée", "moon", under="today", shortcut="Ctrl+J"),
                   Entry("note", NotePage), Entry("file", Elsewhere), Entry("unattached", Elsewhere))  # fmt: skip
    driver.window.navigator.go("today")
    return driver.settle().press("Ctrl+J")


def test_seven_are_signed_by_one_shortcut_each_and_the_eighth_is_first_tomorrow(
    desk: Desk, frame: Frame, clock: FakeClock
) -> None:
    people_met = [_person(desk, f"Personne{n}") for n in range(8)]
    kept = []
    for person, word in zip(people_met, WORDS, strict=True):
        clock.move(minutes=10)
        kept.append(_begun(desk, person, f"Vue ce matin, {word}."))
    driver = _open(frame).shows("8 notes à signer").shows("Personne0 Belkacem, 1988, Valmont")
    driver.shows("Pourront la lire\u00a0: vous (1 personne, 1 structure).").shows(WORDS[0]).is_accessible()
    for _n in range(3):
        driver.press("Ctrl+Return")
    driver.tells("Il en reste 5.").shows("Personne3 Belkacem")
    driver.press("Down")
    for _n in range(4):
        driver.press("Ctrl+Return")
    driver.shows("1 note à signer").shows(WORDS[3])
    assert [one.id for one in work.drafts(desk)] == [kept[3].id]
    signed = [desk.store.records.find("note", {"person": one}) for one in people_met]
    assert [len(one) for one in signed] == [1, 1, 1, 0, 1, 1, 1, 1]
    assert all(one[0].record.digest for one in signed if one)

    clock.move(days=1)
    _begun(desk, people_met[0], "Commencée ce matin.")
    records.save(desk, "action", Action(id=desk.chance.id(), person=people_met[0], what="Appeler"))
    assert work.drafts(desk)[0].id == kept[3].id, "what was left unsigned comes first"
    assert [one.draft.id for one in day_end.to_sign(desk)][-1] == kept[3].id, "in the evening, today's come first"


def test_a_note_with_something_to_do_is_opened_and_not_signed_blindly(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    draft = _begun(desk, person, "Elle demande un rendez-vous.")
    todo = [{"what": "Appeler la CAF", "owner": desk.me.id.hex(), "due": "demain"}]
    work.keep(desk, replace(draft, values={**draft.values, "_todo": todo}))
    driver = _open(frame).shows("Elle contient des choses à faire")
    driver.press("Ctrl+Return").shows("À faire, lu par")
    driver.press("Ctrl+Return").shows("0 note à signer")
    assert [one.record.what for one in desk.store.records.find("action", {"person": person})] == ["Appeler la CAF"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("", day_end.TEXT), ("Son numéro est 2 69 05 49 588 157 80.", day_end.NUMBER), ("Des faits.", "")],
)
def test_what_stands_in_the_way_of_signing_is_said(desk: Desk, text: str, why: str) -> None:
    _begun(desk, _person(desk), text)
    assert [one.why_open for one in day_end.to_sign(desk)] == [why]


def test_a_draft_changed_since_it_was_shown_is_not_signed(desk: Desk, clock: FakeClock) -> None:
    draft = _begun(desk, _person(desk), "Première phrase.")
    shown = day_end.to_sign(desk)[0]
    clock.move(seconds=2)
    work.keep(desk, replace(draft, values=quick.values_of(replace(shown.note, text="Tout autre chose."))))
    with pytest.raises(DraftMovedError):
        day_end.sign(desk, shown)
    assert desk.store.records.find("note", {"person": shown.note.person}) == []


def test_a_note_signed_again_in_the_evening_stays_one_note(desk: Desk, clock: FakeClock) -> None:
    person = _person(desk)
    notes.sign(desk, replace(notes.blank(desk, person), text="Vue à 14 h."))
    signed = desk.store.records.find("note", {"person": person})[0]
    clock.move(minutes=5)
    again = replace(signed.record, text="Vue à 15 h.")
    work.keep(desk, Draft(id=desk.chance.id(), form="note", kind="note", record=again.id, person=person,
                          circle=signed.circle, bases=signed.bases, values=quick.values_of(again)))  # fmt: skip
    day_end.sign(desk, day_end.to_sign(desk)[0])
    found = desk.store.records.find("note", {"person": person})
    assert [one.record.text for one in found] == ["Vue à 15 h."]
    assert not found[0].beside


def test_the_evening_lists_what_waits_and_answers_a_presence(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    person, today = _person(desk), desk.clock.now().date()
    quick.note_quickly(desk, "Homme au chien, place du marché.")
    meeting = Appointment(id=desk.chance.id(), person=person, on=today, at="09:00", with_=desk.me.id)
    records.save(desk, "appointment", meeting)
    tomorrow = day_end.next_working_day(today)
    after = replace(meeting, id=desk.chance.id(), on=tomorrow, at="10:30", subject="Logement")
    records.save(desk, "appointment", after)
    records.save(desk, "action", Action(id=desk.chance.id(), person=person, what="Appeler la CAF", owner=desk.me.id,
                                        due_on=today))  # fmt: skip
    clock.move(hours=4)
    driver = _open(frame)
    driver.shows("Homme au chien").shows("Présence au rendez-vous de 09:00").shows("Appeler la CAF").shows("Logement")
    driver.press("Down").press("A").tells("Amina Belkacem\u00a0: absence.").hides("Présence au rendez-vous")
    assert desk.store.records.get("appointment", meeting.id).record.status == "absent"  # type: ignore[union-attr]


def test_an_evening_with_nothing_left_says_so(desk: Desk, frame: Frame) -> None:
    driver = _open(frame)
    driver.shows("Tout est signé, rattaché et noté. Bonne soirée.")
    assert not any("Ouvrir la note" in words for words in words_on(driver.page))


def test_back_from_a_note_one_goes_on_from_where_one_was(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    for n in range(3):
        clock.move(minutes=5)
        _begun(desk, _person(desk, f"Personne{n}"), f"Vue, {WORDS[n]}.")
    driver = _open(frame).press("Down").shows(WORDS[1]).press("Return")
    assert isinstance(driver.page, NotePage)
    driver.press("Escape").shows("3 notes à signer").shows(WORDS[1])
    assert driver.find("sign-text").said() == f"Vue, {WORDS[1]}."  # type: ignore[attr-defined]


def test_in_large_text_a_note_is_opened_before_it_is_signed(desk: Desk, frame: Frame, theming: Theme) -> None:
    theming.apply("light", 200)
    person = _person(desk)
    _begun(desk, person, "Vue au local.")
    driver = _open(frame).press("Ctrl+Return")
    assert isinstance(driver.page, NotePage), "nobody signs what she does not see"
    driver.press("Ctrl+Return").shows("0 note à signer")
    assert len(desk.store.records.find("note", {"person": person})) == 1
