"""Letters by keyboard: what is missing is said, the letter waits or is kept, the structure's own template is used."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QLineEdit, QPushButton

from spie_desk.domain.letters import TemplateError
from spie_desk.domain.records.appointment import Appointment
from spie_desk.domain.records.person import Person
from spie_desk.services import basket, letters, people, records
from spie_desk.services.desk import Desk
from spie_desk.ui.pages.file import FilePage
from spie_desk.ui.panels.file_letter import LetterPanel
from spie_desk.ui.panels.settings_letters import LettersPanel
from spie_desk.ui.printing.preview import PrintPreview
from tests.ui.drivers import PageDriver, press, wait_until
from tests.ui.fronts import FrontDriver, front, real_profile  # noqa: F401 — a fixture

AMINA = Person(id=b"a" * 16, first_name="Amina", last_name="Belkacem", civility="mme", street="3 rue du Puits",
               postcode="61120", town="Vimoutiers")  # fmt: skip
KEPT = Appointment(id=b"k" * 16, person=AMINA.id, on=date(2026, 12, 2), at="10:00", status="present")
COMING = Appointment(id=b"c" * 16, person=AMINA.id, on=date(2026, 12, 16), at="15:30", place="Mairie")


@pytest.fixture
def followed(desk: Desk) -> Desk:
    # the référent is me: a file of my own asks for no reason
    people.create(desk, replace(AMINA, referent=desk.me.id))
    for one in (KEPT, COMING):
        records.save(desk, "appointment", replace(one, with_=desk.me.id))
    return desk


def panel(page: PageDriver) -> LetterPanel:
    wait_until(lambda: bool(page.window.findChildren(LetterPanel)), "the panel")
    page.settle()
    return page.window.findChildren(LetterPanel)[0]


def choose(page: PageDriver, name: str) -> LetterPanel:
    found = panel(page)
    one = next(row for row in found._list.rows() if row.name == name)
    found._list.choose(one.shown.record.id if one.shown is not None else one.code)
    page.settle()
    return found


def test_an_attestation_speaks_of_the_appointment_she_kept_and_waits_for_a_printer(
    followed: Desk, open_page: Callable[..., PageDriver]
) -> None:
    page = open_page(FilePage, person=AMINA.id)
    page.act("Courrier ou attestation…")
    choose(page, "Attestation de rendez-vous")
    page.is_accessible().click("Imprimer, ou mettre en attente…")
    preview = page.window.findChildren(PrintPreview)[0]
    button = next(one for one in preview.findChildren(QPushButton) if one.text().startswith("Mettre dans"))
    button.setFocus()
    press("Space", button)
    page.settle()
    [line] = basket.waiting(followed)
    assert line.who == "Amina Belkacem"
    words = repr(line.sheet).replace("\\xa0", " ")
    assert "mercredi 2 décembre 2026 à 10 h" in words
    assert "16 décembre" not in words


def test_tab_goes_down_the_letter_and_one_key_prints_it(
    followed: Desk, open_page: Callable[..., PageDriver]
) -> None:
    page = open_page(FilePage, person=AMINA.id)
    page.act("Courrier ou attestation…")
    choose(page, "Attestation de rendez-vous")
    press("Return")
    page.settle()
    at = page.window.focusWidget()
    assert isinstance(at, QPushButton), "nothing is missing: Return on the template leads to what prints it"
    assert at.text().startswith("Imprimer")
    press("Shift+Tab")
    at = page.window.focusWidget()
    assert isinstance(at, QLineEdit), "the last field is just before the button"
    press("Ctrl+Return")
    page.settle()
    assert page.window.findChildren(PrintPreview)


def test_what_is_missing_is_said_and_stands_as_dots(followed: Desk, open_page: Callable[..., PageDriver]) -> None:
    shown = followed.store.records.get("person", AMINA.id)
    assert shown is not None
    records.save(followed, "person", replace(shown.record, undisclosed=True, civility=""), shown)
    coming = followed.store.records.get("appointment", COMING.id)
    assert coming is not None
    records.save(followed, "appointment", replace(coming.record, at=""), coming)
    page = open_page(FilePage, person=AMINA.id)
    page.act("Courrier ou attestation…")
    found = choose(page, "Proposition de rendez-vous")
    page.shows("Il manque\u00a0: heure du prochain rendez-vous. Une ligne")
    assert found._lines_of["adresse"].text() == ""
    assert found._lines_of["adresse"].placeholderText() == "adresse à ne pas divulguer"
    prepared = found._prepared
    assert prepared is not None
    sheet = repr(letters.as_sheet(followed, prepared, found._values()))
    assert "rue du Puits" not in sheet
    assert "………" in sheet
    assert "Madame, Monsieur" in sheet


def test_a_letter_is_kept_where_one_asks_for_its_owner_alone_with_a_reason(
    followed: Desk, open_page: Callable[..., PageDriver], tmp_path: Path
) -> None:
    page = open_page(FilePage, person=AMINA.id)
    page.act("Courrier ou attestation…")
    found = choose(page, "Attestation d’accompagnement")
    assert not found._save.isEnabled() or "il manque" in found._save.text()
    found._why._choice.choose("Demande de la personne ou de son représentant")
    found._lines_of["redacteur_fonction"].setText("référente")
    prepared = found._prepared
    assert prepared is not None
    found._write(prepared, ("odt", "docx"), tmp_path / "courrier.docx")
    page.settle().tells("Il n’est plus protégé")
    written = tmp_path / "courrier.docx"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    words = "\n".join(one.text for one in Document(str(written)).paragraphs)
    assert "Madame Amina Belkacem" in words
    assert "{" not in words


def test_a_file_that_is_no_letter_is_refused_beside_the_button_and_the_structures_own_is_used(
    front: FrontDriver,  # noqa: F811 — a fixture
    tmp_path: Path,
) -> None:
    real_profile(front.door)
    front.come().unlock().inside()
    session = front.front.session
    assert session is not None
    session.window.navigator.go("settings", tab="letters")
    front.settle()
    (tmp_path / "modele.docm").write_bytes(b"PK")
    found = session.window.findChildren(LettersPanel)[0]
    front.put("Nom du modèle", "Notre attestation")
    found.bring_in(tmp_path / "modele.docm")
    front.settle().says("macros")
    made = Document()
    made.add_paragraph("Bonjour {{ prenom }}")
    held = io.BytesIO()
    made.save(held)
    (tmp_path / "modele.docx").write_bytes(held.getvalue())
    found.bring_in(tmp_path / "modele.docx")
    front.settle().says("Notre attestation")
    [shown] = session.desk.store.records.find("template")
    assert shown.record.content() == held.getvalue()
    people.create(session.desk, AMINA)
    choice = next(one for one in letters.choices(session.desk) if one.shown is not None)
    prepared = letters.prepare(session.desk, choice, AMINA.id)
    assert prepared is not None
    words = Document(io.BytesIO(letters.as_file(session.desk, prepared, {"prenom": "Amina"}, "docx"))).paragraphs
    assert [one.text for one in words] == ["Bonjour Amina"]


def test_a_template_that_another_desk_wrote_is_judged_again(followed: Desk) -> None:
    from spie_desk.domain.records.template import Template  # noqa: PLC0415

    records.save(followed, "template", Template(id=b"t" * 16, name="Piégé", format="docx", body="UEsDBA=="))
    choice = next(one for one in letters.choices(followed) if one.shown is not None)
    with pytest.raises(TemplateError):
        letters.prepare(followed, choice, AMINA.id)
