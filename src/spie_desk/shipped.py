"""The one door to everything shipped beside the code: icons, fonts, lists, words, help, examples."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def _top() -> Traversable:
    """In a wheel and in a frozen application resources lie inside the package; in a checkout, at the top of the tree.

    An editable install reads the code from the tree but knows nothing of what the wheel adds, hence the second place.
    """
    inside = files("spie_desk").joinpath("resources")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "resources"


def shipped(path: str) -> Traversable:
    """The resource of that path, « icons/note.svg »; it may be a folder."""
    found = _top().joinpath(*path.split("/"))
    if not (found.is_file() or found.is_dir()):
        # Not the user's doing: a build that lost a file must be seen at once, by its path.
        raise FileNotFoundError(f"not shipped: {path}")
    return found


def open_shipped(path: str) -> bytes:
    """The content of the resource of that path."""
    return shipped(path).read_bytes()
