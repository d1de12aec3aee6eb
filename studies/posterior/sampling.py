"""Run ensembles of walkers, several apart, and say how well they mixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import emcee
import numpy as np

from sim.streams import Generator
from studies.renewal import Floats

WALKERS: Final = 64
WORDS: Final = 624  # of the state of the generator emcee uses
Density = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Length:
    """How many ensembles run for how many steps, after how many that are thrown away, one of `thin` kept."""

    ensembles: int
    steps: int
    burn: int
    thin: int


@dataclass(frozen=True)
class Chains:
    """Kept steps of ensembles, shape (ensembles, steps, walkers, dimensions); time is autocorrelation in kept steps."""

    kept: Floats
    accepted: float

    @property
    def flat(self) -> Floats:
        """Return every kept point as a row."""
        return self.kept.reshape(-1, self.kept.shape[-1])


def run(density: Density, starts: Callable[[int], Floats], length: Length, luck: Generator) -> Chains:
    """Return chains of a density that takes many points at once; `starts` gives the first points of an ensemble."""
    kept, accepted = [], []
    for _ in range(length.ensembles):
        start = starts(WALKERS)
        moves = [(emcee.moves.StretchMove(), 0.3), (emcee.moves.DEMove(), 0.6), (emcee.moves.DESnookerMove(), 0.1)]
        sampler = emcee.EnsembleSampler(WALKERS, start.shape[1], density, vectorize=True, moves=moves)
        state = emcee.State(start, random_state=_random_state(luck))
        state = sampler.run_mcmc(state, length.burn, skip_initial_state_check=True)
        sampler.reset()
        sampler.run_mcmc(state, length.steps // length.thin, thin_by=length.thin, skip_initial_state_check=True)
        kept.append(sampler.get_chain())
        accepted.append(float(sampler.acceptance_fraction.mean()))
    return Chains(np.stack(kept), float(np.mean(accepted)))


def _random_state(luck: Generator) -> tuple[str, object, int, int, float]:
    """Return a state for emcee's own generator, drawn from named luck."""
    return ("MT19937", luck.integers(0, 2**32, WORDS, dtype=np.uint32), WORDS, 0, 0.0)


def split_r_hat(chains: Floats) -> Floats:
    """Return the potential scale reduction of each dimension, from the halves of every ensemble.

    1 where all halves agree; walkers of one ensemble move by one another, so that an ensemble is one sequence here.
    Shape of `chains`: (ensembles, steps, walkers, dimensions).
    """
    half = chains.shape[1] // 2
    parts = np.concatenate([chains[:, :half], chains[:, half : 2 * half]])
    parts = parts.reshape(len(parts), -1, chains.shape[-1])
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = parts.mean(axis=1).var(axis=0, ddof=1)
    length = parts.shape[1]
    return np.asarray(np.sqrt((length - 1) / length + between / within))


def effective_size(chains: Floats) -> Floats:
    """Return how many independent draws the chains are worth, each dimension: kept points over autocorrelation time."""
    steps = chains.shape[0] * chains.shape[1] * chains.shape[2]
    times = [emcee.autocorr.integrated_time(one, tol=0, quiet=True) for one in chains]
    return np.asarray(steps / np.maximum(np.mean(times, axis=0), 1.0))
