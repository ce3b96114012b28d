"""Someone who only listens opens the application, finds a person, writes a note and signs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from spie_desk.app.commands.opening import doorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.services import casefile, people
from spie_desk.services.doorway import NewProfile
from spie_desk.store.vault import FLOOR
from tests.accessibility.blind_user import lacking, session
from tests.stores import PASSPHRASE

WORDS = "Elle a fini sa formation vendredi"


@pytest.fixture(autouse=True)
def _tools() -> None:
    """Without what a screen reader needs, the test is skipped with its reason; a build server has no excuse."""
    if missing := lacking():
        reason = f"a screen reader's session needs: {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.mark.timeout(180)
def test_a_note_is_written_and_signed_by_ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    door = doorway(cost=FLOOR)
    me, structure = founders(example_people())
    made = door.create(NewProfile(label="Première", colour="teal", passphrase=PASSPHRASE, me=me,
                                  structure=structure, training=True, people=8))  # fmt: skip
    person = Person(id=made.desk.chance.id(), first_name="Zoé", last_name="Kervella", birth_year=1987)
    people.create(made.desk, person)
    profile = made.keeper.card.id
    made.keeper.close()

    with session(tmp_path, [sys.executable, "-m", "spie_desk.app.main", "open"]) as user:
        user.hears("Phrase de passe de Première")
        user.types(PASSPHRASE)
        user.press("Return")
        user.hears("En retard")  # the first list of « Aujourd’hui » says its name when the keys land there
        user.hears("Chercher une personne", after="ctrl+k")
        user.types("kervella")
        user.hears("Zoé Kervella", after="Down")
        user.hears("Zoé Kervella", after="Return")  # the file opens, and says whose it is
        user.tabs_to("Nouvelle note")
        user.hears("Texte de la note", after="Return")
        user.types(WORDS)
        user.hears("Note signée", after="ctrl+Return")
        user.tabs_to(WORDS)  # back in the file, its card is read whole

    again = door.unlock(profile, PASSPHRASE)
    written = casefile.open_file(again.desk, person.id)
    again.keeper.close()
    assert written is not None
    assert [entry.shown.record.text for entry in written.timeline if entry.shown.kind == "note"] == [WORDS]
