"""A file found damaged after an unclean end is said on the open window, with the way to the copies."""

from __future__ import annotations

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.start import stage
from spie_desk.app.window import Session
from spie_desk.store.vault import DATABASE
from tests.stores import PASSPHRASE
from tests.ui.drivers import turn, wait_until, words_on
from tests.ui.fronts import real_profile


def test_a_damaged_page_is_told_and_leads_to_the_copies(door: LocalDoorway, qapp: object) -> None:
    opened = door.unlock(real_profile(door), PASSPHRASE)
    keeper = opened.keeper
    assert isinstance(keeper, ProfileKeeper)
    keeper.crashed = True
    with (keeper.profile.folder / DATABASE).open("r+b") as file:
        file.seek(3 * 4096 + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    session = Session(opened, stage(door.state), door)
    session.show()
    wait_until(lambda: any("abîmé par endroits" in text for text in words_on(session.window)), "the damage told")
    keeper.changed = False
    session.finish()
    session.window.deleteLater()
    turn()
