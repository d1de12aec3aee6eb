"""Pick the few measures that changed most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim.results.measures.table import MEASURES, Measure, measure_of
from sim.runs.answer import Alternative
from sim.words.keeping import AT_SAME_TENURE
from sim.words.numbers import is_hourly, is_money

MOST = 12
KEEPING = ("retention_12_months", "retention_in_post_12_months", AT_SAME_TENURE)
COST = "cost_usd_per_year"
SMALLEST = {"share": 0.1, "per 100 filled posts a year": 10.0, "points from 1 to 5": 0.53}  # what counts as one


class Compared(Protocol):
    """Whatever holds comparisons: an answer, or a pair of its alternatives."""

    @property
    def alternatives(self) -> Sequence[Alternative]:
        """Return what is compared with one and the same scenario."""


def picked(answer: Compared) -> list[str]:
    """Return the headline measures with a detectable difference, in the order of the table.

    Those that judge whether people are kept are always among them, then come those that changed most.
    """
    headlines = [measure for measure in MEASURES.values() if measure.headline]
    scores = {measure.key: max(_score(measure, one) for one in answer.alternatives) for measure in headlines}
    seen = (key for key in scores if scores[key] > 0)
    changed = sorted(seen, key=lambda key: (key not in KEEPING, -scores[key]))[:MOST]
    return [key for key in MEASURES if key in changed]


def undetected(answer: Compared, besides: list[str]) -> list[str]:
    """Return the headline measures in which no alternative differs detectably from what it is compared with."""
    return [
        measure.key
        for measure in MEASURES.values()
        if measure.headline
        and measure.key not in besides
        and not any(one.measures[measure.key].detectable for one in answer.alternatives)
        and answer.alternatives[0].measures[measure.key].base.mean is not None
    ]


def _score(measure: Measure, one: Alternative) -> float:
    """Return how far a measure moved against its own size; 0 where that cannot be told from luck."""
    compared = one.measures[measure.key]
    if not compared.detectable or compared.difference.mean is None:
        return 0.0
    sides = [abs(side.mean or 0.0) for side in (compared.base, compared.alternative)]
    scale = max(*sides, SMALLEST.get(measure.unit, 0.0), _money_scale(measure, one))
    return abs(compared.difference.mean) / scale if scale else 0.0


def _money_scale(measure: Measure, one: Alternative) -> float:
    """Return a month's cost for amounts of money, so that a swing from little to less is not the largest change."""
    if not is_money(measure.unit) or is_hourly(measure.unit):
        return 0.0
    return abs(one.measures[measure_of(COST).key].base.mean or 0.0) / 12.0
