"""Pool estimates of what wages do to leaving: a mean and a spread between places, three forms, by sums over a grid.

Normal form: a place's elasticity is normal. Lognormal form: less the elasticity is lognormal, so that a raise never
makes people leave. One response: it is the same everywhere, and estimates differ by their errors alone. Estimates of
one place share its elasticity and err by their standard errors. Forms are weighed by how likely they make what was
found, equally likely beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

from sim.streams import Generator
from studies.observations import Study
from studies.renewal import Floats

Form = Literal["normal", "lognormal", "one response"]
FORMS: Final[tuple[Form, ...]] = ("normal", "lognormal", "one response")
NODES: Final[Floats] = np.linspace(-5.0, 5.0, 201)  # of a place's standard normal departure
STEPS = 121


@dataclass(frozen=True)
class Prior:
    """Normal prior of the center, half normal prior of the spread, and the grid they are summed over."""

    center: float
    center_sd: float
    spread_sd: float
    low: float
    high: float
    widest: float


# in elasticities, of the lognormal form in logarithms: a median of -1
PRIORS: Final[dict[Form, Prior]] = {
    "normal": Prior(-1.25, 1.0, 1.0, -4.5, 2.0, 4.0),
    "lognormal": Prior(0.0, 0.7, 0.75, -2.8, 2.5, 3.0),
    "one response": Prior(-1.25, 1.0, 1.0, -4.5, 2.0, widest=0.0),  # no spread between places
}


@dataclass(frozen=True)
class Estimate:
    """One elasticity of separations to the wage, its standard error, and where it was found."""

    place: str
    study: str
    value: float
    error: float


@dataclass(frozen=True)
class Pooled:
    """One form's posterior on its grid: centers, spreads, chances of the cells, log chance of what was found."""

    form: Form
    centers: Floats
    spreads: Floats
    chance: Floats
    log_evidence: float


def estimates(studies: Sequence[Study]) -> tuple[Estimate, ...]:
    """Return every elasticity that studies give."""
    return tuple(
        Estimate(study.place, study.key, wage.elasticity, wage.standard_error)
        for study in studies
        for wage in study.wages
    )


def pooled(found: Sequence[Estimate], form: Form) -> Pooled:
    """Return a form's posterior."""
    prior = PRIORS[form]
    centers = np.linspace(prior.low, prior.high, STEPS)
    spreads = (np.arange(STEPS) + 0.5) * prior.widest / STEPS
    before = -np.square((centers[:, None] - prior.center) / prior.center_sd) / 2.0
    before = before - np.square(spreads / prior.spread_sd) / 2.0
    before = before - logsumexp(before)
    places = sorted({one.place for one in found})
    after = before + sum(
        _of_place([one for one in found if one.place == place], form, centers, spreads) for place in places
    )
    evidence = float(logsumexp(after))
    return Pooled(form, centers, spreads, np.exp(after - evidence), evidence)


def _of_place(found: Sequence[Estimate], form: Form, centers: Floats, spreads: Floats) -> Floats:
    """Return the log chance of one place's estimates, at every cell of the grid."""
    weight = np.exp(-np.square(NODES) / 2.0)
    effect = _effect(form, centers[:, None, None] + spreads[:, None] * NODES)
    each = [np.asarray(norm.logpdf(one.value, effect, one.error)) for one in found]
    return np.asarray(logsumexp(np.sum(each, axis=0), b=weight / weight.sum(), axis=2))


def _effect(form: Form, value: Floats) -> Floats:
    return np.asarray(-np.exp(value) if form == "lognormal" else value)


def weights(pools: Sequence[Pooled]) -> Floats:
    """Return how likely each form is, all equally likely beforehand."""
    logs = np.array([one.log_evidence for one in pools])
    return np.asarray(np.exp(logs - logsumexp(logs)))


def new_places(pools: Sequence[Pooled], number: int, luck: Generator) -> Floats:
    """Return elasticities of places that are none of those studied, forms by their weights."""
    forms = luck.choice(len(pools), number, p=weights(pools))
    drawn = np.empty(number)
    for form in np.unique(forms):  # a form that is hardly likely costs nothing
        drawn[forms == form] = _new_places(pools[form], number, luck)[forms == form]
    return drawn


def _new_places(one: Pooled, number: int, luck: Generator) -> Floats:
    centers, spreads = cells(one, number, luck)
    return _effect(one.form, centers + spreads * luck.standard_normal(number))


def cells(one: Pooled, number: int, luck: Generator) -> tuple[Floats, Floats]:
    """Return centers and spreads drawn from a form's posterior."""
    drawn = luck.choice(one.chance.size, number, p=one.chance.ravel() / one.chance.sum())
    return one.centers[drawn // STEPS], one.spreads[drawn % STEPS]
