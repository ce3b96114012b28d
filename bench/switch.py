"""Changing profile on one laptop: full lock, fresh process, first paint, unlock, window; seconds, typing excluded.

The keys are calibrated as on a real first run; figures in one JSON line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def figures() -> dict[str, float]:
    from spie_desk.app.commands.opening import doorway  # noqa: PLC0415 — timed processes import for themselves
    from spie_desk.app.shipped_lists import example_people  # noqa: PLC0415
    from spie_desk.domain.people_maker import founders  # noqa: PLC0415
    from spie_desk.services.doorway import NewProfile  # noqa: PLC0415

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
            check=True, stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        told = json.loads(done.stdout.splitlines()[-1])
    waited = {"to_type_s": told["ready_to_type"], "to_window_s": told["open"] - told["ready_to_type"]}
    return {name: round(seconds, 2) for name, seconds in {**waited, "switch_s": told["open"]}.items()}


if __name__ == "__main__":
    print(json.dumps(figures()))
