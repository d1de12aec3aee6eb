"""Measure what common random numbers are worth: the variance of a difference, without and with them."""

from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from bench.figures import Effort, Figure, Measured, at_least, number
from bench.report import ROOT
from sim.model.engine.run import BlockResult, simulate
from sim.results.measures.table import MEASURES
from sim.results.summary import value_of
from sim.results.sums import gather
from sim.scenario.files import load
from sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

BASE = ROOT / "scenarios" / "pa_fee_for_service.toml"
WAGE_USD_PER_HOUR = 24.0
RAISES = {20: 1.20, 5: 1.05}
BARS = {20: 5, 5: 20}
TURNOVER = MEASURES["separations_per_100_posts_year"]
SEED, AT_ONCE, RESAMPLES = 20_261, 250, 2_000
RICH = ("rules.opening_cash_usd = 1e8",)  # a raise that no rule has to answer to
AS_IT_IS = ()


def scenarios(sets: tuple[str, ...]) -> list[Scenario]:
    """Return the library's employer of 40 posts, and the same with each raise."""
    wages = (WAGE_USD_PER_HOUR, *(WAGE_USD_PER_HOUR * raised for raised in RAISES.values()))
    return [load(BASE, [f"pay.wage_usd_per_hour = {wage}", *sets]).scenario for wage in wages]


@cache
def turnovers(sets: tuple[str, ...], replications: int) -> dict[int, tuple[Floats, Floats]]:
    """Return turnover before and after each raise, one value a replication, on common random numbers."""
    everyone = scenarios(sets)
    base, *raised = everyone
    parts: list[list[Floats]] = []
    for first in range(0, replications, AT_ONCE):
        results = simulate(base, raised, range(first, min(first + AT_ONCE, replications)), SEED)
        parts.append([_turnover(blocks, own, base) for blocks, own in zip(results, everyone, strict=True)])
    before, *after = (np.concatenate(values) for values in zip(*parts, strict=True))
    return {percent: (before, values) for percent, values in zip(RAISES, after, strict=True)}


def _turnover(blocks: list[BlockResult], scenario: Scenario, base: Scenario) -> Floats:
    return value_of(TURNOVER, gather(blocks, scenario, base))


def variance_ratio(before: Floats, after: Floats) -> float:
    """Return the variance of the difference with independent seeds over that with common ones.

    With independent seeds the two variances add, so no second run is needed to know their sum.
    """
    return float((before.var(ddof=1) + after.var(ddof=1)) / (after - before).var(ddof=1))


def interval(before: Floats, after: Floats) -> tuple[float, float]:
    """Return a 95 % bootstrap interval of the ratio, replications drawn with replacement."""
    drawn = np.random.default_rng(SEED).integers(before.size, size=(RESAMPLES, before.size))
    low, high = np.quantile([variance_ratio(before[rows], after[rows]) for rows in drawn], (0.025, 0.975))
    return float(low), float(high)


def measure_luck(percent: int, effort: Effort) -> Measured:
    """Measure the ratio for a raise, on an employer whose money never runs out, and remark on the library's own."""
    replications = 100 if effort.quick else 1_000
    before, after = turnovers(RICH, replications)[percent]
    low, high = interval(before, after)
    poor = turnovers(AS_IT_IS, replications)[percent]
    spread = f"SD of the difference {number((after - before).std(ddof=1), 3)} per 100 posts a year"
    note = (
        f"95 % {number(low, 3)} to {number(high, 3)}; {spread}; pa_fee_for_service, rules on, 100 million USD of cash; "
        f"with its own 450,000 USD, which the raise uses up, {number(variance_ratio(*poor), 3)} ×"
    )
    return Measured(variance_ratio(before, after), "×", f"n = {replications:,} replications of 40 posts", note)


FIGURES = tuple(
    Figure(
        f"model.luck.wage{percent}",
        f"turnover's variance, independent ÷ common random numbers, wage +{percent} %",
        f"≥ {bar} ×",
        at_least(bar),
        partial(measure_luck, percent),
    )
    for percent, bar in BARS.items()
)
