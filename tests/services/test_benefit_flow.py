"""The CAF/MSA flow on a real encrypted store: the right person or a question, one act, and nothing of the others."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from spie_desk.domain import benefit_plan as plans
from spie_desk.domain.records.around import Identifier, Opposition, Right
from spie_desk.domain.records.person import Person
from spie_desk.services import benefit_flow, merging, undo
from spie_desk.services.desk import Desk
from spie_desk.services.imports import ImportCancelledError
from spie_desk.services.ports import Deed
from tests.made_flows import (
    AMINA,
    CHILD,
    PAUL,
    SECRET,
    SPOUSE,
    STRANGER,
    Foyer,
    Who,
    flow,
    written,
)

NUMBER, FILLED = "2055990", "205599000000000"


def put(desk: Desk, *records: tuple[str, object], deed: str = "typed") -> None:
    with desk.store.unit(Deed(deed)) as unit:
        for kind, record in records:
            unit.put(kind, record)


def person(desk: Desk, last: str, first: str, born: date | None = None, **more: object) -> bytes:
    one = Person(id=desk.chance.id(), last_name=last, first_name=first, born_on=born, **more)
    put(desk, ("person", one))
    return one.id


def amina(desk: Desk, number: str = "", **more: object) -> bytes:
    who = person(desk, "Belkacem", "Amina", date(1988, 3, 4), **more)
    if number:
        put(desk, ("identifier", Identifier(id=desk.chance.id(), person=who, scheme="caf", value=number)))
    return who


def planned(desk: Desk, tmp_path: Path, *foyers: Foyer, on: str = "2026-11-30") -> plans.FlowPlan:
    path = tmp_path / "flux.xml"
    path.write_bytes(flow(*foyers, on=on))
    return benefit_flow.plan(desk, path)


def rsa(desk: Desk, who: bytes) -> Right | None:
    found = desk.store.records.find("right", {"person": who})
    assert len(found) < 2
    return found[0].record if found else None


def reasons(plan: plans.FlowPlan) -> list[set[str]]:
    return [{one.says for one in doubt.reasons} for doubt in plan.doubts]


def test_only_who_is_followed_is_updated_and_the_rest_is_counted(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk, NUMBER)
    made = planned(desk, tmp_path, Foyer([AMINA, SPOUSE, CHILD], number=FILLED).suspended("2026-10-01"),
                   Foyer([STRANGER]), Foyer([PAUL]))  # fmt: skip
    assert [(one.name, one.reasons) for one in made.updates] == [("Amina Belkacem", ())]
    assert (made.others, made.households, made.announced, made.doubts) == (4, 3, 3, ())
    before = desk.store.counters()
    assert rsa(desk, who) is None
    report = benefit_flow.apply(desk, made)
    assert (report.updated, report.others, report.waiting) == (1, 4, 0)
    right = rsa(desk, who)
    assert right is not None
    assert (right.scheme, right.status, right.starts_on, right.ends_on) == (
        "rsa", "rsa_droit_ouvert_versement_suspendu", date(2021, 3, 1), None)  # fmt: skip
    assert right.remark == (
        "CAF\u00a0: suspension depuis le 01/10/2026 (déclaration trimestrielle de ressources non fournie)\u00a0; "
        "personne soumise aux droits et devoirs"
    )
    assert desk.store.counters() != before
    assert desk.store.records.count("person") == 1
    assert desk.store.check() == []


@pytest.mark.parametrize(
    ("state", "status"),
    [("0", "rsa_demande_en_attente"), ("1", "rsa_refuse"), ("2", "rsa_droit_ouvert_versable"),
     ("3", "rsa_droit_ouvert_et_suspendu"), ("4", "rsa_droit_ouvert_versement_suspendu"), ("5", "rsa_clos"),
     ("6", "rsa_clos_anterieur")],
)  # fmt: skip
def test_each_state_of_the_flow_has_its_status(desk: Desk, tmp_path: Path, state: str, status: str) -> None:
    who = amina(desk)
    benefit_flow.apply(desk, planned(desk, tmp_path, Foyer([AMINA], state=state)))
    right = rsa(desk, who)
    assert right is not None
    assert right.status == status
    assert status in desk.lists["right_status"].by_code


def test_a_closed_right_ends_and_one_that_opens_again_has_no_end(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk)
    benefit_flow.apply(desk, planned(desk, tmp_path, Foyer([AMINA]).closed("2026-09-30"), on="2026-10-31"))
    right = rsa(desk, who)
    assert right is not None
    assert (right.status, right.ends_on) == ("rsa_clos", date(2026, 9, 30))
    assert "fin de droit (clôture à échéance (quatre mois sans droit))" in right.remark
    benefit_flow.apply(desk, planned(desk, tmp_path, Foyer([AMINA])))
    right = rsa(desk, who)
    assert right is not None
    assert (right.status, right.ends_on) == ("rsa_droit_ouvert_versable", None)
    assert right.remark == "CAF\u00a0: personne soumise aux droits et devoirs"


def test_the_same_flow_again_changes_nothing_and_one_undo_takes_all_of_it_back(desk: Desk, tmp_path: Path) -> None:
    one, two = amina(desk, NUMBER), person(desk, "Ekambi", "Paul", date(1990, 6, 12))
    foyers = (Foyer([AMINA], number=FILLED), Foyer([PAUL]).suspended("2026-11-01"))
    put(desk, ("right", Right(id=desk.chance.id(), person=two, scheme="rsa", status="open", remark="dossier vu")))
    desk.clock.move(days=-30)
    report = benefit_flow.apply(desk, planned(desk, tmp_path, *foyers, on="2026-12-31"))
    changed = rsa(desk, two)
    assert changed is not None
    assert changed.remark.startswith("dossier vu · CAF\u00a0: suspension")
    again = planned(desk, tmp_path, *foyers, on="2026-12-31")
    assert (again.updates, again.doubts, again.unchanged) == ((), (), 2)
    with pytest.raises(benefit_flow.NothingInFlowError):
        benefit_flow.apply(desk, again)
    undo.undo_one(desk, report.deed)
    assert rsa(desk, one) is None
    back = rsa(desk, two)
    assert back is not None
    assert (back.status, back.remark) == ("open", "dossier vu")
    assert len(planned(desk, tmp_path, *foyers, on="2026-12-31").updates) == 2


def test_a_hand_since_the_day_of_the_flow_is_asked_before_it_is_replaced(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk)
    put(desk, ("right", Right(id=desk.chance.id(), person=who, scheme="rsa", status="rsa_clos")))
    late = planned(desk, tmp_path, Foyer([AMINA]))
    assert late.updates == ()
    assert reasons(late) == [{plans.TYPED_SINCE}]
    assert late.doubts[0].options[0].changes[0].old == "rsa_clos"
    with pytest.raises(benefit_flow.NothingInFlowError):
        benefit_flow.apply(desk, late)
    assert rsa(desk, who).status == "rsa_clos"  # type: ignore[union-attr]
    benefit_flow.apply(desk, late, {who: 0})
    assert rsa(desk, who).status == "rsa_droit_ouvert_versable"  # type: ignore[union-attr]


def test_a_hand_before_the_day_of_the_flow_gives_way_and_the_plan_shows_it(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk)
    put(desk, ("right", Right(id=desk.chance.id(), person=who, scheme="rsa", status="open")))
    made = planned(desk, tmp_path, Foyer([AMINA]), on="2026-12-31")
    (update,) = made.updates
    assert next((one.label, one.old, one.new) for one in update.options[0].changes) == (
        "État", "open", "rsa_droit_ouvert_versable")  # fmt: skip


def test_an_older_flow_after_a_newer_one_asks(desk: Desk, tmp_path: Path) -> None:
    amina(desk)
    report = benefit_flow.apply(desk, planned(desk, tmp_path, Foyer([AMINA]), on="2026-12-31"))
    old = planned(desk, tmp_path, Foyer([AMINA]).closed("2026-10-31"), on="2026-11-30")
    assert [[(one.says, dict(one.parameters)) for one in doubt.reasons] for doubt in old.doubts] == [
        [(plans.NEWER_READ, {"day": "31/12/2026"})]
    ]
    undo.undo_one(desk, report.deed)
    assert planned(desk, tmp_path, Foyer([AMINA]).closed("2026-10-31"), on="2026-11-30").doubts == ()


@pytest.mark.parametrize(
    ("number", "member", "foyer_number", "says"),
    [
        (NUMBER, Who("BELKASSEM", "AMINA", "1988-03-04"), FILLED, plans.SAME_NUMBER),
        (NUMBER, AMINA, "777777700000000", plans.OTHER_NUMBER),
    ],
)
def test_what_agrees_in_part_only_is_a_doubt(
    desk: Desk, tmp_path: Path, number: str, member: Who, foyer_number: str, says: str
) -> None:
    amina(desk, number)
    made = planned(desk, tmp_path, Foyer([member], number=foyer_number))
    assert made.updates == ()
    assert says in reasons(made)[0]


def test_two_files_or_two_households_are_never_chosen_between(desk: Desk, tmp_path: Path) -> None:
    one, two = amina(desk), amina(desk)
    made = planned(desk, tmp_path, Foyer([AMINA]))
    assert made.updates == ()
    assert reasons(made) == [{plans.SEVERAL_HERE}] * 2
    assert {doubt.person for doubt in made.doubts} == {one, two}
    person(desk, "Ekambi", "Paul", date(1990, 6, 12))
    made = planned(desk, tmp_path, Foyer([PAUL]), Foyer([PAUL]).closed("2026-09-30"))
    assert reasons(made) == [{plans.SEVERAL_THERE}]
    assert len(made.doubts[0].options) == 2


def test_two_files_of_one_person_are_met_once_and_her_right_is_kept_up_where_it_is(
    desk: Desk, tmp_path: Path
) -> None:
    main, other = amina(desk), amina(desk, NUMBER)
    put(desk, ("right", Right(id=desk.chance.id(), person=other, scheme="rsa", status="open")))
    merging.link(desk, main, other)
    made = planned(desk, tmp_path, Foyer([AMINA], number=FILLED), on="2026-12-31")
    assert [(one.person, one.reasons) for one in made.updates] == [(main, ())]
    benefit_flow.apply(desk, made)
    assert rsa(desk, main) is None
    assert rsa(desk, other).status == "rsa_droit_ouvert_versable"  # type: ignore[union-attr]


def test_an_unknown_birth_date_is_a_doubt_and_another_one_is_someone_else(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Ekambi", "Paul")
    amina(desk)
    made = planned(desk, tmp_path, Foyer([PAUL]), Foyer([Who("BELKACEM", "AMINA", "1988-04-03")]),
                   Foyer([Who("BELKACEM", "AMINA", "1988-03-04", certain="J")]))  # fmt: skip
    assert [one.name for one in made.doubts] == ["Paul Ekambi"]
    assert (made.updates, made.others) == ((), 2)


def test_accents_hyphens_and_the_birth_name_are_no_difference(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Lefèvre", "Anne-Zoé", date(1980, 1, 2), birth_name="N’Diaye")
    made = planned(desk, tmp_path, Foyer([Who("N DIAYE", "ANNE ZOE", "1980-01-02")]))
    assert [one.name for one in made.updates] == ["Anne-Zoé Lefèvre"]


def test_a_closed_file_an_opposition_and_a_child_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    person(desk, "Ekambi", "Paul", date(1990, 6, 12), ended_on=date(2026, 1, 1))
    who = amina(desk)
    put(desk, ("opposition", Opposition(id=desk.chance.id(), person=who, to="fichier", on=date(2026, 11, 1))))
    person(desk, "Belkacem", "Linaqzw", date(2015, 9, 9))
    made = planned(desk, tmp_path, Foyer([PAUL]), Foyer([AMINA, CHILD]))
    assert (made.updates, made.doubts, made.unchanged, made.others) == ((), (), 0, 3)


def test_what_tells_her_health_stays_in_the_flow(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk)
    benefit_flow.apply(desk, planned(desk, tmp_path, Foyer([AMINA]).suspended("2026-10-01", "44")))
    assert rsa(desk, who).remark.startswith(  # type: ignore[union-attr]
        "CAF\u00a0: suspension depuis le 01/10/2026\u00a0; personne"
    )


def test_a_bad_household_is_named_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    amina(desk)
    made = planned(desk, tmp_path, Foyer([Who("T" * 40, "ODILONWZ", "1971-01-02")]), Foyer([AMINA]),
                   Foyer([STRANGER], state="9"))  # fmt: skip
    assert len(made.updates) == 1
    assert [(one.field, one.line > 5) for one in made.bad] == [("NOM", True), ("ETATDOSRSA", True)]
    assert "T" * 40 not in repr(made)


def test_nothing_of_the_others_is_in_the_profile_nor_beside_it(desk: Desk, tmp_path: Path) -> None:
    amina(desk, NUMBER)
    made = planned(desk, tmp_path, Foyer([AMINA, SPOUSE, CHILD], number=FILLED),
                   Foyer([STRANGER], number="888123400000000"))  # fmt: skip
    benefit_flow.apply(desk, made)
    words = ("ZQXVINCONNU", "ODILONWZ", "YANISQZW", "LINAQZW", SECRET[:13], "8881234")
    assert not [word for word in words if word.casefold() in repr(made).casefold()]
    for table, rows in everything(desk):
        told = repr(rows).casefold()
        assert not [word for word in words if word.casefold() in told], table
    (tmp_path / "flux.xml").unlink()
    for path in tmp_path.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not [word for word in words if word.encode() in data], path.name


def everything(desk: Desk) -> list[tuple[str, list[object]]]:
    """Every row of every table of the store, decrypted."""
    from sqlalchemy import text  # noqa: PLC0415

    with desk.store._transactions.reading() as connection:  # type: ignore[attr-defined]
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        found = [(name, [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]) for name in names]
    assert any(rows for _, rows in found)
    return found


def test_stopping_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    who = amina(desk)
    path = tmp_path / "flux.xml"
    path.write_bytes(flow(Foyer([AMINA])))

    def stop(_done: int, _total: int) -> None:
        raise ImportCancelledError

    with pytest.raises(ImportCancelledError):
        benefit_flow.plan(desk, path, stop)
    made = benefit_flow.plan(desk, path)
    with pytest.raises(ImportCancelledError):
        benefit_flow.apply(desk, made, cancelled=lambda: True)
    assert rsa(desk, who) is None


def test_a_large_flow_is_read_in_little_memory_and_time(desk: Desk, tmp_path: Path) -> None:
    count, known = 2_000, 200
    with desk.store.unit(Deed("imported")) as unit:
        unit.put_fresh(("person", Person(id=desk.chance.id(), last_name=f"Nom{at}", first_name="Awa",
                                         born_on=date(1980, 1, 1 + at % 28))) for at in range(known))  # fmt: skip
    path = written(tmp_path / "grand.xml", (
        Foyer([Who(f"NOM{at}", "AWA", f"1980-01-{1 + at % 28:02d}")], number=f"{1000000 + at}00000000")
        for at in range(count)), on="2026-12-31")  # fmt: skip
    tracemalloc.start()
    started = time.process_time()
    made = benefit_flow.plan(desk, path)
    seconds, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(made.updates), made.others) == (known, count - known)
    # the file has four million characters; what is held is what concerns the people followed
    assert peak < 4_000_000, peak
    assert seconds < 10, seconds
