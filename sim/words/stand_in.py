"""Name measures of the living wage after what they are measured by where a rent stands in for one."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from sim.results.measures.table import label_of
from sim.scenario.files import Loaded
from sim.scenario.timeline import plans
from sim.scenario.yardsticks import stands_in

LABELS = MappingProxyType(
    {
        "share_below_living_wage": "Share below the housing wage (stand-in)",
        "wage_to_living_wage": "Wage over housing wage (stand-in)",
        "living_wage_gap_usd_per_year": "Gap to the housing wage (stand-in)",
    }
)
NAMES = MappingProxyType(
    {
        "living wage": "housing wage (stand-in)",
        "Living wage": "Housing wage (stand-in)",
    }
)


def told_label(key: str, everyone: Iterable[Loaded]) -> str:
    """Return the label of a measure in an answer; where no living wage was typed, it says what stands in for it."""
    whole, _, part = key.partition(".")
    if whole not in LABELS or not any(map(_rests_on_a_rent, everyone)):
        return label_of(key)
    return f"{LABELS[whole]}: {part.replace('_', ' ')}" if part else LABELS[whole]


def told_words(words: str, everyone: Iterable[Loaded]) -> str:
    """Return words about living wages, named after what stands in for one where none was typed."""
    if not any(map(_rests_on_a_rent, everyone)):
        return words
    for said, meant in NAMES.items():
        words = words.replace(said, meant)
    return words


def _rests_on_a_rent(loaded: Loaded) -> bool:
    return any(stands_in(tables.place) for plan in plans(loaded.scenario) for _, tables in plan.epochs)
