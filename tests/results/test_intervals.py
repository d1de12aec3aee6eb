"""Intervals of shares and chances: in range, never without width, and true as often as they say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.stats import binom, binomtest, multinomial

from sim.results.intervals import chance_of, correlation, difference_ends, share_of
from sim.results.summary import Estimate, difference_of, estimate_of, share_estimate, together

OF_PEOPLE = "stability_12_months"
CHANCE, SHARE, RATE = "chance_of_closure", "vacancy_rate", "separations_per_100_posts_year"


def runs(yes: int, number: int) -> np.ndarray:
    return np.repeat([1.0, 0.0], [yes, number - yes])


def pairs(both: int, base: int, other: int, neither: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a yes or no of the base and of the alternative in each run."""
    counts = [both, base, other, neither]
    return np.repeat([1.0, 1.0, 0.0, 0.0], counts), np.repeat([1.0, 0.0, 1.0, 0.0], counts)


def told(one: Estimate) -> tuple[float, float, float]:
    assert one.mean is not None
    assert one.low is not None
    assert one.high is not None
    return one.mean, one.low, one.high


# one chance


@pytest.mark.parametrize(("yes", "number"), [(0, 20), (3, 20), (20, 20), (7, 200)])
def test_a_chance_of_plain_yes_or_no_has_wilsons_interval(yes: int, number: int) -> None:
    exact = binomtest(yes, number).proportion_ci(method="wilson")
    assert told(estimate_of(CHANCE, runs(yes, number))) == pytest.approx((yes / number, exact.low, exact.high))


def test_twenty_runs_without_a_case_do_not_say_that_there_is_none() -> None:
    _, low, high = told(estimate_of(CHANCE, runs(0, 20)))
    assert (low, high) == (0.0, pytest.approx(0.161, abs=5e-4))  # 1.96²/(20 + 1.96²)
    assert low <= 0.035 <= high


def covered(chance: float, number: int) -> float:
    """Return how often the interval holds the truth: every number of cases, weighted by its chance."""
    ends = [told(estimate_of(CHANCE, runs(yes, number)))[1:] for yes in range(number + 1)]
    return sum(binom.pmf(yes, number, chance) for yes, (low, high) in enumerate(ends) if low <= chance <= high)


@pytest.mark.parametrize(
    ("chance", "number", "exactly"),
    [(0.0, 20, 1.0), (0.0, 200, 1.0), (0.01, 20, 0.983), (0.01, 200, 0.948), (0.5, 20, 0.959), (0.5, 200, 0.944)],
)
def test_the_interval_of_a_chance_holds_the_truth_as_often_as_it_says(
    chance: float, number: int, exactly: float
) -> None:
    assert covered(chance, number) == pytest.approx(exactly, abs=1e-3)


@pytest.mark.parametrize("employers", [2, 10, 100])
@pytest.mark.parametrize("chance", [0.01, 0.5])
def test_several_employers_a_run_narrow_the_interval_and_it_still_holds(employers: int, chance: float) -> None:
    luck, number, trials = np.random.Generator(np.random.Philox(2)), 20, 2000
    found = [told(estimate_of(CHANCE, luck.binomial(employers, chance, number) / employers))[1:] for _ in range(trials)]
    hits = np.mean([low <= chance <= high for low, high in found])
    assert hits > 0.95 - 4 * np.sqrt(0.95 * 0.05 / trials)
    width = np.mean([high - low for low, high in found])
    alone = np.mean([np.diff(told(estimate_of(CHANCE, luck.binomial(1, chance, number) * 1.0))[1:]) for _ in range(99)])
    assert width < alone


def test_employers_of_which_the_same_one_closes_in_every_run_leave_some_doubt() -> None:
    mean, low, high = told(estimate_of(CHANCE, np.full(20, 0.5)))
    assert low < mean - 0.03
    assert high > mean + 0.03


# a difference of two


def test_the_paired_difference_is_that_of_the_published_example() -> None:
    """Airway responses before and after a transplant: 1, 1, 7 and 12 of 21; −0.507 to −0.026 by Newcombe's method."""
    base, other = pairs(1, 7, 1, 12)
    assert told(difference_of(CHANCE, base, other)) == pytest.approx((-6 / 21, -0.507, -0.026), abs=5e-4)


@pytest.mark.parametrize("counts", [(0, 0, 0, 20), (20, 0, 0, 0), (10, 0, 0, 10), (0, 20, 0, 0), (0, 0, 20, 0)])
def test_the_difference_of_two_chances_never_collapses(counts: tuple[int, int, int, int]) -> None:
    mean, low, high = told(difference_of(CHANCE, *pairs(*counts)))
    assert -1.0 <= low <= mean <= high <= 1.0
    assert high - low > 0.1


def test_what_happens_together_narrows_the_difference() -> None:
    apart, alike = (np.diff(told(difference_of(CHANCE, *pairs(*one)))[1:]) for one in ((5, 5, 5, 5), (9, 1, 1, 9)))
    assert alike < 0.6 * apart


def difference_covered(chances: tuple[float, float, float, float], number: int, within: float = 0.95) -> float:
    """Return how often the interval of the difference holds the truth, over every table of pairs that is likely."""
    truth, often = chances[2] - chances[1], 0.0
    spans = [range(number + 1) if chance else range(1) for chance in chances[:3]]
    for some in itertools.product(*spans):
        table = (*some, number - sum(some))
        weight = multinomial.pmf(table, number, chances) if table[3] >= 0 else 0.0
        if weight > 1e-9:
            _, low, high = told(difference_of(CHANCE, *pairs(*table), within))
            often += weight * (low <= truth + 1e-12 and truth - 1e-12 <= high)
    return often


