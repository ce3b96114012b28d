"""The first screens by keyboard, on real profiles: founding, unlocking, the kit, a damaged file, two windows."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from spie_desk.app.doorway import LocalDoorway
from spie_desk.store.profiles import find
from spie_desk.ui.entry.unlock import DELAYS
from spie_desk.ui.panels.kit import KitPanel, paper
from tests.stores import PASSPHRASE
from tests.ui.drivers import clipped, nameless, press, turn, wait_until
from tests.ui.fronts import FrontDriver, front, real_profile  # noqa: F401 — a fixture

HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography", "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtDBus",
         "phonenumbers", "rapidfuzz", "spie_desk.services.ports")  # fmt: skip
FIRST_PAINT = """
import sys
from pathlib import Path
from spie_desk.app.commands.open import _door, _load
from spie_desk.app.front import Front, furnished
from spie_desk.app.gate import Gate
from spie_desk.app.start import stage
from PySide6.QtCore import QTimer
root, state = Path(sys.argv[1]), Path(sys.argv[2])
shared = stage(state)
gate = Gate(root, lambda: _door(root, state))
front = Front(shared, gate, lambda: None, lambda: None, furnished)
front.come()
def told():
    print([name for name in sys.argv[3].split(",") if name in sys.modules])
    _load(gate)
    print([name for name in ("sqlalchemy", "sqlcipher3", "cryptography") if name not in sys.modules])
    shared.app.quit()
