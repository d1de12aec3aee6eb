"""Turn what studies find of wages, all separations, into the model's direct effect on quits.

In the model a raise also works through satisfaction and burnout, and only quits answer to it. So the reference
workforce is run, with wages a tenth higher and the same luck, under several direct effects; between them, and beyond
them, what is seen moves in straight lines.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from studies.calibration.trials import WAGES, elasticities
from studies.renewal import Floats

KEY: Final = f"effects.{WAGES}"
EFFECTS: Final[Floats] = np.array([-5.0, -3.0, -1.2, 0.0, 0.6])
REPLICATIONS: Final = range(32)


@dataclass(frozen=True)
class Translation:
    """Elasticities of all separations that direct effects show, with their standard errors."""

    effects: Floats
    shown: Floats
    errors: Floats

    def effect_of(self, elasticity: Floats) -> Floats:
        """Return the direct effects that show some elasticities."""
        inner = np.interp(elasticity, self.shown, self.effects)
        for end, inside in ((0, 1), (-1, -2)):
            slope = (self.effects[end] - self.effects[inside]) / (self.shown[end] - self.shown[inside])
            beyond = elasticity < self.shown[0] if end == 0 else elasticity > self.shown[-1]
            inner = np.where(beyond, self.effects[end] + slope * (elasticity - self.shown[end]), inner)
        return np.asarray(inner)


def translation(parameters: Mapping[str, float]) -> Translation:
    """Return what the reference workforce shows under some parameters of leaving."""
    seen = elasticities(parameters, [float(one) for one in EFFECTS], REPLICATIONS)
    return Translation(EFFECTS, seen.mean(axis=1), seen.std(axis=1, ddof=1) / math.sqrt(seen.shape[1]))
