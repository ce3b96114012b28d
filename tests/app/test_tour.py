"""The tour, once, in a process without a display: its pictures, papers and summary, and no word left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from spie_desk.app.commands import tour
from spie_desk.app.commands.export import NotEmptyError
from spie_desk.app.tour import day, reviews, tools
from spie_desk.app.tour.steps import STEPS
from spie_desk.shipped import shipped
from spie_desk.ui.pages.entries import ENTRIES

REAL = Path(str(shipped("examples/import_beneficiaires.csv")))
PEOPLE = 12
TYPED = (day.NOTE[:24], day.QUICK[:24], reviews.SAID[:24], tools.BEGUN[0][:24], tools.BEGUN[1][:24])
CANARIES = [word.encode(code) for word in (*TYPED, "Lieu-dit", "Vimoutiers")
            for code in ("utf-8", "utf-16-le")]  # fmt: skip
MOST_SECONDS = 90


@dataclass
class Walk:
    """One tour that ran: where it left its things, how it ended, and what was found in the clear on the way."""

    out: Path
    code: int = -1
    said: str = ""
    told: str = ""
    loose: set[str] = field(default_factory=set)
    left: list[Path] = field(default_factory=list)
    seen: int = 0
    begun: float = 0.0

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "summary.json").read_bytes())
        return found


@pytest.fixture(scope="session")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Run with temporary and personal folders of its own, which are searched for words while it runs."""
    home, temporary = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("temporary")
    done = Walk(tmp_path_factory.mktemp("tour") / "out")
    own = {"HOME": home, "TMPDIR": temporary, "XDG_RUNTIME_DIR": temporary, "XDG_CONFIG_HOME": home / "config",
           "XDG_DATA_HOME": home / "data", "XDG_STATE_HOME": home / "state"}  # fmt: skip
    command = [sys.executable, "-m", "spie_desk.app.main", "tour", "--import", str(REAL), "--out", str(done.out),
               "--people", str(PEOPLE)]  # fmt: skip
    done.begun = time.time()
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {name: str(path) for name, path in own.items()} | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    deadline = time.monotonic() + 4 * MOST_SECONDS
    try:
        while running.poll() is None and time.monotonic() < deadline:
            _search(home, done)
            _search(temporary, done)
            time.sleep(0.4)
    finally:
        running.kill()
        done.said, done.told = running.communicate()
    done.code = running.returncode
    done.left = [path for path in temporary.rglob("*") if path.is_file()]
    _search(home, done)
    return done


def _search(folder: Path, done: Walk) -> None:
    # os.walk steps over what goes away while it looks
    for top, _folders, files in os.walk(folder):
        for name in files:
            try:
                data = Path(top, name).read_bytes()
            except OSError:
                continue
            done.seen += bool(data)
            if any(word in data for word in CANARIES):
                done.loose.add(name)


def test_all_of_it_worked(walk: Walk) -> None:
    assert (walk.code, walk.told.replace("This plugin does not support raise()\n", "").count("Traceback")) == (0, 0), (
        walk.told
    )
    assert "Parcours terminé" in walk.said
    summary = walk.summary
    assert summary["ok"] is True
    assert list(summary["durations"]) == [step.name for step in STEPS]
    assert summary["counts"]["import"]["created"] == 2
    assert summary["counts"]["records"]["person"] == PEOPLE + 2
    assert summary["counts"]["clashes"]["settled"] == 1
    assert summary["counts"]["review"]["decisions"] >= 1
    assert summary["counts"]["backup"]["files"] == PEOPLE + 2


def test_every_main_screen_has_its_picture_at_one_size_and_none_is_blank(walk: Walk) -> None:
    pictures = walk.summary["pictures"]
    routes = {name.split("-", 1)[1].removesuffix(".png") for name in pictures}
    assert {entry.route for entry in ENTRIES if entry.group} - {"import", "clashes"} <= routes
    assert {"import-essai", "dossier", "note", "revue-tenir", "revue-projetee", "dossier-sombre", "dossier-200",
            "deverrouillage", "premiere-ouverture"} <= routes  # fmt: skip
    for name in pictures:
        image = QImage(str(walk.out / name))
        assert (image.width(), image.height()) == (1366, 768), name
        colours = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 20, name


