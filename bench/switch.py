"""Changing profile on one laptop: full lock, fresh process, first paint, unlock, window; seconds, typing excluded.

The keys are calibrated as on a real first run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.harness.figures import Figure
from bench.harness.run import Run
from spie_desk.app.commands.opening import doorway
from spie_desk.app.shipped_lists import example_people
from spie_desk.domain.people_maker import founders
from spie_desk.services.doorway import NewProfile

TIMES = 3
PHRASE = "sept mots pour ouvrir ce profil fictif"

# What each process runs: argv is root, state, profile to open, profile to switch to (or nothing), the start.
PROCESS = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from spie_desk.app.commands.open import _door, _load
from spie_desk.app.front import Front, furnished
from spie_desk.app.gate import Gate
from spie_desk.app.start import stage
root, state = Path(sys.argv[1]), Path(sys.argv[2])
profile, following, begun, script, phrase = sys.argv[3], sys.argv[4], float(sys.argv[5]), sys.argv[6], sys.argv[7]
shared = stage(state)
gate = Gate(root, lambda: _door(root, state))
told = {}

def again():
    import subprocess
    rest = [*sys.argv[1:3], following, "", str(time.time()), script, phrase]
    subprocess.Popen([sys.executable, script, *rest])

front = Front(shared, gate, again, lambda: _load(gate), furnished)
front.come(profile)

def typed():
    told["ready_to_type"] = time.time() - begun
    told["typing_from"] = time.time()
    panel = front.entry.panel()
    panel.first_focus().setText(phrase)
    panel._try()
    watch.start(5)

def look():
    if front.session is None or front.entry is not None:
        return
    watch.stop()
    if following:
        front.session.lock()
        return
    told["open"] = time.time() - begun
    print(json.dumps(told), flush=True)
    shared.app.quit()

watch = QTimer()
watch.timeout.connect(look)
QTimer.singleShot(0, lambda: QTimer.singleShot(400 if following else 0, typed))
shared.app.exec()
front.finish()
"""


def figures(_run: Run) -> Iterator[Figure]:
    told = sorted((_switch() for _ in range(TIMES)), key=lambda one: one["open"])[TIMES // 2]
    more = {"samples": TIMES}
    yield Figure("switch_to_ready_to_type", told["ready_to_type"], "s", more=more)
    yield Figure("switch_typed_to_window", told["open"] - told["ready_to_type"], "s", more=more)
    yield Figure("switch_whole", told["open"], "s", more=more)


def _switch() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        root, state, script = Path(folder) / "p", Path(folder) / "s", Path(folder) / "process.py"
        script.write_text(PROCESS, encoding="utf-8")
        door = doorway(root, state)
        me, structure = founders(example_people())
        made = []
        for label in ("Première", "Seconde"):
            opened = door.create(NewProfile(label=label, colour="teal", passphrase=PHRASE, me=me, structure=structure))
            made.append(opened.keeper.card.id)
            opened.keeper.close()
        done = subprocess.run(
            [sys.executable, script, root, state, *made, str(time.time()), script, PHRASE],
            check=True, capture_output=True, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        return dict(json.loads(done.stdout.splitlines()[-1]))
