"""``dev.py bench``: what it offers, the list it writes, and what it says of a missed bar and of an unknown name."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as command
from bench.harness import pinned
from bench.harness.figures import KEYS

TREE = Path(__file__).resolve().parents[2]


def test_help_names_every_measure() -> None:
    said = subprocess.run([sys.executable, "dev.py", "bench", "--help"], cwd=TREE, capture_output=True, text=True,
                          timeout=60, check=True).stdout  # fmt: skip
    words = " ".join(said.split())
    assert all(name in words for name in command.names())
    assert all(option in words for option in ("--json", "--strict", "--pinned"))


def test_every_module_measures_and_says_in_its_first_line_what() -> None:
    for name in command.names():
        tree = ast.parse((TREE / "bench" / f"{name}.py").read_text(encoding="utf-8"))
        assert (ast.get_docstring(tree) or "").splitlines()[0].endswith("."), name
        assert "figures" in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, name


def test_every_measure_is_explained() -> None:
    page = (TREE / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert [name for name in command.names() if f"`{name}`" not in page] == []


def test_an_unknown_name_is_told() -> None:
    done = _here(TREE, "nothing_of_the_kind")
    assert done.returncode == 2
    assert "nothing_of_the_kind" in done.stderr


def test_the_machine_has_the_keys_of_a_figure() -> None:
    assert list(command.machine())[: len(KEYS)] == list(KEYS)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One measure that misses its bar, in a tree of its own."""
    shutil.copytree(TREE / "bench" / "harness", tmp_path / "bench" / "harness")
    for path in ("__main__.py", "__init__.py"):
        shutil.copy(TREE / "bench" / path, tmp_path / "bench" / path)
    (tmp_path / "bench" / "slow.py").write_text(
        "from bench.harness.figures import Bar, Figure\n"
        "def figures(run):\n    yield Figure('slow', 9.0, 'ms', 2.0, Bar(3), {'pinned_run': run.pinned})\n"
    )
    return tmp_path


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_a_missed_bar_fails_only_where_it_is_asked(measured: Path, options: tuple[str, ...], code: int) -> None:
    into = measured / "figures.json"
    done = _here(measured, "slow", "--json", str(into), *options)
    assert done.returncode == code, done.stderr
    told = json.loads(into.read_bytes())
    assert [one["name"] for one in told] == ["machine", "slow"]
    assert told[1]["within"] is False
    assert "MISSED" in done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cores, limits and preloading are Linux’s")
def test_pinned_the_machine_is_poorer_and_nothing_is_judged(measured: Path) -> None:
    into = measured / "figures.json"
    done = _here(measured, "slow", "--json", str(into), "--pinned", "--strict")
    assert done.returncode == 0, done.stderr
    told = json.loads(into.read_bytes())[1]
    assert (told["within"], told["pinned"], told["pinned_run"]) == (None, True, True)
    assert "'address_space_gb': 4" in done.stdout
    if pinned.environment(measured / "cache"):
        flush = float(done.stdout.partition("'flush_ms': ")[2].partition(",")[0])
        assert flush >= 10


def _here(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=tree, capture_output=True, text=True,
                          timeout=60, check=False)  # fmt: skip
