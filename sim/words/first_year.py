"""Whether the first year's money can cover its cost, and what a dollar of raise costs; known before any run."""

from __future__ import annotations

from typing import Any, Final

from sim.results.on_paper.first_year import FirstYear, first_year, raise_costs
from sim.scenario.schema import Scenario
from sim.scenario.tables.funding import grants_of
from sim.scenario.tables.funding.grant import award_ends
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR, month_number, month_text
from sim.words.layout import listed, name_of_key
from sim.words.numbers import value
from sim.words.sentences import month_name

COVERED: Final = 0.95  # of the first year's cost: below it, that it is not covered is told by itself
BY_WORK: Final = ("fee_for_service", "prospective")  # kinds of money that follow what is done
IDEAL = "all posts filled at the entry wage, all certified, at full output"
ASSUMED = f"no forecast: {IDEAL}; a run counts vacancies and newcomers"


def first_year_lines(scenario: Scenario) -> list[str]:
    """Return the first year's budget in a line, and what a raise costs in another."""
    return [_budget(first_year(scenario), scenario), _raise(scenario)]


def not_covered(scenario: Scenario) -> str:
    """Return that money coming in does not carry the first year, and what would change it; nothing where it does."""
    year = first_year(scenario)
    if year.covered >= COVERED:
        return ""
    until = f"; {_lasts(year.lasts, scenario)}" if year.lasts else ""
    kinds = {source.kind for plan in plans(scenario) for source in plan.epochs[0][1].funding.values()}
    by_work = ["the rate", "which work may be billed and how much of it peers do"] if kinds & set(BY_WORK) else []
    award = [] if "grant" in kinds else ["a grant or another source for the rest"]
    more = ["the amount of the award"] if "grant" in kinds else []
    inputs = [*by_work, *award, *more, "fewer posts", "a lower cost of a post"]
    choice = f"{', '.join(inputs[:-1])} or {inputs[-1]}"
    return (
        f"Money coming in covers only {100.0 * year.covered:.0f} % of what the first year costs, even with {IDEAL}"
        f"{until}. Nothing here says how the rest is paid. What would change it: {choice}; more cash at the start or a "
        "credit limit only puts it off."
    )


def _budget(year: FirstYear, scenario: Scenario) -> str:
    short = len(year.cost) < MONTHS_PER_YEAR
    span = f"first {len(year.cost)} months" if short else "first year"
    told = f"{span}: costs {value(sum(year.cost), 'USD')}, brings {value(sum(year.brings), 'USD')}"
    ends = "".join(f"; {_award_in_words(*one, scenario.horizon.months)}" for one in first_ends(scenario))
    return f"{told}: {_verdict(year, scenario)} ({ASSUMED}){ends}"


def first_ends(scenario: Scenario) -> list[tuple[str, str, int]]:
    """Return name, last month and its place in the projection of each award that ends first within it.

    Of an award of several kinds of employers the earliest end is returned. One that ends as the projection does is
    left out: nothing of the projection is without it.
    """
    start, months = month_number(scenario.horizon.start), scenario.horizon.months
    found: dict[str, int] = {}
    for plan in plans(scenario):
        for name, grant in grants_of(plan.epochs[0][1].funding).items():
            if ends := award_ends(grant, start, months - 1):
                found[name] = min(ends[0], found.get(name, months))
    return [(name, month_text(start + end - 1), end) for name, end in found.items()]


def _award_in_words(name: str, last: str, place: int, months: int) -> str:
    return f"{name_of_key(name)} runs through {month_name(last)}, month {place} of {months}, unless renewed"


def _verdict(year: FirstYear, scenario: Scenario) -> str:
    covered = f"on paper covered to {100.0 * year.covered:.0f} %"
    if year.lasts is None:
        return covered if year.covered >= 1.0 else f"{covered}, the rest from cash and credit"
    late = f", for money comes later than payroll: {covered}" if year.covered >= 1.0 else ""
    return f"{_lasts(year.lasts, scenario)}{late}"


def _lasts(month: int, scenario: Scenario) -> str:
    """Return until when cash and credit last, of the first month that cannot be paid."""
    if month == 0:
        return "cash and credit do not last the first month"
    return f"cash and credit last through {month_name(_month(month - 1, scenario))}"


def _month(month: int, scenario: Scenario) -> str:
    return month_text(month_number(scenario.horizon.start) + month)


def _raise(scenario: Scenario) -> str:
    """Return what a dollar of raise costs at the start; of several kinds of employers, of the first."""
    kinds = plans(scenario)
    parts = raise_costs(kinds[0].epochs[0][1])
    whose = f" at {kinds[0].name}" if len(kinds) > 1 else ""
    named = [f"${usd:.2f} {kind}" for kind, usd in parts.items()]
    return f"a raise of $1.00 an hour costs ${sum(parts.values()):.2f} an hour paid{whose}: {listed(named)}"


def first_year_shape(scenario: Scenario) -> dict[str, Any]:
    """Return the same for JSON: USD by month, the first month that cannot be paid, what a dollar of raise costs."""
    year = first_year(scenario)
    return {
        "assumption": ASSUMED,
        "cost_usd_by_month": list(year.cost),
        "brings_usd_by_month": list(year.brings),
        "cash_and_credit_usd": year.at_hand,
        "covered_share": year.covered,
        "awards_end": [{"source": name, "last": last, "month": place} for name, last, place in first_ends(scenario)],
        "cannot_pay_from": None if year.lasts is None else _month(year.lasts, scenario),
        "raise_of_one_usd_costs": raise_costs(plans(scenario)[0].epochs[0][1]),
    }
