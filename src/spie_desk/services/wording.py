"""Ready phrases and words of the dictionary: mine, my structure's, and the phrases that come with the application."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spie_desk.domain.drafts import Draft
from spie_desk.domain.errors import DeskError, N_
from spie_desk.domain.listing import PersonFilter
from spie_desk.domain.records.phrase import MINE, SHARED, Phrase
from spie_desk.domain.records.word import Word
from spie_desk.domain.shown import Shown, Touched
from spie_desk.services import records
from spie_desk.services.desk import Desk

SHIPPED = "phrase"
"""The value list of the phrases that come with the application."""
ACRONYMS = "acronym"
_WISHES = "writing"
_MANY = 2000


class LooksLikeANameError(DeskError):
    """A word that somebody bears: it does not go into the structure's words without asking."""

    says = N_("«\u00a0{word}\u00a0» est aussi le nom d’une personne ou d’un collègue. Le dictionnaire de la "
              "structure est lu par toute l’équipe.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase as lists show it; ``shown`` is None for one that came with the application."""

    key: str
    text: str
    whose: str
    shown: Shown[Phrase] | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the editors do by themselves: replace abbreviations, underline what the dictionary does not know."""

    expand: bool = True
    spell: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything an editor needs: phrases by abbreviation, the words accepted, those also proposed, the wishes."""

    phrases: Mapping[str, str]
    accepted: frozenset[str]
    proposed: frozenset[str]
    wishes: Wishes


def wording(desk: Desk) -> Wording:
    words = [one.record for one in desk.store.records.find("word", limit=_MANY)]
    sigles = frozenset(entry.code for entry in desk.lists[ACRONYMS].entries)
    shared = frozenset(one.text for one in words if one.whose == SHARED) | sigles
    return Wording(
        {row.key.casefold(): row.text for row in reversed(phrases(desk)) if row.key},
        frozenset(one.text for one in words) | sigles, shared, wishes(desk),
    )  # fmt: skip


def phrases(desk: Desk) -> Sequence[PhraseRow]:
    """Mine, then my structure's, then those that came with the application and that none of ours replaces."""
    found = desk.store.records.find("phrase", order=("key",), limit=_MANY)
    own = [PhraseRow(one.record.key, one.record.text, one.record.whose, one) for one in found]
    ours = sorted(own, key=lambda row: (row.whose != MINE, not row.key, row.key.casefold()))
    taken = {row.key.casefold() for row in ours}
    shipped = [PhraseRow(one.code, one.label, SHIPPED) for one in desk.lists[SHIPPED].entries if one.code not in taken]
    return [*ours, *shipped]


def words(desk: Desk) -> Sequence[Shown[Word]]:
    found = desk.store.records.find("word", limit=_MANY)
    return sorted(found, key=lambda one: one.record.text.casefold())


def wishes(desk: Desk) -> Wishes:
    kept = desk.store.settings.get(_WISHES)
    if not isinstance(kept, dict):
        return Wishes()
    return Wishes(kept.get("expand") is not False, kept.get("spell") is not False)


def wish(desk: Desk, wanted: Wishes) -> None:
    desk.store.settings.set(_WISHES, {"expand": wanted.expand, "spell": wanted.spell})


def add_word(desk: Desk, text: str, *, shared: bool, even_a_name: bool = False) -> Touched:
    """Accept a word from now on; one that somebody bears is shared only when that was said and answered."""
    word = Word(id=desk.chance.id(), text=text, whose=SHARED if shared else MINE)
    word.check()
    known = {(one.record.text, one.record.whose) for one in words(desk)}
    if (text, word.whose) in known:
        return Touched(undoable=False)
    if shared and not even_a_name and names_among(desk, [text]):
        raise LooksLikeANameError(word=text)
    return records.save(desk, "word", word)


def names_among(desk: Desk, found: Collection[str]) -> frozenset[str]:
    """Those that someone followed or a colleague bears, however they are written: never wrong, never proposed."""
    colleagues = {part.casefold() for one in desk.store.records.find("professional", limit=_MANY)
                  for part in f"{one.record.first_name} {one.record.last_name}".replace("-", " ").split()}  # fmt: skip
    return frozenset(word for word in found if word.casefold() in colleagues or _borne(desk, word))


def _borne(desk: Desk, word: str) -> bool:
    rows = desk.store.lists.people(PersonFilter(words=word), limit=5)
    return any(word.casefold() in row.name.casefold() for row in rows)


def fresh_phrase(desk: Desk, key: str = "", text: str = "") -> Phrase:
    return Phrase(id=desk.chance.id(), key=key, text=text)


def blank_draft(desk: Desk, form: str, start: Phrase | Shown[Phrase]) -> Draft:
    """A draft for the form of a phrase, on what is on screen."""
    if isinstance(start, Shown):
        return Draft(id=desk.chance.id(), form=form, kind="phrase", record=start.record.id, circle=start.circle,
                     bases=start.bases)  # fmt: skip
    return Draft(id=desk.chance.id(), form=form, kind="phrase", record=start.id)


def hand_over(desk: Desk, shown: Shown[Phrase]) -> Touched:
    """The phrase for the other readers: the circle of a record never changes, so a new one takes its place."""
    other = replace(shown.record, id=desk.chance.id(), whose=MINE if shown.record.whose == SHARED else SHARED)
    with desk.store.unit() as unit:
        unit.put("phrase", other)
        unit.withdraw(shown)
    return desk.store.touched()


def reopened(desk: Desk, draft: bytes) -> tuple[Draft, Any] | None:
    """A draft of a phrase with what stands of its record."""
    found = desk.store.drafts.get(draft)
    if found is None or found.record is None or found.kind != "phrase":
        return None
    return found, desk.store.records.get("phrase", found.record) or Phrase(id=found.record)
