"""The decision in columns: base and alternatives side by side, in the same rows whatever an alternative changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.questions.compare.budget_text import events, years_of
from sim.results.blocks import Floats
from sim.results.budget import lowest_cash
from sim.results.fiscal import FiscalYears
from sim.results.measures.table import measure_of
from sim.results.spreads import Spread, ranged, spread_between
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Answer, Case
from sim.runs.paired import Paired
from sim.words import sentences
from sim.words.differences import on_its_side, verdict_in_futures
from sim.words.futures import OF_MEAN
from sim.words.keeping import AT_SAME_TENURE
from sim.words.layout import capitalized
from sim.words.money import month_told
from sim.words.numbers import NONE
from sim.words.ranges import IN_EVERY_RUN
from sim.words.rounding import Rounding, rounding_of
from sim.words.sentences import IN_POST, NEWCOMERS

UNSEEN: Final = "no difference seen"
SAME: Final = "the same"
USD: Final = "USD"
CASH: Final = "cash_end_usd"  # in whose unit the lowest cash is
MONTH_LETTERS: Final = 3
RISK, CLOSURE = "chance_of_missing_payroll", "chance_of_closure"

# What is told of each: in words that need no glossary, in the order in which a decision is made.
KEEPING: Final = {
    NEWCOMERS: measure_of(NEWCOMERS).label,
    IN_POST: "In post: kept 12 months",
    AT_SAME_TENURE: "Leavers per 100, same tenure",
    "exits_per_year.voluntary": "Peers who quit a year",
    "layoffs_per_year": "Peers laid off a year",
}
WORK: Final = {
    "headcount": "Peers in post",
    "mean_wage_usd_per_hour": "Mean wage, an hour",
    "hours_delivered_per_year": "Client-hours a year",
}
PAYERS: Final = {key: capitalized(name) for key, name in sentences.PAYERS.items()}
WHO_PAYS: Final = "Who pays, a year"
RESULT: Final = {
    "cost_usd_per_year": "Cost a year",
    "margin_usd_per_year": "Margin a year",
    "cash_end_usd": "Cash at the end",
}
RISKS: Final = {RISK: "Chance of not making payroll", CLOSURE: "Chance of closing"}
LOWEST, WHEN_LOWEST, WHEN_SHORT = "Lowest cash at a month's end", "typically in", "half of those by"


@dataclass(frozen=True)
class Cell:
    """What one scenario has in a row: its value, and of an alternative how it differs from the base."""

    value: str
    change: str = ""  # "+1.4 pt", or that no difference is seen
    inside: str = ""  # the range of the change
    verdict: str = ""  # better or worse, where one of the two is
    sure: str = ""  # in how many of 100 futures it lies on that side


@dataclass(frozen=True)
class Line:
    """One row of the decision, the base's cell first."""

    label: str
    cells: tuple[Cell, ...]
    key: str = ""  # of the measure


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    heading: str
    lines: tuple[Line, ...]


def decision(answer: Answer) -> list[Group]:
    """The decision's rows under their headings; payers who pay nothing anywhere are left out."""
    return [
        Group("Keeping people", _measured(answer, KEEPING)),
        Group("Work", _measured(answer, WORK)),
        payers(answer),
        Group("The employer's money", (*_measured(answer, RESULT), *_lowest(answer), *_risks(answer))),
    ]


def payers(answer: Answer) -> Group:
    """The rows of those who pay anything in any scenario."""
    return Group(WHO_PAYS, tuple(line for line in _measured(answer, PAYERS) if _any(answer, line.key)))


def keys_told() -> frozenset[str]:
    """The measures that the decision's rows tell."""
    return frozenset(KEEPING | WORK | PAYERS | RESULT | RISKS)


def _measured(answer: Answer, keys: dict[str, str]) -> tuple[Line, ...]:
    known = answer.base.values
    return tuple(_line(answer, key, label) for key, label in keys.items() if key in known)


def _line(answer: Answer, key: str, label: str) -> Line:
    return line_of(answer, key, label, [one.measures[key] for one in answer.alternatives])


def line_of(answer: Answer, key: str, label: str, compared: Sequence[Paired]) -> Line:
    """Return the row of a measure, of all employers or of some of them, compared in each alternative."""
    unit, first = measure_of(key).unit, compared[0].base.mean
    rows = _roundings(unit, first, [(one.alternative.mean, one.told) for one in compared], futures=answer.over_futures)
    cells = (_cell(one, key, rows[0], row) for one, row in zip(compared, rows[1:], strict=True))
    return Line(label, (Cell(rows[0].told(first)), *cells), key)


def _roundings(
    unit: str, base: float | None, others: Sequence[tuple[float | None, Estimate]], *, futures: bool
) -> tuple[Rounding, ...]:
    """Return how values are rounded, all of a row alike, and then each change.

    With one alternative all are alike, so that they add up; with several a small change of one needs digits of its own.
    """
    each = [rounding_of(unit, [base, value], [one] if futures or one.excludes_zero else []) for value, one in others]
    return (each[0] if len(each) == 1 else Rounding(unit), *each)


