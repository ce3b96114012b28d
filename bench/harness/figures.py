"""One figure: what was measured, what it is compared with, the bar, and whether it is within."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

KEYS = ("name", "value", "unit", "reference", "ratio", "bar", "within")


@dataclass(frozen=True)
class Bar:
    """At most ``limit``, on the value or on the ratio to the reference; ``more`` is a second way to be within."""

    limit: float
    on: str = "value"
    or_more_by: float | None = None
    """Within, too, if the value is above the reference by no more than this."""

    def holds(self, value: float, reference: float | None) -> bool:
        if self.or_more_by is not None and reference is not None and value - reference <= self.or_more_by:
            return True
        if self.on == "ratio":
            return bool(reference) and value / (reference or 1) <= self.limit
        return value <= self.limit

    def __str__(self) -> str:
        rest = "" if self.or_more_by is None else f" or +{self.or_more_by:g}"
        return f"≤ {self.limit:g}{' ×' if self.on == 'ratio' else ''}{rest}"


@dataclass(frozen=True)
class Figure:
    """``more`` is whatever helps to judge the figure: cpu, samples, p50, p95, p99, file_mb, table_mb…"""

    name: str
    value: float
    unit: str
    reference: float | None = None
    bar: Bar | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def within(self) -> bool | None:
        return None if self.bar is None else self.bar.holds(self.value, self.reference)

    def without_bar(self) -> Figure:
        return replace(self, bar=None)

    def to_json(self) -> dict[str, Any]:
        bar = self.bar
        told = {
            "name": self.name, "value": _round(self.value), "unit": self.unit, "reference": _round(self.reference),
            "ratio": _round(self.ratio), "bar": None if bar is None else bar.limit, "within": self.within,
        }  # fmt: skip
        if bar is not None:
            told |= {"bar_on": bar.on, "bar_says": str(bar)}
        return told | {name: _round(value) for name, value in self.more.items()}


def _round(value: Any) -> Any:
    """Four figures that mean something; the rest is noise."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def table(told: Sequence[Mapping[str, Any]]) -> str:
    """The figures as a person reads them."""
    rows = [("figure", "value", "cpu", "reference", "ratio", "cpu ratio", "bar", "")]
    for one in told:
        within = {True: "ok", False: "MISSED", None: ""}[one["within"]]
        rows.append((
            one["name"], f"{_said(one['value'])} {one['unit']}", _said(one.get("cpu")), _said(one["reference"]),
            _said(one["ratio"]), _said(one.get("cpu_ratio")), one.get("bar_says", ""), within,
        ))  # fmt: skip
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def _said(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)
