"""Renew the pictures of README.md and of the help from a tour made with --people 40: python3 dev.py pictures."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage

TREE = Path(__file__).resolve().parents[1]
WANTED = {"today": "aujourdhui", "dossier": "dossier", "note": "note", "revue-tenir": "revue", "import-essai": "import"}
COLOURS = 256

HELP = TREE / "resources" / "help"
NAMED = re.compile(r"\]\(pictures/([a-z0-9-]+)\.png\)")
"""What the pages of help show is what their Markdown names: this list is nowhere else."""
WIDE, HELP_COLOURS = 860, 64
PAGE = QRect(212, 0, 1154, 742)
"""The page without the sidebar nor the bottom strip."""
WHOLE = {"premiere-ouverture": QRect(183, 60, 1000, 640), "masque": QRect(383, 160, 600, 400),
         "raccourcis": QRect(0, 0, 1000, 620), "noter-vite": QRect(212, 0, 1154, 560)}  # fmt: skip


def of_help() -> set[str]:
    return {name for page in HELP.glob("*.md") for name in NAMED.findall(page.read_text("utf-8"))}


def for_help(name: str, picture: QImage) -> QImage:
    """What matters of it, at the width of a page of help."""
    part = picture.copy(WHOLE.get(name, PAGE))
    if part.width() > WIDE:
        part = part.scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation)
    return reduced(part, HELP_COLOURS)


def reduced(picture: QImage, colours: int = COLOURS) -> QImage:
    """The same in the colours it uses most: a third of the size, and nothing to see of it on plain grounds."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    dots = memoryview(plain.constBits()).cast("I").tolist()
    counts = Counter(dots)
    kept = [colour for colour, _count in counts.most_common(colours)]
    nearest = {colour: min(range(len(kept)), key=lambda at: _apart(kept[at], colour)) for colour in counts}
    data = bytes(nearest[dot] for dot in dots)
    found = QImage(data, plain.width(), plain.height(), plain.width(), QImage.Format.Format_Indexed8)
    found.setColorTable(kept)
    return found.copy()


def _apart(one: int, other: int) -> int:
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def main(out: Path) -> int:
    app = QGuiApplication(sys.argv[:1])
    there = {path.stem.split("-", 1)[1]: path for path in sorted(out.glob("[0-9]*.png"))}
    for name, target in WANTED.items():
        reduced(QImage(str(there[name]))).save(str(TREE / "docs" / "pictures" / f"{target}.png"), quality=0)
    (HELP / "pictures").mkdir(exist_ok=True)
    for old in (HELP / "pictures").glob("*.png"):
        old.unlink()
    for name in sorted(of_help()):
        for_help(name, QImage(str(there[name]))).save(str(HELP / "pictures" / f"{name}.png"), quality=0)
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
