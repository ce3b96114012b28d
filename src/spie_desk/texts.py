"""Words for people: French stands in the source, the catalogue turns it into another language at the edge."""

from __future__ import annotations

import io
from datetime import date, datetime
from gettext import GNUTranslations, NullTranslations
from typing import Any

from spie_desk.domain.errors import DeskError, Many
from spie_desk.shipped import open_shipped

LANGUAGES = ("fr", "en")


class _French(NullTranslations):
    """The words as they are written; French says zero in the singular, gettext's own default does not."""

    def ngettext(self, one: str, many: str, n: int) -> str:
        return one if abs(n) < 2 else many


_spoken: NullTranslations = _French()


def set_language(language: str) -> None:
    """Speak that language from now on; texts already made keep theirs."""
    global _spoken  # noqa: PLW0603 — one language a process, as gettext itself has it
    if language not in LANGUAGES:
        raise ValueError(language)
    _spoken = _French() if language == "fr" else GNUTranslations(io.BytesIO(open_shipped(f"i18n/{language}.mo")))


def _(msgid: str) -> str:
    """The text in the language spoken; the empty text stays empty (gettext would answer the catalogue's header)."""
    return _spoken.gettext(msgid) if msgid else ""


def n_(one: str, many: str, n: int) -> str:
    """The text for that number, with « {n} » filled in."""
    return _spoken.ngettext(one, many, n).format(n=n)


def sentence(error: DeskError) -> str:
    """What happened, then what to do about it, with the error's parameters put into words."""
    words = _Words({name: _in_words(value) for name, value in error.parameters.items()})
    said = (_(text).format_map(words) for text in (error.says, error.next_step) if text)
    return " ".join(said)


class _Words(dict[str, str]):
    """Parameters of a sentence; one that is missing leaves an ellipsis: an error must never hide behind another."""

    def __missing__(self, name: str) -> str:
        return "…"


def _in_words(value: Any) -> str:
    if isinstance(value, str):
        return _(value)
    if isinstance(value, DeskError):
        return sentence(value)
    if isinstance(value, Many):
        return n_(value.one, value.many, value.n)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y, %H\u00a0h\u00a0%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(item) for item in value)
    return str(value)
