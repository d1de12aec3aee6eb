"""Draw parameters of leaving for an organization that is none of the studies', each draw as likely as any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.streams import Generator
from studies.observations import load_studies
from studies.posterior import wages
from studies.posterior.fits import Fit, luck_of
from studies.posterior.tenure import new_population
from studies.posterior.wage_effect import KEY, Translation
from studies.renewal import Floats

DRAWS: Final = 512
TRIED: Final = 8 * DRAWS
LARGEST: Final = 5.0  # an effect's limit in a scenario, either way
DRAWN: Final = 8  # number of a stream
LIMITS: Final = {
    "turnover.tenure_shape": (0.1, 3.0),
    "turnover.early_peak": (0.0, 10.0),
    "turnover.worker_spread_sd": (0.0, 2.0),
    "turnover.employer_spread_sd": (0.0, 2.0),
}


@dataclass(frozen=True)
class Draws:
    """Columns by the address of the input; what share of candidates a limit refused, of effects was put at theirs."""

    columns: dict[str, Floats]
    refused: float
    tail: float


def draws(fit: Fit, translation: Translation, luck: Generator | None = None) -> Draws:
    """Return 512 draws: a chain's point with departures of a new population, and a new place's response to wages."""
    luck = luck or luck_of(DRAWN)
    chosen = fit.chain[luck.choice(len(fit.chain), TRIED, replace=False)]
    points = new_population(fit.model.parameters(chosen)[0], luck)
    points[:, [1, 3]] = np.exp(points[:, [1, 3]])
    low, high = np.array(list(LIMITS.values())).T
    fits = ((points >= low) & (points <= high)).all(axis=1)
    pools = [wages.pooled(wages.estimates(load_studies()), form) for form in wages.FORMS]
    effects = translation.effect_of(wages.new_places(pools, DRAWS, luck))
    columns = dict(zip(LIMITS, points[fits][:DRAWS].T, strict=True))
    columns[KEY] = np.clip(effects, -LARGEST, LARGEST)
    return Draws(columns, 1.0 - float(fits.mean()), float((np.abs(effects) > LARGEST).mean()))
