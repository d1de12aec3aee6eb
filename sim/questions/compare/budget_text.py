"""Write the budget of a scenario by fiscal year: for a terminal, for JSON, and as rows for other painters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.results.budget import TOTAL, Event, Line, budget_lines, event, lowest_cash
from sim.results.fiscal import FiscalYear, FiscalYears, fiscal_years
from sim.runs.answer import Answer, Case
from sim.units import MONTHS_PER_YEAR, month_text
from sim.words.futures import employers_of
from sim.words.layout import clipped, name_of_key, paragraph, table
from sim.words.money import month_told
from sim.words.numbers import short, value

UNIT: Final = "USD"
YEARS_AT_ONCE: Final = 6
NAME_WIDTH: Final = 36
AWARDS: Final = (
    "Of each award, what was carried from the year before and what is awarded (a twelfth of its year each month; in "
    "the first year what is left of before, too) is drawn, lapses or is carried, to the cent."
)
EVENTS: Final = {"first_short": "chance_of_missing_payroll", "closing": "chance_of_closure"}
HAPPENS: Final = (
    {
        "first_short": "Payroll cannot be met in {share} of runs, typically from {when} on.",
        "closing": "It closes in {share} of runs, typically in {when}.",
    },
    {  # where there are several employers, a chance is of those of all runs
        "first_short": "Of the employers of all runs, {share} cannot make payroll, typically from {when} on.",
        "closing": "Of the employers of all runs, {share} close, typically in {when}.",
    },
)
PAYERS: Final = {
    "federal": "federal government", "state": "the state", "county": "counties", "other": "other payers",
}  # fmt: skip


NAMES: Final = {
    ("source", TOTAL): "Money received",
    ("spent", TOTAL): "Cost",
    ("result", "margin"): "Margin",
    ("result", "cash_end"): "Cash at year's end",
}


def years_of(answer: Answer) -> FiscalYears:
    """Return the fiscal years of an answer."""
    return fiscal_years(answer.base.loaded.scenario)


def year_name(year: FiscalYear) -> str:
    """Return what a fiscal year is called: `FY 2028`, and where it is short how many of its months there are."""
    return f"FY {year.ends}" + ("" if year.whole else f" ({year.months} mo)")


def line_name(line: Line) -> str:
    """Return what a line of a budget is called; parts of a sum stand beneath it, set in."""
    if (line.part, line.name) in NAMES:
        return NAMES[line.part, line.name]
    words = name_of_key(line.name)
    if line.part == "award":
        what, _, award = words.partition(".")
        return f"{what.capitalize()}: {award}"
    return f"  paid by {PAYERS[line.name]}" if line.part == "payer" else f"  {words}"


def budget_text(case: Case, answer: Answer) -> str:
    """Return the budget of a scenario as tables and what they do not show; nothing where there are no books."""
    if not case.books:
        return ""
    years = years_of(answer)
    names, lines = [year_name(year) for year in years], budget_lines(case.books, years)
    tables = [
        _table(names[at : at + YEARS_AT_ONCE], lines, slice(at, at + YEARS_AT_ONCE))
        for at in range(0, len(names), YEARS_AT_ONCE)
    ]
    told = _told(case, years) + ([AWARDS] if any(line.part == "award" for line in lines) else [])
    return "\n\n".join([*tables, paragraph(" ".join(told), "  ")])


def budgets_side_by_side(answer: Answer) -> str:
    """Return the first and the worst fiscal year of every scenario, and its lowest cash; nothing without books."""
    years = list(years_of(answer))
    rows = [row for case in answer.cases if case.books for row in _two_years(case, answer, years)]
    if not rows:
        return ""
    heading = ("Means of the runs", "Fiscal year", "Received", "Cost", "Margin", "Lowest cash", "Typically in")
    told = "The first fiscal year, and beneath it the whole one of the lowest margin; `peerstay run` shows all."
    return table(heading, rows) + "\n\n" + paragraph(told, "  ")


def _two_years(case: Case, answer: Answer, years: Sequence[FiscalYear]) -> list[tuple[str, ...]]:
    """Return the rows of a scenario: its first fiscal year with its name, its worst with its lowest cash."""
    means = {(line.part, line.name): line.means for line in budget_lines(case.books, years_of(answer))}
    nothing = [0.0] * len(years)  # a line that is zero throughout is left out of a budget
    sums = [means.get(key, nothing) for key in (("source", TOTAL), ("spent", TOTAL), ("result", "margin"))]
    whole = [at for at, year in enumerate(years) if year.whole] or list(range(len(years)))
    worst, low = min(whole, key=lambda at: sums[2][at]), lowest_cash(case.books)
    first, last = ((year_name(years[at]), *(short(usd[at], UNIT) for usd in sums)) for at in (0, worst))
    cash = short(low.mean, UNIT), month_told(low.typical, years_of(answer))
    return [(case.name, *first, *cash), ("  worst", *last, "", "")]


def budget_line(case: Case, answer: Answer) -> str:
    """Return margins by fiscal year and the lowest cash of a scenario with books in one line."""
    years = years_of(answer)
    margin = next(line for line in budget_lines(case.books, years) if line.name == "margin")
    told = [f"{short(usd, UNIT)} in {year_name(year)}" for usd, year in zip(margin.means, years, strict=True)]
    low = lowest_cash(case.books)
    lowest = f"lowest cash {short(low.mean, UNIT)}, typically in {month_told(low.typical, years)}"
    return f"margin {', '.join(told)}; {lowest}"


def _table(names: list[str], lines: list[Line], at: slice) -> str:
    rows = [(clipped(line_name(line), NAME_WIDTH), *(short(usd, UNIT) for usd in line.means[at])) for line in lines]
    return table(("Means of the runs", *names), rows)


def _told(case: Case, years: FiscalYears) -> list[str]:
    """Return the lowest cash, and when payroll is typically missed and employers close."""
    low = lowest_cash(case.books)
    lead = "A fiscal year is called by the year it ends in; what falls on a month's end counts in that month."
    lowest = (
        f"Lowest cash at a month's end: {short(low.mean, UNIT)} on average, {short(low.low, UNIT)} to "
        f"{short(low.high, UNIT)} in nine of ten runs, typically in {month_told(low.typical, years)}."
    )
    told = [lead, lowest]
    words = HAPPENS[employers_of(case.loaded.scenario) > 1]
    told += [
        words[name].format(share=value(one.share, "share"), when=month_told(one.typical, years))
        for name, one in events(case).items()
        if one.typical is not None
    ]
    return told


def events(case: Case) -> dict[str, Event]:
    """Return how likely, and when, an employer first cannot make payroll, and closes."""
    return {name: event(case.books, name, case.measures[key].mean or 0.0) for name, key in EVENTS.items()}


def budget_shape(case: Case, answer: Answer) -> dict[str, Any]:
    """Return the budget for JSON; its keys are explained in docs/runs.md."""
    if not case.books:
        return {}
    years, low = years_of(answer), lowest_cash(case.books)
    happens = {
        name: {"chance": one.share, "typical_month": _month(one.typical, years)} for name, one in events(case).items()
    }
    return {
        "fiscal_years": [
            {
                "name": f"FY {year.ends}",
                "from": month_text(year.first),
                "to": month_text(year.last),
                "months": year.months,
                "whole": year.months == MONTHS_PER_YEAR,
            }
            for year in years
        ],
        "lines": [_line_shape(line) for line in budget_lines(case.books, years)],
        "lowest_cash": {
            "mean": low.mean,
            "p5": low.low,
            "p95": low.high,
            "typical_month": _month(low.typical, years),
        },
        "not_making_payroll": happens["first_short"],
        "closing": happens["closing"],
    }


def _line_shape(line: Line) -> dict[str, Any]:
    low, high = line.middle
    return {"part": line.part, "name": line.name, "unit": UNIT, "mean": line.means, "p5": low, "p95": high}


def _month(month: int | None, years: FiscalYears) -> str | None:
    return None if month is None else month_text(years.start + month)
