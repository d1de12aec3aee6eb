"""A wish is read as it was meant, refused where it means nothing, and judged with the luck it was measured with."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.questions.solve.constraints import Wish, check_chance, judged, runs_needed, wilson, wish_of
from sim.results.sums import gather
from sim.scenario.problems import ScenarioError
from tests.worlds import quiet, run_one

ONE = quiet(posts={"number": 2})
MANY = quiet(employer=[{"name": "small", "count": 5}])


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("exits_per_year <= 12", Wish("exits_per_year", "<=", 0.0, 12.0)),
        ("margin_usd_per_year>=-1,000", Wish("margin_usd_per_year", ">=", 0.0, -1000.0)),
        ("cash_end_usd > $1e6", Wish("cash_end_usd", ">", 0.0, 1e6)),
        ("vacancy_rate < 7.5 %", Wish("vacancy_rate", "<", 0.0, 0.075)),
        ("exits_per_year.layoff <= base", Wish("exits_per_year.layoff", "<=", 1.0, 0.0)),
        ("exits_per_year <= base - 10", Wish("exits_per_year", "<=", 1.0, -10.0)),
        ("hours_delivered_per_year >= base * 1.1", Wish("hours_delivered_per_year", ">=", 1.1, 0.0)),
        ("hours_delivered_per_year >= base * 95 %", Wish("hours_delivered_per_year", ">=", 0.95, 0.0)),
    ],
)
def test_a_condition_is_read_as_it_was_meant(text: str, wish: Wish) -> None:
    assert wish_of(text, ONE) == wish
    assert wish_of(wish.text, ONE) == wish


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exits_per_yer <= 3", "did you mean exits_per_year?"),
        ("exits_per_year = 3", "write MEASURE >= VALUE"),
        ("exits_per_year <= many", "many is no value"),
        ("exits_per_year <= base / 2", "is no value"),
        ("exits_per_year.vacation <= 2", "exits_per_year.vacation is not a measure"),
        ("exits_per_year <= base * 0", "write 0"),
        ("", "is no condition"),
    ],
)
def test_what_cannot_be_read_is_told_with_how_to_write_it(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match="--until") as fault:
        wish_of(text, ONE)
    assert told in str(fault.value)


def test_a_chance_of_a_chance_is_refused_for_one_employer_and_allowed_for_many() -> None:
    share = wish_of("chance_of_closure <= 0.05", ONE)
    with pytest.raises(ScenarioError, match="is a chance already"):
        check_chance([share], ONE)
    check_chance([share], MANY)
    check_chance([wish_of("chance_of_closure <= 0", ONE)], ONE)


def test_what_is_found_over_all_futures_together_has_no_chance_of_its_own() -> None:
    with pytest.raises(ScenarioError, match="stability_12_months"):
        check_chance([wish_of("retention_12_months >= 0.5", MANY)], MANY)
    check_chance([wish_of("vacancy_rate <= 0.1", ONE)], ONE)


@pytest.mark.parametrize(("events", "trials"), [(0, 7), (7, 7), (1, 200), (180, 200), (50, 100)])
def test_the_interval_of_a_share_is_wilsons(events: int, trials: int) -> None:
    exact = binomtest(events, trials).proportion_ci(method="wilson")
    found = wilson(events, trials)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-12)


@pytest.mark.parametrize("chance", [0.5, 0.9, 0.99])
def test_fewer_runs_than_needed_can_never_show_a_chance(chance: float) -> None:
    needed = runs_needed(chance)
    enough, too_few = wilson(needed, needed).low, wilson(needed - 1, needed - 1).low
    assert enough is not None
    assert too_few is not None
    assert enough >= chance > too_few


def test_a_wish_about_every_future_is_counted_future_by_future() -> None:
    scenario = quiet(posts={"number": 10}, turnover={"level": {"voluntary_per_year": 0.8}})
    sums = gather([run_one(scenario, 40)], scenario)
    wishes = [wish_of("exits_per_year <= 6", scenario), wish_of("vacancy_rate <= 0.07", scenario)]
    verdict = judged(wishes, 0.5, sums, sums)
    vacancy = 1.0 - sums["filled_months"] / sums["post_months"]
    holds = (sums["left"] / 2 <= 6) & (vacancy <= 0.07)
    assert 0 < holds.mean() < 1
    assert verdict.chance == wilson(int(holds.sum()), 40)


def test_a_wish_against_the_base_is_judged_run_by_run() -> None:
    base, other = (
        quiet(pay={"wage_usd_per_hour": wage}, turnover={"level": {"voluntary_per_year": 0.5}}) for wage in (20.0, 22.0)
    )
    sums, more = (gather([run_one(scenario, 10)], scenario) for scenario in (base, other))
    for text, sure in (
        ("<= base * 1.1001", 1),
        (">= base * 1.0999", 1),
        ("<= base * 1.0999", -1),
        ("> base + 1e6", -1),
    ):
        verdict = judged([wish_of(f"cost_usd_per_year {text}", base)], None, more, sums)
        assert verdict.sure == sure, "the wage is the only cost here, and it is 10 % more in every run"
    assert np.std(more["cost"]) > 1000.0
    assert not judged([wish_of("exits_per_year < base", base)], None, more, sums).met
    assert judged([wish_of("exits_per_year <= base", base)], None, more, sums).sure == 1


def test_a_rare_yes_or_no_is_not_called_sure_for_never_having_been_seen() -> None:
    scenario = quiet(rules={"opening_cash_usd": 1e9})
    sums = gather([run_one(scenario, 10)], scenario)
    wish = [wish_of("chance_of_negative_cash <= 0.05", scenario)]
    assert judged(wish, None, sums, sums).met
    assert judged(wish, None, sums, sums).sure == 0
