"""« Journal des accès » by keyboard, on real profiles: shut without the kit, read with it, narrowed, told when cut."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.keeper import ProfileKeeper
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.accesses import AccessRegister
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.domain.vaults import KitTypoError, WrongKitError
from spie_desk.services import accesses, people
from spie_desk.services.doorway import NewProfile, Opened
from spie_desk.ui.panels.settings_accesses import warning
from spie_sync.kit import Kit
from tests.stores import PASSPHRASE
from tests.ui.drivers import nameless, press, turn, types, words_on
from tests.ui.fronts import FrontDriver, front  # noqa: F401 — a fixture


def profile(door: LocalDoorway) -> Opened:
    me, structure = founders(example_people())
    return door.create(NewProfile(label="Accueil", colour="blue", passphrase=PASSPHRASE, me=me, structure=structure,
                                  people=3))  # fmt: skip


def make_kit(opened: Opened) -> str:
    sheet = opened.keeper.make_kit()
    assert opened.keeper.confirm_kit(sheet, *(sheet.groups[at] for at in sheet.asked))
    return " ".join(sheet.groups)


@pytest.fixture
def code(door: LocalDoorway) -> str:
    """A profile with its kit and three lines: one before the kit was made."""
    opened = profile(door)
    rows = people.rows(opened.desk, PersonFilter())
    accesses.viewed(opened.desk, rows[0].id)
    made = make_kit(opened)
    accesses.revealed(opened.desk, rows[1].id, "Adresse")
    accesses.exported(opened.desk, "Personnes accompagnées", 3, "Réunion ou revue")
    opened.keeper.close()
    return made


def settings(front: FrontDriver) -> FrontDriver:  # noqa: F811
    front.come().unlock().inside()
    session = front.front.session
    assert session is not None
    session.window.navigator.go("settings", tab="accesses")
    return front.settle()


def test_the_kit_opens_it_and_one_person_narrows_it(front: FrontDriver, code: str) -> None:  # noqa: F811
    driver = settings(front).says("Il ne sert jamais à mesurer")
    assert nameless(driver.window) == []
    driver.silent("Réunion ou revue")
    driver.find("kit-code").setFocus()
    types(code.lower())
    press("Return")
    driver.says("Dossier ouvert").says("Donnée masquée affichée").says("Réunion ou revue").says("Journal consulté")
    assert not any(
        "manque" in one or "modifié" in one
        for one in words_on(driver.find("accesses").window())
        if "retirée" not in one
    )
    driver.find("register-person").setFocus()
    press("Down")
    driver.settle().silent("Réunion ou revue")
    assert nameless(driver.window) == []


def test_a_slip_is_told_by_its_group_and_opens_nothing(front: FrontDriver, code: str) -> None:  # noqa: F811
    driver = settings(front)
    driver.find("kit-code").setFocus()
    types("ZZZZZ" + code[5:] if not code.startswith("ZZZZZ") else "YYYYY" + code[5:])
    press("Return")
    driver.settle().says("recopié").silent("Dossier ouvert")


def test_without_a_kit_it_says_what_to_do(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    opened = profile(door)
    opened.keeper.postpone_kit()
    opened.keeper.close()
    settings(front).says("n’a pas encore de kit de secours")


def test_reading_is_a_line_and_another_kit_reads_nothing(door: LocalDoorway) -> None:
    opened = profile(door)
    code = make_kit(opened)
    assert [line.deed for line in opened.keeper.read_accesses(code).lines] == ["read"]
    assert [line.deed for line in opened.keeper.read_accesses(code).lines] == ["read", "read"]
    with pytest.raises(WrongKitError):
        opened.keeper.read_accesses(Kit(bytes(20)).text)
    with pytest.raises(KitTypoError):
        opened.keeper.read_accesses(code[:-1] + ("0" if code[-1] != "0" else "1"))
    opened.keeper.close()


def test_a_line_cut_out_is_told_in_words(door: LocalDoorway) -> None:
    opened = profile(door)
    code = make_kit(opened)
    for row in people.rows(opened.desk, PersonFilter()):
        accesses.viewed(opened.desk, row.id)
    assert isinstance(opened.keeper, ProfileKeeper)
    with opened.keeper.engine.begin() as connection:
        connection.execute(text("DELETE FROM access WHERE n = 2"))
    found = opened.keeper.read_accesses(code)
    assert warning(found) == "1 ligne manque à ce journal sans avoir douze mois."
    assert "ligne 7" in warning(AccessRegister((), altered_from=7))
    opened.keeper.close()
    turn()
