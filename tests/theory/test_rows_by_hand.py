"""The engine against values worked by hand: what a budget sees, a newcomer costs, a what-if means, a check says.

Ten certified peers of 160 paid hours at $24.00 and 35 % fringe cost 51,840 USD a month; with 45 % of their time billed
they bring 10 × 288 units × 13.50 × 0.95 = 36,936 (scenarios/closed_form/hand_worked_month.toml).
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from sim.evidence.effects import load_effects
from sim.evidence.paths import SCENARIOS
from sim.model.engine.run import BlockResult, simulate
from sim.model.world import log
from sim.scenario.files import Loaded, load
from sim.words.first_year import first_year_lines
from tests.worlds import quiet, run_one

BY_HAND = SCENARIOS / "closed_form" / "hand_worked_month.toml"
BUDGET = {
    "rules.enforce": True, "rules.yearly_budget": True, "rules.fiscal_year_start_month": 2,
    "rules.freeze_below_months": "off", "rules.layoff_below_months": "off", "rules.closure_after_months": "off",
    "rules.reserve_use_share": 1.0, "rules.minimum_reserve_months": 0.0, "rules.most_cut_share": 1.0,
    "rules.opening_cash_usd": 150_000.0, "rules.receivable_days": 0.0, "rules.credit_interest_per_year": 0.0,
    "funding.medicaid.payment_lag_days": 0.0,
}  # fmt: skip


def by_hand(**more: Any) -> Loaded:
    """Return the month worked by hand with inputs set by their address, dots told as two underscores."""
    return load(BY_HAND, [f"{path.replace('__', '.')}={json.dumps(value)}" for path, value in more.items()])


def first_budget(**more: Any) -> int:
    """Return by how many posts the budget of February changes the ten, after one month."""
    result = run_one(by_hand(**(BUDGET | more)).scenario, 1)
    facts = result.funding
    (posts,) = facts["cents"][(facts["kind"] == log.BUDGET) & (facts["time"] == 1.0)].tolist()
    return int(posts)


def test_a_budget_rests_on_what_the_last_twelve_months_showed() -> None:
    """A post costs 5,184.00 a month and brings 3,693.60 where every hour is used, 1,846.80 where half are.

    All used: 150,000 + 36,936 − 51,840 = 135,096 carries 7 posts at 12 × 1,490.40 a year. Half: 116,628 carries 2 at
    12 × 3,337.20. With the output stated it thinks all are used: 116,628 carries 6 at 12 × 1,490.40.
    """
    assert first_budget(services__demand_client_hours_per_month=5_000.0) == -3
    assert first_budget(services__demand_client_hours_per_month=360.0) == -8
    stated = {"rules.budget_productivity_share": 1.0}
    assert first_budget(services__demand_client_hours_per_month=360.0, **stated) == -4


def test_a_newcomer_is_paid_for_hours_not_given_and_not_billed() -> None:
    """Hired at the start, six months to full work, not certified: in the first month 0.5/6 of 160 hours are given."""
    people = [{"hired": "2027-01", "certified": False}] + [{"hired": "2024-01"}] * 9
    more = {"recruitment.ramp_up_months": 6.0, "recruitment.months_to_certify": 60.0}
    panel = run_one(_with_people(by_hand(**more), people), 1).panel
    assert panel["ramp_up_hours"][0, 0] == pytest.approx(160 * (1 - 0.5 / 6))
    assert panel["ramp_up_usd"][0, 0] == pytest.approx(24 * 160 * (1 - 0.5 / 6))
    assert panel["uncertified_hours"][0, 0] == pytest.approx(160 * 0.5 / 6)
    assert panel["separation_cost"][0, 0] == panel["hiring_cost"][0, 0] == 0


def _with_people(one: Loaded, people: list[dict[str, Any]]) -> Any:
    told = one.scenario.model_dump()
    told["posts"]["roster"] = people
    return type(one.scenario).model_validate(told)


QUITS = {
    "kind": "observed", "separations_per_100_posts_year": 30.0, "voluntary_share": 1.0, "involuntary_share": 0.0
}  # fmt: skip


def test_a_what_if_keeps_the_turnover_that_the_base_was_solved_for_and_set_solves_anew() -> None:
    """A quarter more pay at an elasticity of −1 turns 30 of 100 who quit into 24; another organization states 30."""
    tables = {
        "effects": {"scale": 1.0} | only("log_wage_over_outside_wage.exit_voluntary", -1.0),
        "turnover": {"level": QUITS},
        "horizon": {"months": 12, "warm_up_months": 48},
    }
    base, raised = quiet(**tables), quiet(**tables, pay={"wage_usd_per_hour": 25.0})
    stated, what_if = (_quits(result) for (result,) in simulate(base, [raised], range(200), 1))
    (anew,) = (_quits(result) for (result,) in simulate(raised, [], range(200), 1))
    assert stated == pytest.approx(30.0, abs=1.5)
    assert what_if == pytest.approx(24.0, abs=1.5)
    assert anew == pytest.approx(30.0, abs=1.5)


def only(kept: str, size: float) -> dict[str, dict[str, float]]:
    """Return effects that are all zero but one."""
    overrides: dict[str, dict[str, float]] = {}
    for key in load_effects():
        cause, outcome = key.split(".")
        overrides.setdefault(cause, {})[outcome] = size if key == kept else 0.0
    return overrides


def _quits(result: BlockResult) -> float:
    exits, filled = (np.asarray(result.panel[name]).sum() for name in ("exits", "in_post"))
    return float(1_200.0 * exits / filled)


def test_a_check_says_what_the_first_year_costs_and_brings_and_how_long_cash_lasts() -> None:
    """12 × 51,840 = 622,080 against 12 × 36,936 = 443,232: 14,904 a month short, and 100,000 is six such months."""
    told, _ = first_year_lines(by_hand(**{"horizon.months": 12}).scenario)
    assert told.startswith("first year: costs $622,000, brings $443,000: cash and credit last through June 2027")
    more, _ = first_year_lines(by_hand(**{"horizon.months": 12, "rules.opening_cash_usd": 104_328.0}).scenario)
    assert "cash and credit last through July 2027" in more  # seven months to the dollar


def test_what_is_hard_to_believe_is_told_with_the_bound_it_passes() -> None:
    """A unit at $54.00 is four units at $13.50: an hour's rate; fringe of 300 % is a percent typed as a share."""
    told = [str(one) for one in by_hand(**{"funding.medicaid.rate_usd_per_unit": 54.0}).warnings]
    assert any("rate_usd_per_unit = 54.0" in line and "15 minutes" in line for line in told)
    assert not any("rate_usd_per_unit" in str(one) for one in by_hand().warnings)
    told = [str(one) for one in by_hand(**{"benefits.fringe_share": 3.0}).warnings]
    assert any("benefits.fringe_share = 3.0" in line for line in told)
