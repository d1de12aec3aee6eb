"""Draw the effects table within its ranges: triangular, the table's own value the most likely."""

from __future__ import annotations

import math
from typing import Final

from sim.evidence.effects import Effect, load_effects
from sim.streams import UNIFORMS, Luck

DRAWS = 40
SEED: Final = 20_260_102
BAND: Final = (0.05, 0.95)


def drawn_effects(number: int) -> dict[str, float]:
    """Return effects by key: the table itself for number 0, a draw from its ranges for any other."""
    effects = load_effects()
    if number == 0:
        return {key: effect.effect for key, effect in effects.items()}
    rows = -(-len(effects) // len(UNIFORMS))
    uniforms = Luck(SEED, number).decisions(0, 0, rows).ravel().tolist()
    return {key: triangular(effect, one) for (key, effect), one in zip(effects.items(), uniforms, strict=False)}


def triangular(effect: Effect, uniform: float) -> float:
    """Return the value below which a triangular distribution over an effect's range has a chance."""
    low, likely, high = effect.low, effect.effect, effect.high
    if low == high:
        return likely
    turn = (likely - low) / (high - low)
    if uniform <= turn:
        return low + math.sqrt(uniform * (high - low) * (likely - low))
    return high - math.sqrt((1.0 - uniform) * (high - low) * (high - likely))


def by_cause(effects: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return effects that are not the table's as a scenario overrides them: cause → outcome → effect."""
    table = load_effects()
    changed: dict[str, dict[str, float]] = {}
    for key, value in effects.items():
        if value != table[key].effect:
            cause, outcome = key.split(".")
            changed.setdefault(cause, {})[outcome] = value
    return changed
