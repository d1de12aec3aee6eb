"""Positions, own wages and bonuses in months worked by hand, nobody coming or going unless a test says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from sim.scenario.schema import Scenario
from tests.worlds import departures, quiet, run_one

HOURS = 2080 / 12  # a month of full time
WAGES, FRINGE = log.COST_KINDS.index("wages"), log.COST_KINDS.index("fringe")
MONTHS = {"horizon": {"months": 3, "warm_up_months": 0}}
STAY = {"stay_bonus_usd": 1500.0, "stay_bonus_months": 2}
TEAM = {"night": {"number": 1, "fte": 0.5, "wage_usd_per_hour": 26.0}, "lead": {"number": 2, "wage_usd_per_hour": 30.0}}


def paid(result: BlockResult, kind: int = WAGES) -> list[float]:
    """What a kind of cost came to at each close, USD."""
    lines = result.lines
    months = range(1, len(result.panel["cost"]) + 1)
    return [-lines["cents"][(lines["kind"] == kind) & (lines["time"] == month)].sum() / 100 for month in months]


def with_roster(*people: dict[str, Any], **more: Any) -> Scenario:
    """A quiet scenario that starts with these people, in as many posts."""
    posts = {"number": len(people), "overhead_share": 0.0, "roster": [{"hired": "2026-01"} | one for one in people]}
    return quiet(**(MONTHS | {"posts": posts | more.pop("posts", {})} | more))


def test_every_position_is_paid_its_own_wage_for_its_own_hours() -> None:
    result = run_one(quiet(**MONTHS, posts={"number": 4, "overhead_share": 0.0}, positions=TEAM), 1)
    hourly = 26.0 * 0.5 + 2 * 30.0 + 20.0  # a night post of half time, two leads, one of the others
    assert paid(result)[0] == pytest.approx(hourly * HOURS, abs=0.005)
    assert result.panel["paid_hours"][0, 0] == pytest.approx(3.5 * HOURS)
    assert result.panel["wage_sum"][0, 0] == pytest.approx(26.0 + 2 * 30.0 + 20.0)


def test_health_cover_is_priced_at_what_the_base_pays_in_each_post() -> None:
    base = quiet(
        **MONTHS, posts={"number": 4, "overhead_share": 0.0}, positions=TEAM,
        benefits={"fringe_share": 0.4, "fixed_fringe_share": 0.25},
    )  # fmt: skip
    table = base.model_dump()
    table["positions"]["lead"]["wage_usd_per_hour"] = 36.0
    raised = Scenario.model_validate(table)
    before, after = (one[0] for one in simulate(base, [raised], range(1), 1))
    assert paid(before, FRINGE)[0] == pytest.approx(0.4 * paid(before)[0], abs=0.01)
    moved = 2 * 6.0 * HOURS  # two leads, six dollars more
    assert paid(after)[0] - paid(before)[0] == pytest.approx(moved, abs=0.01)
    assert paid(after, FRINGE)[0] - paid(before, FRINGE)[0] == pytest.approx(0.4 * 0.75 * moved, abs=0.01)


def test_every_position_is_filled_in_its_own_days() -> None:
    """Posts filled and vacant by turns: 1/(1 + s·T) of the time filled, each position with its own T."""
    rate, days = 0.8, {"fast": 0.0, "slow": 182.625}
    level = {"kind": "hazards", "voluntary_per_year": rate}
    positions = {"fast": {"number": 20, "days_to_fill": days["fast"]}, "slow": {"number": 20, "fte": 0.5}}
    scenario = quiet(
        horizon={"months": 60, "warm_up_months": 24}, posts={"number": 40, "overhead_share": 0.0}, positions=positions,
        turnover={"level": level}, recruitment={"days_to_fill": days["slow"], "wage_elasticity": 0.0},
    )  # fmt: skip
    (result,) = simulate(scenario, [], range(200), 1)[0]
    fast = result.panel["full_time"] / 20  # the slow posts are half-time
    slow = (result.panel["peers"] / 20 - fast).mean(axis=0).reshape(200, -1).mean(axis=1)
    assert fast.min() == 1.0
    expected = 1.0 / (1.0 + rate * days["slow"] / 365.25)
    assert slow.mean() == pytest.approx(expected, abs=4.0 * slow.std() / 200**0.5)


def test_capacity_follows_the_fte_of_those_who_are_there() -> None:
    uses = {"time_use": {"leave_share": 0.0, "absence_share": 0.0, "individual": 0.5, "group": 0.0}}
    result = run_one(quiet(**MONTHS, **uses, posts={"number": 4, "overhead_share": 0.0}, positions=TEAM), 1)
    assert result.panel["capacity"][0, 0] == pytest.approx(3.5 * HOURS * 0.5)
    assert result.panel["asked"][0, 0] == pytest.approx(3.5 * HOURS * 0.5)  # what the base's full workforce can give
    assert result.panel["clients"][0, 0] == pytest.approx(3.5 * 15)


def test_a_persons_own_wage_and_hours_last_until_they_leave() -> None:
    people = ({"wage_usd_per_hour": 31.0, "fte": 0.5}, {"hired": "2020-01"})
    pay = {
        "pay": {"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.0, "annual_step_share": 0.05, "annual_steps": 2}
    }
    result = run_one(with_roster(*people, **pay), 1)
    steps = 1.05**2  # six years in the job
    assert paid(result)[0] == pytest.approx((31.0 * 0.5 + 20.0 * steps) * HOURS, abs=0.005)  # 31 is what was typed


def test_the_next_holder_has_the_wage_and_hours_of_the_post() -> None:
    level = {"kind": "hazards", "voluntary_per_year": 24.0}
    scenario = with_roster(
        {"wage_usd_per_hour": 31.0, "fte": 0.5}, turnover={"level": level}, recruitment={"days_to_fill": 0.0}
    )
    result = run_one(scenario, 20)
    facts = result.facts
    hired = facts["kind"] == log.HIRED
    assert hired.sum() > 20
    assert set(facts["wage"][hired]) == {20.0}
    assert set(facts["wage"][facts["kind"] == log.OPENING]) == {31.0}
    first, last = result.panel["paid_hours"][0], result.panel["paid_hours"][-1]
    assert first.min() >= 0.5 * HOURS - 1e-9
    assert last.max() == pytest.approx(HOURS)


def test_raises_move_an_own_wage_in_proportion_and_a_floor_lifts_to_the_floor() -> None:
    base = with_roster({"wage_usd_per_hour": 18.0}, {"wage_usd_per_hour": 30.0})
    raised = quiet_change(base, "pay.wage_usd_per_hour", 24.0)
    table = base.model_dump()
    table["pay"]["floor"] = {"kind": "living_wage", "phase_in_months": 0.0, "ratio": 1.25}
    lifted = Scenario.model_validate(table)  # a floor of 25
    results = [one[0] for one in simulate(base, [raised, lifted], range(1), 1)]
    assert [paid(one)[0] for one in results] == pytest.approx(
        [48.0 * HOURS, 48.0 * 1.2 * HOURS, (25.0 + 30.0) * HOURS], abs=0.01
    )


def quiet_change(scenario: Scenario, path: str, value: float) -> Scenario:
    """The scenario with an input of a top table changed."""
    table = scenario.model_dump()
    first, second = path.split(".")
    table[first][second] = value
    return Scenario.model_validate(table)


def test_people_take_the_posts_of_their_positions_in_the_order_of_the_list() -> None:
    months = ("2025-01", "2025-02", "2025-03", "2025-04")
    positions = ("lead", "", "night", "lead")
    people = [{"hired": month, "position": name} for month, name in zip(months, positions, strict=True)]
    result = run_one(with_roster(*people, positions=TEAM), 1)
    facts = result.facts
    opening = facts["kind"] == log.OPENING
    assert dict(zip(facts["row"][opening], facts["wage"][opening], strict=True)) == {0: 26.0, 1: 30.0, 2: 30.0, 3: 20.0}
    assert facts["hired"][opening].tolist() == [-22.0, -24.0, -21.0, -23.0]  # night, lead, lead, the other
    assert paid(result)[0] == pytest.approx((13.0 + 60.0 + 20.0) * HOURS, abs=0.005)


# bonuses ----------------------------------------------------------------------------------------------------------


def bonuses(result: BlockResult) -> list[float]:
    """Bonuses paid at each close, USD."""
    return [float(month.sum()) / 100 for month in result.panel["bonuses"]]


def test_a_stay_bonus_that_was_always_there_counts_from_the_hire() -> None:
    people = ({"hired": "2026-12"}, {"hired": "2027-01"}, {"hired": "2026-01"})  # one, none, twelve months ago
    twice = {"pay": STAY | {"stay_bonus_payments": 2, "wage_usd_per_hour": 20.0, "cost_of_living_share": 0.0}}
    months = {"horizon": {"months": 6, "warm_up_months": 0}}
    result = run_one(with_roster(*people, **months, **twice), 1)
    # the first person at months 1 and 3, the second at 2 and 4; the third had both before the start
    assert bonuses(result) == [1500.0, 1500.0, 1500.0, 1500.0, 0.0, 0.0]
    assert paid(result) == pytest.approx([3 * 20.0 * HOURS + one for one in bonuses(result)], abs=0.01)


def test_a_stay_bonus_that_begins_counts_from_its_beginning() -> None:
    base = with_roster({"hired": "2026-12"}, {"hired": "2020-01"})
    table = base.model_dump()
    table["pay"] |= STAY
    table["benefits"] |= {"fringe_share": 0.4, "fixed_fringe_share": 0.25}
    result = simulate(base, [Scenario.model_validate(table)], range(1), 1)[1][0]
    assert bonuses(result) == [0.0, 3000.0, 0.0]
    fringe = paid(result, FRINGE)
    assert fringe[1] - fringe[0] == pytest.approx(0.4 * 0.75 * 3000.0, abs=0.01)  # the part that moves with wages


def test_a_sign_on_bonus_goes_to_those_hired_since_it_was_promised_and_still_there() -> None:
    level = {"kind": "hazards", "voluntary_per_year": 6.0}
    base = quiet(
        horizon={"months": 12, "warm_up_months": 0}, turnover={"level": level}, posts={"number": 20},
        recruitment={"days_to_fill": 3.0},
    )  # fmt: skip
    table = base.model_dump()
    table["pay"] |= {"sign_on_bonus_usd": 400.0, "sign_on_bonus_months": 1}
    result = simulate(base, [Scenario.model_validate(table)], range(10), 1)[1][0]
    assert np.allclose(bonuses(result), [400.0 * one for one in _kept(result, wait=1)])


def _kept(result: BlockResult, wait: int) -> list[int]:
    """How many of those hired in the projection hold their post at the close so many months after the first."""
    facts, left = result.facts, departures(result)
    gone = dict(zip(zip(left["row"], left["ordinal"], strict=True), left["time"], strict=True))
    due = [0] * len(result.panel["cost"])
    hired = facts["kind"] == log.HIRED
    for row, ordinal, time in zip(*(facts[name][hired] for name in ("row", "ordinal", "time")), strict=True):
        close = int(np.ceil(time)) + wait
        if close <= len(due) and gone.get((row, ordinal), np.inf) >= close:
            due[close - 1] += 1
    return due


def test_people_laid_off_at_a_close_are_paid_the_bonus_due_at_it_and_none_later() -> None:
    rules = {"enforce": True, "yearly_budget": False, "layoff_below_months": 12.0, "layoff_share": 0.5,
             "layoff_wait_months": 2, "opening_cash_usd": 20_000.0, "closure_after_months": "off"}  # fmt: skip
    table = with_roster({}, {}, {}, {}, rules=rules).model_dump()
    table["pay"] |= STAY | {"stay_bonus_months": 1, "stay_bonus_payments": 99}
    scenario = Scenario.model_validate(table | {"horizon": table["horizon"] | {"months": 4}})
    result = run_one(scenario, 1)
    left = departures(result)
    assert sorted(left["time"]) == [1.0, 1.0, 3.0]  # half of four, then half of two
    assert bonuses(result) == [6000.0, 3000.0, 3000.0, 1500.0]  # before anybody is sent home at the close


def test_nobody_is_paid_a_bonus_for_a_month_that_was_left_early() -> None:
    level = {"kind": "hazards", "voluntary_per_year": 12.0}
    pay = {"pay": {"wage_usd_per_hour": 20.0, "cost_of_living_share": 0.0} | STAY | {"stay_bonus_months": 1}}
    people = [{"hired": "2027-01"}] * 40
    result = run_one(with_roster(*people, turnover={"level": level}, recruitment={"days_to_fill": 2000.0}, **pay), 1)
    stayed = 40 - int((departures(result)["time"] < 1.0).sum())
    assert 5 < stayed < 35
    assert bonuses(result)[0] == 1500.0 * stayed


@pytest.mark.parametrize(("usd", "share"), [(500.0, 500 / (20.0 * 2 * HOURS)), (1500.0, 0.10)])
def test_a_bonus_ahead_lowers_the_hazard_of_quitting_by_its_share_of_pay_and_no_more_than_was_studied(
    usd: float, share: float
) -> None:
    level = {"kind": "hazards", "voluntary_per_year": 1.2}
    posts, bonus = {"number": 4000, "overhead_share": 0.0}, STAY | {"stay_bonus_usd": usd}
    base = quiet(horizon={"months": 4, "warm_up_months": 0}, posts=posts, turnover={"level": level})
    table = base.model_dump()
    table["pay"] |= bonus
    plain, waiting = (one[0] for one in simulate(base, [Scenario.model_validate(table)], range(1), 1))
    times = [np.sort(departures(one)["time"]) for one in (plain, waiting)]
    kept = [1.0 - (one < 2.0).sum() / 4000 for one in times]  # the bonus is paid at 2
    expected = np.exp(-0.2), np.exp(-0.2 * (1.0 + share) ** -4.5)
    for seen, wanted in zip(kept, expected, strict=True):
        assert abs(seen - wanted) < 4 * np.sqrt(wanted * (1 - wanted) / 4000)


# an award's own position -------------------------------------------------------------------------------------------


AWARD = {
    "kind": "grant", "amount_usd_per_year": 90_000.0, "start": "2026-01", "ends": "2027-02", "posts_paid": 2,
    "renewal_chance": 1.0, "gap_months": 2, "renewal_term_months": 24,
}  # fmt: skip
NO_RULE_BITES = {
    "enforce": True, "yearly_budget": False, "bridge_months": 0, "opening_cash_usd": 1e6,
    "layoff_below_months": "off", "freeze_below_months": "off", "closure_after_months": "off",
}  # fmt: skip


def outreach(**more: Any) -> Scenario:
    """Two posts of an award that pauses in months 2 and 3, and three others whose people came later."""
    people = [{"position": "outreach", "hired": "2020-01"}] * 2 + [{}] * 3
    tables = {
        "horizon": {"months": 8, "warm_up_months": 0}, "rules": NO_RULE_BITES, "funding": {"fund": AWARD},
        "positions": {"outreach": {"number": 2, "award": "fund"}}, "recruitment": {"days_to_fill": 3.0},
    }  # fmt: skip
    return with_roster(*people, **(tables | more))


def test_the_posts_of_an_award_go_first_and_stay_empty_until_it_pays_again() -> None:
    result = run_one(outreach(), 5)
    left = departures(result)
    assert set(left["time"]) == {2.0}
    assert set(left["row"] % 5) == {0, 1}
    hired = result.facts["kind"] == log.HIRED
    assert (result.facts["time"][hired] >= 4.0).all()
    assert set(result.facts["row"][hired] % 5) == {0, 1}
    assert (result.panel["filled"][-1] == 5).all()


def test_posts_of_a_cut_award_stay_empty_though_there_is_room_for_others() -> None:
    level = {"kind": "hazards", "voluntary_per_year": 6.0}
    result = run_one(outreach(turnover={"level": level}, recruitment={"days_to_fill": 30.0}), 40)
    facts = result.facts
    cut = (facts["kind"] == log.HIRED) & (facts["time"] >= 2.0) & (facts["time"] < 4.0)
    assert cut.sum() > 20
    assert set(facts["row"][cut] % 5) <= {2, 3, 4}
