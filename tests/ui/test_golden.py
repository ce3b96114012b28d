"""What eight screens look like, in every theme and at twice the size, against pictures that someone has looked at.

``python3 dev.py test tests/ui/test_golden.py --golden`` makes the pictures afresh: open them before they are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from spie_desk.app.appearance import AppearanceFile
from spie_desk.app.doorway import LocalDoorway
from spie_desk.app.front import Front, furnished
from spie_desk.app.shipped_lists import example_people
from spie_desk.app.start import Stage
from spie_desk.app.tour.hands import click
from spie_desk.app.window import Session
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.people_maker import founders
from spie_desk.services import clashes, people, reviews
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.services.ports import Deed
from spie_desk.store import backups, vault
from spie_desk.store.profiles import Profile
from spie_desk.texts import _
from spie_desk.ui.pages.import_people import TRIAL, ImportPage
from spie_desk.ui.theme import Theme
from spie_sync.change import Change
from tests.ui.drivers import turn, wait_until

SCREEN = (1366, 768)
GOLDEN = Path(__file__).parents[1] / "golden" / "pictures"
LOOKS = {"light": ("light", 100), "dark": ("dark", 100), "contrast": ("high-contrast", 100), "twice": ("light", 200)}
EXAMPLE = Path(__file__).parents[2] / "resources" / "examples" / "import_beneficiaires.csv"
PHRASE = "un essai"
FURTHER, SHARE = 16, 0.005
"""A pixel differs when a channel is further away than this; a picture, when more than this share of it does."""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fonts are drawn otherwise there")


@pytest.fixture
def session(door: LocalDoorway, qapp: QApplication, theming: Theme, tmp_path: Path) -> Iterator[Session]:
    blink, still = qapp.cursorFlashTime(), 0
    qapp.setCursorFlashTime(still)
    me, structure = founders(example_people())
    opened = door.create(NewProfile(label="Essai", colour="teal", passphrase=PHRASE, me=me, structure=structure,
                                    training=True, people=24))  # fmt: skip
    _write_apart(door, opened.desk, opened.keeper)
    session = Session(opened, Stage(qapp, theming, AppearanceFile(tmp_path / "state")), door)
    session.show()
    yield session
    qapp.setCursorFlashTime(blink)
    session.finish()
    session.window.deleteLater()
    turn()


@pytest.mark.parametrize("look", LOOKS)
def test_the_screens_look_as_they_were_kept(
    session: Session, theming: Theme, look: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    theming.apply(*LOOKS[look])
    session.window.resize(*SCREEN)
    session.window.activateWindow()
    person = people.rows(session.desk, PersonFilter(referent=session.desk.me.id))[0].id
    review = reviews.list_all(session.desk)[0].record.id
    walks: dict[str, Callable[[], None]] = {
        "aujourdhui": lambda: _go(session, "today"),
        "dossier": lambda: _go(session, "file", person=person),
        "note": lambda: _go(session, "note", person=person),
        "import": lambda: _try_import(session),
        "revue": lambda: _go(session, "review", review=review),
        "departager": lambda: _go(session, "clashes"),
        "reglages": lambda: _go(session, "settings"),
    }
    wrong = []
    for name, walk in walks.items():
        walk()
        wrong += _compared(session.window, f"{name}-{look}", tmp_path, request)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("look", LOOKS)
def test_the_unlock_window_looks_as_it_was_kept(
    door: LocalDoorway, qapp: QApplication, theming: Theme, look: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    me, structure = founders(example_people())
    for label, colour in (("Accueil", "teal"), ("Équipe mobile", "blue")):
        door.create(NewProfile(label=label, colour=colour, passphrase="sept mots pour ouvrir ce profil fictif", me=me,
                               structure=structure)).keeper.close()  # fmt: skip
    front = Front(Stage(qapp, theming, AppearanceFile(tmp_path / "state")), door, lambda: None, lambda: None, furnished)
    front.come(door.profiles()[0].id)
    assert front.entry is not None
    theming.apply(*LOOKS[look])
    front.entry.resize(*SCREEN)
    wrong = _compared(front.entry, f"ouverture-{look}", tmp_path, request)
    front.finish()
    assert not wrong, "\n".join(wrong)


def _go(session: Session, route: str, **arguments: object) -> None:
    session.window.navigator.go(route, **arguments)
    wait_until(session.tasks.quiet, f"{route} settled")


def _try_import(session: Session) -> None:
    _go(session, "import")
    page = session.window.navigator.page()
    assert isinstance(page, ImportPage)
    page.take(EXAMPLE)
    wait_until(session.tasks.quiet, "the file read")
    click(page, _("Essayer à blanc"))
    wait_until(lambda: page.step() == TRIAL, "the trial")
    wait_until(session.tasks.quiet, "the trial settled")


def _write_apart(door: LocalDoorway, desk: Desk, keeper: object) -> None:
    """A copy taken up elsewhere and this desk give two answers to one question."""
    person = people.rows(desk, PersonFilter(referent=desk.me.id))[0].id
    keeper.back_up(lambda _done, _total: None, lambda: False)  # type: ignore[attr-defined]
    profile: Profile = keeper.profile  # type: ignore[attr-defined]
    copy = backups.list_backups(profile.folder)[0]
    root = door.root.parent / "copie"
    apart = replace(door, root=root).restore_copy(
        Profile("", root, "Copie", profile.colour),
        copy,
        lambda at: vault.unlock(at, PHRASE),
        lambda _done, _total: None,
    )
    changes = _rename(apart.desk, person, "nouvelle.adresse@example.org")
    apart.keeper.close()
    _rename(desk, person, "autre.adresse@example.org")
    desk.store.receive(changes)
    assert clashes.waiting(desk)


def _rename(desk: Desk, person: bytes, email: str) -> list[Change]:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    with desk.store.unit(Deed("typed")) as unit:
        unit.put("person", replace(shown.record, email=email), shown=shown)
        deed = unit.deed
    return desk.store.records.deed(deed)


def _compared(window: QWidget, name: str, folder: Path, request: pytest.FixtureRequest) -> list[str]:
    """What is wrong with the picture on screen, in words; the picture and the difference lie in the folder."""
    kept_at = GOLDEN / f"{name}.png"
    if request.config.getoption("--golden"):
        kept_at.parent.mkdir(parents=True, exist_ok=True)
        turn(300)
        _to_the_top(window)
        assert window.grab().save(str(kept_at))
        return []
    assert kept_at.exists(), f"no picture is kept of {name}: --golden makes it"
    kept = QImage(str(kept_at))
    share = 1.0
    for _turn in range(12):  # layouts settle late
        turn(60)
        _to_the_top(window)
        seen = window.grab().toImage()
        share = _differing(kept, seen)
        if share <= SHARE:
            return []
    seen.save(str(folder / f"{name}.png"))
    return [f"{name}: {share:.1%} of the picture differs; now: {folder / name}.png, kept: {kept_at}"]


def _to_the_top(window: QWidget) -> None:
    """Where a page scrolls to depends on when its focus came; what it shows does not."""
    for area in window.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)


def _differing(kept: QImage, seen: QImage) -> float:
    """The share of pixels with a channel further apart than ``FURTHER``; all of them when the sizes differ."""
    if kept.size() != seen.size():
        return 1.0
    images = [image.convertToFormat(QImage.Format.Format_RGB888) for image in (kept, seen)]
    one, other = (bytes(image.constBits()) for image in images)
    if one == other:
        return 0.0
    apart = bytes(abs(a - b) > FURTHER for a, b in zip(one, other, strict=True))
    stride, wide = images[0].bytesPerLine(), kept.width() * 3
    rows = (apart[at : at + wide] for at in range(0, len(apart), stride))
    count = sum(any(row[at : at + 3]) for row in rows if any(row) for at in range(0, wide, 3))
    return count / (kept.width() * kept.height())


def test_a_changed_picture_is_seen() -> None:
    kept = QImage(200, 100, QImage.Format.Format_RGB32)
    kept.fill(QColor("#ffffff"))
    seen = kept.copy()
    assert _differing(kept, seen) == 0.0
    for x in range(200):
        seen.setPixelColor(x, 0, QColor("#ff0000" if x % 2 else "#fafafa"))
    assert _differing(kept, seen) == pytest.approx(100 / 20_000)
