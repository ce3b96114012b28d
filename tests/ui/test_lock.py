"""Veil and full lock by keyboard, on a real profile: the day's code, five errors, idle time, and what reopens."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QTextEdit

from spie_desk.app.doorway import LocalDoorway
from spie_desk.services import work
from spie_desk.ui.shell.veil import Asks, Veil
from tests.clock import FakeClock
from tests.stores import PASSPHRASE
from tests.ui.drivers import press, turn, types, wait_until
from tests.ui.fronts import FrontDriver, front, real_profile  # noqa: F401 — a fixture

CODE = "240613"


@pytest.fixture
def inside(front: FrontDriver, door: LocalDoorway) -> FrontDriver:  # noqa: F811
    real_profile(door)
    return front.come().unlock().inside()


def veil(inside: FrontDriver) -> Veil:
    found = inside.window.findChild(Veil)
    assert found is not None
    return found


def choose_code(inside: FrontDriver) -> None:
    press("Ctrl+L", inside.window)
    for _twice in range(2):
        types(CODE)
        press("Return")


def enter(text: str) -> None:
    types(text)
    press("Return")


def test_the_first_veil_of_the_day_chooses_the_code_and_the_code_lifts_it(inside: FrontDriver) -> None:
    press("Ctrl+L", inside.window)
    assert veil(inside).isVisible()
    inside.says("Choisissez un code de six chiffres pour aujourd’hui")
    enter("111111")
    inside.says("Il faut six chiffres, dont trois différents.")
    enter(CODE)
    inside.says("Tapez ce code une seconde fois.")
    enter("240614")
    inside.says("Les deux codes ne sont pas les mêmes.")
    enter(CODE)
    enter(CODE)
    inside.says("Écran masqué.").says("Votre saisie est enregistrée. Tapez votre code.")
    begun = time.perf_counter()
    enter(CODE)
    assert not veil(inside).isVisible()
    assert time.perf_counter() - begun < 1


def test_nothing_answers_under_the_veil(inside: FrontDriver) -> None:
    choose_code(inside)
    session = inside.front.session
    assert session is not None
    before = session.window.navigator.route()
    for keys in ("F8", "Ctrl+K", "Ctrl+Z", "Ctrl+,"):
        press(keys, inside.window)
    assert session.window.navigator.route() == before
    assert session.window.palette_box.isHidden()


def test_a_dialog_left_open_does_not_show_through(inside: FrontDriver) -> None:
    dialog = QDialog(inside.window)
    dialog.open()
    turn(20)
    session = inside.front.session
    assert session is not None
    session.window.veil.fall()
    assert not dialog.isVisible()
    inside.activate()
    for _thrice in range(3):
        enter(CODE)
    assert dialog.isVisible()
    dialog.close()


def test_the_clipboard_is_emptied(inside: FrontDriver) -> None:
    QApplication.clipboard().setText("Amina Belkacem")
    press("Ctrl+L", inside.window)
    assert QApplication.clipboard().text() == ""


def test_five_wrong_codes_lock_fully_and_a_fresh_process_is_asked_for(inside: FrontDriver) -> None:
    choose_code(inside)
    for left in (4, 3, 2, 1):
        enter("000111")
        inside.says(f"Encore {left} essai")
    enter("000111")
    assert inside.again == 1
    session = inside.front.session
    assert session is not None
    assert not session.window.isVisible()


def test_five_wrong_codes_over_an_open_note_ask_for_the_passphrase_and_keep_it(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("note")
    inside.settle()
    choose_code(inside)
    for _try in range(5):
        enter("000111")
    inside.says("Votre note reste ouverte")
    assert inside.again == 0
    enter("ce n’est pas elle")
    inside.settle().says("Phrase de passe incorrecte.")
    enter(PASSPHRASE)
    wait_until(lambda: not veil(inside).isVisible(), "the veil lifted")
    assert session.window.navigator.route() == "note"


def test_an_idle_veil_never_lets_a_passer_by_choose_the_code(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    session.window.veil.fall(by_hand=False)
    assert veil(inside).asks() is Asks.PASSPHRASE


def test_the_code_is_forgotten_at_midnight(inside: FrontDriver, clock: FakeClock) -> None:
    choose_code(inside)
    enter(CODE)
    clock.move(days=1)
    session = inside.front.session
    assert session is not None
    session.window.veil.fall(by_hand=False)
    assert veil(inside).asks() is Asks.PASSPHRASE


def test_a_veil_that_fell_before_midnight_counts_no_code_as_wrong_after(
    inside: FrontDriver, clock: FakeClock
) -> None:
    choose_code(inside)
    clock.move(days=1)
    enter(CODE)
    assert veil(inside).asks() is Asks.PASSPHRASE
    assert veil(inside)._left == 5


def test_idle_time_masks_then_locks_but_never_over_a_note(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    seconds = [0.0]
    real_profile(door)
    inside = front.come().unlock().inside()
    session = inside.front.session
    assert session is not None
    session.idle._seconds = lambda: seconds[0]
    session.idle.touch()
    session.window.navigator.go("note")
    inside.settle()
    seconds[0] = session.idle.minutes * 60 - 1
    session.idle.look()
    assert not veil(inside).isVisible()
    seconds[0] += 2
    session.idle.look()
    assert veil(inside).isVisible()
    seconds[0] += 8 * 3600
    session.idle.look()
    assert inside.again == 0, "a note is open"
    session.window.navigator.go("help")
    session.idle.look()
    assert inside.again == 1


def test_a_full_lock_keeps_what_was_typed_and_reopens_it(inside: FrontDriver, tmp_path: Path) -> None:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("note")
    inside.settle()
    page = session.window.navigator.page()
    assert page is not None
    editor = inside.find("text")
    editor.setFocus()
    types("Appelé la mairie pour le dossier de logement", QApplication.focusWidget())
    press("Ctrl+Shift+L", inside.window)
    assert inside.again == 1
    inside.front.finish()
    fresh = FrontDriver(inside.front.stage, inside.door)
    fresh.come().unlock().inside()
    again = fresh.front.session
    assert again is not None
    assert again.window.navigator.route() == "note"
    texts = fresh.window.findChildren(QTextEdit)
    wait_until(
        lambda: any("Appelé la mairie" in one.toPlainText() for one in texts if one.isVisible()), "what was typed"
    )
    assert len(work.drafts(again.desk)) == 1
    fresh.front.finish()


def test_after_a_full_lock_nothing_of_the_profile_is_usable(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    master = session.keeper.opened.master  # type: ignore[attr-defined]
    press("Ctrl+Shift+L", inside.window)
    inside.front.finish()
    assert bytes(master) == bytes(len(master))
    assert session.tasks.desk is None
    inside.door.unlock(session.keeper.card.id, PASSPHRASE).keeper.close()


def test_a_closing_profile_is_backed_up_when_something_changed(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    profile = session.keeper.card.id
    session.tasks.do(lambda desk: desk.store.settings.set("x", 1))
    session.keeper.changed = True  # type: ignore[attr-defined]
    inside.front.finish()
    assert len(inside.door.backups(profile)) == 1


def test_switching_profiles_takes_less_than_three_seconds_besides_typing(
    front: FrontDriver, door: LocalDoorway, record_property: object  # noqa: F811
) -> None:  # fmt: skip
    """One process here, with the cheapest key: the fresh process and the calibrated key are measured in bench/."""
    real_profile(door, "Première")
    real_profile(door, "Seconde")
    inside = front.come().unlock().inside()
    begun = time.perf_counter()
    press("Ctrl+Shift+L", inside.window)
    inside.front.finish()
    fresh = FrontDriver(inside.front.stage, door)
    fresh.come()
    typing = time.perf_counter()
    fresh.panel.first_focus().setFocus()
    types(PASSPHRASE)
    typing = time.perf_counter() - typing
    press("Return")
    fresh.inside()
    assert time.perf_counter() - begun - typing < 3
    fresh.front.finish()


def test_the_systems_own_lock_closes_even_over_a_note(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("note")
    inside.settle()
    system = inside.front._system
    system.sleeping(True)
    assert inside.again == 1
