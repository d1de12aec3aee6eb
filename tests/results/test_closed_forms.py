"""Measures of engine runs against what must hold exactly; tolerances are four standard errors of the run."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from sim.model.engine.run import simulate
from sim.model.rules.turnover import DISMISSAL, OTHER, VOLUNTARY
from sim.results.measures.table import MEASURES
from sim.results.series import SHARES, TOTALS, by_month
from sim.results.summary import Estimate, Values, estimate_of, measure_all
from sim.results.sums import gather, joined
from sim.results.tenure import retention_curve
from sim.scenario.files import load_table
from tests.worlds import quiet, quiet_tables

YEARLY = {"voluntary_per_year": 0.30, "dismissal_per_year": 0.12, "other_per_year": 0.06}
TOTAL = 0.48


def leaving(**hazards: float) -> dict[str, object]:
    return {"level": {"kind": "hazards", **hazards}}


def measured(replications: int = 60, **tables: object) -> Values:
    scenario = quiet(**tables)
    return measure_all(simulate(scenario, [], range(replications), 7)[0], scenario)


def within(values: Values, key: str, exact: float, errors: float = 4.0) -> None:
    known = values[key][~np.isnan(values[key])]
    error = known.std(ddof=1) / math.sqrt(known.size)
    assert known.mean() == pytest.approx(exact, abs=errors * error)


def test_vacancy_is_separations_times_time_to_fill_over_one_plus_it() -> None:
    values = measured(
        horizon={"months": 120, "warm_up_months": 120},
        turnover=leaving(voluntary_per_year=0.5),
        recruitment={"days_to_fill": 3 * 30.4375},
    )
    within(values, "vacancy_rate", 3 / 27)
    within(values, "separations_per_100_posts_year", 50.0)


def test_a_constant_hazard_keeps_newcomers_exponentially() -> None:
    values = measured(horizon={"months": 72, "warm_up_months": 60}, turnover=leaving(**YEARLY))
    for months in (6, 12, 24, 36, 60):
        within(values, f"retention_{months}_months", math.exp(-TOTAL * months / 12))


def test_competing_exits_have_their_shares_and_their_own_curves() -> None:
    scenario = quiet(horizon={"months": 60, "warm_up_months": 60}, turnover=leaving(**YEARLY))
    blocks = simulate(scenario, [], range(100), 3)[0]
    values = measure_all(blocks, scenario)
    causes = {"voluntary": (VOLUNTARY, 0.30), "dismissal": (DISMISSAL, 0.12), "other": (OTHER, 0.06)}
    for cause, (code, yearly) in causes.items():
        within(values, f"separations_per_100_posts_year.{cause}", 100 * yearly)
        exits = values[f"exits_per_year.{cause}"].sum() * 5
        alone = retention_curve(blocks, cause=code)
        assert -math.log(alone[12]) == pytest.approx(yearly, abs=6 * yearly / math.sqrt(exits))
    assert values["exits_per_year"] == pytest.approx(sum(values[f"exits_per_year.{cause}"] for cause in causes))


def test_the_chance_of_staying_a_year_is_the_same_for_everyone_when_hazards_are_constant() -> None:
    values = measured(horizon={"months": 36, "warm_up_months": 60}, turnover=leaving(**YEARLY))
    within(values, "stability_12_months", math.exp(-TOTAL))


def test_without_exits_and_with_everybody_seated_nothing_moves() -> None:
    values = measured(replications=3)
    assert values["vacancy_rate"].tolist() == [0.0, 0.0, 0.0]
    assert values["retention_24_months"].tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(values["months_waited_for_promotion"]).all()


def test_opening_cash_and_all_margins_make_the_cash_at_the_end() -> None:
    fees = {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}
    scenario = load_table(
        quiet_tables()
        | {"turnover": quiet_tables()["turnover"] | leaving(**YEARLY)}
        | {"funding": {"medicaid": fees}, "rules": {"enforce": False, "opening_cash_usd": 250_000.0}}
    ).scenario
    values = measure_all(simulate(scenario, [], range(20), 1)[0], scenario)
    years = scenario.horizon.months / 12
    told = 250_000.0 + years * values["margin_usd_per_year"]
    assert told == pytest.approx(values["cash_end_usd"], abs=0.01)
    payers = sum(values[f"spending_{payer}_usd_per_year"] for payer in ("federal", "state", "county", "other"))
    assert payers == pytest.approx(values["revenue_usd_per_year"], abs=0.01)


def test_measures_have_the_same_bits_in_any_block_size() -> None:
    scenario = quiet(
        turnover=leaving(**YEARLY), funding={"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}}
    )
    whole = gather(simulate(scenario, [], range(6), 1)[0], scenario)
    for cuts in ([0, 1, 2, 3, 4, 5, 6], [0, 1, 6], [0, 4, 6]):
        parts = [
            gather(simulate(scenario, [], range(first, last), 1)[0], scenario)
            for first, last in itertools.pairwise(cuts)
        ]
        again = joined(parts)
        assert all(np.array_equal(whole[name], again[name]) for name in whole)


def test_the_chance_of_negative_cash_never_falls_from_month_to_month() -> None:
    scenario = quiet(funding={"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}})
    blocks = simulate(scenario, [], range(20), 1)[0]
    chance = by_month(blocks, "chance_of_negative_cash")
    assert (np.diff(chance, axis=1) >= 0).all()
    assert np.array_equal(chance[:, -1], measure_all(blocks, scenario)["chance_of_negative_cash"])


@pytest.mark.parametrize("name", [*TOTALS, *SHARES])
def test_every_series_has_a_value_for_each_replication_and_month(name: str) -> None:
    scenario = quiet(turnover=leaving(**YEARLY))
    series = by_month(simulate(scenario, [], range(4), 1)[0], name)
    assert series.shape == (4, 24)
    assert not np.isnan(series).any()


def test_satisfaction_through_the_months_averages_to_its_measure() -> None:
    """Peers weigh the months, in both; the series is on the scale of the measure."""
    scenario = quiet(turnover=leaving(**YEARLY))
    blocks = simulate(scenario, [], range(1), 1)[0]
    series, peers = by_month(blocks, "satisfaction_mean")[0], blocks[0].panel["peers"][:, 0]
    measure = measure_all(blocks, scenario)["satisfaction_mean"][0]
    assert np.average(series, weights=peers) == pytest.approx(measure, rel=1e-12)


def test_an_unknown_series_is_an_error() -> None:
    with pytest.raises(KeyError):
        by_month(simulate(quiet(), [], range(1), 1)[0], "no such series")


def test_estimates_of_every_measure_stay_within_what_is_possible() -> None:
    values = measured(replications=5, turnover=leaving(**YEARLY))
    for key, measure in MEASURES.items():
        one: Estimate = estimate_of(key, values[key])
        if one.low is not None and one.high is not None:
            assert measure.lowest is None or one.low >= measure.lowest
            assert measure.highest is None or one.high <= measure.highest
