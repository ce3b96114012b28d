"""One laptop, two restored copies of one store that went on apart: shown together, settled, undone, never lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage, stage
from spie_desk.app.window import Session
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.note import digest_of
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.shown import Clash, Shown
from spie_desk.services import clashes, notes, people, records
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.store.vault import FLOOR
from spie_desk.ui.pages.clashes import ClashesPage
from spie_sync.change import Change
from tests.clock import FakeChance, FakeClock
from tests.stores import PASSPHRASE
from tests.ui.drivers import PageDriver, turn, wait_until

MINE, THEIRS, BEFORE = "8 rue des Tanneurs", "31 quai de la Lys", "2 place du Marché"


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stage(tmp_path_factory.mktemp("state"))


class Copy:
    """One of the two: its own door, witness and clock; the same passphrase, the same person at work."""

    def __init__(self, root: Path, profile: str, hours: int) -> None:
        self.clock = FakeClock()
        self.clock.move(days=1, hours=hours)
        self.door = LocalDoorway(root / "profiles", root / "state", self.clock, FakeChance(hours + 40), time.monotonic,
                                 FLOOR, example=example_people)  # fmt: skip
        self.opened: Opened = self.door.unlock(profile, PASSPHRASE)

    @property
    def desk(self) -> Desk:
        return self.opened.desk

    def person(self) -> Shown[Person]:
        (found,) = self.desk.store.records.find("person", {})
        return found

    def changes_of_last(self) -> list[Change]:
        return list(self.desk.store.records.deed(self.desk.store.records.deeds(1)[0].id))

    def is_whole(self) -> None:
        """What the screens show is what the journal gives."""
        assert list(self.opened.keeper.rebuild_check(lambda _done, _total: None, lambda: False)) == []


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Copy, Copy]]:
    """A profile with one person, closed; copied whole to two places, and each opened there."""
    first = tmp_path / "first"
    door = LocalDoorway(first / "profiles", first / "state", FakeClock(), FakeChance(), time.monotonic, FLOOR,
                        example=example_people)  # fmt: skip
    me, structure = founders(example_people())
    made = door.create(NewProfile(label="Bureau", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure))
    person = Person(id=made.desk.chance.id(), first_name="Amina", last_name="Belkacem", born_on=date(1988, 5, 14),
                    street=BEFORE, town="Vimoutiers")  # fmt: skip
    people.create(made.desk, person)
    for name in ("Benali", "Roussel"):
        other = Professional(id=made.desk.chance.id(), first_name="Karim", last_name=name, structure=structure.id,
                             bound_by=me.bound_by)  # fmt: skip
        records.save(made.desk, "professional", other)
    profile = made.keeper.card.id
    made.keeper.close()
    copies = []
    for hours, place in enumerate(("here", "there"), start=1):
        # the profiles alone: a copy brought back elsewhere finds no witness of what came after it
        shutil.copytree(first / "profiles", tmp_path / place / "profiles")
        copies.append(Copy(tmp_path / place, profile, hours))
    yield copies[0], copies[1]
    for one in copies:
        one.opened.keeper.close()


def _change(copy: Copy, **parts: Any) -> list[Change]:
    shown = copy.person()
    records.save(copy.desk, "person", replace(shown.record, **parts), shown)
    return copy.changes_of_last()


def _exchange(here: Copy, mine: list[Change], there: Copy, theirs: list[Change]) -> None:
    here.desk.store.receive(theirs)
    there.desk.store.receive(mine)
    here.is_whole()
    there.is_whole()


@contextmanager
def _settling(copy: Copy, shown: Stage, qtbot: QtBot) -> Iterator[PageDriver]:
    """« À départager » in the whole application; the profile stays open afterwards."""
    session = Session(copy.opened, shown, copy.door)
    with qtbot.waitActive(session.window):
        session.show()
    driver = PageDriver(session.window, session.tasks)
    driver.settle()
    driver.press("Ctrl+7")
    wait_until(lambda: isinstance(driver.page, ClashesPage), "the page")
    try:
        yield driver.settle()
    finally:
        session.end("closed")
        session.tasks.close()
        session.tasks.shut()
        session.window.deleteLater()
        session.deleteLater()
        turn()


def _only(copy: Copy) -> Clash:
    (question,) = clashes.waiting(copy.desk)
    return question.clash


def _signatures(clash: Clash) -> set[tuple[object, bytes, int]]:
    """Each value with who wrote it first, and when."""
    return {(repr(one.value), one.stamp.person, one.stamp.ms) for one in clash.versions}


def _sign_again(copy: Copy, note: bytes, text: str) -> None:
    signed = copy.desk.store.records.get("note", note)
    assert signed is not None
    notes.sign_again(copy.desk, signed, replace(signed.record, text=text))


def test_the_two_copies_are_two_desks(two: tuple[Copy, Copy]) -> None:
    here, there = two
    assert here.desk.store.desk_id != there.desk.store.desk_id  # type: ignore[attr-defined]
    assert here.desk.me.id == there.desk.me.id


def test_two_addresses_are_shown_settled_and_brought_back_by_undo_with_first_author_and_date(
    two: tuple[Copy, Copy], shown: Stage, qtbot: QtBot
) -> None:
    here, there = two
    _exchange(here, _change(here, street=MINE), there, _change(there, street=THEIRS))
    before = _only(here)
    assert _signatures(before) == _signatures(_only(there))
    assert {one.stamp.person for one in before.versions} == {here.desk.me.id}
    with _settling(here, shown, qtbot) as driver:
        for words in (MINE, THEIRS, f"Avant\u00a0: {BEFORE}", "15\u00a0h\u00a032", "16\u00a0h\u00a032"):
            driver.shows(words)
        driver.click("Garder la mienne, jeu. 10 déc. 2026 à 15\u00a0h\u00a032")
        driver.shows("tranché par vous").tells("Annuler")
        assert here.person().record.street == MINE
        assert clashes.waiting(here.desk) == []
        here.is_whole()
        driver.press("Ctrl+Z")
        driver.shows(MINE).shows(THEIRS).hides("tranché par vous")
        assert _signatures(_only(here)) == _signatures(before)
        here.is_whole()


def test_settled_on_one_copy_is_settled_on_the_other_and_so_is_its_undoing(
    two: tuple[Copy, Copy], shown: Stage, qtbot: QtBot
) -> None:
    here, there = two
    _exchange(here, _change(here, street=MINE), there, _change(there, street=THEIRS))
    before = _only(there)
    with _settling(here, shown, qtbot) as driver:
        driver.click("Garder la mienne, jeu. 10 déc. 2026 à 16\u00a0h\u00a032")
        there.desk.store.receive(here.changes_of_last())
        assert clashes.waiting(there.desk) == []
        assert there.person().record.street == here.person().record.street == THEIRS
        there.is_whole()
        driver.press("Ctrl+Z")
        there.desk.store.receive(here.changes_of_last())
    assert _signatures(_only(there)) == _signatures(before)
    there.is_whole()


def test_two_referents_named_apart_are_a_question_about_one_file(
    two: tuple[Copy, Copy], shown: Stage, qtbot: QtBot
) -> None:
    here, there = two
    named = {one.record.last_name: one.record.id for one in here.desk.store.records.find("professional", {})}
    theirs = _change(there, referent=named["Roussel"])
    _exchange(here, _change(here, referent=named["Benali"]), there, theirs)
    clash = _only(here)
    assert (clash.kind, clash.register, clash.person) == ("person", "referent", here.person().record.id)
    with _settling(here, shown, qtbot) as driver:
        driver.shows("Karim Benali").shows("Karim Roussel").shows("Belkacem")
        driver.click("Garder la mienne, jeu. 10 déc. 2026 à 16\u00a0h\u00a032")
    assert here.person().record.referent == named["Roussel"]
    assert clashes.waiting(here.desk) == []
    here.is_whole()


def test_a_note_signed_again_on_both_copies_is_to_settle_with_its_text(
    two: tuple[Copy, Copy], shown: Stage, qtbot: QtBot
) -> None:
    here, there = two
    note = replace(notes.blank(here.desk, here.person().record.id), text="Première version signée.")
    notes.sign(here.desk, note)
    there.desk.store.receive(here.changes_of_last())
    for copy, text in ((here, "Revue ici le soir."), (there, "Revue là-bas le soir.")):
        _sign_again(copy, note.id, text)
    _exchange(here, here.changes_of_last(), there, there.changes_of_last())
    assert _signatures(_only(here)) == _signatures(_only(there))
    with _settling(here, shown, qtbot) as driver:
        driver.shows("à régler").shows("Chaque texte est gardé")
        driver.shows("Revue ici le soir.").shows("Revue là-bas le soir.")
        driver.hides("Écrire la bonne")
        driver.click("Garder les deux")
        driver.shows("tranché par vous")
    kept = [one.record for one in here.desk.store.records.find("note", {"person": note.person})]
    assert {one.text for one in kept} == {"Revue ici le soir.", "Revue là-bas le soir."}
    assert all(one.digest == digest_of(one) for one in kept), "each is signed as it reads"
    assert clashes.waiting(here.desk) == []
    here.is_whole()


def test_a_signed_text_is_never_written_again_in_its_place(two: tuple[Copy, Copy]) -> None:
    here, there = two
    note = replace(notes.blank(here.desk, here.person().record.id), text="Première version signée.")
    notes.sign(here.desk, note)
    there.desk.store.receive(here.changes_of_last())
    for copy, text in ((here, "Revue ici."), (there, "Revue là-bas.")):
        _sign_again(copy, note.id, text)
    _exchange(here, here.changes_of_last(), there, there.changes_of_last())
    clash = _only(here)
    with pytest.raises(clashes.SignedError):
        clashes.write(here.desk, clash, clash.versions[0].value)
    assert _signatures(_only(here)) == _signatures(clash)
