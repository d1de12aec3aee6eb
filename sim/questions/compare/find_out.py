"""Find, and say in words, the assumptions that move an answer most: what to find out before deciding.

Every future draws all assumptions anew, so the futures of an answer show which of them a difference goes with, and,
where nothing is compared, which of them the projection itself goes with. Both are put in order over the futures, and
the order of the one is held against the order of the other (Spearman's rank correlation): a single extreme future moves
no order, and what rises and falls again is not told by its ends. What is told of either end is the mean of the futures
there, so it is never outside what was seen. With no relation at all a correlation as strong has a chance by Student's
t; it is told only where that chance, times the number of assumptions and measures looked at, is below 5 % (Bonferroni).

Where the sign depends on an assumption, its worth is told: by how much more a choice of base or alternative would bring
on average that is made knowing it (expected value of perfect parameter information, by this measure alone). The
difference expected at a value is a regression on a line and a parabola, drawn in so that its spread is no wider than
what it explains of futures it was not fitted to (adjusted R²).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.questions.compare.decision import CASH, KEEPING, RISK, RISKS
from sim.results.measures.measure import Measure
from sim.results.measures.table import measure_of
from sim.results.student import t_quantile
from sim.results.summary import Estimate
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.futures.draws import terms
from sim.runs.futures.rows import Question, drawn_in
from sim.runs.futures.unknowns import Unknown
from sim.words.as_json import Shape
from sim.words.differences import words_for
from sim.words.inputs import name_in_words, value_in_words
from sim.words.ranges import mean_told, size_in_words

Floats = NDArray[np.float64]

TITLE = "What to find out first"
LOOKED_AT: Final = (*KEEPING, "hours_delivered_per_year", "margin_usd_per_year", CASH)
OF_ONE: Final = (*LOOKED_AT, RISK)  # a chance is of one scenario: between two it differs in too few futures
BY_CHANCE: Final = 0.05  # of any assumption being told of an alternative though none moves it
END: Final = (
    0.2  # of the futures, with the lowest and with the highest draws of an assumption, at which its ends are told
)
MOST: Final = 3  # of an alternative
FEWEST: Final = 25  # futures: five at an end


@dataclass(frozen=True)
class End:
    """What is expected at one value of an assumption, a difference or the measure itself, with its 95 % interval."""

    value: float
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Mover:
    """An assumption that moves a difference, or one scenario's own measure."""

    unknown: Unknown
    key: str  # of the measure
    share: float  # of the variance of the order over futures
    ends: tuple[End, End]  # among the futures with the lowest and with the highest draws
    futures: int
    worth: float | None  # of knowing it before choosing, in the measure's unit; None where neither side is better

    @property
    def decides_the_sign(self) -> bool:
        """Whether the difference lies on one side of zero at one end, and surely on the other at the other."""
        low, high = self.ends
        return (low.high < 0.0 < high.low) or (high.high < 0.0 < low.low)


def most_moving(answer: Answer) -> dict[str, list[Mover]]:
    """Return by alternative the assumptions that move what it changes most, by the base itself where it is alone.

    None where assumptions are taken as known.
    """
    question = answer.settings.futures
    if question is None:
        return {}
    moved = over_futures(answer)
    known = drawn_in(question, range(answer.settings.replications)) if any(moved.values()) else {}
    return {name: _most(of, question, known) for name, of in moved.items()}


def over_futures(answer: Answer) -> dict[str, dict[str, Floats]]:
    """Return what is looked at by future: of each alternative its differences, of a base alone its own measures."""
    base = answer.base
    return {one.case.name: _gains(one, base) for one in answer.alternatives} or {base.name: _levels(base)}


def _gains(one: Alternative, base: Case) -> dict[str, Floats]:
    before, after = base.own, one.case.own
    if before is None or after is None:
        return {}
    return {key: after[key] - before[key] for key in LOOKED_AT if key in before and key in after}


def _levels(base: Case) -> dict[str, Floats]:
    return {key: base.own[key] for key in OF_ONE if key in base.own} if base.own is not None else {}


def _most(of: dict[str, Floats], question: Question, known: dict[str, Floats]) -> list[Mover]:
    """Return the movers of some measures, each assumption once, with the measure that it explains best."""
    found: dict[str, Mover] = {}
    for key, values in of.items():
        for mover in movers(key, values, question.unknowns, known, looked_at=len(of)):
            best = found.get(mover.unknown.path)
            found[mover.unknown.path] = mover if best is None or mover.share > best.share else best
    return sorted(found.values(), key=lambda mover: -mover.share)[:MOST]


def movers(
    key: str, gain: Floats, unknowns: Sequence[Unknown], drawn: dict[str, Floats], looked_at: int = 1
) -> Iterator[Mover]:
    """Yield the assumptions that a difference, or a measure, goes with beyond chance.

    Args:
        key: of the measure.
        gain: the difference or the measure in every future, NaN where it is undefined.
        unknowns: the assumptions.
        drawn: their values in every future, by address.
        looked_at: measures among which these are sought.
    """
    defined = np.isfinite(gain)
    number, own = int(defined.sum()), gain[defined]
    if number < FEWEST or np.ptp(own) == 0.0:
        return
    ordered = ranks(own)
    enough = t_quantile(1.0 - BY_CHANCE / (2.0 * len(unknowns) * looked_at), number - 2) ** 2
    least = enough / (enough + number - 2)
    for unknown in unknowns:
        values = drawn[unknown.path][defined]
        if np.ptp(values) > 0.0:
            share = float(np.corrcoef(ranks(values), ordered)[0, 1]) ** 2
            if share > least:
                yield Mover(
                    unknown, key, share, _ends(values, own), number, _worth(measure_of(key), unknown, values, own)
                )