QTimer.singleShot(200, told)
shared.app.exec()
front.finish()
"""


def _about_me(front: FrontDriver) -> None:  # noqa: F811
    front.put("Prénom", "Claire").put("Nom", "Dubois").put("Ma fonction", "Référente de parcours")
    front.put("Libellé sur l’écran d’ouverture", "Accueil CD")


def _phrase(front: FrontDriver) -> str:  # noqa: F811
    wait_until(lambda: bool(front.panel.question().choice.proposed()), "seven words")
    phrase: str = front.panel.question().choice.proposed()
    front.put("Retapez la phrase de passe", phrase)
    return phrase


def _kit(front: FrontDriver) -> tuple[str, ...]:  # noqa: F811
    wait_until(lambda: front.window.findChild(KitPanel) is not None, "the kit")
    sheet = front.window.findChild(KitPanel).sheet()
    front.click("Je l’ai recopié")
    for place in sheet.asked:
        front.put(f"Groupe {place + 1}", sheet.groups[place])
    return sheet.groups


def test_the_first_run_founds_a_profile_whose_kit_is_in_force(front: FrontDriver) -> None:  # noqa: F811
    front.come().says("Que voulez-vous faire")
    front.click("Continuer")
    _about_me(front)
    front.click("Continuer").put("Nom de la structure", "CCAS de Saint-Aubin").click("Continuer")
    phrase = _phrase(front)
    assert len(phrase.split()) == 7
    assert nameless(front.window) == []
    front.click("Continuer")
    _kit(front)
    front.click("Vérifier").inside()
    session = front.front.session
    assert session is not None
    assert session.keeper.kit_made_at() is not None
    assert session.desk.me.name == "Claire Dubois"
    assert session.desk.structure.name == "CCAS de Saint-Aubin"
    front.says("Sur ce poste seulement")


def test_bad_answers_get_a_sentence_and_nothing_is_made(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    front.come().click("Continuer").click("Continuer").says("Il manque\u00a0: Nom.")
    front.put("Nom", "Dubois").click("Continuer").says("Il manque\u00a0: Libellé sur l’écran d’ouverture.")
    front.put("Libellé sur l’écran d’ouverture", "CD").click("Continuer")
    front.click("Continuer").says("Il manque\u00a0: Nom de la structure.")
    front.put("Nom de la structure", "Mission locale").click("Continuer")
    _phrase(front)
    front.put("Retapez la phrase de passe", "autre chose").click("Continuer").says("ne sont pas les mêmes")
    front.click("Je préfère choisir ma phrase")
    front.put("Ma phrase de passe", "courte").put("Retapez la phrase de passe", "courte")
    front.click("Continuer").says("trop courte")
    assert door.profiles() == []


def test_the_kit_can_wait_until_tomorrow_and_is_asked_again(front: FrontDriver) -> None:  # noqa: F811
    front.come().click("Continuer")
    _about_me(front)
    front.click("Continuer").put("Nom de la structure", "L’Escale").click("Continuer")
    _phrase(front)
    front.click("Continuer")
    wait_until(lambda: front.window.findChild(KitPanel) is not None, "the kit")
    front.click("Me le rappeler demain").inside()
    session = front.front.session
    assert session is not None
    assert session.keeper.kit_made_at() is None
    until = session.keeper.kit_reminder()
    assert until is not None
    assert until > session.desk.clock.now()
    front.silent("Votre kit de secours n’est pas fait.")


def test_a_wrong_group_does_not_put_the_kit_in_force(front: FrontDriver) -> None:  # noqa: F811
    front.come().click("Continuer")
    _about_me(front)
    front.click("Continuer").put("Nom de la structure", "L’Escale").click("Continuer")
    _phrase(front)
    front.click("Continuer")
    groups = _kit(front)
    sheet = front.window.findChild(KitPanel).sheet()
    front.put(f"Groupe {sheet.asked[0] + 1}", "ZZZZZ").click("Vérifier").says("Un des deux groupes n’est pas le bon.")
    front.put(f"Groupe {sheet.asked[0] + 1}", groups[sheet.asked[0]].lower()).click("Vérifier").inside()


def test_training_enters_on_fictitious_people_and_says_so(front: FrontDriver) -> None:  # noqa: F811
    front.come()
    front.find("Travailler avec de vrais dossiers").setFocus()
    press("Down")
    front.click("Continuer")
    _phrase(front)
    front.click("Continuer").inside()
    front.says("Entraînement\u00a0: personnes fictives, rien n’est envoyé")
    session = front.front.session
    assert session is not None
    assert session.desk.store.records.count("person") == 40


def test_unlocking_shows_labels_and_opens(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    real_profile(door)
    front.come().says("Accueil CD").silent("Claire").silent("CCAS")
    assert nameless(front.window) == []
    front.unlock().inside()


def test_a_wrong_passphrase_says_so_and_waits_longer_each_time(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    real_profile(door)
    front.come()
    for _try in range(3):
        front.unlock("ce n’est pas elle")
        front.says("Phrase de passe incorrecte. Vos dossiers sont intacts. Vérifiez Verr. Maj et la langue du clavier.")
        wait_until(lambda: not front.panel.first_focus().isReadOnly(), "the answer")
    front.says("Nouvel essai dans")
    assert DELAYS == (0, 0, 0, 2, 5, 10, 30)
    assert front.panel.first_focus().echoMode() == QLineEdit.EchoMode.Password
    front.click("Afficher ce que je tape")
    assert front.panel.first_focus().echoMode() == QLineEdit.EchoMode.Normal


def test_caps_lock_is_told_while_one_types(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    real_profile(door)
    front.come().silent("Verrouillage des majuscules")
    field = front.panel.first_focus()
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
    front.says("Verrouillage des majuscules activé")
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
    front.silent("Verrouillage des majuscules")


def test_the_kit_reopens_and_names_the_group_with_the_slip(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    opened = door.unlock(real_profile(door), PASSPHRASE)
    sheet = opened.keeper.make_kit()
    assert opened.keeper.confirm_kit(sheet, *(sheet.groups[place] for place in sheet.asked))
    opened.keeper.close()
    front.come().click("Utiliser le kit")
    groups = list(sheet.groups)
    wrong = groups[4][:4] + ("7" if groups[4][4] != "7" else "8")
    for at, group in enumerate(groups):
        front.put(f"Groupe {at + 1}", wrong if at == 4 else group)
    front.click("Continuer").says("Le groupe 5 n’est pas recopié comme sur le kit.")
    front.put("Groupe 5", groups[4]).click("Continuer").says("Choisissez une nouvelle phrase de passe")
    choice = front.panel._phrase
    wait_until(lambda: bool(choice.proposed()), "seven words")
    new = choice.proposed()
    front.put("Retapez la phrase de passe", new).click("Changer et ouvrir").inside()
    profile = door.profiles()[0].id
    front.front.finish()
    door.unlock(profile, new).keeper.close()


def test_another_profiles_kit_is_refused_before_a_phrase_is_asked(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    opened = door.unlock(real_profile(door), PASSPHRASE)
    foreign = opened.keeper.make_kit()  # never confirmed: it opens nothing
    opened.keeper.close()
    front.come().click("Utiliser le kit")
    QApplication.clipboard().setText("-".join(foreign.groups).lower())
    front.find("Groupe 1").setFocus()
    press("Ctrl+V")
    front.click("Continuer")
    front.says("Ce code n’est pas celui de ce coffre. Vos dossiers sont intacts.")


def test_a_damaged_store_offers_its_copy_and_says_what_may_lack(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    profile = real_profile(door)
    opened = door.unlock(profile, PASSPHRASE)
    opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    opened.keeper.close()
    store = find(door.root, profile).folder / "vault.db"
    store.write_bytes(b"\x00" * 4096 + store.read_bytes()[4096:])
    later = (door.clock.now() + timedelta(hours=2)).timestamp()
    os.utime(store, (later, later))
    front.come().unlock().says("Votre phrase de passe est juste, mais le fichier est abîmé. Il est mis de côté")
    front.says("0 dossier.")
    assert nameless(front.window) == []
    front.click("Voir ce qui pourrait manquer").says("Ce qui a été écrit entre le")
    front.says("Rien n’a pu être relu dans le fichier abîmé.")
    front.click("Reprendre cette copie").inside()
    assert len(door.profiles()) == 1
    assert door.profiles()[0].id != profile


def test_a_damaged_key_file_has_a_message_of_its_own(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    folder = find(door.root, real_profile(door)).folder
    for name in ("vault.key", "vault.key.bak"):
        (folder / name).write_bytes(b"???")
    front.come().unlock().says("Le fichier de clé de ce profil est abîmé")
    front.silent("incorrecte")


def test_a_second_window_brings_the_first_one_forward(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    profile = real_profile(door)
    opened = door.unlock(profile, PASSPHRASE)
    front.come().unlock().says("Ce profil est déjà ouvert sur ce poste.")
    assert opened.keeper.take_request()
    opened.keeper.close()


def test_joining_a_colleague_of_this_laptop_by_invitation(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    opened = door.unlock(real_profile(door), PASSPHRASE)
    _card, code = opened.keeper.invite("Équipe du soir")
    opened.keeper.close()
    front.come().click("Ajouter une personne").says("Rejoindre ma structure sur cet ordinateur")
    front.find("Travailler avec de vrais dossiers").setFocus()
    press("Down")
    front.click("Continuer")
    front.put("Prénom", "Nadia").put("Nom", "Ferrand").put("Libellé sur l’écran d’ouverture", "NF").click("Continuer")
    front.put("Code", "AAAAA-AAAAA").click("Continuer")
    _phrase(front)
    front.click("Continuer").says("Ce code n’ouvre pas cette invitation. Rien n’a été créé.")
    assert len(door.profiles()) == 1
    front.click("Revenir").put("Code", code.lower().replace("-", " ")).click("Continuer")
    _phrase(front)
    front.click("Continuer")
    _kit(front)
    front.click("Vérifier").inside()
    session = front.front.session
    assert session is not None
    assert session.desk.structure.name == opened.desk.structure.name
    assert door.invitations() == []


def test_the_kits_paper_holds_every_group_and_no_name(door: LocalDoorway) -> None:
    opened = door.unlock(real_profile(door), PASSPHRASE)
    sheet = opened.keeper.make_kit()
    text = paper(sheet).toPlainText()
    opened.keeper.close()
    assert all(group in text for group in sheet.groups)
    assert "Dubois" not in text


def test_the_first_screen_fits_at_double_size(front: FrontDriver, door: LocalDoorway) -> None:  # noqa: F811
    real_profile(door)
    front.come()
    front.front.stage.theme.apply("light", 200)
    front.window.resize(1366, 768)
    turn(20)
    assert clipped(front.panel) == []
    front.front.stage.theme.apply("light", 100)


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "p"), str(tmp_path / "s"), ",".join(HEAVY)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[]", "[]"], done.stdout + done.stderr
