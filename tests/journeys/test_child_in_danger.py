"""A child in danger: numbers first, then facts that two people read; absent from everything else that speaks of her."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from spie_desk.domain.circles import Sort
from spie_desk.domain.records.around import Relative
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.review import Review
from spie_desk.domain.shown import Shown
from spie_desk.services import concerns, copies, notes, people, records, reviews, sheets, today
from spie_desk.services.desk import Desk
from spie_desk.ui.panels.copy_lines import CopyLines
from spie_desk.ui.panels.large_view import LargeView
from spie_desk.ui.widgets.ask_file import Then
from tests.journeys.laptop import Keyboard, Laptop, everything_told
from tests.ui.drivers import press, types, wait_until

FACTS = "La petite dit xérophage que personne n’est là le soir."
WHY = "Le danger hulotte vient de la maison."
CHILD = "Ondeline"
CANARIES = ("xérophage", "hulotte", CHILD)
"""Each stands nowhere else; the facts, the reason, and the child's first name."""
AMINA, BRUNO = b"a" * 16, b"b" * 16
CHIEF = b"c" * 16


@pytest.fixture
def at_the_office(laptop: Laptop) -> Laptop:
    """Amina and her partner, two linked files; a chef de service; a review where she is discussed today."""
    with laptop.store() as desk:
        records.save(desk, "professional", Professional(
            id=CHIEF, first_name="Odile", last_name="Marchand", function="Cheffe de service",
            structure=desk.structure.id, manager=True, bound_by="casf_l221_6"))  # fmt: skip
        records.save(desk, "professional", Professional(id=b"k" * 16, first_name="Karim", last_name="Benali",
                                                        structure=desk.structure.id))  # fmt: skip
        people.create(desk, Person(id=AMINA, first_name="Amina", last_name="Belkacem", birth_year=1988,
                                   town="Vimoutiers", referent=desk.me.id))  # fmt: skip
        people.create(desk, Person(id=BRUNO, first_name="Bruno", last_name="Castel", birth_year=1985,
                                   town="Vimoutiers", referent=desk.me.id))  # fmt: skip
        records.save(desk, "relative", Relative(id=desk.chance.id(), person=AMINA, link="conjoint", other=BRUNO))
        notes.sign(desk, replace(notes.blank(desk, AMINA), text="Reçue pour le dossier de logement."))
        review = Review(id=desk.chance.id(), on=desk.clock.now().date(), at="14:00", place="Mairie",
                        structures=(desk.structure.id,))  # fmt: skip
        records.save(desk, "review", review)
        reviews.add_passage(desk, review.id, AMINA, question="Quel logement ?")
        laptop.known["review"] = review.id
        laptop.known["figures"] = repr(today.counters(desk))
    return laptop


def test_the_numbers_first_then_an_information_that_stands_nowhere_else(
    at_the_office: Laptop, tmp_path: Path
) -> None:
    with at_the_office.at_work() as keys:
        the_numbers_open_in_at_most_two_keys(keys)
        it_is_written(keys)
        (one,) = concerns.listed(keys.session.desk, AMINA)
        two_people_read_it(keys.session.desk, one.id)
        its_words_are_on_no_page(keys)
        its_words_are_on_no_paper(keys, at_the_office.known["review"])
        its_words_are_in_no_workbook(keys, tmp_path)
        assert repr(today.counters(keys.session.desk)) == at_the_office.known["figures"]
        the_copy_withholds_it(keys, tmp_path / "copie")


def the_numbers_open_in_at_most_two_keys(keys: Keyboard) -> None:
    """Offline: the guard of every test refuses a connection."""
    keys.press("F8").on("urgence")
    for number in ("119", "112", "114"):
        keys.shows(number)
    keys.shows("Ce logiciel ne prévient personne à votre place.").shows("Rien n’est envoyé")


def it_is_written(keys: Keyboard) -> None:
    """From the numbers; without a reason, parents who were not told are not accepted."""
    keys.press("Ctrl+Shift+I").on("concern")
    types("Belkacem")
    picker = keys.find("whose-file")
    wait_until(picker._answers.isVisible, "answers")  # type: ignore[attr-defined]
    press("Return")
    keys.shows("À partir du dossier «\u00a0Amina Belkacem\u00a0»").shows("Écrire ici n’envoie rien")
    keys.shows("Claire Dubois (qui l’écrit)").shows("Odile Marchand (Cheffe de service)")
    keys.choose("D’où viennent ces faits", "Je les ai vus ou entendus")
    keys.fill("Enfants concernés", f"{CHILD}, 2017").fill("Ce qui a été vu", FACTS)
    keys.choose("Les parents sont-ils informés", "Non")
    keys.press("Ctrl+Return").shows("Il manque\u00a0: S’ils ne le sont pas, pourquoi")
    assert concerns.listed(keys.session.desk) == []
    keys.fill("S’ils ne le sont pas, pourquoi", WHY)
    keys.press("Ctrl+Return").tells("Rien n’a été envoyé")


