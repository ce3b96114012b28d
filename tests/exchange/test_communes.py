"""The communes as shipped: postcode, name, the beginning of a name."""

import pytest

from spie_desk.exchange.communes import Communes


@pytest.fixture(scope="module")
def communes():
    return Communes()


def test_all_are_there(communes):
    assert len(communes.all) > 34_000


def test_a_postcode_and_a_town_point_at_one(communes):
    assert communes.find("61120", "Camembert").code == "61071"
    assert communes.find("42000", "ST-ETIENNE cedex 2").name == "Saint-Étienne"
    assert communes.find("75011", "") is None or communes.find("75011", "").name.startswith("Paris")


@pytest.mark.parametrize(
    ("postcode", "town"), [("61120", "Toulouse"), ("00000", "Rien"), ("", ""), ("", "Saint-Aubin")]
)
def test_a_doubt_is_no_answer(communes, postcode, town):
    assert communes.find(postcode, town) is None


def test_search_by_beginning_most_peopled_first(communes):
    assert communes.search("toul")[0].name == "Toulouse"
    assert "Camembert" in {one.name for one in communes.search("61120")}
    assert communes.search("saint etienne")[0].name == "Saint-Étienne"
    assert communes.search("  ") == []
