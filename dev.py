#!/usr/bin/env python3
"""Everything a developer types, one word each: system, run, test, check, bench, fuzz, words, pictures.

Standard library only, since it is what installs the rest: the first call makes .venv from requirements/dev.lock.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = TOP / "requirements" / "dev.lock"
EXAMPLE_IMPORT = Path("resources/examples/import_beneficiaires.csv")
BELOW_UI = ("tests/domain", "tests/services", "tests/store", "tests/exchange", "tests/sync")

# The one list of Debian packages: what a bare Debian 12 lacks, and the library that shows it is there.
DEBIAN_PACKAGES = {
    "python3-venv": "",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    # a window on X
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    # a window on Wayland, a printer
    "libwayland-cursor0": "libwayland-cursor.so.0",
    "libcups2": "libcups.so.2",
    # what the tests read the tree and the printed pages with
    "git": "git",
    "poppler-utils": "pdftotext",
    # the session of someone who only listens
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
    "python3-pyatspi": "/usr/lib/python3/dist-packages/pyatspi",
    "dbus": "dbus-daemon",
    "xvfb": "Xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
}


def main() -> int:
    wanted = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    deeds = wanted.add_subparsers(dest="deed", required=True)
    deeds.add_parser("system", help="install the Debian packages that are missing, or say how")
    deeds.add_parser("run", help="open the application on fictitious people; without a display, run the tour")
    deeds.add_parser("test", help="checks, then every test; with arguments, pytest alone with these arguments")
    deeds.add_parser("check", help="ruff, mypy, import contracts")
    deeds.add_parser("bench", add_help=False, help="measure; names are modules of bench/, see bench --help")
    deeds.add_parser("fuzz", add_help=False, help="hurt example lists by chance, import them dry; see fuzz --help")
    deeds.add_parser("pictures", help="walk the tour, renew the pictures of the help and of README.md from it")
    words = deeds.add_parser("words", help="bring the catalogues up to date with the source")
    words.add_argument("--check", action="store_true", help="change nothing, list what is wrong")
    asked, rest = wanted.parse_known_args()
    if rest and asked.deed not in {"run", "test", "bench", "fuzz"}:
        wanted.error(f"unknown: {' '.join(rest)}")
    if asked.deed == "system":
        return system()
    prepare()
    plain: dict[str, Callable[[], int]] = {
        "run": lambda: run(rest), "test": lambda: test(rest), "bench": lambda: bench(rest),
        "check": check, "pictures": pictures,
    }  # fmt: skip
    match asked.deed:
        case deed if deed in plain:
            return plain[deed]()
        case _:
            fuzz, catalogue = ["-m", "tests.fuzz.imports", *rest], ["tools/catalogue.py"]
            return call(*(fuzz if asked.deed == "fuzz" else catalogue + ["--check"] * asked.check))


# The machine


def missing_packages() -> list[str]:
    """The packages of the list whose library this machine lacks; none where there is no such list to hold."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for package, library in DEBIAN_PACKAGES.items() if not _is_there(library)]


def _is_there(library: str) -> bool:
    if not library:
        return importlib.util.find_spec("ensurepip") is not None or PYTHON.exists()
    if library.startswith("/"):
        return Path(library).exists()
    if ".so" not in library:
        return shutil.which(library) is not None
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def system() -> int:
    """Install what is missing when we may, else say the exact command."""
    missing = missing_packages()
    if not missing:
        print("system: nothing is missing")
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        print(f"system: missing here; on Debian or Ubuntu:\n  sudo {' '.join(install)}", file=sys.stderr)
        return 1
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # A list that cannot be refreshed may still do; the install says what is really wrong.
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    return subprocess.run(install, env=quiet, check=False).returncode


# The environment


