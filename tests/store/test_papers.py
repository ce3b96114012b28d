"""Sheets that wait for a printer: kept as they were ticked, gone with what they repeat; older profiles gain them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from spie_desk.domain.papers import Paper, UnreadablePaperError
from spie_desk.domain.sheets.blocks import (
    NOBODY,
    Fact,
    Facts,
    Item,
    Key,
    Line,
    Lines,
    Markdown,
    Paragraph,
    Row,
    Sheet,
    Table,
    say,
    section,
)
from spie_desk.store.papers import PRINTED_KEPT_MS
from tests.examples import AMINA, an_id, example
from tests.store.conftest import KEY, Opened

SHEET = Sheet(
    name="rendez-vous", title=say("Rendez-vous"), under="", header="CCAS de Sainte-Colombe",
    footer=say("Imprimé par {name}, le {day}.", name="Sofia Renard", day=date(2026, 12, 1)),
    blocks=(
        Paragraph("Amina Belkacem", "strong", "name"),
        Key(say("{day} à {hour}", day=date(2026, 12, 8), hour="14 h 30"), ("12 rue des Tilleuls",)),
        *section(say("La suite"), [Lines((Line("Appeler", "avant le 9", box=True),)), Markdown("- **un**")]),
        Facts((Fact("Dossier", "K7-0132"),)), Table(("Qui",), (Row(("Sofia",), strong=True),), (100,)),
    ),
    items=(Item("name", say("Nom de la personne")),), about=(an_id("appointment"), AMINA),
)  # fmt: skip


def paper(name: str, sheet: Sheet = SHEET, made_ms: int = 1_000) -> Paper:
    return Paper(an_id(name), sheet, made_ms)


def test_a_paper_comes_back_as_it_was_put(one: Opened) -> None:
    papers = one.store.papers
    papers.save(paper("first"))
    papers.save(paper("second", made_ms=2_000))
    assert papers.all() == [an_id("first"), an_id("second")]
    assert papers.get(an_id("first")) == paper("first")
    papers.printed([an_id("first")], 5_000)
    assert papers.all() == [an_id("second"), an_id("first")]
    assert papers.count() == 1
    papers.remove(an_id("second"))
    assert papers.count() == 0
    assert papers.get(an_id("second")) is None


def test_what_came_out_stays_a_day_and_what_waits_stays(one: Opened) -> None:
    now = int(one.clock.now().timestamp() * 1000)
    for name in ("waits", "late", "today"):
        one.store.papers.save(paper(name))
    one.store.papers.printed([an_id("late")], now - PRINTED_KEPT_MS - 1)
    one.store.papers.printed([an_id("today")], now - 1)
    one.store.tidy()
    assert one.store.papers.all() == [an_id("waits"), an_id("today")]


def test_what_is_erased_waits_on_no_paper(one: Opened) -> None:
    """A phone of hers is erased: her sheet goes; a blank form and someone else's sheet stay; an unknown one goes."""
    store = one.store
    with store.unit() as unit:
        unit.put("person", example("person"))
        circle = unit.put("phone", example("phone"))
    mine = example("phone")
    whose = mine.person
    for name, about in (("hers", (whose,)), ("other", (an_id("other"),)), ("blank", (NOBODY,)), ("unknown", ())):
        store.papers.save(paper(name, replace(SHEET, about=about)))
    with store.unit() as unit:
        unit.erase("phone", mine.id, circle)
    assert set(store.papers.all()) == {an_id("other"), an_id("blank")}


def test_a_paper_of_another_version_is_told_and_can_be_removed(one: Opened) -> None:
    one.store.papers.save(paper("later"))
    with one.store._transactions.writing("later") as connection:
        connection.execute(text('UPDATE paper SET body = \'{"is": "Hologram"}\''))
    with pytest.raises(UnreadablePaperError):
        one.store.papers.get(an_id("later"))
    one.store.papers.remove(an_id("later"))
    assert one.store.papers.all() == []


def test_an_older_profile_gains_its_basket_when_it_opens(stores: Callable[..., Opened]) -> None:
    older = stores("older")
    with older.store._transactions.writing("older") as connection:
        connection.execute(text("DROP TABLE paper"))
    again = stores("older", fresh=False)
    again.store.papers.save(paper("first"))
    assert again.store.papers.count() == 1


def test_no_word_of_a_waiting_paper_is_readable_on_the_disk(one: Opened) -> None:
    canary = "Perruche-Clandestine"
    one.store.papers.save(paper("canary", replace(SHEET, header=canary)))
    assert KEY  # the store is open with it, and what follows reads the files as a thief would
    for file in one.path.parent.iterdir():
        assert canary.encode() not in file.read_bytes(), file.name
