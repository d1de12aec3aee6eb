"""Measure a result: a value for each replication, and its mean with a 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.results.blocks import Block, Floats, Sums
from sim.results.books import without_books
from sim.results.intervals import ROUNDING, Share, chance_of, correlation, difference_ends, share_of
from sim.results.measures.formulas import pseudo_values
from sim.results.measures.measure import REPLACING
from sim.results.measures.table import MEASURES, Measure, measure_of
from sim.results.student import t_quantile
from sim.results.sums import gather
from sim.scenario.schema import Scenario

Values = dict[str, Floats]  # key → one value a replication, NaN where undefined

WITHIN = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over n replications and its t interval, of 95 % unless said otherwise; None where it is undefined."""

    mean: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def always_zero(self) -> bool:
        """Whether it is 0 in every run, as a difference of what is the same there."""
        return self.mean == self.low == self.high == 0.0


NOTHING = Estimate(None, None, None, 0)


def together(comparisons: int) -> float:
    """Return how much chance each of several intervals has to hold the truth so that all do with 95 % (Bonferroni)."""
    return 1.0 - (1.0 - WITHIN) / max(1, comparisons)


def estimate(
    values: Floats, lowest: float | None = None, highest: float | None = None, within: float = WITHIN
) -> Estimate:
    """Return mean and t interval of the values that are defined; ends beyond what is possible are moved to it."""
    known = values[np.isfinite(values)]
    if not known.size:
        return NOTHING
    mean = _held(float(np.mean(known)), lowest, highest)
    if known.size == 1:
        return Estimate(mean, None, None, 1)
    half = t_quantile((1.0 + within) / 2.0, known.size - 1) * float(np.std(known, ddof=1)) / math.sqrt(known.size)
    low, high = mean - half, mean + half
    low = low if lowest is None else min(mean, max(low, lowest))
    high = high if highest is None else max(mean, min(high, highest))
    return Estimate(mean, low, high, int(known.size))


def _held(mean: float, lowest: float | None, highest: float | None) -> float:
    """Return a mean without the rounding that would carry it beyond what is possible."""
    return min(math.inf if highest is None else highest, max(-math.inf if lowest is None else lowest, mean))


def estimate_of(key: str, values: Floats, within: float = WITHIN) -> Estimate:
    """Return the estimate of a measure; of a chance or a share of people with an interval that cannot collapse.

    A share of time, as of months vacant, is no yes or no: where every run has the same, nothing varied.
    """
    measure = measure_of(key)
    if not measure.is_share or (measure.of_time and _alike(values)):
        return estimate(values, measure.lowest, measure.highest, within)
    return share_estimate(values, within, chance=measure.is_chance)


def share_estimate(values: Floats, within: float = WITHIN, *, chance: bool = False) -> Estimate:
    """Return a share, or a chance, and its score interval (`sim.results.intervals`)."""
    known = values[np.isfinite(values)]
    if known.size < 2:
        return estimate(known, 0.0, 1.0)
    share = _share(known, within, chance=chance)
    return Estimate(share.mean, share.low, share.high, int(known.size))


def difference_of(key: str, base: Floats, other: Floats, within: float = WITHIN) -> Estimate:
    """Return how a measure differs from the base's, run by run: the t interval of the differences.

    A difference of chances has the hybrid score interval instead, which has a width though no run differs, and so has a
    difference of shares that is one and the same in every run because both are at an end, such as 0 and 1.
    """
    measure, both = measure_of(key), np.isfinite(base) & np.isfinite(other)
    plain = estimate(other[both] - base[both], within=within)
    settled = measure.is_share and not measure.of_time and plain.mean != 0.0 and plain.low == plain.high
    if plain.mean is None or plain.n < 2 or not (measure.is_chance or settled):
        return plain
    before, after = (_share(values[both], within, chance=measure.is_chance) for values in (base, other))
    shared = correlation(base[both], other[both], math.sqrt(before.trials * after.trials))
    ends = difference_ends(before, after, shared)
    return Estimate(plain.mean, *ends, plain.n)


def _alike(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return bool(known.size and np.ptp(known) <= ROUNDING)


def _share(values: Floats, within: float, *, chance: bool) -> Share:
    return chance_of(values, within) if chance else share_of(values, within)


def measure_all(blocks: Sequence[Block], scenario: Scenario, base: Scenario | None = None) -> Values:
    """Return every measure of a scenario's result, one value a replication in the order of their numbers."""
    return values_of(gather(blocks, scenario, base))


def values_of(sums: Sums) -> Values:
    """Return every measure that can be made from sums, in the order of the table, parts after the whole."""
    values, sums = Values(), without_books(sums)
    for key, measure in MEASURES.items():
        values[key] = value_of(measure, sums)
        for part in parts(measure, sums):
            values[f"{key}.{part}"] = value_of(measure, _part(sums, part))
    return values


def value_of(measure: Measure, sums: Sums) -> Floats:
    """Return one measure, one value a replication."""
    if measure.how == "mean":
        return np.asarray(measure.formula(sums), dtype=np.float64)
    return pseudo_values(measure.formula, sums)


def value_at(key: str, sums: Sums) -> Floats:
    """Return the measure, or the part of one, that a key names, one value a replication."""
    part = key.partition(".")[2]
    return value_of(measure_of(key), _part(sums, part) if part else sums)


def row_value_at(key: str, sums: Sums) -> Floats:
    """Return the measure, or the part of one, of each row of sums by itself; of a ratio the row's own, NaN for none."""
    part = key.partition(".")[2]
    return np.asarray(measure_of(key).formula(_part(sums, part) if part else sums), dtype=np.float64)


def parts(measure: Measure, sums: Sums) -> tuple[str, ...]:
    """Return the parts that a measure is told by; one household type or rung alone is no part."""
    if measure.by == "cause":
        return CAUSES
    if measure.by == "destination":
        return DESTINATIONS
    if measure.by == "cost":
        return REPLACING
    if measure.by == "rung":
        return _several(_named("lived_on_rung.", sums))
    return _several(sorted(_named("peers.", sums))) if measure.by == "household" else ()


def _named(start: str, sums: Sums) -> list[str]:
    return [name.removeprefix(start) for name in sums if name.startswith(start)]


def _several(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) > 1 else ()


def _part(sums: Sums, part: str) -> Sums:
    """Return the sums with those of a part in the place of the whole."""
    ending = f".{part}"
    return sums | {name.removesuffix(ending): values for name, values in sums.items() if name.endswith(ending)}
