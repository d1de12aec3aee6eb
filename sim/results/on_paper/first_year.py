"""Set what the first year costs against what it brings, before anything is run.

The assumption is simple and kind: every post is filled all year by a certified peer at full output, at a newcomer's
wage, with growth left out, and turnover but for the bonuses that it brings or forfeits. Money counts when it is earned;
what is on its way at the start stands for what is on its way at the end. Dated payments count in their month, awards up
to the cost they may pay.

Bonuses that fall due are foretold month by month (docs/model.md, section 8): every post is filled all the time, people
leave as often as is stated whatever their tenure, and whoever leaves is followed at once. Where no list says when
people in post were hired, they have come and gone like that for long; posts that a list leaves open are filled by
people who came long ago.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sim.model.rules import costs
from sim.model.rules.billing import claims_of_a_post
from sim.model.world.positions import mean_fte
from sim.model.world.terms import full_staff_client_hours
from sim.results.on_paper.unit_cost import monthly_cost, worked_hours
from sim.results.replacing import tables_by_month
from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.funding import Source
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.pay import Pay
from sim.scenario.tables.people import ObservedTurnover
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR, month_number

LONG_AGO: Final = 600  # months; who was hired before counts as hired then


@dataclass(frozen=True)
class Cohort:
    """People of one month: the close at or after their hire, and how many are expected at which close."""

    since: int
    number: float
    at: int

    def there(self, close: int, leaving: float) -> float:
        """Return how many are expected to be there still at a close."""
        return self.number * math.exp(-leaving * max(0, close - self.at))


@dataclass(frozen=True)
class Promises:
    """From which month the bonuses of some tables hold: the base's own ones always have."""

    sign_on: float
    stay: float


def bonuses_due(tables: Sequence[Organization], start: int) -> list[float]:
    """Return what bonuses an employer is expected to pay in each month, USD.

    Args:
        tables: those that hold in each month since the start.
        start: first month of the projection, as months since year 0.
    """
    cohorts, leaving = list(_cohorts(tables[0], len(tables), start)), _leaving(tables[0])
    return [
        _due(own.pay, month + 1, promised, cohorts, leaving)
        for month, (own, promised) in enumerate(zip(tables, _promises(tables), strict=True))
    ]


def _due(pay: Pay, close: int, promised: Promises, cohorts: Sequence[Cohort], leaving: float) -> float:
    usd = 0.0
    for one in cohorts if pay.sign_on_bonus_usd or pay.stay_bonus_usd else ():
        if one.since > close:
            continue
        signed = one.since > promised.sign_on and close == one.since + pay.sign_on_bonus_months
        stayed = close - max(one.since, promised.stay)
        due = stayed >= 1 and stayed % pay.stay_bonus_months == 0
        staying = due and stayed / pay.stay_bonus_months <= pay.stay_bonus_payments
        if signed or staying:
            usd += (pay.sign_on_bonus_usd * signed + pay.stay_bonus_usd * staying) * one.there(close, leaving)
    return usd


def _cohorts(organization: Organization, months: int, start: int) -> Iterator[Cohort]:
    """Yield who is in post at the start, by month of hire, and who is hired in each month of the projection."""
    leaving, posts = _leaving(organization), float(organization.posts.number)
    arriving = posts * (1.0 - math.exp(-leaving))  # expected to be there at the close of their month
    roster = [month_number(one.hired) - start for one in organization.posts.roster]
    if roster:
        yield from (Cohort(hired, 1.0, at=0) for hired in roster)
        yield Cohort(-LONG_AGO, posts - len(roster), at=0)
    else:
        yield from (Cohort(since, arriving, at=since) for since in range(1 - LONG_AGO, 1))
        yield Cohort(-LONG_AGO, posts, at=-LONG_AGO)
    yield from (Cohort(since, arriving, at=since) for since in range(1, months + 1))


def _leaving(organization: Organization) -> float:
    """Return separations per person and month, as stated."""
    turnover = organization.turnover
    level = turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0 / MONTHS_PER_YEAR
    stated = level.voluntary_per_year + level.dismissal_per_year + level.other_per_year
    return (stated + turnover.return_to_use_per_year) / MONTHS_PER_YEAR


def _promises(tables: Sequence[Organization]) -> Iterator[Promises]:
    """Yield from when the bonuses of each month hold (docs/model.md, section 8, "Since when")."""
    held, before = Promises(-math.inf, -math.inf), tables[0].pay
    for month, own in enumerate(tables):
        pay = own.pay
        terms = [(one.stay_bonus_months, one.stay_bonus_payments) for one in (before, pay)]
        signs = pay.sign_on_bonus_usd > 0 and before.sign_on_bonus_usd == 0
        stays = pay.stay_bonus_usd > 0 and (before.stay_bonus_usd == 0 or terms[0] != terms[1])
        held = Promises(month if signs else held.sign_on, month if stays else held.stay)
        before = pay
        yield held


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
    fringe, overhead = costs.beside_a_bonus(costs.fringe_of(own), costs.overhead_of(own), usd)
    more = {"wages": usd, "fringe": fringe, "overhead": overhead}
    return {kind: amount + float(more.get(kind, 0.0)) for kind, amount in parts.items()}


def _brings(own: Organization, source: Source, when: tuple[int, int], cost: Mapping[str, float]) -> float:
    """Return what a source brings in a month since the start; `when` is (month, the start since year 0)."""
    for_work = own.posts.number * float(claims_of_a_post(source, own, worked_hours(own), _used(own))[1])
    return source.brings_by_itself(*when, cost) + for_work


def allowed_usd_per_year(own: Organization, grant: Grant) -> float:
    """Return the cost of a year that an award may pay if every post is filled all year at the entry wage."""
    parts = {kind: own.posts.number * usd for kind, usd in monthly_cost(own).items()}
    return MONTHS_PER_YEAR * grant.allowed(parts)


def _used(own: Organization) -> float:
    """Return the share of what a full workforce can give that clients want; all, where demand is not stated."""
    wanted, most = own.services.demand_client_hours_per_month, full_staff_client_hours(own)
    return 1.0 if wanted is None or most <= 0 else min(1.0, wanted / most)


def raise_costs(organization: Organization, usd_per_hour: float = 1.0) -> dict[str, float]:
    """Return what a raise costs by kind, USD for each hour paid; kinds that it does not move are left out."""
    before, hours = monthly_cost(organization), organization.posts.full_time_hours * mean_fte(organization)
    after = monthly_cost(organization, usd_per_hour)
    moved = {kind: (after[kind] - before[kind]) / hours for kind in after}
    return {kind: usd for kind, usd in moved.items() if abs(usd) > 1e-9}
