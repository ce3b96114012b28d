"""Every icon that a screen asks for by name is shipped: a missing one breaks the painting of a whole list."""

from __future__ import annotations

import re
from pathlib import Path

import spie_desk.ui
from spie_desk.shipped import shipped

ASKED = re.compile(r"""\bicon(?:_)?=["']([a-z0-9-]+)["']|\bIcon(?:Button)?\(["']([a-z0-9-]+)["']""")


def test_each_icon_named_in_the_interface_is_shipped() -> None:
    asked = {
        found[1] or found[2]
        for source in Path(spie_desk.ui.__file__).parent.rglob("*.py")
        for found in ASKED.finditer(source.read_text("utf-8"))
    }
    assert len(asked) > 40
    held = {one.name.removesuffix(".svg") for one in shipped("icons").iterdir()}
    assert asked - held == set()