def _cell(compared: Paired, key: str, values: Rounding, row: Rounding) -> Cell:
    told = values.told(compared.alternative.mean)
    if compared.difference.mean is None:
        return Cell(told)
    if compared.verdict == "no change":
        return Cell(told, SAME)
    verdict = compared.verdict if compared.verdict in ("better", "worse") else ""
    cell = _changed(told, compared.told, row, verdict or "", futures=compared.spread is not None)
    marked = cell.inside + OF_MEAN * (compared.of_mean and bool(cell.inside))
    return replace(cell, inside=marked, sure=verdict_in_futures(key, compared))


def _changed(told: str, difference: Estimate, row: Rounding, verdict: str = "", *, futures: bool = False) -> Cell:
    if not difference.excludes_zero and not futures:
        return Cell(told, UNSEEN)
    inside = IN_EVERY_RUN if difference.low == difference.high and not futures else row.ends(difference)
    for ending in (" pt", " %", " SD", " months"):  # the change beside it has the unit
        inside = inside.removesuffix(ending)
    return Cell(told, row.told(difference.mean, signed=True), inside, verdict)


def _any(answer: Answer, key: str) -> bool:
    return any(case.measures[key].mean for case in answer.cases)


# what no mean tells: when cash is lowest, and by when payroll is missed ---------------------------------------------


def _lowest(answer: Answer) -> Iterator[Line]:
    if not all(case.books for case in answer.cases):
        return
    base, *others = answer.cases
    first = lowest_cash(base.books).mean
    lows = [_lower(case, base, answer) for case in others]
    rows = _roundings(USD, first, [(value, told) for value, told, _ in lows], futures=answer.over_futures)
    cells = (
        _lowest_of(rows[0].told(value), told, spread, row)
        for (value, told, spread), row in zip(lows, rows[1:], strict=True)
    )
    yield Line(LOWEST, (Cell(rows[0].told(first)), *cells))
    years = years_of(answer)
    yield Line(f"  {WHEN_LOWEST}", tuple(Cell(_month(lowest_cash(case.books).typical, years)) for case in answer.cases))


def _month(month: int, years: FiscalYears) -> str:
    """Return a month as `Mar 2029`, which leaves room for three alternatives."""
    name, year = month_told(month, years).split()
    return f"{name[:MONTH_LETTERS]} {year}"


def _lower(case: Case, base: Case, answer: Answer) -> tuple[float | None, Estimate, Spread | None]:
    """The lowest cash of an alternative, how it differs from the base's, and that over futures, if it is so asked."""
    difference = estimate(_lows(case) - _lows(base), within=answer.within)
    spread = spread_between(CASH, _lows(base), _lows(case)) if answer.over_futures else None
    return lowest_cash(case.books).mean, ranged(difference, spread), spread


def _lowest_of(told: str, difference: Estimate, spread: Spread | None, row: Rounding) -> Cell:
    cell = _changed(told, difference, row, futures=spread is not None)
    return cell if spread is None else replace(cell, sure=on_its_side(spread, difference.mean, ("better", "worse")))


def _lows(case: Case) -> Floats:
    return np.asarray(case.books["cash"].min(axis=1))


def _risks(answer: Answer) -> Iterator[Line]:
    yield _line(answer, RISK, RISKS[RISK])
    if all(case.books for case in answer.cases):
        months = [events(case)["first_short"].typical for case in answer.cases]
        if any(month is not None for month in months):
            years = years_of(answer)
            told = [NONE if month is None else _month(month, years) for month in months]
            yield Line(f"  {WHEN_SHORT}", tuple(map(Cell, told)))
    if _any(answer, CLOSURE):
        yield _line(answer, CLOSURE, RISKS[CLOSURE])


def rows_of_one(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """Rows for a table of one alternative: both values, the change, its range, the verdict."""
    return [
        row
        for group in groups
        if group.lines
        for row in (
            (group.heading, "", "", "", "", ""),
            *(
                (
                    f"  {line.label}",
                    line.cells[0].value,
                    after.value,
                    after.change,
                    after.inside,
                    after.sure or after.verdict,
                )
                for line in group.lines
                for after in line.cells[1:2]
            ),
        )
    ]


def rows_of_several(groups: Sequence[Group], chosen: Sequence[int]) -> list[tuple[str, ...]]:
    """Rows for a table of the base and some alternatives: the values, beneath them changes and ranges."""
    rows: list[tuple[str, ...]] = []
    for group in groups:
        if group.lines:
            rows.append((group.heading, "", *("" for _ in chosen)))
            rows += [row for line in group.lines for row in _rows_of(line, chosen)]
    return rows


def _rows_of(line: Line, chosen: Sequence[int]) -> Iterator[tuple[str, ...]]:
    cells = [line.cells[at] for at in chosen]
    yield (f"  {line.label}", line.cells[0].value, *(cell.value for cell in cells))
    for told in ([cell.change for cell in cells], [cell.inside for cell in cells], [cell.sure for cell in cells]):
        if any(told):
            yield ("", "", *told)