@pytest.mark.parametrize(
    ("chances", "number"),
    [
        ((0.0, 0.0, 0.0, 1.0), 20),  # neither ever
        ((0.0, 0.0, 0.0, 1.0), 200),
        ((0.005, 0.005, 0.005, 0.985), 20),  # 1 % each, half of it together
        ((0.0, 0.0, 0.01, 0.99), 20),  # 0 against 1 %
        ((0.0, 0.0, 0.01, 0.99), 200),
        ((0.25, 0.25, 0.25, 0.25), 20),  # 50 % each, apart
        ((0.45, 0.05, 0.05, 0.45), 20),  # 50 % each, mostly together
        ((0.0, 0.5, 0.01, 0.49), 20),  # 50 % against 1 %
    ],
)
def test_the_interval_of_a_difference_holds_the_truth_as_often_as_it_says(
    chances: tuple[float, float, float, float], number: int
) -> None:
    assert difference_covered(chances, number) > 0.94


def test_several_alternatives_widen_the_difference() -> None:
    chances = (0.1, 0.1, 0.2, 0.6)
    assert difference_covered(chances, 20, together(3)) > 1.0 - 0.05 / 3 - 0.01
    one, three = (np.diff(told(difference_of(CHANCE, *pairs(2, 2, 4, 12), together(some)))[1:]) for some in (1, 3))
    assert three > one


@pytest.mark.parametrize("chances", [(0.005, 0.005, 0.005, 0.985), (0.25, 0.25, 0.25, 0.25), (0.45, 0.05, 0.05, 0.45)])
def test_the_interval_of_a_difference_holds_in_two_hundred_runs(chances: tuple[float, float, float, float]) -> None:
    luck, trials = np.random.Generator(np.random.Philox(4)), 2000
    truth, hits = chances[2] - chances[1], 0
    for table in luck.multinomial(200, chances, trials):
        _, low, high = told(difference_of(CHANCE, *pairs(*table.tolist())))
        hits += low <= truth <= high
    assert hits / trials > 0.95 - 4 * np.sqrt(0.95 * 0.05 / trials)


def test_chances_that_move_against_each_other_widen_the_difference() -> None:
    base, other = pairs(0, 10, 10, 0)
    assert correlation(base, other, 20.0) == -1.0
    sides = chance_of(base, 0.95), chance_of(other, 0.95)
    (low, high), (below, above) = (difference_ends(*sides, shared) for shared in (-1.0, 0.0))
    assert -1.0 < low < below < 0.0 < above < high < 1.0


# shares found over all runs together


def test_a_share_never_leaves_its_range_though_its_pseudo_values_do() -> None:
    mean, low, high = told(share_estimate(np.array([-0.4, 0.1, 0.2, 0.3])))
    assert mean == pytest.approx(0.05)
    assert 0.0 <= low < mean < high <= 1.0


def test_a_share_with_little_spread_has_the_t_interval() -> None:
    values = 0.3 + 0.001 * np.random.Generator(np.random.Philox(1)).standard_normal(200)
    exact = 1.972 * values.std(ddof=1) / np.sqrt(200)
    mean, low, high = told(estimate_of(SHARE, values))
    assert (mean - low, high - mean) == (pytest.approx(exact, rel=2e-3), pytest.approx(exact, rel=2e-3))


def test_a_share_at_an_end_in_every_run_counts_each_run_once() -> None:
    t = 2.0930  # 97.5 % of Student's t with 19 degrees of freedom
    assert told(estimate_of(OF_PEOPLE, np.zeros(20))) == (0.0, 0.0, pytest.approx(t * t / (20 + t * t), abs=1e-4))
    assert share_of(np.ones(20), 0.95).low == pytest.approx(20 / (20 + t * t), abs=1e-4)


def test_shares_at_opposite_ends_in_every_run_differ_by_nearly_all() -> None:
    mean, low, high = told(difference_of(OF_PEOPLE, np.zeros(200), np.ones(200)))
    assert (mean, low) == (1.0, pytest.approx(0.97, abs=0.005))
    assert high == 1.0


def test_a_share_that_differs_in_no_run_is_the_same() -> None:
    luck = np.array([0.1, 0.2, 0.3])
    assert told(difference_of(SHARE, luck, luck)) == (0.0, 0.0, 0.0)


def test_a_rate_of_what_was_never_seen_is_not_below_zero() -> None:
    assert told(estimate_of(RATE, np.array([0.0, 0.0, 4.0])))[1] == 0.0


def test_what_is_not_finite_is_no_value() -> None:
    one = estimate_of("cash_end_usd", np.array([1.0, np.inf, 3.0, np.nan]))
    assert (one.mean, one.n) == (2.0, 2)


@pytest.mark.parametrize("key", ["vacancy_rate", "burnout_prevalence", "share_below_living_wage"])
def test_a_share_of_time_that_is_the_same_in_every_run_has_no_range(key: str) -> None:
    """No post stood vacant in any of eight runs: that is no yes or no of eight runs (0.0 to 41.1 % stood there)."""
    assert told(estimate_of(key, np.zeros(8))) == (0.0, 0.0, 0.0)
    assert told(estimate_of(key, np.ones(8))) == (1.0, 1.0, 1.0)
    assert told(difference_of(key, np.zeros(8), np.ones(8))) == (1.0, 1.0, 1.0)
    assert told(estimate_of("chance_of_closure", np.zeros(8)))[2] == pytest.approx(0.324, abs=0.001)
