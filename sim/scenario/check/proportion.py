"""Warn where money and posts are out of proportion: a contract for ten times the posts, or a tenth of their cost.

Both are found roughly, before anything is run: all posts filled all year at the wage stated, all that may be billed is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.scenario.award_term import first_award
from sim.scenario.problems import NOTHING, Fault, Path
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import FeeForService, Grant, ScheduledFund, Source
from sim.scenario.tables.work import NumberOfSlots
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, month_number

TOO_MUCH: Final = 2.0  # times the cost, of money that does not depend on work
TOO_LITTLE: Final = 0.5  # of the cost, with all that could be billed and all that is at hand


def out_of_proportion(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    """Yield a warning where a year's awards and dated money are twice the year's cost, or all money not half of it.

    And where a rung has more slots than there are posts.
    """
    cost, fixed = _cost(tables), {name: _fixed(one, horizon) for name, one in tables.funding.items()}
    all_fixed = sum(fixed.values())
    if all_fixed > TOO_MUCH * cost:
        rule = f"awards and dated money are {_usd(all_fixed)} a year, {all_fixed / cost:.1f} times what all posts cost"
        name = max(fixed, key=lambda one: fixed[one])
        yield _warning(("funding", name), rule, f"they cost about {_usd(cost)}: look at posts.number and the amounts")
    rules = tables.rules
    most = all_fixed + sum(_most_billed(tables, one) for one in tables.funding.values())
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


def _fixed(source: Source, horizon: Horizon) -> float:
    """Return what a source brings in a year of the projection whatever work is done, USD."""
    start, months = month_number(horizon.start), max(horizon.months, MONTHS_PER_YEAR)
    if isinstance(source, Grant):
        first, end = first_award(source, start)
        return source.amount_usd_per_year if first < horizon.months and end > 0 else 0.0
    if isinstance(source, ScheduledFund):
        dated = sum(one.usd for one in source.payments if 0 <= month_number(one.at) - start < months)
        return (dated + (source.unspent_usd or 0.0)) * MONTHS_PER_YEAR / months
    return 0.0


def _most_billed(tables: Organization, source: Source) -> float:
    """Return what a source would pay in a year if all that may be billed were billed and paid, USD."""
    if isinstance(source, Grant | ScheduledFund):
        return 0.0
    use, (fte, _) = tables.time_use, _hours_and_pay(tables)
    worked = fte * tables.posts.paid_hours_per_year * (1.0 - use.leave_share - use.absence_share)
    if isinstance(source, FeeForService):
        single = sum(float(getattr(use, name)) for name in source.billable if name != "group")
        group = use.group * use.group_size if "group" in source.billable else 0.0
        return worked * UNITS_PER_HOUR * (single * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit)
    if source.per == "member_month":
        return MONTHS_PER_YEAR * tables.services.caseload_per_peer * fte * source.rate_usd
    return worked * use.individual / source.hours_per_visit_day * source.rate_usd
