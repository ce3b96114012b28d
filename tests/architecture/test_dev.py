"""The two commands of the README stand on the standard library, and the list of packages stands once."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

TREE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", TREE / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_nothing_but_python() -> None:
    tree = ast.parse((TREE / "dev.py").read_text(encoding="utf-8"))
    taken = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    taken |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in taken} <= sys.stdlib_module_names


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    assert (TREE / ".ci/run").read_text(encoding="utf-8").splitlines()[-1] == (
        "python3 dev.py system && python3 dev.py test"
    )


def test_the_packages_are_named_in_one_place(dev: ModuleType) -> None:
    named = re.compile(rf"\b({'|'.join(map(re.escape, dev.DEBIAN_PACKAGES))})(?![\w.-])")
    for page in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        assert not named.search((TREE / page).read_text(encoding="utf-8")), page


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the list is Debian’s")
def test_a_missing_library_is_named_with_its_package(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(dev.DEBIAN_PACKAGES, "libnobody0", "libnobody.so.0")
    assert "libnobody0" in dev.missing_packages()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert dev.system() == 1
    assert re.search(r"sudo apt-get install .*libnobody0", capsys.readouterr().err)


def test_the_example_that_run_imports_is_shipped(dev: ModuleType) -> None:
    assert (TREE / dev.EXAMPLE_IMPORT).is_file()
