"""From the start of the process to the first paint of the unlock window, beside a process with a bare QMainWindow.

Each is a fresh process; both say on the machine's monotonic clock when the paint had reached the window. Bytecode of
the product and of what it imports is compiled first, as an installer does.
"""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, Times, compared
from bench.harness.stores import PASSPHRASE, door
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders
from spie_desk.services.doorway import NewProfile

SAMPLES, WARM = 15, 2
HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography")
_COMPILED = ("PySide6", "shiboken6", "sqlalchemy", "cryptography", "sqlcipher3")
_TREE = Path(__file__).resolve().parents[1]

TOLD = """
def told():
    import json, sys, time
    heavy = [name for name in ("sqlalchemy", "sqlcipher3", "cryptography") if name in sys.modules]
    print(json.dumps({"at": time.monotonic(), "cpu": time.process_time(), "heavy": heavy}), flush=True)
    import os
    os._exit(0)
"""

BARE = TOLD + """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, told)
        return False
window, watch = QMainWindow(), Watch()
window.installEventFilter(watch)
window.resize(1366, 768)
window.show()
app.exec()
"""

OURS = TOLD + """
import sys
from spie_desk.app.main import main
import spie_desk.ui.entry.window
# the product's own hook: called once the first paint is over
spie_desk.ui.entry.window.EntryWindow.painted = lambda self: told()
main(["--profile", sys.argv[1]])
"""


def figures(_run: Run) -> Iterator[Figure]:
    compile_bytecode()
    with tempfile.TemporaryDirectory() as place:
        profile = _founded(Path(place))
        starts = {"ours": [OURS, str(profile)], "bare": [BARE]}
        times = {name: Times() for name in starts}
        heavy: set[str] = set()
        for turn in range(-WARM, SAMPLES):
            for name in starts if turn % 2 else reversed(list(starts)):
                wall, cpu, loaded = start(starts[name], Path(place))
                heavy |= set(loaded) if name == "ours" else set()
                if turn >= 0:
                    times[name].wall.append(wall)
                    times[name].cpu.append(cpu)
    yield compared("first_paint_of_unlock", MEDIAN, times["ours"], times["bare"], Bar(1.5, "ratio"),
                   reference_is="a process that shows a bare QMainWindow")  # fmt: skip
    yield Figure("first_paint_heavy_modules", len(heavy), "modules", bar=Bar(0), more={"imported": sorted(heavy)})


def start(script: list[str], state: Path) -> tuple[float, float, list[str]]:
    """Milliseconds of wall and CPU from the start of the process to its first paint, and what was imported."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(state)}
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", *script], check=True, capture_output=True, env=environment)
    told = json.loads(done.stdout.splitlines()[-1])
    return (told["at"] - begun) * 1e3, told["cpu"] * 1e3, told["heavy"]


def compile_bytecode() -> None:
    """Of the product, and of the packages of this environment that a start imports."""
    packages = Path(sysconfig.get_paths()["purelib"])
    for folder in (_TREE / "src", _TREE / "sync", *(packages / name for name in _COMPILED)):
        compileall.compile_dir(folder, quiet=2)


def _founded(place: Path) -> Path:
    """One profile, as on a laptop in use: the unlock panel comes up with its card."""
    me, structure = founders(example_people())
    opened = door(place / "profiles", place / "state").create(
        NewProfile(label="Première", colour="teal", passphrase=PASSPHRASE, me=me, structure=structure)
    )
    opened.keeper.close()
    return place / "profiles" / opened.keeper.card.id
