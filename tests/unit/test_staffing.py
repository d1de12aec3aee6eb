"""Answers to money: the yearly budget, freezes and layoffs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.staffing import (
    BudgetLines,
    below,
    budgeted_posts,
    fewest_posts,
    laid_off,
    to_lay_off,
    usable_reserve,
)
from tests.unit.arrays import counts, flags, reals

PEERS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=8)
RUNGS = np.array([[0, 1, 0, 2, 0]], dtype=np.int8)


def budget(
    revenue: float,
    cost: float,
    income: float,
    *,
    fixed: float = 0.0,
    reserve: float = 0.0,
    fill: float = 1.0,
    least: int = 0,
    number: int = 20,
) -> int:
    """Return the posts that a budget carries; revenue and cost are a filled post's in a month."""
    lines = BudgetLines(reals(revenue), reals(cost), reals(fixed), reals(income), reals(reserve), reals(fill))
    return int(budgeted_posts(lines, counts(least), number)[0])


def test_a_post_that_pays_for_itself_is_funded_whatever_else_comes_in() -> None:
    assert budget(6000.0, 5000.0, 0.0, fixed=1e9) == 20
    assert budget(6000.0, 6000.0, 0.0) == 20


def test_posts_that_lose_money_are_as_many_as_fixed_income_carries() -> None:
    # a post loses 12 × (4,000 − 1,700) = 27,600 a year; 300,000 + 6,000 − 30,000 carry 10
    assert budget(1700.0, 4000.0, 300_000.0, fixed=30_000.0, reserve=6_000.0) == 10
    assert budget(1700.0, 4000.0, 299_999.0, fixed=30_000.0, reserve=6_000.0) == 9


def test_posts_that_stand_vacant_part_of_the_year_cost_less_of_the_fixed_income() -> None:
    # filled for three quarters of the year, a post loses 20,700: the same 276,000 carry 13
    assert budget(1700.0, 4000.0, 300_000.0, fixed=30_000.0, reserve=6_000.0, fill=0.75) == 13


def test_a_budget_funds_no_more_than_the_posts_there_are_and_no_fewer_than_none() -> None:
    assert budget(0.0, 4000.0, 1e9) == 20
    assert budget(0.0, 4000.0, 0.0, fixed=100.0) == 0


def test_one_budget_leaves_so_many_posts_but_never_more_than_there_are() -> None:
    assert budget(0.0, 4000.0, 0.0, least=7) == 7
    assert budget(0.0, 4000.0, 480_000.0, least=7) == 10
    assert budget(0.0, 4000.0, 0.0, least=30) == 20


def test_a_budget_cuts_a_share_of_the_peers_at_most() -> None:
    assert fewest_posts(counts(20, 17, 1, 0), 0.15).tolist() == [17, 15, 1, 0]  # 14.45 leaves 15
    assert fewest_posts(counts(20), 0.0).tolist() == [20]
    assert fewest_posts(counts(20), 1.0).tolist() == [0]
    assert fewest_posts(counts(100), 0.93).tolist() == [7]  # 6.999999999999995


def test_under_a_fixed_award_a_raise_means_fewer_posts() -> None:
    assert budget(0.0, 5000.0, 600_000.0) == 10
    assert budget(0.0, 5500.0, 600_000.0) == 9


def test_a_budget_may_plan_to_spend_a_share_of_what_lies_above_the_reserve() -> None:
    reserve = usable_reserve(counts(10_000_000, 3_000_000, -500), counts(2_000_000, 2_000_000, 0), 2.0, 0.25)
    assert reserve.tolist() == [15_000.0, 0.0, 0.0]


def test_cash_is_below_a_threshold_in_months_of_payroll() -> None:
    cash, payroll = counts(99, 100, -1, 0), counts(200, 200, 0, 0)
    assert below(cash, payroll, 0.5).tolist() == [True, False, True, False]
    assert below(cash, payroll, 0.0).tolist() == [False, False, True, False]


def test_a_rule_that_is_off_never_holds() -> None:
    assert below(counts(-1_000_000), counts(200), "off").tolist() == [False]


def test_a_layoff_takes_the_share_rounded_up() -> None:
    assert to_lay_off(counts(10, 11, 1, 0), 0.2).tolist() == [2, 3, 1, 0]
    assert to_lay_off(counts(10), 0.0).tolist() == [0]
    assert to_lay_off(counts(100), 0.07).tolist() == [7]  # 7.000000000000001


def chosen(numbers: int, order: str, *, filled: tuple[int, ...] = (1, 1, 1, 1, 1)) -> list[int]:
    """Return the posts whose peers are laid off; hired in months 9, 5, 9, 12 and 2, on rungs 0, 1, 0, 2 and 0."""
    hired = np.array([[9.0, 5.0, 9.0, 12.0, 2.0]])
    return np.flatnonzero(laid_off(flags(*filled)[None], hired, RUNGS, counts(numbers), order)[0]).tolist()


def test_the_last_hired_go_first_and_of_two_hired_together_the_higher_post() -> None:
    assert chosen(1, "last_hired") == [3]
    assert chosen(2, "last_hired") == [2, 3]
    assert chosen(3, "last_hired") == [0, 2, 3]


def test_the_lowest_rung_goes_first_and_within_it_the_last_hired() -> None:
    assert chosen(1, "lowest_rung") == [2]
    assert chosen(3, "lowest_rung") == [0, 2, 4]
    assert chosen(4, "lowest_rung") == [0, 1, 2, 4]


def test_only_peers_who_are_there_can_be_laid_off() -> None:
    assert chosen(9, "last_hired", filled=(1, 0, 0, 1, 0)) == [0, 3]
    assert chosen(0, "last_hired") == []


@given(st.integers(0, 400), st.floats(0, 1))
def test_a_layoff_never_takes_more_than_there_are(filled: int, share: float) -> None:
    [number] = to_lay_off(counts(filled), share).tolist()
    assert share * filled - 1e-5 <= number <= filled


@pytest.mark.parametrize("order", ["last_hired", "lowest_rung"])
@given(PEERS, st.integers(0, 9))
def test_a_layoff_of_one_more_sends_nobody_back_to_work(
    order: str, peers: list[tuple[bool, int, int]], number: int
) -> None:
    filled, hired, rung = (np.array([column]) for column in zip(*peers, strict=True))
    few, many = (
        laid_off(filled, hired.astype(float), rung.astype(np.int8), counts(n), order) for n in (number, number + 1)
    )
    assert (few <= many).all()
    assert int(many.sum()) == min(number + 1, int(filled.sum()))
