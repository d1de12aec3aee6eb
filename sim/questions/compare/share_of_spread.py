"""Say how much of the spread over futures comes from what is not known, and how much is left to random variation.

A future has its own draws and its own random numbers, so no pair of futures shows either alone. What the assumptions
account for is the share of the variance of the order over futures that the orders of all drawn assumptions explain
together in a regression, adjusted for their number (adjusted R²): random numbers go with no assumption. The rest is
random variation, and what assumptions do only together or in a bend; crossed draws tell these apart
(`peerstay uncertainty`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.questions.compare.decision import CASH, KEEPING
from sim.questions.compare.find_out import Floats, over_futures, ranks
from sim.results.measures.table import measure_of
from sim.runs.answer import Answer
from sim.runs.futures.rows import drawn_in
from sim.words.as_json import Shape
from sim.words.layout import listed

TOLD: Final[tuple[str, ...]] = ("retention_12_months", "hours_delivered_per_year", CASH)  # people, service, money
FREEDOM: Final = 50  # futures beyond the number of assumptions, with fewer of which nothing is told


def shares_from_assumptions(answer: Answer) -> dict[str, dict[str, float]]:
    """Return by alternative, or of the base alone, and by measure the share of the spread that assumptions explain.

    Nothing where assumptions are taken as known, and of measures that hardly differ or with too few futures.
    """
    question = answer.settings.futures
    if question is None:
        return {}
    every, drawn = over_futures(answer), drawn_in(question, range(answer.settings.replications))
    orders = [ranks(values) for values in drawn.values() if np.ptp(values) > 0.0]
    found = {
        name: {key: share for key in TOLD if key in of and (share := explained(of[key], orders)) is not None}
        for name, of in every.items()
    }
    return {name: shares for name, shares in found.items() if shares}


def explained(values: Floats, orders: Sequence[Floats]) -> float | None:
    """Return the adjusted share of the variance of the order of some values that other orders explain, 0 to 1.

    None where futures are too few beside the orders, or the values are alike.
    """
    defined = np.isfinite(values)
    number = int(defined.sum())
    if not orders or number < len(orders) + FREEDOM or np.ptp(values[defined]) == 0.0:
        return None
    own = ranks(values[defined])
    known = np.column_stack([np.ones(number), *(one[defined] for one in orders)])
    fitted, _, rank, _ = np.linalg.lstsq(known, own, rcond=None)
    left = float(np.sum((own - known @ fitted) ** 2)) / (number - rank)
    return float(np.clip(1.0 - left / float(own.var(ddof=1)), 0.0, 1.0))


def spread_lines(answer: Answer, names: Mapping[str, str] | None = None) -> list[str]:
    """Return a line of each alternative, or of the base alone; named where there are several, by `names` if given."""
    found = shares_from_assumptions(answer)
    several = len(answer.alternatives) > 1
    return [
        f"{names[name] if names else name}: {_line(shares)}" if several else _line(shares)
        for name, shares in found.items()
    ]


def shares_shape(answer: Answer) -> Shape:
    """Return the shares for JSON, by alternative and measure; nothing where assumptions are taken as known."""
    found = shares_from_assumptions(answer)
    return {"share_of_spread_from_assumptions": found} if found else {}


def _line(shares: dict[str, float]) -> str:
    told = [f'{100 * share:.0f} % for "{KEEPING.get(key, measure_of(key).label)}"' for key, share in shares.items()]
    return (
        f"All drawn assumptions account for about this much of how futures differ: {listed(told)}. The rest is random "
        "variation, and what assumptions do only in combination."
    )
