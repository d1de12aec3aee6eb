"""The share of paid hours that must be billed for claims to pay the peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.results.on_paper.break_even import break_even
from sim.results.summary import measure_all
from sim.scenario.schema import Scenario
from tests.results.made import Made
from tests.worlds import quiet


def paid_by_the_unit(rate: float, **more: Any) -> dict[str, Any]:
    return {"kind": "fee_for_service", "rate_usd_per_unit": rate, "denial_share": 0.0} | more


def at_24_dollars(**funding: Any) -> Scenario:
    return quiet(pay={"wage_usd_per_hour": 24.0}, benefits={"fringe_share": 0.35}, funding=funding)


def share(scenario: Scenario) -> float:
    start = break_even(scenario)
    assert start is not None
    return start.share_after_denials


def test_at_24_dollars_and_13_75_a_unit_58_9_percent_must_be_billed() -> None:
    assert share(at_24_dollars(medicaid=paid_by_the_unit(13.75))) == pytest.approx(24 * 1.35 / 55)
    assert round(100 * 24 * 1.35 / 55, 1) == 58.9


def test_denials_that_are_not_recovered_raise_it() -> None:
    plain = paid_by_the_unit(13.50, denial_share=0.05)
    reworked = paid_by_the_unit(13.50, denial_share=0.05, rework_recovered_share=1.0)
    assert share(at_24_dollars(medicaid=plain)) == pytest.approx(24 * 1.35 / (54 * 0.95))
    assert share(at_24_dollars(medicaid=reworked)) == pytest.approx(0.6)


def test_sources_count_by_the_clients_they_cover() -> None:
    both = {
        "medicaid": paid_by_the_unit(12.0, clients_covered_share=0.75),
        "county": paid_by_the_unit(16.0, clients_covered_share=0.25),
    }
    assert share(at_24_dollars(**both)) == pytest.approx(24 * 1.35 / (4 * 13.0))


@pytest.mark.parametrize("funding", [{}, {"medicaid": paid_by_the_unit(0.0)}])
def test_without_pay_by_the_unit_there_is_none(funding: dict[str, Any]) -> None:
    assert break_even(at_24_dollars(**funding)) is None


@pytest.mark.parametrize(
    ("floor", "wage"),
    [
        ({"kind": "none"}, 6.0),
        ({"kind": "minimum_wage"}, 7.25),
        ({"kind": "living_wage", "phase_in_months": 0.0}, 20.0),
        ({"kind": "living_wage", "phase_in_months": 10.0}, 7.4),
    ],
)
def test_a_floor_lifts_the_first_months_wage(floor: dict[str, Any], wage: float) -> None:
    scenario = quiet(pay={"wage_usd_per_hour": 6.0, "floor": floor}, funding={"medicaid": paid_by_the_unit(10.0)})
    start = break_even(scenario)
    assert start is not None
    assert start.wage == pytest.approx(wage)


def test_over_the_projection_it_is_loaded_pay_of_an_hour_over_what_a_billed_hour_brings() -> None:
    made = Made(months=2)
    made.panel["paid_hours"][:], made.panel["payroll"][:], made.panel["cost"][:] = 100.0, 324_000, 440_000
    made.panel["billed.medicaid"] = np.array([[220_000], [275_000]])
    values = measure_all([made], at_24_dollars(medicaid=paid_by_the_unit(13.75)))
    assert values["break_even_billable_share"] == pytest.approx([32.40 / 55.0])
    assert values["break_even_billable_share_full_cost"] == pytest.approx([44.0 / 55.0])
    assert values["break_even_billable_share_at_start"] == pytest.approx([32.40 / 55.0])
    assert values["billable_share"] == pytest.approx([(40.0 + 50.0) / 200.0])


def test_months_without_pay_by_the_unit_are_left_out() -> None:
    starts = {"at": "2027-02", "set": {"funding.medicaid.rate_usd_per_unit": 13.75}}
    tables = at_24_dollars(medicaid=paid_by_the_unit(0.0)).model_dump() | {"change": [starts]}
    made = Made(months=2)
    made.panel["paid_hours"][:], made.panel["payroll"][:] = 100.0, [[999_999], [324_000]]
    made.panel["billed.medicaid"] = np.array([[0], [275_000]])
    values = measure_all([made], Scenario.model_validate(tables))
    assert values["break_even_billable_share"] == pytest.approx([32.40 / 55.0])
    assert np.isnan(values["break_even_billable_share_at_start"][0])


def test_with_grants_alone_the_shares_are_undefined() -> None:
    values = measure_all([Made(months=2)], at_24_dollars())
    for key in ("break_even_billable_share", "billable_share", "break_even_billable_share_at_start"):
        assert np.isnan(values[key]).all()


def test_sources_that_cover_nobody_bring_nothing() -> None:
    nobody = paid_by_the_unit(13.75, clients_covered_share=0.0)
    assert break_even(at_24_dollars(medicaid=nobody)) is None
