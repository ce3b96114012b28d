"""A night of outreach: noted in a few keys, cut off, attached the next day; another one, forgotten, is erased."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage, stage
from spie_desk.app.window import Session
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.services import people, quick, records, work
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.store import profiles, vault
from spie_desk.store.engine import close_engine, open_engine
from spie_desk.store.packing import unpacked
from spie_desk.ui.pages.note import NotePage
from tests.clock import FakeClock
from tests.journeys.laptop import SCREEN, Keyboard
from tests.journeys.maraude_child import NIGHT
from tests.journeys.pages_of import plain_pages
from tests.stores import PASSPHRASE
from tests.ui.drivers import press, turn, types, wait_until

SENTENCE = "Monsieur vu au pied du pont avec son chien, accepte un duvet, refuse le 115. Repasser jeudi."
CANARY = "zibeline"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stage(tmp_path_factory.mktemp("state"))


@pytest.fixture
def profile(door: LocalDoorway, clock: FakeClock) -> str:
    """The team's laptop: Claire's profile, with one colleague; nobody followed yet."""
    clock.set(NIGHT - timedelta(days=40))
    me, structure = founders(example_people())
    opened = door.create(NewProfile(label="Maraude", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure))
    karim = Professional(id=opened.desk.chance.id(), first_name="Karim", last_name="Benali",
                         structure=structure.id, bound_by=me.bound_by)  # fmt: skip
    records.save(opened.desk, "professional", karim)
    found = opened.keeper.card.id
    opened.keeper.close()
    return found


@contextmanager
def application(door: LocalDoorway, profile: str, shown: Stage, qtbot: QtBot) -> Iterator[Keyboard]:
    """The whole application on the profile, as the door opens it; closed whole."""
    session = Session(door.unlock(profile, PASSPHRASE), shown, door)
    with qtbot.waitActive(session.window):
        session.show()
    session.window.resize(*SCREEN)
    driver = Keyboard(session)
    driver.settle()
    try:
        yield driver
    finally:
        session.finish()
        session.window.deleteLater()
        session.deleteLater()
        turn()


@contextmanager
def store(door: LocalDoorway, profile: str) -> Iterator[Desk]:
    opened = door.unlock(profile, PASSPHRASE)
    try:
        yield opened.desk
    finally:
        opened.keeper.close()


def _killed_one_second_after_the_last_letter(door: LocalDoorway, sentence: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.maraude_child", str(door.root), str(door.state), sentence],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        time.sleep(1.0)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    assert child.returncode == -signal.SIGKILL


def test_a_note_cut_off_by_kill_is_whole_in_the_list_of_those_to_attach(door: LocalDoorway, profile: str) -> None:
    _killed_one_second_after_the_last_letter(door, SENTENCE)
    with store(door, profile) as desk:
        waiting = work.unattached(desk)
        assert [quick.note_of(one).text for one in waiting] == [SENTENCE]
        assert quick.note_of(waiting[0]).at == "21:40"


def test_at_most_six_keys_besides_the_text_then_the_next_day_it_finds_monsieur_au_chien(
    door: LocalDoorway, profile: str, clock: FakeClock, shown: Stage, qtbot: QtBot
) -> None:
    clock.set(NIGHT)
    with application(door, profile, shown, qtbot) as night:
        assert _note_at_night(night) <= 6
        night.tells("À rattacher")
    with store(door, profile) as desk:
        note = quick.note_of(work.unattached(desk)[0])
        assert (note.text, note.place, note.at, len(note.authors)) == (SENTENCE, "Pont Neuf", "21:40", 2)
        assert quick.last_round(desk).team == note.authors
    clock.move(hours=12)
    with application(door, profile, shown, qtbot) as day:
        day.press("Ctrl+6").types("Monsieur au chien", into="attach-nickname")
        press("Return")
        _wait_for_the_editor(day)
        day.shows("Monsieur au chien")
        day.press("Ctrl+Return").tells("Note signée.")
    with store(door, profile) as desk:
        row = people.rows(desk, PersonFilter())[0]
        file = desk.store.records.get("person", row.id)
        assert file is not None
        assert (file.record.nickname, file.record.last_name, file.record.born_on) == ("Monsieur au chien", "", None)
        signed = [one.record for one in desk.store.records.find("note", {"person": row.id})]
        assert [(one.text, one.place, one.at, one.authors) for one in signed] == [
            (SENTENCE, "Pont Neuf", "21:40", note.authors)
        ]
        assert not work.unattached(desk)
        assert not work.drafts(desk)


def _note_at_night(night: Keyboard) -> int:
    """How many keys besides the text, with place, hour and two authors named for the first time."""
    keys = 0

    def key(name: str) -> None:
        nonlocal keys
        keys += 1
        press(name, QApplication.focusWidget() or night.window)

    key("Ctrl+Shift+N")
    night.settle()
    types(SENTENCE)
    key("Tab")
    types("Pont Neuf")
    key("Tab")  # the hour is there already
    key("Tab")
    types("Karim")
    wait_until(night.session.quick.team.field._answers.isVisible, "answers")
    key("Return")
    key("Return")
    night.settle()
    return keys


def _wait_for_the_editor(driver: Keyboard) -> None:
    wait_until(lambda: isinstance(driver.page, NotePage) and driver.page._opening is not None, "the editor")
    driver.settle()


def test_a_full_lock_reopens_the_same_note_with_its_caret_and_a_silence_never_closes_it(
    door: LocalDoorway, profile: str, shown: Stage, qtbot: QtBot
) -> None:
    with store(door, profile) as desk:
        person = Person(id=desk.chance.id(), nickname="Monsieur au chien")
        people.create(desk, person)
    with application(door, profile, shown, qtbot) as first:
        first.go_to("Monsieur au chien").on("file").press("Ctrl+N")
        _wait_for_the_editor(first)
        types("Première phrase. Deuxième phrase.")
        first.page._sheet.text.put_caret(16)
        first.window.veil.fall()
        first.session._resting(25 * 60 + 3600)
        assert isinstance(first.page, NotePage), "closed over an interview"
        first.session.lock()
    with application(door, profile, shown, qtbot) as again:
        _wait_for_the_editor(again)
        wait_until(again.page._sheet.text.text.hasFocus, "the caret")
        assert again.page._sheet.text.caret() == 16
        types(" Ici.")
        assert again.page._sheet.text.markdown() == "Première phrase. Ici. Deuxième phrase."


def test_after_thirty_days_it_is_proposed_and_once_erased_its_words_are_nowhere(
    door: LocalDoorway, profile: str, clock: FakeClock, shown: Stage, qtbot: QtBot
) -> None:
    with store(door, profile) as desk:
        quick.note_quickly(desk, f"Dame au cabas {CANARY}, dort chez une voisine.")
    assert CANARY.encode() in _in_the_clear(door, profile), "the search itself finds nothing"
    clock.move(days=30)
    with application(door, profile, shown, qtbot) as day:
        day.press("Ctrl+6").shows("1 note attend depuis 30 jours ou plus")
        day.click("Effacer")
        asked = day.dialog()
        assert QApplication.focusWidget() is asked.stay, "the focus never starts on the answer"  # type: ignore[attr-defined]
        day.push("Effacer pour toujours").tells("Note effacée.")
        # before the profile is even closed
        assert CANARY.encode() not in _in_the_clear(door, profile)
    assert CANARY.encode() not in _in_the_clear(door, profile)
    with store(door, profile) as desk:
        assert not work.unattached(desk)
        assert not work.discarded(desk)
        assert not people.search(desk, CANARY)
    assert CANARY not in _every_value(door, profile)


def test_with_a_round_under_way_two_keys_keep_place_hour_and_team(
    door: LocalDoorway, profile: str, clock: FakeClock, shown: Stage, qtbot: QtBot
) -> None:
    clock.set(NIGHT)
    with application(door, profile, shown, qtbot) as night:
        night.press("Ctrl+9").on("rounds").press("Ctrl+N")
        types("Gare, côté bus")
        night.pick("Équipe", "Karim").press("Ctrl+Return").tells("Maraude commencée.")
        clock.move(minutes=25)
        press("Ctrl+Shift+N", QApplication.focusWidget())
        night.settle()
        types(SENTENCE)
        press("Return")
        night.settle().tells("À rattacher")
        note = quick.note_of(work.unattached(night.session.desk)[0])
        assert (note.text, note.place, note.at, len(note.authors)) == (SENTENCE, "Gare, côté bus", "22:05", 2)
        night.press("Ctrl+Return").fill("met", "4").press("Ctrl+Return").tells("Maraude enregistrée.")
        (round_,) = night.session.desk.store.records.find("round")
        assert (round_.record.met, len(round_.record.team), CANARY in repr(round_.record)) == (4, 2, False)


def test_made_anonymous_the_meeting_stays_and_its_words_are_nowhere(
    door: LocalDoorway, profile: str, clock: FakeClock, shown: Stage, qtbot: QtBot
) -> None:
    with store(door, profile) as desk:
        quick.note_quickly(desk, f"Dame au cabas {CANARY}, dort chez une voisine.", quick.Round(place="Gare"))
    clock.move(days=30)
    with application(door, profile, shown, qtbot) as day:
        day.press("Ctrl+6").shows("1 note attend depuis 30 jours ou plus\u00a0: rattachez-la, rendez-la anonyme ou "
                                  "effacez-la.")  # fmt: skip
        day.push("Rendre anonyme").tells("La rencontre est gardée, sans personne.")
        assert not work.unattached(day.session.desk)
        (kept,) = [one.record for one in day.session.desk.store.records.find("note")]
        assert (kept.text, kept.place, kept.person) == ("Rencontre sans suite nominative.", "Gare", b"")
    assert CANARY.encode() not in _in_the_clear(door, profile)
    assert CANARY not in _every_value(door, profile)


def _in_the_clear(door: LocalDoorway, profile: str) -> bytes:
    """Every page of the store and of its log, decrypted."""
    folder = _folder(door, profile)
    opened = vault.unlock(folder, PASSPHRASE)
    try:
        return plain_pages(folder / vault.DATABASE, bytes(opened.key("db")))
    finally:
        opened.close()


def _every_value(door: LocalDoorway, profile: str) -> str:
    """Every value of every table, index tables included, unpacked where it is packed."""
    opened = vault.unlock(_folder(door, profile), PASSPHRASE)
    engine = open_engine(opened.folder / vault.DATABASE, opened.key("db"))
    found: list[str] = []
    try:
        with engine.connect().execution_options(ro=True) as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            for name in names:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
                found += [_unpacked(value) for row in rows for value in row]
    finally:
        close_engine(engine)
        opened.close()
    return "\n".join(found)


def _unpacked(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return unpacked(value).decode(errors="replace")
    except (ValueError, zlib.error):
        return value.decode(errors="replace")


def _folder(door: LocalDoorway, profile: str) -> Path:
    return profiles.find(door.root, profile).folder
