"""What the law gives her: a copy of her data, an opposition that is obeyed, a false value that is gone for good."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import CIRCLE
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Review
from spie_desk.domain.records.structure import Structure
from spie_desk.services import notes, oppositions, people, readers, records, reviews
from spie_desk.services.desk import Desk
from spie_desk.shipped import shipped
from spie_desk.ui.pages.entries import ENTRIES
from spie_desk.ui.panels.file_tabs import FileTabs
from tests.journeys.laptop import Keyboard, Laptop
from tests.ui.drivers import press, wait_until

THIRD = "Fatoumata"
FALSE = "fausse.xerophage@example.org"
HOUSE = "Mission locale de Valmont"
AMINA, KARIM, VALMONT = b"a" * 16, b"k" * 16, b"v" * 16


@pytest.fixture
def asked(laptop: Laptop) -> Laptop:
    """Amina, followed with the mission locale; a note that names her aunt, one shared, one kept for oneself."""
    with laptop.store() as desk:
        records.save(desk, "structure", Structure(id=VALMONT, name=HOUSE))
        records.save(desk, "professional", Professional(id=KARIM, first_name="Karim", last_name="Benslimane",
                                                        structure=VALMONT, bound_by="casf_l221_6"))  # fmt: skip
        people.create(desk, Person(id=AMINA, first_name="Amina", last_name="Belkacem", birth_year=1988,
                                   town="Vimoutiers", email=FALSE, referent=desk.me.id))  # fmt: skip
        oppositions.join(desk, Membership(id=desk.chance.id(), person=AMINA, professional=KARIM,
                                          since=desk.clock.now().date()))  # fmt: skip
        notes.sign(desk, replace(notes.blank(desk, AMINA), text=f"Elle dort chez sa tante {THIRD}."))
        notes.sign(desk, replace(notes.blank(desk, AMINA), text="Projet de formation au printemps.",
                                 compartment=CIRCLE))  # fmt: skip
        shown = desk.store.records.get("person", AMINA)
        assert shown is not None
    return laptop


def test_she_has_her_copy_is_obeyed_and_a_false_value_is_gone(asked: Laptop, tmp_path: Path) -> None:
    folder = tmp_path / "copie"
    folder.mkdir()
    assert FALSE.encode() in asked.in_the_clear(), "the search itself finds nothing"
    with asked.at_work() as keys:
        her_copy(keys, folder)
        she_opposes_sharing(keys)
        that_structure_gets_nothing_new(keys.session.desk)
        a_false_value_is_erased(keys)
        no_screen_says_the_word(keys)
    assert FALSE.encode() not in asked.in_the_clear()
    with asked.store() as desk:
        assert people.search(desk, "xerophage") == []


def her_copy(keys: Keyboard, folder: Path) -> None:
    """Asked, due in a month, examined, handed over: what this desk can give, and who else must answer."""
    keys.go_to("Amina Belkacem").on("file").go_to("Copie de ses données").on("copy")
    keys.shows("La copie lui est due dans le mois, gratuitement.")
    keys.choose("channel", "De vive voix").push("Enregistrer la demande").tells("Demande enregistrée")
    wait_until(lambda: bool(keys.page._review.list.rows()), "the lines")
    assert "à rendre au plus tard le 9 janv. 2027 (31 jours)" in keys.page._under.said()
    keys.shows("Ce que ce poste peut donner").shows("Qui d’autre doit répondre")
    keys.shows(f"{HOUSE} (Karim Benslimane)")
    lines = keys.page._review.list
    flagged = [one for one in lines.rows() if one.names]
    assert [THIRD in one.text for one in flagged] == [True]
    assert "à examiner" in keys.page._hand._give.text(), "nothing leaves before"
    keys.push("Masquer les noms dans toutes les lignes signalées")
    keys.page.ask_where = lambda: folder
    keys.choose("Comment elle est remise", "En main propre").push("Remettre la copie").tells("n’est plus protégée")
    keys.shows("Remise le 9 déc. 2026")
    told = next(folder.rglob("dossier.json")).read_text("utf-8")
    assert THIRD not in told
    assert "Elle dort chez sa tante [autre personne]." in told
    assert FALSE in told, "what is noted of her is hers, even false"
    assert json.loads(told)["withheld"] == []
    assert next(folder.rglob("copie.pdf")).read_bytes().startswith(b"%PDF")


def she_opposes_sharing(keys: Keyboard) -> None:
    """Written in her file; the screen says what that structure has already."""
    keys.go_to("Amina Belkacem").on("file").press("Alt+4")
    keys.push("Ajouter une opposition").choose("to", "Au partage avec une structure").pick("structure", "Valmont")
    keys.press("Ctrl+Return").tells("nregistré")
    around = keys.page.body.panel("autour")
    wait_until(lambda: bool(around._oppositions.list.rows()), "the opposition")
    keys.reach("Oppositions")
    keys.press("Return").shows("Rien de nouveau ne peut être montré à cette structure")
    keys.shows("Ce que cette structure a déjà").shows("Autour d’elle\u00a0: Karim Benslimane")
    keys.shows("1 note de l’équipe").shows("nous ne pouvons pas le reprendre")
    keys.shows("S’opposer au partage ne change rien à ses droits.")
    keys.press("Esc")


def that_structure_gets_nothing_new(desk: Desk) -> None:
    """Neither a note of the team, nor a change of the file, nor a seat at her review."""
    before = {one.id for one in desk.store.records.deeds(200)}
    notes.sign(desk, replace(notes.blank(desk, AMINA), text="Nouvelle.", compartment=CIRCLE))
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=AMINA, number="06 39 98 12 34"))
    fresh = [change for one in desk.store.records.deeds(200) if one.id not in before
             for change in desk.store.records.deed(one.id)]  # fmt: skip
    assert fresh
    for change in fresh:
        circle = desk.store.circles.get(change.circle)
        assert circle is not None
        assert KARIM not in circle.readers, change.kind
    assert KARIM not in {one.id for volet in readers.volets(desk, AMINA) for one in volet.people}
    review = Review(id=desk.chance.id(), on=desk.clock.now().date(), structures=(desk.structure.id, VALMONT))
    records.save(desk, "review", review)
    reviews.add_passage(desk, review.id, AMINA, question="Quel logement ?")
    (passage,) = desk.store.records.find("passage", {"review": review.id})
    with pytest.raises(oppositions.OpposedError):
        reviews.attend(desk, passage.record.id, professional=KARIM, structure=VALMONT)
    with pytest.raises(oppositions.OpposedError):
        reviews.put(desk, passage, replace(passage.record, guests=(KARIM,)))


def a_false_value_is_erased(keys: Keyboard) -> None:
    keys.press("Alt+5")
    history = keys.page.body.panel("historique")
    wait_until(lambda: bool(history.list.rows()), "the history")
    at = next(at for at, said in enumerate(history.list.spoken()) if FALSE in said)
    keys.reach("file-history")
    press("Home")
    for _step in range(at):
        press("Down")
    assert FALSE in history._whole.said()
    keys.push("Effacer cette valeur…").shows("Cela ne s’annule pas.")
    keys.push("Effacer cette valeur").tells("Valeur effacée.")
    keys.shows("valeur effacée")
    gone = [said for said in keys.page.body.panel("historique").list.spoken() if "valeur effacée" in said]
    assert len(gone) == 1
    assert "par vous" in gone[0]
    assert "9 déc." in gone[0]
    assert FALSE not in keys.told()


def no_screen_says_the_word(keys: Keyboard) -> None:
    """Every route, every tab, every tip and choice; and the words that screens read from files."""
    desk = keys.session.desk
    given = routes(desk)
    for entry in ENTRIES:
        keys.window.navigator.go(entry.route, **given.get(entry.route, {}))
        keys.settle()
        told = [keys.told(), *(keys.tab(tab).told() for tab in _tabs(keys))]
        assert not [words for words in told if _says(words)], entry.route
    for folder, ends in (("help", ".md"), ("lists", ".json"), ("letters", ".txt")):
        for path in shipped(folder).iterdir():
            if path.name.endswith(ends):
                assert not _says(path.read_text(encoding="utf-8")), path.name


def _tabs(keys: Keyboard) -> list[str]:
    return [code for one in keys.page.findChildren(FileTabs) if one.isVisible() for code in one._words]


def _says(told: str) -> bool:
    return "consentement" in told.casefold()


def routes(desk: Desk) -> dict[str, dict[str, Any]]:
    review = desk.store.records.find("review")[0].record.id
    return {"file": {"person": AMINA}, "note": {"person": AMINA}, "review": {"review": review},
            "meeting": {"review": review}, "copy": {"person": AMINA}, "concern": {"person": AMINA}}  # fmt: skip


