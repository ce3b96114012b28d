"""Each import contract catches the breach it is there for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
LAZY = "\n\ndef _late() -> None:\n    {}\n"

BREACHES = {
    "Arrows only go down": ("src/spie_desk/store/__init__.py", "import spie_desk.exchange"),
    "Plain Python below": ("src/spie_desk/domain/values.py", "import PySide6.QtCore"),
    "Rules and deeds speak by msgids": ("src/spie_desk/services/desk.py", "from spie_desk.texts import _"),
    "Screens never see the store": ("src/spie_desk/ui/qt_guard.py", "import sqlalchemy"),
    "The store and the file formats live without Qt": ("src/spie_desk/exchange/__init__.py", "import shiboken6"),
    "What a change is knows nothing of the desk": ("sync/spie_sync/change.py", "import spie_desk"),
    "No kind of record imports another": (
        "src/spie_desk/domain/records/view.py", "from spie_desk.domain.records.action import ACTION",
    ),
    "No import circle between rooms": ("src/spie_desk/shipped.py", "from spie_desk.texts import _"),
    "No import circle in spie_sync": ("sync/spie_sync/change.py", "import spie_sync.merge"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy of the house into which every breach was planted, inside functions."""
    house = tmp_path_factory.mktemp("house")
    for part in ("src", "sync"):
        shutil.copytree(TREE / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TREE / "pyproject.toml", house)
    for path, line in BREACHES.values():
        with (house / path).open("a", encoding="utf-8") as file:
            file.write(LAZY.format(line))
    go = f"import sys; sys.path[:0] = [{str(house / 'src')!r}, {str(house / 'sync')!r}]; "
    go += "from importlinter.cli import lint_imports_command as go; go()"
    asked = subprocess.run(
        [sys.executable, "-c", go, "--no-logo", "--no-cache"],
        cwd=house, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert asked.returncode == 1, asked.stdout + asked.stderr
    return asked.stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_a_planted_breach_is_caught(told: str, contract: str) -> None:
    assert re.search(rf"^{re.escape(contract)}.* BROKEN$", told, re.MULTILINE), told