def prepare() -> None:
    """Make .venv and install the lock into it, if the lock is not the one installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 — nothing but this line can say so
        sys.exit(f"Python 3.11 or newer is needed, this is {platform.python_version()}")
    if missing_packages() and system() != 0:
        sys.exit(1)
    stamp = VENV / "installed-lock"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if _works() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not _works():
        print("making .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    print("installing requirements/dev.lock", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)], check=True)
    # Without build isolation: an isolated build would fetch hatchling without its hash.
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(TOP)], check=True)
    # Where PYTHONDONTWRITEBYTECODE is set, imports would stay three times slower than they are.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib")], check=False)
    stamp.write_text(wanted)


def _works() -> bool:
    """A .venv that was copied, or whose Python is gone, is there but does not start."""
    if not PYTHON.exists():
        return False
    probe = subprocess.run([str(PYTHON), "-c", "import pip"], check=False, capture_output=True)
    return probe.returncode == 0


def call(*arguments: str, offscreen: bool = True) -> int:
    """Run the environment's Python on these arguments, in the tree, and give its exit code."""
    return subprocess.run(
        [str(PYTHON), *arguments], cwd=TOP, env=_environment(offscreen=offscreen), check=False
    ).returncode


def _environment(*, offscreen: bool = True) -> dict[str, str]:
    environment = os.environ.copy()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


# The deeds


def run(rest: Sequence[str]) -> int:
    if rest:
        return call("-m", "spie_desk.app.main", *rest, offscreen=not _has_display())
    if _has_display():
        return call("-m", "spie_desk.app.main", "example", offscreen=False)
    print("no display: the tour does the day’s work and leaves pictures and papers in out/", flush=True)
    return tour()


def pictures() -> int:
    """From one tour: what the help shows is what the screens are."""
    return tour() or call("tools/pictures.py", "out/")


def tour() -> int:
    return call("-m", "spie_desk.app.main", "tour", "--import", str(EXAMPLE_IMPORT), "--out", "out/", "--people", "40")


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(rest: Sequence[str]) -> int:
    """Everything below ui/ in a process where Qt cannot be imported; beside it the screens, the rest, the checks.

    Each test runs once. The parts share the machine's cores, and each is told whole when its turn comes.
    """
    if rest:
        return call("-m", "pytest", *rest)
    others = sorted(f"tests/{path.name}" for path in (TOP / "tests").iterdir() if any(path.glob("test_*.py")))
    below = _Part("tests without Qt", ["-p", "no:pytest-qt", "-p", "tests.without_qt", *BELOW_UI])
    screens = _Part("tests of the screens", ["tests/ui"])
    rest_of_it = _Part("other tests", [folder for folder in others if folder not in {*BELOW_UI, "tests/ui"}])
    failed = {"checks": check()}
    failed |= {part.name: part.end() for part in (rest_of_it, screens, below)}
    for step, code in failed.items():
        if code:
            print(f"dev.py test: {step} failed (exit {code})", file=sys.stderr)
    return 1 if any(failed.values()) else 0


class _Part:
    """One pytest of its own, started at once, told when it is asked for."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self._told = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 — closed in end()
        self._process = subprocess.Popen(
            [str(PYTHON), "-m", "pytest", *arguments], cwd=TOP, env=_environment(),
            stdout=self._told, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def end(self) -> int:
        code = self._process.wait()
        with self._told as told:
            told.seek(0)
            print(f"\n{self.name}:\n{told.read()}", flush=True)
        return code


def check() -> int:
    codes = [
        call("-m", "ruff", "check", "--quiet", "."),
        call("-m", "mypy", "--no-error-summary"),
        call("-c", "from importlinter.cli import lint_imports_command as go; go()", "--no-logo"),
    ]
    return 1 if any(codes) else 0


def bench(rest: Sequence[str]) -> int:
    """The measures of bench/, see docs/benchmarks.md; bytecode compiled first, as an installed application has it."""
    call("-m", "compileall", "-q", "-j", "0", "src", "sync", "bench")
    return call("-m", "bench", *rest)


if __name__ == "__main__":
    sys.exit(main())
