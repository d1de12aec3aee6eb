"""The hierarchical model of leaving with tenure: what all studies share, what each departs by, what is left over.

Chains run over unbounded numbers: eight that all studies share (spreads and standard deviations by their logarithm) and
three standard normal departures of each study, of tenure shape, log early peak and log employer spread. Workers' spread
is the same everywhere: with it free as well the figures tell nothing apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from sim.streams import Generator
from studies.posterior.emulator import Emulator, inside
from studies.renewal import Floats

SHARED: Final = (
    "tenure shape",
    "log early peak",
    "worker spread",
    "log employer spread",
    "between studies: tenure shape",
    "between studies: log early peak",
    "between studies: log employer spread",
    "leftover",
)
CENTER: Final[Floats] = np.array([0.95, 0.0, 0.0, np.log(0.55), 0.0, 0.0, 0.0, 0.0])
SCALE: Final[Floats] = np.array([0.25, 0.8, 0.8, 0.6, 0.15, 0.4, 0.4, 0.15])
HALF: Final = np.array([False, False, True, False, True, True, True, True])  # half normal, kept by the logarithm
DEPARTS: Final = (0, 1, 3)  # the coordinates that studies depart in
FREEDOM: Final = 4.0  # of the Student t that leftovers follow


@dataclass(frozen=True)
class Model:
    """Emulated figures with their log odds; `held` says which studies are fitted, the others are left out."""

    emulator: Emulator
    observed: Floats
    held: NDArray[np.bool_]

    @property
    def dimensions(self) -> int:
        """Return how many numbers a chain runs over."""
        return len(SHARED) + len(DEPARTS) * len(self.emulator.studies)

    def __call__(self, chain: Floats) -> Floats:
        """Return the log density of walkers, shape (n, dimensions), up to a constant."""
        shared, points = self.parameters(chain)
        fits = inside(points).all(axis=1)
        density = np.full(len(chain), -np.inf)
        if fits.any():
            odds = self.emulator.predict(points[fits])
            counts = self.held[self.emulator.of_study]
            leftover = self._leftover(odds, shared[fits, -1])[:, counts].sum(axis=1)
            density[fits] = leftover + _prior(chain[fits])
        return np.where(np.isfinite(density), density, -np.inf)

    def parameters(self, chain: Floats) -> tuple[Floats, Floats]:
        """Return what is shared, shape (n, 8), and every study's coordinates, shape (n, studies, 4)."""
        count = len(SHARED)
        shared = np.where(HALF, np.exp(np.minimum(chain[:, :count], 10.0)), chain[:, :count])
        departures = chain[:, count:].reshape(len(chain), -1, len(DEPARTS))
        points = np.repeat(shared[:, None, :4], departures.shape[1], axis=1)
        points[..., list(DEPARTS)] += departures * shared[:, None, 4:7]
        return shared, points

    def _leftover(self, odds: Floats, sd: Floats) -> Floats:
        scale = np.sqrt(np.square(sd)[:, None] + np.square(self.emulator.sampling))
        return np.asarray(student((self.observed - odds) / scale) - np.log(scale))


def student(values: Floats) -> Floats:
    """Return the log density of Student's t."""
    constant = gammaln((FREEDOM + 1) / 2) - gammaln(FREEDOM / 2) - np.log(FREEDOM * np.pi) / 2
    return np.asarray(constant - (FREEDOM + 1) / 2 * np.log1p(np.square(values) / FREEDOM))


def model(emulator: Emulator, without: Sequence[str] = ()) -> Model:
    """Return the model of all studies but those left out by their keys."""
    held = np.array([study.key not in without for study in emulator.studies])
    return Model(emulator, emulator.observed, held)


def _prior(chain: Floats) -> Floats:
    count = len(SHARED)
    values = np.where(HALF, np.exp(chain[:, :count]), chain[:, :count])
    shared = -np.square((values - CENTER) / SCALE) / 2.0 + np.where(HALF, chain[:, :count], 0.0)
    return np.asarray(shared.sum(axis=1) - np.square(chain[:, count:]).sum(axis=1) / 2.0)


def from_prior(emulator: Emulator, number: int, luck: Generator) -> Floats:
    """Return points of the prior, where all studies lie within the emulator's reach."""
    found: list[Floats] = []
    whole = model(emulator)
    while sum(map(len, found)) < number:
        values = CENTER + SCALE * luck.standard_normal((number, len(SHARED)))
        shared = np.where(HALF, np.log(np.abs(values - CENTER)), values)
        chain = np.concatenate([shared, luck.standard_normal((number, whole.dimensions - len(SHARED)))], axis=1)
        found.append(chain[inside(whole.parameters(chain)[1]).all(axis=1)])
    return np.concatenate(found)[:number]


def noisy(odds: Floats, sd: Floats, sampling: Floats, luck: Generator) -> Floats:
    """Return log odds with leftover and sampling error, one draw each."""
    scale = np.sqrt(np.square(sd)[:, None] + np.square(sampling))
    return np.asarray(odds + scale * luck.standard_t(FREEDOM, odds.shape))


def new_population(shared: Floats, luck: Generator) -> Floats:
    """Return the four coordinates of a population that is none of the studies', one a row of shared parameters."""
    points = shared[:, :4].copy()
    points[:, list(DEPARTS)] += luck.standard_normal((len(shared), len(DEPARTS))) * shared[:, 4:7]
    return points