def two_people_read_it(desk: Desk, concern: bytes) -> None:
    shown: Shown | None = desk.store.records.get("concern", concern)  # type: ignore[type-arg]
    assert shown is not None
    circle = desk.store.circles.get(shown.circle)
    assert circle is not None
    assert (circle.sort, circle.readers) == (Sort.WARNING, {desk.me.id, CHIEF})
    assert (shown.record.parents, shown.record.parents_why) == ("no", WHY)
    # as the journal has it: no other circle was handed one word
    changes = [one for deed in desk.store.records.deeds(100) for one in desk.store.records.deed(deed.id)]
    elsewhere = [one.kind for one in changes if one.circle != shown.circle and _holds(repr(one))]
    assert elsewhere == []


def its_words_are_on_no_page(keys: Keyboard) -> None:
    """Every page of the sidebar, her file tab by tab, her partner's, the search: not in a tip nor a hidden field."""
    for route in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+J"):
        keys.press(route)
        assert not _holds(keys.told()), route
    for name in ("Amina Belkacem", "Bruno Castel"):
        keys.go_to(name).on("file").shows(name)
        for tab in range(1, 6):
            keys.press(f"Alt+{tab}")
            assert not _holds(keys.told()), (name, tab)
            assert "réoccupante" not in everything_told(keys.page.body.tabs), (name, tab)
    for word in ("xérophage", "Ondeline", "hulotte"):
        keys.press("Ctrl+K")
        types(word)
        wait_until(partial(_sought, keys, word), "the search")
        found = keys.settle().window.palette_box.proposals()
        assert [one for one in found if not one.endswith("dans l’aide")] == [], word
        keys.press("Esc")


def its_words_are_on_no_paper(keys: Keyboard, review: bytes) -> None:
    """The sheet large on screen and before printing, and her minutes."""
    keys.go_to("Amina Belkacem").on("file").press("Ctrl+Shift+F")
    wait_until(lambda: keys.window.findChild(LargeView) is not None, "the sheet")
    assert not _holds(keys.find("Fiche en grand").toPlainText())  # type: ignore[attr-defined]
    keys.press("Esc")
    wait_until(lambda: keys.window.findChild(LargeView) is None, "the sheet closed")
    keys.press("Ctrl+P")
    preview = keys.dialog()
    assert not _holds(everything_told(preview) + repr(preview._sheet))  # type: ignore[attr-defined]
    keys.dismiss(preview)
    found = sheets.of_minutes(keys.session.desk, review)
    assert len(found) == 1
    assert not _holds(repr(found))


def its_words_are_in_no_workbook(keys: Keyboard, folder: Path) -> None:
    keys.press("Ctrl+2").press("Ctrl+Shift+E").on("export")

    def answered(_parent: object, _title: str, _kinds: str, name: str, then: Then) -> None:
        then(folder / name)

    # the one question that the system asks, not the application
    keys.page.choose_file = answered
    keys.reach("reason")
    press("Down")
    keys.press("Ctrl+Return").tells("n’est plus protégé")
    (path,) = folder.glob("*.xlsx")
    with zipfile.ZipFile(path) as book:
        told = "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert "Belkacem" in told
    assert not _holds(told)


def the_copy_withholds_it(keys: Keyboard, folder: Path) -> None:
    """Her author sees one line « Retenue, à examiner »; what leaves does not even say that there is one."""
    folder.mkdir()
    keys.go_to("Amina Belkacem").on("file").go_to("Copie de ses données").on("copy")
    keys.choose("channel", "De vive voix").push("Enregistrer la demande")
    lines = keys.page._review
    assert isinstance(lines, CopyLines)
    wait_until(lambda: bool(lines.list.rows()), "the lines")
    keys.push("Masquer les noms dans toutes les lignes signalées")
    apart = next(at for at, one in enumerate(lines.list.rows()) if one.apart)
    assert "Retenue, à examiner" in lines.list.spoken()[apart]
    keys.reach("copy-lines")
    press("Home")
    for _step in range(apart):
        press("Down")
    keys.shows("vous êtes la seule personne à voir cette ligne")
    assert not _holds(keys.told())
    keys.choose("Motif de la retenue", "Enquête ou procédure en cours")
    to_another_it_is_no_line(keys.session.desk)
    keys.page.ask_where = lambda: folder
    keys.push("Remettre la copie").tells("Elle n’est plus protégée")
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [word for word in (*CANARIES, "préoccupante") if word.encode() in data], path.name


def to_another_it_is_no_line(desk: Desk) -> None:
    chief = desk.store.records.get("professional", CHIEF)
    assert chief is not None
    for one in (desk, replace(desk, me=chief.record)):
        found = copies.review(one, AMINA).lines
        assert any(line.apart for line in found) == (one is desk)


def _sought(keys: Keyboard, word: str) -> bool:
    return keys.window.palette_box._asked == word


def _holds(told: str) -> bool:
    return any(word in told for word in CANARIES)


