"""From the passphrase to « Aujourd’hui » painted with its lines, on 50,000 people, in a fresh process each time.

The derivation of the key is slow on purpose: it is timed apart within the process and taken off. The passphrase comes
2 seconds after the first paint (a person types), or at once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.first_paint import compile_bytecode
from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run
from bench.harness.sampling import MEDIAN, P95, Times, compared

SAMPLES = 15

# argv: profiles, state, profile, passphrase, milliseconds between the first paint and the last key
PROCESS = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from spie_desk.app.commands import open as opening
from spie_desk.app.front import Front, furnished
from spie_desk.app.gate import Gate
from spie_desk.app.start import stage
from spie_desk.ui.entry.window import EntryWindow

root, state, profile, phrase, wait = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
told, derived = {}, [0.0, 0.0]

def door():
    made = opening._door(root, state)
    from spie_desk.store import slots
    real = slots.stretched
    def stretched(*given):
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return real(*given)
        finally:
            derived[0] += time.perf_counter() - wall
            derived[1] += time.thread_time() - cpu
    slots.stretched = stretched
    return made

def painted(entry):
    real_painted(entry)
    QTimer.singleShot(wait, typed)

def typed():
    panel = front.entry.panel()
    panel.first_focus().setText(phrase)
    told["wall"], told["cpu"] = time.perf_counter(), time.process_time()
    panel._try()
    watch.start(1)

def page():
    return None if front.session is None else front.session.window.navigator.page()

class Eyes(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and page()._answered and "end" not in told:
            told["end"] = time.perf_counter()
            QTimer.singleShot(0, done)
        return False

def look():
    if page() is not None:
        watch.stop()
        for one in page().findChildren(QWidget):
            one.installEventFilter(eyes)

def done():
    wall, cpu = time.perf_counter() - told["wall"], time.process_time() - told["cpu"]
    print(json.dumps({"wall": (wall - derived[0]) * 1e3, "cpu": (cpu - derived[1]) * 1e3, "key": derived[0] * 1e3,
                      "page": page().objectName()}), flush=True)
    front.session.keeper.changed = False
    shared.app.quit()

shared = stage(state)
gate = Gate(root, door)
eyes, watch = Eyes(), QTimer()
watch.timeout.connect(look)
real_painted, EntryWindow.painted = EntryWindow.painted, painted
front = Front(shared, gate, lambda: None, lambda: opening._load(gate), furnished)
front.come(profile)
shared.app.exec()
front.finish()
"""


def figures(run: Run) -> Iterator[Figure]:
    compile_bytecode()
    stores.ensure(stores.LARGE, deadline=run.deadline)
    with stores.copied_folder(stores.LARGE) as folder:
        profile = stores.door(folder / "profiles", folder / "state").profiles()[0].id
        times = {2000: Times(), 0: Times()}
        unlocked(folder, profile, 0)  # the weekly check of the file, once
        for turn in range(SAMPLES):
            for wait in times if turn % 2 else reversed(list(times)):
                told = unlocked(folder, profile, wait)
                times[wait].wall.append(told["wall"])
                times[wait].cpu.append(told["cpu"])
    for wait, limit in ((2000, 200), (0, 500)):
        name = f"unlock_to_today_typed_{wait // 1000}_s_after_paint"
        yield compared(f"{name}_median", MEDIAN, times[wait], bar=Bar(limit))
        yield compared(f"{name}_p95", P95, times[wait])


def unlocked(folder: Path, profile: str, wait: int) -> dict[str, float]:
    """Milliseconds of one unlocking, the derivation taken off; of CPU, every thread but the derivation."""
    arguments = [str(folder / "profiles"), str(folder / "state"), profile, stores.PASSPHRASE, str(wait)]
    done = subprocess.run([sys.executable, "-c", PROCESS, *arguments], check=True, capture_output=True, text=True,
                          timeout=90,
                          env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    if told["page"] != "today":
        raise RuntimeError(told["page"])
    return told
