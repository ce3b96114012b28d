"""A night out, by keyboard: begun, noted in passing, ended with the number met, listed, printed, written as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from spie_desk.domain.circles import Sort
from spie_desk.domain.errors import DeskError
from spie_desk.domain.records.outreach import Outreach
from spie_desk.domain.records.professional import Professional
from spie_desk.services import notes, quick, records, round_rows, rounds
from spie_desk.services.desk import Desk
from spie_desk.services.rounds import AlreadyOutError
from spie_desk.ui.page import Page
from spie_desk.ui.pages.rounds import RoundsPage
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from spie_desk.ui.shell.quick import hang_quick_note
from tests.clock import PARIS_IN_WINTER, FakeClock
from tests.ui.drivers import PageDriver, wait_until

Frame = Callable[..., PageDriver]
NIGHT = datetime(2026, 12, 9, 20, 30, tzinfo=PARIS_IN_WINTER)
DAY = date(2026, 12, 9)


class Elsewhere(Page):
    """Somewhere to go to."""

    title = "Ailleurs"


def _open(frame: Frame) -> PageDriver:
    driver = frame(Entry("rounds", RoundsPage, "Maraudes", "footprints", "main"), Entry("unattached", Elsewhere))
    driver.window.navigator.go("rounds")
    return driver.settle()


def _karim(desk: Desk) -> bytes:
    karim = Professional(id=desk.chance.id(), first_name="Karim", last_name="Haddad", structure=desk.structure.id)
    records.save(desk, "professional", karim)
    return karim.id


def test_a_round_begins_lends_its_place_to_notes_and_ends_with_the_number_met(
    desk: Desk, frame: Frame, clock: FakeClock
) -> None:
    clock.set(NIGHT)
    driver = _open(frame)
    driver.shows("Aucune maraude").press("Ctrl+N").types("Quai des Pêcheurs").press("Ctrl+Return")
    driver.tells("Maraude commencée.").shows("En cours\u00a0: Quai des Pêcheurs, depuis 20:30").is_accessible()

    clock.move(minutes=50)
    note = hang_quick_note(driver.window, driver.tasks, driver.page.room.sources)
    driver.press("Ctrl+Shift+N")
    assert "depuis 20:30" in note._out.said()
    driver.types("Homme au chien, accepte un duvet.").press("Return")
    waiting = quick.note_of(desk.store.drafts.all()[0])
    assert (waiting.place, waiting.at, waiting.authors) == ("Quai des Pêcheurs", "21:20", (desk.me.id,))

    clock.move(hours=2)
    driver.page.refresh()
    driver.settle().shows("1 note, dont 1 à rattacher").shows("Homme au chien")
    driver.press("Ctrl+Return").press("Escape")
    assert len(desk.store.drafts.all()) == 1, "what was only proposed leaves no draft"
    driver.press("Ctrl+Return").types("7").press("Ctrl+Return")
    driver.tells("Maraude enregistrée.").shows("7 personnes rencontrées")
    kept = desk.store.records.find("round")[0].record
    assert (kept.on, kept.starts_at, kept.ends_at, kept.place, kept.met) == (
        DAY, "20:30", "23:20", "Quai des Pêcheurs", 7
    )  # fmt: skip
    circle = desk.store.circles.get(desk.store.records.find("round")[0].circle)
    assert circle is not None
    assert circle.sort is Sort.STRUCTURE
    assert rounds.open_round(desk) is None
    assert quick.last_round(desk).since == ""


def test_what_is_typed_of_a_round_waits_for_the_next_visit(desk: Desk, frame: Frame) -> None:
    driver = _open(frame)
    driver.press("Ctrl+N").types("Gare").press("Escape").settle()
    wait_until(lambda: [one.form for one in desk.store.drafts.all()] == ["round"], "the draft")
    driver.press("Ctrl+N")
    assert driver.find("place").text() == "Gare"  # type: ignore[attr-defined]
    driver.press("Ctrl+Return").tells("Maraude commencée.")
    assert desk.store.drafts.all() == []


def test_one_round_at_a_time(desk: Desk, clock: FakeClock) -> None:
    clock.set(NIGHT)
    rounds.start(desk, rounds.blank(desk, "Gare"))
    with pytest.raises(AlreadyOutError):
        rounds.start(desk, rounds.blank(desk, "Marché"))
    clock.move(days=3)
    assert rounds.open_round(desk) is None, "one that was never ended stops taking notes"
    rounds.start(desk, rounds.blank(desk, "Marché"))


@pytest.mark.parametrize(
    ("on", "at", "author", "held"),
    [(9, "20:30", "me", True), (10, "00:40", "me", True), (10, "02:10", "me", True), (10, "02:40", "me", False),
     (9, "20:00", "me", False), (9, "21:00", "other", False), (9, "", "me", False)],
)  # fmt: skip
def test_a_note_belongs_to_the_round_of_its_hour_and_team(on: int, at: str, author: str, held: bool) -> None:
    out = Outreach(id=b"r" * 16, on=DAY, starts_at="20:30", ends_at="01:30", place="Gare", team=(b"m" * 16,))
    by = b"m" * 16 if author == "me" else b"o" * 16
    assert out.holds(date(2026, 12, on), at, (by,)) is held


@pytest.mark.parametrize("wrong", [{"on": None}, {"starts_at": ""}, {"starts_at": "25:00"}, {"team": ()}, {"met": -1}])
def test_a_round_without_its_facts_is_refused(desk: Desk, wrong: dict[str, object]) -> None:
    fields: dict[str, object] = {"on": DAY, "starts_at": "20:30", "team": (desk.me.id,), "place": "Gare", **wrong}
    with pytest.raises(DeskError):
        rounds.start(desk, Outreach(id=desk.chance.id(), **fields))  # type: ignore[arg-type]


def test_the_list_leaves_whole_and_without_anyone_met(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    clock.set(NIGHT)
    rounds.start(desk, Outreach(id=desk.chance.id(), on=DAY, starts_at="20:30", ends_at="23:00", place="Gare",
                                team=(desk.me.id, _karim(desk)), met=4, text="Deux couvertures données."))  # fmt: skip
    quick.note_quickly(desk, "Homme nommé zibeline.", quick.Round("Gare", (desk.me.id,), "21:00"))
    wish = _open(frame).page.to_export()
    grid = wish.read(desk, False).grid
    team = "Claire Dubois, Karim Haddad"
    assert grid.rows == ((DAY, "20:30", "23:00", "Gare", team, 4, "Deux couvertures données."),)
    assert "zibeline" not in str(grid)


def test_signed_notes_are_counted_once_attached(desk: Desk, clock: FakeClock) -> None:
    clock.set(NIGHT)
    rounds.start(desk, rounds.blank(desk, "Gare"))
    clock.move(minutes=20)
    draft = quick.note_quickly(desk, "Monsieur au chien, revu.", quick.last_round(desk))
    attached = quick.attach_to_new(desk, draft, "Monsieur au chien")
    row = round_rows.all_rounds(desk).rows[0]
    assert (row.signed, len(row.waiting)) == (0, 0)
    notes.sign(desk, quick.note_of(attached), draft=draft)
    row = round_rows.all_rounds(desk).rows[0]
    assert (row.signed, len(row.waiting)) == (1, 0)
    names = [one.record.name for one in desk.store.records.find("person")]
    assert names == ["«\u00a0Monsieur au chien\u00a0»"]


def test_the_list_comes_out_on_paper(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    clock.set(NIGHT)
    rounds.start(desk, rounds.blank(desk, "Gare"))
    driver = _open(frame).press("Ctrl+P")
    wait_until(lambda: bool(driver.window.findChildren(PrintPreview)), "the preview")
    preview = driver.window.findChildren(PrintPreview)[0]
    preview.reject()
