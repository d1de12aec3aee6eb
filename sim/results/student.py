"""Student's t quantile without importing scipy, whose import takes longer than a small comparison."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

SERIES_UP_TO = 1000  # degrees of freedom; above, four terms of the normal expansion are exact to 1e-12
STEPS = 60


@cache
def t_quantile(chance: float, freedom: int) -> float:
    """Return the value that Student's t with whole degrees of freedom stays below with a chance.

    Up to 1,000 degrees the closed series of the distribution (Abramowitz and Stegun 26.7.3 and 26.7.4) is inverted by
    Newton's steps; above, the normal quantile is corrected (26.7.5).

    Raises:
        ValueError: unless the chance is inside (0.5, 1) and there is a degree of freedom.
    """
    if not 0.5 < chance < 1.0 or freedom < 1:
        raise ValueError(f"chance {chance} must be inside (0.5, 1) and degrees of freedom {freedom} at least 1")
    start = _expanded(NormalDist().inv_cdf(chance), freedom)
    return _inverted(chance, freedom) if freedom <= SERIES_UP_TO else start


def _expanded(z: float, freedom: int) -> float:
    """Return the normal quantile z corrected for the degrees of freedom."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** (power + 1) for power, term in enumerate(terms))


def _inverted(chance: float, freedom: int) -> float:
    """Return the quantile by Newton's steps in the angle, where the distribution is nearly straight."""
    angle = math.atan(NormalDist().inv_cdf(chance) / math.sqrt(freedom))
    for _ in range(STEPS):
        inside, slope = _within(angle, freedom)
        step = (inside - (2.0 * chance - 1.0)) / slope
        angle = min(max(angle - step, angle / 2), (angle + math.pi / 2) / 2)
        if abs(step) < 1e-15:
            break
    return math.tan(angle) * math.sqrt(freedom)


def _within(angle: float, freedom: int) -> tuple[float, float]:
    """Return the chance that |t| < sqrt(freedom)·tan(angle), and its slope in the angle."""
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    term, total = (cosine, cosine) if odd else (1.0, 1.0)
    if freedom == 1:
        total = 0.0
    for power in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (power - 1) / power
        total += term
    inside = 2.0 / math.pi * (angle + sine * total) if odd else sine * total
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(math.pi) / 2
    return inside, 2.0 * math.exp(log_scale) * cosine ** (freedom - 1)
