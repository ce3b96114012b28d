"""Every resource opens the same way from a checkout, from an editable install and from a wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from spie_desk.shipped import open_shipped, shipped

TREE = Path(__file__).resolve().parents[2]
RESOURCES = TREE / "resources"

# Without site-packages: what is found is found through the folders named, not through this environment's own install.
ASK = """
import hashlib, json, site, sys
how, *folders = json.loads(sys.argv[1])
if how == "editable":
    site.addsitedir(folders[0])
else:
    sys.path[:0] = folders
import spie_desk, spie_sync
from spie_desk.shipped import open_shipped, shipped
from spie_desk import texts
texts.set_language("en")

def walk(place, name=""):
    for item in place.iterdir():
        path = f"{name}{item.name}"
        if item.is_dir():
            yield from walk(item, f"{path}/")
        else:
            yield path

found = {path: hashlib.sha256(open_shipped(path)).hexdigest() for path in walk(shipped("."))}
print(json.dumps({"code": spie_desk.__file__, "place": str(shipped(".")), "found": found}))
"""


def ask(tmp_path: Path, how: str, *folders: Path) -> dict[str, object]:
    child = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ASK, json.dumps([how, *map(str, folders)])],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    answer: dict[str, object] = json.loads(child.stdout)
    return answer


def built(tmp_path: Path, hook: str) -> Path:
    """The tree built by its own back end, without network or isolation, and unpacked."""
    make = f"import sys; from hatchling import build; print(build.{hook}(sys.argv[1]))"
    child = subprocess.run(
        [sys.executable, "-c", make, str(tmp_path)],
        cwd=TREE, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    place = tmp_path / "installed"
    with zipfile.ZipFile(tmp_path / child.stdout.splitlines()[-1]) as wheel:
        wheel.extractall(place)
    return place


@pytest.fixture(scope="module")
def in_tree(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return ask(tmp_path_factory.mktemp("checkout"), "path", TREE / "src", TREE / "sync")


def test_a_checkout_opens_what_lies_in_the_tree(in_tree: dict[str, object]) -> None:
    found = in_tree["found"]
    assert isinstance(found, dict)
    hidden = (".gitkeep", ".DS_Store")
    on_disk = {p.relative_to(RESOURCES).as_posix() for p in RESOURCES.rglob("*") if p.is_file()}
    assert {path for path in found if not path.endswith(hidden)} == {p for p in on_disk if not p.endswith(hidden)}
    assert "i18n/en.mo" in found


def test_an_editable_install_opens_the_same(tmp_path: Path, in_tree: dict[str, object]) -> None:
    answer = ask(tmp_path, "editable", built(tmp_path, "build_editable"))
    assert answer == in_tree


def test_a_wheel_opens_the_same_from_inside_itself(tmp_path: Path, in_tree: dict[str, object]) -> None:
    place = built(tmp_path, "build_wheel")
    answer = ask(tmp_path, "path", place)
    assert str(answer["code"]).startswith(str(place))
    assert str(answer["place"]).startswith(str(place))
    assert answer["found"] == in_tree["found"]


def test_what_is_not_shipped_is_said_by_its_path() -> None:
    with pytest.raises(FileNotFoundError, match="not shipped: icons/nothing-of-that-name"):
        open_shipped("icons/nothing-of-that-name")
    with pytest.raises(FileNotFoundError):
        shipped("icons/nothing")
