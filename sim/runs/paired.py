"""Compare an alternative with the base, replication by replication: both use the same random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from sim.results.blocks import Floats
from sim.results.measures.table import Measure, measure_of
from sim.results.spreads import FEWEST, Spread, ranged, spread_between
from sim.results.summary import NOTHING, Estimate, Values, difference_of, estimate_of, together

IN_POST: Final = "headcount"
Verdict = Literal["better", "worse", "higher", "lower", "too close to call", "no change"]


@dataclass(frozen=True)
class Paired:
    """One measure of base and alternative, and their difference (alternative less base).

    `p_better` is the share of replications in which the alternative is better, ties counting half; None for a measure
    of which neither side is better. Of a measure found over all replications together, the replications' jackknife
    pseudo-values are compared. The verdict is None when the measure is undefined on either side.
    """

    base: Estimate
    alternative: Estimate
    difference: Estimate
    p_better: float | None
    verdict: Verdict | None
    spread: Spread | None = None  # of single futures; None where assumptions are taken as known, or futures are few
    in_futures: bool = False  # whether differences beside it have a range of single futures
    neutral: bool = False  # better only because fewer are laid off, of fewer in post: told without a verdict

    @property
    def detectable(self) -> bool:
        """Whether the interval of the difference excludes zero."""
        return self.difference.excludes_zero

    @property
    def of_mean(self) -> bool:
        """Whether its range is an interval of the mean, beside others that hold the middle 90 % of single futures."""
        return self.in_futures and not _has_band(self.spread)

    @property
    def same(self) -> bool:
        """Whether both sides are the same in every replication."""
        alike = self.spread is not None and self.spread.below == self.spread.above == 0.0
        return self.verdict == "no change" or alike

    @property
    def told(self) -> Estimate:
        """Return the difference with the range that is told: of single futures where there are any."""
        return ranged(self.difference, self.spread)


def paired(
    base: Values, alternative: Values, comparisons: int = 1, own: tuple[Values, Values] | None = None
) -> dict[str, Paired]:
    """Return the comparison of every measure that both have, or one of them.

    Args:
        base: values of the base.
        alternative: values of the alternative.
        comparisons: alternatives that are compared with the base; for each measure the intervals of their
            differences hold together with 95 % (Bonferroni), and verdicts follow them.
        own: of futures, the values that each has by itself, of the base and of the alternative.
    """
    keys = [*base, *(key for key in alternative if key not in base)]
    told = {key: _compared(key, base.get(key), alternative.get(key), together(comparisons)) for key in keys}
    told |= {key: _without_verdict(key, one) for key, one in told.items() if _spares_layoffs_alone(key, told)}
    return told if own is None else {key: _spread(key, one, *own) for key, one in told.items()}


def _spread(key: str, one: Paired, before: Values, after: Values) -> Paired:
    if key not in before or key not in after:
        return one
    return replace(one, spread=spread_between(key, before[key], after[key]), in_futures=before[key].size >= FEWEST)


def _has_band(spread: Spread | None) -> bool:
    return spread is not None and spread.low is not None


def _spares_layoffs_alone(key: str, told: Mapping[str, Paired]) -> bool:
    """Whether people are kept only because fewer are laid off, where fewer are in post: slow hiring does that too."""
    measure, here = measure_of(key), told[key].difference.mean
    kept, in_post = told.get(measure.leaving), told.get(IN_POST)
    if not measure.leaving or here is None or kept is None or in_post is None:
        return False
    fewer = in_post.detectable and (in_post.difference.mean or 0.0) < 0
    return fewer and kept.verdict != "better" and (here > 0) == (measure.direction == "higher") and here != 0


def _without_verdict(key: str, one: Paired) -> Paired:
    sides: dict[str | None, Verdict] = {"better": "higher" if measure_of(key).direction == "higher" else "lower"}
    return replace(one, verdict=sides.get(one.verdict, one.verdict), p_better=None, neutral=True)


def _compared(key: str, base: Floats | None, alternative: Floats | None, within: float) -> Paired:
    before, after = (NOTHING if values is None else estimate_of(key, values) for values in (base, alternative))
    if base is None or alternative is None:
        return Paired(before, after, NOTHING, None, None)
    differences = alternative - base
    difference = difference_of(key, base, alternative, within)
    measure = measure_of(key)
    return Paired(before, after, difference, p_better(measure, differences), verdict(measure, differences, difference))


def p_better(measure: Measure, differences: Floats) -> float | None:
    """Return the share of replications that are better, ties half."""
    known = differences[~np.isnan(differences)]
    if measure.direction == "neither" or not known.size:
        return None
    gains = known if measure.direction == "higher" else -known
    return float(np.mean(gains > 0) + 0.5 * np.mean(gains == 0))


def verdict(measure: Measure, differences: Floats, difference: Estimate) -> Verdict | None:
    """Return what the difference comes to in a word."""
    if difference.mean is None:
        return None
    if not np.any(differences[~np.isnan(differences)]):
        return "no change"
    if not difference.excludes_zero:
        return "too close to call"
    rises = difference.mean > 0
    if not measure.has_verdict:
        return "higher" if rises else "lower"
    return "better" if rises == (measure.direction == "higher") else "worse"
