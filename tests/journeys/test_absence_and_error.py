"""She is ill, her binôme answers; then a note in the wrong homonym's file goes where it belongs, and stays gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from spie_desk.app.front import Front, furnished
from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.action import Action
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.services import accesses, notes, people, quick, records, work
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.note import NotePage
from tests.clock import PARIS_IN_WINTER
from tests.journeys.laptop import SCREEN, Keyboard, Laptop
from tests.stores import PASSPHRASE
from tests.ui.drivers import press, turn, types, wait_until, words_on

EIGHT = datetime(2026, 12, 10, 8, 0, tzinfo=PARIS_IN_WINTER)
CANARY = "xérophage"
TEXT = f"Elle parle d’un employeur {CANARY} et d’un bail à signer."
MENDED = f"Rectificatif : l’employeur {CANARY} est à Alençon."
KARIM, WRONG, RIGHT = b"k" * 16, b"w" * 16, b"r" * 16


@pytest.fixture
def two_desks(laptop: Laptop) -> Laptop:
    """Karim follows two homonyms; yesterday a note was signed in the wrong one's file, and corrected there."""
    laptop.clock.set(EIGHT - timedelta(hours=20))
    with laptop.store() as desk:
        karim = Professional(id=KARIM, first_name="Karim", last_name="Benali", structure=desk.structure.id,
                             bound_by="casf_l221_6")  # fmt: skip
        records.save(desk, "professional", karim)
        for person, year, town in ((WRONG, 1988, "Vimoutiers"), (RIGHT, 1991, "Alençon")):
            with desk.store.unit() as unit:
                unit.put("person", Person(id=person, first_name="Amina", last_name="Belkacem", birth_year=year,
                                          town=town, referent=KARIM, number=f"D-{year}"))  # fmt: skip
                unit.put("membership", Membership(id=desk.chance.id(), person=person, professional=KARIM))
        records.save(desk, "action", Action(id=desk.chance.id(), person=RIGHT, what="Rappeler le bailleur",
                                            owner=KARIM, due_on=EIGHT.date()))  # fmt: skip
        signed = replace(notes.blank(replace(desk, me=karim), WRONG), text=TEXT, place="Mairie")
        draft = Draft(id=b"d" * 16, form="note", kind="note", record=signed.id, person=WRONG,
                      values=quick.values_of(signed))  # fmt: skip
        work.keep(desk, draft)
        notes.sign(desk, signed, draft=draft.id)
        shown = desk.store.records.get("note", signed.id)
        assert shown is not None
        laptop.clock.move(hours=2)
        notes.correct(desk, shown, MENDED)
    # closing makes the copy of yesterday
    laptop.clock.set(EIGHT)
    return laptop


@contextmanager
def in_front(laptop: Laptop) -> Iterator[Front]:
    """The application whole: the profile opens, and comes back through the first window after a copy is taken up."""
    front = Front(laptop.stage, laptop.door, lambda: None, lambda: None, furnished)
    front.enter(laptop.door.unlock(laptop.profile, PASSPHRASE))
    try:
        yield front
    finally:
        session = front.session
        front.finish()
        if session is not None:
            session.window.deleteLater()
            session.deleteLater()
        turn()


def hands_on(front: Front) -> Keyboard:
    assert front.session is not None
    keys = Keyboard(front.session)
    front.session.window.resize(*SCREEN)
    front.session.window.activateWindow()
    wait_until(front.session.window.isActiveWindow, "the window")
    keys.settle()
    return keys


def test_the_binome_answers_and_the_note_goes_to_the_right_file_for_good(two_desks: Laptop) -> None:
    with in_front(two_desks) as front:
        keys = hands_on(front)
        assert accesses.outside(keys.session.desk, RIGHT) is not None, "she is not expected there yet"
        she_answers_for_him(keys)
        before = {one.record.text for one in keys.session.desk.store.records.find("note", {"person": WRONG})}
        assert before == {TEXT, MENDED}
        it_is_moved(keys)
        there = it_is_whole_there_and_gone_here(keys.session.desk)
        the_trace_says_who_and_when(keys)
        the_profile_is_in_order(keys)
        a_copy_is_taken_up(keys, front)
        keys = hands_on(front)
        it_stays_gone(keys.session.desk)
        keys.go_to("Amina Belkacem", "Amina Belkacem · 1988").on("file")
        assert CANARY not in keys.told()
        the_profile_is_in_order(keys)
        taken_up = keys.session.keeper.card.id
        keys.session.finish()
    every_row_that_has_it_is_of_the_right_file(two_desks, there)
    two_desks.profile = taken_up
    nothing_of_it_is_left_in_the_copy(two_desks)


