"""Lay measures out as tables: one scenario, base against one alternative, base against several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from sim.questions.compare.decision import Group, decision, rows_of_one, rows_of_several
from sim.results.measures.table import FAMILIES, MEASURES, measure_of
from sim.results.spreads import Spread
from sim.results.summary import Estimate
from sim.runs.against import Pair
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import Paired
from sim.words.differences import verdict_in_futures
from sim.words.futures import OF_MEAN
from sim.words.keeping import AT_SAME_TENURE
from sim.words.layout import WIDTH, fits, paper, table, width
from sim.words.numbers import NONE, is_money
from sim.words.ranges import mean_told, span
from sim.words.rounding import Rounding, rounding_of
from sim.words.stand_in import told_label

PER_ALTERNATIVE = 18  # columns, at the least
ON_PAPER = 3  # alternatives side by side
DECISION = "Side by side"
BOTH_SIDES = ("Base", "Alternative")
One = TypeVar("One")
Laid = tuple[tuple[str, ...], list[tuple[str, ...]]]  # heading and rows
LARGE = 1e8  # USD; above, digits are too many for a table
VERDICTS = {"better": "better", "worse": "worse", "too close to call": "unclear", "no change": "same"}


def run_table(answer: Answer) -> str:
    """Return the headline measures of the base, by family."""
    return table(run_heading(answer), [(f"{label}{unit}", *told) for label, unit, *told in run_rows(answer.base)])


def run_heading(answer: Answer) -> tuple[str, ...]:
    """Return the heading of that table."""
    return "Measure", "Mean", range_headings(answer)[0]


def range_headings(answer: Answer) -> tuple[str, str]:
    """Return what stands above ranges, and above what they come to."""
    return ("Middle 90 %", "Of 100") if answer.over_futures else ("95 % range", "")


def run_rows(case: Case) -> list[tuple[str, ...]]:
    """Return the rows of that table: label, what its unit adds to it, mean, range."""
    keys = [
        key
        for family in FAMILIES
        for key, one in case.measures.items()
        if key in MEASURES and MEASURES[key].family == family and _told(key, one)
    ]
    told, spreads = case.told, case.spreads
    rows = ((key, _run_row(key, told[key], told_label(key, [case.loaded]))) for key in keys)
    return [(*row, f"{inside}{OF_MEAN * _of_mean(key, inside, spreads)}") for key, (*row, inside) in rows]


def _of_mean(key: str, inside: str, spreads: Mapping[str, Spread]) -> bool:
    """Whether a range is an interval of the mean, beside others that hold the middle 90 % of single futures."""
    return bool(spreads and inside and key not in spreads)


def _run_row(key: str, one: Estimate, label: str) -> tuple[str, ...]:
    unit = measure_of(key).unit
    if is_money(unit) and abs(one.mean or 0.0) >= LARGE:
        return label, _unit(label, unit), mean_told(one, unit, brief=True), range_of(key, one)
    return label, _unit(label, unit), mean_told(one, unit), span(one, unit)


def _told(key: str, one: Estimate) -> bool:
    """Whether a measure of one scenario is shown; the one at equal tenure would repeat another number here."""
    shown = MEASURES[key].headline or key in {"headcount", "exits_per_year", "billable_share"}
    return one.mean is not None and shown and key != AT_SAME_TENURE


def _unit(label: str, unit: str) -> str:
    """Return what a unit adds to a label that names what is counted: ` a year`."""
    yearly = " a year" if unit.endswith(" a year") else ""
    hourly = ", an hour" if "hour" not in label else ""
    return {"USD/hour": hourly, "points from 1 to 5": ", 1 to 5"}.get(unit, yearly)


def decision_tables(answer: Answer) -> list[str]:
    """Return the decision in columns; nothing where no alternative changes anything."""
    if all(one.changes_nothing for one in answer.alternatives):
        return []
    return grouped_tables(answer, DECISION, decision(answer))


def grouped_tables(answer: Answer, title: str, groups: Sequence[Group]) -> list[str]:
    """Return rows under headings, base and alternatives in columns."""
    places = range(1, len(answer.cases))
    of_one = (title, "Base", "Alternative", "Change", *range_headings(answer)), rows_of_one(groups)
    if len(places) == 1 and (fits(*of_one) or width() >= WIDTH):
        return [table(*of_one)]
    return _side_by_side(places, lambda chosen: _grouped(answer, title, groups, chosen))


def _grouped(answer: Answer, title: str, groups: Sequence[Group], chosen: Sequence[int]) -> Laid:
    names = ["Alternative"] if len(answer.alternatives) == 1 else [answer.cases[at].name for at in chosen]
    return (title, "Base", *names), rows_of_several(groups, chosen)


def _side_by_side(everyone: Sequence[One], lay: Callable[[Sequence[One]], Laid]) -> list[str]:
    """Return tables of as many alternatives each as have room side by side with nothing cut but names."""
    most = ON_PAPER if paper() else max(1, min(len(everyone), width() // PER_ALTERNATIVE))
    ways = ([lay(everyone[at : at + many]) for at in range(0, len(everyone), many)] for many in range(most, 0, -1))
    fitting = next((way for way in ways if paper() or all(fits(*one) for one in way)), None)
    return [table(*one) for one in fitting or map(lay, zip(everyone))]


def comparison_table(answer: Answer, keys: Sequence[str]) -> str:
    """Return how the picked measures differ from the base."""
    if not keys:
        return ""
    if len(answer.alternatives) == 1:
        return _one(answer.alternatives[0], keys, answer)
    return "\n\n".join(_side_by_side(answer.alternatives, lambda group: _several(group, keys, answer)))


def pair_table(pair: Pair, keys: Sequence[str]) -> str:
    """Return how the picked measures of one alternative differ from another's."""
    return _one(pair.second, keys, pair.answer, (pair.first.name, pair.second.case.name)) if keys else ""


