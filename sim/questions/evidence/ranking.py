"""What stands next to a measure, in the order in which it matters.

Where it has been measured how far each input moves the measure (data/sensitivity.toml), those it moves beyond random
variation come first, the farthest first. The rest follow by their distance in the influence graph, the weakest evidence
first among those equally near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sim.evidence.cards import load_cards
from sim.evidence.drivers import load_drivers
from sim.evidence.effects import load_effects
from sim.influences import graph
from sim.questions.evidence.trace import find
from sim.questions.evidence.where_it_acts import factors_of_card


@dataclass(frozen=True)
class Ranked:
    """A card or an effect next to a measure."""

    key: str
    steps: int  # from the measure in the influence graph; 0 where it enters what is measured itself
    moves: float | None  # the measure, over its range, in the measure's unit; None where that is not known


def ranked_cards(measure: str, keys: Sequence[str]) -> list[Ranked]:
    """Return cards in the order in which they matter to a measure."""
    moved = _moved(measure)
    found = [Ranked(key, _steps(measure, factors_of_card(key)), moved.get(key)) for key in keys]
    grades = {key: card.grade for key, card in load_cards().items()}
    return sorted(found, key=lambda one: (-(one.moves or 0.0), one.steps, -ord(grades[one.key]), one.key))


def ranked_effects(measure: str, keys: Sequence[str]) -> list[Ranked]:
    """Return effects in the order in which they matter to a measure; of those equally near, the largest first."""
    moved, rows = _moved(measure), load_effects()
    found = [Ranked(key, _steps(measure, [rows[key].outcome]), moved.get(key)) for key in keys]
    return sorted(found, key=lambda one: (-(one.moves or 0.0), one.steps, -abs(rows[one.key].effect), one.key))


def _steps(measure: str, factors: Iterable[str]) -> int:
    near = graph.steps(factors)
    return min((near[name] for name in graph.factors_of_measure(measure) if name in near), default=len(near))


@cache
def _moved(measure: str) -> dict[str, float]:
    """Return how far the inputs of each card move a measure, the farthest of them, where random variation does less."""
    found: dict[str, float] = {}
    for one in load_drivers().by_measure.get(measure, ()):
        if one.told_apart:
            key = find(one.path).key
            found[key] = max(one.size, found.get(key, 0.0))
    return found
