"""Wages of a month (docs/model.md, section 8)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario.tables.funding import FeeForService
from sim.scenario.tables.pay import LivingWageFloor, MinimumWageFloor
from sim.scenario.tables.work import WageAmount
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, whole_number
from tests.reference.terms import ENTRY, Calendar, Terms, share_at_work


@dataclass(frozen=True)
class MonthPay:
    """The wage scale of a month and the wages around it."""

    scale: float  # q
    living: float
    outside: float
    minimum: float
    rungs: dict[str, float]

    @property
    def entry(self) -> float:
        return self.rungs[ENTRY]


def pay_of_month(terms: Terms, k: int, calendar: Calendar, added: float, floor_since: int) -> MonthPay:
    """Set the wages of month k; `added` is A, what pass-through has added."""
    place, pay = terms.org.place, terms.org.pay
    living = grown(place.living_wage_usd_per_hour, place.living_wage_growth_per_year, k)
    outside = grown(place.outside_wage_usd_per_hour, place.outside_wage_growth_per_year, k)
    minimum = grown(place.minimum_wage_usd_per_hour, place.minimum_wage_growth_per_year, k)
    scale = scale_factor(terms, k, calendar)
    scaled = (pay.wage_usd_per_hour + added) * scale
    wage = max(scaled, floor(terms, scaled, living, minimum, k + 1 - floor_since))
    rungs = {ENTRY: wage}
    for name, rung in terms.ladder:
        if isinstance(rung.pay, WageAmount):
            wage = max(rung.pay.usd_per_hour * scale, wage)
        else:
            wage *= 1.0 + rung.pay.share
        rungs[name] = wage
    return MonthPay(scale, living, outside, minimum, rungs)


def grown(wage: float | None, growth: float, k: int) -> float:
    if wage is None:
        raise ValueError("the scenario does not state every wage of its place: load it through sim.scenario")
    return wage * (1.0 + growth) ** (max(k, 0) / MONTHS_PER_YEAR)


def scale_factor(terms: Terms, k: int, calendar: Calendar) -> float:
    """Q(k): one raise of the scale for each fiscal-year start in (0, k]."""
    first = terms.org.rules.fiscal_year_start_month
    raises = sum(calendar.starts_fiscal_year(month, first) for month in range(1, k + 1))
    return (1.0 + terms.org.pay.cost_of_living_share) ** raises


def floor(terms: Terms, wage: float, living: float, minimum: float, months: int) -> float:
    """The floor `months` into its phase-in; before month 0 the phase-in has not begun."""
    rule = terms.org.pay.floor
    if isinstance(rule, MinimumWageFloor):
        return minimum
    if isinstance(rule, LivingWageFloor):
        phase = rule.phase_in_months
        reached = 1.0 if phase == 0 else min(1.0, max(0, months) / phase)
        return max(wage + (rule.ratio * living - wage) * reached, minimum)
    return 0.0


def peers_wage(terms: Terms, pay: MonthPay, rung: str, tenure: float, *, certified: bool) -> float:
    """A peer's wage of the month; tenure and certificate as of the month's start or the hire."""
    rules = terms.org.pay
    steps = min(whole_number(tenure / MONTHS_PER_YEAR), rules.annual_steps)
    premium = rules.certification_premium_share if certified else 0.0
    return pay.rungs[rung] * (1.0 + rules.annual_step_share) ** steps * (1.0 + premium)


def pass_through(old: Terms, new: Terms) -> float:
    """What the rises of fee-for-service rates from one set of terms to the next add to A."""
    added = 0.0
    for name, source in new.sources():
        before = old.fee_for_service(name)
        if isinstance(source, FeeForService) and before is not None:
            rise = max(0.0, source.rate_usd_per_unit - before.rate_usd_per_unit)
            added += new.org.pay.pass_through_share * rise * _earned_units(new, source)
    return added / (1.0 + new.org.benefits.fringe_share)


def _earned_units(terms: Terms, source: FeeForService) -> float:
    """Units per paid hour that are billed to the source and not lost to denials."""
    billable = sum(getattr(terms.org.time_use, name) for name in source.billable if name != "group")
    kept = 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)
    return UNITS_PER_HOUR * share_at_work(terms.org) * billable * source.clients_covered_share * kept
