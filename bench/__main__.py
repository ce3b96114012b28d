"""Runs the measures asked for, each in a process of its own, prints their figures and writes them as one JSON list."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.harness import pinned
from bench.harness.figures import table
from bench.harness.run import Run

HERE = Path(__file__).resolve().parent
NOT_READY = 75
_LONGEST = 9 * 60
"""Seconds after which a measure is stopped: it promises less."""


def names() -> list[str]:
    """Every module of bench/, the stores first: the others need them."""
    return sorted((path.stem for path in HERE.glob("[a-z]*.py")), key=lambda name: (name != "stores", name))


def main() -> int:
    asked = _asked()
    if asked.one:
        return _measure(asked.one, asked.json, is_pinned=asked.pinned)
    unknown = sorted(set(asked.names) - set(names()))
    if unknown:
        print(f"bench: nothing here is called {', '.join(unknown)}; there are {', '.join(names())}", file=sys.stderr)
        return 2
    told: list[dict[str, Any]] = [machine()]
    failed = [name for name in asked.names or names() if not _run(name, told, is_pinned=asked.pinned)]
    if asked.json:
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(told[1:]))
    if failed:
        print(f"bench: no figures from {', '.join(failed)}", file=sys.stderr)
        return 1
    return 1 if asked.strict and any(one["within"] is False for one in told) else 0


def _asked() -> argparse.Namespace:
    wanted = argparse.ArgumentParser(prog="dev.py bench", description=__doc__, epilog=f"names: {', '.join(names())}")
    wanted.add_argument("names", nargs="*", metavar="NAME", help="modules of bench/; all of them if none is named")
    wanted.add_argument("--json", type=Path, metavar="FILE", help="write the list of figures there")
    wanted.add_argument("--strict", action="store_true", help="exit 1 when a bar is missed")
    wanted.add_argument("--pinned", action="store_true",
                        help="on one core, under 4 GB, 10 ms more at each fsync; no bars")  # fmt: skip
    wanted.add_argument("--one", choices=names(), help=argparse.SUPPRESS)
    return wanted.parse_args()


def _run(name: str, told: list[dict[str, Any]], *, is_pinned: bool) -> bool:
    """One measure in its own process; its figures join ``told``."""
    environment = os.environ | (pinned.environment(HERE / ".cache") if is_pinned else {})
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "bench", "--one", name, "--json", str(into)]
        print(f"bench {name}{' (pinned)' if is_pinned else ''}", flush=True)
        command += ["--pinned"] if is_pinned else []
        try:
            code = subprocess.run(command, env=environment, check=False, timeout=_LONGEST).returncode
        except subprocess.TimeoutExpired:
            print(f"bench {name}: stopped after {_LONGEST} s", file=sys.stderr)
            code = 1
        if into.exists():
            told.extend(json.loads(into.read_bytes()))
        return code == 0


def _measure(name: str, into: Path, *, is_pinned: bool) -> int:
    from bench.harness.stores import NotReadyError  # noqa: PLC0415 — the process that only starts others stays light

    start = time.monotonic()
    if is_pinned:
        print(f"  pinned: {pinned.apply()}", flush=True)
    found, code = [], 0
    try:
        for figure in importlib.import_module(f"bench.{name}").figures(Run(pinned=is_pinned)):
            one = figure.without_bar() if is_pinned else figure
            found.append(one.to_json() | {"of": name} | ({"pinned": True} if is_pinned else {}))
            # At once: whoever is stopped keeps what was measured before.
            into.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    except NotReadyError as reason:
        print(f"  {reason}", file=sys.stderr)
        code = NOT_READY
    print(f"  {time.monotonic() - start:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    return code


def machine() -> dict[str, Any]:
    """The entry that says where the figures come from; it has a figure’s keys, like the others."""
    processor = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "name": "machine", "value": os.cpu_count(), "unit": "cores", "reference": None, "ratio": None, "bar": None,
        "within": None, "processor": processor, "memory_mb": memory // 1024, "system": platform.platform(),
        "python": platform.python_version(), "load": os.getloadavg()[0], "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }  # fmt: skip


def _lines(path: str) -> Sequence[str]:
    place = Path(path)
    return place.read_text(encoding="utf-8").splitlines() if place.exists() else []


if __name__ == "__main__":
    sys.exit(main())
