"""The command line on real profiles, each command in a process of its own: exit codes, sentences, JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from spie_desk.app.commands.opening import doorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders
from spie_desk.domain.records.person import Person
from spie_desk.exchange import export_file
from spie_desk.services import notes
from spie_desk.services.desk import Desk
from spie_desk.services.doorway import NewProfile
from spie_desk.services.founding import me_of
from spie_desk.shipped import shipped
from spie_desk.store.vault import FLOOR
from tests.made_flows import STRANGER, Foyer, Who, flow
from tests.stores import PASSPHRASE

REAL = Path(str(shipped("examples/import_beneficiaires.csv")))
PEOPLE = 5


@dataclass
class Place:
    """A profile on disk, closed, and the file of its passphrase."""

    folder: Path
    phrase: Path
    home: Path

    def run(self, *arguments: str, phrase: Path | None = None, wait: float = 60,
            terminal: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
        """spie-desk, with this profile."""
        known = ["--profile", str(self.folder), "--passphrase-file", str(phrase or self.phrase)]
        return self.bare(*known, *arguments, wait=wait, terminal=terminal)

    def bare(self, *arguments: str, wait: float = 60,
             terminal: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:  # fmt: skip
        command = [sys.executable, "-m", "spie_desk.app.main", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=wait, check=False, env=self.environment(), stdin=terminal
        )

    def environment(self) -> dict[str, str]:
        own = {"XDG_STATE_HOME": str(self.home / "state"), "XDG_DATA_HOME": str(self.home / "data")}
        return os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A profile with five fictitious people and its kit made, shared by the commands that only read or add."""
    return new_place(tmp_path_factory.mktemp("commands"))


def new_place(home: Path) -> Place:
    door = doorway(home / "profiles", home / "state" / "spie-desk", FLOOR)
    me, structure = founders(example_people())
    wish = NewProfile(label="Claire", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure, people=PEOPLE)
    opened = door.create(wish)
    kit = opened.keeper.make_kit()
    assert opened.keeper.confirm_kit(kit, *(kit.groups[at] for at in kit.asked))
    opened.keeper.back_up(lambda _done, _total: None, lambda: False)
    folder = home / "profiles" / opened.keeper.card.id
    opened.keeper.close()
    phrase = home / "phrase.txt"
    phrase.write_text(f"{PASSPHRASE}\nune autre ligne\n", "utf-8")
    return Place(folder, phrase, home)


def within(place: Place, work: Callable[[Any], Any]) -> Any:
    """Look into the profile, in this process."""
    door = doorway(place.folder.parent, place.home / "state" / "spie-desk", FLOOR)
    opened = door.unlock(place.folder.name, PASSPHRASE)
    try:
        return work(opened.desk)
    finally:
        opened.keeper.close()


def names(place: Place) -> list[str]:
    found: list[str] = within(place, lambda desk: [one.record.last_name for one in desk.store.records.find("person")])
    return [name for name in found if name]


