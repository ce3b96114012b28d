"""Row by row, who is already here: by local number and identity together, else by likeness, else on an earlier line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spie_desk.domain import import_plan as plans
from spie_desk.domain.duplicates import NICKNAME, SAME_NAME, Likeness, Verdict, compare
from spie_desk.domain.errors import N_
from spie_desk.domain.import_compare import Hand, creation, typed_changes, update
from spie_desk.domain.import_match import Neighbours, equal_names_and_births
from spie_desk.domain.import_plan import ALONE, WORDS, Act, Candidate, Reason, RowPlan, Way
from spie_desk.domain.import_rows import Bundle, Reading, read_row
from spie_desk.domain.import_split import first_names, two_bundles
from spie_desk.services.import_here import Here, Sought, sought

SAME_NUMBER = N_("même numéro, identité différente")
OTHER_NUMBER = N_("même identité, autre numéro")
NO_NUMBER = N_("même identité, pas de numéro sur ce poste")
SAME_FT = N_("même identifiant France Travail")
TYPED = N_("saisi à la main\u00a0: {field}")
IN_FILE = N_("déjà dans ce fichier, ligne {line}")
COUPLE = N_("la ligne parle de deux personnes")
SEVERAL_FILES = N_("plusieurs dossiers lui ressemblent")

_MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class _Match:
    """What was found for one row: the person to update, or those it may be, with why."""

    sure: bytes | None = None
    doubts: tuple[tuple[bytes, tuple[Reason, ...]], ...] = ()


def planned_rows(here: Here, reading: Reading, matched: Callable[[int], None]) -> Iterator[RowPlan]:
    """The plan of every row, in the order of the file; ``matched`` hears how many were looked for."""
    read = []
    for row in reading.table.rows:
        read.append((row.line, read_row(row, reading)))
        matched(0)
    bundles = [one for _, one in read if isinstance(one, Bundle)]
    people = {one.line: sought(one) for one in bundles}
    here.prepare(bundles, people.values(), lambda: matched(0))
    here.draw(sum(map(_records_of, bundles)))
    has_numbers = any(bundle.local for bundle in bundles)
    matches = {}
    for done, one in enumerate(bundles, start=1):
        if not one.couple:
            matches[one.line] = _match(here, one, people[one.line], has_numbers=has_numbers)
        matched(done)
    here.gather(person for match in matches.values() for person in
                ([match.sure] if match.sure else [one for one, _ in match.doubts]))  # fmt: skip
    file = _InFile(people)
    for line, found in read:
        if isinstance(found, Bundle):
            yield _planned(here, found, matches.get(line, _Match()), file)
        else:
            yield RowPlan(line=line, refusals=found)


def _records_of(bundle: Bundle) -> int:
    """How many records a row makes of someone new, about."""
    return 4 + len(bundle.phones) + len(bundle.identifiers) + len(bundle.rights)


def _match(here: Here, bundle: Bundle, one: Sought, *, has_numbers: bool) -> _Match:
    """By local number and identity (both equal: the same; one alone: a doubt that says which), else by likeness."""
    numbered = here.numbered("local", bundle.local)
    identity = one.identity
    alike = dict(here.near(one))
    for person in numbered:
        found = alike.get(person) or compare(identity, here.identity(person))
        if found.verdict is Verdict.SAME or equal_names_and_births(identity, here.identity(person), found.reasons):
            return _Match(sure=person)
    if numbered:
        return _Match(doubts=tuple((one, (Reason(SAME_NUMBER), *_reasons(alike.get(one)))) for one in numbered))
    same = [person for person, found in alike.items() if found.verdict is Verdict.SAME]
    if len(same) == 1 and not (has_numbers and bundle.local):
        return _Match(sure=same[0])
    doubts = [(who, (*_number_reasons(here, who, found, bundle), *_reasons(found))) for who, found in alike.items()]
    known_to_ft = here.numbered("france_travail", dict(bundle.identifiers).get("france_travail", ""))
    doubts += [(who, (Reason(SAME_FT),)) for who in known_to_ft if who not in alike]
    return _Match(doubts=tuple(doubts[:_MOST_CANDIDATES]))


def _reasons(found: Likeness | None) -> tuple[Reason, ...]:
    return tuple(Reason(reason) for reason in found.reasons) if found else ()


def _number_reasons(here: Here, person: bytes, found: Likeness, bundle: Bundle) -> tuple[Reason, ...]:
    if found.verdict is not Verdict.SAME or not bundle.local:
        return ()
    around = here.around(person)
    has = around is not None and any(one.record.scheme == "local" for one in around.identifiers)
    return (Reason(OTHER_NUMBER if has else NO_NUMBER),)


class _InFile:
    """The rows already planned: who they are, and which person each one is about."""

    def __init__(self, people: Mapping[int, Sought]) -> None:
        self._people = people
        self.rows: Neighbours[int] = Neighbours()
        self.plans: dict[int, RowPlan] = {}
        self.line_of: dict[bytes, int] = {}

    def add(self, row: RowPlan) -> RowPlan:
        assert row.bundle is not None  # noqa: S101 — refused rows are never added
        self.rows.add(row.line, *self._people[row.line])
        self.plans[row.line] = row
        return row

    def before(self, bundle: Bundle) -> list[tuple[int, Likeness]]:
        """The rows already planned that this one resembles."""
        return self.rows.near(*self._people[bundle.line])[:_MOST_CANDIDATES]


def _planned(here: Here, bundle: Bundle, match: _Match, file: _InFile) -> RowPlan:
    if bundle.couple:
        return file.add(_couple(here, bundle))
    if match.sure:
        return file.add(_known(here, bundle, match.sure, file))
    candidates = [one for person, reasons in match.doubts if (one := _candidate(here, person, reasons))]
    earlier = [Candidate((Reason(IN_FILE, {"line": str(line)}), *_reasons(found)), line=line)
               for line, found in file.before(bundle)]  # fmt: skip
    if not candidates and not earlier:
        return file.add(RowPlan(line=bundle.line, bundle=bundle, act=creation(bundle, here.hand)))
    again = _unchanged(here, bundle, candidates)
    if again is not None:
        return file.add(RowPlan(line=bundle.line, bundle=bundle, act=again))
    ways = [way for one in candidates if one.shown for way in _ways_to(here, bundle, one.shown.record.id)]
    if not candidates:
        ways += _ways_to_lines(here, bundle, earlier, file)
    ways += [Way(plans.NEW, WORDS[plans.NEW], creation(bundle, here.hand)), Way(plans.LATER, WORDS[plans.LATER], None)]
    said = (*candidates, *earlier)
    reasons = {(reason.says, *reason.parameters.values()): reason for one in said for reason in one.reasons}
    return file.add(RowPlan(line=bundle.line, bundle=bundle, reasons=tuple(reasons.values()), candidates=said,
                            ways=tuple(ways)))  # fmt: skip


def _candidate(here: Here, person: bytes, reasons: tuple[Reason, ...]) -> Candidate | None:
    around = here.around(person)
    if around is None:
        return None
    return Candidate(reasons, around.person, tuple(one.record.number for one in around.phones))


def _known(here: Here, bundle: Bundle, person: bytes, file: _InFile) -> RowPlan:
    """A row about someone surely here: an update, unless it would replace what a hand typed or an earlier line said."""
    around = here.around(person)
    if around is None:
        return RowPlan(line=bundle.line, bundle=bundle, act=creation(bundle, here.hand))
    act = update(bundle, around, here.hand)
    earlier = file.line_of.setdefault(person, bundle.line)
    if earlier != bundle.line and (act.writes or act.changes):
        filled = update(bundle, around, here.hand, fill_only=True)
        ways = (Way(plans.TAKE, WORDS[plans.TAKE], update(bundle, around, here.hand, take=True)),
                Way(plans.KEEP, WORDS[plans.KEEP], filled), Way(plans.LATER, WORDS[plans.LATER], None))  # fmt: skip
        reason = Reason(IN_FILE, {"line": str(earlier)})
        return RowPlan(line=bundle.line, bundle=bundle, reasons=(reason,), ways=ways,
                       candidates=(Candidate((reason,), around.person, line=earlier),))  # fmt: skip
    typed = typed_changes(act)
    if not typed:
        return RowPlan(line=bundle.line, bundle=bundle, act=act)
    reasons = tuple(Reason(TYPED, {"field": change.label}) for change in typed)
    ways = (Way(plans.KEEP, WORDS[plans.KEEP], act),
            Way(plans.TAKE, WORDS[plans.TAKE], update(bundle, around, here.hand, take=True)),
            Way(plans.LATER, WORDS[plans.LATER], None))  # fmt: skip
    candidate = Candidate(reasons, around.person, tuple(one.record.number for one in around.phones))
    return RowPlan(line=bundle.line, bundle=bundle, reasons=reasons, candidates=(candidate,), ways=ways)


def _ways_to(here: Here, bundle: Bundle, person: bytes) -> list[Way]:
    """« C’est la même personne »: one way, or two where a hand typed something else."""
    around = here.around(person)
    if around is None:
        return []
    act = update(bundle, around, here.hand)
    if not typed_changes(act):
        return [Way(f"{plans.SAME}:{person.hex()}", WORDS[plans.SAME], act)]
    taken = update(bundle, around, here.hand, take=True)
    return [Way(f"{plans.SAME_KEEP}:{person.hex()}", WORDS[plans.SAME_KEEP], act),
            Way(f"{plans.SAME_TAKE}:{person.hex()}", WORDS[plans.SAME_TAKE], taken)]  # fmt: skip


def _ways_to_lines(here: Here, bundle: Bundle, earlier: Sequence[Candidate], file: _InFile) -> list[Way]:
    """The same person as an earlier line: what that line did not say is added to what it creates."""
    found = []
    for one in earlier:
        before = file.plans[one.line]
        if before.act is not None and before.act.creates and before.bundle is not None:
            act = joined(bundle, before.bundle, before.act, here.hand)
            found.append(Way(f"{plans.SAME}:line {one.line}", WORDS[plans.SAME], act))
    return found


def joined(bundle: Bundle, before: Bundle, created: Act, hand: Hand) -> Act:
    """What this row adds to the file that an earlier row creates: numbers, phones and notes it alone says."""
    rest = replace(
        bundle, person={}, request={},
        phones=tuple(one for one in bundle.phones if one not in before.phones),
        identifiers=tuple(one for one in bundle.identifiers if one not in before.identifiers),
        rights=tuple((scheme, state) for scheme, state in bundle.rights if scheme not in dict(before.rights)),
        emails=tuple(one for one in bundle.emails if one not in before.emails),
        kept=tuple(one for one in bundle.kept if one not in before.kept),
    )  # fmt: skip
    whole = creation(rest, hand)
    writes = tuple(
        replace(write, record=replace(write.record, person=created.person))
        for write in whole.writes if write.kind not in {"person", "membership"}
    )  # fmt: skip
    return Act(created.person, writes)


def _unchanged(here: Here, bundle: Bundle, candidates: Sequence[Candidate]) -> Act | None:
    """A row that came in before and says nothing new: the same file again changes nothing and asks nothing."""
    for one in candidates:
        if one.shown is None or one.shown.first.deed_kind != "imported":
            continue
        if SAME_NAME not in {reason.says for reason in one.reasons} and NICKNAME not in {
            reason.says for reason in one.reasons
        }:
            continue
        around = here.around(one.shown.record.id)
        if around and not (act := update(bundle, around, here.hand)).writes and not act.changes:
            return act
    return None


def _couple(here: Here, bundle: Bundle) -> RowPlan:
    """« M. et Mme » : two files, offered; one person only if someone says so; nothing if they came in before."""
    ways = []
    for code, swapped in ((plans.SPLIT, False), (plans.SWAP, True)):
        both = two_bundles(bundle, swapped=swapped)
        known = [[one for one, found in here.near(sought(part)) if _same_part(here, part, one, found)] for part in both]
        if all(known):
            return RowPlan(line=bundle.line, bundle=bundle, act=Act(known[0][0]))
        acts = [creation(part, here.hand) for part in both]
        two = Act(acts[0].person, tuple(write for act in acts for write in act.writes), creates=2)
        ways.append(Way(code, WORDS[code], two))
        if first_names(bundle) is None:
            break
    ways += [Way(plans.NEW, ALONE, creation(replace(bundle, couple=False), here.hand)),
             Way(plans.LATER, WORDS[plans.LATER], None)]  # fmt: skip
    return RowPlan(line=bundle.line, bundle=bundle, reasons=(Reason(COUPLE),), ways=tuple(ways))


def _same_part(here: Here, part: Bundle, person: bytes, found: Likeness) -> bool:
    around = here.around(person)
    same_title = around is not None and around.person.record.civility == part.person.get("civility", "")
    return bool(found.reasons) and same_title and around is not None and around.person.first.deed_kind == "imported"

