"""The inputs and effects that enter a measure's calculation directly, before any feedback loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.influences import graph
from sim.questions.evidence.where_it_acts import factors_of_card


@dataclass(frozen=True)
class DirectInputs:
    """Name what enters a measure: evidence keys, outcomes of the effects table, sections of the model."""

    cards: tuple[str, ...]
    outcomes: tuple[str, ...]
    sections: tuple[int, ...]

    def effect_keys(self) -> list[str]:
        """Return the effects on the outcomes."""
        return [key for key, effect in load_effects().items() if effect.outcome in self.outcomes]


@cache
def direct_inputs(measure: str) -> DirectInputs:
    """Return what stands next to a measure; KeyError when nobody has said."""
    near = graph.factors_entering(measure)
    return DirectInputs(
        cards=tuple(key for key in load_cards() if not near.isdisjoint(factors_of_card(key))),
        outcomes=graph.outcomes_beside(measure),
        sections=graph.sections_of(graph.factors_of_measure(measure)),
    )


def measures_of_card(key: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an input stands next to."""
    return [measure for measure in measures if key in direct_inputs(measure).cards]


def measures_of_outcome(outcome: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an outcome of the effects table stands next to."""
    return [measure for measure in measures if outcome in direct_inputs(measure).outcomes]