def test_status_counts_and_names_nobody(place: Place) -> None:
    done = place.run("status", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["records"]["person"] >= PEOPLE
    assert told["kit"] is True
    assert not [name for name in names(place) if name in done.stdout]
    assert "Personnes : " in place.run("status").stdout


def test_an_import_is_tried_then_done_then_changes_nothing(tmp_path: Path) -> None:
    place = new_place(tmp_path)
    tried = place.run("import", str(REAL), "--dry-run", "--json")
    told = json.loads(tried.stdout)
    assert (tried.returncode, told["to_create"], told["in_doubt"], told["refused"]) == (0, 2, 2, 0)
    assert within(place, lambda desk: desk.store.records.count("person")) == PEOPLE
    done = place.run("import", str(REAL))
    assert (done.returncode, "Import fait" in done.stdout) == (0, True)
    assert within(place, lambda desk: desk.store.records.count("person")) == PEOPLE + 2
    again = json.loads(place.run("import", str(REAL), "--json").stdout)
    assert (again["to_create"], again["to_update"], "deed" in again) == (0, 2, False)


def test_a_benefit_flow_updates_who_is_followed_and_counts_the_rest(tmp_path: Path) -> None:
    place = new_place(tmp_path)
    person, number = within(place, _known_to_the_caf)
    who = Who(person.last_name.upper(), person.first_name.upper(), person.born_on.isoformat())
    path = tmp_path / "flux.xml"
    path.write_bytes(flow(Foyer([who], number=number).suspended("2031-01-01"), Foyer([STRANGER]), on="2031-01-31"))
    tried = json.loads(place.run("import", str(path), "--dry-run", "--json").stdout)
    assert (tried["to_update"], tried["others"], "deed" in tried) == (1, 1, False)
    done = place.run("import", str(path))
    assert (done.returncode, "1 autre non lue" in done.stdout, "ZQXV" in done.stdout) == (0, True, False)
    rights = within(place, lambda desk: [one.record.status for one in desk.store.records.find(
        "right", {"person": person.id}) if one.record.scheme == "rsa"])  # fmt: skip
    assert "rsa_droit_ouvert_versement_suspendu" in rights
    path.write_bytes(b"<!DOCTYPE a>")
    bad = place.run("import", str(path))
    assert (bad.returncode, "DOCTYPE" in bad.stderr, "Traceback" in bad.stderr) == (1, True, False)


def _known_to_the_caf(desk: Desk) -> tuple[Person, str]:
    for held in desk.store.records.find("identifier", {"scheme": "caf"}):
        found = desk.store.records.get("person", held.record.person)
        if found is not None and found.record.born_on and found.record.first_name and not found.record.ended_on:
            return found.record, "".join(filter(str.isdigit, held.record.value)).ljust(15, "0")
    raise AssertionError("nobody of the example has a number")


def test_a_missing_file_and_a_bad_one_have_their_sentence(place: Place, tmp_path: Path) -> None:
    gone = place.run("import", str(tmp_path / "parti.csv"))
    assert (gone.returncode, "parti.csv" in gone.stderr, "Traceback" in gone.stderr) == (1, True, False)
    (tmp_path / "image.csv").write_bytes(b"%PDF-1.7")
    bad = place.run("import", str(tmp_path / "image.csv"))
    assert (bad.returncode, "n’est pas un tableau" in bad.stderr) == (1, True)


def test_one_file_leaves_in_the_clear_with_its_sums_and_its_notes_count_as_left(place: Place, tmp_path: Path) -> None:
    number, note = within(place, _signed)
    out = tmp_path / "sortie"
    done = place.run("export", "--person", number, "--out", str(out))
    assert (done.returncode, "1 dossier écrit en clair." in done.stdout) == (0, True), done.stderr
    assert "ne sont plus protégés" in done.stdout
    assert [one.name for one in out.iterdir()] == [number]
    assert {one.name for one in (out / number).iterdir()} == {"dossier.json", "fiche.pdf", "manifest.json"}
    assert export_file.verify(out / number) == []
    assert (out / number / "fiche.pdf").read_bytes().startswith(b"%PDF")
    document = json.loads((out / number / "dossier.json").read_bytes())
    assert (document["number"], document["format"]) == (number, "spie-desk-dossier")
    assert within(place, lambda desk: notes.has_left(desk, note))
    # what is there is never written over
    again = place.run("export", "--person", number, "--out", str(out))
    assert (again.returncode, "n’est pas vide" in again.stderr) == (1, True)
    assert export_file.verify(out / number) == []


def test_everyone_leaves_with_a_manifest_of_manifests(place: Place, tmp_path: Path) -> None:
    hidden = within(place, _hide_an_address)
    done = place.run("export", "--all", "--out", str(tmp_path / "tout"))
    people = within(place, lambda desk: desk.store.records.count("person"))
    assert (done.returncode, f"{people} dossiers écrits en clair." in done.stdout) == (0, True), done.stderr
    assert export_file.verify(tmp_path / "tout") == []
    assert len(list((tmp_path / "tout").glob("*/dossier.json"))) == people
    told = (tmp_path / "tout" / hidden[0] / "dossier.json").read_text("utf-8")
    assert hidden[1] not in told
    assert "à ne pas divulguer" in done.stdout
    whole = place.run("export", "--person", hidden[0], "--addresses", "--out", str(tmp_path / "entier"))
    assert whole.returncode == 0
    assert hidden[1] in (tmp_path / "entier" / hidden[0] / "dossier.json").read_text("utf-8")


def test_a_list_leaves_as_a_workbook_with_a_reason_and_never_over_another_file(place: Place, tmp_path: Path) -> None:
    hidden = within(place, _hide_an_address)
    people = within(place, lambda desk: desk.store.records.count("person"))
    out = tmp_path / "liste.ods"
    call = ("export", "--list", "people", "--format", "ods", "--out", str(out))
    unsaid = place.run(*call)
    assert (unsaid.returncode, "Il manque le motif." in unsaid.stderr, out.exists()) == (1, True, False)
    done = place.run(*call, "--reason", "bilan annuel")
    assert (done.returncode, f"{people} lignes écrites en clair." in done.stdout) == (0, True), done.stderr
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert len(rows) == people + 1
    assert hidden[1] not in str(rows)
    again = place.run(*call, "--reason", "bilan annuel")
    assert (again.returncode, "existe déjà" in again.stderr) == (1, True)
    team = tmp_path / "equipe.csv"
    done = place.run("export", "--list", "professional", "--format", "csv", "--out", str(team), "--reason", "annuaire")
    assert (done.returncode, "Chef ou cheffe de service" in team.read_text("utf-8-sig")) == (0, True), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
@pytest.mark.parametrize(("typed", "left"), [("visite du médecin\n", True), ("  \n", False)])
def test_at_a_terminal_a_whole_file_leaves_once_its_reason_is_typed(
    place: Place, tmp_path: Path, typed: str, left: bool
) -> None:
    import pty  # noqa: PLC0415 — not everywhere

    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no terminal to be had here: {error}")
    number, _note = within(place, _signed)
    os.write(ours, typed.encode())
    done = place.run("export", "--person", number, "--out", str(tmp_path / "sortie"), terminal=theirs)
    os.close(ours)
    os.close(theirs)
    assert "Motif de l’export" in done.stdout
    assert (done.returncode == 0, (tmp_path / "sortie").exists()) == (left, left), done.stderr
    assert ("Il manque le motif." in done.stderr) is not left


def test_an_unknown_number_is_said_and_nothing_is_written(place: Place, tmp_path: Path) -> None:
    done = place.run("export", "--person", "ZZ-9999", "--out", str(tmp_path / "rien"))
    assert (done.returncode, "ZZ-9999" in done.stderr) == (1, True)
    assert not (tmp_path / "rien").exists()


def test_the_journal_is_checked_and_read_again(place: Place) -> None:
    checked = place.run("rebuild", "--check")
    assert (checked.returncode, checked.stdout) == (0, "Tout est égal au journal.\n")
    assert place.run("rebuild").returncode == 0
    assert place.run("rebuild", "--check").returncode == 0


def test_a_backup_is_made_and_taken_up_in_a_new_folder_only(place: Place, tmp_path: Path) -> None:
    made = place.run("backup")
    assert (made.returncode, "Sauvegarde vérifiée" in made.stdout) == (0, True)
    copy = max((place.folder / "backups").iterdir(), key=lambda one: one.stat().st_mtime)
    done = place.bare("--passphrase-file", str(place.phrase), "restore", str(copy), "--to", str(tmp_path / "repris"))
    assert (done.returncode, "Copie reprise" in done.stdout) == (0, True), done.stderr
    (root,) = (one for one in (tmp_path / "repris").iterdir() if (one / "vault.db").exists())
    taken = replace(place, folder=root)
    assert json.loads(taken.run("status", "--json").stdout)["records"] == json.loads(
        place.run("status", "--json").stdout)["records"]  # fmt: skip
    again = place.bare("--passphrase-file", str(place.phrase), "restore", str(copy), "--to", str(tmp_path / "repris"))
    assert (again.returncode, "n’est pas vide" in again.stderr) == (1, True)


def test_a_backup_that_is_not_there_is_not_said_to_be_damaged(place: Place, tmp_path: Path) -> None:
    gone = place.run("restore", "20261123T011919-37f55c", "--to", str(tmp_path / "back"))
    assert (gone.returncode, "n’est pas là" in gone.stderr, "abîmée" in gone.stderr) == (1, True, False)
    assert not (tmp_path / "back").exists()


def test_doctor_says_what_is_well_and_what_is_not(place: Place) -> None:
    done = place.run("doctor")
    assert (done.returncode, "✘" in done.stdout) == (0, False), done.stdout
    assert "Sauvegardes vérifiées" in done.stdout


def test_three_closed_doors_have_three_sentences(tmp_path: Path) -> None:
    place = new_place(tmp_path)
    wrong = tmp_path / "fausse.txt"
    wrong.write_text("une tout autre phrase de passe ici\n", "utf-8")
    refused = place.run("status", phrase=wrong)
    database = place.folder / "vault.db"
    kept = database.read_bytes()
    database.write_bytes(kept[:4096] + os.urandom(4096) + kept[8192:])
    damaged = place.run("status")
    database.write_bytes(kept)
    for key in place.folder.glob("**/*key*"):
        if key.is_file():
            key.write_bytes(b"{}")
    without_key = place.run("status")
    said = [done.stderr for done in (refused, damaged, without_key)]
    assert [done.returncode for done in (refused, damaged, without_key)] == [1, 1, 1]
    assert len(set(said)) == 3
    assert "Phrase de passe incorrecte" in said[0]
    assert "abîmé" in said[1]
    assert not [text for text in said if "Traceback" in text or PASSPHRASE in text]


def test_no_profile_and_no_readable_phrase_have_their_sentence(place: Place, tmp_path: Path) -> None:
    nothing = place.bare("--passphrase-file", str(place.phrase), "status")
    assert (nothing.returncode, "--profile" in nothing.stderr) == (1, True)
    unread = place.run("status", phrase=tmp_path / "absente.txt")
    assert (unread.returncode, "absente.txt" in unread.stderr) == (1, True)


def test_a_passphrase_is_never_an_argument_nor_in_the_environment(place: Place) -> None:
    refused = place.bare("--profile", str(place.folder), "--passphrase", PASSPHRASE, "status")
    assert refused.returncode == 2
    command = [sys.executable, "-m", "spie_desk.app.main", "--profile", str(place.folder), "--passphrase-file",
               str(place.phrase), "backup"]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, env=place.environment())
    seen = b""
    while running.poll() is None:
        seen += _told_of(running.pid)
        time.sleep(0.02)
    running.communicate()
    assert running.returncode == 0
    assert b"spie_desk.app.main" in seen
    assert PASSPHRASE.encode() not in seen


def _told_of(pid: int) -> bytes:
    """What every program of this computer may read of a process."""
    found = b""
    for name in ("cmdline", "environ"):
        try:
            found += Path(f"/proc/{pid}/{name}").read_bytes()
        except OSError:
            continue
    return found


def _signed(desk: Any) -> tuple[str, bytes]:
    """A note signed today on someone's file: (file number, note)."""
    shown = desk.store.records.find("person")[0]
    note = replace(notes.blank(desk, shown.record.id), text="Vue à la permanence.")
    notes.sign(desk, note)
    found = max(desk.store.records.find("note", {"person": shown.record.id}), key=lambda one: one.last.hlc)
    return shown.record.number, found.record.id


def _hide_an_address(desk: Any) -> Sequence[str]:
    """Somebody's address is no longer to be given out: (file number, street)."""
    from spie_desk.services import records  # noqa: PLC0415 — one use

    assert me_of(desk.store) is not None
    shown = next(one for one in desk.store.records.find("person") if one.record.street)
    records.save(desk, "person", replace(shown.record, street="7 rue du Canari", undisclosed=True), shown)
    return shown.record.number, "7 rue du Canari"
