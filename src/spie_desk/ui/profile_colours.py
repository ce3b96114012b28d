"""The colours that a structure or a profile may choose, by the codes of their value list."""

from __future__ import annotations

COLOURS = {
    "teal": "#8FD9E5", "blue": "#8FB4FF", "indigo": "#B7ABFF", "plum": "#E79BD8", "brick": "#F2957B",
    "ochre": "#F2B968", "green": "#7CD39A", "slate": "#C3D0D8",
}  # fmt: skip
"""A structure's colour in the header; each stands out on the side ground in every theme (tested)."""
