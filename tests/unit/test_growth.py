"""Every dollar has a date: amounts grow from the month in whose dollars they were typed."""

from __future__ import annotations

import pytest

from sim.model.world.growth import Growth
from sim.scenario.schema import Organization

WAGE, LIVING = "pay.wage_usd_per_hour", "place.living_wage_usd_per_hour"


def organization(rise: float = 0.02, growth: float = 0.03) -> Organization:
    tables = {
        "pay": {"wage_usd_per_hour": 24.0, "cost_of_living_share": rise},
        "place": {"living_wage_growth_per_year": growth},
    }
    return Organization.model_validate(tables)


def lived(months: int, tables: Organization, start_month: int = 7) -> Growth:
    """Growth after so many months from January, with fiscal years that begin in a month of the year."""
    growth = Growth()
    for month in range(1, months + 1):
        growth.enter(tables, tables, starts_fiscal_year=month % 12 == start_month - 1)
    return growth


def test_pay_rises_at_the_fiscal_years_that_begin_after_the_date_of_the_wage() -> None:
    growth = lived(60, organization())
    assert growth.since(WAGE, 0, 5) == 1.0
    assert growth.since(WAGE, 0, 6) == pytest.approx(1.02)
    assert growth.since(WAGE, 0, 18) == pytest.approx(1.02**2)
    assert growth.since(WAGE, 48, 53) == 1.0  # typed for the January after four rises: paid as typed
    assert growth.since(WAGE, 48, 54) == pytest.approx(1.02)


def test_living_costs_grow_by_the_month() -> None:
    growth = lived(24, organization())
    assert growth.since(LIVING, 0, 12) == pytest.approx(1.03)
    assert growth.since(LIVING, 12, 24) == pytest.approx(1.03)
    assert growth.since(LIVING, 24, 24) == 1.0


def test_a_new_rule_changes_only_the_rises_to_come() -> None:
    growth, before, after = Growth(), organization(0.02, 0.0), organization(0.10, 0.12)
    for month in range(1, 25):
        growth.enter(
            before if month <= 12 else after, before if month < 12 else after, starts_fiscal_year=month % 12 == 0
        )
    assert growth.scale[24] == pytest.approx(1.10 * 1.10)  # the rise of month 12 is already under the new rule
    assert growth.living[12] == 1.0
    assert growth.living[24] == pytest.approx(1.12)
