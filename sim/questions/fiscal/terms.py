"""Read from a scenario what a fiscal note must state: the federal share of each source by date, and ends of awards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.scenario.schema import Scenario
from sim.scenario.tables.funding import grants_of
from sim.scenario.tables.funding.grant import Grant, first_award
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import month_number, month_text


@dataclass(frozen=True)
class Match:
    """The payer and federal share of a source from one month on."""

    source: str
    since: str  # month, YYYY-MM
    federal_share: float
    payer: str  # of the rest


@dataclass(frozen=True)
class Award:
    """When a grant's first award ends within the projection, and what ends with it, summed over all employers.

    Amount, posts and chance are those in force in its last month, after dated changes.
    """

    source: str
    last: str  # its last month, YYYY-MM
    usd_per_year: float
    posts: int
    renewal_chance: float
    fates: dict[str, float]  # share of employers in the runs that met each of the FATES; they add up to 1


def matches_of(scenario: Scenario) -> tuple[Match, ...]:
    """Return the federal share of every source, again for each month in which it or the payer changes."""
    found: dict[Match, None] = {}
    for plan in plans(scenario):
        for name in dict.fromkeys(name for _, tables in plan.epochs for name in tables.funding):
            found |= dict.fromkeys(_of_source(plan, name, month_number(scenario.horizon.start)))
    return tuple(found)


def _of_source(plan: EmployerPlan, name: str, start: int) -> list[Match]:
    told: list[Match] = []
    for month, tables in plan.epochs:
        source = tables.funding.get(name)
        if source is None:
            continue
        one = Match(name, month_text(start + month), source.federal_share, source.payer)
        if not told or (told[-1].federal_share, told[-1].payer) != (one.federal_share, one.payer):
            told.append(one)
    return told


def awards_of(scenario: Scenario, met: Callable[[str], dict[str, float]]) -> tuple[Award, ...]:
    """Return the awards whose first term ends within the projection.

    Args:
        scenario: the scenario that was run.
        met: gives for a grant how many employers, in the mean of the runs, met each of the FATES.
    """
    start, found = month_number(scenario.horizon.start), dict[str, list[tuple[int, int, Grant]]]()
    for plan in plans(scenario):
        for name, source in grants_of(plan.epochs[0][1].funding).items():
            end = first_award(source, start)[1]
            found.setdefault(name, []).append((end, plan.count, _in_force(plan, name, source, end - 1)))
    return tuple(
        _award(name, kinds, start, met(name))
        for name, kinds in found.items()
        if min(end for end, _, _ in kinds) <= scenario.horizon.months
    )


def _in_force(plan: EmployerPlan, name: str, source: Grant, month: int) -> Grant:
    """Return a grant as it is in a month; one that is taken away before then, as it was at the start."""
    grants = [grants_of(tables.funding).get(name) for since, tables in plan.epochs if since <= month]
    return next((one for one in reversed(grants) if one is not None), source)


def _award(name: str, kinds: list[tuple[int, int, Grant]], start: int, met: dict[str, float]) -> Award:
    count = sum(number for _, number, _ in kinds)
    return Award(
        name,
        month_text(start + min(end for end, _, _ in kinds) - 1),
        sum(number * grant.amount_usd_per_year for _, number, grant in kinds),
        sum(number * grant.posts_paid for _, number, grant in kinds),
        sum(number * grant.renewal_chance for _, number, grant in kinds) / count,
        {fate: number / count for fate, number in met.items()},
    )
