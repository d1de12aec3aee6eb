"""At equal dollars dearer peers are fewer, what gives nothing is beaten, and nothing is free."""

from __future__ import annotations

from typing import Any

import pytest

from sim.questions.frontier.frontier import Frontier, frontier
from sim.questions.frontier.mixes import PUBLIC_SPENDING, Plan, Range, usual
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
from tests.scenarios.library import file_of
from tests.worlds import merged, quiet_tables

WAGE: Range = ("pay.wage_usd_per_hour", 20.0, 22.0)
TRAINING: Range = ("practices.training_usd_per_peer_month", 0.0, 300.0)
SERVICE = ("mean_wage_usd_per_hour", "hours_delivered_per_year")


def certain(**more: Any) -> Loaded:
    """Nobody leaves, clients are plenty: every figure can be worked out by hand.

    Nobody is sent home either when there are fewer posts, so mixes are cheaper than the base, and have more of them.
    """
    own = {
        "horizon": {"months": 2},
        "recruitment": {"days_to_fill": 0.0},
        "rules": {"credit_interest_per_year": 0.0},
        "services": {"demand_client_hours_per_month": 1e6},
        "pay": {"wage_usd_per_hour": 22.0},
    }
    return load_table(merged(merged(quiet_tables(), own), more))


def post_usd(wage: float) -> float:
    """Return a post's cost a year in USD.

    A quarter of the fringe (0.336) is health cover, which stays what it is at the base's wage of 22.00.
    """
    return 2080 * (wage * (1 + 0.75 * 0.336) + 22.0 * 0.25 * 0.336)


def mixed(base: Loaded, *vary: Range, runs: int = 2, **more: Any) -> Frontier:
    return frontier(base, Plan(vary, more.pop("measures", SERVICE), **more), Settings(runs, 1, 1))


def test_at_equal_dollars_a_lower_wage_has_more_posts_and_more_hours() -> None:
    found = mixed(certain(), WAGE, grid=3)
    for number, wage in ((1, 20.0), (2, 21.0), (3, 22.0)):
        mix = found.mixes[number]
        assert dict(mix.settings)["pay.wage_usd_per_hour"] == wage
        assert mix.balance is not None
        assert mix.balance.value(found.planned.places) == pytest.approx(50 * post_usd(22.0) / post_usd(wage), rel=1e-6)
        cost, hours = (found.estimate(number, key).mean for key in ("cost_usd_per_year", "hours_delivered_per_year"))
        assert cost == pytest.approx(found.estimate(0, "cost_usd_per_year").mean, rel=1e-9)
        assert hours == pytest.approx(
            (found.estimate(0, "hours_delivered_per_year").mean or 0.0) * post_usd(22.0) / post_usd(wage), rel=1e-6
        )
    assert all(mix.on_frontier for mix in found.mixes), "wage against hours: none is better on both"


def test_money_that_does_nothing_puts_a_mix_behind() -> None:
    """With effects off training only costs: 21.00 without it buys more posts (57.9) than 20.00 with it (57.1)."""
    base = certain(pay={"wage_usd_per_hour": 23.0}, practices={"training_usd_per_peer_month": 300.0})
    found = mixed(base, WAGE, TRAINING, grid=3)
    numbers = {tuple(value for _, value in mix.settings): number for number, mix in enumerate(found.mixes)}
    assert numbers[21.0, 0.0] in found.mixes[numbers[20.0, 300.0]].beaten_by
    assert numbers[20.0, 0.0] not in found.mixes[numbers[20.0, 300.0]].beaten_by, "its wage is no better"
    assert found.best == tuple(sorted(found.best, key=lambda one: found.estimate(one, SERVICE[0]).mean or 0.0))
    assert {0, numbers[20.0, 0.0], numbers[21.0, 0.0], numbers[22.0, 0.0]} <= {*found.best}


