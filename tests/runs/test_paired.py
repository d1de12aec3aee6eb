"""Paired comparison: the same luck on both sides, and a word only where the interval allows one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from sim.results.measures.table import MEASURES
from sim.results.summary import NOTHING, estimate
from sim.runs.paired import p_better, paired, verdict

LOWER, HIGHER, NEITHER = MEASURES["vacancy_rate"], MEASURES["cash_end_usd"], MEASURES["cost_usd_per_year"]
FALLS = np.array([-2.0, -3.0, -2.5, -2.2])


def test_the_interval_is_that_of_the_differences_and_not_of_the_sides() -> None:
    luck = np.array([10.0, 200.0, 3000.0, 40.0])
    compared = paired({"cash_end_usd": luck}, {"cash_end_usd": luck + FALLS})["cash_end_usd"]
    low, high = t.interval(0.95, 3, FALLS.mean(), FALLS.std(ddof=1) / 2)
    assert compared.difference.mean == pytest.approx(FALLS.mean())
    assert (compared.difference.low, compared.difference.high) == (pytest.approx(low), pytest.approx(high))
    assert compared.detectable
    assert compared.verdict == "worse"


@pytest.mark.parametrize(
    ("measure", "differences", "word"),
    [
        (LOWER, FALLS, "better"),
        (LOWER, -FALLS, "worse"),
        (HIGHER, FALLS, "worse"),
        (HIGHER, -FALLS, "better"),
        (NEITHER, FALLS, "lower"),
        (NEITHER, -FALLS, "higher"),
        (LOWER, np.array([-1.0, 1.2, 0.3]), "too close to call"),
        (LOWER, np.zeros(3), "no change"),
        (LOWER, np.array([0.0, np.nan]), "no change"),
        (LOWER, np.array([-1.0]), "too close to call"),
        (LOWER, np.array([0.0]), "no change"),
    ],
)
def test_the_verdict_is_a_word_for_the_interval(measure: object, differences: np.ndarray, word: str) -> None:
    assert verdict(measure, differences, estimate(differences)) == word  # type: ignore[arg-type]


def test_a_certain_difference_is_detectable() -> None:
    compared = paired({"vacancy_rate": np.full(5, 0.2)}, {"vacancy_rate": np.full(5, 0.1)})["vacancy_rate"]
    assert compared.verdict == "better"
    assert compared.p_better == 1.0


def test_ties_count_half_for_the_chance_of_being_better() -> None:
    assert p_better(HIGHER, np.array([1.0, 0.0, -1.0, 2.0])) == (2 + 0.5) / 4
    assert p_better(LOWER, np.array([1.0, 0.0, -1.0, 2.0])) == (1 + 0.5) / 4
    assert p_better(NEITHER, np.array([1.0])) is None
    assert p_better(LOWER, np.array([np.nan])) is None


def test_what_only_one_side_has_cannot_be_compared() -> None:
    there = {"share_below_living_wage.child": np.array([0.5, 0.6])}
    for base, other in ((there, {}), ({}, there)):
        compared = paired(base, other)["share_below_living_wage.child"]
        assert (compared.difference, compared.p_better, compared.verdict) == (NOTHING, None, None)
        assert {compared.base.n, compared.alternative.n} == {0, 2}


def test_replications_undefined_on_one_side_are_left_out_of_the_difference() -> None:
    base = {"median_tenure_months": np.array([1.0, np.nan, 3.0, 5.0])}
    other = {"median_tenure_months": np.array([2.0, 2.0, np.nan, 6.5])}
    compared = paired(base, other)["median_tenure_months"]
    assert (compared.difference.mean, compared.difference.n) == (1.25, 2)
