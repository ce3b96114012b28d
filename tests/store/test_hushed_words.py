"""An address that must not be given out is not found by searching its commune; given out again, it is."""

from __future__ import annotations

from dataclasses import replace

from spie_desk.domain.records.person import Person
from spie_desk.services import people, records
from spie_desk.services.desk import Desk


def test_an_undisclosed_commune_leads_to_nobody(desk: Desk) -> None:
    person = Person(id=desk.chance.id(), last_name="Belkacem", first_name="Amina", street="8 rue des Tanneurs",
                    postcode="61120", town="Camembert")  # fmt: skip
    people.create(desk, person)
    assert [one.record for one in people.search(desk, "camembert")] == [person.id]
    shown = desk.store.records.get("person", person.id)
    assert shown is not None
    records.save(desk, "person", replace(shown.record, undisclosed=True), shown)
    assert not people.search(desk, "camembert")
    assert [one.record for one in people.search(desk, "belkacem")] == [person.id]
    hidden = desk.store.records.get("person", person.id)
    assert hidden is not None
    records.save(desk, "person", replace(hidden.record, undisclosed=False), hidden)
    assert [one.record for one in people.search(desk, "camembert")] == [person.id]
