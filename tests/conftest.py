"""The harness of every test: no network, no stray warning or thread, a home apart, time and chance handed in."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

GUARD = Path(__file__).parent / "guard"

# Before anything else of ours is imported: the guard holds in this process, and by PYTHONPATH in its children.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(GUARD), os.environ.get("PYTHONPATH", "")]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(GUARD))
sys.modules.pop("sitecustomize", None)
import sitecustomize as network  # noqa: E402 — Debian has one of that name: ours must be found first

from tests.clock import FakeChance, FakeClock  # noqa: E402
from tests.watch import Warnings, threads_watched, warnings_watched  # noqa: E402

# The same examples at every run: a failure here is a failure everywhere.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


pytest_plugins = ["tests.stores"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="make the kept pictures of the screens afresh")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the application keeps in the person's folders never lands in the developer's; the font cache may."""
    home = tmp_path_factory.mktemp("home")
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folders = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "LOCALAPPDATA": "local"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", cache)
        for name, folder in folders.items():
            patch.setenv(name, str(home / folder))
        yield home


@pytest.fixture(autouse=True)
def log_warnings(request: pytest.FixtureRequest) -> Iterator[Warnings]:
    """A warning that no one expected fails the test; so does an expected one that stays away."""
    with warnings_watched() as found:
        for marker in request.node.iter_markers("expects_log"):
            found.allow(*marker.args)
        yield found
    if unexpected := found.unexpected():
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)
    if silent := found.silent():
        pytest.fail(f"expected to warn, stayed silent: {silent}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_stray_thread() -> Iterator[None]:
    with threads_watched() as strays:
        yield
    if strays:
        pytest.fail(f"threads still running: {strays}", pytrace=False)


@pytest.fixture(autouse=True)
def _garbage_on_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the application: a cycle that holds a widget must never be freed by a worker thread (it crashes Qt)."""
    if "PySide6" not in sys.modules:
        yield
        return
    gc.disable()
    yield
    swept: int = getattr(request.session, "swept", 0)
    gc.collect(1 if swept % 25 else 2)
    request.session.swept = swept + 1  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    known = len(network.REFUSED)
    yield
    if gone_out := network.REFUSED[known:]:
        pytest.fail(f"wanted the network: {gone_out}", pytrace=False)


@pytest.fixture
def refused_connections() -> Iterator[list[str]]:
    """For the tests of the guard itself: what was refused, forgotten afterwards."""
    known = len(network.REFUSED)
    yield network.REFUSED
    del network.REFUSED[known:]


@pytest.fixture
def profile_dir(tmp_path: Path) -> Path:
    """An empty folder where a profile may be made."""
    folder = tmp_path / "profile"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def chance() -> FakeChance:
    return FakeChance()
