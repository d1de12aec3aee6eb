"""Look at constraints future by future: in how many they are met, and how far what they ask of is spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.questions.solve.constraints import Wish, is_yes_no
from sim.results.blocks import Floats, Sums
from sim.results.measures.table import measure_of
from sim.results.spreads import FEWEST, Spread, middle, spread_of
from sim.results.summary import row_value_at

SURELY: Final = 0.9  # of futures, of which an answer that holds on average says what it would take


@dataclass(frozen=True)
class InFutures:
    """What single futures show of a value: each by its own value of a measure, beside the base's in the same future.

    `met` is the share of those futures in which all constraints hold together; None where a constraint is on a chance,
    which a single future of one employer has not. A future in which a measure has no value is left out, as `compare`
    leaves it out. `bands` hold the middle 90 % of what each constraint is judged by.
    """

    met: float | None
    bands: tuple[Spread | None, ...]


def in_futures(wishes: Sequence[Wish], sums: Sums, base: Sums) -> InFutures | None:
    """Return what single futures show; None of too few of them."""
    values = [(row_value_at(wish.key, sums), row_value_at(wish.key, base)) for wish in wishes]
    margins = [wish.margins(*pair) for wish, pair in zip(wishes, values, strict=True)]
    if margins[0].size < FEWEST:
        return None
    chance = _on_a_chance(wishes, base)
    bands = [_band(wish, own, gaps) for wish, (own, _), gaps in zip(wishes, values, margins, strict=True)]
    return InFutures(None if chance else _met(wishes, margins), tuple(bands))


def _on_a_chance(wishes: Sequence[Wish], base: Sums) -> bool:
    """Whether a constraint is on a chance that a single future of one employer has not."""
    return float(base["employers"][0]) == 1.0 and any(is_yes_no(wish.key) for wish in wishes)


def _met(wishes: Sequence[Wish], margins: Sequence[Floats]) -> float | None:
    known = np.isfinite(margins).all(axis=0)
    holds = [gaps > 0 if wish.strict else gaps >= 0 for wish, gaps in zip(wishes, margins, strict=True)]
    return float(np.all(holds, axis=0)[known].mean()) if known.sum() >= FEWEST else None


def _band(wish: Wish, own: Floats, margins: Floats) -> Spread | None:
    """Return the middle of a measure, or of its margin where it is judged beside the base."""
    if not wish.factor:
        return spread_of(wish.key, own)
    return None if measure_of(wish.key).is_chance else middle(margins)
