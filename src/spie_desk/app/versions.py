"""The versions that « À propos » and a report name."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from PySide6.QtCore import qVersion

from spie_desk import __version__


def versions() -> Mapping[str, str]:
    from cryptography import __version__ as cryptography_version  # noqa: PLC0415 — heavy, and loaded by now
    from sqlalchemy import __version__ as sqlalchemy_version  # noqa: PLC0415
    from sqlcipher3 import dbapi2  # noqa: PLC0415

    return {
        "SPIE Desk": __version__,
        "Python": ".".join(map(str, sys.version_info[:3])),
        "Qt": qVersion() or "",
        "SQLite": dbapi2.sqlite_version,
        "SQLAlchemy": sqlalchemy_version,
        "cryptography": cryptography_version,
    }
