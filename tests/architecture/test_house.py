"""The house stands as drawn: arrows, sizes, names, and what no tracked file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
CODE = (TREE / "src", TREE / "sync")
MODULES = sorted(path for top in CODE for path in top.rglob("*.py"))

# Guides are 250, 200 and 30 lines; these are where a guide has become a wall.
MODULE_LINES, CLASS_LINES, FUNCTION_LINES = 400, 300, 60
MAIN_WINDOW_LINES, MAIN_WINDOW_METHODS, MAIN_WINDOW_IMPORTS = 150, 15, 15
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "controller", "logic", "misc"}


def name(path: Path) -> str:
    return path.relative_to(TREE).as_posix()


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=TREE, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: nothing is tracked")
    return sorted(TREE / path for path in listed.stdout.split("\0") if path and (TREE / path).is_file())


def written(*patterns: str) -> Iterator[tuple[Path, str]]:
    """Tracked files that are text, with what they hold."""
    for path in tracked(*patterns):
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_matching(rule: re.Pattern[str], *patterns: str, but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path, text in written(*patterns)
        if name(path) not in but
        for number, line in enumerate(text.splitlines(), 1)
        if rule.search(line)
    ]


# Arrows


def test_arrows_only_go_down() -> None:
    go = "from importlinter.cli import lint_imports_command as go; go()"
    asked = subprocess.run(
        [sys.executable, "-c", go, "--no-logo", "--no-cache"],
        cwd=TREE, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stdout + asked.stderr


THREADS_ALLOWED = {"src/spie_desk/ui/tasks.py"}


def test_threads_live_in_one_module_of_the_screens() -> None:
    for path in sorted((TREE / "src" / "spie_desk" / "ui").rglob("*.py")):
        if name(path) in THREADS_ALLOWED:
            continue
        taken = {imported.partition(".")[0] for imported in imports(path)} & {"threading", "concurrent", "asyncio"}
        assert not taken, f"{name(path)} starts threads of its own: {taken}"
        assert not re.search(r"\bQThread\b|\bQThreadPool\b|\bQRunnable\b", path.read_text(encoding="utf-8")), name(path)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


HANDED_IN = re.compile(
    r"\b(datetime\.now|date\.today|time\.time|os\.environ|os\.getenv|(?<!def )(?<!\.)open\(|uuid4|urandom|Path\()"
)


@pytest.mark.parametrize("floor", ["domain", "services"])
def test_no_clock_no_file_no_environment_below(floor: str) -> None:
    """Time, chance and places are handed in; so a rule can be tested on any day and any machine."""
    assert lines_matching(HANDED_IN, f"src/spie_desk/{floor}/*.py", f"src/spie_desk/{floor}/**/*.py") == []


# Sizes and names


def sizes(path: Path) -> Iterator[tuple[str, int, int]]:
    text = path.read_text(encoding="utf-8")
    yield name(path), len(text.splitlines()), MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            yield f"{name(path)}: class {node.name}", lines(node), CLASS_LINES
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}: {node.name}()", lines(node), FUNCTION_LINES


def lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_nothing_has_outgrown_a_reader() -> None:
    grown = [f"{what}: {size} lines" for path in MODULES for what, size, wall in sizes(path) if size > wall]
    assert not grown, "\n".join(grown)


def test_the_main_window_is_a_frame() -> None:
    path = TREE / "src/spie_desk/ui/shell/main_window.py"
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAIN_WINDOW_LINES
    assert len([i for i in imports(path) if i.startswith("spie_")]) <= MAIN_WINDOW_IMPORTS
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert len([m for m in node.body if isinstance(m, ast.FunctionDef)]) <= MAIN_WINDOW_METHODS, node.name


def test_modules_open_with_what_they_are_for() -> None:
    silent = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        said = ast.get_docstring(ast.parse(text)) or ""
        if text.strip() and (not said or said.startswith("This module")):
            silent.append(name(path))
    assert not silent, silent


def test_a_module_is_named_for_a_thing_or_a_deed() -> None:
    assert [name(path) for path in MODULES if set(path.stem.split("_")) & NAMES_OF_NOTHING] == []


# What ARCHITECTURE.md says


def test_the_names_that_the_architecture_cites_exist() -> None:
    cited = re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|toml))`", (TREE / "ARCHITECTURE.md").read_text("utf-8"))
    assert len(cited) > 20
    roots = (TREE, TREE / "src/spie_desk", TREE / "sync/spie_sync")
    lost = sorted({path for path in cited if not any((root / path).exists() for root in roots)})
    assert not lost, lost


def test_every_decision_is_in_the_index() -> None:
    index = (TREE / "ARCHITECTURE.md").read_text("utf-8")
    lost = [path.name for path in (TREE / "docs/decisions").glob("0*.md") if path.name not in index]
    assert not lost, lost


# What no tracked file may hold

HERE = "tests/architecture/test_house.py"
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:work|root|farm|home/\w{2,}|Users/\w{2,}|opt/(?:wheels|pypi))/[\w.]")
MOCKS = re.compile(r"unittest[.]mock|Magic" r"Mock|\bmocker\b")
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bpypi-\w{30,}")
CONSENT = re.compile("consent" "ement", re.IGNORECASE)
WORD_OF_THE_RULES = (HERE, "tests/architecture/test_words.py", "tools/catalogue.py", "CONTRIBUTING.md",
                     "resources/dictionaries/fr.dic")  # fmt: skip


def test_locks_name_hashes_and_no_address() -> None:
    for lock in ("requirements/desk.lock", "requirements/dev.lock"):
        text = (TREE / lock).read_text(encoding="utf-8")
        assert "://" not in text, lock
        pinned = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[\w.-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)), lock
    assert not tracked("uv.lock", "pylock*.toml", "poetry.lock")


def test_what_is_needed_to_install_offline_is_in_the_lock() -> None:
    pinned = (TREE / "requirements/dev.lock").read_text(encoding="utf-8")
    assert all(re.search(rf"^{package}==", pinned, re.MULTILINE) for package in ("hatchling", "editables"))
    assert re.search(r"^pyside6-essentials==6\.11\.3 ", pinned, re.MULTILINE)


def test_no_place_of_one_machine() -> None:
    assert lines_matching(PLACES_OF_ONE_MACHINE, but=(HERE,)) == []


def test_no_mock_of_our_own_code() -> None:
    """The real store, real files, a clock handed in: a mock shows where a seam is missing."""
    assert lines_matching(MOCKS, "tests/*.py", "tests/**/*.py", but=(HERE,)) == []
    replaced = re.compile(r"monkeypatch\.setattr\(\s*[\"']?spie_")
    assert lines_matching(replaced, "tests/*.py", "tests/**/*.py", but=(HERE,)) == []


def test_no_secret() -> None:
    assert lines_matching(SECRETS, but=(HERE,)) == []


def test_comments_cite_only_pages_that_travel_with_the_code() -> None:
    cited = re.compile(r"([\w./-]+\.md)\b")
    pages = [f"/{name(page)}" for page in tracked("*.md")]
    lost = [
        f"{name(path)}: {page}"
        for path, text in written("src", "sync", "tools", "tests")
        if name(path) != HERE and path.suffix == ".py"
        for page in cited.findall(text)
        if not any(there.endswith(f"/{page}") for there in pages)
    ]
    assert not lost, lost


def test_the_mission_is_the_basis_and_no_screen_says_otherwise() -> None:
    assert lines_matching(CONSENT, "src", "resources", but=WORD_OF_THE_RULES) == []


@pytest.mark.parametrize(
    ("rule", "caught"),
    [
        (PLACES_OF_ONE_MACHINE, "see /home/amina/file"),
        (PLACES_OF_ONE_MACHINE, "/work/" + "main"),
        (MOCKS, "from unittest." + "mock import patch"),
        (SECRETS, "-----BEGIN PRIVATE " + "KEY"),
        (CONSENT, "Consente" + "ment"),
    ],
)
def test_the_rules_catch_what_they_must(rule: re.Pattern[str], caught: str) -> None:
    assert rule.search(caught)


def test_git_ignores_what_is_made() -> None:
    asked = [".venv/x", "a/__pycache__/b.pyc", "out/x.png", "dist/x.whl", "uv.lock", "pylock.toml", "x.log"]
    told = subprocess.run(
        ["git", "check-ignore", *asked], cwd=TREE, capture_output=True, text=True, timeout=30, check=False
    )
    if told.returncode > 1:
        pytest.skip("not a git checkout")
    assert told.stdout.split() == asked
