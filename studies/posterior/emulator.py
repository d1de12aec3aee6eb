"""Emulate the exact predictions by polynomials of the four coordinates, so that a chain can ask for millions.

Chebyshev polynomials up to a total degree, fitted by least squares to the log odds of the exact figures at points drawn
from the polynomials' own density; the error is measured at further points, spread evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.streams import Generator
from studies.observations import Figure, Study
from studies.posterior.predicting import log_odds, predictable, predicted
from studies.renewal import Floats, Reach

LOW: Final[Floats] = np.array([0.45, -2.5, 0.0, np.log(0.1)])
HIGH: Final[Floats] = np.array([1.60, 1.8, 1.6, np.log(1.7)])
DEGREE: Final = 7
POINTS: Final[dict[Reach, int]] = {"quits": 1500, "all exits": 600}  # the form that is only compared has fewer
CHECKED = 200


def _exponents() -> NDArray[np.int_]:
    return np.array([one for one in product(range(DEGREE + 1), repeat=len(LOW)) if sum(one) <= DEGREE])


EXPONENTS: Final = _exponents()


@dataclass(frozen=True)
class Emulator:
    """Polynomials of figures, a row each; `of_study` says whose a figure is; what they miss by, in log odds."""

    studies: tuple[Study, ...]
    of_study: NDArray[np.int_]
    weights: Floats
    rms: Floats
    largest: Floats
    lost: int

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the predictable figures of all studies."""
        return tuple(figure for study in self.studies for figure in predictable(study))

    @property
    def observed(self) -> Floats:
        """Return the log odds of the published figures."""
        return log_odds(self.figures, np.array([figure.value for figure in self.figures]))

    @property
    def sampling(self) -> Floats:
        """Return the sampling error of each figure's log odds; 0 where n was not seen."""
        return np.array([(one.standard_error or 0.0) / (one.value * (1.0 - one.value)) for one in self.figures])

    def predict(self, points: Floats) -> Floats:
        """Return log odds, shape (n, figures), from coordinates of each study, shape (n, studies, 4)."""
        terms = basis(points)
        return np.stack([terms[:, s] @ w for s, w in zip(self.of_study, self.weights, strict=True)], axis=1)


def basis(points: Floats) -> Floats:
    """Return all products of Chebyshev polynomials at points, over a new last axis."""
    x = 2.0 * (points - LOW) / (HIGH - LOW) - 1.0
    powers = [np.ones_like(x), x]
    for _ in range(2, DEGREE + 1):
        powers.append(2.0 * x * powers[-1] - powers[-2])
    table = np.stack(powers)
    terms = table[EXPONENTS[:, 0], ..., 0]
    for place in range(1, len(LOW)):
        terms = terms * table[EXPONENTS[:, place], ..., place]
    return np.asarray(np.moveaxis(terms, 0, -1))


def inside(points: Floats) -> NDArray[np.bool_]:
    """Return which points lie where the polynomials were fitted."""
    return np.asarray(((points >= LOW) & (points <= HIGH)).all(axis=-1))


def fitted(studies: Sequence[Study], reach: Reach, luck: Generator) -> Emulator:
    """Return polynomials for the predictable figures of studies."""
    arcs = luck.random((POINTS[reach], len(LOW)))
    design = LOW + (HIGH - LOW) * (1.0 - np.cos(np.pi * arcs)) / 2.0
    checks = LOW + (HIGH - LOW) * luck.random((CHECKED, len(LOW)))
    weights, rms, largest, of_study, lost = [], [], [], [], 0
    for number, study in enumerate(studies):
        exact, held = (_exact(study, points, reach) for points in (design, checks))
        good, fair = (np.isfinite(one).all(axis=1) for one in (exact, held))
        solved = np.linalg.lstsq(basis(design[good]), exact[good], rcond=None)[0]
        missed = basis(checks[fair]) @ solved - held[fair]
        weights.append(solved.T)
        rms.append(np.sqrt(np.square(missed).mean(axis=0)))
        largest.append(np.abs(missed).max(axis=0))
        of_study.append(np.full(solved.shape[1], number))
        lost += int((~good).sum())
    whole = np.concatenate
    return Emulator(tuple(studies), whole(of_study), whole(weights), whole(rms), whole(largest), lost)


def _exact(study: Study, points: Floats, reach: Reach) -> Floats:
    return log_odds(predictable(study), np.array([predicted(study, point, reach) for point in points]))
