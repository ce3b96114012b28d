"""How many rows of each list fit in the room there is, so that nothing runs off the bottom of a page."""

from __future__ import annotations

from collections.abc import Sequence


def share(counts: Sequence[int], room: int, row: int, head: int, more: int) -> list[int]:
    """Rows to show of each list, in pixels: one at least of each that has any, then one more each in turn.

    ``head`` is what a list takes beside its rows, ``more`` the line that says how many others there are.
    """
    shown = [min(1, count) for count in counts]

    def used(rows: Sequence[int]) -> int:
        return sum(head + n * row + (more if n < count else 0) for n, count in zip(rows, counts, strict=True) if count)

    grown = True
    while grown:
        grown = False
        for at, count in enumerate(counts):
            wider = [n + (place == at) for place, n in enumerate(shown)]
            if shown[at] < count and used(wider) <= room:
                shown, grown = wider, True
    return shown
