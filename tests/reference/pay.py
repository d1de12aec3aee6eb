"""Wages of a month (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from sim.scenario.tables.funding.claims import FeeForService
from sim.scenario.tables.ladder import WageAmount
from sim.scenario.tables.pay import LivingWageFloor, MinimumWageFloor
from sim.units import MONTHS_PER_YEAR, UNITS_PER_HOUR, whole_number
from tests.reference.terms import ENTRY, Calendar, Terms, kept_of_billed, moving_fringe, share_at_work

ENTRY_WAGE = "pay.wage_usd_per_hour"
SUPERVISORS_WAGE = "practices.supervisor_wage_usd_per_hour"
PLACE = ("living", "outside", "minimum")


@dataclass(frozen=True)
class Index:
    """What a dollar of the start has grown to: the scale of wages, q, and the wages of the place."""

    scale: float = 1.0
    living: float = 1.0
    outside: float = 1.0
    minimum: float = 1.0

    def next(self, ended: Terms, begun: Terms, k: int, calendar: Calendar) -> Self:
        """The index of month k, which begins."""
        place = ended.org.place
        grown = {
            name: getattr(self, name) * (1.0 + getattr(place, f"{name}_wage_growth_per_year")) ** (1 / MONTHS_PER_YEAR)
            for name in PLACE
        }
        raised = calendar.starts_fiscal_year(k, begun.org.rules.fiscal_year_start_month)
        scale = self.scale * (1.0 + begun.org.pay.cost_of_living_share) if raised else self.scale
        return type(self)(scale=scale, **grown)


class Indices:
    """The index of every month of an employer; 1 up to month 0."""

    def __init__(self, terms_at: Callable[[int], Terms], calendar: Calendar) -> None:
        self.terms_at, self.calendar = terms_at, calendar
        self.months = [Index()]

    def at(self, k: int) -> Index:
        while len(self.months) <= k:
            month = len(self.months)
            ended, begun = self.terms_at(month - 1), self.terms_at(month)
            self.months.append(self.months[-1].next(ended, begun, month, self.calendar))
        return self.months[max(0, k)]


@dataclass(frozen=True)
class Scale:
    """The wages of one position in a month."""

    rungs: dict[str, float]
    unfloored: dict[str, float]  # the same without the floor
    lifted_to: float  # ℓ: the entry wage where the floor lifts it, else 0

    @property
    def entry(self) -> float:
        return self.rungs[ENTRY]


@dataclass(frozen=True)
class MonthPay:
    """The wage scale of a month and the wages around it."""

    scale: float  # q
    living: float
    outside: float
    scales: dict[str, Scale]  # of every position; "" is that of the others
    mean_entry: float  # Ē
    supervisor: float  # wage of those who are not peers of the ladder
    stated_supervisor: float  # what it would be if it kept no gap

    def of(self, position: str) -> Scale:
        return self.scales[position]


def pay_of_month(terms: Terms, k: int, indices: Indices, added: Mapping[str, float], floor_since: int) -> MonthPay:
    """Set the wages of month k; `added` is A of every position, what pass-through has added in dollars of the start."""
    now = indices.at(k)

    def since_set(address: str) -> float:
        """Q(k)/q(d)."""
        return now.scale / indices.at(terms.dates.get(address, 0)).scale

    living, outside, minimum = (placed(terms, name, now, indices) for name in PLACE)

    def scale(position: str) -> Scale:
        wage, address = own_wage(terms, position)
        scaled = wage * since_set(address) + added.get(position_named(address), 0.0) * now.scale
        entry = max(scaled, floor(terms, scaled, living, minimum, k + 1 - floor_since))
        return Scale(
            {ENTRY: entry, **dict(higher_rungs(terms, entry, since_set))},
            {ENTRY: scaled, **dict(higher_rungs(terms, scaled, since_set))},
            entry if entry > scaled else 0.0,
        )

    scales = {position: scale(position) for position in ("", *terms.org.positions)}
    fte = {post: terms.fte(post) for post in terms.all_posts}
    mean_entry = sum(fte[post] * scales[terms.position(post)].entry for post in fte) / sum(fte.values())
    practices = terms.org.practices
    supervisor = practices.supervisor_wage_usd_per_hour * since_set(SUPERVISORS_WAGE)
    with_gap = max(supervisor, (1.0 + practices.supervisor_gap_share) * mean_entry)
    return MonthPay(now.scale, living, outside, scales, mean_entry, with_gap, supervisor)


def own_wage(terms: Terms, position: str) -> tuple[float, str]:
    """The entry wage stated for a position, and its address: the organization's where it has none of its own."""
    own = terms.org.positions[position].wage_usd_per_hour if position else None
    if own is None:
        return terms.org.pay.wage_usd_per_hour, ENTRY_WAGE
    return own, address_of(position)


