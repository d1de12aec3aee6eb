"""Say of the tables of a rate what a reader would stumble over: two names, and a mean beside its range."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from sim.questions.rate.columns import ADDED, ALL, CHANGED, DIFFERENCES, LINES, PRICED, SIMULATED, Column
from sim.questions.rate.lines import PARTS_IN_WORDS, STAFFING_IN_WORDS
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.tables import HOURLY, change_in_words
from sim.words.layout import listed
from sim.words.numbers import value

HALF: Final = 0.5
CENTS, DIGITS = 2, 3  # as amounts of money, and other amounts, are printed
WHY: Final = (
    "A mean is worked out of the sums of all futures, in which futures that pay more hours, and those that lie far "
    "out, count for more; the range is of single futures, each by its own sums."
)


def remarks(study: RateStudy) -> dict[str, list[str]]:
    """Return what is to be said below each table, by the kind of amount it holds; JSON holds the same."""
    apart = {kind: list(_apart(study, kind)) for kind in (LINES, ADDED, CHANGED, SIMULATED)}
    return apart | {CHANGED: [*_moved(study), *apart[CHANGED]]}


def _moved(study: RateStudy) -> Iterator[str]:
    """Yield how what turnover adds comes from the base's amount to a scenario's."""
    base = study.columns[0].turnover[ALL].mean
    for one in study.columns[1:]:
        own, priced, moved = one.turnover[ALL].mean, one.difference[PRICED].mean, one.difference[ALL].mean
        if base is None or own is None or priced is None or moved is None:
            continue
        yield (
            f"{one.name}: turnover adds {value(own, HOURLY)} in place of {value(base, HOURLY)}: the base's turnover "
            f"at these prices {value(priced, HOURLY, signed=True)}, its own over the base's "
            f"{value(moved, HOURLY, signed=True)}."
        )
    if len(study.columns) > 1:
        yield "Figures are rounded one by one, so parts may miss their sum by a cent."


def _apart(study: RateStudy, kind: str) -> Iterator[str]:
    """Yield which means lie outside the range beside them, or on another side of zero than most futures, and why."""
    keys = {
        LINES: {"rate": "Rate of a unit"},
        ADDED: {key: PARTS_IN_WORDS[key] for key in study.columns[0].turnover},
        CHANGED: {key: change_in_words(key) for key in DIFFERENCES},
        SIMULATED: {key: words for key, (words, _) in STAFFING_IN_WORDS.items()},
    }[kind]
    outside, turned = list[str](), list[str]()
    for one, (key, words) in product(study.columns, keys.items()):
        if _is_outside(one, kind, key):
            outside.append(f"“{words}” ({one.name})")
        elif kind == CHANGED and _is_turned(one, key):
            turned.append(f"“{words}” ({one.name})")
    if outside:
        yield f"The mean lies outside the range of single futures: {listed(outside)}. {WHY}"
    if turned:
        yield f"Most single futures have another sign than the mean: {listed(turned)}. {WHY}"


def _is_outside(one: Column, kind: str, key: str) -> bool:
    """Whether a mean lies outside the range beside it, as both are printed."""
    spread, found = one.spreads.get(kind, {}).get(key), getattr(one, kind).get(key)
    if spread is None or spread.low is None or spread.high is None or found is None or found.mean is None:
        return False
    digits = DIGITS if kind == SIMULATED else CENTS
    return not round(spread.low, digits) <= round(found.mean, digits) <= round(spread.high, digits)


def _is_turned(one: Column, key: str) -> bool:
    """Whether most futures lie on the other side of zero than the mean of a change, where that is not $0.00."""
    spread, found = one.spreads.get(CHANGED, {}).get(key), one.difference.get(key)
    mean = found.mean if found is not None else None
    if spread is None or mean is None or round(mean, CENTS) == 0.0:
        return False
    return ((spread.above if mean < 0 else spread.below) or 0.0) > HALF
