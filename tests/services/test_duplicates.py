"""The check while typing a new person, against the real store and its index."""

from datetime import date

import pytest

from spie_desk.domain.duplicates import Identity, Verdict, phones_of
from spie_desk.domain.records.around import Phone
from spie_desk.domain.records.person import Person
from spie_desk.services import duplicates, people
from tests.services.test_imports import desk, empty_store, stores  # noqa: F401 — fixtures


@pytest.fixture
def amina(desk):  # noqa: F811
    person = Person(id=b"a" * 16, last_name="Belkacem", first_name="Amina", born_on=date(1988, 4, 3), nickname="Mimi")
    people.create(desk, person, [("phone", Phone(id=b"p" * 16, person=person.id, number="06 39 98 12 34"))])
    people.create(desk, Person(id=b"o" * 16, last_name="Diop", first_name="Awa"))
    return person


@pytest.mark.parametrize(("typed", "reasons"), [
    (Identity(last_name="BELKASSEM", first_name="amina"), ("nom qui se prononce pareil", "date de naissance inconnue")),
    (Identity(last_name="Amina", first_name="Belkacem", born_on=date(1988, 3, 4)),
     ("nom et prénom inversés", "jour et mois inversés")),
    (Identity(last_name="Zidi", first_name="Amina", phones=phones_of(["+33 6 39 98 12 34"])),
     ("même prénom", "date de naissance inconnue", "même téléphone")),
    (Identity(nickname="Mimi"), ("surnom ou diminutif", "date de naissance inconnue")),
])  # fmt: skip
def test_someone_already_here_is_named_with_the_reasons(desk, amina, typed, reasons):  # noqa: F811
    (doubt,) = duplicates.like(desk, typed)
    assert (doubt.shown.record, doubt.verdict, doubt.reasons) == (amina, Verdict.DOUBT, reasons) or (
        doubt.shown.record.id == amina.id and doubt.reasons == reasons)  # fmt: skip
    assert doubt.phones == ("06 39 98 12 34",)


def test_the_same_is_said_to_be_the_same_and_a_file_is_no_double_of_itself(desk, amina):  # noqa: F811
    typed = Identity(last_name="Belkacem", first_name="Amina", born_on=date(1988, 4, 3))
    assert [one.verdict for one in duplicates.like(desk, typed)] == [Verdict.SAME]
    assert duplicates.like(desk, typed, but=amina.id) == []


@pytest.mark.parametrize("typed", [
    Identity(), Identity(last_name="Belkacem"), Identity(last_name="Nguyen", first_name="Linh"),
    Identity(last_name="Belkacem", first_name="Nora", born_on=date(1988, 4, 3)),
])  # fmt: skip
def test_nobody_is_named_for_nothing(desk, amina, typed):  # noqa: F811
    assert duplicates.like(desk, typed) == []
