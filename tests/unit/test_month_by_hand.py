"""A month worked by hand, to settle what the words mean: by the rules alone, to the cent."""

from __future__ import annotations

import pytest

from sim.model.rules.billing import arrivals, settle, units
from sim.units import cents
from tests.unit.arrays import counts, reals

PEERS, HOURS, BILLABLE = 10, 160.0, 0.45
WAGE, FRINGE, RATE, DENIED = 24.0, 0.35, 13.50, 0.05


def payroll_cents() -> int:
    wages = int(cents(PEERS * HOURS * WAGE))
    return wages + int(cents(FRINGE * wages / 100.0))


def paid_cents(number: int, denied: float = DENIED) -> int:
    return int(settle(counts(number), counts(0), (RATE, 0.0), denied, 0.0).paid[0])


def test_ten_peers_bill_720_hours_which_are_2880_units() -> None:
    assert PEERS * HOURS * BILLABLE == 720.0
    assert units(reals(PEERS * HOURS * BILLABLE)).tolist() == [2880]


def test_38880_is_billed_and_36936_arrives_after_the_lag() -> None:
    claims = settle(counts(2880), counts(0), (RATE, 0.0), DENIED, 0.0)
    assert claims.billed.tolist() == [3_888_000]
    assert claims.paid.tolist() == [3_693_600]
    assert sum(int(part[0]) for _, part in arrivals(claims.paid, 45.0, 0.5)) == 3_693_600


def test_payroll_is_51840_and_the_month_is_14904_short() -> None:
    assert payroll_cents() == 5_184_000
    assert paid_cents(2880) - payroll_cents() == -1_490_400


def test_it_breaks_even_at_63_2_percent_billable() -> None:
    fewest = next(number for number in range(6401) if paid_cents(number) >= payroll_cents())
    assert fewest == 4043
    assert fewest / (PEERS * HOURS * 4) == pytest.approx(0.632, abs=5e-4)
    assert pytest.approx(0.63158, abs=5e-6) == WAGE * (1 + FRINGE) / (4 * RATE * (1 - DENIED))


def test_without_denials_it_breaks_even_at_60_percent() -> None:
    assert paid_cents(3840, denied=0.0) == payroll_cents()
    assert 3840 / (PEERS * HOURS * 4) == 0.6


def test_at_55_dollars_an_hour_it_breaks_even_at_58_9_percent() -> None:
    assert pytest.approx(0.589, abs=5e-4) == WAGE * (1 + FRINGE) / 55.0
    typical = 0.45
    assert typical * 55.0 < WAGE * (1 + FRINGE)