def address_of(position: str) -> str:
    return f"positions.{position}.wage_usd_per_hour"


def position_named(address: str) -> str:
    """The position whose wage stands at an address; "" for the organization's."""
    return "" if address == ENTRY_WAGE else address.split(".")[1]


def placed(terms: Terms, name: str, now: Index, indices: Indices) -> float:
    """A wage of the place, grown since the month in which it was last set."""
    key = f"{name}_wage_usd_per_hour"
    wage = getattr(terms.org.place, key)
    if wage is None:
        raise ValueError("the scenario does not state every wage of its place: load it through sim.scenario")
    then = indices.at(terms.dates.get(f"place.{key}", 0))
    return float(wage * getattr(now, name) / getattr(then, name))


def higher_rungs(terms: Terms, wage: float, since_set: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    for name, rung in terms.ladder:
        if isinstance(rung.pay, WageAmount):
            wage = max(rung.pay.usd_per_hour * since_set(f"ladder.{name}.pay.usd_per_hour"), wage)
        else:
            wage *= 1.0 + rung.pay.share
        yield name, wage


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


def peers_wage(terms: Terms, rung_wage: float, tenure: float, *, certified: bool) -> float:
    """A peer's wage on a rung; tenure and certificate as of the month's start or the hire."""
    rules = terms.org.pay
    steps = min(whole_number(tenure / MONTHS_PER_YEAR), rules.annual_steps)
    premium = rules.certification_premium_share if certified else 0.0
    return rung_wage * (1.0 + rules.annual_step_share) ** steps * (1.0 + premium)


def passed_through(before: Mapping[str, float], old: Terms, new: Terms, scale: float) -> dict[str, float]:
    """A of every position, once terms have changed: with the rises of rates; 0 where its wage itself was set."""
    rises = rise_of_rates(old, new, scale)
    after = {}
    for position in ("", *new.org.positions):
        address = address_of(position) if position else ENTRY_WAGE
        after[position] = 0.0 if new.dates.get(address) == new.since else before.get(position, 0.0) + rises
    return after


def rise_of_rates(old: Terms, new: Terms, scale: float) -> float:
    """What rises of rates add to wages, in dollars of the start."""
    added = 0.0
    for name, source in new.sources():
        before = old.fee_for_service(name)
        if isinstance(source, FeeForService) and before is not None:
            rise = max(0.0, source.rate_usd_per_unit - before.rate_usd_per_unit)
            passed = new.org.pay.pass_through_share * rise * _earned_units(new, source)
            added += passed / (1.0 + moving_fringe(new.org)) / scale
    return added


def _earned_units(terms: Terms, source: FeeForService) -> float:
    """Units per paid hour that are billed to the source and not lost to denials."""
    billable = sum(getattr(terms.org.time_use, name) for name in source.billable if name != "group")
    kept = kept_of_billed(source)
    return UNITS_PER_HOUR * share_at_work(terms.org) * billable * source.clients_covered_share * kept
