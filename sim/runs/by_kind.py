"""Compare what came of each kind of employer of a portfolio: who gains by a change, and who loses."""

from __future__ import annotations

from collections.abc import Sequence

from sim.results.blocks import Sums
from sim.results.kinds.sums import kinds_of, told_of
from sim.results.measures.table import measure_of
from sim.results.spreads import own_values
from sim.results.summary import Values, value_of
from sim.runs.paired import Paired, paired

Sides = tuple[Values, Values | None]  # values over replications, and of futures what each shows by itself
Kinds = dict[str, Sides]  # by name, in the order of the portfolio
KindsCompared = dict[str, dict[str, Paired]]


def told_of_kinds(everyone: Sequence[Sums], *, futures: bool) -> list[Kinds]:
    """Return the measures of each kind in each scenario, the base first; nothing where there is one kind."""
    told = told_of(everyone)
    return [{name: _sides(own, told, futures=futures) for name, own in kinds_of(sums).items()} for sums in everyone]


def _sides(sums: Sums, told: Sequence[str], *, futures: bool) -> Sides:
    values = {key: value_of(measure_of(key), sums) for key in told}
    return values, own_values(values, sums) if futures else None


def kinds_compared(base: Kinds, other: Kinds, comparisons: int) -> KindsCompared:
    """Return the measures of each kind beside the base's.

    Args:
        base: measures of the base.
        other: measures of the alternative.
        comparisons: alternatives; the intervals of all kinds in all of them hold together with 95 % (Bonferroni).
    """
    return {name: _compared(sides, other[name], comparisons * len(base)) for name, sides in base.items()}


def _compared(base: Sides, other: Sides, comparisons: int) -> dict[str, Paired]:
    own = None if base[1] is None or other[1] is None else (base[1], other[1])
    return paired(base[0], other[0], comparisons, own)
