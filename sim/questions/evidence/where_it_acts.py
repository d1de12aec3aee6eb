"""Where inputs and effects act: sections of docs/model.md and rows of the effects table, from the one graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from sim.evidence.cards import load_cards
from sim.influences import factors, graph
from sim.scenario.check.reach import declared
from sim.scenario.describe import inputs

MODEL: Final = "docs/model.md"
SECTIONS: Final = MappingProxyType(
    {
        1: "Purpose",
        2: "Who and what",
        3: "Time",
        4: "Luck",
        5: "Burnout, satisfaction, role clarity, recovery",
        6: "Hazards",
        7: "Vacancies and hires",
        8: "Pay",
        9: "Service and billing",
        10: "Cost of a month (cents, one ledger line a kind at k+1)",
        11: "Sources, in braiding order",
        12: "Employer decisions (from time 0 on, if `rules.enforce`)",
        13: "Promotions",
        14: "What is written down",
    }
)
BORN_IN_MODEL: Final[Mapping[str, str]] = MappingProxyType(  # causes that no input sets → what they are
    {name: graph.factor(name).about for name in factors.FACTORS if name in factors.BORN_IN_MODEL}
)


@cache
def factors_of_card(key: str) -> tuple[str, ...]:
    """Return the factors that the inputs of an evidence key enter; none where they are words for the reader."""
    entered = (
        name
        for one in inputs()
        if one.evidence == key and not one.path.startswith("effects.<")
        for name in graph.entered(declared(one))
    )
    return tuple(dict.fromkeys(entered))


def sections_of_card(key: str) -> tuple[int, ...]:
    """Return the sections of docs/model.md in which an input acts; none where it is words for the reader."""
    return graph.sections_of(factors_of_card(key))


@cache
def causes_of_card(key: str, holding: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the causes of the effects table that an input moves before a loop closes, while conditions hold."""
    return tuple(one for one in graph.causes_moved(factors_of_card(key), holding) if one not in BORN_IN_MODEL)


def sections_of_outcome(outcome: str) -> tuple[int, ...]:
    """Return the sections in which an effect on an outcome acts."""
    return graph.factor(outcome).sections


def cards_of_cause(cause: str) -> tuple[str, ...]:
    """Return the evidence keys of the inputs that move a cause."""
    return tuple(key for key in load_cards() if cause in causes_of_card(key))
