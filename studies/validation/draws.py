"""Draw the effects table within its ranges, as the natural experiments are run under."""

from __future__ import annotations

from typing import Final

from sim.evidence.effects import Effect, load_effects
from sim.runs.futures import draws
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
    """Return the value below which an effect lies with a chance."""
    return draws.triangular(effect.low, effect.effect, effect.high, uniform)


def by_cause(effects: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return effects that are not the table's as a scenario overrides them: cause → outcome → effect."""
    table = load_effects()
    changed: dict[str, dict[str, float]] = {}
    for key, value in effects.items():
        if value != table[key].effect:
            cause, outcome = key.split(".")
            changed.setdefault(cause, {})[outcome] = value
    return changed
