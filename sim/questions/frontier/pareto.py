"""Which of several results no other one beats, so far as random variation lets them be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.results.blocks import Floats
from sim.results.student import t_quantile

WRONGLY_BEATEN = 0.05  # at most this chance for a result that no other beats


def beaten(results: Sequence[Sequence[Floats]], upward: Sequence[bool]) -> list[tuple[int, ...]]:
    """Return for each result those that beat it: better on every objective, beyond the interval of the difference.

    Differences are paired, replication by replication. A result that is truly beaten by none has as many chances to be
    called beaten as it has rivals, so the intervals are widened for that number (Bonferroni): whatever the objectives,
    the chance stays below 5 %. Being better on all of them at once is asked for, which makes it smaller still.

    Args:
        results: for each result its objectives, each one value a replication.
        upward: for each objective whether more is better.
    """
    quantiles = max(1, len(results) - 1)
    return [
        tuple(
            rival for rival in range(len(results)) if rival != one and _beats(results, (rival, one), upward, quantiles)
        )
        for one in range(len(results))
    ]


def _beats(results: Sequence[Sequence[Floats]], pair: tuple[int, int], upward: Sequence[bool], rivals: int) -> bool:
    better, worse = (results[place] for place in pair)
    signed = ((a - b) if up else (b - a) for a, b, up in zip(better, worse, upward, strict=True))
    return all(low_end(gain, rivals) > 0 for gain in signed)


def low_end(gains: Floats, rivals: int = 1) -> float:
    """Return the lower end of the interval of a mean gain, widened for a number of rivals; −inf where it has none."""
    known = gains[~np.isnan(gains)]
    if known.size < 2:
        return -math.inf
    half = (
        t_quantile(1.0 - WRONGLY_BEATEN / 2.0 / rivals, known.size - 1) * np.std(known, ddof=1) / math.sqrt(known.size)
    )
    return float(np.mean(known) - half)
