"""Where things lie on this computer: profiles, state, logs; never a folder that is copied elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "spie-desk"


def data_root() -> Path:
    """The folder of the profiles: local to this computer and user, not roaming, not synchronised."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "SPIE Desk"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "SPIE Desk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / NAME


def state_root() -> Path:
    """The folder of the witnesses and logs: outside the profiles, so that a copied profile does not carry them."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "SPIE Desk State"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "SPIE Desk State"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / NAME


def private(folder: Path) -> Path:
    """Make the folder, readable by its user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