def test_at_equal_public_spending_what_a_wage_costs_hides_in_the_margin() -> None:
    """Claims pay for hours, not for wages: the posts stay, and what the wage saves is left over at the end."""
    fees = {"kind": "fee_for_service", "rate_usd_per_unit": 13.0, "denial_share": 0.0, "payment_lag_days": 0.0}
    fees["supervision_required"] = False  # there are no supervisors here
    base = certain(funding={"medicaid": fees})
    found = mixed(base, WAGE, grid=2, equal=PUBLIC_SPENDING)
    cheaper = found.mixes[1].balance
    assert cheaper is not None
    assert cheaper.value(found.planned.places) == 50.0
    cost = found.estimate(0, "cost_usd_per_year").mean or 0.0
    assert found.difference(1, "margin_usd_per_year").mean == pytest.approx(
        cost * (1 - post_usd(20.0) / post_usd(22.0)), rel=1e-6
    )
    fair = mixed(base, WAGE, grid=2)
    assert fair.mixes[1].balance is not None
    assert fair.mixes[1].balance.value(fair.planned.places) == pytest.approx(
        50 * post_usd(22.0) / post_usd(20.0), rel=1e-3
    )


def test_what_payers_that_are_not_public_bring_is_no_part_of_the_bill() -> None:
    """A post costs c and brings f from a private payer: the bill of 50 at 22.00 carries 50·(c₂₂ − f)/(c₂₀ − f)."""
    fees = {"kind": "fee_for_service", "payer": "other", "rate_usd_per_unit": 5.0, "payment_lag_days": 0.0}
    fees["supervision_required"] = False  # there are no supervisors here
    found = mixed(certain(funding={"insurer": fees}), WAGE, grid=2)
    cost = [post_usd(wage) for wage in (22.0, 20.0)]
    fee = (found.estimate(0, "margin_usd_per_year").mean or 0.0) / 50 + cost[0]
    assert fee > 1_000
    balance = found.mixes[1].balance
    assert balance is not None
    posts = balance.value(found.planned.places)
    assert posts == pytest.approx(50 * (cost[0] - fee) / (cost[1] - fee), rel=1e-4)


def test_a_mix_beyond_the_reach_of_the_balance_is_left_out_with_its_gaps() -> None:
    found = mixed(certain(), ("pay.wage_usd_per_hour", 20.0, 60.0), grid=2)
    far = found.mixes[2]
    assert not far.comparable
    assert not far.on_frontier
    assert min(far.gaps.values()) > 0
    assert all(far is not found.mixes[number] for number in found.best)


def test_spread_mixes_are_many_distinct_and_repeatable() -> None:
    first, again = (mixed(certain(), WAGE, TRAINING, points=6) for _ in range(2))
    assert [mix.settings for mix in first.mixes] == [mix.settings for mix in again.mixes]
    assert len({mix.settings for mix in first.mixes}) == 7


def test_the_usual_inputs_are_wage_slots_and_supervision() -> None:
    paths = [path for path, _, _ in usual(load(file_of("pa_ladder")))]
    assert paths == ["pay.wage_usd_per_hour", "ladder.lead.slots.share", "ladder.supervisor.slots.peers"]
    without = {path: (low, high) for path, low, high in usual(load(file_of("pa_fee_for_service")))}
    assert without["practices.other_supervisors_fte"] == (2.5, 7.5)
    assert without["pay.wage_usd_per_hour"] == (21.6, 26.4)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan((WAGE, ("pay.wage", 1.0, 2.0))), "pay.wage"),
        (Plan((WAGE,), measures=("exits_per_yer", "headcount")), "did you mean exits_per_year?"),
        (Plan((WAGE,), measures=("headcount", "cash_end_usd")), "is neither better high nor better low"),
        (Plan((WAGE,), measures=("cash_end_usd",)), "two or three different measures"),
        (Plan((WAGE,), equal="public_bil"), "did you mean public_bill?"),
        (Plan((WAGE,), balance="pay.wage_usd_per_hour"), "is named twice"),
        (Plan((WAGE,), balance="rules.opening_cash_usd"), "has no value above 0 today"),
        (Plan((("time_use.individual", 0.3, 0.95),)), "shares of hours worked"),
        (Plan((WAGE,) * 9), "9 inputs are more than the 8 that can be mixed"),
        (Plan((WAGE, TRAINING), grid=21), "441 mixes are more than the 400"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_the_reason(plan: Plan, told: str) -> None:
    with pytest.raises(ScenarioError) as fault:
        frontier(certain(), plan, Settings(2, 1, 1))
    assert told in str(fault.value)
