"""What is not known is drawn from its range, each assumption by its own name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.effects import load_effects
from sim.evidence.posterior import load_posterior
from sim.runs.futures.draws import drawn, terms, triangular, value_at
from sim.runs.futures.unknowns import Unknown, of_effect
from studies.validation.draws import triangular as of_an_effect

LOAD = of_effect("workload.burnout")


def assumption(
    path: str = "a.b", low: float = 0.0, likely: float = 1.0, high: float = 4.0, *, whole: bool = False
) -> Unknown:
    return Unknown(path, path, "recruitment", low, likely, high, "", "D", path, whole)


def test_validation_draws_effects_in_the_same_way() -> None:
    effect = load_effects()["workload.burnout"]
    for chance in (0.01, 0.4, 0.99, 1.0):
        assert of_an_effect(effect, chance) == triangular(effect.low, effect.effect, effect.high, chance)


@pytest.mark.parametrize("ends", [(0.0, 1.0, 4.0), (-0.25, -0.1, 0.0), (0.0, 0.0, 1.0)])
def test_half_of_all_draws_lie_on_each_side_of_the_value_taken(ends: tuple[float, float, float]) -> None:
    low, likely, high = ends
    values = [value_at(assumption("a.b", *ends), (place + 0.5) / 1000) for place in range(1000)]
    assert values == sorted(values)
    assert sum(value < likely for value in values) == (500 if low < likely else 0)
    assert sum(value > likely for value in values) == (500 if high > likely else 0)
    middle = value_at(assumption("a.b", *ends), 0.125)
    assert middle == pytest.approx(low + (likely - low) / 2)  # a triangle's quarter lies below its half
    assert value_at(assumption("a.b", *ends), 1.0) == high


def test_what_studies_tell_together_is_drawn_together() -> None:
    together = [replace(assumption(path), posterior=True) for path in load_posterior().columns]
    rows = {tuple(draw) for draw in zip(*load_posterior().columns.values(), strict=True)}
    seen = {tuple(drawn(together, 1, number).values()) for number in range(1, 400)}
    assert seen <= rows
    assert len(seen) > 250  # of 512 equally likely ones, 399 draws show some 277


def test_alone_they_have_the_quantiles_of_their_draws() -> None:
    one = replace(assumption("turnover.tenure_shape"), posterior=True)
    column = np.sort(load_posterior().columns[one.path])
    assert [value_at(one, (place + 0.5) / 512) for place in range(512)] == column.tolist()


def test_draw_nought_is_what_is_taken_for_every_assumption() -> None:
    assert drawn([LOAD, assumption()], 1, 0) == {"effects.workload.burnout": 0.35, "a.b": 1.0}


def test_one_more_assumption_leaves_the_draws_of_the_others_alone() -> None:
    few, many = drawn([LOAD], 3, 7), drawn([assumption(), LOAD], 3, 7)
    assert many["effects.workload.burnout"] == few["effects.workload.burnout"]
    assert drawn([LOAD], 3, 8) != few
    assert drawn([LOAD], 4, 7) != few


def test_assumptions_are_drawn_apart_within_their_ranges() -> None:
    pair = [assumption("a.b"), assumption("a.c", -1.0, 0.0, 0.0)]
    values = np.array([list(drawn(pair, 1, number).values()) for number in range(1, 2001)])
    assert (values >= [0.0, -1.0]).all()
    assert (values <= [4.0, 0.0]).all()
    assert abs(np.corrcoef(values.T)[0, 1]) < 4 / np.sqrt(2000)
    spread = np.std(values[:, 0]) / np.sqrt(2000)
    assert values[:, 0].mean() == pytest.approx((2 / 3 + 2) / 2, abs=4 * spread)  # of both halves' thirds


def test_a_whole_number_stays_whole() -> None:
    months = assumption(low=1.0, likely=3.0, high=12.0, whole=True)
    assert all(value_at(months, chance).is_integer() for chance in (0.1, 0.37, 0.9))


def test_an_assumption_without_a_range_is_what_it_is() -> None:
    fixed = assumption(low=2.0, likely=2.0, high=2.0)
    assert value_at(fixed, 0.3) == 2.0
    assert not terms(fixed, np.full(5, 2.0)).any()


@pytest.mark.parametrize("ends", [(0.0, 1.0, 4.0), (-0.25, -0.1, 0.0), (0.0, 0.0, 1.0)])
def test_the_terms_of_an_assumption_have_mean_nought_variance_one_and_do_not_correlate(
    ends: tuple[float, float, float],
) -> None:
    one = assumption("a.b", *ends)
    values = np.array([value_at(one, (place + 0.5) / 20_000) for place in range(20_000)])
    linear, square = terms(one, values).T
    moments = [linear.mean(), square.mean(), np.mean(linear**2) - 1, np.mean(square**2) - 1, np.mean(linear * square)]
    assert moments == pytest.approx([0.0] * 5, abs=2e-3)
