"""Name inputs that cannot matter, so that nobody waits for an effect that will not come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.scenario.award_term import first_award, renewal_term
from sim.scenario.problems import Path
from sim.scenario.schema import Organisation
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import FeeForService, Grant, ProspectivePayment
from sim.scenario.tables.pay import NoFloor
from sim.scenario.tables.people import StatedHazards
from sim.units import month_number

Idle = Iterator[tuple[Path, str]]  # an address and the reason why what it says cannot matter
MONTHS_OF_AN_AWARD_YEAR = 12
MONEY_RULES = (
    "yearly_budget",
    "budget_productivity_share",
    "reserve_use_share",
    "minimum_reserve_months",
    "freeze_below_months",
    "layoff_below_months",
    "layoff_share",
    "layoff_wait_months",
    "layoff_order",
    "bridge_months",
    "closure_after_months",
    "credit_limit_usd",
)
BUDGET_RULES = MONEY_RULES[1:4]
LAYOFF_RULES = MONEY_RULES[6:9]
VOLUNTARY = (
    "tenure_shape",
    "early_peak",
    "wage_response",
    "other_field_share",
    "out_of_work_share",
    "promotion_bump",
    "employer_spread_sd",
)


def idle_inputs(tables: Organisation, horizon: Horizon) -> dict[Path, str]:
    """Return the inputs of one employer that cannot matter, each with the reason; the first reason counts."""
    reasons: dict[Path, str] = {}
    for rule in RULES:
        for path, reason in rule(tables, horizon):
            reasons.setdefault(path, reason)
    return reasons


def _all(start: Path, names: tuple[str, ...], reason: str) -> Idle:
    for name in names:
        yield (*start, name), reason


def _fee_for_service(tables: Organisation, _: Horizon) -> Idle:
    for name, source in tables.funding.items():
        if isinstance(source, FeeForService):
            yield from _claims(("funding", name), source)
            yield from _billing(("funding", name), source, tables)


def _claims(path: Path, source: FeeForService) -> Idle:
    rework = ("rework_usd_per_claim", "rework_lag_days", "units_per_claim")
    if source.denial_share == 0:
        yield from _all(path, ("rework_recovered_share", *rework), "denial_share is 0")
    if source.rework_recovered_share == 0:
        yield from _all(path, rework, "rework_recovered_share is 0")
    if source.audit_chance_per_year == 0:
        yield (*path, "audit_recouped_share"), "audit_chance_per_year is 0"


def _billing(path: Path, source: FeeForService, tables: Organisation) -> Idle:
    if "group" not in source.billable:
        yield (*path, "group_rate_usd_per_unit"), "group is not billable"
    elif tables.time_use.group == 0:
        yield (*path, "group_rate_usd_per_unit"), "time_use.group is 0"
    for place, activity in enumerate(source.billable):
        if getattr(tables.time_use, activity) == 0:
            yield (*path, "billable", place), f"time_use.{activity} is 0"


def _payments(tables: Organisation, _: Horizon) -> Idle:
    everyone = _everyone_is_certified(tables)
    for name, source in tables.funding.items():
        path = ("funding", name)
        if not isinstance(source, FeeForService | ProspectivePayment):
            continue
        if source.payment_lag_days == 0:
            yield (*path, "payment_lag_spread"), "payment_lag_days is 0"
        if source.clients_covered_share == 0:
            yield (*path, "clients_covered_share"), "at 0 the source pays nothing, whatever else it says"
        if everyone:
            yield (*path, "certification_required"), "everyone is certified"
        if isinstance(source, ProspectivePayment) and source.per == "member_month":
            yield (*path, "hours_per_visit_day"), "the source pays by the member-month"


def _grants(tables: Organisation, horizon: Horizon) -> Idle:
    start = month_number(horizon.start)
    for name, source in tables.funding.items():
        path = ("funding", name)
        if isinstance(source, Grant):
            after_renewal = ("gap_months", "renewal_amount_change", "renewal_term_months")
            begins, over = first_award(source, start)
            if source.renewal_chance == 0:
                yield from _all(path, after_renewal, "renewal_chance is 0")
            elif over >= horizon.months:
                yield from _all(path, after_renewal, "the award runs to the end of the projection")
            if "overhead" not in source.pays_for:
                yield (*path, "indirect_cap_share"), "overhead is not in pays_for"
            elif tables.posts.overhead_share == 0:
                yield (*path, "indirect_cap_share"), "posts.overhead_share is 0"
            if max(over - begins, renewal_term(source, start)) <= MONTHS_OF_AN_AWARD_YEAR:
                yield (*path, "carry_over"), "the award has one year only"


def _money_rules(tables: Organisation, _: Horizon) -> Idle:
    rules, path = tables.rules, ("rules",)
    if not rules.enforce:
        yield from _all(path, MONEY_RULES, "rules.enforce is false")
    if not rules.yearly_budget:
        yield from _all(path, BUDGET_RULES, "rules.yearly_budget is false")
    if rules.layoff_below_months == "off":
        yield from _all(path, LAYOFF_RULES, "rules.layoff_below_months is off")
    if rules.closure_after_months == "off":
        yield ("rules", "credit_limit_usd"), "rules.closure_after_months is off"
    if not any(isinstance(one, Grant) and one.posts_paid for one in tables.funding.values()):
        yield ("rules", "bridge_months"), "no award has posts_paid"


def _support(tables: Organisation, _: Horizon) -> Idle:
    leave = ("leave_months", "return_share", "leave_paid_share")
    if tables.turnover.return_to_use_per_year == 0:
        reason = "turnover.return_to_use_per_year is 0"
        yield from _all(("practices",), ("supported_leave_share", *leave), reason)
    if tables.practices.supported_leave_share == 0:
        yield from _all(("practices",), leave, "practices.supported_leave_share is 0")
    if tables.practices.other_supervisors_fte == 0:
        yield ("practices", "supervisor_wage_usd_per_hour"), "practices.other_supervisors_fte is 0"


def _leaving(tables: Organisation, _: Horizon) -> Idle:
    turnover = tables.turnover
    if isinstance(turnover.level, StatedHazards) and turnover.level.voluntary_per_year == 0:
        yield from _all(("turnover",), VOLUNTARY, "turnover.level.voluntary_per_year is 0")
    if not tables.ladder:
        yield ("turnover", "promotion_bump"), "there is no ladder"


def _hiring(tables: Organisation, _: Horizon) -> Idle:
    recruitment, path = tables.recruitment, ("recruitment",)
    if recruitment.days_to_fill == 0:
        names = ("wage_elasticity", "local_pool_level", "fill_log_per_pool_sd")
        yield from _all(path, names, "recruitment.days_to_fill is 0")
    if recruitment.local_pool_level == 0:
        yield (*path, "fill_log_per_pool_sd"), "recruitment.local_pool_level is 0"
    if recruitment.fill_log_per_pool_sd == 0:
        yield (*path, "local_pool_level"), "recruitment.fill_log_per_pool_sd is 0"
    if _everyone_is_certified(tables):
        yield (*path, "months_to_certify"), "everyone is certified"
        for name in tables.ladder:
            yield ("ladder", name, "certificate_required"), "everyone is certified"


def _everyone_is_certified(tables: Organisation) -> bool:
    return tables.recruitment.certified_share == 1 and all(one.certified for one in tables.posts.roster)


def _households(tables: Organisation, _: Horizon) -> Idle:
    for name, household in tables.place.households.items():
        path = ("place", "households", name)
        if household.living_wage_usd_per_hour is not None:
            yield from _all(path, ("bedrooms", "living_wage_ratio"), "living_wage_usd_per_hour is set")
        elif household.living_wage_ratio is not None:
            yield (*path, "bedrooms"), "living_wage_ratio is set"


def _pay_and_place(tables: Organisation, _: Horizon) -> Idle:
    if tables.pay.annual_step_share == 0:
        yield ("pay", "annual_steps"), "pay.annual_step_share is 0"
    if isinstance(tables.pay.floor, NoFloor):
        names = ("minimum_wage_usd_per_hour", "minimum_wage_growth_per_year")
        yield from _all(("place",), names, "pay.floor is none")
    if tables.time_use.group == 0:
        yield ("time_use", "group_size"), "time_use.group is 0"
    if tables.services.leave_care_share == 0:
        yield ("services", "months_to_regain_demand"), "services.leave_care_share is 0"
    if tables.effects.scale == 0:
        for key in tables.effects.overrides():
            yield ("effects", *key.split(".", 1)), "effects.scale is 0"


RULES: tuple[Callable[[Organisation, Horizon], Idle], ...] = (
    _fee_for_service,
    _payments,
    _grants,
    _money_rules,
    _support,
    _leaving,
    _hiring,
    _households,
    _pay_and_place,
)
