"""What a person sees of a disk that refuses or lags, and of tables that are not what was written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtWidgets import QApplication

from spie_desk.app.appearance import AppearanceFile
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.start import Stage
from spie_desk.app.window import Session
from spie_desk.domain.drafts import Draft
from spie_desk.domain.records.person import Person
from spie_desk.services import people, work
from spie_desk.services.desk import Desk
from spie_desk.store.open import EncryptedStore
from spie_desk.store.profiles import find
from spie_desk.store.vault import DATABASE
from spie_desk.ui.theme import Theme
from tests.examples import an_id
from tests.faults.disks import linux_only, nothing_more_written
from tests.faults.test_damage import flip
from tests.stores import PASSPHRASE
from tests.ui.conftest import theming  # noqa: F401 — a fixture
from tests.ui.drivers import nameless, turn, wait_until, words_on
from tests.ui.fronts import FrontDriver, real_profile

TYPED = Draft(id=an_id("typed"), form="note", kind="note", values={"text": "Elle a trouvé un logement."})


@dataclass
class Lagging:
    """A disk that takes its time at one point, until it is let go."""

    point: str = ""
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, point: str) -> None:
        if self.point and point == self.point:
            self.go.wait(20)


@dataclass
class Desktop:
    driver: FrontDriver
    disk: Lagging

    @property
    def session(self) -> Session:
        assert self.driver.front.session is not None
        return self.driver.front.session

    def keep(self) -> None:
        def deed(desk: Desk) -> None:
            work.keep(desk, TYPED)

        self.session.tasks.do(deed)

    def said(self) -> list[str]:
        return [self.session.window.notices.bar.text(), *words_on(self.session.window)]

    def says(self, text: str) -> None:
        wait_until(lambda: any(text in one for one in self.said()), f"{text!r} in {self.said()[:3]}")

    def settled(self) -> None:
        wait_until(self.session.tasks.quiet, "quiet threads")
        turn()


@pytest.fixture
def desktop(theming: Theme, qapp: QApplication, door: LocalDoorway) -> Iterator[Desktop]:  # noqa: F811
    theming.apply("light", 100)
    disk = Lagging()
    driver = FrontDriver(Stage(qapp, theming, AppearanceFile(door.state)), replace(door, at=disk))
    real_profile(driver.door)
    yield Desktop(driver.come().unlock().inside(), disk)
    disk.go.set()
    driver.front.finish()
    if (session := driver.front.session) is not None:
        session.window.deleteLater()
        session.deleteLater()
    turn()


@linux_only
def test_a_disk_that_refuses_is_said_keeps_the_text_holds_the_lock_and_takes_it_back(desktop: Desktop) -> None:
    session = desktop.session
    with nothing_more_written():
        desktop.keep()
        desktop.settled()
        desktop.says("Rien n’est perdu à l’écran.")
        assert session.keeper.waiting() == 1
        session.disk.settle()
        desktop.settled()
        assert session.keeper.waiting() == 1
        session.lock()
        turn()
        assert desktop.driver.again == 0, "a lock would take the text along"
        assert not session.window.veil.isHidden()
        assert not session.window.close(), "held back once"
        assert not session.window.isHidden()
    assert TYPED.id in {one.id for one in work.drafts(session.desk)}
    session.disk.settle()
    desktop.settled()
    desktop.says("Le disque a repris\u00a0: 1 brouillon qui attendait est enregistré.")
    assert session.keeper.waiting() == 0
    session.lock()
    turn()
    assert desktop.driver.again == 1


def test_a_slow_disk_is_said_and_said_to_have_answered(desktop: Desktop) -> None:
    session = desktop.session
    desktop.settled()
    session.disk._slow.setInterval(40)
    desktop.disk.point = "draft: before commit"
    desktop.keep()
    desktop.says("Le disque répond lentement\u00a0: l’enregistrement continue. Votre texte est à l’écran")
    desktop.disk.go.set()
    desktop.says("Le disque a répondu\u00a0: ce qui attendait est enregistré.")
    assert TYPED.id in {one.id for one in work.drafts(session.desk)}


def test_too_little_room_is_said_before_it_lacks(desktop: Desktop) -> None:
    desktop.settled()
    assert (desktop.session.keeper.profile.folder / "ballast").stat().st_size == 32 << 20  # type: ignore[attr-defined]
    desktop.session.disk._judge(120 << 20)
    desktop.says("Il ne reste que 120 Mo sur ce poste.")


def test_tables_that_are_not_what_was_written_are_made_again_by_a_button(desktop: Desktop) -> None:
    session, driver = desktop.session, desktop.driver
    store = session.desk.store
    assert isinstance(store, EncryptedStore)
    with store.transactions.writing("spoiled") as connection:
        connection.exec_driver_sql("DELETE FROM rec_professional")
    session.window.navigator.go("settings", tab="about")
    driver.settle().click("Vérifier maintenant").settle().says("différence")
    driver.says("Vos écrits sont intacts")
    assert nameless(driver.window) == []
    driver.click("Refaire ce que montrent les écrans").settle().says("C’est refait")
    assert store.check() == []
    assert store.records.count("professional") == 1
    driver.click("Vérifier maintenant").settle().says("Tout est en ordre.")


def test_a_damaged_file_says_how_much_of_it_was_read_and_gives_it_back(
    theming: Theme, qapp: QApplication, door: LocalDoorway  # noqa: F811
) -> None:
    profile = real_profile(door)
    opened = door.unlock(profile, PASSPHRASE)
    opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    people.create(opened.desk, Person(id=an_id("since"), last_name="Depuis"))
    store = opened.desk.store
    assert isinstance(store, EncryptedStore)
    with store.transactions.reading() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name='setting'").scalar_one()
    opened.keeper.changed = False  # type: ignore[attr-defined]
    opened.keeper.close()
    flip(find(door.root, profile).folder / DATABASE, (page - 1) * 4096 + 100)
    driver = FrontDriver(Stage(qapp, theming, AppearanceFile(door.state)), door).come().unlock()
    try:
        driver.says("Votre phrase de passe est juste, mais le fichier est abîmé.")
        driver.click("Voir ce qui pourrait manquer").says("ont pu être relus dans le fichier abîmé.")
        driver.says("écrits que la copie n’a pas")
        assert nameless(driver.window) == []
        driver.click("Reprendre cette copie et ce qui a été relu").inside()
        assert driver.front.session is not None
        assert driver.front.session.desk.store.records.get("person", an_id("since")) is not None
    finally:
        driver.front.finish()
        if (session := driver.front.session) is not None:
            session.window.deleteLater()
            session.deleteLater()
        turn()
