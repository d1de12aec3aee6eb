"""A place says what work pays and what living costs there."""

import csv
import hashlib
from statistics import median

import pytest

from sim.evidence.paths import DATA
from sim.evidence.places import NUMBERS, housing_wage_usd_per_hour, load_places, place
from sim.evidence.tables import EvidenceError

AS_COLLECTED = "99ff7ffcea6e64a9266fcfe4fad977699a9976681f6df4109e567283245a49fe"


def test_every_figure_stands_as_it_was_collected() -> None:
    """The digest is over the 51 rows of the collected table, state and figures as text, in its order.

    Rents are made by studies/rents and tested there; Medicaid's federal share came later.
    """
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    text = "\n".join(",".join((row[0], *row[2:12])) for row in rows)
    assert hashlib.sha256(text.encode()).hexdigest() == AS_COLLECTED


def test_federal_shares_are_those_of_the_register() -> None:
    """Three that the source's entry names, the bounds of the law (the District has its own), and the nation's least."""
    shares = {code: known.medicaid_federal_share for code, known in load_places().items()}
    assert [shares[code] for code in ("PA", "NC", "ID")] == [0.5606, 0.6462, 0.6691]
    assert (min(shares.values()), max(shares.values()), shares["DC"], shares["US"]) == (0.50, 0.769, 0.70, 0.50)


def test_there_are_fifty_states_the_district_and_the_nation() -> None:
    assert len(load_places()) == 52
    assert {"DC", "MD", "US"} <= set(load_places())


def test_maryland_is_known() -> None:
    maryland = place("MD")
    assert maryland.name == "Maryland"
    assert maryland.wages_usd_per_hour["21_1093"] == 20.67
    assert maryland.minimum_wage_usd_per_hour == 15.00
    assert maryland.fair_market_rents_usd_per_month == (1362.0, 1511.0, 1857.0)
    assert (maryland.price_parity, maryland.housing_price_parity) == (103.965, 119.879)


def test_the_neighboring_wage_is_the_mean_of_the_two_nearest_occupations() -> None:
    assert place("MD").neighboring_wage_usd_per_hour == pytest.approx((20.67 + 25.51) / 2)
    assert place("MD").elsewhere_wage_usd_per_hour == pytest.approx((17.44 + 18.55 + 16.90) / 3)


def test_a_rent_of_thirty_percent_of_pay_gives_the_housing_wage() -> None:
    wage = housing_wage_usd_per_hour(1511.0)
    assert wage == pytest.approx(29.0577, abs=1e-4)
    assert 0.30 * wage * 2080 / 12 == pytest.approx(1511.0)
    assert place("MD").housing_wage_usd_per_hour == wage


def test_half_of_the_people_of_a_state_live_between_the_quarters() -> None:
    assert place("PA").one_bedroom_quarters == (1060.0, 1520.0)
    for known in load_places().values():
        lower, upper = known.one_bedroom_quarters
        assert lower <= known.fair_market_rents_usd_per_month[1] <= upper, known.state


def test_the_nation_is_the_median_area_with_the_federal_minimum_wage() -> None:
    states = [known for code, known in load_places().items() if code != "US"]
    nation = place("US")
    assert nation.wages_usd_per_hour["21_1093"] == median(s.wages_usd_per_hour["21_1093"] for s in states) == 19.83
    assert nation.minimum_wage_usd_per_hour == 7.25
    assert nation.fair_market_rents_usd_per_month[1] == 1234.0
    assert (nation.price_parity, nation.housing_price_parity) == (100.0, 100.0)


def test_no_state_pays_less_than_the_federal_minimum_wage() -> None:
    assert min(known.minimum_wage_usd_per_hour for known in load_places().values()) == 7.25


def test_figures_lie_where_such_figures_can_lie() -> None:
    for known in load_places().values():
        assert all(10 < wage < 60 for wage in known.wages_usd_per_hour.values()), known.state
        rents = known.fair_market_rents_usd_per_month
        assert 500 < rents[0] <= rents[1] <= rents[2] < 3000, known.state
        assert 80 < known.price_parity < 120, known.state
        assert 50 < known.housing_price_parity < 180, known.state


def test_nobody_can_change_a_place_by_accident() -> None:
    with pytest.raises(TypeError):
        place("MD").wages_usd_per_hour["21_1093"] = 0.0  # type: ignore[index]


@pytest.mark.parametrize("typed", ["md", " MD", "Maryland", "maryland", "Marylnd"])
def test_a_near_miss_is_told_the_code(typed: str) -> None:
    with pytest.raises(EvidenceError, match=r"did you mean 'MD'\?"):
        place(typed)


def test_an_unknown_place_is_told_what_a_code_looks_like() -> None:
    with pytest.raises(EvidenceError, match=r"no place 'ZZ' in data/places.csv; use a two-letter code"):
        place("ZZ")


def test_every_column_of_the_table_is_a_figure_of_a_place() -> None:
    assert len(NUMBERS) == 16
