"""An address not to be given out was shown: a line of the register of accesses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spie_desk.domain.errors import N_
from spie_desk.services import accesses
from spie_desk.services.desk import Desk

ADDRESS = N_("Adresse")


def log_reveal(do: Callable[..., Any], person: bytes) -> None:
    """``do`` is the page's or its hands' own."""

    def log(desk: Desk) -> None:
        accesses.revealed(desk, person, ADDRESS)

    do(log)
