"""The value lists: codes that records keep, the French words screens show for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: the code that is kept, its French label, and what else the list says of it (theme, hex…)."""

    code: str
    label: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def theme(self) -> str:
        """The theme it belongs to, for situations, objectives and actions; else empty."""
        return str(self.more.get("theme", ""))


@dataclass(frozen=True)
class ValueList:
    """One list, in the order it is shown, with where it comes from."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    source: str
    licence: str

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    def label(self, code: str) -> str:
        """The words for the code; a code this version does not know is shown as it is, never hidden."""
        found = self.by_code.get(code)
        return found.label if found else code

    def of_theme(self, theme: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.theme == theme)

    def flagged(self, flag: str) -> frozenset[str]:
        """The codes that carry this flag: « sensitive », « health »."""
        return frozenset(entry.code for entry in self.entries if entry.more.get(flag))


_NONE = ValueList("", "", (), "", "")


@dataclass(frozen=True, slots=True)
class Lists:
    """Every list by name; read once by the application and handed to the desk."""

    by_name: Mapping[str, ValueList]

    def __getitem__(self, name: str) -> ValueList:
        return self.by_name.get(name, _NONE)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def label(self, name: str, code: str) -> str:
        """The French words for a code of a list; unknown codes and lists hand the code back."""
        return self[name].label(code)


def lists_from(json_by_name: Mapping[str, Any]) -> Lists:
    """The lists as their files spell them: {name: {title, source, licence, values: [{code, label, …}]}}."""
    return Lists({name: _list(name, content) for name, content in json_by_name.items()})


def _list(name: str, content: Mapping[str, Any]) -> ValueList:
    entries = tuple(
        Entry(value["code"], value["label"], {key: more for key, more in value.items() if key not in {"code", "label"}})
        for value in content["values"]
    )
    return ValueList(name, content["title"], entries, content["source"], content["licence"])
