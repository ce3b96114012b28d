"""The papers of a review: an agenda that names nobody, and minutes, one sheet per person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spie_desk.domain.errors import N_
from spie_desk.domain.records.person import Person
from spie_desk.domain.records.review import Attendance, Contribution, Decision, Passage, Review
from spie_desk.domain.sheets.around import PARTNER, SENSITIVE, Setting, hour, when
from spie_desk.domain.sheets.blocks import (
    Block,
    Fact,
    Facts,
    Item,
    Key,
    Markdown,
    Paragraph,
    Row,
    Sheet,
    Table,
    Text,
    say,
    section,
)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One situation of the agenda: initials and file number, never a name."""

    passage: Passage
    initials: str
    number: str


def agenda_sheet(review: Review, lines: Sequence[AgendaLine], setting: Setting) -> Sheet:
    """The agenda: « Situation 1…n », with the hour of each. Questions are off at first: they may name someone."""
    items = [Item("who", say(N_("Initiales et numéros de dossier")))]
    rows: list[Row] = []
    questions: list[Fact] = []
    for rank, line in enumerate(lines):
        label = say(N_("Situation {n}"), n=rank + 1)
        who = " – ".join(part for part in (line.initials.replace(" ", "\u00a0"), line.number) if part)
        rows.append(Row((_hour_of(review, rank), label, say(N_("{n} min"), n=review.minutes_each),
                         setting.public_name(line.passage.presenter))))  # fmt: skip
        questions.append(Fact(label, who, "who"))
        if line.passage.question:
            item = f"question:{line.passage.id.hex()}"
            why = say(N_("Une question peut faire reconnaître la personne."))
            items.append(Item(item, say(N_("Question, situation {n}"), n=rank + 1), ticked=False, why_off=why))
            questions.append(Fact(say(N_("Question {n}"), n=rank + 1), line.passage.question, item))
    head = (say(N_("Heure")), say(N_("Situation")), say(N_("Durée")), say(N_("Présentée par")))
    blocks: tuple[Block, ...] = (
        Facts(_about(review, setting)),
        *section(say(N_("Ordre de passage")), [Table(head, tuple(rows), (14, 34, 16, 36))]),
        *section(say(N_("Pour retrouver les dossiers")), [Facts(tuple(questions))]),
        Paragraph(say(N_("Aucun nom ne figure sur cet ordre du jour. À détruire après la revue.")), "small"),
    )
    return Sheet(
        name="ordre-du-jour", title=setting.lists.label("review_type", review.sort), under=when(review.on, review.at),
        header=setting.header, footer=setting.footer, blocks=blocks, items=tuple(items),
    )  # fmt: skip


def _hour_of(review: Review, rank: int) -> str:
    if not review.at:
        return ""
    hours, minutes = (int(part) for part in review.at.split(":"))
    total = hours * 60 + minutes + rank * review.minutes_each
    return hour(f"{total // 60 % 24:02d}:{total % 60:02d}")


def _about(review: Review, setting: Setting) -> tuple[Fact, ...]:
    named = [setting.public_structure(one) for one in review.structures]
    public = " · ".join(one for one in named if isinstance(one, str) and one)
    rows = [Fact(say(N_("Lieu")), review.place), Fact(say(N_("Structures invitées")), public)]
    return tuple(row for row in rows if row.value)


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """One passage as it was held; ``rank`` is its place in the review."""

    review: Review
    passage: Passage
    person: Person
    rank: int
    contributions: Sequence[Contribution] = ()
    decisions: Sequence[Decision] = ()
    attendances: Sequence[Attendance] = ()


def minutes_sheet(facts: MinutesFacts, setting: Setting) -> Sheet:
    """The minutes of one situation, for one person's file and for nobody else's."""
    items: list[Item] = [Item("name", say(N_("Son nom, et non seulement le numéro de dossier")))]
    passage = facts.passage
    blocks: tuple[Block, ...] = (
        Facts((Fact(say(N_("Personne")), facts.person.name, "name"), *_heading(facts, setting))),
        *_asked(passage, items),
        *_presence(facts, setting, items),
        *_heard(facts, setting, items),
        *_decided(facts, setting, items),
        *_minutes(passage, items),
        *_next(passage, items),
    )  # fmt: skip
    return Sheet(
        name=f"compte-rendu-situation-{facts.rank}", title=say(N_("Situation {n}, compte rendu"), n=facts.rank),
        under=say(N_("{sort}, {when}"), sort=setting.lists.label("review_type", facts.review.sort),
                  when=when(facts.review.on, facts.review.at)),
        header=setting.header, footer=setting.footer, blocks=blocks, items=tuple(items),
    )  # fmt: skip


