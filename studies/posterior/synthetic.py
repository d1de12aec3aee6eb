"""Check the fit on studies made up from its own prior: how often its bands hold the truth that made them.

Each set has the published studies' design: their levels, figures and numbers of people. Truth is drawn from the prior,
every study departs from it, figures get their leftovers and sampling errors; then the set is fitted by a shorter chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from studies.posterior.checkpoints import Arrays, kept
from studies.posterior.fits import emulator, luck_of
from studies.posterior.sampling import Length, effective_size, run
from studies.posterior.tenure import Model, from_prior, model, noisy
from studies.renewal import Floats

SETS: Final = 50
SHORT: Final = Length(ensembles=1, steps=1_700, burn=800, thin=20)
MADE_UP, FIRST = 7, 200  # numbers of streams


@dataclass(frozen=True)
class Synthetic:
    """Of each set and shared parameter: the share of the chain below the truth, and the smallest effective size."""

    ranks: Floats
    effective: Floats

    def held(self, percent: float) -> Floats:
        """Return the share of sets whose central band of some percent holds the truth, by parameter."""
        margin = (1.0 - percent / 100.0) / 2.0
        return np.asarray(((self.ranks >= margin) & (self.ranks <= 1.0 - margin)).mean(axis=0))


def synthetic(sets: int = SETS) -> Synthetic:
    """Return the check."""
    found = [kept(f"synthetic-{number}", lambda number=number: _one(number)) for number in range(sets)]  # type: ignore[misc]
    return Synthetic(np.array([one["ranks"] for one in found]), np.array([one["effective"] for one in found]))


def _one(number: int) -> Arrays:
    luck = luck_of(MADE_UP, "quits", FIRST + number)
    whole = model(emulator("quits"))
    truth = from_prior(whole.emulator, 1, luck)
    shared, points = whole.parameters(truth)
    observed = noisy(whole.emulator.predict(points), shared[:, -1], whole.emulator.sampling, luck)[0]
    seen = Model(whole.emulator, observed, whole.held)
    chains = run(seen, lambda walkers: from_prior(whole.emulator, walkers, luck), SHORT, luck).kept
    count = shared.shape[1]
    below = chains[..., :count].reshape(-1, count) < truth[0, :count]
    return {"ranks": below.mean(axis=0), "effective": effective_size(chains)[:count].min()}
