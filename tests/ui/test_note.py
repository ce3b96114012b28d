"""Writing a note by keyboard: kept while it is typed, reopened where it was, signed, signed again, rectified."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.note import CIRCLE, ME, OWN, RESERVED, Note
from spie_desk.services import notes, people, work
from spie_desk.services.desk import Desk
from spie_desk.services.readers import readers
from spie_desk.ui.pages.note import NotePage
from spie_desk.ui.route import Entry
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, clipped, wait_until

Open = Callable[..., PageDriver]


@pytest.fixture
def desk(example_desk: Desk) -> Desk:
    return example_desk


@pytest.fixture
def person(desk: Desk) -> bytes:
    return people.rows(desk, PersonFilter())[0].id


@pytest.fixture
def write(desk: Desk, person: bytes, open_page: Open) -> Callable[..., PageDriver]:
    """Opens the editor, on the person unless told otherwise."""

    def open_one(**route: object) -> PageDriver:
        driver = open_page(NotePage, **(route or {"person": person}))
        wait_until(lambda: driver.page._opening is not None, "the form")
        return driver.settle()

    return open_one


def _last_note(desk: Desk, person: bytes) -> Note:
    found = desk.store.records.find("note", {"person": person})
    note: Note = max(found, key=lambda one: one.first.hlc).record
    return note


def test_a_note_is_typed_and_signed_from_the_keyboard(write: Open, desk: Desk, person: bytes) -> None:
    driver = write()
    driver.is_accessible()
    assert "il manque le texte" in driver.page.sign_.text()
    driver.types("Elle apporte les pieces du recours.")
    driver.press("Ctrl+Return")
    driver.tells("Note signée.")
    note = _last_note(desk, person)
    assert note.text == "Elle apporte les pieces du recours."
    assert (note.compartment, note.authors, note.sort) == (OWN, (desk.me.id,), "entretien")
    assert not work.drafts(desk)
    assert desk.store.settings.get(work.OPEN_FORM) is None


def test_what_is_typed_before_the_form_answers_is_not_lost(frame: Open, desk: Desk, person: bytes) -> None:
    driver = frame(Entry("page", NotePage, "Page", "sun", "main"))
    driver.window.navigator.go("page", person=person)
    editor = driver.page._sheet.text.text
    assert driver.page._opening is None
    QTest.keyClicks(editor, "Elle ")
    wait_until(lambda: driver.page._opening is not None, "the form")
    QTest.keyClicks(editor, "a fini.")
    wait_until(lambda: bool(work.drafts(desk)), "the draft")
    assert editor.toPlainText() == "Elle a fini."


def test_signing_is_not_undone_but_says_until_when_it_can_be_corrected(write: Open) -> None:
    driver = write()
    driver.types("Vue ce matin.").press("Ctrl+Return")
    driver.tells("corriger jusqu’à ce soir")
    assert driver.window.notices.snack._undo.isHidden()


def test_what_is_typed_is_kept_within_a_second_while_typing_goes_on(write: Open, desk: Desk) -> None:
    driver = write()
    before = work.drafts(desk)
    assert not before
    kept_at: list[int] = []
    for at in range(26):
        QTest.keyClicks(driver.page._sheet.text.text, "mot ")
        QTest.qWait(60)
        if work.drafts(desk) and not kept_at:
            kept_at.append(at)
    assert kept_at, "nothing was kept while typing went on"
    driver.shows("Brouillon gardé sur ce poste à 14\u00a0h\u00a032. Vous êtes la seule personne à le voir.")


def test_the_same_form_comes_back_with_its_caret_and_an_unread_date(
    write: Open, frame: Open, desk: Desk, person: bytes
) -> None:
    driver = write()
    page = driver.page
    page._sheet.fields["on"].setText("32/13")
    page._sheet.todo.add_line("Rappeler la préfecture", "", "demain")
    page._sheet.text.setFocus()
    driver.types("Première phrase. Deuxième phrase.")
    page._sheet.text.put_caret(16)
    page.save()
    driver.settle()
    waiting = work.to_reopen(desk)
    assert waiting is not None
    again = write(draft=waiting.id)
    wait_until(again.page._sheet.text.text.hasFocus, "the focus")
    assert again.page._sheet.text.caret() == 16
    assert again.page._sheet.fields["on"].text() == "32/13"
    assert again.page._sheet.todo.typed()[0]["what"] == "Rappeler la préfecture"
    again.types(" Ici.")
    assert again.page._sheet.text.markdown() == "Première phrase. Ici. Deuxième phrase."
    assert "il manque la date" in again.page.sign_.text()
    again.shows("n’est pas une date")


def test_readers_are_named_and_numbered_before_anything_is_signed(write: Open, desk: Desk, person: bytes) -> None:
    driver = write()
    own, circle = readers(desk, OWN, person), readers(desk, CIRCLE, person)
    driver.shows(f"Ma structure ({len(own.people)})")
    driver.shows(f"L’équipe autour d’elle ({len(circle.people)})")
    driver.page._sheet.readers.cards.choose(CIRCLE)
    for one in circle.people:
        driver.shows("vous" if one.id == desk.me.id else one.name)
    driver.click("Voir les noms")


def test_health_narrows_the_readers_and_never_widens_them_again(write: Open) -> None:
    sheet = write().page._sheet
    sheet.readers.cards.choose(CIRCLE)
    sheet.theme.choose("violences")
    assert sheet.readers.width_() == RESERVED
    sheet.theme.choose("logement")
    assert sheet.readers.width_() == RESERVED
    sheet.readers.cards.choose(ME)
    sheet.theme.choose("sante")
    assert sheet.readers.width_() == ME


def test_a_reserved_note_names_readers_bound_to_secrecy(write: Open, desk: Desk, person: bytes) -> None:
    driver = write()
    sheet = driver.page._sheet
    sheet.readers.cards.choose(RESERVED)
    bound = [one for one in sheet.readers._reading.bound if one.id != desk.me.id]
    assert bound
    assert all(one.bound for one in bound)
    sheet.readers.named.field.setFocus()
    driver.types(bound[0].name.split()[0])
    wait_until(sheet.readers.named.field._answers.isVisible, "answers")
    driver.press("Return")
    chosen = sheet.readers.readers()
    assert len(chosen) == 2
    sheet.text.setFocus()
    driver.types("Traitement en cours.").press("Ctrl+Return")
    driver.tells("Note signée.")
    note = _last_note(desk, person)
    assert (note.compartment, note.readers) == (RESERVED, chosen)


def test_a_social_security_number_is_noticed_and_taken_out(write: Open) -> None:
    driver = write()
    driver.types("Son numéro : 2 88 05 75 115 004 83, tél 06 39 98 12 34.")
    sheet = driver.page._sheet
    driver.shows("Ce texte contient un numéro de sécurité sociale")
    driver.click("Retirer le numéro")
    driver.hides("Ce texte contient un numéro de sécurité sociale")
    assert "75 115" not in sheet.text.markdown()
    assert "06 39 98 12 34" in sheet.text.markdown()


def test_what_is_to_do_is_written_in_the_same_deed(write: Open, desk: Desk, person: bytes) -> None:
    driver = write()
    driver.types("Recours prêt.")
    driver.click("Ajouter une chose à faire")
    driver.types("Déposer le recours")
    sheet = driver.page._sheet
    sheet.todo._all[0].due.setText("demain")
    driver.press("Ctrl+Return").tells("Note signée.")
    found = [
        one for one in desk.store.records.find("action", {"person": person}) if one.record.what == "Déposer le recours"
    ]
    assert len(found) == 1
    note = next(
        one for one in desk.store.records.find("note", {"person": person}) if one.record.text == "Recours prêt."
    )
    assert found[0].first.deed == note.first.deed
    assert found[0].record.owner == desk.me.id
    assert found[0].record.due_on is not None


def test_escape_closes_and_keeps_the_draft(write: Open, desk: Desk) -> None:
    driver = write()
    driver.types("À finir.").press("Escape")
    wait_until(lambda: bool(work.drafts(desk)), "the draft")
    assert work.to_reopen(desk) is None
    assert work.rows(desk, work.drafts(desk))[0].words == 2


def test_the_same_day_it_is_signed_again_and_the_next_day_rectified(
    write: Open, desk: Desk, person: bytes, clock: FakeClock
) -> None:
    note = Note(
        id=desk.chance.id(), person=person, on=clock.now().date(), authors=(desk.me.id,), text="Rendez-vous mardi."
    )
    notes.sign(desk, note)
    driver = write(note=note.id)
    driver.shows("Signer de nouveau")
    driver.press("End").types(" Non, jeudi.").press("Ctrl+Return").tells("Note signée.")
    shown = desk.store.records.get("note", note.id)
    assert shown is not None
    assert "jeudi" in shown.record.text
    clock.move(days=1)
    driver = write(note=note.id)
    driver.shows("Rectificatif")
    driver.shows("Ce que dit la note à rectifier")
    driver.types("Il fallait lire vendredi.").press("Ctrl+Return").tells("Note signée.")
    found = desk.store.records.find("note", {"corrects": note.id})
    assert [one.record.text for one in found] == ["Il fallait lire vendredi."]
    assert found[0].circle == shown.circle


def test_the_veil_never_closes_a_note_and_it_says_so_to_the_lock(write: Open, clock: FakeClock) -> None:
    driver = write()
    driver.types("Entretien en cours")
    page = driver.page
    driver.window.veil.fall()
    clock.move(minutes=25)
    driver.settle()
    assert driver.page is page
    assert page._sheet.text.markdown() == "Entretien en cours"


@pytest.mark.parametrize("scale", [100, 200])
def test_no_word_is_cut(write: Open, theming: object, scale: int) -> None:
    theming.apply("light", scale)  # type: ignore[attr-defined]
    driver = write()
    driver.window.resize(1366, 768)
    driver.settle()
    assert clipped(driver.page._side) == []