def _tick(items: list[Item], item: str, label: str, off: Text = "") -> str:
    items.append(Item(item, say(label), ticked=not off, why_off=off))
    return item


def _heading(facts: MinutesFacts, setting: Setting) -> list[Fact]:
    passage = facts.passage
    rows = [Fact(say(N_("Dossier")), facts.person.number), Fact(say(N_("Lieu")), facts.review.place),
            Fact(say(N_("Présentée par")), setting.public_name(passage.presenter))]  # fmt: skip
    if passage.informed_on:
        how = setting.lists.label("information_channel", passage.informed_how)
        value: Text = (
            say(N_("le {day} ({how})"), day=passage.informed_on, how=how.lower()) if how else passage.informed_on
        )
        rows.append(Fact(say(N_("Information donnée sur cette revue")), value))
    if passage.attends:
        rows.append(Fact(say(N_("Participation")), say(N_("Elle a participé, ou quelqu’un pour elle."))))
    return [row for row in rows if row.value]


def _asked(passage: Passage, items: list[Item]) -> tuple[Block, ...]:
    words = passage.her_words.strip().strip("«» \u00a0")
    found: list[Block] = []
    if words:
        found += section(say(N_("Ses mots")), [Paragraph(words, "quote", _tick(items, "words", N_("Ses mots")))])
    if passage.question:
        item = _tick(items, "question", N_("Question posée"))
        found += section(say(N_("Question posée")), [Paragraph(passage.question, "strong", item)])
    return tuple(found)


def _presence(facts: MinutesFacts, setting: Setting, items: list[Item]) -> tuple[Block, ...]:
    rows = []
    for one in facts.attendances:
        found = setting.structures.get(one.structure)
        sensitive = setting.is_sensitive(one.professional) or bool(found and found.sensitive)
        name = setting.name(one.professional, one.name) if one.professional else one.name
        item = f"present:{one.id.hex()}"
        items.append(Item(item, say(N_("Présence\u00a0: {name}"), name=name), ticked=not sensitive,
                          why_off=SENSITIVE if sensitive else ""))  # fmt: skip
        shown = (PARTNER, "") if sensitive else (name, setting.public_structure(one.structure))
        present = say(N_("Oui")) if one.present else say(N_("Non"))
        rows.append(Row((*shown, present), item=item))
    head = (say(N_("Qui")), say(N_("Structure")), say(N_("Présence pendant cette situation")))
    return section(say(N_("Autour de la table")), [Table(head, tuple(rows), (34, 38, 28))])


def _heard(facts: MinutesFacts, setting: Setting, items: list[Item]) -> tuple[Block, ...]:
    rows = []
    for one in facts.contributions:
        found = setting.structures.get(one.structure)
        sensitive = bool(found and found.sensitive)
        label = found.name if found else setting.structure.name
        item = f"said:{one.id.hex()}"
        items.append(Item(item, say(N_("Contribution\u00a0: {name}"), name=label), ticked=not sensitive,
                          why_off=SENSITIVE if sensitive else ""))  # fmt: skip
        text: Text = one.text.strip() or say(N_("Rien à ajouter."))
        rows.append(Row((setting.public_structure(one.structure), text), item=item))
    return section(
        say(N_("Tour de table")), [Table((say(N_("Structure")), say(N_("Contribution"))), tuple(rows), (34, 66))]
    )


def _decided(facts: MinutesFacts, setting: Setting, items: list[Item]) -> tuple[Block, ...]:
    rows = []
    for one in facts.decisions:
        sensitive = bool(one.owner) and setting.is_sensitive(one.owner)
        item = f"decision:{one.id.hex()}"
        items.append(Item(item, one.what, ticked=not sensitive, why_off=SENSITIVE if sensitive else ""))
        who = setting.public_name(one.owner, one.owner_name) if one.owner else one.owner_name
        rows.append(Row((one.what, who, one.due_on or ""), item=item))
    head = (say(N_("Décision")), say(N_("Qui")), say(N_("Pour quand")))
    return section(say(N_("Décisions")), [Table(head, tuple(rows), (42, 26, 32))])


def _minutes(passage: Passage, items: list[Item]) -> tuple[Block, ...]:
    text = passage.minutes.strip()
    if not text:
        return ()
    return section(say(N_("Compte rendu")), [Markdown(text, _tick(items, "minutes", N_("Compte rendu")))])


def _next(passage: Passage, items: list[Item]) -> tuple[Block, ...]:
    if not passage.next_step and passage.next_on is None:
        return ()
    item = _tick(items, "next", N_("Suite"))
    more: tuple[Text, ...] = (say(N_("À revoir le {day}"), day=passage.next_on),) if passage.next_on else ()
    return section(say(N_("Suite")), [Key(passage.next_step or say(N_("À reprendre")), more, item)])
