"""What is asked at every letter typed or file opened looks rows up: SQLite's own plan reads no table whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import text

from spie_desk.domain.records import KINDS
from spie_desk.store.derived import PEOPLE, TEXTS, derived_of
from spie_desk.store.glimpses import Glimpses
from spie_desk.store.open import EncryptedStore
from spie_desk.store.prepared import Prepared, driver
from spie_desk.store.questions import Questions
from spie_desk.store.together import LinkedFiles
from spie_desk.store.unsettled import asks_of
from tests.examples import an_id, example
from tests.store.conftest import Opened

DERIVED = derived_of(tuple(KINDS))


def asked() -> Iterator[tuple[str, Prepared]]:
    person = DERIVED.kinds["person"]
    linked = LinkedFiles(DERIVED).asked
    assert linked is not None
    yield "linked files", linked
    yield "lines of the search", Glimpses(DERIVED, person).asked
    questions = Questions(DERIVED)
    yield from ((f"questions in {name}", one) for name, one in questions.whose.items())
    yield from ((f"one number in two files: {name}", one) for name, one in questions.alike.items())
    asks = asks_of(DERIVED)
    yield from ((f"to settle in her {name}", one) for name, one in asks.hers.items())
    yield from ((f"held alike: {name}", one) for name, one in asks.equals.items())


def test_no_table_is_read_whole(store: EncryptedStore) -> None:
    few = ("SCAN rec_same_as", "SCAN unsettled")  # a handful of rows
    for what, lookup in asked():
        with store.transactions.reading() as connection:
            binds = [None] * len(lookup.order())
            plan = driver(connection).execute(f"EXPLAIN QUERY PLAN {lookup.sql}", binds).fetchall()
        steps = [str(step[3]) for step in plan]
        assert steps, what
        whole = [step for step in steps
                 if step.startswith("SCAN") and not step.startswith(few) and "VIRTUAL" not in step]  # fmt: skip
        assert whole == [], f"{what}: {steps}"


def test_a_rebuild_leaves_the_index_in_one_piece_and_a_save_adds_a_small_one(one: Opened) -> None:
    """Else one of the next saves would put all of it together while somebody waits."""

    def pieces(index: str) -> int:
        with one.store.transactions.reading() as connection:
            return int(connection.scalar(text(f"SELECT count(DISTINCT segid) FROM {index}_idx")) or 0)

    def sign(number: int) -> None:
        with one.store.unit() as unit:
            unit.put("note", replace(example("note"), id=an_id(f"note {number}"), text=f"mot{number} courrier"))

    with one.store.unit() as unit:
        unit.put("person", example("person"))
    for number in range(20):
        sign(number)
    assert pieces(TEXTS) == 20, "no save merged anything"
    one.store.rebuild()
    assert (pieces(PEOPLE), pieces(TEXTS)) == (1, 1)
    sign(20)
    assert pieces(TEXTS) == 2
    assert one.store.check() == []


def test_an_idle_desk_folds_its_log(one: Opened) -> None:
    with one.store.unit() as unit:
        unit.put("person", example("person"))
    before = one.path.read_bytes()
    one.store.tidy()
    assert one.path.read_bytes() != before, "what stood in the log alone stands in the file"