def she_answers_for_him(keys: Keyboard) -> None:
    """The relay in a few keys; his day is hers, the file opens without a question, and she answers."""
    keys.press("Ctrl+0").on("relays").press("Ctrl+N")
    keys.pick("absent", "Benali", "Shift+Tab").pick("cover", "Dubois")
    keys.fill("ends_on", "demain").press("Ctrl+Return").tells("Relais enregistré.")
    keys.press("Ctrl+1").shows("Rappeler le bailleur")
    keys.go_to("Belkacem", "Amina Belkacem · 1991").on("file").shows("Alençon")
    keys.shows("En relais jusqu’au 11 déc. 2026")
    assert "motif" not in "\n".join(words_on(keys.page.body)).casefold()
    keys.press("Ctrl+N")
    wait_until(lambda: isinstance(keys.page, NotePage) and keys.page._opening is not None, "the editor")
    keys.settle()
    types("Rappelée à la place de M. Benali : le bailleur attend la signature.")
    keys.press("Ctrl+Return").tells("Note signée.")


def it_is_moved(keys: Keyboard) -> None:
    """From the timeline of the wrong file: the note opens, and the right person is seen before anything moves."""
    keys.go_to("Belkacem", "Amina Belkacem · 1988").on("file").shows("Vimoutiers")
    wait_until(lambda: bool(keys.page.body.timeline.cards()), "the timeline")
    first = next(one for one in reversed(keys.page.body.timeline.cards()) if one.key[0] == "note")
    keys.reach(first.accessibleName())
    press("Return")
    keys.settle().shows("bail à signer")
    keys.push("Pas le bon dossier…").pick("right-file", "D-1991")
    keys.shows("Amina Belkacem · 1991 · Alençon · n°\u00a0D-1991")
    keys.push("Déplacer la note").tells("Note déplacée dans le bon dossier.")
    assert CANARY not in keys.told()


def it_is_whole_there_and_gone_here(desk: Desk) -> set[bytes]:
    """What it became there."""
    found = {one.record.text: one for one in desk.store.records.find("note", {"person": RIGHT})}
    assert {TEXT, MENDED} <= set(found)
    first, mended = found[TEXT], found[MENDED]
    assert (first.record.authors, first.record.place, bool(first.record.digest)) == ((KARIM,), "Mairie", True)
    assert mended.record.corrects == first.record.id
    it_stays_gone(desk)
    assert {one.person for one in people.search(desk, CANARY)} == {RIGHT}
    return {first.record.id, mended.record.id}


def it_stays_gone(desk: Desk) -> None:
    assert desk.store.records.find("note", {"person": WRONG}) == []
    assert WRONG not in {one.person for one in people.search(desk, CANARY)}
    assert desk.store.drafts.all() == []
    told = [one for deed in desk.store.records.deeds(500) for one in desk.store.records.deed(deed.id)
            if one.person == WRONG and CANARY in repr(one)]  # fmt: skip
    assert told == []


def the_trace_says_who_and_when(keys: Keyboard) -> None:
    keys.press("Alt+5").shows("Retiré, pas le bon dossier")
    told = "\n".join(keys.page.body.panel("historique").list.spoken())
    assert "par vous" in told
    assert "10 déc." in told
    assert CANARY not in told + keys.told()


def the_profile_is_in_order(keys: Keyboard) -> None:
    """What `rebuild --check` compares, by its button."""
    keys.press("Ctrl+,").on("settings")
    keys.tab("about").push("Vérifier maintenant")
    keys.wait_long(lambda: "Tout est en ordre." in words_on(keys.page), "the answer")


def a_copy_is_taken_up(keys: Keyboard, front: Front) -> None:
    """Yesterday's copy, in which the note still stands in the wrong file."""
    keys.tab("backups")
    panel = keys.page.panel()
    wait_until(lambda: bool(panel._list.rows()), "the copies")
    (yesterday,) = [one for one in panel._list.rows() if one.made_at.date() < EIGHT.date()]
    assert yesterday.files == 2
    keys.push("Reprendre cette copie")
    types(PASSPHRASE)
    before = front.session
    keys.reach("Reprendre cette copie")
    press("Space")
    keys.wait_long(lambda: front.session is not None and front.session is not before, "the profile again")


def every_row_that_has_it_is_of_the_right_file(laptop: Laptop, there: set[bytes]) -> None:
    """Journal, tables, index, drafts, reports of the desk where it was moved, as they stand on the disk."""
    rows = laptop.rows_with(CANARY)
    assert "change" in {table for table, _cells in rows}
    assert [table for table, cells in rows if not any(_names(cells, one) for one in (RIGHT, *there))] == []
    assert [table for table, cells in rows if _names(cells, WRONG)] == []


def _names(cells: list[bytes], one: bytes) -> bool:
    return any(one in cell or one.hex().encode() in cell for cell in cells)


def nothing_of_it_is_left_in_the_copy(laptop: Laptop) -> None:
    """It was made before the move: the word is in no row, and on no page in the clear."""
    assert laptop.rows_with("Vimoutiers"), "the search itself finds nothing"
    assert laptop.rows_with(CANARY) == []
    assert CANARY.encode() not in laptop.in_the_clear()
