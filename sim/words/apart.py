"""Two numbers that a reader takes for one: who left and whose post was lost, cash below zero and payroll missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sim.results.measures.table import measure_of
from sim.runs.answer import Answer, Case
from sim.scenario.timeline import plans
from sim.words.futures import whose_chance
from sim.words.keeping import AT_SAME_TENURE, named
from sim.words.layout import listed
from sim.words.numbers import value

MATERIAL: Final = 0.1  # of the leavers
FAR_APART: Final = 0.05  # of the runs
MISSED, BELOW = "chance_of_missing_payroll", "chance_of_negative_cash"
NOT_YET: Final = "Cash below zero is not yet payroll missed"


def lost_posts_line(answer: Answer, names: Mapping[str, str] | None = None) -> str:
    """Return how many of the leavers of the same tenure lost their posts; nothing where they are few everywhere.

    Args:
        answer: the answer.
        names: what scenarios are called, by name; left out, the base as such and alternatives by their titles.
    """
    told = [(case, *_leavers(case, answer)) for case in answer.cases]
    if not any(all_ and lost >= MATERIAL * all_ for _, all_, lost in told):
        return ""
    unit, several = measure_of(AT_SAME_TENURE).unit, len(told) > 1
    parts = [
        f"{value(lost, unit)} of {value(all_, unit)}" + f" in {_called(case, answer, names)}" * several
        for case, all_, lost in told
        if all_
    ]
    return (
        f"Of leavers per 100 at the same tenure, {listed(parts)} are layoffs and closings rather than people leaving "
        "by choice or let go."
    )


def _leavers(case: Case, answer: Answer) -> tuple[float, float]:
    """Return leavers of the same tenure, and those of them who lost their posts, as the decision's rows have them."""
    keys = (AT_SAME_TENURE, measure_of(AT_SAME_TENURE).leaving)
    compared = next((one.measures for one in answer.alternatives if one.case is case), None)
    found = [
        (compared[key].alternative.mean if compared else case.measures[key].mean) if key in case.values else None
        for key in keys
    ]
    if found[0] is None or found[1] is None:
        return 0.0, 0.0
    return found[0], max(0.0, found[0] - found[1])


def _called(case: Case, answer: Answer, names: Mapping[str, str] | None) -> str:
    if names:
        return names[case.name]
    return "the base" if case is answer.base else named(case, answer)


def short_of_cash_line(answer: Answer, names: Mapping[str, str] | None = None) -> str:
    """Return why cash is below zero more often than payroll is missed; nothing where both are about as frequent.

    Args:
        answer: the answer.
        names: what scenarios are called, by name; left out, the base as such and alternatives by their titles.
    """
    several, runs = len(answer.cases) > 1, "futures" if answer.settings.unknowns else "runs"
    parts = [
        f"in {value(below, 'share')} of the {whose_chance(case.loaded.scenario, runs)}"
        + f" of {_called(case, answer, names)}" * several
        + f", and payroll is missed in {value(missed, 'share')}"
        for case in answer.cases
        for below, missed in [(case.measures[BELOW].mean or 0.0, case.measures[MISSED].mean or 0.0)]
        if below - missed >= FAR_APART
    ]
    if not parts:
        return ""
    return f"{NOT_YET}: {met_from(answer)}. Cash is below zero at some month's end {'; '.join(parts)}."


def met_from(answer: Answer) -> str:
    """Return what payroll is met from in the scenarios of an answer; figures where all of them have the same."""
    rules = [rules for case in answer.cases for rules in _rules(case)]
    limits, days = {one[0] for one in rules}, {one[1] for one in rules}
    due = f"within {days.pop():,.0f} days" if len(days) == 1 else "soon"
    if limits == {0.0}:
        return f"payroll is met from cash and money due {due}, together"
    credit = f"the credit limit of {value(limits.pop(), 'USD')}" if len(limits) == 1 else "the credit limit"
    return f"payroll is met from cash, money due {due} and {credit}, together"


def _rules(case: Case) -> Iterator[tuple[float, float]]:
    """Yield credit limit (USD) and days within which money is due, of every employer at every date."""
    for plan in plans(case.loaded.scenario):
        for _, own in plan.epochs:
            yield own.rules.credit_limit_usd, own.rules.receivable_days
