"""What the window holds of memory after a scripted hour of work, and how high it rose meanwhile.

On 50,000 people; on 5,000 while the large store is not up to date, since deriving it again takes minutes: the names say
on how many.

The hour is 200 files opened, 60 notes signed, 300 searches, 3 reviews held and a list of 200 rows imported, as fast as
the screens answer; then a minute in which nobody touches anything. It runs in a fresh process, and the derivation of
the key, which is greedy on purpose, is over before anything is counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.first_paint import compile_bytecode
from bench.harness import stores
from bench.harness.figures import Bar, Figure
from bench.harness.run import Run

FILES, NOTES, SEARCHES, REVIEWS, SITUATIONS, ROWS = 200, 60, 300, 3, 4, 200
ROUNDS = 10
IDLE_MS = 60_000
STRIDE = 7919
LONGEST_S = 420
SMAPS, STATUS, CLEAR = Path("/proc/self/smaps_rollup"), Path("/proc/self/status"), Path("/proc/self/clear_refs")


def figures(run: Run) -> Iterator[Figure]:
    if not SMAPS.exists():
        return
    compile_bytecode()
    people = stores.LARGE if stores.is_ready(stores.LARGE) else stores.MIDDLE
    stores.ensure(people, deadline=run.deadline)
    with stores.copied_folder(people) as folder, tempfile.TemporaryDirectory() as place:
        told = _apart(folder, Path(place), people)
    more: dict[str, Any] = {name: told[name] for name in ("opened", "worked", "anonymous", "of_files", "rounds")}
    yield Figure(f"memory_after_an_hour_{people}_people", told["idle"], "MB", bar=Bar(200), more=more)
    yield Figure(f"memory_peak_of_the_hour_{people}_people", told["peak"], "MB")


def _apart(folder: Path, place: Path, people: int) -> dict[str, Any]:
    """The hour in a process of its own: what it is to write and to import is made up here."""
    from bench.harness.people import World  # noqa: PLC0415 — the process of the hour imports this module and invents nothing
    from bench.imports import write_file  # noqa: PLC0415
    from spie_desk.app.shipped_lists import example_people  # noqa: PLC0415

    chance = Random(17)
    world = World(example_people())
    script: dict[str, Any] = {
        "notes": [world.prose.note(chance, 360) for _ in range(NOTES)],
        "searches": [_searched(world, chance) for _ in range(SEARCHES)],
        "list": str(place / "liste.csv"),
    }
    write_file(Path(script["list"]), people, ROWS)
    (place / "script.json").write_text(json.dumps(script), encoding="utf-8")
    command = "import sys; from bench.memory import hour; hour(*sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", command, str(folder), str(people), str(place / "script.json")],
                          check=True, stdout=subprocess.PIPE, text=True, timeout=LONGEST_S,
                          env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _searched(world: Any, chance: Random) -> str:
    """A name begun, or a word of a note."""
    word = max(world.prose.note(chance, 60).split(), key=len) if chance.random() < 0.5 else ""
    if word:
        return str(word.strip(".,;:’«»"))[:6]
    from bench.harness.prose import FIRST_NAMES, SURNAMES  # noqa: PLC0415

    return chance.choice((*FIRST_NAMES, *SURNAMES))[: chance.randrange(2, 6)]


def held() -> Mapping[str, float]:
    """Megabytes of this process by the kernel’s account, what is shared with others divided between them."""
    lines = dict(line.split(":", 1) for line in SMAPS.read_text().splitlines()[1:])
    return {name: int(said.split()[0]) * 1024 / 1e6 for name, said in lines.items()}


def _peak() -> float:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def hour(folder: str, people: str, script: str) -> None:
    """What the process of the hour does; the last line it prints is what it found."""
    from bench.harness.windows import on_screen, turn  # noqa: PLC0415 — as late as the application would

    told = json.loads(Path(script).read_text(encoding="utf-8"))
    stock = stores.open_profile(Path(folder), int(people))
    CLEAR.write_text("5")  # the peak begins here: the derivation of the key is over
    with on_screen(stock) as screen:
        found: dict[str, Any] = {"opened": held()["Pss"], "rounds": []}
        work = Work(screen, told)
        for at in range(ROUNDS):
            work.round(at)
            found["rounds"].append(round(held()["Pss"]))
        screen.go("today")
        screen.settle()
        found["worked"] = held()["Pss"]
        turn(IDLE_MS)
        now = held()
        found |= {"idle": now["Pss"], "anonymous": now["Pss_Anon"], "of_files": now["Pss_File"], "peak": _peak()}
        if work.done != work.meant:
            raise RuntimeError(work.done)
        print(json.dumps(found), flush=True)
    stock.close()


class Work:
    """A tenth of the hour at a time, by the screens themselves."""

    def __init__(self, screen: Any, script: Mapping[str, Any]) -> None:
        self._screen, self._script, self._person = screen, script, 0
        self.meant = {"files": FILES, "notes": NOTES, "searches": SEARCHES, "reviews": REVIEWS, "imports": 1}
        self.done = dict.fromkeys(self.meant, 0)

    def round(self, at: int) -> None:
        for one in range(FILES // ROUNDS):
            self._file(from_list=bool(one % 2))
        for text in _share(self._script["notes"], at):
            self._note(text)
        for one, words in enumerate(_share(self._script["searches"], at)):
            self._search(words, everywhere=bool(one % 2))
        if at in {1, 4, 7}:
            self._review(at)
        if at == ROUNDS // 2:
            self._import(Path(self._script["list"]))

    def _next(self) -> bytes:
        self._person += 1
        return bytes(self._screen.stock.person(self._person * STRIDE))

    def _file(self, *, from_list: bool) -> None:
        from bench.harness.windows import until  # noqa: PLC0415

        screen, person = self._screen, self._next()
        if from_list and screen.window.navigator.route() == "file":
            screen.page.people.opened.emit(person)
        else:
            screen.go("people", view="all")
            screen.settle()
            screen.go("file", person=person)
        until(lambda: (shown := screen.page.body._shown) is not None and shown.person.id == person)  # noqa: SLF001
        screen.settle()
        self.done["files"] += 1

    def _note(self, text: str) -> None:
        from bench.harness.windows import turn, until  # noqa: PLC0415

        screen = self._screen
        page = screen.go("note", person=self._next())
        until(lambda: page._opening is not None)  # noqa: SLF001
        writing = page._sheet.text.text  # noqa: SLF001
        writing.setFocus()
        words = text.split()
        for at in range(0, len(words), 12):
            writing.insertPlainText(" ".join(words[at : at + 12]) + " ")
            turn()
        page.save()
        screen.settle()
        page._sign()  # noqa: SLF001
        screen.settle()
        self.done["notes"] += screen.window.navigator.route() != "note"

    def _search(self, words: str, *, everywhere: bool) -> None:
        from bench.harness.windows import turn  # noqa: PLC0415

        screen = self._screen
        palette = screen.window.palette_box
        if everywhere:
            palette.open()
            box = palette._box  # noqa: SLF001
        else:
            if screen.window.navigator.route() != "people":
                screen.go("people", view="all")
                screen.settle()
            box = screen.page._people.search  # noqa: SLF001
        box.setText(words)
        turn(130)  # the rest after which it searches
        screen.settle()
        if everywhere:
            palette.close_it()
        self.done["searches"] += 1

    def _review(self, at: int) -> None:
        from bench.harness.windows import until  # noqa: PLC0415
        from spie_desk.domain.records.review import Review  # noqa: PLC0415
        from spie_desk.services import reviews  # noqa: PLC0415
        from spie_desk.services.ports import Deed  # noqa: PLC0415

        screen, people = self._screen, [self._next() for _ in range(SITUATIONS)]
        planned = Review(id=screen.stock.desk.chance.id(), on=date(2027, 1, 10 + at), place="Mairie")

        def plan(desk: Any) -> Any:
            with desk.store.unit(Deed("typed")) as unit:
                unit.put("review", planned)
            for person in people:
                reviews.add_passage(desk, planned.id, person)
            return desk.store.touched()

        screen.session.tasks.do(plan)
        screen.settle()
        for route in ("reviews", "review", "meeting"):
            screen.go(route, **({} if route == "reviews" else {"review": planned.id}))
            screen.settle()
        page = screen.page
        for _ in range(SITUATIONS):
            page.advance()
            screen.settle()
        until(lambda: screen.window.navigator.route() == "review")
        self.done["reviews"] += 1

    def _import(self, path: Path) -> None:
        from bench.harness.windows import until  # noqa: PLC0415
        from spie_desk.ui.pages.import_people import COLUMNS, DONE, TRIAL  # noqa: PLC0415

        page = self._screen.go("import")
        self._screen.settle()
        page.take(path)
        for step in (COLUMNS, TRIAL, DONE):
            until(partial(_stands, page, step))
            self._screen.settle()
            if step != DONE:
                page._forward()  # noqa: SLF001
        self.done["imports"] += 1


def _stands(page: Any, step: int) -> bool:
    return bool(page.step() == step)


def _share(of: Sequence[Any], at: int) -> Sequence[Any]:
    each = len(of) // ROUNDS
    return of[at * each : (at + 1) * each]
