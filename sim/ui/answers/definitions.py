"""Lead from a result's name to what it means, where its number stands."""

from __future__ import annotations

from functools import cache

from sim.questions.compare.three_numbers import LABELS
from sim.results.measures.table import MEASURES, measure_of
from sim.ui import state
from sim.ui.texts import plain


@cache
def key_of(label: str) -> str | None:
    """Return the measure that a label stands for; None where it is not a measure's."""
    known = {one.label: key for key, one in MEASURES.items()} | {told: key for key, told in LABELS.items()}
    return known.get(label)


def linked(label: str) -> str:
    """Return a label as Markdown that leads to its card, in a tab of its own; as it is where it is not a measure's."""
    key = key_of(label)
    return plain(label) if key is None else f"[{plain(label)}]({card_of(key)})"


def card_of(key: str) -> str:
    """Where a measure is explained: the address of its card on the page Evidence."""
    return f"evidence?{state.EVIDENCE}={measure_of(key).key}"


def meaning(label: str) -> str | None:
    """Return what a result means, as Markdown; None where the label is not a measure's."""
    key = key_of(label)
    return None if key is None else plain(MEASURES[key].definition)
