"""Warn of what is allowed but hard to believe: inputs far from the evidence, or at odds with their neighbors.

Or money and posts out of proportion: a contract for ten times the posts, or a tenth of their cost. A warning says what
was typed, what the evidence says, and what was probably meant. It never refuses: the user may know better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import singledispatch
from typing import Any, Final

from pydantic import BaseModel

from sim.evidence.cards import Card, load_cards
from sim.scenario.problems import NOTHING, Fault, Path
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import claims_of, grants_of, paid_by_the_unit
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.source import PayingSource
from sim.scenario.tables.ladder import NumberOfSlots
from sim.scenario.tables.pay import LivingWageFloor, MinimumWageFloor
from sim.scenario.tables.people import ObservedTurnover
from sim.scenario.yardsticks import stands_in
from sim.units import DAYS_PER_MONTH, MONTHS_PER_YEAR, UNITS_PER_HOUR, WORKING_DAYS_PER_MONTH, month_number, month_text

Warnings = Iterator[Fault]
Check = Callable[[Organization, Horizon], Warnings]

HOURLY: Final = 30.0  # USD a unit above which a rate may be one an hour
ABOVE_COST: Final = 1.6  # times what a billed unit costs here: a rate above it does not follow from the own wage
HOURS_OF_A_DAY: Final = 10.0  # a cap on a working day's units that is more likely one in hours
FAR: Final = 1.5  # times the width of an estimate's range, beyond its ends
BY_SIZE: Final = frozenset({"funding.amount"})  # what is usual depends on the size of the employer
PER_HUNDRED: Final = 1.0  # separations of 100 posts a year below which a share was probably meant
MOST_STUDIED: Final = 0.10  # of pay: docs/model.md, section 6
FMAP: Final = "0.50 to 0.769 by state in FY2026, 0.90 for adults of the expansion"
TOO_MUCH: Final = 2.0  # times the cost, of money that does not depend on work
TOO_LITTLE: Final = 0.5  # of the cost, with all that could be billed and all that is at hand


def implausible(tables: Organization, horizon: Horizon) -> Warnings:
    """Yield a warning for each input of an employer that is hard to believe."""
    yield from _far_from_evidence(tables)
    for check in CHECKS:
        yield from check(tables, horizon)


def _warning(path: Path, value: Any, rule: str, fix: str = "") -> Fault:
    return Fault(path, value, rule, fix, "warning")


# against the evidence --------------------------------------------------------------------------------------------


def _far_from_evidence(tables: Organization) -> Warnings:
    for path, value, key in _numbers(tables, ()):
        card = load_cards().get(key)
        if card is not None and _is_far(value, card):
            rule = f"is far outside the evidence: {card.low:g} to {card.high:g} {card.unit} (grade {card.grade})"
            yield _warning(path, value, rule, f"see: peerstay evidence {'.'.join(map(str, path))}")


def _is_far(value: float, card: Card) -> bool:
    """Whether a number lies far outside the range of an estimate."""
    if card.kind != "estimate" or card.key in BY_SIZE or card.low is None or card.high is None:
        return False
    room = max(FAR * (card.high - card.low), 0.25 * abs(card.high))
    return not card.low - room <= value <= card.high + room


def _numbers(table: BaseModel, path: Path) -> Iterator[tuple[Path, float, str]]:
    """Yield every number of a table and its tables, with its address and evidence key."""
    for name, field in type(table).model_fields.items():
        value, extra = getattr(table, name), field.json_schema_extra
        if isinstance(value, BaseModel):
            yield from _numbers(value, (*path, name))
        elif isinstance(value, dict):
            for key, one in value.items():
                if isinstance(one, BaseModel):
                    yield from _numbers(one, (*path, name, key))
        elif isinstance(value, int | float) and not isinstance(value, bool) and isinstance(extra, dict):
            yield (*path, name), float(value), str(extra.get("evidence", ""))


# against their neighbors ------------------------------------------------------------------------------------------


def _claims(tables: Organization) -> Iterator[tuple[Path, FeeForService | ProspectivePayment]]:
    for name, source in claims_of(tables.funding).items():
        yield ("funding", name), source


def _units(tables: Organization) -> Iterator[tuple[Path, FeeForService]]:
    for name, source in paid_by_the_unit(tables.funding).items():
        yield ("funding", name), source


def _hours_for_units(tables: Organization, _: Horizon) -> Warnings:
    for path, source in _units(tables):
        rate, cap = source.rate_usd_per_unit, source.max_units_per_worker_day
        cost = _cost_of_a_unit(tables, source)
        if rate >= max(HOURLY, ABOVE_COST * cost):
            rule = f"looks like a rate an hour; a unit is 15 minutes, and costs roughly ${cost:.2f} here"
            yield _warning((*path, "rate_usd_per_unit"), rate, rule, f"an hour at {rate:g} is {rate / 4:g} a unit")
        if cap is not None and cap <= HOURS_OF_A_DAY:
            rule = "looks like hours; the cap is in units of 15 minutes"
            yield _warning((*path, "max_units_per_worker_day"), cap, rule, f"{cap:g} hours are {4 * cap:g} units")


def _groups_for_nothing(tables: Organization, _: Horizon) -> Warnings:
    for path, source in _units(tables):
        if "group" in source.billable and tables.time_use.group > 0 and source.group_rate_usd_per_unit == 0:
            rule = "groups are billable and take time, but their rate is zero"
            fix = "type the payer's group rate, or take group out of billable"
            yield _warning((*path, "group_rate_usd_per_unit"), 0.0, rule, fix)


def _no_federal_match(tables: Organization, _: Horizon) -> Warnings:
    for path, source in _claims(tables):
        if source.federal_share == 0 and source.payer == "state":
            rule = "the state pays all of it; the federal government matches Medicaid"
            yield _warning((*path, "federal_share"), 0.0, rule, f"type your state's share: {FMAP}")


def _nobody_supervises(tables: Organization, _: Horizon) -> Warnings:
    by_peers = any(rung.supervising_share > 0 for rung in tables.ladder.values())
    supervised = tables.practices.other_supervisors_fte != 0 or by_peers
    for path, source in _claims(tables):
        if source.supervision_required and not supervised:
            rule = "this payer pays for supervised work only, and nobody supervises: nothing will be paid"
            yield _warning((*path, "supervision_required"), True, rule, "state supervisors, or set it to false")


def _more_supervisors_than_help(tables: Organization, _: Horizon) -> Warnings:
    practices, posts = tables.practices, tables.posts
    fte, standard = practices.other_supervisors_fte, practices.peers_per_supervisor_standard
    no_gain = "no study shows a gain from narrower spans"
    if fte and fte > 1.0 and posts.number / fte < standard / 2:
        span = f"is {posts.number / fte:.1f} peers per supervisor"
        rule = f"{span}; a span below {standard:g} adds cost and no benefit in this model"
        yield _warning(("practices", "other_supervisors_fte"), fte, rule, no_gain)
    own = practices.peers_per_supervisor
    if own is not None and own < standard:
        rule = f"a narrower span than {standard:g} costs more and adds no support in this model"
        yield _warning(("practices", "peers_per_supervisor"), own, rule, no_gain)


def _nothing_to_charge(tables: Organization, _: Horizon) -> Warnings:
    there = _costs_there_are(tables)
    for name, source in tables.funding.items():
        if not there & set(source.chargeable):
            rule = "nothing can be charged to this money: none of these costs arises here"
            fix = f"costs that arise: {', '.join(sorted(there))}"
            yield _warning(("funding", name, "pays_for"), list(source.chargeable), rule, fix)


def _costs_there_are(tables: Organization) -> set[str]:
    posts, practices, recruitment = tables.posts, tables.practices, tables.recruitment
    arises = {
        "wages": True,
        "fringe": tables.benefits.fringe_share > 0 or tables.benefits.flat_per_fte > 0,
        "supervision": practices.other_supervisors_fte != 0,
        "training": practices.training_usd_per_peer_month > 0,
        "recruiting": max(
            recruitment.cost_per_hire_usd, tables.turnover.cost_per_exit_usd, recruitment.cover_usd_per_vacant_month
        )
        > 0,
        "direct": posts.fixed_usd_per_month > 0 or posts.direct_usd_per_peer_month > 0,
        "overhead": posts.overhead_share > 0,
        "other": tables.rules.credit_limit_usd > 0 or any(one.sends_denied_again for one in tables.funding.values()),
    }
    return {kind for kind, there in arises.items() if there}


def _never_bind(tables: Organization, _: Horizon) -> Warnings:
    """Yield a living-wage floor below the wage, and caps above all that a peer can bill."""
    floor, place = tables.pay.floor, tables.place
    if isinstance(floor, LivingWageFloor) and place.living_wage_usd_per_hour is not None:
        target = floor.ratio * place.living_wage_usd_per_hour
        wage = tables.pay.wage_usd_per_hour
        if target <= wage:
            rests = ", a housing wage that stands in for a living wage" if stands_in(place) else ""
            rule = f"never binds at the start: the wage of ${wage:.2f} is above the floor of ${target:.2f}{rests}"
            fix = "type place.living_wage_usd_per_hour with its source, or a higher ratio"
            yield _warning(("pay", "floor", "ratio"), floor.ratio, rule, fix)
    for path, source in _units(tables):
        cap, most = source.max_units_per_worker_day, _most_units_of_a_day(tables, source)
        if cap is not None and cap > most:
            rule = f"never binds: a working day has {most:.1f} units to bill at the most"
            yield _warning((*path, "max_units_per_worker_day"), cap, rule)


def _most_units_of_a_day(tables: Organization, source: FeeForService) -> float:
    use = tables.time_use
    shares = {name: float(getattr(use, name)) for name in source.billable}
    if "group" in shares:
        shares["group"] *= use.group_size
    days = WORKING_DAYS_PER_MONTH * MONTHS_PER_YEAR
    return UNITS_PER_HOUR * tables.posts.paid_hours_per_year / days * sum(shares.values())


def _credit_without_use(tables: Organization, _: Horizon) -> Warnings:
    rules = tables.rules
    judged = (rules.closure_after_months, rules.layoff_below_months, rules.freeze_below_months)
    asked = rules.bridge_months > 0 or any(rule != "off" for rule in judged)
    if rules.enforce and rules.credit_limit_usd > 0 and not asked:
        rule = "changes nothing: no rule of closing, layoffs, freezes or bridging asks what can be paid"
        yield _warning(("rules", "credit_limit_usd"), rules.credit_limit_usd, rule, "switch one of them on")


def _gap_at_the_start(tables: Organization, horizon: Horizon) -> Warnings:
    """Yield the first award where it begins after the projection and no other money comes in."""
    first = month_number(horizon.start)
    begins = {
        name: month_number(source.start) - first
        for name, source in grants_of(tables.funding).items()
        if source.start is not None
    }
    if not begins or len(begins) < len(tables.funding) or min(begins.values()) <= 0:
        return
    name = min(begins, key=lambda one: begins[one])
    rule = f"begins {begins[name]} months after the projection, and no money comes in before it"
    fix = f"an award that runs already has an earlier start; the projection starts in {horizon.start}"
    yield _warning(("funding", name, "start"), month_text(first + begins[name]), rule, fix)


def _paid_later_than_planned_on(tables: Organization, _: Horizon) -> Warnings:
    """Yield awards paid so late that an employer without cash would be judged unable to pay."""
    rules = tables.rules
    for name, source in grants_of(tables.funding).items():
        if source.reimbursement_lag_days > rules.receivable_days and rules.enforce:
            days, counted = source.reimbursement_lag_days, rules.receivable_days
            rule = f"is paid {days:g} days after the month, but the rules count only money due within {counted:g} days"
            if rules.opening_cash_usd + rules.credit_limit_usd <= 0 and days > DAYS_PER_MONTH:
                yield _warning(
                    ("funding", name, "reimbursement_lag_days"), days, rule, "state cash, credit or receivable_days"
                )


def _more_than_was_studied(tables: Organization, _: Horizon) -> Warnings:
    """Yield a stay bonus beyond the share of pay whose effect on leaving was ever studied."""
    pay, posts = tables.pay, tables.posts
    hours = posts.full_time_hours * posts.fte
    earned = pay.wage_usd_per_hour * hours * pay.stay_bonus_months
    if pay.stay_bonus_usd > MOST_STUDIED * earned:
        told = f"is {pay.stay_bonus_usd / earned:.0%} of pay until it is due"
        rule = f"{told}; more than {MOST_STUDIED:.0%} was never studied"
        yield _warning(("pay", "stay_bonus_usd"), pay.stay_bonus_usd, rule, "leaving answers as to that much, no more")


def _award_that_ends_no_posts(tables: Organization, _: Horizon) -> Warnings:
    for name, position in tables.positions.items():
        award = grants_of(tables.funding).get(position.award)
        if award is not None and award.posts_paid < position.number:
            rule = f"ends {award.posts_paid} posts when it ends, and this position has {position.number}"
            fix = f"state funding.{position.award}.posts_paid"
            yield _warning(("positions", name, "award"), position.award, rule, fix)


def _turnover_as_a_share(tables: Organization, _: Horizon) -> Warnings:
    level = tables.turnover.level
    if isinstance(level, ObservedTurnover) and level.separations_per_100_posts_year < PER_HUNDRED:
        stated, path = level.separations_per_100_posts_year, ("turnover", "level", "separations_per_100_posts_year")
        rule = f"is {stated:g} of 100 posts a year: almost nobody leaves, it looks like a share"
        yield _warning(path, stated, rule, f"write {100 * stated:g} if {100 * stated:g} of 100 leave in a year")


def _below_the_legal_minimum(tables: Organization, _: Horizon) -> Warnings:
    wage, least = tables.pay.wage_usd_per_hour, tables.place.minimum_wage_usd_per_hour
    if least is not None and wage < least and isinstance(tables.pay.floor, MinimumWageFloor):
        rule = f"is below the legal minimum of ${least:.2f}, which is paid in its place"
        yield _warning(("pay", "wage_usd_per_hour"), wage, rule, "type what is paid")


# money and posts: roughly, with all posts filled all year at the wage stated, and all billed that may be -----------


def out_of_proportion(tables: Organization, horizon: Horizon) -> Iterator[Fault]:
    """Yield a warning where a year's awards and dated money are twice the year's cost, or all money not half of it.

    And where a rung has more slots than there are posts.
    """
    cost, start = cost_of_all_posts(tables), month_number(horizon.start)
    fixed = {name: one.fixed_usd_a_year(start, horizon.months) for name, one in tables.funding.items()}
    all_fixed = sum(fixed.values())
    if all_fixed > TOO_MUCH * cost:
        rule = f"awards and dated money are {_usd(all_fixed)} a year, {all_fixed / cost:.1f} times what all posts cost"
        name = max(fixed, key=lambda one: fixed[one])
        yield _warning(
            ("funding", name), NOTHING, rule, f"they cost about {_usd(cost)}: look at posts.number and the amounts"
        )
    rules = tables.rules
    most = all_fixed + sum(_most_billed(one, tables) for one in tables.funding.values())
    most += max(0.0, rules.opening_cash_usd) + rules.credit_limit_usd
    if tables.funding and rules.enforce and most < TOO_LITTLE * cost:
        rule = f"all posts cost about {_usd(cost)} a year; all money, cash and credit are {_usd(most)} at most"
        yield _warning(("posts", "number"), NOTHING, rule, "look at posts.number, the amounts and the rates")
    for name, rung in tables.ladder.items():
        if isinstance(rung.slots, NumberOfSlots) and rung.slots.number > tables.posts.number:
            rule = f"{rung.slots.number:,} slots are more than all {tables.posts.number:,} posts"
            yield _warning(
                ("ladder", name, "slots", "number"), NOTHING, rule, 'for everyone who qualifies: slots.kind = "open"'
            )


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


def cost_of_all_posts(tables: Organization) -> float:
    """Return roughly what all posts cost in a year, supervision, direct and indirect cost included.

    Overhead is that of `sim.model.rules.costs`, which stands on a floor above: with wages as stated no part of it is
    fixed. A test holds the two together.
    """
    posts, practices, benefits = tables.posts, tables.practices, tables.benefits
    fte, pay = _hours_and_pay(tables)
    supervisors = practices.other_supervisors_fte
    if supervisors is None:
        supervisors = fte / practices.span
    wages = pay + supervisors * practices.supervisor_wage_usd_per_hour
    personnel = wages * posts.paid_hours_per_year * (1.0 + benefits.fringe_share)
    a_month = fte * benefits.flat_per_fte + posts.fixed_usd_per_month + posts.number * posts.direct_usd_per_peer_month
    training = MONTHS_PER_YEAR * posts.number * practices.training_usd_per_peer_month
    return (personnel + MONTHS_PER_YEAR * a_month) * (1.0 + posts.overhead_share) + training


def _worked(tables: Organization) -> float:
    """Return the hours that all posts work in a year."""
    use, (fte, _) = tables.time_use, _hours_and_pay(tables)
    return fte * tables.posts.paid_hours_per_year * use.worked_share


def _cost_of_a_unit(tables: Organization, source: FeeForService) -> float:
    """Return roughly what all posts cost for each 15 minutes that a source may be billed for, USD; 0 for none.

    An hour with a group counts for what it is paid of an hour with one client.
    """
    use, rate = tables.time_use, source.rate_usd_per_unit
    paid = {"group": use.group_size * source.group_rate_usd_per_unit / rate if rate > 0 else 1.0}
    shares = (paid.get(name, 1.0) * float(getattr(use, name)) for name in source.billable)
    units = UNITS_PER_HOUR * _worked(tables) * sum(shares)
    return cost_of_all_posts(tables) / units if units > 0 else 0.0


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


CHECKS: Final[tuple[Check, ...]] = (
    _turnover_as_a_share,
    _below_the_legal_minimum,
    _hours_for_units,
    _groups_for_nothing,
    _no_federal_match,
    _nobody_supervises,
    _more_supervisors_than_help,
    _nothing_to_charge,
    _never_bind,
    _credit_without_use,
    _gap_at_the_start,
    _paid_later_than_planned_on,
    out_of_proportion,
    _more_than_was_studied,
    _award_that_ends_no_posts,
)
