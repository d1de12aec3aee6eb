"""The hierarchical model is what its page says: known densities, known polynomials, known chains."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm, t

from sim.streams import study as named
from studies.observations import load_studies
from studies.posterior import emulator as emulating
from studies.posterior.emulator import EXPONENTS, HIGH, LOW, Emulator, basis, inside
from studies.posterior.predicting import from_odds, level_of, log_odds, predictable, predicted, shape_of
from studies.posterior.sampling import Length, effective_size, run, split_r_hat
from studies.posterior.tenure import CENTER, SCALE, from_prior, model, new_population, noisy, student
from studies.renewal import Floats, at_level

STUDIES = tuple(study for study in load_studies() if predictable(study))
EBY = next(study for study in STUDIES if study.key == "eby_2012")
ENGLAND = next(study for study in STUDIES if study.key == "skills_for_care_2022")
MIDDLE = np.array([0.95, 0.0, 0.4, math.log(0.55)])


def flat() -> Emulator:
    """Every figure has even odds wherever it is asked."""
    figures = [len(predictable(study)) for study in STUDIES]
    count, none = sum(figures), np.zeros(sum(figures))
    return Emulator(
        STUDIES, np.repeat(np.arange(len(STUDIES)), figures), np.zeros((count, len(EXPONENTS))), none, none, 0
    )


def test_predictions_are_the_renewals_at_the_studys_level() -> None:
    """Eby's 33.2 of 100 are people in post; what is predicted are their quits."""
    found = at_level(shape_of(MIDDLE, "quits"), 33.2, 0.751, "people in post")
    assert predicted(EBY, MIDDLE, "quits").tolist() == [found.in_post_quit(24), found.in_post_quit(36)]


def test_a_level_that_nothing_shows_is_no_number() -> None:
    hard = np.array([0.45, 1.8, 1.6, math.log(1.7)])
    linkedin = next(study for study in STUDIES if study.key == "linkedin_retention")
    assert np.isnan(predicted(linkedin, hard, "quits")).all()


def test_a_study_whose_first_figure_sets_its_level_has_it_as_published() -> None:
    linkedin = next(study for study in STUDIES if study.key == "linkedin_retention")
    level = level_of(linkedin)
    assert level is not None
    assert (level.value, level.counts) == (pytest.approx(24.0), "newcomers")


def test_rates_above_one_have_log_odds_and_come_back() -> None:
    figures = predictable(ENGLAND)
    rates = np.array([[0.437, 1.7]])
    assert from_odds(figures, log_odds(figures, rates)) == pytest.approx(rates)


def test_polynomials_of_their_degree_are_emulated_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the exact odds are a product of powers, nothing is missed; lost points are counted and left out."""

    def odds(_: object, points: Floats, __: str) -> Floats:
        values = (points[:, 0] ** 3 * points[:, 1] ** 2 - points[:, 2] * points[:, 3])[:, None]
        return np.where(points[:, :1] < 0.5, np.nan, values)

    monkeypatch.setattr(emulating, "_exact", odds)
    found = emulating.fitted([EBY], "quits", named(1, 1))
    assert found.largest.max() < 1e-8
    assert found.lost > 0


def test_the_basis_is_chebyshevs() -> None:
    """At x = cos(a) the polynomial of degree n is cos(n a)."""
    angles = np.array([0.3, 1.1, 2.0, 2.9])
    point = LOW + (HIGH - LOW) * (1.0 + np.cos(angles)) / 2.0
    assert basis(point) == pytest.approx(np.cos(EXPONENTS * angles).prod(axis=1))
    assert inside(point)
    assert not inside(HIGH + 0.01)


def test_the_density_is_prior_times_student_t() -> None:
    """One walker at the middle: half normals carry the logarithm's Jacobian, figures their t, departures a normal."""
    whole = model(flat())
    chain = np.zeros((1, whole.dimensions))
    chain[0, :8] = [1.0, 0.1, math.log(0.4), -0.5, math.log(0.1), math.log(0.3), math.log(0.2), math.log(0.25)]
    chain[0, 8:] = 0.2
    scale = np.sqrt(0.25**2 + whole.emulator.sampling**2)
    figures = t.logpdf(whole.observed / scale, 4).sum() - np.log(scale).sum()
    values = np.array([1.0, 0.1, 0.4, -0.5, 0.1, 0.3, 0.2, 0.25])
    prior = -0.5 * np.square((values - CENTER) / SCALE).sum() + np.log(values[[2, 4, 5, 6, 7]]).sum()
    departures = -0.5 * 0.04 * 3 * len(STUDIES)
    assert whole(chain)[0] == pytest.approx(figures + prior + departures)
    assert student(np.array([0.7])) == pytest.approx(t.logpdf(0.7, 4))


