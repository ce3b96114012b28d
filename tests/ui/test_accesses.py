"""Opening, revealing and why, by keyboard: what the register of accesses hears, what shows before one says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from spie_desk.domain.accesses import PRINTED, REVEALED, VIEWED, Access
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.services import accesses, people
from spie_desk.services.desk import Desk
from spie_desk.store.accesses import KIT_PUBLIC
from spie_desk.store.open import EncryptedStore
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.pages.note import NotePage
from spie_desk.ui.panels.large_view import LargeView
from spie_sync.kit import Kit
from tests.ui.drivers import PageDriver, nameless, press, wait_until, words_on

KIT = Kit(bytes(range(20)))


def register(desk: Desk) -> Sequence[Access]:
    assert isinstance(desk.store, EncryptedStore)
    return desk.store.accesses.read(KIT.keys).lines


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    """Fictitious people, and a kit whose code the test knows."""
    example_desk.store.settings.set(KIT_PUBLIC, KIT.public.to_bytes().hex())
    return example_desk


def followed_by_another(desk: Desk) -> tuple[bytes, Professional]:
    """A file that a colleague follows, and I do not."""
    other = Professional(id=desk.chance.id(), last_name="Martel", first_name="Odile", structure=desk.structure.id)
    row = people.rows(desk, PersonFilter())[0]
    shown = desk.store.records.get("person", row.id)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.put("professional", other)
        unit.put("person", replace(shown.record, referent=other.id), shown=shown)
        for one in desk.store.records.find("membership", {"person": row.id}):
            unit.withdraw(one)
        unit.put("membership", Membership(id=desk.chance.id(), person=row.id, professional=other.id))
    return row.id, other


def test_opening_a_file_is_logged_once_and_not_at_each_refresh(
    desk: Desk, open_page: Callable[..., PageDriver]
) -> None:
    person = people.rows(desk, PersonFilter(member=desk.me.id))[0].id
    driver = open_page(FilePage, person=person)
    driver.page.refresh()
    driver.settle()
    assert [(one.deed, one.people, one.who) for one in register(desk)] == [(VIEWED, (person,), desk.me.id)]


def test_a_file_of_others_asks_why_and_shows_nothing_before(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    person, other = followed_by_another(desk)
    driver = open_page(FilePage, person=person)
    driver.shows("Pourquoi ouvrir ce dossier").shows(other.name)
    assert nameless(driver.window) == []
    assert not any("Chronologie" in one for one in words_on(driver.page))
    assert register(desk) == ()
    press("Down")
    driver.press("Tab").types("elle est à l’accueil").press("Return").shows("Chronologie")
    assert [(one.deed, one.people, one.reason) for one in register(desk)] == [
        (VIEWED, (person,), "Remplacement pendant une absence\u00a0: elle est à l’accueil")
    ]
    driver.page.refresh()
    driver.settle().shows("Chronologie")


def test_a_file_that_nobody_follows_opens(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    person, _other = followed_by_another(desk)
    shown = desk.store.records.get("person", person)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.put("person", replace(shown.record, referent=b""), shown=shown)
        for one in desk.store.records.find("membership", {"person": person}):
            unit.withdraw(one)
    open_page(FilePage, person=person).shows("Chronologie")
    assert [one.deed for one in register(desk)] == [VIEWED]


def test_the_binome_and_whoever_answers_in_a_relay_are_not_asked(desk: Desk) -> None:
    person, other = followed_by_another(desk)
    assert accesses.outside(desk, person) is not None
    today = desk.clock.now().date()
    relay = Relay(id=desk.chance.id(), absent=other.id, cover=desk.me.id, starts_on=today, ends_on=today)
    with desk.store.unit() as unit:
        unit.put("relay", relay)
    assert accesses.outside(desk, person) is None
    shown = desk.store.records.get("relay", relay.id)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.withdraw(shown)
    assert accesses.outside(desk, person) is not None
    colleague = desk.store.records.get("professional", other.id)
    assert colleague is not None
    with desk.store.unit() as unit:
        unit.put("professional", replace(other, stand_in=desk.me.id), shown=colleague)
    assert accesses.outside(desk, person) is None


def test_showing_a_hidden_address_is_logged_hiding_it_is_not(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    row = people.rows(desk, PersonFilter(member=desk.me.id))[0]
    shown = desk.store.records.get("person", row.id)
    assert shown is not None
    with desk.store.unit() as unit:
        unit.put(
            "person", replace(shown.record, street="3 rue du Puits", town="Chaumont", undisclosed=True), shown=shown
        )
    driver = open_page(FilePage, person=row.id, tab="situation")
    driver.click("Afficher l’adresse").shows("3 rue du Puits").click("Masquer l’adresse")
    assert [(one.deed, one.what) for one in register(desk)] == [(VIEWED, ""), (REVEALED, "Adresse")]


def test_a_sheet_shown_large_is_logged_as_what_leaves(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    person = people.rows(desk, PersonFilter(member=desk.me.id))[0].id
    driver = open_page(FilePage, person=person).press("Ctrl+Shift+F")
    wait_until(lambda: len(register(desk)) == 2, "the line")
    press("Esc", driver.window.findChildren(LargeView)[0])
    assert [(one.deed, one.people, one.what) for one in register(desk)] == [
        (VIEWED, (person,), ""), (PRINTED, (person,), "Afficher en grand"),
    ]  # fmt: skip


def test_the_file_beside_a_note_is_a_view_of_it(desk: Desk, open_page: Callable[..., PageDriver]) -> None:
    person = people.rows(desk, PersonFilter(member=desk.me.id))[0].id
    open_page(NotePage, person=person).shows("Derniers événements")
    wait_until(lambda: bool(register(desk)), "the line")
    assert [(one.deed, one.people) for one in register(desk)] == [(VIEWED, (person,))]


def test_a_note_about_a_file_of_others_shows_nothing_of_it_and_opens_no_door(
    desk: Desk, open_page: Callable[..., PageDriver]
) -> None:
    person, other = followed_by_another(desk)
    driver = open_page(NotePage, person=person).shows(f"suivi par {other.name}")
    assert not any("Derniers événements" in one for one in words_on(driver.page))
    assert register(desk) == ()
    assert accesses.outside(desk, person) is not None
