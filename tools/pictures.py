"""Renew the pictures of README.md from a tour made with --people 40: python tools/pictures.py OUT."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication, QImage

TREE = Path(__file__).resolve().parents[1]
WANTED = {"today": "aujourdhui", "dossier": "dossier", "note": "note", "revue-tenir": "revue", "import-essai": "import"}
COLOURS = 256


def reduced(picture: QImage) -> QImage:
    """The same in the colours it uses most: a third of the size, and nothing to see of it on plain grounds."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    dots = memoryview(plain.constBits()).cast("I").tolist()
    counts = Counter(dots)
    kept = [colour for colour, _count in counts.most_common(COLOURS)]
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
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