def test_every_screen_that_the_help_shows_is_walked_through(walk: Walk) -> None:
    """So that `dev.py pictures` renews them all."""
    walked = {name.split("-", 1)[1] for name in walk.summary["pictures"]}
    shown = {one.name for one in shipped("help/pictures").iterdir()}
    assert len(shown) > 15
    assert shown <= walked


def test_the_projected_picture_is_not_the_one_at_the_table(walk: Walk) -> None:
    found = {name.split("-", 1)[1]: (walk.out / name).read_bytes() for name in walk.summary["pictures"]}
    assert found["revue-tenir.png"] != found["revue-projetee.png"]


def test_papers_and_the_export_are_there(walk: Walk) -> None:
    papers = walk.summary["papers"]
    assert {"fiche.pdf", "note.pdf", "ordre-du-jour.pdf", "compte-rendu-1.pdf"} <= set(papers)
    assert all((walk.out / name).read_bytes().startswith(b"%PDF") for name in papers)
    assert len(list((walk.out / "export").glob("*/dossier.json"))) == 1


def test_the_summary_names_nobody(walk: Walk) -> None:
    text = (walk.out / "summary.json").read_text("utf-8")
    told = json.loads(next((walk.out / "export").glob("*/dossier.json")).read_bytes())
    person = next(one for one in told["records"] if one["kind"] == "person")["values"]["name"]
    assert person["last_name"] not in text
    assert person["first_name"] not in text


def test_nothing_was_in_the_clear_while_it_ran_and_nothing_is_left_after(walk: Walk) -> None:
    assert walk.seen > 20, "the search found no file to look into"
    assert walk.loose == set()
    assert walk.left == []


def test_no_word_of_it_is_in_what_it_says_nor_where_printers_and_dumps_leave_theirs(walk: Walk) -> None:
    told = json.loads(next((walk.out / "export").glob("*/dossier.json")).read_bytes())
    person = next(one for one in told["records"] if one["kind"] == "person")["values"]["name"]
    words = [*TYPED, "Vimoutiers", person["last_name"] + " "]
    assert not [word for word in words if word in walk.said + walk.told]
    spools = [path for folder in ("/var/spool", "/var/tmp", "/dev/shm", "/var/crash", "/var/lib/systemd/coredump")
              for path in Path(folder).rglob("*")]  # fmt: skip
    here = [path for path in (*spools, *Path.cwd().glob("core*")) if path.is_file() and not path.is_symlink()]
    assert [path.name for path in here if _holds_any(path, walk.begun, CANARIES)] == []
    assert not [path for path in here if path.name.startswith("core") and path.stat().st_mtime >= walk.begun]


def _holds_any(path: Path, since: float, words: list[bytes]) -> bool:
    try:
        return path.stat().st_mtime >= since and any(word in path.read_bytes() for word in words)
    except OSError:
        return False


def test_a_folder_that_holds_something_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mien.txt").write_text("à moi", "utf-8")
    command = [sys.executable, "-m", "spie_desk.app.main", "tour", "--out", str(tmp_path / "out"), "--import"]
    full = subprocess.run([*command, str(REAL)], capture_output=True, text=True, check=False)
    assert (full.returncode, "n’est pas vide" in full.stderr) == (1, True)
    gone = subprocess.run([*command, str(tmp_path / "parti.csv")], capture_output=True, text=True, check=False)
    assert (gone.returncode, "parti.csv" in gone.stderr) == (1, True)


def test_a_step_that_fails_is_named_and_the_exit_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "image.csv"
    bad.write_bytes(b"%PDF-1.7")
    command = [sys.executable, "-m", "spie_desk.app.main", "tour", "--out", str(tmp_path / "out"), "--import", str(bad)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "«\u00a0import\u00a0»" in done.stderr
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes()) == {"ok": False}


def test_a_tour_takes_the_place_of_an_earlier_one_and_of_nothing_else(walk: Walk, tmp_path: Path) -> None:
    """``dev.py run`` always walks into out/: the second time too."""
    out = tmp_path / "out"
    shutil.copytree(walk.out, out)
    (out / "mien.pdf").write_bytes(b"%PDF mine")
    before = sorted(out.rglob("*"))
    with pytest.raises(NotEmptyError):
        tour._clear(out)
    assert sorted(out.rglob("*")) == before
    (out / "mien.pdf").unlink()
    tour._clear(out)
    assert list(out.iterdir()) == []