def ranks(values: Floats) -> Floats:
    """Return the places of values in their order, the mean place of those that are alike."""
    _, place, alike = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(alike) - (alike - 1) / 2.0)[place], dtype=np.float64)


def _worth(measure: Measure, unknown: Unknown, values: Floats, own: Floats) -> float | None:
    """Return E max(expected difference, 0) − max(mean difference, 0), the better side up."""
    if measure.direction == "neither":
        return None
    gain = own if measure.direction == "higher" else -own
    line = np.column_stack((np.ones(gain.size), terms(unknown, values)))
    fitted = line @ np.linalg.lstsq(line, gain, rcond=None)[0] - gain.mean()
    explained = float(fitted.var() / gain.var())
    adjusted = max(0.0, 1.0 - (1.0 - explained) * (gain.size - 1) / (gain.size - line.shape[1]))
    expected = gain.mean() + fitted * (adjusted / explained) ** 0.5
    return max(0.0, float(np.maximum(expected, 0.0).mean() - max(gain.mean(), 0.0)))


def _ends(values: Floats, own: Floats) -> tuple[End, End]:
    """Return what came out in the futures with the lowest draws of an assumption, and with the highest."""
    order, many = np.argsort(values, kind="stable"), round(END * values.size)
    low, high = (_end(values[there], own[there]) for there in (order[:many], order[-many:]))
    return low, high


def _end(values: Floats, own: Floats) -> End:
    mean, half = float(own.mean()), t_quantile(0.975, own.size - 1) * float(own.std(ddof=1)) / own.size**0.5
    return End(float(np.median(values)), mean, mean - half, mean + half)


# in words ------------------------------------------------------------------------------------------------------------


def find_out_lines(answer: Answer, names: Mapping[str, str] | None = None) -> list[str]:
    """Return a line for each assumption that moves an alternative most; named where there are several.

    Args:
        answer: the answer.
        names: what alternatives are called, by name; left out, by their files.
    """
    several = len(answer.alternatives) > 1
    tell = _moved if answer.alternatives else _at
    return [
        f"{names[name] if names else name}: {_line(mover, tell)}" if several else _line(mover, tell)
        for name, found in most_moving(answer).items()
        for mover in found
    ]


def find_out_shape(answer: Answer) -> Shape:
    """Return by alternative the assumptions that move it most; nothing where assumptions are taken as known."""
    found, what = most_moving(answer), "difference" if answer.alternatives else "expected"
    told = {name: [_shape(one, what) for one in movers] for name, movers in found.items()}
    return {"find_out_first": told} if told else {}


def _shape(one: Mover, what: str) -> Shape:
    ends = [{"value": end.value, what: end.expected, "low": end.low, "high": end.high} for end in one.ends]
    return {
        "path": one.unknown.path,
        "grade": one.unknown.grade,
        "measure": one.key,
        "share_explained": one.share,
        "ends": ends,
        "futures": one.futures,
    } | ({"decides_the_sign": one.decides_the_sign, "evppi": one.worth} if what == "difference" else {})


def _line(one: Mover, tell: Callable[[str, End], str]) -> str:
    path, measure = one.unknown.path, measure_of(one.key)
    label = (KEEPING | RISKS).get(one.key, measure.label)
    name = name_in_words(path.split("."))
    ends = ", ".join(f"{tell(one.key, end)} where it is about {_value(end.value, one.unknown)}" for end in one.ends)
    share = f"{100 * one.share:.0f} %"
    told = f'{name} ({path}, grade {one.unknown.grade}) explains {share} of how "{label}" differs by future: {ends}.'
    if tell is _moved and one.decides_the_sign:
        told += f" Which way the change goes depends on it{_worth_told(one)}."
    return told if _is_general(one) else f"{told} State your own to narrow the answer."


def _worth_told(one: Mover) -> str:
    if not one.worth:
        return ""
    size = size_in_words(measure_of(one.key), Estimate(one.worth, one.worth, one.worth, 2))
    return f": who knew it before choosing would come out better by {size} on average, by this measure alone"


def _is_general(one: Mover) -> bool:
    """Whether an assumption is about people everywhere, which no organization can look up for itself."""
    return one.unknown.posterior or one.unknown.path.startswith("effects.")


def _moved(key: str, end: End) -> str:
    if end.low <= 0.0 <= end.high:
        return "no change seen"
    more, less = words_for(key)
    size = size_in_words(measure_of(key), Estimate(end.expected, end.low, end.high, 2))
    return f"{size} {more if end.expected > 0 else less}"


def _at(key: str, end: End) -> str:
    """Return what a measure comes to at an end."""
    return mean_told(Estimate(end.expected, end.low, end.high, 2), measure_of(key).unit)


def _value(number: float, one: Unknown) -> str:
    return value_in_words(float(f"{number:.2g}"), one.unit)
