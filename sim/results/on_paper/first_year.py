"""Set what the first year costs against what it brings, before anything is run.

The assumption is simple and kind: every post is filled all year by a certified peer at full output, at a newcomer's
wage, with growth left out, and turnover but for the bonuses that it brings or forfeits. Money counts when it is earned;
what is on its way at the start stands for what is on its way at the end. Dated payments count in their month, awards up
to the cost they may pay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.model.rules import costs
from sim.model.rules.billing import claims_of_a_post
from sim.model.world.positions import mean_fte
from sim.model.world.terms import full_staff_client_hours
from sim.results.on_paper.bonuses_due import bonuses_due
from sim.results.on_paper.unit_cost import monthly_cost
from sim.results.replacing import tables_by_month
from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.funding import Source
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR, month_number


@dataclass(frozen=True)
class FirstYear:
    """The first year's cost and income by month, USD, and the other money there is to spend."""

    cost: tuple[float, ...]
    brings: tuple[float, ...]
    at_hand: float  # opening cash and the credit limit

    @property
    def covered(self) -> float:
        """Return the share of the year's cost that is brought in."""
        return sum(self.brings) / sum(self.cost)

    @property
    def lasts(self) -> int | None:
        """Return the first month, since the start, that can no longer be paid; None if the year can."""
        left = self.at_hand
        for month, (cost, brings) in enumerate(zip(self.cost, self.brings, strict=True)):
            left += brings - cost
            if left < 0:
                return month
        return None


def first_year(scenario: Scenario) -> FirstYear:
    """Return the budget of the first twelve months of all employers together, or of as many as are projected."""
    months, start = min(MONTHS_PER_YEAR, scenario.horizon.months), month_number(scenario.horizon.start)
    cost, brings, at_hand = [0.0] * months, [0.0] * months, 0.0
    for plan in plans(scenario):
        tables = tables_by_month(plan, months)
        bonuses = bonuses_due(tables, start)
        at_hand += plan.count * (tables[0].rules.opening_cash_usd + tables[0].rules.credit_limit_usd)
        for month, own in enumerate(tables):
            parts = _with_bonuses(
                {kind: own.posts.number * usd for kind, usd in monthly_cost(own).items()}, own, bonuses[month]
            )
            cost[month] += plan.count * sum(parts.values())
            sources = own.funding.values()
            brings[month] += plan.count * sum(_brings(own, one, (month, start), parts) for one in sources)
    return FirstYear(tuple(cost), tuple(brings), at_hand)


def _with_bonuses(parts: dict[str, float], own: Organization, usd: float) -> dict[str, float]:
    """Return a month's cost with bonuses: they bring the fringe that moves with wages, and the overhead that does."""
    on_top, rule = usd * costs.fringe_of(own).moving, costs.overhead_of(own)
    overhead = costs.overhead(rule, 0.0, usd + on_top, 0.0)
    more = {"wages": usd, "fringe": on_top, "overhead": overhead}
    return {kind: amount + float(more.get(kind, 0.0)) for kind, amount in parts.items()}


def _brings(own: Organization, source: Source, when: tuple[int, int], cost: Mapping[str, float]) -> float:
    """Return what a source brings in a month since the start; `when` is (month, the start since year 0)."""
    for_work = own.posts.number * float(claims_of_a_post(source, own, _hours(own), _used(own))[1])
    return source.brings_by_itself(*when, cost) + for_work


def allowed_usd_per_year(own: Organization, grant: Grant) -> float:
    """Return the cost of a year that an award may pay if every post is filled all year at the entry wage."""
    parts = {kind: own.posts.number * usd for kind, usd in monthly_cost(own).items()}
    return MONTHS_PER_YEAR * grant.allowed(parts)


def _hours(own: Organization) -> float:
    use, posts = own.time_use, own.posts
    fte: float = mean_fte(own)
    return posts.paid_hours_per_year / MONTHS_PER_YEAR * fte * (1.0 - use.leave_share - use.absence_share)


def _used(own: Organization) -> float:
    """Return the share of what a full workforce can give that clients want; all, where demand is not stated."""
    wanted, most = own.services.demand_client_hours_per_month, full_staff_client_hours(own)
    return 1.0 if wanted is None or most <= 0 else min(1.0, wanted / most)


def raise_costs(organization: Organization, usd_per_hour: float = 1.0) -> dict[str, float]:
    """Return what a raise costs by kind, USD for each hour paid; kinds that it does not move are left out."""
    posts, before = organization.posts, monthly_cost(organization)
    hours = posts.paid_hours_per_year / MONTHS_PER_YEAR * mean_fte(organization)
    after = monthly_cost(organization, usd_per_hour)
    moved = {kind: (after[kind] - before[kind]) / hours for kind in after}
    return {kind: usd for kind, usd in moved.items() if abs(usd) > 1e-9}
