"""What is counted, on results made by hand: each number here can be found on the fingers."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.world import log
from sim.results.blocks import adder
from sim.results.groups import GROUPS, group_sums
from sim.results.summary import measure_all
from sim.results.sums import gather, job_sums, joined, people_sums
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from tests.results.made import Made
from tests.worlds import quiet

FEES = {"kind": "fee_for_service", "rate_usd_per_unit": 10.0, "denial_share": 0.1, "federal_share": 0.6}


def scenario(**more: object) -> Scenario:
    return quiet(horizon={"months": 24}, **more)


def counted(made: Made) -> dict[str, float]:
    return {name: float(values[0]) for name, values in people_sums(made, adder(made, np.array([0]))).items()}


def test_exits_are_counted_by_cause() -> None:
    made = Made()
    for post, cause in enumerate(("voluntary", "layoff", "voluntary", "closure")):
        made.job((post, 0), hired=0.0, left=5.0, cause=cause)
    sums = counted(made)
    assert (sums["left"], sums["left.voluntary"], sums["left.layoff"], sums["left.other"]) == (4, 2, 1, 0)


def test_a_return_to_use_counts_once_whether_met_with_leave_or_not() -> None:
    made = Made()
    made.job((0, 0), hired=0.0, left=5.0, cause="return_to_use")  # at once
    made.job((1, 0), hired=0.0, left=8.0, cause="return_to_use")  # from leave
    made.fact(log.LEAVE, 6.0, (1, 0), 0.0)
    made.job((2, 0), hired=0.0)  # back from leave
    made.fact(log.LEAVE, 6.0, (2, 0), 0.0)
    made.fact(log.RETURNED, 7.0, (2, 0), 0.0)
    sums = counted(made)
    assert (sums["returns_to_use"], sums["returned"], sums["left.return_to_use"]) == (3, 1, 2)


def test_a_second_return_to_use_after_coming_back_counts_again() -> None:
    made = Made()
    made.job((0, 0), hired=0.0, left=20.0, cause="return_to_use")
    made.fact(log.LEAVE, 6.0, (0, 0), 0.0)
    made.fact(log.RETURNED, 7.0, (0, 0), 0.0)
    assert counted(made)["returns_to_use"] == 2


def test_whoever_is_laid_off_at_an_anniversary_has_not_stayed_the_year() -> None:
    made, random = Made(posts=400), np.random.default_rng(3)
    for post, hired in enumerate(random.uniform(-90.0, 12.0, 400).tolist()):
        made.job((post, 0), hired=hired, left=24.0 if hired > 0 else 12.0, cause="layoff")
    sums = job_sums([made], np.array([0]))
    assert sums["there_a_year_before"].sum() == 400  # at the start or at the first anniversary
    assert sums["stayed_a_year"].sum() == sums["stayed_the_first_year"].sum() == 0
    made.panel |= {
        f"{group}{column}": np.zeros((24, 1)) for group in ("black", "full_time") for column in ("", "_wage_sum")
    }
    kept = group_sums(made, np.array([0]), plans(scenario())[0].epochs[0][1])
    assert sum(kept[f"stayed.{group}"].sum() for group in GROUPS) == 0


def test_the_wait_for_a_promotion_runs_from_the_rung_below() -> None:
    made = Made()
    made.job((0, 0), hired=-4.0)
    made.fact(log.PROMOTED, 14.0, (0, 0), -4.0, rung=1)
    made.fact(log.PROMOTED, 20.0, (0, 0), -4.0, rung=2)
    made.fact(log.OPENING, -40.0, (1, 0), -40.0, rung=1)
    made.fact(log.PROMOTED, 3.0, (1, 0), -40.0, rung=2)  # since when on the first rung is not on record
    sums = counted(made)
    assert (sums["promoted"], sums["waits"], sums["waited_months"]) == (3, 2, 18.0 + 6.0)


def test_kept_one_year_or_more_compares_each_year_end_with_the_one_before() -> None:
    made = Made(months=24)
    made.job((0, 0), hired=-5.0)  # there at 0, 12 and 24
    made.job((1, 0), hired=-5.0, left=6.0)  # there at 0
    made.job((2, 0), hired=8.0, left=20.0)  # there at 12
    made.job((3, 0), hired=13.0)  # there at no year's beginning
    values = measure_all([made], scenario())
    assert values["stability_12_months"].tolist() == [2.0 / 4.0]


def test_a_projection_shorter_than_a_year_keeps_nobody_for_a_year() -> None:
    made = Made(months=6)
    made.job((0, 0), hired=-5.0)
    assert np.isnan(measure_all([made], scenario())["stability_12_months"][0])


def test_median_tenure_is_that_of_those_there_at_the_end() -> None:
    made = Made(employers=2, months=24)
    for post, hired in enumerate((-36.0, 0.0, 12.0, 20.0)):
        made.job((post, 0), hired)
    made.job((5, 0), hired=-100.0, left=3.0)
    values = measure_all([made], scenario())["median_tenure_months"]
    assert values[0] == (24.0 + 12.0) / 2.0
    assert np.isnan(values[1])


def test_vacancy_is_the_unfilled_time_and_peers_beyond_the_budget_count_as_posts() -> None:
    made = Made(months=2, posts=10)
    made.panel["in_post"][:] = [[8.0], [12.0]]
    made.panel["leave_time"][:] = [[1.0], [0.0]]
    values = measure_all([made], scenario())
    assert values["vacancy_rate"] == pytest.approx([1.0 - 21.0 / 22.0])
    assert values["headcount"] == pytest.approx([10.5])


def test_money_is_read_from_the_ledger_and_adds_up_to_the_cash() -> None:
    made = Made(months=12)
    made.line("claims", 1.0, 0, 90_000)
    made.line("claims", 5.0, 0, 30_000)
    made.line("audit", 12.0, 0, -20_000)
    made.line("wages", 1.0, 0, -70_000, source=log.NO_SOURCE)
    made.panel["cash"][-1] = 50_000 + 30_000
    values = measure_all([made], scenario(funding={"medicaid": FEES}))
    assert values["revenue_usd_per_year"].tolist() == [1000.0]
    assert values["cost_usd_per_year"].tolist() == [700.0]
    assert values["margin_usd_per_year"].tolist() == [300.0]
    assert values["cash_end_usd"].tolist() == [500.0 + 300.0]


def test_each_payer_is_told_what_it_paid_and_the_federal_cents_are_rounded() -> None:
    made = Made(months=12)
    made.line("claims", 1.0, 0, 101)
    made.line("audit", 12.0, 0, -50)
    values = measure_all([made], scenario(funding={"medicaid": FEES}))
    assert values["spending_federal_usd_per_year"] == pytest.approx([0.61 - 0.30])
    assert values["spending_state_usd_per_year"] == pytest.approx([0.40 - 0.20])


def test_a_dated_change_of_the_federal_share_splits_payments_from_then_on() -> None:
    dated = {"at": "2027-07", "set": {"funding.medicaid.federal_share": 0.0}}
    made = Made(months=12)
    made.line("claims", 6.0, 0, 1000)
    made.line("claims", 6.5, 0, 1000)
    values = measure_all([made], scenario(funding={"medicaid": FEES}, change=[dated]))
    assert values["spending_federal_usd_per_year"].tolist() == [6.0]
    assert values["spending_state_usd_per_year"].tolist() == [4.0 + 10.0]


def test_claims_from_before_the_start_are_paid_by_whom_the_base_says() -> None:
    made = Made(months=12)
    made.line("claims", 1.0, 0, 1000)
    base = scenario(funding={"medicaid": FEES})
    values = measure_all([made], scenario(), base)
    assert values["spending_federal_usd_per_year"].tolist() == [6.0]


def test_the_chance_of_negative_cash_is_the_share_of_employers_that_ever_saw_it() -> None:
    made = Made(employers=4, replications=np.array([0, 0, 1, 1]))
    made.panel["cash"][3, 1] = -1
    assert measure_all([made], scenario())["chance_of_negative_cash"].tolist() == [0.5, 0.0]


def test_a_freeze_decided_at_the_last_close_freezes_no_month_of_the_projection() -> None:
    made = Made(months=3)
    for decided, months in (([True, True, False], 2.0), ([True, False, True], 1.0), ([False, False, True], 0.0)):
        made.panel["frozen"][:, 0] = decided
        assert measure_all([made], scenario())["months_in_freeze"].tolist() == [months]


def test_lapsed_awards_and_closures_are_read_from_the_facts_about_funding() -> None:
    made = Made(employers=2, replications=np.array([0, 0]))
    made.awards = [(12.0, log.LAPSED, 0, 0, 123_400), (24.0, log.LAPSED, 0, 1, 600), (20.0, log.CLOSED, -1, 1, 0)]
    values = measure_all([made], scenario())
    assert values["lapsed_award_usd"].tolist() == [1240.0]
    assert values["chance_of_closure"].tolist() == [0.5]


def test_shares_below_the_living_wage_are_told_by_household() -> None:
    made = Made(months=1)
    for name, value in {"household.alone": 6, "household.child": 4, "below.alone": 3, "below.child": 4}.items():
        made.panel[name] = np.array([[value]])
    made.panel["peers"][:], made.panel["below_living_wage"][:] = 10, 7
    values = measure_all([made], scenario())
    told = {key: values[key][0] for key in values if key.startswith("share_below_living_wage")}
    assert told == {
        "share_below_living_wage": 0.7,
        "share_below_living_wage.alone": 0.5,
        "share_below_living_wage.child": 1.0,
    }


def test_kinds_of_employers_are_added_up() -> None:
    one, other = Made(months=12, posts=10), Made(months=12, posts=30, kind="other")
    one.panel["in_post"][:], other.panel["in_post"][:] = 5.0, 30.0
    kinds = [{"name": "employer"}, {"name": "other"}]
    values = measure_all([one, other], scenario(employer=kinds))
    assert values["headcount"].tolist() == [35.0]
    assert values["vacancy_rate"] == pytest.approx([1.0 - 35.0 / 40.0])


def test_sums_of_two_blocks_are_those_of_one() -> None:
    parts = [Made(employers=2, replications=np.array(numbers)) for numbers in ([0, 1], [2, 3])]
    for made in parts:
        made.job((0, 0), hired=0.0, left=4.0)
        made.job((13, 0), hired=-3.0)
    both = joined([gather([made], scenario()) for made in parts])
    assert both["left"].tolist() == [1.0, 0.0, 1.0, 0.0]
    assert both["lived_by_tenure"].shape[0] == 4
