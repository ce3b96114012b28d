"""A walk-in morning: eight people, an interview, the veil, the day's code, a sheet to photograph, a draft left."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage, stage
from spie_desk.app.window import Session
from spie_desk.domain.drafts import Draft
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.services import basket, people, work
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.store import profiles, vault
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.pages.note import NotePage
from spie_desk.ui.pages.work import WorkPage
from spie_desk.ui.panels.large_view import LargeView
from spie_desk.ui.printing.large import LargeSheet
from spie_desk.ui.shell.veil import Asks
from tests.clock import PARIS_IN_WINTER, FakeClock
from tests.journeys.laptop import SCREEN, Keyboard
from tests.journeys.pages_of import plain_pages
from tests.stores import PASSPHRASE
from tests.ui.drivers import nameless, press, turn, types, wait_until, words_on

MORNING = datetime(2026, 12, 9, 9, 0, tzinfo=PARIS_IN_WINTER)
CODE, WRONG = "240613", "000111"
MET = (
    ("Amina", "Belkacem", "zygene"), ("Bruno", "Castel", "xylocope"), ("Chantal", "Duvivier", "quetsche"),
    ("Driss", "El Amrani", "jujubier"), ("Élodie", "Ferrand", "wapitis"), ("Fatou", "Gueye", "zinnia"),
    ("Gilles", "Hamon", "kaolin"), ("Hawa", "Ibrahim", "yttrium"),
)  # fmt: skip
"""Each is written about with a word that stands nowhere else: what is searched for on the disk afterwards."""
BEGUN = "zorille"
LEFT = 4


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stage(tmp_path_factory.mktemp("state"))


@pytest.fixture(autouse=True)
def still_caret(qapp: QApplication) -> Iterator[None]:
    """Two pictures differ by what is on them, not by a blink."""
    was = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(was)


@dataclass
class Day:
    """The laptop, its clock and the person at its keyboard; ``rest`` is the time since a key was touched."""

    door: LocalDoorway
    profile: str
    clock: FakeClock
    stage: Stage
    qtbot: QtBot
    met: list[bytes]
    seconds: list[float] = field(default_factory=lambda: [0.0])
    locked: list[str] = field(default_factory=list)

    @contextmanager
    def at_work(self) -> Iterator[tuple[Keyboard, Session]]:
        opened = self.door.unlock(self.profile, PASSPHRASE)
        session = Session(opened, self.stage, self.door, seconds=lambda: self.seconds[0])
        session.ended.connect(self.locked.append)
        with self.qtbot.waitActive(session.window):
            session.show()
        session.window.resize(*SCREEN)
        driver = Keyboard(session)
        driver.settle()
        try:
            yield driver, session
        finally:
            session.finish()
            session.window.deleteLater()
            session.deleteLater()
            turn()

    def pass_by(self, session: Session, minutes: int) -> None:
        """Minutes without a key, looked at one by one, as the timer does."""
        for _minute in range(minutes):
            self.clock.move(minutes=1)
            self.seconds[0] += 60
            session.idle.look()
            turn()


@pytest.fixture
def day(door: LocalDoorway, clock: FakeClock, shown: Stage, qtbot: QtBot) -> Day:
    clock.set(MORNING - timedelta(days=1))
    me, structure = founders(example_people())
    opened = door.create(NewProfile(label="Accueil", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure))
    kit = opened.keeper.make_kit()
    opened.keeper.confirm_kit(kit, *(kit.groups[at] for at in kit.asked))
    met = [_person(opened.desk, first, last) for first, last, _word in MET]
    found = opened.keeper.card.id
    opened.keeper.close()
    clock.set(MORNING)
    return Day(door, found, clock, shown, qtbot, met)


def _person(desk: Desk, first: str, last: str) -> bytes:
    person = Person(id=desk.chance.id(), first_name=first, last_name=last, born_on=date(1988, 5, 14), town="Vimoutiers")
    people.create(desk, person)
    return person.id


def _open_note(driver: Keyboard, who: int) -> NotePage:
    first, last, _word = MET[who]
    driver.go_to(f"{first} {last}").on("file").press("Ctrl+N")
    wait_until(lambda: isinstance(driver.page, NotePage) and driver.page._opening is not None, "the editor")
    driver.settle()
    page = driver.page
    assert isinstance(page, NotePage)
    wait_until(page._sheet.text.text.hasFocus, "the caret in the text")
    return page


def _choose_code(driver: Keyboard) -> None:
    driver.press("Ctrl+L")
    for _choice in ("chosen", "again", "typed"):
        _enter(CODE)
    assert driver.window.veil.isHidden()


def _enter(text: str) -> None:
    types(text)
    press("Return")


def _spoken(interface: QAccessibleInterface | None) -> list[str]:
    """Everything a screen reader can reach: names, values, texts; what is hidden is not reached."""
    if interface is None or interface.state().invisible:
        return []
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    found = [interface.text(kind) for kind in kinds]
    if (text := interface.textInterface()) is not None:
        found.append(text.text(0, text.characterCount()))
    for at in range(interface.childCount()):
        found += _spoken(interface.child(at))
    return [text for text in found if text]


def _read_out(driver: Keyboard) -> str:
    return "\n".join(_spoken(QAccessible.queryAccessibleInterface(driver.window)))


def _seen(driver: Keyboard) -> QImage:
    turn(20)
    return driver.window.grab().toImage()


# The interview


def test_a_long_interview_without_a_key_never_closes_the_note_and_the_day_code_brings_back_the_caret(day: Day) -> None:
    typed = "Elle raconte. Il faut écouter."
    with day.at_work() as (driver, session):
        _choose_code(driver)
        page = _open_note(driver, 0)
        types(typed)
        page._sheet.text.put_caret(13)
        driver.settle()
        day.pass_by(session, 25)
        driver.settle()
        assert not driver.window.veil.isHidden(), "the veil falls meanwhile"
        assert driver.window.navigator.route() == "note"
        assert [work.prose(one) for one in work.drafts(session.desk)] == [typed], "the draft is on the disk"
        day.pass_by(session, 60)
        assert day.locked == [], "closed over an interview"
        driver.settle()
        begun = time.perf_counter()
        _enter(CODE)
        assert time.perf_counter() - begun < 1
        assert driver.window.veil.isHidden()
        assert driver.page is page
        assert page._sheet.text.caret() == 13
        types(" Ici.")
        assert page._sheet.text.markdown() == "Elle raconte. Ici. Il faut écouter."


# The veil


def test_under_the_veil_nothing_of_any_page_is_seen_nor_read_out(day: Day) -> None:
    with day.at_work() as (driver, _session):
        _choose_code(driver)
        _open_note(driver, 0)
        types(f"Vue ce matin, {MET[0][2]}.")
        driver.settle()
        note, told = _seen(driver), _read_out(driver)
        assert MET[0][2] in told
        assert "Belkacem" in told
        driver.press("Ctrl+L")
        over_note, veiled = _seen(driver), _read_out(driver)
        assert "Code du jour" in veiled
        assert not [word for word in (MET[0][2], "Belkacem", "1988", "Vimoutiers") if word in veiled]
        _enter(CODE)
        driver.press("F8")
        urgence = _seen(driver)
        driver.press("Ctrl+L")
        over_urgence = _seen(driver)
    assert note != urgence
    assert over_note not in (note, urgence)
    assert over_note == over_urgence, "the veil is the same picture whatever lies under it"


def test_her_sheet_shows_large_and_the_veil_hides_it_too(day: Day) -> None:
    with day.at_work() as (driver, _session):
        _choose_code(driver)
        driver.go_to("Bruno Castel")
        wait_until(lambda: isinstance(driver.page, FilePage), "the file")
        driver.settle().shows("Castel")
        driver.press("Ctrl+Shift+F")
        wait_until(lambda: driver.window.findChild(LargeView) is not None, "the sheet")
        sheet = driver.window.findChild(LargeView)
        assert sheet is not None
        assert sheet.geometry() == driver.window.rect(), "the whole window"
        text = driver.find("Fiche en grand")
        assert "Bruno Castel" in text.toPlainText()  # type: ignore[attr-defined]
        assert "Castel" in _read_out(driver)
        assert nameless(sheet) == []
        driver.window.veil.fall()
        turn(20)
        assert "Castel" not in _read_out(driver)
        _enter(CODE)
        assert sheet.isVisible()
        text.setFocus()
        driver.press("Escape")
        wait_until(lambda: driver.window.findChild(LargeView) is None, "her sheet closed")
        assert "Fiche en grand" not in words_on(driver.window)


def test_five_wrong_codes_ask_for_the_passphrase(day: Day) -> None:
    with day.at_work() as (driver, session):
        _choose_code(driver)
        driver.press("Ctrl+L")
        for _slip in range(4):
            _enter(WRONG)
            assert day.locked == []
        _enter(WRONG)
        assert day.locked == ["locked"], "fully: the next opening is at the first screen, by the passphrase"
        assert not driver.window.isVisible()
        session.finish()
        assert session.tasks.desk is None
    with day.at_work() as (driver, session):
        assert not session.code.ready(), "the code of the day went with the lock"
        driver.window.veil.fall(by_hand=False)
        assert driver.window.veil.asks() is Asks.PASSPHRASE


# Without a printer


def test_two_slips_wait_encrypted_and_one_is_shown_large(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    places = {0: "hippodrome", 1: "zoologie"}
    with day.at_work() as (driver, session):
        for who, place in places.items():
            _give_an_appointment(driver, who, place)
        driver.press("Ctrl+3").press("Right").shows("hippodrome")
        for first, last, _word in MET[:2]:
            _choose(driver, f"{first} {last}")
            driver.press("Ctrl+Shift+P")
            driver.dialog()
            driver.push("Mettre dans «\u00a0À imprimer\u00a0»")
            driver.window.activateWindow()
            driver.settle().tells("Mis dans «\u00a0À imprimer\u00a0»")
        driver.press("Ctrl+8").shows("2 documents attendent").shows("Amina Belkacem").shows("Bruno Castel")
        driver.press("Return")
        wait_until(lambda: driver.window.findChild(LargeView) is not None, "large")
        large = driver.window.findChild(LargeView)
        assert large is not None
        assert "hippodrome" in "\n".join(one.toPlainText() for one in large.findChildren(LargeSheet))
        driver.press("Esc")
        wait_until(lambda: driver.window.findChild(LargeView) is None, "closed")
        assert _in_clear_on_disk(tmp_path, list(places.values())) == []
        assert len(basket.waiting(session.desk)) == 2
    assert _in_clear_on_disk(tmp_path, list(places.values())) == []
    assert all(place.encode() in _decrypted(day) for place in places.values()), "the search itself finds nothing"


def _give_an_appointment(driver: Keyboard, who: int, place: str) -> None:
    first, last, _word = MET[who]
    driver.go_to(f"{first} {last}").on("file").press("Ctrl+Shift+R")
    driver.fill("on", "demain").fill("at", f"{9 + who}:30").fill("place", place)
    driver.press("Ctrl+Return").settle()
    wait_until(lambda: driver.page.body.over is None, "the appointment saved")


def _choose(driver: Keyboard, name: str) -> None:
    """Down the day until that appointment is the current one."""
    for _step in range(3):
        found = driver.page._week.current()
        if found is not None and found.person_name == name:
            return
        driver.press("Down")
    raise AssertionError(name)


# The whole morning


def test_eight_notes_seven_signed_and_the_draft_left_is_first_the_next_day(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    caplog.set_level(logging.DEBUG)
    words = [*(word for _first, _last, word in MET), BEGUN]
    with day.at_work() as (driver, session):
        _choose_code(driver)
        _begin_an_older_draft(session.desk, day.clock)
        _write_eight(driver, day)
        _end_the_day(driver)
        assert _signed(session.desk) == 7
        driver.press("Ctrl+L")
        _enter(CODE)
        assert _in_clear_on_disk(tmp_path, words) == []
    assert _in_clear_on_disk(tmp_path, words) == []
    assert not [word for word in words if word in caplog.text]
    assert all(word.encode() in _decrypted(day) for word in (MET[0][2], BEGUN)), "the search itself finds nothing"
    day.clock.move(days=1)
    with day.at_work() as (driver, session):
        driver.press("Ctrl+5")
        assert isinstance(driver.page, WorkPage)
        first, older = driver.shows("Élodie Ferrand").page._open.spoken()
        assert "Élodie Ferrand" in first and MET[LEFT][2] in first  # noqa: PT018 — one line of the list
        assert BEGUN in older
        driver.page._open.setFocus()
        driver.press("Return")
        wait_until(lambda: isinstance(driver.page, NotePage) and driver.page._opening is not None, "the editor")
        driver.settle().press("Ctrl+Return").tells("Note signée.")
        assert _signed(session.desk) == 8


def _write_eight(driver: Keyboard, day: Day) -> None:
    """One after another, each left with Escape: nobody signs while someone waits."""
    for who, (_first, _last, word) in enumerate(MET):
        day.clock.move(minutes=20)
        _open_note(driver, who)
        types(f"Passage à l’accueil, {word}, papiers vus ensemble.")
        driver.press("Escape")
        wait_until(lambda: not isinstance(driver.page, NotePage), "the note left")
        driver.settle()


def _end_the_day(driver: Keyboard) -> None:
    """« Fin de journée »: seven signed in the order of the day, one key each; the fifth is passed over."""
    driver.press("Ctrl+J").shows("8 notes à signer")
    for number, (first, last, word) in enumerate(MET):
        driver.shows(f"{first} {last}, 1988, Vimoutiers")
        assert word in driver.find("sign-text").said()  # type: ignore[attr-defined]
        driver.press("Down" if number == LEFT else "Ctrl+Return")
    driver.tells("Note signée").shows("1 note à signer")
    assert MET[LEFT][2] in driver.find("sign-text").said()  # type: ignore[attr-defined]


def _begin_an_older_draft(desk: Desk, clock: FakeClock) -> None:
    begun = Draft(id=desk.chance.id(), form="person-new", kind="person", values={"last_name": BEGUN})
    work.keep(desk, begun)
    clock.move(minutes=1)


def _signed(desk: Desk) -> int:
    return len([one for one in desk.store.records.find("note", {}) if one.record.digest])


def _in_clear_on_disk(folder: Path, words: list[str]) -> list[str]:
    """Which words stand readable in a file of the profile, state and temporary folders, or in its name."""
    codes = [(word, code) for word in words for code in (word.encode(), word.encode("utf-16-le"))]
    found = []
    for path in folder.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        found += [f"{path}: {word}" for word, code in codes if code in held or word in path.name]
    return found


def _decrypted(day: Day) -> bytes:
    folder = profiles.find(day.door.root, day.profile).folder
    opened = vault.unlock(folder, PASSPHRASE)
    try:
        return plain_pages(folder / vault.DATABASE, bytes(opened.key("db")))
    finally:
        opened.close()
