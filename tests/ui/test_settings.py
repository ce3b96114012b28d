"""Settings, help and emergency by keyboard, on a real profile: every card does what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spie_desk.app.doorway import LocalDoorway
from spie_desk.domain.records.professional import Professional
from spie_desk.domain.records.structure import Structure
from spie_desk.domain.vaults import WrongPassphraseError
from spie_desk.services import work
from spie_desk.services.doorway import NewProfile
from spie_desk.ui.emergency import emergency
from spie_desk.ui.pages.help import HelpPage, help_texts
from spie_desk.ui.panels.kit import KitPanel
from spie_desk.ui.theme import look
from tests.stores import PASSPHRASE
from tests.ui.drivers import clipped, nameless, press, turn, wait_until, words_on
from tests.ui.fronts import FrontDriver, front, real_profile  # noqa: F401 — a fixture


@pytest.fixture
def inside(front: FrontDriver, door: LocalDoorway) -> FrontDriver:  # noqa: F811
    real_profile(door)
    return front.come().unlock().inside()


def at(inside: FrontDriver, tab: str) -> FrontDriver:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("settings", tab=tab)
    return inside.settle()


def test_the_keys_open_settings_help_and_emergency_and_one_comes_back(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("people")
    inside.settle()
    press("Ctrl+,", inside.window)
    inside.settle().says("Taille du texte")
    press("F8", inside.window)
    inside.settle().says("Ce logiciel ne prévient personne à votre place.")
    press("Shift+F1", inside.window)
    inside.settle().says("Premiers pas")
    for route in ("urgence", "settings", "people"):
        press("Alt+Left", inside.window)
        inside.settle()
        assert session.window.navigator.route() == route


@pytest.mark.parametrize("tab", ["look", "lock", "backups", "profile", "team", "accesses", "about"])
def test_every_tab_has_names_and_fits_at_double_size(inside: FrontDriver, tab: str) -> None:
    at(inside, tab)
    assert nameless(inside.window) == []
    inside.front.stage.theme.apply("light", 200)
    turn(30)
    assert clipped(inside.window.navigator.page()) == []  # type: ignore[attr-defined]
    inside.front.stage.theme.apply("light", 100)


def test_text_size_and_theme_switch_at_once_and_are_remembered(inside: FrontDriver) -> None:
    at(inside, "look").click("scale-150")
    assert look().scale == 150
    inside.find("Comme l’ordinateur" if inside.front.stage.theme.wanted == "system" else "Clair").setFocus()
    press("Down")
    assert look().name == "dark"
    kept = inside.front.stage.appearance.read()
    assert (kept.theme, kept.scale) == ("dark", 150)
    inside.front.stage.theme.apply("light", 100)


def test_the_delay_of_the_veil_is_kept(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "lock")
    inside.find("veil-minutes").setFocus()
    press("Down")
    inside.settle()
    session = inside.front.session
    assert session is not None
    assert session.idle.minutes == 20
    assert session.desk.store.settings.get("veil_minutes") == 20


def test_a_backup_is_made_listed_and_deleted_once_confirmed(inside: FrontDriver) -> None:
    at(inside, "backups").says("Pas encore de sauvegarde.")
    inside.click("Sauvegarder maintenant").settle().says("09/12/2026, 13")
    inside.says("Sauvegarde vérifiée aujourd’hui à")
    session = inside.front.session
    assert session is not None
    assert len(session.keeper.backups()) == 1
    inside.find("backups").setFocus()
    press("Home")
    inside.click("Supprimer").says("Elle ne pourra plus être reprise.")
    inside.click("Ne rien faire")
    assert len(session.keeper.backups()) == 1
    inside.click("Supprimer").click("Supprimer cette copie").settle()
    wait_until(lambda: not session.keeper.backups(), "no copy left")
    inside.says("Pas encore de sauvegarde")


def test_a_copy_is_taken_up_in_a_new_folder(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "backups").click("Sauvegarder maintenant").settle().says("0 dossier")
    before = door.profiles()[0].id
    inside.find("backups").setFocus()
    press("Home")
    inside.click("Reprendre cette copie").says("Le profil d’aujourd’hui est mis de côté")
    inside.put("Phrase de passe", "ce n’est pas elle")
    confirm = [one for one in inside.window.findChildren(type(inside.find("Ne rien faire"))) if one.isVisible()]
    yes = next(one for one in reversed(confirm) if one.text() == "Reprendre cette copie")
    yes.setFocus()
    press("Space", yes)
    inside.settle().says("Phrase de passe incorrecte.")
    inside.put("Phrase de passe", PASSPHRASE)
    yes.setFocus()
    press("Space", yes)
    wait_until(lambda: bool(door.profiles()) and door.profiles()[0].id != before, "the copy in its folder")
    inside.inside()
    assert len(door.profiles()) == 1
    assert (door.root / before).is_dir(), "what stood there is set aside, not erased"


def test_the_passphrase_changes_and_the_old_one_opens_nothing(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "profile").click("Changer ma phrase de passe…")
    session = inside.front.session
    assert session is not None
    choice = session.window.navigator.page().panel()._choice  # type: ignore[union-attr]
    wait_until(lambda: bool(choice.proposed()), "seven words")
    new = choice.proposed()
    inside.put("Phrase de passe actuelle", "fausse").put("Retapez la phrase de passe", new)
    inside.click("Changer").settle().says("Phrase de passe incorrecte.")
    inside.put("Phrase de passe actuelle", PASSPHRASE).click("Changer").settle().says("Phrase de passe changée.")
    profile = session.keeper.card.id
    inside.front.finish()
    with pytest.raises(WrongPassphraseError):
        door.unlock(profile, PASSPHRASE)
    door.unlock(profile, new).keeper.close()


def test_the_kit_is_made_again(inside: FrontDriver) -> None:
    at(inside, "profile").says("Pas encore fait.").click("Faire ou refaire mon kit…")
    sheet = inside.window.findChild(KitPanel).sheet()
    inside.click("Je l’ai recopié")
    for place in sheet.asked:
        inside.put(f"Groupe {place + 1}", sheet.groups[place])
    inside.click("Vérifier").settle().says("Fait le 09/12/2026.")


def test_the_label_of_the_first_screen_is_chosen_here(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "profile").put("profile-label", "Bureau 3")
    press("Return")
    inside.settle()
    wait_until(lambda: door.profiles()[0].label == "Bureau 3", "the new label")


def test_an_invitation_shows_its_code_once(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "profile").put("guest-label", "Équipe du soir").click("Préparer l’invitation").settle()
    inside.says("Montré cette fois seulement.")
    code = inside.find_words("invitation-code")
    assert len(code.split()) == 8
    assert [one.label for one in door.invitations()] == ["Équipe du soir"]


def test_a_profile_is_deleted_with_its_passphrase_only(inside: FrontDriver, door: LocalDoorway) -> None:
    at(inside, "profile").click("Supprimer ce profil…").says("Cet acte ne s’annule pas.")
    inside.put("Phrase de passe", "fausse").click("Supprimer pour toujours").settle().says("Rien n’a été supprimé.")
    inside.put("Phrase de passe", PASSPHRASE).click("Supprimer pour toujours")
    wait_until(lambda: not door.profiles(), "no profile left")
    wait_until(lambda: inside.front.entry is not None, "the first screen")
    inside.says("Que voulez-vous faire")


def test_a_colleague_is_added_and_the_form_kept_while_typing(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    at(inside, "team").click("Ajouter un professionnel").settle()
    inside.put("first_name", "Karim").put("last_name", "Benali")
    wait_until(lambda: len(work.drafts(session.desk)) == 1, "a draft on the disk")
    inside.says("Brouillon gardé sur ce poste.")
    inside.click("Enregistrer").settle().says("Karim Benali")
    assert work.drafts(session.desk) == []
    press("Ctrl+Z", inside.window)
    inside.settle().says("Acte annulé.")
    wait_until(lambda: not any("Karim Benali" in words for words in words_on(inside.window)), "the list without him")


def test_a_form_left_open_is_reopened_after_a_lock(inside: FrontDriver) -> None:
    at(inside, "team").click("Ajouter un professionnel").settle()
    inside.put("last_name", "Traoré")
    press("Ctrl+Shift+L", inside.window)
    inside.front.finish()
    fresh = FrontDriver(inside.front.stage, inside.door)
    fresh.come().unlock().inside()
    wait_until(lambda: getattr(fresh.find("last_name"), "text", str)() == "Traoré", "what was typed")
    fresh.front.finish()


def test_my_structure_is_corrected(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    at(inside, "team").click("Ma structure").settle()
    inside.put("dpo", "dpo@example.org").click("Enregistrer").settle().says("Enregistré.")
    found = session.desk.store.records.get("structure", session.desk.structure.id)
    assert found is not None
    assert found.record.dpo == "dpo@example.org"


def test_the_profile_is_checked_against_its_journal(inside: FrontDriver) -> None:
    at(inside, "about").click("Vérifier maintenant").settle().says("Tout est en ordre.")
    inside.says("EUPL-1.2").says("SPIE Desk\u2002")


def test_help_is_searched_and_read(inside: FrontDriver) -> None:
    session = inside.front.session
    assert session is not None
    session.window.navigator.go("help")
    inside.settle()
    inside.put("Chercher dans l’aide", "verr code")
    press("Return")
    page = session.window.navigator.page()
    assert isinstance(page, HelpPage)
    wait_until(lambda: "code du jour" in page.shown_text(), "the page on locking")
    assert all(one.title for one in help_texts())


def test_the_emergency_page_holds_every_number_of_the_data(inside: FrontDriver, tmp_path: Path) -> None:
    press("F8", inside.window)
    inside.settle()
    for group in emergency()["groups"]:
        inside.says(group["title"])
        for one in group["numbers"]:
            inside.says(one["number"]).says(one["what"])
    numbers = {one["number"] for group in emergency()["groups"] for one in group["numbers"]}
    assert {"15", "17", "112", "114", "119", "3919", "3114", "115"} <= numbers
    assert json.dumps(emergency())


def test_a_structure_founded_apart_is_linked_with_a_colleague_s_code(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    colleague = Professional(id=b"n" * 16, first_name="Nadia", structure=b"s" * 16)
    wish = NewProfile(label="Nadia", colour="teal", passphrase=PASSPHRASE, me=colleague,
                      structure=Structure(id=b"s" * 16, name="L’Escale"))  # fmt: skip
    theirs = door.create(wish)
    card, code = theirs.keeper.invite("Bureau 2")
    theirs.keeper.close()
    door.delete_profile(theirs.keeper.card.id)
    real_profile(door)
    inside = at(front.come().unlock().inside(), "profile")
    inside.says("Bureau 2").put("link-code", "AAAAA").click("Relier").settle()
    inside.says("Ce code n’ouvre pas cette invitation")
    inside.put("link-code", code).click("Relier").settle()
    inside.says("Reliée à «\u00a0L’Escale\u00a0».")
    assert card.id not in {one.id for one in door.invitations()}
