"""Any list of any page goes to the export with as many rows as it shows; what stays here says so itself."""

from __future__ import annotations

from datetime import timedelta

from spie_desk.app.window import Session
from spie_desk.domain.drafts import Draft
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.relay import Relay
from spie_desk.services import appointments, basket, paper, people, quick, records, relays, rounds, sheets, work
from spie_desk.services.desk import Desk
from spie_desk.texts import _
from spie_desk.ui.page import Page
from spie_desk.ui.pages.export import ExportPage
from spie_desk.ui.widgets.list_view import ListView
from tests.faults.places import of_a_stranger, the
from tests.ui.drivers import press, wait_until
from tests.ui.test_every_page import ROUTES, arguments, session  # noqa: F401 — a fixture

FILE_TABS = ("situation", "a-faire", "autour", "historique")
SETTINGS_TABS = ("team", "writing", "letters", "backups")
ASIDE = {"export", "calendar-out", "import", "benefit-flow", "person-new", "copy", "concern", "urgence"}
"""Pages that hold no list of their own before something is chosen there."""

LEAVE = {
    "Personnes accompagnées", "Revues", "Situations", "Structures", "Professionnels", "Relais", "Maraudes",
    "Saisies en cours", "À rattacher", "À départager", "Documents à imprimer", "Suivis papier", "À faire",
}  # fmt: skip


def _a_full_desk(desk: Desk) -> None:
    """One row at least in what a new profile leaves empty."""
    today = desk.clock.now().date()
    karim = Professional(id=desk.chance.id(), first_name="Karim", last_name="Haddad", structure=desk.structure.id)
    records.save(desk, "professional", karim)
    relays.save(desk, Relay(id=desk.chance.id(), absent=karim.id, cover=desk.me.id, starts_on=today,
                            ends_on=today + timedelta(days=2)))  # fmt: skip
    rounds.start(desk, rounds.blank(desk, "Gare"))
    quick.note_quickly(desk, "Un homme avec son chien, près du kiosque")
    work.keep(desk, Draft(id=desk.chance.id(), form="note", kind="note", values={"text": "Commencée ce matin."}))
    paper.begin(desk)
    sheet = sheets.of_appointment(desk, appointments.week(desk, today, mine=True)[0].shown.record.id)
    assert sheet is not None
    basket.put(desk, sheet)
    person = the(desk, "person", people.rows(desk, PersonFilter(referent=desk.me.id))[0].id)
    desk.store.receive([of_a_stranger(desk, person, "Lili", 2), of_a_stranger(desk, person, "Zaza", 3)])


def test_every_list_on_screen_goes_to_the_export(session: Session) -> None:  # noqa: F811 — a fixture
    _a_full_desk(session.desk)
    given = arguments(session.desk)
    stops = [(route, given.get(route, {})) for route in ROUTES if route not in ASIDE]
    stops += [("file", {**given["file"], "tab": tab}) for tab in FILE_TABS]
    stops += [("settings", {"tab": tab}) for tab in SETTINGS_TABS]
    left: set[str] = set()
    wrong: list[str] = []
    for route, more in stops:
        for at in range(len(_lists(_at(session, route, more)))):
            found = _lists(_at(session, route, more))[at]
            found.table().setFocus()
            name, shown = found._spec.name, len(found.rows())
            press("Ctrl+Shift+E", session.window)
            wait_until(session.tasks.quiet, f"{name} read")
            page = session.window.navigator.page()
            if not isinstance(page, ExportPage):
                wrong.append(f"{route}: {name} goes nowhere")
                continue
            grid = page._ready.grid
            if len(grid.rows) < shown or not all(grid.columns) or len(set(grid.columns)) < len(grid.columns):
                wrong.append(f"{route}: {name} leaves {len(grid.rows)} rows of {shown} under {grid.columns}")
            left.add(_(page._wish.title))
    assert not wrong
    assert left >= LEAVE


def _at(session: Session, route: str, more: dict[str, object]) -> Page:  # noqa: F811 — a fixture
    session.window.activateWindow()
    session.window.navigator.go(route, **more)
    wait_until(session.tasks.quiet, f"{route} settled")
    page = session.window.navigator.page()
    assert page is not None
    return page


def _lists(page: Page) -> list[ListView]:
    return [one for one in page.findChildren(ListView) if one.isVisible() and one.rows() and one._spec.leaves]