def _one(one: Alternative, keys: Sequence[str], answer: Answer, sides: tuple[str, str] = BOTH_SIDES) -> str:
    heading = ("Measure", *sides, "Difference", *range_headings(answer))
    rows = [compared_row(key, one.measures[key], told_label(key, [one.case.loaded])) for key in keys]
    if fits(heading, rows) or width() >= WIDTH:
        return table(heading, rows)
    return table(*_several([one], keys, answer, sides[0]))


def compared_row(key: str, compared: Paired, label: str) -> tuple[str, ...]:
    """Return a measure's figure on both sides, its difference, and in two cells what range that has."""
    row = rounding_of(measure_of(key).unit, [compared.base.mean, compared.alternative.mean], [compared.told])
    return (
        label,
        row.told(compared.base.mean),
        row.told(compared.alternative.mean),
        row.told(compared.told.mean, signed=True),
        _marked(_bare(row.ends(compared.told)), compared),
        verdict_in_futures(key, compared) or VERDICTS.get(compared.verdict or "", compared.verdict or ""),
    )


def _several(group: Sequence[Alternative], keys: Sequence[str], answer: Answer, before: str = "Base") -> Laid:
    """Return heading and rows with a column for each alternative: its difference, and the range beneath."""
    heading = ("Difference from the base", before, *(one.case.name for one in group))
    rows: list[tuple[str, ...]] = []
    for key in keys:
        rows += _rows_of(key, group, futures=answer.over_futures)
    return heading, rows


def _rows_of(key: str, group: Sequence[Alternative], *, futures: bool) -> Iterator[tuple[str, ...]]:
    """The rows of one measure: differences, their ranges, and in how many futures they have that side."""
    measured = [one.measures[key] for one in group]
    label = told_label(key, [one.case.loaded for one in group])
    unit, base = measure_of(key).unit, measured[0].base.mean
    roundings = [_rounding(unit, one) for one in measured]
    first = roundings[0] if len(measured) == 1 else rounding_of(unit, [base], [])
    yield label, first.told(base), *map(_size, roundings, measured)
    yield (
        "",
        "",
        *(
            _marked(_bare(row.ends(one.told)), one) if one.detectable else ""
            for one, row in zip(measured, roundings, strict=True)
        ),
    )
    if futures:
        yield "", "", *(verdict_in_futures(key, one) if one.detectable else "" for one in measured)


def _rounding(unit: str, one: Paired) -> Rounding:
    return rounding_of(unit, [one.base.mean], [one.told] if one.detectable else [])


def _size(row: Rounding, compared: Paired) -> str:
    """Return how large a difference is, or that it cannot be told from random variation."""
    if compared.detectable:
        return row.told(compared.told.mean, signed=True)
    if compared.difference.mean is None:
        return NONE
    return "the same" if compared.same else "none detectable"


def _marked(inside: str, compared: Paired) -> str:
    return f"{inside}{OF_MEAN}" if inside and compared.of_mean else inside


def range_of(key: str, one: Estimate, *, signed: bool = False) -> str:
    """Return the range of a figure in few characters."""
    return _bare(span(one, measure_of(key).unit, signed=signed, brief=True))


def _bare(inside: str) -> str:
    """Return a range without the unit that the value beside it has."""
    for ending in (" %", " pt", " SD", " months"):  # the value beside it has the unit
        inside = inside.removesuffix(ending)
    return inside
