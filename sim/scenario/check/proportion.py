"""Warn where money and posts are out of proportion: a contract for ten times the posts, or a tenth of their cost.

Both are found roughly, before anything is run: all posts filled all year at the wage stated, all that may be billed is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Final

from sim.scenario.problems import NOTHING, Fault, Path
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.source import PayingSource
from sim.scenario.tables.ladder import NumberOfSlots
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, month_number

TOO_MUCH: Final = 2.0  # times the cost, of money that does not depend on work
TOO_LITTLE: Final = 0.5  # of the cost, with all that could be billed and all that is at hand


def out_of_proportion(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    """Yield a warning where a year's awards and dated money are twice the year's cost, or all money not half of it.

    And where a rung has more slots than there are posts.
    """
    cost, start = _cost(tables), month_number(horizon.start)
    fixed = {name: one.fixed_usd_a_year(start, horizon.months) for name, one in tables.funding.items()}
    all_fixed = sum(fixed.values())
    if all_fixed > TOO_MUCH * cost:
        rule = f"awards and dated money are {_usd(all_fixed)} a year, {all_fixed / cost:.1f} times what all posts cost"
        name = max(fixed, key=lambda one: fixed[one])
        yield _warning(("funding", name), rule, f"they cost about {_usd(cost)}: look at posts.number and the amounts")
    rules = tables.rules
    most = all_fixed + sum(_most_billed(one, tables) for one in tables.funding.values())
    most += max(0.0, rules.opening_cash_usd) + rules.credit_limit_usd
    if tables.funding and rules.enforce and most < TOO_LITTLE * cost:
        rule = f"all posts cost about {_usd(cost)} a year; all money, cash and credit are {_usd(most)} at most"
        yield _warning(("posts", "number"), rule, "look at posts.number, the amounts and the rates")
    for name, rung in tables.ladder.items():
        if isinstance(rung.slots, NumberOfSlots) and rung.slots.number > tables.posts.number:
            rule = f"{rung.slots.number:,} slots are more than all {tables.posts.number:,} posts"
            yield _warning(("ladder", name, "slots", "number"), rule, 'for everyone who qualifies: slots.kind = "open"')


def _warning(path: Path, rule: str, fix: str) -> Fault:
    return Fault(path, NOTHING, rule, fix, "warning")


def _usd(amount: float) -> str:
    return f"${amount:,.0f}"


def _hours_and_pay(tables: Organization) -> tuple[float, float]:
    """Return the FTE of all posts, and what they are paid an hour together at entry wages, USD."""
    others = max(0, tables.posts.number - sum(one.number for one in tables.positions.values()))
    groups = [(others, tables.posts.fte, tables.pay.wage_usd_per_hour)]
    for one in tables.positions.values():
        wage = tables.pay.wage_usd_per_hour if one.wage_usd_per_hour is None else one.wage_usd_per_hour
        groups.append((one.number, tables.posts.fte if one.fte is None else one.fte, wage))
    return sum(number * fte for number, fte, _ in groups), sum(number * fte * wage for number, fte, wage in groups)


def _cost(tables: Organization) -> float:
    """Return roughly what all posts cost in a year, supervision, direct and indirect cost included."""
    posts, practices, benefits = tables.posts, tables.practices, tables.benefits
    fte, pay = _hours_and_pay(tables)
    supervisors = practices.other_supervisors_fte
    if supervisors is None:
        supervisors = fte / (practices.peers_per_supervisor or practices.peers_per_supervisor_standard)
    wages = pay + supervisors * practices.supervisor_wage_usd_per_hour
    personnel = wages * posts.paid_hours_per_year * (1.0 + benefits.fringe_share)
    a_month = fte * benefits.flat_per_fte + posts.fixed_usd_per_month
    a_month += posts.number * (posts.direct_usd_per_peer_month + practices.training_usd_per_peer_month)
    return (personnel + MONTHS_PER_YEAR * a_month) * (1.0 + posts.overhead_share)


def _worked(tables: Organization) -> float:
    """Return the hours that all posts work in a year."""
    use, (fte, _) = tables.time_use, _hours_and_pay(tables)
    return fte * tables.posts.paid_hours_per_year * (1.0 - use.leave_share - use.absence_share)


@singledispatch
def _most_billed(source: PayingSource, tables: Organization) -> float:
    """Return what a source would pay in a year if all that may be billed were billed and paid, USD."""
    del source, tables
    return 0.0


@_most_billed.register(FeeForService)
def _most_units(source: FeeForService, tables: Organization) -> float:
    use = tables.time_use
    single = sum(float(getattr(use, name)) for name in source.billable if name != "group")
    group = use.group * use.group_size if "group" in source.billable else 0.0
    paid = single * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
    return _worked(tables) * UNITS_PER_HOUR * paid


@_most_billed.register(ProspectivePayment)
def _most_visits(source: ProspectivePayment, tables: Organization) -> float:
    if source.per == "member_month":
        return MONTHS_PER_YEAR * tables.services.caseload_per_peer * _hours_and_pay(tables)[0] * source.rate_usd
    return _worked(tables) * tables.time_use.individual / source.hours_per_visit_day * source.rate_usd
