"""The file of one person, by keyboard on the real store: what is typed stays, what is hidden stays hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from spie_desk.domain.records.action import Action
from spie_desk.domain.records.around import Phone, Relative
from spie_desk.domain.records.membership import Membership
from spie_desk.domain.records.note import CIRCLE
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.professional import Professional
from spie_desk.services import notes, past, people, records, sheets
from spie_desk.services.desk import Desk
from spie_desk.ui.page import Page
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.panels.file_export import ExportFile
from spie_desk.ui.printing.preview import PrintPreview
from spie_desk.ui.route import Entry
from spie_desk.ui.theme import Theme
from tests.clock import FakeClock
from tests.ui.drivers import PageDriver, clipped, turn, types, wait_until, words_on

CANARY = "14 impasse du Zinzolin"
Frame = Callable[..., PageDriver]


class Elsewhere(Page):
    """Somewhere to go to."""

    title = "Ailleurs"


def _person(desk: Desk, **more: object) -> bytes:
    values = {"first_name": "Amina", "last_name": "Belkacem", "birth_year": 1988, "town": "Valmont", **more}
    person = Person(id=desk.chance.id(), **values)  # type: ignore[arg-type]
    people.create(desk, person)
    return person.id


def _signed(desk: Desk, person: bytes, text: str, **more: str) -> bytes:
    note = replace(notes.blank(desk, person), text=text, **more)  # type: ignore[arg-type]
    notes.sign(desk, note)
    return note.id


def _colleague(desk: Desk) -> bytes:
    karim = Professional(id=desk.chance.id(), first_name="Karim", last_name="Haddad", function="Conseiller",
                         structure=desk.structure.id, bound_by="casf_l133_4")  # fmt: skip
    records.save(desk, "professional", karim)
    return karim.id


def _open(frame: Frame, person: bytes, **route: object) -> PageDriver:
    driver = frame(Entry("people", Elsewhere, "Personnes", "users", "main"), Entry("file", FilePage, under="people"),
                   Entry("note", Elsewhere), Entry("clashes", Elsewhere))  # fmt: skip
    driver.window.navigator.go("file", person=person, **route)
    return driver.settle()


def _of(desk: Desk, person: bytes) -> Person:
    shown = desk.store.records.get("person", person)
    assert shown is not None
    found: Person = shown.record
    return found


def test_the_header_says_how_she_may_be_reached(desk: Desk, frame: Frame) -> None:
    person = _person(desk, no_message=True, call_from="17:00", undisclosed=True, street=CANARY, interpreter=True,
                     language="dari", guardian_name="Mme Roche")  # fmt: skip
    driver = _open(frame, person)
    for said in ("Amina Belkacem", "naissance en 1988", "Ne pas laisser de message", "Ne pas appeler avant 17:00",
                 "Adresse à ne pas divulguer", "Interprète\u00a0: dari", "Mandataire\u00a0: Mme Roche",
                 "1 interlocuteur · 1 structure", "Claire Dubois", "Aucun de prévu"):  # fmt: skip
        driver.shows(said)
    assert not any("Valmont" in words for words in words_on(driver.page)), "the town is part of the address"


def test_a_phone_is_added_with_whose_it_is(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    driver = _open(frame, person)
    driver.press("Alt+2").click("Ajouter un téléphone")
    driver.types("06 39 98 12 34")
    driver.press("Tab").types("sa sœur").press("Ctrl+Return")
    driver.tells("Téléphone enregistré.").shows("06\u00a039\u00a098\u00a012\u00a034, sa sœur")
    kept = desk.store.records.find("phone", {"person": person})
    assert [(one.record.number, one.record.whose) for one in kept] == [("06 39 98 12 34", "sa sœur")]
    assert desk.store.drafts.all() == []


def test_a_phone_without_a_figure_is_refused_beside_its_field(desk: Desk, frame: Frame) -> None:
    driver = _open(frame, _person(desk), tab="situation")
    driver.click("Ajouter un téléphone").types("demander à sa sœur").press("Ctrl+Return")
    driver.shows("Il manque\u00a0: Téléphone.")
    driver.press("Escape").shows("Téléphone\u00a0: saisie en cours")


def test_a_changed_address_is_on_disk_within_a_second_and_taken_up_again(desk: Desk, frame: Frame) -> None:
    person = _person(desk, street="3 rue des Lilas")
    driver = _open(frame, person)
    driver.press("Ctrl+E")
    driver.find("street").selectAll()  # type: ignore[attr-defined]
    driver.types("8 quai du Port", into="street")
    wait_until(lambda: any("8 quai du Port" in str(one.values) for one in desk.store.drafts.all()), "the draft")
    driver.shows("Vous êtes la seule personne à le voir.")
    assert _of(desk, person).street == "3 rue des Lilas"

    driver.window.navigator.go("people")
    driver.window.navigator.go("file", person=person)
    driver.settle().shows("Identité et contact\u00a0: saisie en cours")
    driver.click("Reprendre")
    assert driver.find("street").text() == "8 quai du Port"  # type: ignore[attr-defined]
    driver.press("Ctrl+Return").tells("Identité et contact enregistrés.")
    assert _of(desk, person).street == "8 quai du Port"
    assert desk.store.drafts.all() == []
    driver.press("Ctrl+Z")
    wait_until(lambda: _of(desk, person).street == "3 rue des Lilas", "the former address")


def test_an_address_changed_behind_a_draft_is_something_to_settle(desk: Desk, frame: Frame) -> None:
    person = _person(desk, street="3 rue des Lilas")
    driver = _open(frame, person)
    driver.press("Ctrl+E").types(" bis", into="street").press("Escape")
    before = desk.store.records.get("person", person)
    assert before is not None
    records.save(desk, "person", replace(before.record, street="1 place de la Gare"), before)
    driver.settle().click("Reprendre")
    driver.press("Ctrl+Return")
    driver.shows("1 réponse à départager")
    values = {one.value["street"] for one in desk.store.records.clashes(person)[0].versions}  # type: ignore[index,call-overload]
    assert values == {"3 rue des Lilas bis", "1 place de la Gare"}


def test_an_action_is_done_with_one_key_and_undone(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    action = Action(id=desk.chance.id(), person=person, what="Appeler la préfecture", owner=desk.me.id)
    records.save(desk, "action", action)
    driver = _open(frame, person, tab="a-faire")
    driver.find("file-to-do").setFocus()
    driver.press("Space").tells("Fait\u00a0: Appeler la préfecture")
    shown = desk.store.records.get("action", action.id)
    assert shown is not None
    assert (shown.record.status, shown.record.done_on) == ("done", desk.clock.now().date())
    driver.press("Ctrl+Z")
    wait_until(lambda: desk.store.records.get("action", action.id).record.status == "planned", "planned again")  # type: ignore[union-attr]
    driver.settle().click("Reporter d’une semaine").tells("reporté au mer. 16 déc.")


def test_a_member_is_added_and_counted(desk: Desk, frame: Frame) -> None:
    karim, person = _colleague(desk), _person(desk)
    driver = _open(frame, person, tab="autour")
    driver.click("Ajouter un interlocuteur").types("kar")
    wait_until(lambda: bool(QApplication.focusWidget().accessibleDescription().startswith("Karim")), "the answer")  # type: ignore[union-attr]
    driver.press("Return").press("Ctrl+Return").tells("Interlocuteur enregistré.")
    driver.shows("2 interlocuteurs · 1 structure").shows("Karim Haddad")
    kept = desk.store.records.find("membership", {"person": person, "professional": karim})
    assert [one.record.since for one in kept] == [desk.clock.now().date()]
    driver.shows("Socle\u00a0: 2 personnes, 1 structure")


def test_the_referent_changes_and_the_former_one_stays_around(desk: Desk, frame: Frame) -> None:
    karim, person = _colleague(desk), _person(desk)
    driver = _open(frame, person, tab="autour")
    driver.click("Changer de référent…")
    driver.find("referent").selectAll()  # type: ignore[attr-defined]
    driver.types("karim")
    wait_until(lambda: bool(QApplication.focusWidget().accessibleDescription().startswith("Karim")), "the answer")  # type: ignore[union-attr]
    driver.press("Return").press("Ctrl+Return").tells("Référent de parcours changé.")
    assert _of(desk, person).referent == karim
    driver.shows("2 interlocuteurs · 1 structure")


def test_a_note_in_the_wrong_file_is_moved_whole(desk: Desk, frame: Frame) -> None:
    wrong, right = _person(desk), _person(desk, first_name="Amine", birth_year=1971)
    _signed(desk, wrong, "Pièces réunies, canari amarante.")
    driver = _open(frame, wrong)
    driver.shows("canari amarante")
    driver.page.body.timeline.cards()[0].setFocus()
    driver.press("Return").click("Pas le bon dossier…")
    assert not driver.find("Déplacer la note\u00a0: il manque le bon dossier").isEnabled()
    driver.types("Amine", into="right-file")
    wait_until(lambda: bool(QApplication.focusWidget().accessibleDescription().startswith("Amine")), "the answer")  # type: ignore[union-attr]
    driver.press("Return").shows("Amine Belkacem · 1971 · Valmont")
    driver.click("Déplacer la note").tells("Note déplacée dans le bon dossier.")
    driver.hides("canari amarante")
    assert [one.record.text for one in desk.store.records.find("note", {"person": right})] == [
        "Pièces réunies, canari amarante."
    ]
    assert [one.person for one in people.search(desk, "amarante")] == [right]


def test_a_false_value_is_erased_and_only_who_and_when_stay(desk: Desk, frame: Frame, clock: FakeClock) -> None:
    person = _person(desk, nickname="Canari")
    clock.move(hours=1)
    shown = desk.store.records.get("person", person)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, nickname="Mina"), shown)
    driver = _open(frame, person, tab="historique")
    listing = driver.page.body.panel("historique").list
    wait_until(lambda: any("Canari" in words for words in listing.spoken()), "the history")
    at = next(n for n, words in enumerate(listing.spoken()) if "Canari" in words)
    driver.find("file-history").setFocus()
    for _step in range(at):
        driver.press("Down")
    driver.click("Effacer cette valeur…").shows("Cela ne s’annule pas.")
    assert QApplication.focusWidget().text() == "Ne rien effacer", "the focus starts on what changes nothing"  # type: ignore[union-attr,attr-defined]
    driver.click("Effacer cette valeur").tells("Valeur effacée.")
    said = "valeur effacée le 9 déc. 2026"
    wait_until(lambda: any(said in words and "par vous" in words for words in listing.spoken()), "the trace")
    assert not any("Canari" in words for words in words_on(driver.page))
    assert _of(desk, person).nickname == "Mina"
    found = [one for one in past.of_file(desk, person) if one.register == "nickname"]
    assert [one.version.value for one in found] == ["Mina", None]
    assert people.search(desk, "canari") == []


def test_an_address_not_to_be_given_out_never_shows_in_the_linked_file(desk: Desk, frame: Frame) -> None:
    """Two adults are two files: nothing flows through the link, whatever tab, list, card, history or search."""
    she, he = _person(desk, street="3 rue des Lilas"), _person(desk, first_name="Karim", birth_year=1985)
    for one, other in ((she, he), (he, she)):
        records.save(desk, "relative", Relative(id=desk.chance.id(), person=one, other=other, link="conjoint"))
    shown = desk.store.records.get("person", she)
    assert shown is not None
    after = replace(shown.record, street=CANARY, town="Zinzolinville", undisclosed=True)
    records.save(desk, "person", after, shown)
    records.save(desk, "phone", Phone(id=desk.chance.id(), person=she, number="06 39 98 77 77"))
    driver = _open(frame, he)
    for tab in range(1, 6):
        driver.press(f"Alt+{tab}")
        said = " ".join(words_on(driver.window))
        assert "Zinzolin" not in said
        assert "06 39 98 77 77" not in said.replace("\u00a0", " ")
    driver.press("Alt+2").shows("Amina Belkacem, Conjointe ou conjoint · a son propre dossier")
    assert "Zinzolin" not in json.dumps([str(one) for one in past.of_file(desk, he)])


def test_her_own_file_shows_that_address_only_when_asked(desk: Desk, frame: Frame) -> None:
    person = _person(desk, street=CANARY, undisclosed=True)
    driver = _open(frame, person)
    for tab in range(1, 6):
        driver.press(f"Alt+{tab}")
        assert "Zinzolin" not in " ".join(words_on(driver.window))
    driver.press("Alt+2").click("Afficher l’adresse").shows(CANARY)
    driver.click("Masquer l’adresse").hides(CANARY)


def test_a_note_is_widened_only_after_its_readers_are_named(desk: Desk, frame: Frame) -> None:
    karim, person = _colleague(desk), _person(desk)
    records.save(desk, "membership", Membership(id=desk.chance.id(), person=person, professional=karim))
    note = _signed(desk, person, "Reste la domiciliation.")
    driver = _open(frame, person)
    driver.page.body.timeline.cards()[0].setFocus()
    driver.press("Return").click("Élargir à l’équipe…").shows("Karim Haddad")
    driver.click("Élargir").tells("Note élargie.")
    copies = desk.store.records.find("note", {"copy_of": note})
    assert [one.record.compartment for one in copies] == [CIRCLE]


def test_an_erased_note_leaves_no_word(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    _signed(desk, person, "Canari amarante.")
    driver = _open(frame, person)
    driver.page.body.timeline.cards()[0].setFocus()
    driver.press("Return").click("Effacer…").shows("Cela ne s’annule pas.")
    driver.click("Effacer la note").tells("Note effacée.").hides("amarante")
    assert people.search(desk, "amarante") == []
    driver.press("Alt+5")
    driver.shows("Note signée, valeur effacée le 9 déc. 2026")


def test_the_end_is_written_with_its_reason(desk: Desk, frame: Frame) -> None:
    person = _person(desk)
    driver = _open(frame, person)
    driver.page._end()
    driver.types("aujourd’hui").press("Tab")
    driver.find("end_reason").choose("autonomie")  # type: ignore[attr-defined]
    driver.press("Ctrl+Return").tells("Fin de l’accompagnement enregistrée.")
    driver.shows("Accompagnement terminé le 9 déc. 2026 · La suite se fait sans nous")
    assert _of(desk, person).end_reason == "autonomie"


def test_an_export_says_what_leaves_and_keeps_the_hidden_address_in(desk: Desk, frame: Frame, tmp_path: Path) -> None:
    person = _person(desk, street=CANARY, undisclosed=True)
    note = _signed(desk, person, "Pièces réunies.")
    driver = _open(frame, person)
    page = driver.page
    page.show_panel(ExportFile(page, page._shown, choose=lambda _parent: tmp_path / "cle"))
    driver.settle().shows("Ce qui sera écrit n’est plus protégé")
    driver.click("Choisir où l’écrire…\u00a0: il manque le motif")
    assert not list(tmp_path.rglob("dossier.json")), "not without a reason"
    driver.find("reason").setFocus()
    driver.press("Down").click("Choisir où l’écrire…")
    driver.tells("Il n’est plus protégé.")
    written = next((tmp_path / "cle").rglob("dossier.json"))
    assert "Pièces réunies." in written.read_text()
    assert "Zinzolin" not in written.read_text()
    assert written.with_name("fiche.pdf").read_bytes().startswith(b"%PDF")
    assert notes.has_left(desk, note), "what left is corrected, no longer signed again"


def test_her_sheet_shows_large_over_the_window_without_the_hidden_address(desk: Desk, frame: Frame) -> None:
    person = _person(desk, street=CANARY, undisclosed=True)
    driver = _open(frame, person)
    driver.press("Ctrl+Shift+F")
    sheet = driver.find("Fiche en grand")
    assert "Amina Belkacem" in sheet.toPlainText()  # type: ignore[attr-defined]
    assert "Zinzolin" not in sheet.toPlainText()  # type: ignore[attr-defined]
    driver.window.veil.fall()
    turn(20)
    over = driver.window.childAt(driver.window.rect().center())
    assert over is driver.window.veil or driver.window.veil.isAncestorOf(over), "the veil falls over the sheet too"
    types("2411")
    driver.press("Return")
    wait_until(lambda: not driver.window.veil.isVisible(), "the veil lifted")
    sheet.setFocus()
    driver.press("Escape")
    wait_until(lambda: not driver.window.isFullScreen(), "the window at its size again")
    assert "Fiche en grand" not in words_on(driver.window)


def test_printing_leaves_the_hidden_address_unticked(desk: Desk, frame: Frame) -> None:
    person = _person(desk, street=CANARY, undisclosed=True)
    driver = _open(frame, person)
    driver.press("Ctrl+P")
    preview = driver.page.window().findChild(PrintPreview)
    assert preview.isVisible()
    assert "address" not in preview.ticked
    assert any(item.id == "address" for item in preview._sheet.items)
    preview.reject()


def test_a_note_that_came_out_on_paper_is_corrected_from_then_on(desk: Desk, frame: Frame, tmp_path: Path) -> None:
    person = _person(desk)
    note = _signed(desk, person, "Pièces réunies.")
    driver = _open(frame, person)
    driver.page.print_sheet(lambda desk: sheets.of_note(desk, note))
    driver.settle()
    preview = driver.page.window().findChild(PrintPreview)
    assert not notes.has_left(desk, note), "looking at the pages takes nothing out"
    preview._choose = lambda _parent, _name: tmp_path / "note.pdf"
    preview._save()
    driver.settle()
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
    assert notes.has_left(desk, note)


def test_every_tab_is_named_and_fits_at_every_size(desk: Desk, frame: Frame, theming: Theme) -> None:
    person = _person(desk, no_message=True, call_from="17:00", contact_note="Passer par sa sœur en cas d’urgence.")
    _signed(desk, person, "Pièces réunies. " * 30)
    driver = _open(frame, person)
    driver.window.resize(1366, 768)
    for scale in (100, 200):
        theming.apply("light", scale)
        for tab in range(1, 6):
            driver.press(f"Alt+{tab}")
            turn(20)
            driver.is_accessible()
            assert clipped(driver.page) == []
    driver.press("Ctrl+E").is_accessible()
    theming.apply("light", 100)


def test_arrows_and_return_in_the_list_open_another_file(desk: Desk, frame: Frame) -> None:
    first, _other = _person(desk), _person(desk, first_name="Zoé", last_name="Weber")
    driver = _open(frame, first)
    driver.find("people").setFocus()
    driver.press("Down")
    wait_until(lambda: driver.page.body.header.name.said() == "Zoé Weber", "the other file, the focus in the list")
    assert QApplication.focusWidget().objectName() == "people"  # type: ignore[union-attr]
    driver.press("Up").press("Return")
    assert driver.settle().page.body.header.name.said() == "Amina Belkacem"


def test_what_is_typed_in_one_file_waits_there_while_another_is_looked_at(desk: Desk, frame: Frame) -> None:
    first, other = _person(desk), _person(desk, first_name="Zoé", last_name="Weber")
    driver = _open(frame, first)
    driver.press("Ctrl+E").types("8 quai du Port", into="street")
    driver.find("people").setFocus()
    driver.press("Down")
    wait_until(lambda: driver.page.body.header.name.said() == "Zoé Weber", "the other file")
    driver.settle().hides("saisie en cours")
    assert [(one.person, one.kind) for one in desk.store.drafts.all()] == [(first, "person")]
    assert _of(desk, other).street == ""
    driver.press("Up")
    driver.shows("Identité et contact\u00a0: saisie en cours")


def test_a_file_that_is_not_here_is_said(desk: Desk, frame: Frame) -> None:
    _open(frame, desk.chance.id()).shows("Ce dossier n’est pas sur ce poste.")


