"""The decision in columns: base and alternatives side by side, in the same rows whatever an alternative changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.questions.compare.budget_text import events, years_of
from sim.results.blocks import Floats
from sim.results.budget import lowest_cash
from sim.results.measures.table import measure_of
from sim.results.spreads import ranged, spread_between
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Alternative, Answer, Case
from sim.words.differences import on_its_side, verdict_in_futures
from sim.words.money import month_told
from sim.words.numbers import NONE, short
from sim.words.ranges import IN_EVERY_RUN, mean_told, span

UNSEEN: Final = "no difference seen"
SAME: Final = "the same"
USD: Final = "USD"
CASH: Final = "cash_end_usd"  # in whose unit the lowest cash is
RISK, CLOSURE = "chance_of_missing_payroll", "chance_of_closure"

# What is told of each: in words that need no glossary, in the order in which a decision is made.
KEEPING: Final = {
    "retention_12_months": "Hired: there a year later",
    "retention_in_post_12_months": "In post: there a year later",
    "exits_per_year.voluntary": "Peers who quit a year",
    "layoffs_per_year": "Peers laid off a year",
}
WORK: Final = {
    "headcount": "Peers in post",
    "mean_wage_usd_per_hour": "Mean wage, an hour",
    "hours_delivered_per_year": "Client-hours a year",
}
PAYERS: Final = {
    "spending_federal_usd_per_year": "Federal government",
    "spending_state_usd_per_year": "State",
    "spending_county_usd_per_year": "County",
    "spending_other_usd_per_year": "Other payers",
}
RESULT: Final = {"cost_usd_per_year": "Cost a year", "margin_usd_per_year": "Margin a year"}
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

    def told(self) -> tuple[str, str, str, str]:
        """The cell as columns of a row: value, change, range, and what it comes to."""
        return self.value, self.change, self.inside, self.sure or self.verdict


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
        Group("Who pays, a year", tuple(line for line in _measured(answer, PAYERS) if _any(answer, line.key))),
        Group("The employer's money", (*_measured(answer, RESULT), *_lowest(answer), *_risks(answer))),
    ]


def keys_told() -> frozenset[str]:
    """The measures that the decision's rows tell."""
    return frozenset(KEEPING | WORK | PAYERS | RESULT | RISKS)


def _measured(answer: Answer, keys: dict[str, str]) -> tuple[Line, ...]:
    known = answer.base.values
    return tuple(_line(answer, key, label) for key, label in keys.items() if key in known)


def _line(answer: Answer, key: str, label: str) -> Line:
    unit = measure_of(key).unit
    first = Cell(short(answer.base.measures[key].mean, unit))
    return Line(label, (first, *(_cell(one, key) for one in answer.alternatives)), key)


def _cell(one: Alternative, key: str) -> Cell:
    compared, unit = one.measures[key], measure_of(key).unit
    told = short(compared.alternative.mean, unit)
    if compared.difference.mean is None:
        return Cell(told)
    if compared.verdict == "no change":
        return Cell(told, SAME)
    verdict = compared.verdict if compared.verdict in ("better", "worse") else ""
    cell = _changed(told, compared.told, unit, verdict or "", futures=compared.spread is not None)
    return replace(cell, sure=verdict_in_futures(key, compared))


def _changed(told: str, difference: Estimate, unit: str, verdict: str = "", *, futures: bool = False) -> Cell:
    if not difference.excludes_zero and not futures:
        return Cell(told, UNSEEN)
    inside = span(difference, unit, signed=True, brief=True)
    if difference.low == difference.high and not futures:
        inside = IN_EVERY_RUN
    for ending in (" pt", " %", " SD", " months"):  # the change beside it has the unit
        inside = inside.removesuffix(ending)
    return Cell(told, mean_told(difference, unit, signed=True, brief=True), inside, verdict)


def _any(answer: Answer, key: str) -> bool:
    return any(case.measures[key].mean for case in answer.cases)


# what no mean tells: when cash is lowest, and by when payroll is missed ---------------------------------------------


def _lowest(answer: Answer) -> Iterator[Line]:
    if not all(case.books for case in answer.cases):
        return
    base, *others = answer.cases
    first = Cell(short(lowest_cash(base.books).mean, USD))
    yield Line(LOWEST, (first, *(_lowest_of(case, base, answer) for case in others)))
    years = years_of(answer)
    yield Line(
        f"  {WHEN_LOWEST}", tuple(Cell(month_told(lowest_cash(case.books).typical, years)) for case in answer.cases)
    )


def _lowest_of(case: Case, base: Case, answer: Answer) -> Cell:
    difference = estimate(_lows(case) - _lows(base), within=answer.within)
    spread = spread_between(CASH, _lows(base), _lows(case)) if answer.over_futures else None
    told = short(lowest_cash(case.books).mean, USD)
    cell = _changed(told, ranged(difference, spread), USD, futures=spread is not None)
    return cell if spread is None else replace(cell, sure=on_its_side(spread, difference.mean, ("better", "worse")))


def _lows(case: Case) -> Floats:
    return np.asarray(case.books["cash"].min(axis=1))


def _risks(answer: Answer) -> Iterator[Line]:
    yield _line(answer, RISK, RISKS[RISK])
    if all(case.books for case in answer.cases):
        months = [events(case)["first_short"].typical for case in answer.cases]
        if any(month is not None for month in months):
            years = years_of(answer)
            told = [NONE if month is None else month_told(month, years) for month in months]
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
