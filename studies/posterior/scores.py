"""Score a predicted distribution by what was published: whether its bands hold, and its CRPS."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import norm

from studies.renewal import Floats

BANDS: Final = (50, 80, 90)
OF_90: Final = 2.0 * 1.6448536269514722  # a 90 % band in standard deviations


@dataclass(frozen=True)
class Score:
    """A published figure, what was predicted without its study, and how far off that and its rivals are (CRPS)."""

    study: str
    label: str
    kind: str
    published: float
    median: float
    bands: tuple[tuple[float, float], ...]
    crps: float
    first: tuple[float, float, float] | None
    first_crps: float | None
    others_crps: float | None

    @property
    def first_holds(self) -> bool | None:
        """Whether the first edition's 90 % band held the figure; None where it had none."""
        return None if self.first is None else self.first[1] <= self.published <= self.first[2]

    def holds(self, band: int) -> bool:
        """Whether the published figure lies in the band of 50, 80 or 90 percent."""
        low, high = self.bands[BANDS.index(band)]
        return low <= self.published <= high


@dataclass(frozen=True)
class Published:
    """A published figure with its rivals: the first edition's figure and band, other studies' figures of the kind."""

    study: str
    label: str
    kind: str
    value: float
    first: tuple[float, float, float] | None
    others: tuple[float, ...] = ()


def scored(figure: Published, sample: Floats) -> Score:
    """Return the score of draws of one figure."""
    bands = tuple(_band(sample, band) for band in BANDS)
    first = None if figure.first is None else crps_normal(figure.value, figure.first[0], _sd(figure.first))
    others = None
    if len(figure.others) > 1:
        others = crps_normal(figure.value, float(np.mean(figure.others)), float(np.std(figure.others, ddof=1)))
    return Score(
        figure.study,
        figure.label,
        figure.kind,
        figure.value,
        float(np.median(sample)),
        bands,
        crps(figure.value, sample),
        figure.first,
        first,
        others,
    )


def crps(value: float, sample: Floats) -> float:
    """Return the continuous ranked probability score of draws: 0 is best, in the figure's own unit."""
    ordered = np.sort(sample)
    count = len(ordered)
    spread = float(ordered @ (2.0 * np.arange(1, count + 1) - count - 1)) / count**2
    return float(np.abs(ordered - value).mean()) - spread


def crps_normal(value: float, mean: float, sd: float) -> float:
    """Return the continuous ranked probability score of a normal distribution."""
    z = (value - mean) / sd
    return sd * float(z * (2.0 * norm.cdf(z) - 1.0) + 2.0 * norm.pdf(z) - 1.0 / math.sqrt(math.pi))


def _sd(first: tuple[float, float, float]) -> float:
    return (first[2] - first[1]) / OF_90


def _band(sample: Floats, percent: int) -> tuple[float, float]:
    low, high = np.quantile(sample, ((1.0 - percent / 100.0) / 2.0, (1.0 + percent / 100.0) / 2.0))
    return float(low), float(high)
