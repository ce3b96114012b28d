"""Bring resources/i18n up to date with the French of the source: extract, keep what is translated, compile.

With --check nothing is written: what is missing, untranslated, obsolete, stale or badly set is listed.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TREE = Path(__file__).resolve().parents[1]
SOURCES = (TREE / "src", TREE / "sync")
LISTS = TREE / "resources" / "lists"
EMERGENCY = TREE / "resources" / "emergency.json"
PO = TREE / "resources" / "i18n" / "en.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2), "NN_": (1, 2)}
# A fixed date: the same words give the same file, whoever runs this and whenever.
DATED = datetime(2026, 11, 22, tzinfo=UTC)

NBSP = "\u00a0"
NARROW = "\u202f"
MARKUP = re.compile(r"<[^<>]+>|&\w+;")
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
FRENCH_RULES = (
    (re.compile(r"'"), "straight apostrophe: write ’"),
    (re.compile(r'"'), "straight quotes: write « »"),
    (re.compile(rf"(?<![{NBSP}{NARROW}:?!.…«])[;:?!](?![\w/{{])"), "no no-break space before ; : ? !"),
    (re.compile(rf"«(?!{NBSP})|(?<!{NBSP})»"), "no no-break space inside « »"),
    (re.compile(r"\w[·•]\w"), "interpunct"),
    (re.compile(r"consentement", re.IGNORECASE), "« consentement »: the basis is the mission"),
    (re.compile(r"synchronisé", re.IGNORECASE), "« Synchronisé » says nothing true"),
    (re.compile(r"\.\.\."), "three dots: write …"),
)


def texts_of(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def translations_of(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def _new() -> Catalog:
    catalog = Catalog(
        locale="en", project="spie-desk", version="0.1", fuzzy=False, creation_date=DATED, revision_date=DATED,
        header_comment="# English catalogue of SPIE Desk.", last_translator="SPIE Desk", language_team="English",
    )  # fmt: skip
    catalog.msgid_bugs_address = ""
    return catalog


WRITTEN_AS_THEY_ARE = {"acronym", "phrase"}
"""Lists that go into French texts, whatever the language of the screens."""


def of_data() -> Iterator[tuple[str, str]]:
    """The words of the value lists and of the emergency page: data, and yet read on screen."""
    for path in sorted(LISTS.glob("*.json")):
        if path.stem in WRITTEN_AS_THEY_ARE:
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        for text in (told["title"], *(entry["label"] for entry in told["values"])):
            yield path.relative_to(TREE).as_posix(), text
    told = json.loads(EMERGENCY.read_text(encoding="utf-8"))
    for text in (
        told["promise"],
        *(group["title"] for group in told["groups"]),
        *(number["what"] for group in told["groups"] for number in group["numbers"]),
    ):
        yield EMERGENCY.relative_to(TREE).as_posix(), text


def extract() -> Catalog:
    """Every msgid of the source, with the files that say it (no line numbers: they would change every day)."""
    catalog = _new()
    for name, text in of_data():
        catalog.add(text, locations=[(name, 0)])
    for source in SOURCES:
        for path in sorted(source.rglob("*.py")):
            name = path.relative_to(TREE).as_posix()
            for _, msgid, comments, _ in extract_from_file("python", path, KEYWORDS, comment_tags=("i18n:",)):
                if msgid:
                    catalog.add(msgid, locations=[(name, 0)], auto_comments=comments)
    return catalog


def committed() -> Catalog:
    if not PO.exists():
        return _new()
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated() -> Catalog:
    """The msgids of the source with the translations already made; what the source no longer says is let go."""
    known = committed()
    catalog = extract()
    for message in catalog:
        old = known.get(message.id)
        if message.id and old and old.string:
            message.string = old.string
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def missing() -> list[str]:
    known = committed()
    return [texts_of(message)[0] for message in extract() if message.id and known.get(message.id) is None]


def obsolete() -> list[str]:
    said = extract()
    known = committed()
    gone = [texts_of(message)[0] for message in known if message.id and said.get(message.id) is None]
    return gone + [texts_of(message)[0] for message in known.obsolete.values()]


def untranslated() -> list[str]:
    return [texts_of(m)[0] for m in committed() if m.id and (m.fuzzy or not all(translations_of(m)))]


def stale() -> bool:
    return not MO.exists() or MO.read_bytes() != mo_bytes(committed())


def misprints() -> Iterator[str]:
    """French msgids that break the rules of French typography, or of the house's words."""
    for message in extract():
        where = message.locations[0][0] if message.locations else ""
        for text in texts_of(message):
            bare = PLACEHOLDER.sub("x", MARKUP.sub("", text))
            for rule, why in FRENCH_RULES:
                if rule.search(bare):
                    yield f"{where}: {text!r}: {why}"


def strangers() -> Iterator[str]:
    """Translations that do not name the same parameters as their msgid."""
    for message in committed():
        wanted = {name for text in texts_of(message) for name in PLACEHOLDER.findall(text)}
        for said in filter(None, translations_of(message)):
            if message.id and set(PLACEHOLDER.findall(said)) - wanted:
                yield f"{texts_of(message)[0]!r} → {said!r}"


def problems() -> dict[str, list[str]]:
    return {
        "missing from en.po (run dev.py words)": missing(),
        "obsolete in en.po (run dev.py words)": obsolete(),
        "untranslated in en.po": untranslated(),
        "en.mo is stale (run dev.py words)": ["en.mo"] if stale() else [],
        "French typography": list(misprints()),
        "unknown parameters in a translation": list(strangers()),
    }


def main() -> int:
    if "--check" not in sys.argv[1:]:
        catalog = updated()
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po_bytes(catalog))
        MO.write_bytes(mo_bytes(committed()))
        print(f"{len(catalog)} texts, {len(untranslated())} to translate")
        return 0
    found = {title: lines for title, lines in problems().items() if lines}
    for title, lines in found.items():
        print(f"{title}: {len(lines)}")
        print("".join(f"  {line}\n" for line in lines), end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
