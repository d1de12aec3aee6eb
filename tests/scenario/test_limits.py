"""Every number of a scenario has a floor and a ceiling that mean something, and every month a year that does."""

from __future__ import annotations

import math

import pytest

from sim.scenario.describe import NUMBERS, Input, inputs
from tests.scenario.texts import BASE, errors

NUMERIC = [one for one in inputs() if one.type in NUMBERS]
CLOSE_TO_NOTHING = 0.001


def name(one: Input) -> str:
    return f"{one.path} {one.kind}".strip()


@pytest.mark.parametrize("one", NUMERIC, ids=name)
def test_every_number_has_a_finite_floor_and_ceiling(one: Input) -> None:
    low, high = one.limits.ge, one.limits.le if one.limits.lt is None else one.limits.lt
    assert low is not None, "a floor that is no value of its own (gt) lets in numbers as near to it as one likes"
    assert high is not None
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < high


@pytest.mark.parametrize("one", NUMERIC, ids=name)
def test_a_floor_is_nothing_or_something_that_can_be_meant(one: Input) -> None:
    low = one.limits.ge
    assert low is not None
    assert low == 0 or abs(low) > CLOSE_TO_NOTHING


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("place.outside_wage_usd_per_hour = 1e-300", "from 1 to 200 (USD/hour)"),
        ("practices.peers_per_supervisor_standard = 1e-300", "from 1 to 100 (peers per supervisor)"),
        ("services.caseload_per_peer = 1e-9", "from 1 to 500 (clients per peer)"),
        ("posts.fte = 1e-6", "from 0.05 to 1 (FTE per post)"),
        ("posts.paid_hours_per_year = 1e-3", "from 100 to 3,000 (hours a year per FTE)"),
        ("recruitment.days_to_fill = 1e-300", "nearer to 0 than 0.000001"),
        ("pay.cost_of_living_share = -1e-12", "nearer to 0 than 0.000001"),
        ("effects.burnout.exit_voluntary = 5e-324", "nearer to 0 than 0.000001"),
    ],
)
def test_what_is_next_to_nothing_is_refused(line: str, rule: str) -> None:
    (error,) = errors(f"{line}\n{BASE}" if "pay." not in line else BASE.replace("[pay]", f"[pay]\n{line[4:]}"))
    assert line.replace(" = ", "=").split("=")[0] in error
    assert rule in error


def test_what_is_next_to_nothing_is_refused_in_dated_changes_and_kinds_of_employers() -> None:
    text = """
[[change]]
at = "2028-07"
set = { "recruitment.days_to_fill" = 1e-9 }
[[employer]]
name = "clinic"
recruitment.ramp_up_months = 1e-9
"""
    found = errors(BASE + text)
    assert len(found) == 2
    assert all("nearer to 0 than 0.000001; write 0" in error for error in found)


@pytest.mark.parametrize("month", ["0219-03", "9999-12", "0000-01", "1949-12", "2150-01"])
@pytest.mark.parametrize(
    "line", ['horizon.start = "{}"', 'posts.roster = [{{ hired = "{}" }}]', 'change = [{{ at = "{}", set = {{}} }}]']
)
def test_a_year_far_from_ours_is_refused(line: str, month: str) -> None:
    found = errors(line.format(month) + "\n" + BASE)
    assert any(month in error and "from 1950 to 2149" in error for error in found), found


def test_money_dated_far_from_ours_is_refused() -> None:
    payment = '[funding.fund]\nkind = "scheduled"\npayments = [{ at = "0219-01", usd = 5.0 }]\n'
    assert any("from 1950 to 2149" in error for error in errors(BASE + payment))
