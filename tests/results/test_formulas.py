"""Values of each replication, and the jackknife by which a value of all becomes one of each."""

import numpy as np
import pytest

from sim.results.measures.formulas import divided, group_wage_gap, pseudo_values, ratio, retention
from sim.results.summary import estimate, share_estimate


def sums(above: list[float], below: list[float]) -> dict[str, np.ndarray]:
    return {"a": np.array(above), "b": np.array(below)}


def test_nothing_over_nothing_is_undefined_and_no_warning() -> None:
    assert np.isnan(divided(np.array([0.0, 1.0]), np.array([0.0, 0.0]))).all()


def test_with_equal_denominators_pseudo_values_are_each_replications_own_ratio() -> None:
    values = pseudo_values(ratio("a", "b"), sums([1.0, 2.0, 6.0], [4.0, 4.0, 4.0]))
    assert values == pytest.approx([0.25, 0.5, 1.5])


def test_pseudo_values_average_to_the_ratio_of_sums() -> None:
    told = sums([1.0, 2.0, 6.0], [4.0, 1.0, 9.0])
    assert np.mean(pseudo_values(ratio("a", "b"), told)) == pytest.approx(9.0 / 14.0)


def test_the_bias_of_the_ratio_of_sums_is_far_smaller_than_its_error() -> None:
    luck = np.random.Generator(np.random.Philox(3))
    below = luck.exponential(1.0, (4000, 10))
    above = luck.poisson(2.0 * below).astype(float)
    naive, found = np.empty(4000), np.empty(4000)
    for trial in range(4000):
        one = {"a": above[trial], "b": below[trial]}
        naive[trial] = np.mean(divided(one["a"], one["b"]))
        found[trial] = np.mean(pseudo_values(ratio("a", "b"), one))
    assert abs(found.mean() - 2.0) < 0.1 * found.std()


@pytest.mark.parametrize("number", range(2, 13))
def test_the_share_kept_stays_between_0_and_1_however_few_the_runs(number: int) -> None:
    """Few people followed into late months: the jackknife's own mean is below 0 in one trial of four at 4 runs."""
    luck = np.random.Generator(np.random.Philox(number))
    for _ in range(200):
        lived = luck.exponential(0.5, (number, 24)) * np.linspace(2.0, 0.1, 24) + 1e-3
        told = {"exits_by_tenure": luck.poisson(0.3 * lived).astype(float), "lived_by_tenure": lived}
        one = share_estimate(pseudo_values(retention(24), told))
        assert one.mean is not None
        assert one.low is not None
        assert one.high is not None
        assert 0.0 <= one.low <= one.mean <= one.high <= 1.0
        together = {name: values.sum(axis=0, keepdims=True) for name, values in told.items()}
        assert one.mean == pytest.approx(retention(24)(together)[0])


def test_the_interval_of_pseudo_values_covers_as_often_as_it_says() -> None:
    luck = np.random.Generator(np.random.Philox(5))
    hits, trials = 0, 2000
    for _ in range(trials):
        below = luck.uniform(1.0, 3.0, 40)
        above = luck.poisson(0.5 * below).astype(float)
        one = estimate(pseudo_values(ratio("a", "b"), {"a": above, "b": below}))
        assert one.low is not None
        assert one.high is not None
        hits += one.low <= 0.5 <= one.high
    assert hits / trials == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / trials) + 0.01)


def test_a_single_replication_is_its_own_value() -> None:
    assert pseudo_values(ratio("a", "b"), sums([3.0], [4.0])).tolist() == [0.75]


def test_where_one_replication_alone_can_be_measured_there_is_a_value_and_no_interval() -> None:
    one = estimate(pseudo_values(ratio("a", "b"), sums([3.0, 0.0, 0.0], [4.0, 0.0, 0.0])))
    assert (one.mean, one.low, one.high, one.n) == (0.75, None, None, 1)


def test_what_no_replication_can_measure_is_undefined() -> None:
    one = estimate(pseudo_values(ratio("a", "b"), sums([0.0, 0.0], [0.0, 0.0])))
    assert (one.mean, one.n) == (None, 0)


def test_retention_is_followed_over_the_months_asked_for() -> None:
    told = {"exits_by_tenure": np.array([[1.0, 2.0, 4.0]]), "lived_by_tenure": np.array([[10.0, 10.0, 10.0]])}
    assert retention(2)(told) == pytest.approx([np.exp(-0.3)])
    assert retention(3)(told) == pytest.approx([np.exp(-0.7)])


def test_the_pay_gap_compares_the_means_of_both_groups() -> None:
    told = {"white_wage_sum": 50.0, "white": 2.0, "wage_sum": 110.0, "peers": 5.0}
    assert group_wage_gap({name: np.array([value]) for name, value in told.items()}) == pytest.approx([0.2])


def test_what_is_undefined_where_a_run_is_left_out_keeps_the_shape_of_several_columns() -> None:
    def both(told: dict[str, np.ndarray]) -> np.ndarray:
        return np.stack([divided(told["a"], told["b"]), told["a"]], 1)

    values = pseudo_values(both, sums([1.0, 0.0, 0.0], [2.0, 0.0, 0.0]))
    assert values.shape == (3, 2)
    assert values[0].tolist() == [0.5, 1.0]
    assert np.isnan(values[1:]).all()