def test_a_study_left_out_says_nothing() -> None:
    """Its figures may be anything; those of the others count as before."""
    whole, fewer = model(flat()), model(flat(), ("eby_2012",))
    chain = from_prior(whole.emulator, 5, named(1, 2))
    emulated = whole.emulator
    mine = emulated.of_study == 0
    scale = np.sqrt(np.square(whole.parameters(chain)[0][:, -1])[:, None] + np.square(emulated.sampling))
    density = student(whole.observed / scale) - np.log(scale)
    assert whole(chain) - fewer(chain) == pytest.approx(density[:, mine].sum(axis=1))


def test_points_beyond_the_polynomials_are_refused() -> None:
    whole = model(flat())
    chain = np.zeros((2, whole.dimensions))
    chain[:, 0] = (HIGH[0] + 0.2, 0.9)
    chain[:, 3:8] = -2.0
    assert np.isneginf(whole(chain)).tolist() == [True, False]


def test_a_new_population_departs_as_studies_do() -> None:
    shared = np.tile(np.array([1.0, 0.0, 0.4, -0.5, 0.2, 0.5, 0.3, 0.1]), (4000, 1))
    points = new_population(shared, named(1, 3))
    errors = np.array([0.2, 0.5, 0.3]) / math.sqrt(2 * 4000)
    assert (np.abs(points[:, [0, 1, 3]].std(axis=0) - [0.2, 0.5, 0.3]) < 4 * errors).all()
    assert (points[:, 2] == 0.4).all()


def test_noise_is_leftover_and_sampling_error_together() -> None:
    drawn = noisy(np.zeros((6000, 1)), np.full(6000, 0.3), np.array([0.4]), named(1, 4))
    inside_half = (np.abs(drawn) < 0.5 * t.ppf(0.75, 4)).mean()
    assert abs(inside_half - 0.5) < 4 * 0.5 / math.sqrt(6000)


def gaussian(points: Floats) -> Floats:
    return np.asarray(norm.logpdf(points[:, 0]) + norm.logpdf(points[:, 1], 3.0, 2.0))


def chains(steps: int) -> Floats:
    luck = named(1, 5)
    return run(gaussian, lambda walkers: luck.standard_normal((walkers, 2)), Length(2, steps, 400, 5), luck).kept


def test_chains_find_a_known_density_and_repeat_themselves() -> None:
    """Means within four standard errors, by the effective size that the chains claim."""
    found = chains(3000)
    size = effective_size(found)
    flat_chain = found.reshape(-1, 2)
    assert (np.abs(flat_chain.mean(axis=0) - [0.0, 3.0]) < 4.0 * np.array([1.0, 2.0]) / np.sqrt(size)).all()
    assert flat_chain.std(axis=0) == pytest.approx([1.0, 2.0], rel=0.05)
    assert (split_r_hat(found) < 1.02).all()
    assert (chains(3000) == found).all()


def test_ensembles_that_disagree_show_it() -> None:
    apart = named(1, 6).standard_normal((2, 100, 8, 1))
    assert split_r_hat(apart)[0] < 1.01
    apart[1] += 1.0
    assert split_r_hat(apart)[0] > 1.1


def test_effective_size_of_a_sticky_chain_is_its_theory() -> None:
    """Walkers that keep a share r of their place are worth (1 - r)/(1 + r) of their steps."""
    luck, keep = named(1, 7), 0.8
    values = np.zeros((1, 4000, 16, 1))
    for step in range(1, 4000):
        values[0, step] = keep * values[0, step - 1] + math.sqrt(1 - keep**2) * luck.standard_normal((16, 1))
    assert effective_size(values)[0] == pytest.approx(4000 * 16 * (1 - keep) / (1 + keep), rel=0.15)
